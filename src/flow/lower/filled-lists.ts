/**
 * Lists of promises that are filled by `push`, and waited for as a whole: `tasks.push(set(jwt))`, and then
 * `await Promise.all(tasks)`.
 */

import {
  codeAround,
  isFunction,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { BindingTable } from '../../syntax/binding-table.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Reference,
  type Variable,
} from '../../syntax/bindings.ts';
import { isInside, isWritten, LOOPS } from '../../syntax/forms.ts';
import { offsetOf } from '../../syntax/places.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import {
  branch,
  choice,
  factTest,
  isPlain,
  MAY_THROW,
  seq,
  sequenceOf,
  SKIP,
} from '../term/make.ts';
import { withoutFalsy } from './iterators.ts';
import { holdsCall } from '../term/holds-call.ts';
import type { Changing, Term } from '../term/term.ts';
import type { FilledPromises, Lower } from './parts.ts';
import { repeated, type Item } from './promises.ts';

/** A list, its code, and what is put into it. */
interface Filled {
  readonly code: Node;
  readonly declaration: Node;
  /** What it holds from the start. */
  readonly first: readonly Node[];
  readonly puts: readonly Node[];
}

const NOTHING_PUT: readonly Node[] = [];

/** More than so many are as good as unknown. */
const MAX_PUT = 32;

export class FilledLists implements FilledPromises {
  readonly #lower: Lower;
  readonly #filled: BindingTable<Filled | null>;
  /** Whether something was put into its list, for what may not have been. */
  readonly #there = new Map<Node, Changing | null>();

  constructor(lower: Lower, bindings: Bindings) {
    this.#lower = lower;
    this.#filled = new BindingTable(bindings, (variable) => this.#filledBy(variable));
  }

  items(list: Node): readonly Item[] | null {
    const use = unwrap(list);
    if (use.type === 'ArrayExpression') return this.#among(use);
    const filled = this.#at(use);
    // What a round before has put there is waited for with what this one puts there.
    if (filled === null || isRepeated(use, filled.declaration)) return null;
    const { first, puts } = filled;
    const before = puts.filter((put) => offsetOf(put) < offsetOf(use));
    return [...first, ...before].map((element) =>
      this.#item(element, this.#settle(element, filled)),
    );
  }

  /** What is in a list that others are spread into; null where none of them is known to do anything. */
  #among({ elements }: ArrayExpression): readonly Item[] | null {
    const settled = (node: Node): Item => this.#item(node, this.#lower.settling.settle(node));
    const items = elements.flatMap((element): readonly Item[] => {
      if (element === null) return [];
      if (element.type !== 'SpreadElement') return [settled(element)];
      const list = element.argument;
      const known = this.#lower.callees.items(list)?.map(settled) ?? this.items(list);
      return known ?? [this.#item(list, MAY_THROW)];
    });
    return items.some(({ settle }) => !isPlain(settle)) ? items : null;
  }

  #item(element: Node, settle: Term): Item {
    return { settle, valued: settle, promise: unwrap(element) };
  }

  began(name: Node): Term {
    const filled = this.#at(name);
    if (filled === null) return SKIP;
    return sequenceOf(filled.puts, (put) => this.#assigned(put, filled, false));
  }

  put({ callee, arguments: args }: CallExpression): Term | null {
    const method = unwrap(callee);
    if (method.type !== 'MemberExpression' || memberName(method) !== 'push') return null;
    const filled = this.#at(unwrap(method.object));
    if (filled === null) return null;
    return seq(
      this.#lower.effects.allHandedOver(args),
      sequenceOf(args, (put) => this.#assigned(put, filled, true)),
    );
  }

  /** The list that a name is, in its own code; null for any other. */
  #at(name: Node): Filled | null {
    const filled = name.type === 'Identifier' ? this.#filled.of(name) : null;
    return filled?.code === codeAround(name) ? filled : null;
  }

  #assigned(put: Node, filled: Filled, holds: boolean): Term {
    const changing = this.#isThere(put, filled);
    if (changing === null) return SKIP;
    return { kind: 'assign', changes: [changing], facts: [{ atom: changing.atom, holds }] };
  }

  /** The fact that something was put there; null where that is sure, tells nothing, or is one too many. */
  #isThere(put: Node, filled: Filled): Changing | null {
    let changing = this.#there.get(put);
    if (changing === undefined) {
      const isTold = codeAround(put) === filled.code && !isSure(put, filled);
      // What was not begun on a way has no effect where it is settled; a call may have.
      const isAsked = isTold && holdsCall(this.#lower.settling.settle(put));
      changing = (isAsked ? this.#lower.atoms.changing({ name: put }, 1)?.[0] : null) ?? null;
      this.#there.set(put, changing);
    }
    return changing;
  }

  /** What awaiting an element does, or nothing where it was not put there. */
  #settle(element: Node, filled: Filled): Term {
    const { code, declaration, puts } = filled;
    const settle = this.#lower.settling.settle(element);
    if (isPlain(settle)) return settle;
    // Another function has put it there: how often, and when, is not known.
    if (codeAround(element) !== code) return choice(MAY_THROW, settle);
    const once = isPromiseLike(element, this.#lower.bindings)
      ? seq({ kind: 'join', promise: unwrap(element) }, settle)
      : settle;
    if (!puts.includes(element)) return once;
    const waited = isRepeated(element, declaration) ? seq(once, repeated(once)) : once;
    const isThere = this.#isThere(element, filled);
    if (isThere !== null) return branch(factTest(isThere.atom), waited, SKIP);
    return isSure(element, filled) || !holdsCall(settle) ? waited : choice(waited, SKIP);
  }

  #filledBy(variable: Variable): Filled | null {
    const [definition] = variable.defs;
    if (definition?.type !== 'Variable' || !isNeverReassigned(variable)) return null;
    const list = initializerOf(variable);
    const array = list === null ? null : unwrap(list);
    if (array?.type !== 'ArrayExpression') return null;
    const first: Node[] = [];
    for (const element of array.elements) {
      if (element === null || element.type === 'SpreadElement') return null;
      first.push(element);
    }
    const puts: Node[] = [];
    for (const reference of variable.references) {
      const put = this.#putAt(reference);
      if (put === null) return null;
      puts.push(...put);
    }
    if (puts.length === 0 || first.length + puts.length > MAX_PUT) return null;
    return { code: codeAround(definition.name), declaration: definition.node, first, puts };
  }

  /** What is put into a list where its name stands; null where anything else may happen to it. */
  #putAt({ identifier, init }: Reference): readonly Node[] | null {
    const { parent } = identifier;
    if (init === true) return NOTHING_PUT;
    if (parent?.type === 'CallExpression') {
      return this.#isCombined(parent, identifier) ? NOTHING_PUT : null;
    }
    if (this.#isReadThrough(identifier)) return NOTHING_PUT;
    if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return null;
    const call = parent.parent;
    if (call?.type !== 'CallExpression' || call.callee !== parent) {
      return memberName(parent) === 'length' && !isWritten(parent) ? NOTHING_PUT : null;
    }
    if (memberName(parent) !== 'push') return null;
    const args: readonly Node[] = call.arguments;
    return args.some(({ type }) => type === 'SpreadElement') ? null : args;
  }

  /** Whether a list is only gone through where its name stands: by a loop, or for another list. */
  #isReadThrough(list: Node): boolean {
    const { parent } = list;
    if (parent?.type === 'ForOfStatement') return parent.right === list;
    if (parent?.type === 'SpreadElement') return parent.parent?.type === 'ArrayExpression';
    const call = parent?.parent ?? null;
    return call !== null && withoutFalsy(call, this.#lower.bindings) === list;
  }

  /** Whether a call waits for a list: `Promise.all(list)`. */
  #isCombined({ callee, arguments: [first] }: CallExpression, list: Node): boolean {
    const method = unwrap(callee);
    if (first !== list || method.type !== 'MemberExpression') return false;
    return this.#lower.callees.isGlobal(method.object, 'Promise');
  }
}

/** Whether a place is reached again with the same list. */
function isRepeated(use: Node, declaration: Node): boolean {
  let inner = use;
  for (let outer = use.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return false;
    // What a loop goes through is asked for once.
    const isOnce = outer.type === 'ForOfStatement' && outer.right === inner;
    if (LOOPS.has(outer.type) && !isOnce && !isInside(declaration, outer)) return true;
    inner = outer;
  }
  return false;
}

/** Whether something is put into a list by a statement beside its declaration, and so put there in any case. */
function isSure(put: Node, { declaration }: Filled): boolean {
  const statement = put.parent?.parent ?? null;
  return (
    statement?.type === 'ExpressionStatement' && statement.parent === declaration.parent?.parent
  );
}
