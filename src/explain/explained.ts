/**
 * The findings of a run with the ways into them. ESLint keeps of a report what it knows of; so what
 * the rules tell of ways is taken down beside it, and matched with the messages by rule and place.
 */

import type { ESLint, Linter } from 'eslint';

import { whileAsking, type Explained } from '../eslint/ways.ts';
import type { Step } from '../way/step.ts';
import { keyOf, keyOfMessage } from './keys.ts';
import { Texts } from './texts.ts';

/** A message of a run, and the way into it. */
export interface Finding {
  /** The absolute path of the file. */
  readonly path: string;
  readonly message: Linter.LintMessage;
  /** The steps into it, the last of which is its place; null where it is of no rule that tells. */
  readonly steps: readonly Step[] | null;
}

/** A run of ESLint of which the ways are known. */
export class ExplainedRun {
  readonly results: readonly ESLint.LintResult[];
  readonly texts: Texts;
  readonly #explained: ReadonlyMap<string, Explained>;
  readonly #steps = new Map<Explained, readonly Step[]>();

  constructor(
    results: readonly ESLint.LintResult[],
    texts: Texts,
    explained: ReadonlyMap<string, Explained>,
  ) {
    this.results = results;
    this.texts = texts;
    this.#explained = explained;
  }

  /** The same of some of the results. */
  of(results: readonly ESLint.LintResult[]): ExplainedRun {
    return new ExplainedRun(results, this.texts, this.#explained);
  }

  /** All messages, in the order of the results, with their ways. */
  findings(): readonly Finding[] {
    return this.results.flatMap(({ filePath, messages }) =>
      messages.map((message) => ({
        path: filePath,
        message,
        steps: this.stepsOf(filePath, message),
      })),
    );
  }

  /** Whether a way into a message is known. */
  isExplained(path: string, message: Linter.LintMessage): boolean {
    return this.#explained.has(keyOfMessage(path, message));
  }

  /** The way into a message of a file; null where none is told. It is worked out once. */
  stepsOf(path: string, message: Linter.LintMessage): readonly Step[] | null {
    const explained = this.#explained.get(keyOfMessage(path, message));
    if (explained === undefined) return null;
    let steps = this.#steps.get(explained);
    if (steps === undefined) {
      steps = explained.steps();
      this.#steps.set(explained, steps);
    }
    return steps;
  }
}

/** Runs ESLint in this process, and takes down the ways into what is reported. */
export async function explainedRun(
  lint: () => Promise<readonly ESLint.LintResult[]>,
): Promise<ExplainedRun> {
  const reports: Explained[] = [];
  const results = await whileAsking((explained) => reports.push(explained), lint);
  return matched(results, reports);
}

/**
 * The same of results that were made before, as a formatter gets them.
 *
 * @param attempts lint files once more in this process, each by another configuration: those files
 *   with findings of which nothing is known yet
 */
export async function explainedResults(
  results: readonly ESLint.LintResult[],
  attempts: readonly ((paths: readonly string[]) => Promise<unknown>)[],
  isOurs: (ruleId: string) => boolean,
): Promise<ExplainedRun> {
  const reports: Explained[] = [];
  let run = matched(results, reports);
  for (const attempt of attempts) {
    const isLeft = (path: string, message: Linter.LintMessage): boolean =>
      message.ruleId !== null && isOurs(message.ruleId) && !run.isExplained(path, message);
    const paths = results
      .filter(({ filePath, messages }) => messages.some((message) => isLeft(filePath, message)))
      .map(({ filePath }) => filePath);
    if (paths.length === 0) break;
    await whileAsking(
      (explained) => reports.push(explained),
      () => attempt(paths),
    );
    run = matched(results, reports);
  }
  return run;
}

function matched(
  results: readonly ESLint.LintResult[],
  reports: readonly Explained[],
): ExplainedRun {
  const texts = new Texts();
  for (const { filePath, source } of results) {
    if (source !== undefined) texts.add(filePath, source);
  }
  const explained = new Map<string, Explained>();
  for (const report of reports) {
    const { path, ruleId, messageId, range } = report;
    const { line, column } = texts.of(path).at(range[0]);
    const key = keyOf(path, ruleId, messageId, line, column + 1);
    if (!explained.has(key)) explained.set(key, report);
  }
  return new ExplainedRun(results, texts, explained);
}
