/** The rules of this plugin, as formatters see them among others. */

import { NAMESPACE } from '../configs.ts';
import { nameOf } from '../explain/keys.ts';
import type { RulesMeta } from '../explain/sarif.ts';
import plugin from '../index.ts';

const OURS: ReadonlySet<string> = new Set(Object.keys(plugin.rules ?? {}));

/** Whether a rule is one of this plugin, in whatever namespace. */
export function isOurs(ruleId: string): boolean {
  return OURS.has(nameOf(ruleId));
}

/** What is known of them, by their names in the configurations of the plugin. */
export function ownMeta(): RulesMeta {
  return Object.fromEntries(
    Object.entries(plugin.rules ?? {}).map(([name, { meta }]) => [`${NAMESPACE}/${name}`, meta]),
  );
}
