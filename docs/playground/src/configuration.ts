/** The options that are typed, as a part of a configuration. */

import type { Linter } from 'eslint';
import plugin from 'eslint-plugin-intercom-jwt/browser';

const NAMESPACE = 'intercom-jwt';

const KEYS = ['rules', 'settings'];

/** Options that are not understood, in words for those who typed them. */
export class Misconfigured extends Error {}

/**
 * Reads what is set beside a preset.
 *
 * @throws Misconfigured where it is not understood
 */
export function configurationOf(text: string): Linter.Config {
  if (text.trim() === '') return {};
  const { rules = {}, settings = {}, ...others } = objectAt(parsed(text), 'The options');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Misconfigured(
      `There is no key ${quoted(unknown)}: the options are ${KEYS.map(quoted).join(' and ')}.`,
    );
  }
  return {
    rules: Object.fromEntries(
      Object.entries(objectAt(rules, quoted('rules'))).map(([name, entry]) => [
        `${NAMESPACE}/${ruleBy(name)}`,
        entry as Linter.RuleEntry,
      ]),
    ),
    settings: { [NAMESPACE]: objectAt(settings, quoted('settings')) },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Misconfigured(`The options are no JSON: ${(error as Error).message}`);
  }
}

function objectAt(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Misconfigured(`${what} should be an object.`);
}

/** The name of a rule, which may be given with its namespace. */
function ruleBy(name: string): string {
  const bare = name.startsWith(`${NAMESPACE}/`) ? name.slice(NAMESPACE.length + 1) : name;
  const rules = Object.keys(plugin.rules ?? {});
  if (rules.includes(bare)) return bare;
  throw new Misconfigured(`There is no rule ${quoted(name)}. The rules are ${rules.join(', ')}.`);
}

function quoted(name: string): string {
  return `"${name}"`;
}
