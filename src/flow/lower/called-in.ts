/** Where the functions of a file may be called, and where their code waits. */

import {
  childrenOf,
  isNode,
  ownNodesIn,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { WAITS } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import { callsLater } from './handed.ts';
import type { Lower } from './parts.ts';

/** Of a call that may lead to more functions than this, any is taken to be called. */
const MAX_CALLED = 32;

/** A call that may call a function. */
interface Lead {
  readonly call: CallExpression;
  /** Whether it has that called only when others may run. */
  readonly isLater: boolean;
}

/** Where a call calls a function, is given it, or leads to it. */
export class CalledIn {
  readonly #lower: Lower;
  /** The calls in some code, by what they may call; those that may call anything by null. */
  readonly #known = new Map<Node, ReadonlyMap<object | null, readonly Lead[]>>();
  readonly #direct = new Map<Node, readonly object[]>();
  /** The offsets at which some code goes on that has waited. */
  readonly #waits = new Map<Node, readonly number[]>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** The functions that a call is known to call. */
  functionsOf(call: CallExpression): readonly object[] {
    return this.#lower.callees.target(call)?.callee.functions.map(({ node }) => node) ?? [];
  }

  /** Those that it is given. */
  #givenTo(call: CallExpression): readonly object[] {
    return call.arguments
      .flatMap((one) => this.#lower.callees.callee(one)?.functions ?? [])
      .map(({ node }) => node);
  }

  /** Whether a function may be called by some code, between two offsets. */
  calls(called: Node, code: Node, from: number, to: number): boolean {
    return this.leading(called, code, from, to).length > 0;
  }

  /** The calls in some code between two offsets that may have a function called there. */
  leading(called: Node, code: Node, from: number, to: number): readonly CallExpression[] {
    const leads = this.#leadsIn(code);
    return [called, null].flatMap((one) =>
      (leads.get(one) ?? []).flatMap(({ call, isLater }) => {
        const at = offsetOf(call);
        const isBetween = from <= at && at < to;
        return isBetween && (!isLater || this.waits(code, endOf(call), to)) ? [call] : [];
      }),
    );
  }

  /** Whether some code waits for something, so that others may run, and goes on between two offsets. */
  waits(code: Node, from: number, to: number): boolean {
    let ends = this.#waits.get(code);
    if (ends === undefined) {
      ends = childrenOf(code)
        .flatMap(ownNodesIn)
        .flatMap((node) => {
          if (WAITS.has(node.type)) return [endOf(node)];
          return node.type === 'ForOfStatement' && node.await ? [offsetOf(node.body)] : [];
        });
      this.#waits.set(code, ends);
    }
    return ends.some((end) => from < end && end < to);
  }

  /** Whether a function is written as an argument of a call that has it called only when others may run. */
  isForLater(called: Node): boolean {
    const { parent } = called;
    return parent?.type === 'CallExpression' && parent.callee !== called && isLaterIn(parent);
  }

  #leadsIn(code: Node): ReadonlyMap<object | null, readonly Lead[]> {
    let leads = this.#known.get(code);
    if (leads === undefined) {
      const found = new Map<object | null, Lead[]>();
      const add = (one: object | null, lead: Lead): void => {
        const known = found.get(one);
        if (known === undefined) found.set(one, [lead]);
        else known.push(lead);
      };
      for (const call of callsOf(code)) {
        const now = this.#all(this.functionsOf(call));
        const given = this.#all(this.#givenTo(call));
        const isLater = isLaterIn(call);
        for (const one of now) add(one, { call, isLater: false });
        for (const one of given) if (!now.has(one)) add(one, { call, isLater });
      }
      leads = found;
      this.#known.set(code, leads);
    }
    return leads;
  }

  /** The functions to which a call leads; null stands for any. */
  ledTo(call: CallExpression): ReadonlySet<object | null> {
    return this.#all([...this.functionsOf(call), ...this.#givenTo(call)]);
  }

  /** Functions with those to which their calls lead. */
  #all(functions: readonly object[]): ReadonlySet<object | null> {
    const found = new Set<object | null>(functions);
    for (const one of found) {
      if (found.size > MAX_CALLED) return found.add(null);
      if (!isNode(one)) continue;
      let direct = this.#direct.get(one);
      if (direct === undefined) {
        direct = callsOf(one).flatMap((inner) => [
          ...this.functionsOf(inner),
          ...this.#givenTo(inner),
        ]);
        this.#direct.set(one, direct);
      }
      for (const next of direct) found.add(next);
    }
    return found;
  }
}

/** Whether a call has what it is given called only when others may run. */
function isLaterIn(call: CallExpression): boolean {
  return linkOf(call.callee) !== null || callsLater(call);
}

/** The calls in a statement, but for those in functions that are written there. */
export function callsIn(statement: Node): readonly CallExpression[] {
  return ownNodesIn(statement).flatMap((node) => (node.type === 'CallExpression' ? [node] : []));
}

/** The calls in a function or a module, but for those in functions that are written there. */
function callsOf(code: Node): readonly CallExpression[] {
  return childrenOf(code).flatMap(callsIn);
}
