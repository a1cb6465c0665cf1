/**
 * What functions ask of what they are given: of a parameter, or of a part of one that has a name. A
 * caller that knows the answers tells them, see `answers`.
 */

import {
  childrenOf,
  isFunction,
  isNode,
  keyName,
  memberName,
  wrappedIn,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { isSpread, LOOPS } from '../../syntax/forms.ts';
import type { FunctionTerm } from '../term/term.ts';
import type { Lower, Taken, Takers } from './parts.ts';
import type { Asked } from './atoms.ts';
import type { Name } from './names.ts';
import {
  addQuestionsAt,
  addQuestionsOf,
  distinctOf,
  partsNamed,
  TRUTHY,
  type Question,
} from './questions.ts';

const NOTHING_TAKEN: readonly Taken[] = [];
const NO_PARTS: readonly string[] = [];
const NO_NAMES: ReadonlySet<string> = new Set();
const NO_QUESTIONS: readonly Question[] = [];
const ASSERTED: readonly Question[] = [TRUTHY];

/** What is given on to more parameters than this is not followed further. */
const MAX_HANDED = 16;

/** An argument: to which functions, and which one. */
interface Place {
  readonly functions: readonly FunctionTerm[];
  readonly index: number;
  /** The property of the argument that is meant; null for the whole. */
  readonly part: string | null;
}

export class TakerLowering implements Takers {
  readonly #lower: Lower;
  readonly #taken = new Map<Node, readonly Taken[]>();
  readonly #parts = new Map<Variable, ReadonlySet<string>>();
  readonly #direct = new Map<Asked, readonly Question[]>();
  readonly #handed = new Map<Asked, readonly Question[]>();
  readonly #further = new Map<Asked, readonly Asked[]>();
  readonly #ends = new Map<FunctionNode, boolean>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  at({ node, bound }: FunctionTerm, index: number): readonly Taken[] {
    if (!isNode(node) || !isFunction(node) || node.generator) return NOTHING_TAKEN;
    const parameter = node.params[index + (bound?.count ?? 0)];
    if (parameter === undefined) return NOTHING_TAKEN;
    let taken = this.#taken.get(parameter);
    if (taken === undefined) {
      taken = this.#takenBy(parameter);
      this.#taken.set(parameter, taken);
    }
    return taken;
  }

  #takenBy(parameter: Node): readonly Taken[] {
    const { names } = this.#lower;
    const isDefaulted = parameter.type === 'AssignmentPattern';
    const target = isDefaulted ? parameter.left : parameter;
    const fallback = isDefaulted ? parameter.right : null;
    if (target.type !== 'Identifier') return this.#namedIn(target, fallback);
    const name = names.of(target);
    if (name === null || !isNeverReassigned(name.variable)) return NOTHING_TAKEN;
    const whole: Taken = { asked: name, part: null, fallback };
    if (isDefaulted) return [whole];
    const parts = [...this.#partsOf(name)];
    return [whole, ...parts.map((part) => ({ asked: names.part(name, part), part, fallback }))];
  }

  /** The names that a pattern gives to parts of an argument. */
  #namedIn(pattern: Node, instead: Node | null): readonly Taken[] {
    return partsNamed(pattern).flatMap(({ part, node, fallback }) => {
      const asked = this.#lower.names.of(node);
      if (asked === null || !isNeverReassigned(asked.variable)) return [];
      return [{ asked, part, fallback, ...(instead !== null && { instead }) }];
    });
  }

  asksOnce(name: Name, part: string): boolean {
    return this.#partsOf(name).has(part);
  }

  /**
   * The parts of a parameter that are read once. What others do to the object meanwhile is not seen:
   * two tests of a part need not agree.
   */
  #partsOf(name: Name): ReadonlySet<string> {
    const { variable } = name;
    let parts = this.#parts.get(variable);
    if (parts === undefined) {
      parts = isWhole(variable) ? partsReadOnce(variable) : NO_NAMES;
      this.#parts.set(variable, parts);
    }
    return parts;
  }

  questions(identifier: Node, part: string | undefined): readonly Question[] {
    if (!canBeGiven(identifier)) return NO_QUESTIONS;
    const place = this.#placeOf(identifier, part);
    if (place === null) return this.#isAsserted(identifier, part) ? ASSERTED : NO_QUESTIONS;
    const [taker, ...others] = this.#takersAt(place);
    if (taker === undefined) return NO_QUESTIONS;
    const questions = this.#handedOn(taker.asked);
    if (others.length === 0) return questions;
    const further = others.slice(0, MAX_HANDED).flatMap(({ asked }) => this.#handedOn(asked));
    return distinctOf([...questions, ...further]);
  }

  /** What a function asks of what it is given, and those to which it hands it on. */
  #handedOn(asked: Asked): readonly Question[] {
    const known = this.#handed.get(asked);
    if (known !== undefined) return known;
    const questions: Question[] = [];
    const seen = new Set([asked]);
    // What is added meanwhile is gone through, too.
    for (const next of seen) {
      questions.push(...this.#questionsOf(next));
      for (const further of this.#furtherOf(next)) if (seen.size < MAX_HANDED) seen.add(further);
    }
    const distinct = distinctOf(questions);
    this.#handed.set(asked, distinct);
    return distinct;
  }

  /** The parameters to which what a parameter is given is handed on. */
  #furtherOf(asked: Asked): readonly Asked[] {
    let further = this.#further.get(asked);
    if (further === undefined) {
      const all = new Set<Asked>();
      for (const { identifier } of asked.variable.references) {
        if (!canBeGiven(identifier)) continue;
        const place = this.#placeOf(identifier, asked.part);
        if (place === null) continue;
        for (const taker of this.#takersAt(place)) if (all.size < MAX_HANDED) all.add(taker.asked);
      }
      further = [...all];
      this.#further.set(asked, further);
    }
    return further;
  }

  parts(identifier: Node): readonly string[] {
    const place = this.#argument(identifier, null);
    if (place === null) return NO_PARTS;
    const { functions, index } = place;
    return functions.flatMap((one) => this.at(one, index).flatMap(({ part }) => part ?? []));
  }

  /** Whether a call throws if a name, or a part of what it is bound to, is falsy here. */
  #isAsserted(identifier: Node, part: string | undefined): boolean {
    const { parent } = identifier;
    const isPart = parent?.type === 'MemberExpression' && memberName(parent) === part;
    if (part !== undefined && !isPart) return false;
    const { inner, outer } = outermost(part === undefined ? identifier : (parent ?? identifier));
    return outer?.type === 'CallExpression' && this.#lower.host.asserted?.(outer) === inner;
  }

  #takersAt({ functions, index, part }: Place): readonly Taken[] {
    const all: Taken[] = [];
    for (const one of functions) {
      for (const taken of this.at(one, index)) if (taken.part === part) all.push(taken);
    }
    return all;
  }

  /** What a function asks itself of what it is given, if anything goes by that. */
  #questionsOf(asked: Asked): readonly Question[] {
    let questions = this.#direct.get(asked);
    if (questions === undefined) {
      const { variable, part } = asked;
      const owner = variable.defs[0]?.node;
      const found: Question[] = [];
      if (owner !== undefined && isFunction(owner) && this.#isTelling(owner)) {
        for (const { identifier } of variable.references) {
          if (part === undefined) addQuestionsAt(identifier, found, this.#lower.constants);
          else addQuestionsOf(part, identifier, found, this.#lower.constants);
        }
      }
      questions = found;
      this.#direct.set(asked, questions);
    }
    return questions;
  }

  /** The argument that a name is, or a part of what it is bound to. */
  #placeOf(identifier: Node, part: string | undefined): Place | null {
    const { parent } = identifier;
    if (part === undefined) return this.#argument(identifier, null);
    const isPart =
      parent?.type === 'MemberExpression' &&
      parent.object === identifier &&
      memberName(parent) === part;
    return isPart ? this.#argument(parent, null) : this.#argument(identifier, part);
  }

  #argument(node: Node, part: string | null): Place | null {
    const { inner, outer } = outermost(node);
    if (outer?.type === 'CallExpression') return this.#placeIn(outer, inner, part);
    // In an object that is written out.
    if (part !== null || outer?.type !== 'Property' || outer.value !== inner) return null;
    const object = outer.parent;
    const call = object?.parent;
    const name = keyName(outer.key, outer.computed);
    const isGiven = object?.type === 'ObjectExpression' && call?.type === 'CallExpression';
    return isGiven && name !== null ? this.#placeIn(call, object, name) : null;
  }

  #placeIn(call: CallExpression, argument: Node, part: string | null): Place | null {
    if (call.callee === argument) return null;
    const { callees } = this.#lower;
    const target = callees.operation(call) === null ? callees.target(call) : null;
    const index = target?.args.indexOf(argument) ?? -1;
    if (target === null || index < 0 || isSpread(target.args, index)) return null;
    return { functions: target.callee.functions, index, part };
  }

  /** Whether it may matter to a caller what a function goes by. */
  #isTelling(node: FunctionNode): boolean {
    let ends = this.#ends.get(node);
    if (ends === undefined) {
      ends = this.#endsInWays(node);
      this.#ends.set(node, ends);
    }
    return ends;
  }

  /** Whether a function may have more than one end that can be told apart, or do something. */
  #endsInWays({ body }: FunctionNode): boolean {
    if (body?.type !== 'BlockStatement') return body !== null;
    const open: Node[] = [body];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (isFunction(node)) continue;
      if (node.type === 'ThrowStatement') return true;
      if (node.type === 'ReturnStatement' && node.argument !== null) return true;
      if (node.type === 'CallExpression') return true;
      open.push(...childrenOf(node));
    }
    return false;
  }
}

/** What a name, or a part of what it is bound to, stands in where it is an argument, with casts or without. */
const GIVING: ReadonlySet<string> = new Set(['CallExpression', 'MemberExpression', 'Property']);

/** Whether a name, or a part of what it is bound to, can be an argument where it stands, by its form. */
function canBeGiven(node: Node): boolean {
  const { parent } = node;
  return parent != null && (GIVING.has(parent.type) || wrappedIn(parent) === node);
}

/** An expression with the casts around it, and what it stands in. */
function outermost(node: Node): { readonly inner: Node; readonly outer: Node | null } {
  let inner = node;
  let outer = inner.parent ?? null;
  while (outer !== null && wrappedIn(outer) === inner) {
    inner = outer;
    outer = inner.parent ?? null;
  }
  return { inner, outer };
}

/** Whether a binding is a parameter, all of it. */
function isWhole({ defs: [definition] }: Variable): boolean {
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
  return definition.node.params.some((parameter) => parameter === definition.name);
}

function partsReadOnce({ defs, references }: Variable): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const { identifier } of references) {
    const { parent } = identifier;
    if (parent?.type !== 'MemberExpression' || parent.object !== identifier) continue;
    if (parent.parent?.type === 'VariableDeclarator') continue;
    const part = memberName(parent);
    // It is not known which are read where the name is computed.
    if (part === null) return NO_NAMES;
    if (once.has(part) || isRepeated(identifier, defs[0]?.node)) again.add(part);
    once.add(part);
  }
  for (const part of again) once.delete(part);
  return once;
}

/** Whether code can run more than once in a call of the function that it is in, or later. */
function isRepeated(node: Node, owner: Node | undefined): boolean {
  for (let outer = node.parent ?? null; outer !== owner; outer = outer.parent ?? null) {
    if (outer === null || isFunction(outer) || LOOPS.has(outer.type)) return true;
  }
  return false;
}
