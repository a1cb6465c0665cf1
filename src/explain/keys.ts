/** What a message of ESLint and the report that it was made of have in common. */

import type { Linter } from 'eslint';

export function keyOfMessage(path: string, message: Linter.LintMessage): string {
  const { ruleId, messageId, line, column } = message;
  return keyOf(path, ruleId ?? '', messageId ?? '', line, column);
}

export function keyOf(
  path: string,
  ruleId: string,
  messageId: string,
  line: number,
  column: number,
): string {
  return [path, nameOf(ruleId), messageId, line, column].join('\n');
}

/** The name of a rule, in whatever namespace a configuration has the plugin. */
export function nameOf(ruleId: string): string {
  return ruleId.slice(ruleId.lastIndexOf('/') + 1);
}
