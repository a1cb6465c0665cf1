/**
 * Trials of changes that may mend what a rule of the web Messenger reports: each is made on a copy of
 * the file, in which the report has to be gone, and no rule of the web Messenger to report anew.
 */

import type { Rule } from 'eslint';

import { CONFIGS } from '../configs.ts';
import { isNode } from '../syntax/ast.ts';
import { offsetOf } from '../syntax/places.ts';
import { webOf, type WebFile } from '../web/model.ts';
import { changed, offsetAfter, reread, type Change } from './proof.ts';
import type { Trials, WebRule } from './rule-of.ts';
import { readSettings } from './settings.ts';
import { webSurroundingsOf } from './surroundings.ts';
import { altered, NO_TRIALS } from './trials.ts';

/** In one file, this many changes are tried, */
const MAX_TRIED = 16;

/** and none of a file that is longer than this, in characters. */
const MAX_FILE = 60_000;

const spent = new WeakMap<object, number>();

/** Every rule that asks what a file tells the web Messenger, to see what a change brings about. */
const tried: WebRule[] = [];

/** Has a rule looked at when changes are tried. */
export function addTriedOfWeb(rule: WebRule): void {
  tried.push(rule);
}

/** The trials that a rule can make of changes of a file. */
export function webTrialsIn(context: Rule.RuleContext, file: WebFile, rule: WebRule): Trials {
  const { ast, text } = context.sourceCode;
  const areOver = (): boolean => text.length > MAX_FILE || (spent.get(ast) ?? 0) >= MAX_TRIED;
  return {
    get areOver() {
      return areOver();
    },
    mend(reported, changes) {
      if (areOver() || !isNode(reported)) return false;
      spent.set(ast, (spent.get(ast) ?? 0) + 1);
      return mends(context, file, rule, offsetOf(reported), changes);
    },
  };
}

function mends(
  context: Rule.RuleContext,
  file: WebFile,
  rule: WebRule,
  offset: number,
  changes: readonly Change[],
): boolean {
  const source = reread(context, changed(context.sourceCode.text, changes));
  const settings = readSettings(context.settings, context.cwd);
  if (source === null || 'problem' in settings) return false;
  const after = webOf(source, () => webSurroundingsOf(context, settings, source));
  if (after === null) return true;
  const { text } = source;
  const copy = altered(context, { sourceCode: altered(context.sourceCode, { text }) });
  const moved = (at: number): number => offsetAfter(at, changes);
  const own = { rule, options: context.options };
  if (offsetsOf(own, copy, after).has(moved(offset))) return false;
  return [own, ...strictest()].every((asked) => {
    const found = offsetsOf(asked, copy, after);
    if (found.size === 0) return true;
    const before = new Set([...offsetsOf(asked, context, file)].map(moved));
    return [...found].every((at) => before.has(at));
  });
}

/** A rule with the options that it is asked under. */
interface Asked {
  readonly rule: WebRule;
  readonly options: readonly unknown[];
}

/** The rules as they are configured by the plugin where it is strictest. */
function strictest(): readonly Asked[] {
  return tried.flatMap((rule) => {
    const entry: unknown = (CONFIGS.strict as Readonly<Record<string, unknown>>)[
      `intercom-jwt/${rule.name}`
    ];
    if (entry === undefined) return [];
    return [{ rule, options: Array.isArray(entry) ? entry.slice(1) : [] }];
  });
}

/** Where a rule reports in a file. */
function offsetsOf(
  { rule, options }: Asked,
  context: Rule.RuleContext,
  file: WebFile,
): ReadonlySet<number> {
  const offsets = new Set<number>();
  const report = (descriptor: object): void => {
    const node: unknown = Reflect.get(descriptor, 'node');
    if (isNode(node)) offsets.add(offsetOf(node));
  };
  rule.check(altered(context, { options: [...options], report }), file, NO_TRIALS);
  return offsets;
}
