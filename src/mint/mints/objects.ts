/** What the object literals of claims and options hold, with what is assigned to them later. */

import {
  childrenOf,
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import type { Expressions, InstanceValue } from '../../values/evaluate.ts';
import { isAbsent } from '../../values/literals.ts';
import type { Frames } from './units.ts';

/** One of the expressions that give a property its value. */
export interface Entry {
  readonly value: Node;
  /** The file that the value is in. */
  readonly file: Expressions;
  /** Where a report about it stands: in the file that reads it, or in the one that gives it. */
  readonly place: Node;
  /** Whether the property has this value each time, unless another entry says otherwise. */
  readonly isCertain: boolean;
}

/** The properties of an object, as far as they can be seen. */
export interface View {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Whether there is nothing else in it. */
  readonly isWhole: boolean;
  /** The literal in the linted file that it is written as, if it is one. */
  readonly literal: ObjectExpression | null;
}

export const NOTHING_IN_IT: View = { entries: new Map(), isWhole: true, literal: null };
export const UNSEEN: View = { ...NOTHING_IN_IT, isWhole: false };

/** Objects that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 12;

/** Functions that a value goes through and comes out of as it is. */
const HANDED_ON = new Set(['JSON.stringify', 'Object.freeze', 'Object.seal', 'structuredClone']);

/** Names of those that are told what a program does, and change nothing. */
const OBSERVERS = /^(?:console|log|logger|debug|info|trace)$/i;

/** Reads objects. Each node is read once. */
export class Objects {
  readonly #known = new Map<Expressions, Map<Node, View>>();
  readonly #isMint: (call: CallExpression) => boolean;
  /** The expressions of the files, in the run that is looked at. */
  readonly frames: Frames;
  readonly #arguments: ReadonlyMap<Variable, Node>;
  #hasUsedArgument = false;

  /**
   * @param isMint whether a call takes claims and leaves them as they are
   * @param args what parameters are in the run that is looked at
   */
  constructor(
    isMint: (call: CallExpression) => boolean,
    frames: Frames,
    args: ReadonlyMap<Variable, Node>,
  ) {
    this.#isMint = isMint;
    this.frames = frames;
    this.#arguments = args;
  }

  /** The expressions that an argument is one of which a parameter is given in a file. */
  #fileOf(argument: Node, file: Expressions): Expressions {
    const from = this.frames.of(argument);
    return from.bindings === file.bindings ? file : from;
  }

  /** Whether something that was asked for depends on the call that the parameters are of. */
  get hasUsedArgument(): boolean {
    return this.#hasUsedArgument;
  }

  /** The argument that a parameter is, or the initial value of a constant. */
  initial(identifier: Node, file: Expressions): Node | null {
    const variable = file.bindings.variable(identifier);
    if (variable === null || !isNeverReassigned(variable)) return null;
    const argument = this.#arguments.get(variable);
    if (argument !== undefined) this.#hasUsedArgument = true;
    return argument ?? initializerOf(variable);
  }

  /**
   * @param place where reports about properties stand if the object is of another file
   */
  view(node: Node, file: Expressions, place: Node | null = null, depth = 0): View {
    const inner = unwrap(node);
    if (place !== null) return this.#read(inner, file, place, depth);
    const known = this.#known.get(file) ?? new Map<Node, View>();
    this.#known.set(file, known);
    const view = known.get(inner) ?? this.#read(inner, file, null, depth);
    known.set(inner, view);
    return view;
  }

  /** What is found on a path of property names: the options below `signOptions`, for example. */
  at(
    view: View,
    path: readonly string[],
  ): { readonly entries: readonly Entry[]; readonly isWhole: boolean } {
    const [name, ...rest] = path;
    const entries = name === undefined ? [] : (view.entries.get(name) ?? []);
    if (rest.length === 0) return { entries, isWhole: view.isWhole };
    let { isWhole } = view;
    const found: Entry[] = [];
    for (const entry of entries) {
      const place = entry.place === entry.value ? null : entry.place;
      const below = this.at(this.view(entry.value, entry.file, place), rest);
      isWhole &&= below.isWhole;
      found.push(...below.entries.map((one) => (entry.isCertain ? one : uncertain(one))));
    }
    return { entries: found, isWhole };
  }

  #read(node: Node, file: Expressions, place: Node | null, depth: number): View {
    if (depth > MAX_DEPTH) return UNSEEN;
    const next = (inner: Node): View => this.view(inner, file, place, depth + 1);
    switch (node.type) {
      case 'ObjectExpression':
        return this.#literal(node, file, place, depth);
      case 'Identifier': {
        const variable = file.bindings.variable(node);
        const init = this.initial(node, file);
        if (variable === null || init === null) break;
        const from = this.#fileOf(init, file);
        const initial = from === file ? next(init) : this.view(init, from, place, depth + 1);
        return this.#changes(variable, initial, file, place, depth);
      }
      case 'ConditionalExpression':
        return either(next(node.consequent), next(node.alternate));
      case 'LogicalExpression':
        return node.operator === '&&'
          ? either(NOTHING_IN_IT, next(node.right))
          : either(next(node.left), next(node.right));
      case 'AwaitExpression':
        return next(node.argument);
      case 'CallExpression':
        return this.#call(node, file, place, depth);
      default:
        break;
    }
    return this.#computed(node, file, place, depth);
  }

  /** An object that the algebra finds: of another module, or behind a member. */
  #computed(node: Node, file: Expressions, place: Node | null, depth: number): View {
    const views = file.of(node).map(({ value }): View => {
      if (value.kind === 'undefined' || value.kind === 'null' || value.kind === 'boolean') {
        return NOTHING_IN_IT;
      }
      if (value.kind === 'instance') return this.#instance(value, place ?? node);
      if (value.kind !== 'object' || value.node === node) return UNSEEN;
      const elsewhere = value.file.bindings === file.bindings ? place : (place ?? node);
      return this.#literal(value.node, value.file, elsewhere, depth + 1);
    });
    return views.reduce(either);
  }

  /** The properties of an object of a class, as its fields and its constructor give them. */
  #instance({ node, file }: InstanceValue, place: Node): View {
    let view: View = node.superClass === null ? NOTHING_IN_IT : UNSEEN;
    const put = (name: string | null, value: Node | null): void => {
      view =
        name === null || value === null
          ? { ...view, isWhole: false }
          : overlay(view, single(name, value, file, place));
    };
    const members = node.body.body;
    for (const member of members) {
      if (member.type !== 'PropertyDefinition' || member.static) continue;
      put(keyName(member.key, member.computed), member.value);
    }
    for (const member of members) {
      if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
      for (const statement of member.value.body?.body ?? []) {
        const set = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : null;
        const target =
          set?.type === 'AssignmentExpression' && set.operator === '=' ? set.left : null;
        if (target?.type === 'MemberExpression' && target.object.type === 'ThisExpression') {
          put(memberName(target), set?.type === 'AssignmentExpression' ? set.right : null);
        } else {
          view = { ...view, isWhole: false };
        }
      }
    }
    return view;
  }

  #literal(node: ObjectExpression, file: Expressions, place: Node | null, depth: number): View {
    let view: View = place === null ? { ...NOTHING_IN_IT, literal: node } : NOTHING_IN_IT;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        view = overlay(view, this.view(property.argument, file, place, depth + 1));
        continue;
      }
      const name = keyName(property.key, property.computed) ?? textOf(property.key, file);
      if (name !== null && isAbsent(property)) {
        view = without(view, name);
        continue;
      }
      const { value } = property;
      view =
        name === null
          ? { ...view, isWhole: false }
          : overlay(view, this.single(name, value, file, place));
    }
    return view;
  }

  /** An object with one property, whose value may be an argument. */
  single(name: string, value: Node, file: Expressions, place: Node | null, depth = 0): View {
    const variable = this.#constant(value, file);
    const argument = variable === null ? undefined : this.#arguments.get(variable);
    if (argument === undefined || depth > MAX_DEPTH) return single(name, value, file, place);
    this.#hasUsedArgument = true;
    const from = this.#fileOf(argument, file);
    // What may be missing may be the default as well: both are found by the parameter.
    const isDefault =
      variable !== null &&
      hasDefault(variable) &&
      from.of(argument).some((one) => one.value.kind === 'undefined');
    // An argument can be a parameter itself, of a helper further out.
    return isDefault
      ? single(name, value, file, place ?? argument)
      : this.single(name, argument, from, place, depth + 1);
  }

  /** The binding that a name means for good. */
  #constant(node: Node, file: Expressions): Variable | null {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? file.bindings.variable(inner) : null;
    return variable !== null && isNeverReassigned(variable) ? variable : null;
  }

  #call(node: CallExpression, file: Expressions, place: Node | null, depth: number): View {
    const name = pathOf(node.callee);
    const views = (): readonly View[] =>
      node.arguments.map((argument) =>
        argument.type === 'SpreadElement' ? UNSEEN : this.view(argument, file, place, depth + 1),
      );
    if (name === 'Object.assign') return views().reduce(overlay, NOTHING_IN_IT);
    if (HANDED_ON.has(name)) return views()[0] ?? UNSEEN;
    const target = this.#target(node.callee, file);
    const returned = target === null ? null : onlyReturn(target);
    return target === null || returned === null
      ? this.#computed(node, file, place, depth)
      : this.view(returned, file.inCalls([{ call: node, target }]), place, depth + 1);
  }

  /** The function of the file that a name calls. */
  #target(callee: Node, file: Expressions): FunctionNode | null {
    const inner = unwrap(callee);
    if (inner.type !== 'Identifier') return null;
    const variable = file.bindings.variable(inner);
    const definition = variable?.defs[0];
    if (variable === null || definition === undefined || !isNeverReassigned(variable)) return null;
    const target = definition.type === 'FunctionName' ? definition.node : initializerOf(variable);
    return target !== null && isFunction(target) ? target : null;
  }

  /** What the uses of a variable put into the object that it holds. */
  #changes(
    variable: Variable,
    initial: View,
    file: Expressions,
    place: Node | null,
    depth: number,
  ): View {
    let view = initial;
    const home = blockOf(variable.defs[0]?.node ?? null);
    for (const { identifier, init } of variable.references) {
      if (init === true) continue;
      const use = usedIn(identifier);
      const { parent } = use;
      if (parent?.type === 'MemberExpression' && parent.object === use) {
        const target = usedIn(parent);
        const outer = target.parent;
        if (outer?.type === 'AssignmentExpression' && outer.left === target) {
          const name = memberName(parent) ?? textOf(parent.property, file);
          if (name === null) {
            view = { ...view, isWhole: false };
            continue;
          }
          const value = outer.operator === '=' ? outer.right : outer;
          const added = this.single(name, value, file, place);
          view = overlay(view, blockOf(outer) === home ? added : either(NOTHING_IN_IT, added));
        } else if (outer?.type === 'UnaryExpression' && outer.operator === 'delete') {
          view = { ...view, isWhole: false };
        }
      } else if (parent?.type === 'CallExpression' && isDropped(parent)) {
        view = this.#handed(view, parent, use, file, place, depth);
      }
    }
    return view;
  }

  /** What a call whose result is dropped does to an object that it is given. */
  #handed(
    view: View,
    call: CallExpression,
    object: Node,
    file: Expressions,
    place: Node | null,
    depth: number,
  ): View {
    const name = pathOf(call.callee);
    if (OBSERVERS.test(name.split('.').at(-2) ?? name) || this.#isMint(call)) return view;
    if (name !== 'Object.assign' || call.arguments[0] !== object)
      return { ...view, isWhole: false };
    return call.arguments
      .slice(1)
      .map((argument) =>
        argument.type === 'SpreadElement' ? UNSEEN : this.view(argument, file, place, depth + 1),
      )
      .reduce(overlay, view);
  }
}

/** Whether a parameter has a default. */
function hasDefault(variable: Variable): boolean {
  const parent = variable.defs[0]?.name.parent;
  return parent?.type === 'AssignmentPattern' && parent.left === variable.defs[0]?.name;
}

function single(name: string, value: Node, file: Expressions, place: Node | null): View {
  const entry = { value, file, place: place ?? value, isCertain: true };
  return { ...NOTHING_IN_IT, entries: new Map([[name, [entry]]]) };
}

function uncertain(entry: Entry): Entry {
  return { ...entry, isCertain: false };
}

function without(view: View, name: string): View {
  const entries = new Map(view.entries);
  entries.delete(name);
  return { ...view, entries };
}

/** The object that has the properties of one, and those of another over them. */
export function overlay(under: View, over: View): View {
  const entries = new Map(under.entries);
  for (const [name, added] of over.entries) {
    const isCertain = added.some((entry) => entry.isCertain);
    entries.set(name, isCertain ? added : [...(entries.get(name) ?? []), ...added]);
  }
  const isWhole = under.isWhole && over.isWhole;
  return { entries, isWhole, literal: under.literal };
}

/** What is one object or another. */
export function either(one: View, other: View): View {
  const entries = new Map<string, readonly Entry[]>();
  for (const name of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    const [here, there] = [one.entries.get(name) ?? [], other.entries.get(name) ?? []];
    const isCertain = [here, there].every((list) => list.some((entry) => entry.isCertain));
    const all = [...here, ...there];
    entries.set(name, isCertain ? all : all.map(uncertain));
  }
  return { entries, isWhole: one.isWhole && other.isWhole, literal: one.literal ?? other.literal };
}

/** The text of a key that is no literal. */
function textOf(key: Node, file: Expressions): string | null {
  const [only, ...others] = file.of(key);
  return others.length === 0 && only.value.kind === 'string' ? only.value.text : null;
}

/** A dotted path of names. */
export function pathOf(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
      return `${pathOf(inner.object)}.${memberName(inner) ?? '?'}`;
    default:
      return '?';
  }
}

/** A use of a name, with the casts around it. */
export function usedIn(identifier: Node): Node {
  let use = identifier;
  for (;;) {
    const { parent } = use;
    if (!parent || unwrap(parent) !== unwrap(use) || parent.type === 'ExpressionStatement')
      return use;
    use = parent;
  }
}

/** Whether nothing is done with what a call gives, but that it may be awaited. */
function isDropped(call: CallExpression): boolean {
  const { parent } = call;
  const outer = parent?.type === 'AwaitExpression' ? parent.parent : parent;
  return outer?.type === 'ExpressionStatement';
}

/** The block that a node is a statement of. */
export function blockOf(node: Node | null): Node | null {
  let outer = node?.parent ?? null;
  while (outer !== null && outer.type !== 'BlockStatement' && outer.type !== 'Program') {
    if (outer.type === 'IfStatement' || outer.type === 'SwitchCase') return outer;
    if (outer.type === 'LogicalExpression' || outer.type === 'ConditionalExpression') return outer;
    outer = outer.parent ?? null;
  }
  return outer;
}

/** The one expression that a function returns; null where it has more, or none. */
export function onlyReturn(node: FunctionNode): Node | null {
  if (node.generator || node.body === null) return null;
  if (node.body.type !== 'BlockStatement') return node.body;
  const returned: Node[] = [];
  const open: Node[] = [node.body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'ReturnStatement') {
      if (next.argument !== null) returned.push(next.argument);
    } else if (!isFunction(next) && !isClass(next)) {
      open.push(...childrenOf(next));
    }
  }
  const [only] = returned;
  return returned.length === 1 && only !== undefined ? only : null;
}
