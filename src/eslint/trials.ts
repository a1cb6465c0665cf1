/**
 * Trials of changes that may mend a report. A change is made on a copy of the file, which is read
 * and analysed again, so trials are what costs most: a file has so many of them and no more.
 */

import type { Rule } from 'eslint';

import { CONFIGS } from '../configs.ts';
import type { SessionRule, Trials } from './rule-of.ts';
import { isNode } from '../syntax/ast.ts';
import { offsetOf } from '../syntax/places.ts';
import { TooMuchWork } from '../flow/solve/work.ts';
import { changed, offsetAfter, reread, type Change } from './proof.ts';
import type { SessionFile } from '../session/model.ts';
import { sessionOf } from '../session/sessions.ts';
import { readSettings } from './settings.ts';
import { surroundingsOf } from './surroundings.ts';

export const NO_TRIALS: Trials = { areOver: true, mend: () => false };

/** In one file, this many changes are tried, */
const MAX_TRIED = 16;

/** as long as no more than these mend nothing, */
const MAX_FAILED = 4;

/** and no more text is analysed for them than this, in characters, */
const MAX_TEXT = 24_000;

/** no more steps are taken for them than this, */
const MAX_STEPS = 30_000;

/** but for a single change of a file that is no longer than this. */
const MAX_FILE = 60_000;

/** What the trials of a file have used up. */
interface Spent {
  tried: number;
  failed: number;
  text: number;
  steps: number;
}

const spent = new WeakMap<object, Spent>();

/** Every rule that asks the session, to see what a change brings about. */
const tried: SessionRule[] = [];

/** Has a rule looked at when changes are tried. */
export function addTried(rule: SessionRule): void {
  tried.push(rule);
}

/** The trials that a rule can make of changes of a file. */
export function trialsIn(
  context: Rule.RuleContext,
  session: SessionFile,
  rule: SessionRule,
): Trials {
  return new FileTrials(context, session, rule);
}

class FileTrials implements Trials {
  readonly #context: Rule.RuleContext;
  readonly #session: SessionFile;
  readonly #rule: SessionRule;
  readonly #spent: Spent;

  constructor(context: Rule.RuleContext, session: SessionFile, rule: SessionRule) {
    const { ast } = context.sourceCode;
    this.#context = context;
    this.#session = session;
    this.#rule = rule;
    this.#spent = spent.get(ast) ?? { tried: 0, failed: 0, text: 0, steps: 0 };
    spent.set(ast, this.#spent);
  }

  get areOver(): boolean {
    const { tried, failed, text, steps } = this.#spent;
    const { length } = this.#context.sourceCode.text;
    const isTooLong = text + length > (tried === 0 ? MAX_FILE : MAX_TEXT);
    return tried >= MAX_TRIED || failed >= MAX_FAILED || isTooLong || steps >= MAX_STEPS;
  }

  mend(reported: object, changes: readonly Change[]): boolean {
    if (this.areOver || !isNode(reported)) return false;
    this.#spent.tried++;
    this.#spent.text += this.#context.sourceCode.text.length;
    const isMended = this.#tries(offsetOf(reported), changes);
    if (!isMended) this.#spent.failed++;
    return isMended;
  }

  /** A change of which too much would have to be looked at mends nothing. */
  #tries(offset: number, changes: readonly Change[]): boolean {
    try {
      return this.#mends(offset, changes);
    } catch (error) {
      if (error instanceof TooMuchWork) return false;
      throw error;
    }
  }

  #mends(offset: number, changes: readonly Change[]): boolean {
    const context = this.#context;
    const { sourceCode } = context;
    const file = reread(context, changed(sourceCode.text, changes));
    const settings = readSettings(context.settings, context.cwd);
    if (file === null || 'problem' in settings) return false;
    const steps = MAX_STEPS - this.#spent.steps;
    const session = sessionOf(file, () => ({ ...surroundingsOf(context, settings), steps }));
    if (session === null) return true;
    try {
      return this.#mendsIn(session, file.text, offset, changes);
    } finally {
      this.#spent.steps += session.taken;
    }
  }

  #mendsIn(
    session: SessionFile,
    text: string,
    offset: number,
    changes: readonly Change[],
  ): boolean {
    const context = this.#context;
    const copy = altered(context, { sourceCode: altered(context.sourceCode, { text }) });
    const moved = (at: number): number => offsetAfter(at, changes);
    const own = { rule: this.#rule, options: context.options };
    // Of what is too much work to look at, nothing is known.
    const isWhole = (): boolean => session.leftOut().size <= this.#session.leftOut().size;
    // Most changes that mend nothing are told by this.
    if (offsetsOf(own, copy, session).has(moved(offset)) || !isWhole()) return false;
    return [own, ...strictest()].every((asked) => {
      const after = offsetsOf(asked, copy, session);
      if (!isWhole()) return false;
      if (after.size === 0) return true;
      const before = new Set([...offsetsOf(asked, context, this.#session)].map(moved));
      return [...after].every((at) => before.has(at));
    });
  }
}

/** A rule with the options that it is asked under. */
interface Asked {
  readonly rule: SessionRule;
  readonly options: readonly unknown[];
}

let asked: readonly Asked[] | null = null;

/** The rules as they are configured by the plugin, in the strictest configurations too. */
function strictest(): readonly Asked[] {
  asked ??= tried.flatMap((rule) => {
    const found = new Map<string, Asked>();
    for (const rules of Object.values(CONFIGS)) {
      const entry: unknown = rules[`intercom-jwt/${rule.name}`] ?? 'off';
      if (entry === 'off') continue;
      const options: readonly unknown[] = Array.isArray(entry) ? entry.slice(1) : [];
      found.set(JSON.stringify(options), { rule, options });
    }
    return [...found.values()];
  });
  return asked;
}

const known = new WeakMap<SessionFile, Map<string, ReadonlySet<number>>>();

/** Where a rule reports in a file. */
function offsetsOf(
  { rule, options }: Asked,
  context: Rule.RuleContext,
  session: SessionFile,
): ReadonlySet<number> {
  const of = known.get(session) ?? new Map<string, ReadonlySet<number>>();
  known.set(session, of);
  const key = `${rule.name} ${JSON.stringify(options)}`;
  let offsets = of.get(key);
  if (offsets === undefined) {
    const places = rule.places?.(options, session) ?? placesOf({ rule, options }, context, session);
    offsets = new Set(places.filter(isNode).map(offsetOf));
    of.set(key, offsets);
  }
  return offsets;
}

function placesOf(
  { rule, options }: Asked,
  context: Rule.RuleContext,
  session: SessionFile,
): readonly object[] {
  const places: object[] = [];
  const report = (descriptor: object): void => {
    const node: unknown = Reflect.get(descriptor, 'node');
    if (isNode(node)) places.push(node);
  };
  rule.check(altered(context, { options: [...options], report }), session, NO_TRIALS);
  return places;
}

/** An object as another, but for some of its properties. */
export function altered<T extends object>(object: T, properties: Partial<T>): T {
  const descriptors = Object.entries(properties).map(
    ([key, value]): [string, PropertyDescriptor] => [key, { value }],
  );
  return Object.create(object, Object.fromEntries(descriptors)) as T;
}
