/** How findings are shown on a terminal: each with the lines of source that it is about. */

import { relative } from 'node:path';

import type { ESLint, Linter } from 'eslint';

import { Clipped, NARROWEST, shown, type Paint } from '../explain/terminal.ts';
import { plural, wrapped } from '../explain/text.ts';

/** The name of this format. */
export const CODEFRAME = 'codeframe';

const WIDEST = 80;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/u;

/**
 * Shows findings.
 *
 * @param columns how wide the terminal is
 * @returns nothing where there are none
 */
export function frames(
  results: readonly ESLint.LintResult[],
  cwd: string,
  columns: number,
  paint: Paint,
): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const findings = results.flatMap(({ filePath, source, messages }) => {
    const lines = messages.length === 0 ? [] : (source ?? '').split(LINE_END);
    return messages.map((message) =>
      frame(message, relative(cwd, filePath), lines, width, paint).join('\n'),
    );
  });
  return findings.length === 0 ? '' : [...findings, summary(results, paint)].join('\n\n');
}

function frame(
  message: Linter.LintMessage,
  file: string,
  lines: readonly string[],
  width: number,
  paint: Paint,
): string[] {
  const { line, column, ruleId, suggestions = [] } = message;
  const isError = message.severity === 2;
  const what = isError ? 'error' : 'warning';
  const told = wrapped(`${what} ${shown(message.message)}`, width);
  const [first = '', ...others] = told;
  return [
    paint('bold', `${shown(file)}:${String(line)}:${String(column)}`),
    `${paint(isError ? 'red' : 'yellow', what)}${first.slice(what.length)}`,
    ...others,
    ...(ruleId === null ? [] : [paint('dim', ruleId)]),
    ...suggestions.flatMap(({ desc }) => wrapped(`suggestion: ${shown(desc)}`, width)),
    ...excerpt(message, lines, width, paint),
  ];
}

/** The line of a finding, what is underlined in it, and the line before. */
function excerpt(
  { line, column, endLine = line, endColumn }: Linter.LintMessage,
  lines: readonly string[],
  width: number,
  paint: Paint,
): string[] {
  const text = lines[line - 1];
  if (text === undefined) return [];
  const end = endLine === line ? (endColumn ?? column + 1) : text.length + 1;
  const gutter = String(line).length;
  const place = new Clipped(text, column - 1, Math.max(end - 1, column), width - gutter - 5);
  const above = new Clipped(lines[line - 2] ?? '', 0, 0, width - gutter - 5, place.start).text;
  const numbered = (number: number, code: string): string =>
    `${paint('dim', `  ${String(number).padStart(gutter)} |`)} ${code}`.trimEnd();
  return [
    ...(/^[\s…]*$/u.test(above) ? [] : [numbered(line - 1, above)]),
    numbered(line, place.text),
    `${paint('dim', `  ${' '.repeat(gutter)} |`)} ${' '.repeat(place.indent)}${paint('red', '^'.repeat(place.length))}`,
  ];
}

export function summary(results: readonly ESLint.LintResult[], paint: Paint): string {
  let errors = 0;
  let warnings = 0;
  let files = 0;
  for (const { errorCount, warningCount } of results) {
    errors += errorCount;
    warnings += warningCount;
    if (errorCount + warningCount > 0) files += 1;
  }
  const counts = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  const told = `✖ ${plural(errors + warnings, 'problem')} (${counts}) in ${plural(files, 'file')}`;
  return paint(['bold', errors > 0 ? 'red' : 'yellow'], told);
}
