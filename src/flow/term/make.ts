/** The constructors of terms, which leave out what has no effect. */

import type { Atom } from '../algebra/relation.ts';
import type {
  Assume,
  Decision,
  Exit,
  Label,
  MayThrow,
  Raise,
  Skip,
  Suspend,
  Term,
  Test,
} from './term.ts';

/** A label of its own; the name is for people. */
export function createLabel(name: string): Label {
  return new LabelWithExit(name);
}

class LabelWithExit implements Label {
  readonly name: string;
  #exit: Exit | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get exit(): Exit {
    this.#exit ??= { kind: 'exit', label: this };
    return this.#exit;
  }
}

export const SKIP: Skip = { kind: 'skip' };
export const MAY_THROW: MayThrow = { kind: 'mayThrow' };
export const RAISE: Raise = { kind: 'raise' };
export const SUSPEND: Suspend = { kind: 'suspend' };
export const OPAQUE: Test = { kind: 'opaque' };

const ALWAYS: Test = { kind: 'facts', whenTrue: [], whenFalse: 'never' };
const NEVER: Test = { kind: 'facts', whenTrue: 'never', whenFalse: [] };

/** A test with a known outcome. */
export function constantTest(outcome: boolean): Test {
  return outcome ? ALWAYS : NEVER;
}

/** Whether control never gets past a term; what follows it is dead. */
function isEnd(term: Term): boolean {
  return term.kind === 'raise' || term.kind === 'exit' || term.kind === 'loop';
}

/** One after the other, without an array where all but one of a few are nothing. */
export function seq(
  first: Term,
  second: Term,
  third: Term = SKIP,
  fourth: Term = SKIP,
  fifth: Term = SKIP,
): Term {
  if (third === SKIP && fourth === SKIP && fifth === SKIP) return pair(first, second);
  if (first === SKIP && second === SKIP) return pair(pair(third, fourth), fifth);
  const base = top;
  let goesOn = append(base, first) && append(base, second) && append(base, third);
  goesOn &&= append(base, fourth);
  if (goesOn) append(base, fifth);
  return made(base);
}

function pair(first: Term, second: Term): Term {
  if (second === SKIP) return first;
  if (first === SKIP) return second;
  if (isEnd(first)) return first;
  if (first.kind !== 'seq' && second.kind !== 'seq') {
    if (first === MAY_THROW && second === MAY_THROW) return first;
    return { kind: 'seq', terms: [first, second] };
  }
  const base = top;
  if (append(base, first)) append(base, second);
  return made(base);
}

/** One after the other; dead code goes, and a throw right after the same throw. */
export function sequence(terms: readonly Term[]): Term {
  return sequenceOf(terms, itself);
}

function itself(term: Term): Term {
  return term;
}

/** What is made of each of these, one after the other. */
export function sequenceOf<T>(items: readonly T[], make: (item: T, index: number) => Term): Term {
  return sequenceWith(items, make, undefined);
}

/** What is made of each of these with something that is given, one after the other. */
export function sequenceWith<T, G>(
  items: readonly T[],
  make: (item: T, index: number, given: G) => Term,
  given: G,
): Term {
  const { length } = items;
  if (length === 0) return SKIP;
  const base = top;
  let only: Term = SKIP;
  let isOnly = true;
  let isDead = false;
  try {
    for (let index = 0; index < length; index++) {
      const item = items[index];
      if (item === undefined) continue;
      const term = make(item, index, given);
      if (isDead || term === SKIP) continue;
      if (only === SKIP) {
        only = term;
        continue;
      }
      if (isOnly) isDead = !append(base, only);
      isOnly = false;
      isDead ||= !append(base, term);
    }
    return isOnly ? only : made(base);
  } finally {
    top = base;
  }
}

/** The parts of the sequences that are being put together, the innermost sequence's last. */
let parts: Term[] = [];
let top = 0;

/** The sequence of the parts from `base` on, which are taken off. */
function made(base: number): Term {
  const length = top - base;
  const first = parts[base];
  const whole: Term =
    length === 0 || first === undefined
      ? SKIP
      : length === 1
        ? first
        : { kind: 'seq', terms: parts.slice(base, top) };
  top = base;
  if (base === 0) parts = [];
  return whole;
}

/** Adds a term to the sequence from `base` on; false when control never gets past it. */
function append(base: number, term: Term): boolean {
  if (term === SKIP) return true;
  if (term === MAY_THROW && top > base && parts[top - 1] === MAY_THROW) return true;
  if (term.kind === 'seq') {
    for (const part of term.terms) if (!append(base, part)) return false;
    return true;
  }
  parts[top++] = term;
  return !isEnd(term);
}

/** `effect`, then the test. */
export function after(effect: Term, test: Test): Test {
  return effect.kind === 'skip' ? test : { kind: 'after', effect, test };
}

export function not(test: Test): Test {
  if (test.kind === 'not') return test.test;
  if (test.kind === 'opaque') return test;
  if (test.kind === 'facts') {
    return { ...test, whenTrue: test.whenFalse, whenFalse: test.whenTrue };
  }
  return { kind: 'not', test };
}

/** The outcome of a test, where it is known and making it has no effect. */
function known(test: Test): boolean | null {
  if (test.kind !== 'facts') return null;
  if (test.whenFalse === 'never') return true;
  return test.whenTrue === 'never' ? false : null;
}

/** What a test does, whatever its outcome; null where the effect depends on the outcome. */
function effectOf(test: Test): Term | null {
  switch (test.kind) {
    case 'opaque':
      return SKIP;
    case 'facts':
      return test.whenTrue === 'never' || test.whenFalse === 'never' ? null : SKIP;
    case 'given':
      return null;
    case 'not':
      return effectOf(test.test);
    case 'after': {
      const rest = effectOf(test.test);
      return rest === null ? null : seq(test.effect, rest);
    }
    case 'result':
      return test.call;
    case 'and':
    case 'or': {
      const left = effectOf(test.left);
      return left !== null && effectOf(test.right)?.kind === 'skip' ? left : null;
    }
    case 'conditional':
    case 'told':
      return null;
  }
}

/** One of the two, as the test tells. */
export function branch(
  test: Test,
  then: Term,
  otherwise: Term,
  decision: Decision | null = null,
): Term {
  const outcome = known(test);
  if (outcome !== null) return outcome ? then : otherwise;
  if (test.kind === 'after') {
    return seq(test.effect, branch(test.test, then, otherwise, decision));
  }
  if (same(then, otherwise)) {
    const effect = effectOf(test);
    if (effect !== null) return seq(effect, then);
  }
  return { kind: 'branch', test, then, else: otherwise, decision };
}

/** Either of the two; nothing is known of which. */
export function choice(one: Term, other: Term): Term {
  return branch(OPAQUE, one, other);
}

function same(one: Term, other: Term): boolean {
  return (
    one === other || (one.kind === 'exit' && other.kind === 'exit' && one.label === other.label)
  );
}

/** Goes on only where an atom has this truth value. */
export function assumed(atom: Atom, holds: boolean): Assume {
  return { kind: 'assume', facts: [{ atom, holds }] };
}

/** The test of an atom. */
export function factTest(atom: Atom): Test {
  return {
    kind: 'facts',
    whenTrue: [{ atom, holds: true }],
    whenFalse: [{ atom, holds: false }],
  };
}

export function exit(label: Label): Term {
  return label.exit;
}

export function block(label: Label, body: Term): Term {
  if (body.kind === 'exit' && body.label === label) return SKIP;
  if (body.kind === 'skip' || body.kind === 'mayThrow') return body;
  return { kind: 'block', label, body };
}

export function attempt(
  body: Term,
  handler: Term | null,
  finalizer: Term | null,
  site: object | null = null,
  finalSite: object | null = site,
): Term {
  if (body.kind === 'skip') return finalizer ?? SKIP;
  const last = finalizer?.kind === 'skip' ? null : finalizer;
  if (handler === null && last === null) return body;
  return { kind: 'try', body, handler, finalizer: last, site, finalSite };
}

/** Settles a promise that was made before. */
export function resume(body: Term): Term {
  return isPlain(body) ? body : { kind: 'resume', body };
}

/** Settles a promise that goes on by itself. */
export function elsewhere(body: Term): Term {
  return isPlain(body) ? body : { kind: 'elsewhere', body };
}

export function detach(body: Term, promise: object | null = null): Term {
  return isInert(body) ? SKIP : { kind: 'detach', body, promise };
}

/** Whether a term does nothing but to wait or throw. */
export function isPlain(term: Term): boolean {
  switch (term.kind) {
    case 'skip':
    case 'mayThrow':
    case 'raise':
    case 'suspend':
    case 'join':
      return true;
    case 'seq':
      return term.terms.every(isPlain);
    case 'branch':
      return isIdle(term.test) && isPlain(term.then) && isPlain(term.else);
    default:
      return false;
  }
}

/** Whether making a test does nothing. */
function isIdle(test: Test): boolean {
  switch (test.kind) {
    case 'opaque':
    case 'facts':
      return true;
    case 'given':
    case 'not':
      return isIdle(test.test);
    default:
      return false;
  }
}

/** Whether a term, run on its own with nobody waiting, does nothing. */
function isInert(term: Term): boolean {
  if (term.kind === 'resume') return isInert(term.body);
  if (term.kind === 'elsewhere') return true;
  return term.kind === 'seq'
    ? term.terms.every(isInert)
    : isPlain(term) || (term.kind === 'event' && term.site === null);
}

/** The terms right in a term, those in its tests included. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'seq':
      return term.terms;
    case 'branch':
      return [...effectsOf(term.test), term.then, term.else];
    case 'loop':
    case 'block':
    case 'detach':
    case 'resume':
    case 'elsewhere':
      return [term.body];
    case 'try':
      return [term.body, term.handler, term.finalizer].filter((part) => part !== null);
    case 'switch':
      return [...term.cases.flatMap(({ test }) => effectsOf(test)), ...term.bodies];
    case 'use':
      return [term.awaited];
    case 'call':
      return [
        ...(term.answers ?? []).map(({ effect }) => effect),
        ...Object.values(term.results ?? {}),
      ];
    default:
      return [];
  }
}

/** The terms in a test, in the order in which they are evaluated. */
export function effectsOf(test: Test): readonly Term[] {
  switch (test.kind) {
    case 'opaque':
    case 'facts':
      return [];
    case 'given':
    case 'not':
      return effectsOf(test.test);
    case 'and':
    case 'or':
      return [...effectsOf(test.left), ...effectsOf(test.right)];
    case 'conditional':
      return [test.test, test.then, test.else].flatMap(effectsOf);
    case 'after':
      return [test.effect, ...effectsOf(test.test)];
    case 'result':
      return [test.call];
    case 'told':
      return [test.effect];
  }
}
