/** Who brings about what happens on a way: a helper that is called, or a method of the client. */

import {
  calledName,
  codeAround,
  isFunction,
  isNode,
  isWithin,
  unwrap,
  type Node,
} from '../../syntax/ast.ts';
import { usedIn } from '../../syntax/forms.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { States } from '../../flow/algebra/relation.ts';
import type { Called } from '../../flow/solve/explanation.ts';
import type { Change } from '../../flow/solve/ways.ts';
import { partsOf } from '../../flow/term/make.ts';
import { RESULT_KINDS, type Call, type FunctionTerm, type Term } from '../../flow/term/term.ts';
import type { Role } from '../../sdk/roles.ts';
import { nameOf } from '../frames.ts';
import type { ClientCall } from '../client-calls.ts';
import type { SessionFile } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import { PENDING, WITH_JWT } from '../protocol.ts';
import { MAX_DEPTH, type Ways } from './ways.ts';

/** What a message names. */
export interface Actor {
  readonly name: string;
  /** Where it acts. */
  readonly place: object;
  /** The calls that can be meant by it. */
  readonly nodes: readonly Node[];
}

/** A place behind which a `logout()` is looked for. */
interface Place {
  readonly node: Node;
  /** Whether that which led to it has been asked before. */
  readonly isAsked: boolean;
}

/** A call that sets the user JWT, or runs what does. */
interface Setter {
  readonly call: Node;
  readonly actor: Actor;
}

/** Behind no more places than this is a `logout()` looked for. */
const MAX_PLACES = 64;

/** A helper, by the call of it. */
interface Helper extends Actor {
  readonly node: Node;
}

export class Actors {
  readonly #session: SessionFile;
  readonly #solved: Solved;
  readonly #ways: Ways;
  readonly #sets: readonly Site[];
  readonly #clears: readonly Site[];
  /** The sets in each function, and in the module. */
  readonly #setsIn = new Map<Node | null, Site[]>();
  /** The first use of a role in each node around one. */
  readonly #first = new Map<Role, Map<object, Site>>();
  /** The helpers that clear the session, by the function that calls them. */
  readonly #clearing = new Map<Node, readonly Helper[]>();
  readonly #setters = new Map<Node, readonly Setter[]>();
  #written: readonly ClientCall[] | null = null;

  constructor(session: SessionFile, solved: Solved, ways: Ways) {
    this.#session = session;
    this.#solved = solved;
    this.#ways = ways;
    this.#sets = solved.sites.filter(({ role }) => role === 'establish');
    this.#clears = solved.sites.filter(({ role }) => role === 'clear');
    for (const set of this.#sets) {
      const owner = codeAround(set.node);
      const known = this.#setsIn.get(owner);
      if (known === undefined) this.#setsIn.set(owner, [set]);
      else known.push(set);
    }
  }

  /** The method by which the user JWT is set. */
  get establish(): string {
    return this.#sets[0]?.method ?? 'setUserJwt';
  }

  /**
   * What brings a step about: the helper that is called, or the client's method; null where that is
   * not known.
   *
   * @param kin the states that it brings about
   */
  of(step: Change, role: Role, kin: States, depth = 0): Actor | null {
    switch (step.kind) {
      case 'event': {
        const site = step.event.site ?? step.event.origin ?? null;
        if (!isNode(site)) return null;
        const name = this.#solved.at(site)?.method ?? this.establish;
        return { name, place: site, nodes: [site] };
      }
      case 'called': {
        const { site } = step.call;
        const name = nameOf(step.callee.term, this.#session);
        const first = this.#firstIn(step.callee.term.node, role);
        const nodes = [site, first?.node].filter(isNode);
        // A helper has dropped something itself where it is awaited, or that would not help; one
        // without a name is told by what it does.
        const isDropped = kin === PENDING && !this.#canWaitFor(step);
        if (name !== '' && !isDropped) return { name, place: site, nodes };
        const within = depth < MAX_DEPTH ? this.#within(step, role, kin, depth) : null;
        if (within !== null) {
          // That the helper is waited for says nothing of what it has dropped.
          const own = isDropped ? [] : nodes;
          return { ...within, nodes: [...new Set([...within.nodes, ...own])] };
        }
        return first === null ? null : { ...named(first), nodes };
      }
      case 'left': {
        const { promise } = step.term;
        if (!isNode(promise)) return null;
        const first = this.#firstIn(promise, role);
        if (first !== null) return { ...named(first), nodes: [first.node, promise] };
        const call = callsIn(step.term.body).find(({ callee }) =>
          callee.functions.some(({ node }) => this.#firstIn(node, role) !== null),
        );
        const own = call?.callee.functions[0]?.name ?? '';
        // A function with no name is told by what is called that runs it.
        const isOfLibrary = own === '' && promise.type === 'CallExpression';
        const name = isOfLibrary ? (calledName(promise) ?? '') : own;
        if (isOfLibrary && name !== '') return { name, place: promise, nodes: [promise] };
        return call === undefined || name === ''
          ? null
          : { name, place: call.site, nodes: [promise] };
      }
    }
  }

  /** Whether what is called is written by itself, and is no part of a function that calls it. */
  isHelper(called: FunctionTerm, { node: caller }: FunctionTerm): boolean {
    if (nameOf(called, this.#session) !== '') return true;
    const { node } = called;
    return isNode(node) && isFunction(node) && isNode(caller) && !isWithin(node, caller);
  }

  /** A helper that is called: one without a name by that of what it is given to, or called by. */
  helper({ call, callee }: Called, actor: Actor): Actor {
    const { node } = callee.term;
    if (nameOf(callee.term, this.#session) !== '' || !isNode(node)) return actor;
    const { site } = call;
    const called = isNode(site) && site.type === 'CallExpression' ? calledName(site) : null;
    if (isNode(site) && called !== null) return { ...actor, name: called, place: site };
    const maker = node.parent?.type === 'CallExpression' ? usedIn(node.parent).parent : null;
    return maker?.type === 'VariableDeclarator' && maker.id.type === 'Identifier'
      ? { ...actor, name: maker.id.name, place: node }
      : actor;
  }

  /** Whether a call is not awaited, and to await it would wait for what is set in it. */
  #canWaitFor({ call, callee }: Called): boolean {
    if (call.mode !== 'started') return false;
    const results = this.#solved.solution.resultsOf(callee.term);
    const states = RESULT_KINDS.reduce((all, kind) => all | results[kind], 0);
    return (states & PENDING) === 0 || (states & WITH_JWT) !== 0;
  }

  /** What brings a step about in the function that it calls. */
  #within(step: Called, role: Role, kin: States, depth: number): Actor | null {
    const isStarted = kin === PENDING && this.#canWaitFor(step);
    const target = isStarted ? WITH_JWT : 1 << step.to;
    const inner = this.#ways.entering(this.#solved.solution.within(step, target) ?? [], target);
    return inner === null ? null : this.of(inner, role, isStarted ? WITH_JWT : kin, depth + 1);
  }

  /** The first use of a client in some code, own or foreign, that has a role. */
  #firstIn(code: object, role: Role): Site | null {
    let first = this.#first.get(role);
    if (first === undefined) {
      first = new Map();
      const { sites, foreign } = this.#solved;
      for (const site of [...sites, ...foreign]) {
        if (site.role !== role) continue;
        for (let outer: Node | null = site.node; outer !== null; outer = outer.parent ?? null) {
          if (!first.has(outer)) first.set(outer, site);
        }
      }
      this.#first.set(role, first);
    }
    return first.get(code) ?? null;
  }

  /** The `logout()` behind what was left to run later, by where it was left. */
  clearBehind(references: readonly Node[]): Actor | null {
    const seen = new Set<Node>();
    // First what is behind the calls that led to a place, then what is behind the place itself.
    const open: Place[] = references.map((node) => ({ node, isAsked: false })).reverse();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node } = next;
      const code = partAround(node);
      if (next.isAsked) {
        const clear = this.#clearIn(code, node);
        if (clear !== null) return clear;
        open.push(...this.#callsBeginning(code));
      } else if (!seen.has(node)) {
        if (seen.add(node).size > MAX_PLACES) break;
        open.push({ node, isAsked: true }, ...this.#callsBeginning(node));
      }
    }
    return null;
  }

  /** The calls that have begun what goes on of a function, or is left of it. */
  #callsBeginning(code: Node): readonly Place[] {
    const calls = this.#solved.solution.callsBeginning(code).filter(isNode);
    return calls.map((node) => ({ node, isAsked: false })).reverse();
  }

  #clearIn(code: Node, reference: Node): Actor | null {
    const clears = this.#clears.filter(({ node }) => isWithin(node, code));
    const [first] = clears;
    if (first !== undefined) return named(firstBehind(reference, clears) ?? first);
    const helpers = this.#clearingIn(code);
    return firstBehind(reference, helpers) ?? helpers[0] ?? null;
  }

  /** The helpers that a function calls, and that call `logout()`. */
  #clearingIn(code: Node): readonly Helper[] {
    if (!isFunction(code) || this.#session.moduleOf(code) !== null) return [];
    let helpers = this.#clearing.get(code);
    if (helpers === undefined) {
      helpers = callsIn(this.#session.termOf(code).body).flatMap(({ site, callee }) => {
        const called = callee.functions.find(({ node }) => this.#firstIn(node, 'clear') !== null);
        const name = called === undefined ? '' : nameOf(called, this.#session);
        return name === '' || !isNode(site)
          ? []
          : [{ name, place: site, node: site, nodes: [site] }];
      });
      this.#clearing.set(code, helpers);
    }
    return helpers;
  }

  /** The first calls behind a place, in its function, that set the user JWT, or run what does. */
  settersBehind(place: Node, count: number): readonly Setter[] {
    const setters = this.#settersIn(codeAround(place));
    const offset = offsetOf(place);
    let from = 0;
    for (let to = setters.length; from < to;) {
      const middle = (from + to) >> 1;
      const setter = setters[middle];
      if (setter !== undefined && offsetOf(setter.call) > offset) to = middle;
      else from = middle + 1;
    }
    return setters.slice(from, from + count);
  }

  /** The calls of a function that set the user JWT, or run what does, in the order of the source. */
  #settersIn(code: Node): readonly Setter[] {
    let setters = this.#setters.get(code);
    if (setters === undefined) {
      const own = (this.#setsIn.get(code) ?? []).map((set) => ({
        call: set.node,
        actor: named(set),
      }));
      const isSeen = isFunction(code) && this.#session.moduleOf(code) === null;
      const calls = isSeen ? callsIn(this.#session.termOf(code).body) : [];
      const run = new Map<object, Setter>();
      for (const call of calls) {
        const setter = run.has(call.site) ? null : this.#setterBy(call);
        if (setter !== null) run.set(call.site, setter);
      }
      setters = [...own, ...run.values()].sort(
        (one, other) => offsetOf(one.call) - offsetOf(other.call),
      );
      this.#setters.set(code, setters);
    }
    return setters;
  }

  /** Who sets the user JWT where a call runs something that does: what is given there, or a helper. */
  #setterBy({ site, mode, callee }: Call): Setter | null {
    if (!isNode(site) || mode === 'settled') return null;
    const given = this.#firstIn(site, 'establish');
    if (given !== null) return { call: site, actor: named(given) };
    const helper = callee.functions.find((one) => this.#canSet(one));
    const name = helper === undefined ? '' : nameOf(helper, this.#session);
    return name === '' ? null : { call: site, actor: { name, place: site, nodes: [site] } };
  }

  #canSet(term: FunctionTerm): boolean {
    const results = this.#solved.solution.resultsOf(term);
    return RESULT_KINDS.some((kind) => (results[kind] & WITH_JWT) !== 0);
  }

  /** Whether the user JWT is set somewhere else than in a function. */
  isSetOutside(node: object): boolean {
    const here = isNode(node) ? (this.#setsIn.get(node) ?? []) : [];
    return this.#sets.length > here.length;
  }

  /** Whether what sets the user JWT in a step stands behind a place, in the function of that. */
  isBehind(set: Change, place: object): boolean {
    const nodes = this.of(set, 'establish', WITH_JWT)?.nodes ?? [];
    return (
      isNode(place) &&
      nodes.some(
        (other) => codeAround(other) === codeAround(place) && offsetOf(other) > offsetOf(place),
      )
    );
  }

  /** The set that is nearest to a call, in this file or else in another module; null for none. */
  nearestSet({ node }: Site): Pick<Site, 'node' | 'method'> | null {
    const at = offsetOf(node);
    let nearest: Pick<Site, 'node' | 'method'> | undefined;
    for (const set of [...this.#sets, ...this.#setCalls()]) {
      const isNearer =
        nearest === undefined ||
        Math.abs(offsetOf(set.node) - at) < Math.abs(offsetOf(nearest.node) - at);
      if (isNearer) nearest = set;
    }
    return nearest ?? this.#solved.foreign.find(({ role }) => role === 'establish') ?? null;
  }

  /** The sets of the file, also those in functions that nothing refers to. */
  #setCalls(): readonly ClientCall[] {
    this.#written ??= this.#session.calls().filter(({ role }) => role === 'establish');
    return this.#written;
  }
}

/** The first of these that stands behind a place. */
function firstBehind<T extends { readonly node: Node }>(place: Node, all: readonly T[]): T | null {
  return all.find(({ node }) => offsetOf(node) > offsetOf(place)) ?? null;
}

/** A use of the client that is told by itself. */
function named({ method, node }: Pick<Site, 'method' | 'node'>): Actor {
  return { name: method, place: node, nodes: [node] };
}

/** The calls in a term. */
function callsIn(term: Term): readonly Call[] {
  return term.kind === 'call' ? [term] : partsOf(term).flatMap(callsIn);
}

/** The function around a place: what is called where it is written is a part of the one around it. */
function partAround(place: Node): Node {
  const code = codeAround(place);
  const call = isFunction(code) ? usedIn(code).parent : null;
  const isCalled = call?.type === 'CallExpression' && unwrap(call.callee) === code;
  return isCalled ? partAround(call) : code;
}
