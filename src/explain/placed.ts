/** Steps at their places in the texts of files, and files by the names that they are shown by. */

import { relative, sep } from 'node:path';

import type { Linter } from 'eslint';

import type { Step } from '../way/step.ts';
import type { Lines } from './lines.ts';
import type { Texts } from './texts.ts';

/** A step at its place in the text. */
export interface Placed {
  readonly step: Step;
  readonly line: number;
  /** From and to which column of that line it reaches, from zero. */
  readonly from: number;
  readonly to: number;
}

/** Where a step is: of a place of several lines, the part on the first. */
export function placedAt(step: Step, lines: Lines): Placed {
  const [start, end] = step.range;
  const { line, column } = lines.at(start);
  const text = lines.line(line) ?? '';
  const last = lines.at(end);
  const to = last.line === line ? last.column : text.trimEnd().length;
  return { step, line, from: column, to: Math.max(to, column + 1) };
}

/** The place of a message of which no way is told, as a step that says nothing. */
export function placeOf(path: string, message: Linter.LintMessage, texts: Texts): readonly Step[] {
  const { line, column, endLine, endColumn } = message;
  const lines = texts.of(path);
  const start = lines.offset(line, column - 1);
  if (start === null) return [];
  const end = lines.offset(endLine ?? line, (endColumn ?? column + 1) - 1) ?? start;
  const state = { stateBefore: null, stateAfter: null };
  const range = [start, end] as const;
  return [{ n: 1, kind: 'reported', text: '', path, range, ...state, depth: 0, essential: true }];
}

/** A file as seen from a folder, with slashes. */
export function nameOf(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/');
}
