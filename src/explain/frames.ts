/**
 * The ways into findings on a terminal: the lines of source that a way leads through, in their order,
 * with what happens at each place under it, numbered in the order of execution.
 */

import type { Linter } from 'eslint';
import stringWidth from 'string-width';

import type { Step } from '../way/step.ts';
import type { ExplainedRun, Finding } from './explained.ts';
import { Clipped, NARROWEST, shown, widthOf, type Paint } from './terminal.ts';
import type { Lines } from './lines.ts';
import { nameOf, placedAt, placeOf, type Placed } from './placed.ts';
import { toneOf, type Tone } from './states.ts';
import { parted, wrapped } from './text.ts';
import type { Texts } from './texts.ts';

const WIDEST = 100;

type Style = Parameters<Paint>[0];

/** How a report is shown. */
export interface Showing {
  readonly cwd: string;
  readonly columns: number;
  readonly paint: Paint;
}

/** Findings with their ways; an empty text where there are none. */
export function explainedFrames(run: ExplainedRun, showing: Showing): string {
  return run
    .findings()
    .map((finding) => explainedFrame(finding, run.texts, showing).join('\n'))
    .join('\n\n');
}

/** One finding: its place, the cause, the frames of its way, and the remedy. */
function explainedFrame(
  { path, message, steps }: Finding,
  texts: Texts,
  { cwd, columns, paint }: Showing,
): readonly string[] {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const isError = message.severity === 2;
  const what = isError ? 'error' : 'warning';
  const { cause, remedy } = parted(message.message);
  const [first = '', ...others] = wrapped(`${what} ${shown(cause)}`, width);
  const place = `${nameOf(path, cwd)}:${String(message.line)}:${String(message.column)}`;
  return [
    paint('bold', shown(place)),
    `${paint(isError ? 'red' : 'yellow', what)}${first.slice(what.length)}`,
    ...others,
    ...(message.ruleId === null ? [] : [paint('dim', message.ruleId)]),
    ...framesOf(steps ?? [], path, message, texts, cwd, width, paint),
    ...remedy.flatMap((sentence) =>
      wrapped(shown(sentence), width - 4).map((line, index) =>
        index === 0 ? `  ${paint('cyan', '=')} ${line}` : `    ${line}`,
      ),
    ),
  ];
}

function framesOf(
  steps: readonly Step[],
  path: string,
  message: Linter.LintMessage,
  texts: Texts,
  cwd: string,
  width: number,
  paint: Paint,
): readonly string[] {
  const byPath = new Map<string, Placed[]>();
  for (const step of steps.length > 0 ? steps : placeOf(path, message, texts)) {
    const placed = byPath.get(step.path) ?? [];
    placed.push(placedAt(step, texts.of(step.path)));
    byPath.set(step.path, placed);
  }
  const numbers = [...byPath.values()].flat().map(({ line }) => line);
  const gutter = String(Math.max(message.line, ...numbers)).length;
  const isAlone = byPath.size === 1 && byPath.has(path);
  return [...byPath].flatMap(([file, placed]) => [
    ...(isAlone ? [] : [paint('bold', `  ${' '.repeat(gutter)} ${nameOf(file, cwd)}`)]),
    ...frameOf(placed, texts.of(file), gutter, width, paint),
  ]);
}

/** The lines of one file that a way leads through. */
function frameOf(
  placed: readonly Placed[],
  lines: Lines,
  gutter: number,
  width: number,
  paint: Paint,
): readonly string[] {
  const byLine = new Map<number, Placed[]>();
  for (const one of placed) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
  const numbers = [...byLine.keys()].sort((one, other) => one - other);
  const room = width - gutter - 5;
  const frame: string[] = [];
  let before: number | null = null;
  for (const number of numbers) {
    // A single line between two that are shown takes no more room than to leave it out.
    if (before !== null && number === before + 2) {
      frame.push(numbered(before + 1, new Clipped(lines.line(before + 1) ?? '', 0, 0, room).text));
    }
    before = number;
    frame.push(...lineOf(number, lines.line(number) ?? '', byLine.get(number) ?? []));
  }
  return frame;

  function numbered(number: number | null, code: string): string {
    const shownNumber = (number === null ? '' : String(number)).padStart(gutter);
    return `${paint('dim', `  ${shownNumber} |`)} ${code}`.trimEnd();
  }

  /** A line with what is told under it; once more for each place where not all of it can be seen. */
  function lineOf(number: number, text: string, steps: readonly Placed[]): readonly string[] {
    const isShort = text.length <= 4 * room && widthOf(text) <= room;
    const rows: string[] = [];
    let last: Placed | null = null;
    for (const one of steps) {
      const place = new Clipped(text, one.from, one.to, room);
      const isSame = last !== null && last.from === one.from && last.to === one.to;
      if (rows.length === 0 || (!isShort && !isSame)) rows.push(numbered(number, place.text));
      rows.push(...labelled(one, place, isSame));
      last = one;
    }
    return rows;
  }

  function labelled({ step }: Placed, place: Clipped, isUnderlined: boolean): readonly string[] {
    const style = styleOf(step);
    const label = step.text === '' ? '' : shown(`${String(step.n)}. ${step.text}`);
    const mark = (step.kind === 'reported' ? '^' : '-').repeat(place.length);
    const underline = `${' '.repeat(place.indent)}${paint(style, mark)}`;
    const isBeside = place.indent + place.length + 1 + stringWidth(label) <= room;
    if (isBeside && isUnderlined) {
      const indent = ' '.repeat(place.indent + place.length + 1);
      return [numbered(null, `${indent}${paint(style, label)}`)];
    }
    if (isBeside && label !== '') return [numbered(null, `${underline} ${paint(style, label)}`)];
    if (label === '') return [numbered(null, underline)];
    const indent = Math.min(place.indent, Math.max(0, room - Math.min(stringWidth(label), 40)));
    const told = wrapped(label, room - indent).map((line) =>
      numbered(null, `${' '.repeat(indent)}${paint(style, line)}`),
    );
    return isUnderlined ? told : [numbered(null, underline), ...told];
  }
}

const STYLES: Readonly<Record<Tone, Style>> = {
  set: 'green',
  waiting: 'yellow',
  without: 'red',
  plain: 'cyan',
};

/** How a step is painted: by the state that it leads to. */
function styleOf({ kind, stateBefore, stateAfter, essential }: Step): Style {
  if (kind === 'reported') return 'red';
  if (!essential) return 'dim';
  const state = stateAfter ?? stateBefore;
  if (state === null || (kind !== 'changed' && kind !== 'called' && kind !== 'left')) return 'cyan';
  return STYLES[toneOf(state)];
}
