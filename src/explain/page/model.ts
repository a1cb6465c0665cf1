/** A report as a page shows it: all that is on it, as plain data. */

import type { Linter } from 'eslint';

import type { Step, StepKind } from '../../way/step.ts';
import type { ExplainedRun, Finding } from '../explained.ts';
import { nameOf, placeOf } from '../placed.ts';
import { toneOf, wordsOf, type Tone } from '../states.ts';
import { parted } from '../text.ts';
import type { Texts } from '../texts.ts';
import { arrowsOf, type Arrow, type Leg } from './lanes.ts';
import { rowsOf, type Row } from './rows.ts';
import { Sources, type Source } from './sources.ts';

/** What a page is made of, beside the findings. */
export interface PageOptions {
  readonly cwd: string;
  /** Which rules are those whose ways are told. */
  readonly isOurs: (ruleId: string) => boolean;
}

export interface Place {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

export interface PageStep {
  readonly n: number;
  readonly kind: StepKind;
  readonly text: string;
  readonly place: Place;
  /** The row that it is in. */
  readonly row: number;
  readonly depth: number;
  readonly essential: boolean;
  readonly tone: Tone;
  /** That of the way on to the next. */
  readonly onward: Tone;
  /** What the session is in behind it, where that is said: at the first step, and where it changes. */
  readonly state: string | null;
}

/** What is told of each finding, whoever has made it. */
export interface Told {
  readonly place: Place;
  readonly severity: 'error' | 'warning';
  readonly ruleId: string | null;
}

export interface PageFinding extends Told {
  readonly id: string;
  readonly cause: string;
  readonly remedy: readonly string[];
  /** None where only the place is known. */
  readonly steps: readonly PageStep[];
  readonly rows: readonly Row[];
  readonly arrows: readonly Arrow[];
}

/** A finding of another plugin. */
export interface OtherFinding extends Told {
  readonly message: string;
}

/** The findings of one file. */
export interface FileFindings {
  readonly name: string;
  readonly findings: readonly PageFinding[];
}

export interface Report {
  readonly errors: number;
  readonly warnings: number;
  /** How many files were linted. */
  readonly fileCount: number;
  readonly files: readonly FileFindings[];
  readonly others: readonly OtherFinding[];
  readonly sources: readonly { readonly name: string; readonly source: Source }[];
}

export function reportOf(run: ExplainedRun, { cwd, isOurs }: PageOptions): Report {
  const sources = new Sources(run.texts);
  const files = new Map<string, PageFinding[]>();
  const others: OtherFinding[] = [];
  const findings = run.findings();
  let count = 0;
  for (const finding of findings) {
    const { path, message } = finding;
    if (message.ruleId === null || !isOurs(message.ruleId)) {
      others.push({ ...toldOf(finding, cwd), message: message.message });
      continue;
    }
    count += 1;
    const of = files.get(path) ?? [];
    of.push(pageFinding(`f${count}`, finding, run.texts, sources, cwd));
    files.set(path, of);
  }
  const errors = findings.filter(({ message }) => severityOf(message) === 'error').length;
  return {
    errors,
    warnings: findings.length - errors,
    fileCount: run.results.length,
    files: [...files].map(([path, of]) => ({ name: nameOf(path, cwd), findings: of })),
    others,
    sources: sources.all().map((source) => ({ name: nameOf(source.path, cwd), source })),
  };
}

function severityOf({ fatal, severity }: Linter.LintMessage): Told['severity'] {
  return fatal === true || severity === 2 ? 'error' : 'warning';
}

function toldOf({ path, message }: Finding, cwd: string): Told {
  const { ruleId } = message;
  // A fault of a whole file has no place.
  const place = { name: nameOf(path, cwd), line: message.line, column: message.column };
  return { place, severity: severityOf(message), ruleId };
}

function pageFinding(
  id: string,
  finding: Finding,
  texts: Texts,
  sources: Sources,
  cwd: string,
): PageFinding {
  const { path, message } = finding;
  const way = finding.steps ?? [];
  const { rows, rowOf } = rowsOf(
    way.length > 0 ? way : placeOf(path, message, texts),
    texts,
    sources,
  );
  const steps = way.map((step, index): PageStep => {
    const { n, kind, text, depth, essential } = step;
    const { line, column } = texts.of(step.path).at(step.range[0]);
    return {
      ...{ n, kind, text, depth, essential },
      place: { name: nameOf(step.path, cwd), line, column: column + 1 },
      row: rowOf.get(n) ?? 0,
      tone: toneOfStep(step),
      onward: toneOf(step.stateAfter),
      state: stateOf(step, index),
    };
  });
  const legs = steps.slice(1).flatMap(({ n, row }, index): Leg[] => {
    const before = steps[index];
    return before === undefined
      ? []
      : [{ to: n, start: before.row, end: row, tone: before.onward }];
  });
  return {
    id,
    ...toldOf(finding, cwd),
    ...parted(message.message),
    steps,
    rows,
    arrows: arrowsOf(legs),
  };
}

/** By the state that it leads to; the place of a finding is a fault where there is no state, too. */
function toneOfStep({ kind, stateBefore, stateAfter }: Step): Tone {
  const state = stateAfter ?? stateBefore;
  return kind === 'reported' && state === null ? 'without' : toneOf(state);
}

function stateOf({ stateBefore, stateAfter }: Step, index: number): string | null {
  if (stateAfter === null || (index > 0 && stateAfter === stateBefore)) return null;
  return wordsOf(stateAfter);
}
