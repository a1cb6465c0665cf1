/** What runs over the corpus found, kept a line a file, so that a run goes on where one has stopped. */

import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Rules may take so many times as long as parsing, */
const TIMES = 2;

/** and this long besides, in milliseconds. */
const BESIDES = 200;

const SLOWEST = 20;

/** The time of the processor that a file took, in milliseconds. */
export interface Times {
  /** Parsing, and the analysis of scopes. */
  readonly parsing: number;
  /** All rules, in the quickest run. */
  readonly rules: number;
}

/** What was found in one file. */
export interface Found extends Times {
  /** Below `node_modules`. */
  readonly path: string;
  /** The commit of the plugin, and the day. */
  readonly commit: string;
  readonly date: string;
  readonly kilobytes: number;
  readonly reports: number;
  /** Reports that something is too large. */
  readonly tooLarge: number;
  /** What the plugin failed with; null where it did not. */
  readonly fault: string | null;
  /** What was told, in short: to be compared between commits. */
  readonly verdict: string;
  /** Whether two runs told different things. */
  readonly differs: boolean;
}

/** A file that the linter cannot parse: it is passed over. */
export interface Refused {
  readonly path: string;
  readonly refused: true;
}

export function isTooLong({ parsing, rules }: Times): boolean {
  return rules > TIMES * parsing + BESIDES;
}

export function isWrong(found: Found): boolean {
  return found.fault !== null || found.differs || isTooLong(found);
}

/** The commit that is checked out. */
export function currentCommit(): string {
  return execFileSync('git', ['rev-parse', '--short=8', 'HEAD'], { encoding: 'utf8' }).trim();
}

/** The lines of a file; what was found last of a file of the corpus counts. */
export class Kept {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  add(one: Found | Refused): void {
    appendFileSync(this.#path, `${JSON.stringify(one)}\n`);
  }

  /** By the path below `node_modules`. */
  all(): ReadonlyMap<string, Found | Refused> {
    const lines = existsSync(this.#path) ? readFileSync(this.#path, 'utf8').split('\n') : [];
    const found = lines
      // The last line may be one that is being written.
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Found | Refused);
    return new Map(found.map((one) => [one.path, one]));
  }
}

function complaintOf({ path, fault, differs, rules, parsing }: Found): string {
  if (fault !== null) return `${path}: ${fault}`;
  if (differs) return `${path}: two runs differ`;
  return `${path}: ${rules.toFixed(0)} ms, parsing ${parsing.toFixed(0)} ms`;
}

/** Prints what was found in all, and writes it to a file, where one is named. */
export function tell(found: readonly Found[], path: string | undefined, how: object): number {
  const slowest = [...found].sort((one, other) => other.rules - one.rules).slice(0, SLOWEST);
  const wrong = found.filter(isWrong);
  const sum = (of: (one: Found) => number): number =>
    found.reduce((total, one) => total + of(one), 0);
  const dates = found.map(({ date }) => date).sort();
  const summary = {
    ...how,
    commits: [...new Set(found.map(({ commit }) => commit))],
    from: dates[0],
    to: dates.at(-1),
    files: found.length,
    kilobytes: sum(({ kilobytes }) => kilobytes),
    reports: sum(({ reports }) => reports),
    tooLarge: sum(({ tooLarge }) => tooLarge),
    faults: found.filter(({ fault }) => fault !== null).length,
    differing: found.filter(({ differs }) => differs).length,
    tooLong: found.filter(isTooLong).length,
    parsingSeconds: Math.round(sum(({ parsing }) => parsing) / 1000),
    rulesSeconds: Math.round(sum(({ rules }) => rules) / 1000),
  };
  console.log(summary);
  console.table(
    slowest.map(({ path: name, kilobytes, parsing, rules }) => ({
      path: name.length > 60 ? `…${name.slice(-59)}` : name,
      kilobytes,
      'parsing (ms)': Math.round(parsing),
      'rules (ms)': Math.round(rules),
    })),
  );
  console.log(`${String(wrong.length)} complaints`);
  for (const one of wrong) console.log(complaintOf(one));
  if (path !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      `${JSON.stringify({ ...summary, slowest, wrong: wrong.map(complaintOf) }, null, 2)}\n`,
    );
  }
  return wrong.length;
}
