/**
 * Findings as SARIF 2.1.0, with the ways into them as code flows.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */

import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { ESLint, Linter, Rule } from 'eslint';

import type { Step, StepKind } from '../way/step.ts';
import type { ExplainedRun, Finding } from './explained.ts';
import type { Lines } from './lines.ts';
import type { Texts } from './texts.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What the paths of a log start from. */
const ROOT = 'SRCROOT';

export type RulesMeta = Readonly<Record<string, Rule.RuleMetaData | undefined>>;

/** What a log says of the run, beside the findings. */
export interface SarifOptions {
  readonly cwd: string;
  /** The version of ESLint. */
  readonly version: string;
  readonly rules: RulesMeta;
}

interface Message {
  readonly text: string;
  readonly markdown?: string;
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}

interface Location {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: Region;
  };
  readonly message?: Message;
}

interface ThreadFlowLocation {
  readonly location: Location;
  readonly executionOrder: number;
  readonly nestingLevel: number;
  readonly importance: 'essential' | 'important' | 'unimportant';
  readonly kinds: readonly string[];
  readonly state?: Readonly<Record<string, Message>>;
}

interface Result {
  readonly ruleId?: string;
  readonly ruleIndex?: number;
  readonly level: 'error' | 'warning';
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly ThreadFlowLocation[] }[];
  }[];
  readonly relatedLocations?: readonly Location[];
  readonly suppressions?: readonly { readonly kind: 'inSource'; readonly justification?: string }[];
}

interface Descriptor {
  readonly id: string;
  readonly shortDescription?: Message;
  readonly helpUri?: string;
  readonly help?: Message;
  readonly properties?: { readonly tags: readonly string[] };
}

export interface SarifLog {
  readonly version: '2.1.0';
  readonly $schema: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: 'ESLint';
          readonly version: string;
          readonly informationUri: string;
          readonly rules: readonly Descriptor[];
        };
      };
      readonly columnKind: 'utf16CodeUnits';
      readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
      readonly results: readonly Result[];
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
    },
  ];
}

/** A run of ESLint as a log: what other plugins have found is in it, too. */
export function sarifLog(run: ExplainedRun, { cwd, version, rules }: SarifOptions): SarifLog {
  const writer = new Writer(cwd, run.texts, rules);
  const results = [
    ...run.findings().map((finding) => writer.result(finding)),
    ...suppressedIn(run.results).map((finding) => writer.result(finding)),
  ];
  const isBroken = run.results.some(({ fatalErrorCount }) => fatalErrorCount > 0);
  return {
    version: '2.1.0',
    $schema: SCHEMA,
    runs: [
      {
        tool: {
          driver: {
            name: 'ESLint',
            version,
            informationUri: 'https://eslint.org',
            rules: writer.descriptors,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(cwd).href.replace(/\/$/u, '')}/` } },
        results,
        invocations: [{ executionSuccessful: !isBroken }],
      },
    ],
  };
}

interface Suppressed extends Finding {
  readonly justification: string;
}

/** What comments disable: told as such, so that it is not taken for mended. */
function suppressedIn(results: readonly ESLint.LintResult[]): readonly Suppressed[] {
  return results.flatMap(({ filePath, suppressedMessages }) =>
    // Results that have been stored may do without.
    ((suppressedMessages as Linter.SuppressedLintMessage[] | undefined) ?? []).map(
      ({ suppressions, ...message }) => ({
        ...{ path: filePath, message, steps: null },
        justification: suppressions[0]?.justification ?? '',
      }),
    ),
  );
}

/** How GitHub and the viewers call the kinds of steps, of those that SARIF lists. */
const KINDS: Readonly<Record<StepKind, readonly string[]>> = {
  entered: ['enter', 'function'],
  called: ['call', 'function'],
  handed: ['function'],
  decided: ['branch'],
  threw: ['exit', 'function'],
  caught: ['enter'],
  changed: ['call'],
  left: ['call'],
  value: ['value'],
  reported: ['danger'],
};

class Writer {
  readonly descriptors: Descriptor[] = [];
  readonly #cwd: string;
  readonly #texts: Texts;
  readonly #rules: RulesMeta;
  readonly #indices = new Map<string, number>();
  /** How often each fingerprint was given. */
  readonly #given = new Map<string, number>();

  constructor(cwd: string, texts: Texts, rules: RulesMeta) {
    this.#cwd = cwd;
    this.#texts = texts;
    this.#rules = rules;
  }

  result({ path, message, steps, ...others }: Finding | Suppressed): Result {
    const { ruleId, line, column, endLine, endColumn } = message;
    const region: Region = {
      startLine: Math.max(1, line),
      startColumn: Math.max(1, column),
      ...(endLine !== undefined && endColumn !== undefined && { endLine, endColumn }),
    };
    const way = steps !== null && steps.length > 1 ? steps : [];
    return {
      ...(ruleId !== null && { ruleId, ruleIndex: this.#indexOf(ruleId) }),
      level: message.fatal === true || message.severity === 2 ? 'error' : 'warning',
      message: { text: message.message },
      locations: [{ physicalLocation: { artifactLocation: this.#artifact(path), region } }],
      ...(ruleId !== null && {
        partialFingerprints: { 'eslintFinding/v1': this.#fingerprint(path, ruleId, message) },
      }),
      ...(way.length > 0 && {
        codeFlows: [{ threadFlows: [{ locations: way.map((step) => this.#flowLocation(step)) }] }],
        relatedLocations: this.#related(way),
      }),
      ...('justification' in others && {
        suppressions: [
          {
            kind: 'inSource' as const,
            ...(others.justification !== '' && { justification: others.justification }),
          },
        ],
      }),
    };
  }

  #flowLocation(step: Step): ThreadFlowLocation {
    const { n, kind, depth, essential, stateAfter } = step;
    return {
      location: this.#location(step, step.text),
      executionOrder: n,
      nestingLevel: depth,
      importance: kind === 'reported' || essential ? 'essential' : 'unimportant',
      kinds: KINDS[kind],
      ...(stateAfter !== null && { state: { session: { text: stateAfter } } }),
    };
  }

  /** The places of the way, each once, for viewers that show no code flows. */
  #related(way: readonly Step[]): readonly Location[] {
    const seen = new Set<string>();
    return way.flatMap((step): readonly Location[] => {
      const place = `${step.path} ${step.range.join(' ')}`;
      if (step.kind === 'reported' || seen.has(place)) return [];
      seen.add(place);
      return [{ id: seen.size, ...this.#location(step, `${String(step.n)}. ${step.text}`) }];
    });
  }

  #location({ path, range }: Step, text: string): Location {
    const lines = this.#texts.of(path);
    const [start, end] = [lines.at(range[0]), lines.at(range[1])];
    return {
      physicalLocation: {
        artifactLocation: this.#artifact(path),
        region: {
          startLine: start.line,
          startColumn: start.column + 1,
          endLine: end.line,
          endColumn: end.column + 1,
          snippet: { text: lines.text.slice(...range) },
        },
      },
      message: { text },
    };
  }

  /** A file by its path from the folder of the run, or by all of it where it is outside. */
  #artifact(path: string): { uri: string; uriBaseId?: string } {
    const inside = relative(this.#cwd, path);
    if (inside.startsWith('..') || inside === '' || inside === path) {
      return { uri: pathToFileURL(path).href };
    }
    const uri = inside.split(sep).map(encodeURIComponent).join('/');
    return { uri, uriBaseId: ROOT };
  }

  /**
   * What a finding is known by when its lines have moved: its rule and message, the file, and the
   * code of its place; of several that have all of that in common, which of them it is.
   */
  #fingerprint(path: string, ruleId: string, message: Linter.LintMessage): string {
    const lines = this.#texts.of(path);
    const what = [
      ruleId,
      message.messageId ?? '',
      this.#artifact(path).uri,
      codeOf(lines, message).replaceAll(/\s+/gu, ' ').trim(),
    ].join('\n');
    const count = this.#given.get(what) ?? 0;
    this.#given.set(what, count + 1);
    return createHash('sha256')
      .update(`${what}\n${String(count)}`)
      .digest('hex')
      .slice(0, 32);
  }

  #indexOf(ruleId: string): number {
    const known = this.#indices.get(ruleId);
    if (known !== undefined) return known;
    this.#indices.set(ruleId, this.descriptors.length);
    this.descriptors.push(descriptorOf(ruleId, this.#rules[ruleId]));
    return this.descriptors.length - 1;
  }
}

/** The code that a message is about, with the rest of the line that it begins on. */
function codeOf(lines: Lines, { line, column, endLine = line, endColumn }: Linter.LintMessage) {
  const first = lines.line(line) ?? '';
  if (endLine === line) return `${first}\n${first.slice(column - 1, (endColumn ?? column) - 1)}`;
  const more = [];
  for (let number = line; number <= endLine; number++) more.push(lines.line(number) ?? '');
  return more.join('\n');
}

function descriptorOf(id: string, meta: Rule.RuleMetaData | undefined): Descriptor {
  const { description, url } = meta?.docs ?? {};
  const said = description === undefined ? null : `${capitalized(description)}.`;
  const isProblem = meta?.type === 'problem';
  return {
    id,
    ...(said !== null && { shortDescription: { text: plain(said) } }),
    ...(url !== undefined && { helpUri: url }),
    ...(said !== null && {
      help: {
        text: plain(url === undefined ? said : `${said} ${url}`),
        markdown: url === undefined ? said : `${said}\n\n[What it reports, and why](${url})`,
      },
    }),
    properties: { tags: [isProblem ? 'correctness' : (meta?.type ?? 'problem')] },
  };
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}
