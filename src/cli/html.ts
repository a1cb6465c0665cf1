/**
 * A formatter of ESLint: a page of its own, with the way into each finding of this plugin in its
 * source. The findings of other plugins are in it, too.
 */

import type { ESLint } from 'eslint';

import { explainedAgain } from './again.ts';
import { htmlText } from './html-text.ts';
import type { FormatterContext } from './sarif.ts';

/** @param results what ESLint has found, also as its JSON tells it */
export default async function html(
  results: readonly ESLint.LintResult[],
  { cwd = process.cwd(), rulesMeta = {} }: FormatterContext = {},
): Promise<string> {
  return htmlText(await explainedAgain(results, cwd), cwd, rulesMeta);
}
