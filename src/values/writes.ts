/** Where objects are changed after they were made. */

import {
  functionAround,
  isFunction,
  isWithin,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
  type Program,
} from '../syntax/ast.ts';
import { nodesOf } from '../syntax/by-type.ts';
import { LOOPS } from '../syntax/forms.ts';
import { offsetOf } from '../syntax/places.ts';
import type { Bindings, Reference, Variable } from '../syntax/bindings.ts';
import type { Handing, Write } from './changes.ts';
import { CHANGERS, isChanger, isFreeze, REORDERING } from './globals.ts';
import { Holders } from './holders.ts';
import type { Values } from './resolve.ts';
import { isMutator } from './time/methods.ts';
import type { External } from './value.ts';

/** What is known of the functions that a file calls. */
export interface Known {
  /** What of the language or of a package a callee is; null where it is none, or may be another as well. */
  external(callee: Node): External | null;
  /** Whether a function leaves its arguments as they are. */
  isHarmless(callee: Node): boolean;
}

/** What holds an object is followed through so many literals. */
const MAX_HOLDERS = 32;

type Handings = ReadonlyMap<Node, readonly Handing[]>;

/** The changes of the objects and classes of one file. */
export class Writes {
  readonly #program: Program;
  readonly #holders: Holders;
  readonly #functions: Known;
  /** By the object literal or class that is changed, and the name. */
  #byOwner: ReadonlyMap<Node, ReadonlyMap<string | null, readonly Write[]>> | null = null;
  /** The calls that get an object literal and may change it, by the literal. */
  #handedOut: Handings | null = null;
  /** All calls that get one. */
  #handed: Handings | null = null;

  constructor(program: Program, bindings: Bindings, values: Values, functions: Known) {
    this.#program = program;
    this.#holders = new Holders(program, bindings, values);
    this.#functions = functions;
  }

  /** The changes of a property, in the order of the source. */
  of(owner: Node, name: string): readonly Write[] {
    this.#byOwner ??= this.#index();
    const writes = this.#byOwner.get(owner);
    const named = writes?.get(name) ?? [];
    const unnamed = writes?.get(null) ?? [];
    if (unnamed.length === 0) return named;
    return [...named, ...unnamed].sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
  }

  /** The changes of all properties of an object, in the order of the source. */
  all(owner: Node): readonly Write[] {
    this.#byOwner ??= this.#index();
    const writes = [...(this.#byOwner.get(owner)?.values() ?? [])].flat();
    return writes.sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
  }

  /** Whether anything of an object is changed. */
  isChanged(owner: Node): boolean {
    this.#byOwner ??= this.#index();
    return this.#byOwner.has(owner);
  }

  /** Whether an object, or one that it is a part of, is handed to a function that may change it. */
  isHandedOut(literal: ObjectExpression | ArrayExpression): boolean {
    return [...this.#around(literal)].some(
      (node) => this.#handedOver().has(node) && !isFrozen(node, this.#functions),
    );
  }

  /** The calls that get an object, or one that it is a part of, whatever they do with it. */
  handings(literal: ObjectExpression): readonly Handing[] {
    this.#handed ??= this.#handingsOf(() => true);
    const handed = this.#handed;
    return [...this.#around(literal)].flatMap((node) => handed.get(node) ?? []);
  }

  /** A literal, and those that it is a part of. */
  #around(
    literal: ObjectExpression | ArrayExpression,
  ): ReadonlySet<ObjectExpression | ArrayExpression> {
    const around = new Set([literal]);
    for (const node of around) {
      for (const holder of this.#holders.of(node)) {
        if (around.size < MAX_HOLDERS) around.add(holder);
      }
    }
    return around;
  }

  #handedOver(): Handings {
    this.#handedOut ??= this.#handingsOf(({ callee }) => !this.#functions.isHarmless(callee));
    return this.#handedOut;
  }

  /** The calls that get literals, by these. */
  #handingsOf(isSuch: (call: CallExpression | NewExpression) => boolean): Handings {
    const handed = new Map<Node, Handing[]>();
    const calls = [
      ...nodesOf(this.#program, 'CallExpression'),
      ...nodesOf(this.#program, 'NewExpression'),
    ];
    for (const node of calls) {
      if (node.arguments.length === 0 || !isSuch(node)) continue;
      for (const argument of node.arguments) {
        const given = argument.type === 'SpreadElement' ? argument.argument : argument;
        for (const value of this.#holders.valuesOf(given)) {
          if (value.kind !== 'object' && value.kind !== 'array') continue;
          const handings = handed.get(value.node) ?? [];
          handed.set(value.node, handings);
          handings.push({ call: node, argument });
        }
      }
    }
    return handed;
  }

  /** Whether a function of the language is called that changes what it is given first, by whatever name. */
  #isChanger(callee: Node): boolean {
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    // What keys are computed of is asked when the changes are known.
    const canBe = name === null ? callee.type === 'Identifier' : CHANGERS.has(name);
    return canBe && isChanger(this.#functions.external(callee));
  }

  #index(): ReadonlyMap<Node, ReadonlyMap<string | null, readonly Write[]>> {
    const byOwner = new Map<Node, Map<string | null, Write[]>>();
    const add = (object: Node, name: string | null, node: Node, value: Node | null): void => {
      for (const changed of this.#holders.valuesOf(object)) {
        if (changed.kind === 'function' || !('node' in changed)) continue;
        const owner = changed.node;
        const byName = byOwner.get(owner) ?? new Map<string | null, Write[]>();
        byOwner.set(owner, byName);
        const writes = byName.get(name);
        const write: Write = { node, value };
        if (writes === undefined) byName.set(name, [write]);
        else writes.push(write);
      }
    };
    const addMember = (target: Node, node: Node, value: Node | null): void => {
      const member = unwrap(target);
      if (member.type !== 'MemberExpression') return;
      add(member.object, memberName(member), node, value);
    };
    const found = CHANGING.flatMap((type): readonly Node[] => nodesOf(this.#program, type));
    for (const node of found.sort((one, other) => offsetOf(one) - offsetOf(other))) {
      switch (node.type) {
        case 'AssignmentExpression':
          addMember(node.left, node, node.operator === '=' ? node.right : null);
          break;
        case 'UpdateExpression':
          addMember(node.argument, node, null);
          break;
        case 'UnaryExpression':
          if (node.operator === 'delete') addMember(node.argument, node, null);
          break;
        case 'CallExpression': {
          const [target] = node.arguments;
          const callee = unwrap(node.callee);
          if (target !== undefined && this.#isChanger(callee)) add(target, null, node, null);
          if (callee.type === 'MemberExpression' && REORDERING.has(memberName(callee) ?? '')) {
            add(callee.object, null, node, null);
          }
          break;
        }
        default:
          break;
      }
    }
    return byOwner;
  }
}

/** Whether a change comes after a use in every run. */
export function isLater(change: Node, use: Node): boolean {
  return offsetOf(change) > offsetOf(use) && isSameRun(change, use);
}

/** Whether two places are in the same function, and in no loop together. */
function isSameRun(one: Node, other: Node): boolean {
  for (let around = one.parent ?? null; around !== null; around = around.parent ?? null) {
    if (isFunction(around)) return isWithin(other, around) && functionAround(other) === around;
    if (LOOPS.has(around.type) && isWithin(other, around)) return false;
  }
  return functionAround(other) === null;
}

/** Whether an object literal is one that nothing can change: `Object.freeze({ … })`, `{ … } as const`. */
export function isFrozen(
  literal: ObjectExpression | ArrayExpression,
  functions: Pick<Known, 'external'>,
): boolean {
  let isWhole = true;
  for (let node: Node = literal; ;) {
    if (isConst(node)) return true;
    const parent: Node | null = node.parent ?? null;
    switch (parent?.type) {
      case 'Property':
      case 'ObjectExpression':
      case 'ArrayExpression':
        isWhole = false;
        break;
      case 'CallExpression':
        // It freezes the object, and not those in it.
        return (
          isWhole &&
          parent.arguments[0] === node &&
          isFreeze(functions.external(unwrap(parent.callee)))
        );
      default:
        if (parent === null || unwrap(parent) !== unwrap(node)) return false;
    }
    node = parent;
  }
}

/** Whether an object literal has a name, or is a part of another thing, by which it can be changed. */
export function isHeld(literal: ObjectExpression | ArrayExpression): boolean {
  const { parent } = literal;
  if (parent?.type === 'VariableDeclarator') return !parent.id.type.endsWith('Pattern');
  return parent?.type !== 'SpreadElement' && parent?.type !== 'MemberExpression';
}

/** Whether a literal is written `as const`, which its parts are, too. */
function isConst(literal: Node): boolean {
  const { parent } = literal;
  if (parent?.type !== 'TSAsExpression' && parent?.type !== 'TSTypeAssertion') return false;
  const { typeAnnotation: type } = parent;
  return (
    type.type === 'TSTypeReference' &&
    type.typeName.type === 'Identifier' &&
    type.typeName.name === 'const'
  );
}

const CHANGING = [
  'AssignmentExpression',
  'UpdateExpression',
  'UnaryExpression',
  'CallExpression',
] as const;

/** A call such as `d.setMinutes(…)` that changes the date that a binding holds. */
export interface Mutation {
  readonly call: CallExpression;
  readonly callee: MemberExpression;
  readonly name: string;
}

/** A call that is given the date, and may change it from then on. */
export interface GivenAway {
  readonly call: CallExpression | NewExpression;
  readonly callee: null;
}

/** A date that is changed more often than this is not followed. */
const MAX_MUTATIONS = 32;

/**
 * The calls that may change the date that a binding holds, in the order in which they run; null
 * where that depends on the way that the program takes, or on what others do with the date.
 *
 * @param isHarmless whether a function leaves its arguments as they are
 */
export function mutationsOf(
  variable: Variable,
  bindings: Bindings,
  isHarmless: (callee: Node) => boolean,
): readonly (Mutation | GivenAway)[] | null {
  const [definition] = variable.defs;
  const block = definition === undefined ? null : statementAround(definition.name)?.parent;
  const mutations: (Mutation | GivenAway)[] = [];
  for (const { identifier } of variable.references) {
    if (isMutatedAlias(identifier, bindings)) return null;
    const callee = identifier.parent;
    const isGiven = callee?.type === 'CallExpression' || callee?.type === 'NewExpression';
    if (isGiven && callee.callee !== identifier && !isHarmless(callee.callee)) {
      if (!block || mutations.length >= MAX_MUTATIONS || !isRunOnceIn(callee, block)) return null;
      mutations.push({ call: callee, callee: null });
      continue;
    }
    const call = callee?.parent;
    if (callee?.type !== 'MemberExpression' || callee.object !== identifier) continue;
    if (call?.type !== 'CallExpression' || call.callee !== callee) continue;
    const name = memberName(callee);
    if (name === null || !isMutator(name)) continue;
    const statement = statementAround(call);
    if (!block || statement?.parent !== block || isConditional(call, statement)) return null;
    if (mutations.length >= MAX_MUTATIONS) return null;
    mutations.push({ call, callee, name });
  }
  return mutations.sort((one, other) => offsetOf(one.call) - offsetOf(other.call));
}

/** Whether a date gets another name, by which it is changed. */
function isMutatedAlias(identifier: Node, bindings: Bindings): boolean {
  const { parent } = identifier;
  const isAlias = parent?.type === 'VariableDeclarator' && parent.init === identifier;
  const alias = isAlias ? bindings.variable(parent.id) : null;
  return alias?.references.some(isMutated) ?? false;
}

/** Whether a node runs at once, and no more than once, each time that a block around it does. */
function isRunOnceIn(node: Node, block: Node): boolean {
  for (let outer = node.parent; outer && outer !== block; outer = outer.parent) {
    if (isFunction(outer) || LOOPS.has(outer.type)) return false;
  }
  return true;
}

/** Whether a method that changes dates is called on a name. */
function isMutated({ identifier }: Reference): boolean {
  const member = identifier.parent;
  if (member?.type !== 'MemberExpression' || member.object !== identifier) return false;
  const name = memberName(member);
  return name !== null && isMutator(name);
}

/** Whether a node need not run, or not at once, when its statement does. */
function isConditional(node: Node, statement: Node): boolean {
  for (let outer = node.parent; outer && outer !== statement; outer = outer.parent) {
    if (
      isFunction(outer) ||
      outer.type === 'ConditionalExpression' ||
      outer.type === 'LogicalExpression' ||
      outer.type === 'ChainExpression'
    ) {
      return true;
    }
  }
  return !SIMPLE.has(statement.type);
}

const SIMPLE: ReadonlySet<string> = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
]);

const BLOCKS: ReadonlySet<string> = new Set(['BlockStatement', 'Program', 'StaticBlock']);

/** The statement of a block, or of the program, that a node is in. */
export function statementAround(node: Node): Node | null {
  for (let inner = node; ;) {
    const { parent } = inner;
    if (!parent) return null;
    if (BLOCKS.has(parent.type)) return inner;
    if (parent.type === 'ExportNamedDeclaration') {
      inner = parent;
      continue;
    }
    inner = parent;
  }
}
