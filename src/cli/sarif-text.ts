/** A run as the text of a SARIF log, with what is known of the rules. */

import { ESLint } from 'eslint';

import plugin from '../index.ts';
import { NAMESPACE } from '../configs.ts';
import type { ExplainedRun } from '../explain/explained.ts';
import { sarifLog, type RulesMeta } from '../explain/sarif.ts';

/** A run as the text of a log. */
export function sarifText(run: ExplainedRun, cwd: string, rulesMeta: RulesMeta = {}): string {
  const rules = { ...ownMeta(), ...rulesMeta };
  return JSON.stringify(sarifLog(run, { cwd, version: ESLint.version, rules }), null, 2);
}

function ownMeta(): RulesMeta {
  return Object.fromEntries(
    Object.entries(plugin.rules ?? {}).map(([name, { meta }]) => [`${NAMESPACE}/${name}`, meta]),
  );
}
