/**
 * The plugin for places without files, such as a browser, with `eslint/universal`: its rules and
 * configurations, without what needs a project, and the ways into findings.
 */

import type { Linter, Rule } from 'eslint';

import { askingOf, type Explained } from './eslint/ways.ts';
import { keyOf, keyOfMessage } from './explain/keys.ts';
import { Lines, withoutBom } from './explain/lines.ts';
import { IN_MEMORY } from './in-memory.ts';
import { pluginOf, RULES, type Plugin } from './plugin.ts';
import { whileOn } from './project/machine.ts';
import type { Step } from './way/step.ts';

/** A message, and the way into it. */
export interface Finding {
  readonly message: Linter.LintMessage;
  /** The steps into it, the last of which is its place; null where it is of another plugin. */
  readonly steps: readonly Step[] | null;
}

/** The rule where there are no files. The main entry may be loaded as well, which has some. */
function inMemory(rule: Rule.RuleModule): Rule.RuleModule {
  return {
    ...rule,
    create(context) {
      const { 'Program:exit': run } = rule.create(context) as { 'Program:exit': () => void };
      return {
        'Program:exit'() {
          whileOn(IN_MEMORY, run);
        },
      };
    },
  };
}

const plugin: Plugin = pluginOf(
  Object.fromEntries(Object.entries(RULES).map(([name, rule]) => [name, inMemory(rule)])),
);

/**
 * The messages of one text with the ways into them.
 *
 * @param lint lints the text with the plugin, at once, as `linter.verify` does
 */
export function explain(
  text: string,
  lint: () => readonly Linter.LintMessage[],
): readonly Finding[] {
  const reports: Explained[] = [];
  const messages = askingOf((explained) => reports.push(explained), lint);
  const lines = new Lines(withoutBom(text));
  const reported = new Map<string, Explained>();
  for (const report of reports) {
    const { line, column } = lines.at(report.range[0]);
    const key = keyOf('', report.ruleId, report.messageId, line, column + 1);
    if (!reported.has(key)) reported.set(key, report);
  }
  return messages.map((message) => {
    const report = reported.get(keyOfMessage('', message));
    return { message, steps: report === undefined ? null : whileOn(IN_MEMORY, report.steps) };
  });
}

export default plugin;
export { onDebug } from './in-memory.ts';
export type { Step, StepKind } from './way/step.ts';
