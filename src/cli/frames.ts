/** How findings are shown on a terminal: each with the lines of source that it is about. */

import { relative } from 'node:path';
import { styleText } from 'node:util';

import type { ESLint, Linter } from 'eslint';
import stringWidth from 'string-width';

import { plural, wrapped } from './text.ts';

/** What is painted, and how. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** The name of this format. */
export const CODEFRAME = 'codeframe';

/** A line is of no use if nothing of it is left. */
const NARROWEST = 40;

const WIDEST = 80;

const TAB = '  ';

const LINE_END = /\r\n|[\n\r\u2028\u2029]/u;

const CHARACTERS = new Intl.Segmenter();

/** The paint of a terminal, or none. */
export function paintOf(hasColors: boolean): Paint {
  return hasColors
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

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

/** As much of a line as there is room for. */
class Clipped {
  readonly text: string;
  /** Where the part begins that is shown, in the line. */
  readonly start: number;
  /** How far in the underline begins, and how long it is, in columns. */
  readonly indent: number;
  readonly length: number;

  constructor(line: string, from: number, to: number, width: number, start?: number) {
    this.start = start ?? startOf(line, from, to, width);
    const cut = this.start > 0 ? '…' : '';
    this.indent = widthOf(cut + line.slice(this.start, from));
    this.text = fitted(cut + shown(line.slice(this.start, this.start + 4 * width)), width);
    const first = Math.max(from, this.start);
    const length = widthOf(line.slice(first, Math.min(to, first + width)));
    this.length = Math.max(1, Math.min(length, width - this.indent));
  }
}

/** Where a line that is too long has to begin so that its place is seen. */
function startOf(line: string, from: number, to: number, width: number): number {
  // A line may be a whole program.
  if (to <= 4 * width && widthOf(line.slice(0, to)) <= width) return 0;
  const indent = /^\s*/u.exec(line)?.[0].length ?? 0;
  return Math.max(Math.min(from, indent), from - Math.floor(width / 3));
}

/** A text that is cut where there is no more room. */
function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let part = '';
  let used = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    used += stringWidth(segment);
    if (used >= width) break;
    part += segment;
  }
  return `${part}…`;
}

function widthOf(text: string): number {
  return stringWidth(shown(text));
}

/** A text with nothing in it that a terminal obeys. */
export function shown(text: string): string {
  return text.replaceAll('\t', TAB).replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, '·');
}

function summary(results: readonly ESLint.LintResult[], paint: Paint): string {
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
