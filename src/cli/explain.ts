/** A formatter of ESLint: the way into each finding of this plugin, in the source. */

import type { ESLint } from 'eslint';

import { explainedFrames } from '../explain/frames.ts';
import { paintOf } from '../explain/terminal.ts';
import { explainedAgain } from './again.ts';
import { summary } from './frames.ts';
import type { FormatterContext } from './sarif.ts';
import { wantsColors } from './surroundings.ts';

const COLUMNS = 80;

/** @param results what ESLint has found, also as its JSON tells it */
export default async function explain(
  results: readonly ESLint.LintResult[],
  { cwd = process.cwd(), color = wantsColors() }: FormatterContext = {},
): Promise<string> {
  const run = await explainedAgain(results, cwd);
  const { stdout } = process;
  const columns = stdout.isTTY ? stdout.columns : COLUMNS;
  const paint = paintOf(color);
  const told = explainedFrames(run, { cwd, columns, paint });
  return told === '' ? '' : `${told}\n\n${summary(results, paint)}\n`;
}
