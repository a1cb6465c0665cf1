/** A run as the text of a SARIF log, with what is known of the rules. */

import { ESLint } from 'eslint';

import type { ExplainedRun } from '../explain/explained.ts';
import { sarifLog, type RulesMeta } from '../explain/sarif.ts';
import { ownMeta } from './own-rules.ts';

/** A run as the text of a log. */
export function sarifText(run: ExplainedRun, cwd: string, rulesMeta: RulesMeta = {}): string {
  const rules = { ...ownMeta(), ...rulesMeta };
  return JSON.stringify(sarifLog(run, { cwd, version: ESLint.version, rules }), null, 2);
}
