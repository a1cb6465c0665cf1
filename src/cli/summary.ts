/** What is told at the end of a run, where a person reads it. */

import { relative } from 'node:path';

import type { ESLint, Linter } from 'eslint';

import { NAMESPACE } from '../configs.ts';
import { shown, type Paint } from '../explain/terminal.ts';
import { plural } from '../explain/text.ts';

/** Results, and apart from them the files of which none could be made. */
export interface Sorted {
  readonly results: ESLint.LintResult[];
  readonly unparsed: readonly Unparsed[];
}

interface Unparsed {
  readonly filePath: string;
  readonly message: Linter.LintMessage;
}

/** Takes the files that could not be parsed out of the results of a run. */
export function sorted(all: readonly ESLint.LintResult[]): Sorted {
  const unparsed = all.flatMap(({ filePath, messages }) =>
    messages.filter(isFatal).map((message) => ({ filePath, message })),
  );
  const results = all.map((result): ESLint.LintResult => {
    const fatal = result.messages.filter(isFatal).length;
    if (fatal === 0) return result;
    return {
      ...result,
      messages: result.messages.filter((message) => !isFatal(message)),
      errorCount: result.errorCount - fatal,
      fatalErrorCount: 0,
    };
  });
  return { results, unparsed };
}

/** A line for each file that could not be parsed. */
export function toldOfUnparsed(unparsed: readonly Unparsed[], cwd: string, paint: Paint): string {
  if (unparsed.length === 0) return '';
  const lines = unparsed.map(({ filePath, message: { line, column, message } }) => {
    const [problem = ''] = message.replace(/^Parsing error: /u, '').split('\n');
    return `  ${shown(relative(cwd, filePath))}:${line}:${column}  ${shown(problem)}`;
  });
  const head = `✖ ${plural(unparsed.length, 'file')} could not be parsed`;
  return [paint(['bold', 'red'], head), ...lines].join('\n');
}

/** How often each rule reports; nothing where it is said already by the sum. */
export function toldByRule(results: readonly ESLint.LintResult[]): string {
  const counts = new Map<string, number>();
  for (const { ruleId } of results.flatMap(({ messages }) => messages)) {
    const name = ruleId?.replace(`${NAMESPACE}/`, '') ?? 'no rule';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sum = [...counts.values()].reduce((total, count) => total + count, 0);
  if (sum < 2) return '';
  const width = String(Math.max(...counts.values())).length;
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .map(([name, count]) => `  ${String(count).padStart(width)}  ${name}`)
    .join('\n');
}

/**
 * How long a run took.
 *
 * @param all results that were made with ESLint's `stats`
 * @param total the whole of it, in milliseconds
 */
export function toldOfTime(all: readonly ESLint.LintResult[], total: number): readonly string[] {
  let parse = 0;
  const rules = new Map<string, number>();
  for (const { times } of all.flatMap(({ stats }) => stats ?? [])) {
    for (const pass of times.passes) {
      parse += pass.parse?.total ?? 0;
      for (const [name, time] of Object.entries(pass.rules ?? {})) {
        rules.set(name, (rules.get(name) ?? 0) + time.total);
      }
    }
  }
  const inRules = [...rules.values()].reduce((sum, time) => sum + time, 0);
  return [
    `${plural(all.length, 'file')} in ${ms(total)}: ${ms(parse)} to parse, ${ms(inRules)} in rules.`,
    ...[...rules]
      .sort(([, one], [, other]) => other - one)
      .map(([name, time]) => `${ms(time)} ${name.replace(`${NAMESPACE}/`, '')}`),
  ];
}

function isFatal({ fatal }: Linter.LintMessage): boolean {
  return fatal === true;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
