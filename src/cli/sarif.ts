/**
 * A formatter of ESLint: SARIF 2.1.0, with the way into each finding of this plugin as a code flow.
 * The findings of other plugins are in it, too.
 */

import type { ESLint } from 'eslint';

import type { RulesMeta } from '../explain/sarif.ts';
import { explainedAgain } from './again.ts';
import { sarifText } from './sarif-text.ts';

/** What ESLint tells a formatter; those who call it themselves may leave all of it out. */
export interface FormatterContext {
  readonly cwd?: string;
  readonly rulesMeta?: RulesMeta;
  readonly color?: boolean;
}

/** @param results what ESLint has found, also as its JSON tells it */
export default async function sarif(
  results: readonly ESLint.LintResult[],
  { cwd = process.cwd(), rulesMeta = {} }: FormatterContext = {},
): Promise<string> {
  return sarifText(await explainedAgain(results, cwd), cwd, rulesMeta);
}
