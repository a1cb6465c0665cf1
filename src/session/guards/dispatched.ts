/** Who dispatches which actions of Redux. */

import {
  calledName,
  isFunction,
  keyName,
  memberName,
  literalText,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { importOf, type Bindings } from '../../syntax/bindings.ts';
import { functionName, usedIn } from '../../syntax/forms.ts';
import { creatorName, startsLater } from '../../flow/lower/sagas.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Part } from '../../values/libraries/things.ts';
import type { Value, Values } from '../../values/resolve.ts';
import { endsOf } from '../../values/schemas.ts';
import { exportsOf } from '../../project/module.ts';
import { Bound } from './bound.ts';
import type { Contents } from './contents.ts';
import type { Surroundings } from './surroundings.ts';
import { isListed } from './writes.ts';

/** Whatever a file exports. */
const ALL = '*';

/** Where what has a name is not handed on: it is declared, called, or a property of it is read. */
const NOT_HANDED: ReadonlySet<string> = new Set([
  'ExportSpecifier',
  'ImportSpecifier',
  'ImportDefaultSpecifier',
  'ImportNamespaceSpecifier',
  'ObjectPattern',
  'ExpressionStatement',
  'ExportDefaultDeclaration',
]);

export class Dispatched {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #kept: Keeping;
  readonly #contents: Contents;
  readonly #project: Surroundings;
  readonly #bound: Bound;
  #known: Index | null = null;

  constructor(
    bindings: Bindings,
    values: Values,
    kept: Keeping,
    parts: { readonly contents: Contents; readonly project: Surroundings },
  ) {
    this.#bindings = bindings;
    this.#values = values;
    this.#kept = kept;
    this.#contents = parts.contents;
    this.#project = parts.project;
    this.#bound = new Bound(bindings, values, kept, parts.project.isHook);
  }

  /** The calls that make an action. */
  making({ key }: Part): readonly CallExpression[] {
    return this.#index().made.get(key) ?? [];
  }

  /** The calls that make thunks of what a call has made. */
  thunksOf(creator: Node): readonly CallExpression[] {
    return this.#index().thunks.get(creator) ?? [];
  }

  /** Whether somebody else may dispatch an action, by what makes it, or by its type. */
  isHanded({ key, name, calls: [maker] }: Part): boolean {
    const { handed, types, unread } = this.#index();
    if (unread.has(ALL) || (name !== null && unread.has(name))) return true;
    if (handed.has(key) || (maker !== undefined && handed.has(maker))) return true;
    const type = maker === undefined ? null : this.#typeOf(maker, name);
    return type !== null && types.has(type);
  }

  /** The call that dispatches what a call makes at once; null where that is not seen. */
  dispatchOf(making: CallExpression): CallExpression | null {
    if (this.#kept.part(making.callee)?.role === 'bound') return making;
    const given = usedIn(making);
    const call = given.parent;
    if (call?.type !== 'CallExpression' || call.arguments[0] !== given) return null;
    const part = this.#kept.part(call.callee);
    if (part !== null) return part.role === 'dispatch' ? call : null;
    return this.#isPut(call) || this.#isNamed(call) ? call : null;
  }

  /** `put` of redux-saga. */
  #isPut(call: CallExpression): boolean {
    return creatorName(call, this.#project.outside)?.startsWith('put') === true;
  }

  /** Whether a call is given an action to wait for it, or to tell it by. */
  #isListening(call: CallExpression): boolean {
    const role = this.#kept.part(call)?.role;
    if (role === 'anyOf' || role === 'allOf') return true;
    if (
      creatorName(call, this.#project.outside) === 'take' ||
      startsLater(call, this.#project.outside)
    ) {
      return true;
    }
    // The builder of the cases of a reducer is given by who calls the function.
    const { root, last } = endsOf(call);
    return last === 'addCase' && this.#bindings.variable(root)?.defs[0]?.type === 'Parameter';
  }

  /** What is given as `dispatch`, by whoever. */
  #isNamed(call: CallExpression): boolean {
    return calledName(call) === 'dispatch' && this.#values.of(call.callee).length === 0;
  }

  /** The type of an action that a slice makes, or that is made by its type. */
  #typeOf(maker: Node, name: string | null): string | null {
    const [first] = maker.type === 'CallExpression' ? maker.arguments : [];
    if (first === undefined) return null;
    if (name === null) return literalText(first);
    const [slice] = this.#values.of(first);
    const named =
      slice?.kind === 'object'
        ? slice.node.properties.find(
            (one) => one.type === 'Property' && keyName(one.key, one.computed) === 'name',
          )
        : undefined;
    const text = named?.type === 'Property' ? literalText(named.value) : null;
    return text === null ? null : `${text}/${name}`;
  }

  #index(): Index {
    if (this.#known !== null) return this.#known;
    const index: Index = {
      made: new Map(),
      thunks: new Map(),
      handed: new Set(),
      types: new Set(),
      modules: [],
      unread: new Set(),
      returning: new Map(),
    };
    this.#known = index;
    // What is looked at may lead to further files.
    for (const node of this.#contents.each()) {
      if (node.type === 'CallExpression') {
        this.#addCall(node, index);
        if (this.#kept.part(node)?.role === 'bound') this.#addUse(node, index);
      } else if (node.type === 'Identifier' || node.type === 'MemberExpression') {
        this.#addUse(node, index);
      } else if (node.type === 'Property' && keyName(node.key, node.computed) === 'type') {
        const text = literalText(node.value);
        if (text !== null) index.types.add(text);
      }
    }
    if (index.returning.size > 0) this.#addReturned(index);
    for (const module of index.modules) this.#addExports(module, index);
    return index;
  }

  /** All that a module exports which is handed on as an object. */
  #addExports(module: Value, index: Index): void {
    for (const program of this.#values.programs) {
      if (program.type !== 'Program') continue;
      for (const name of exportsOf(program).named.keys()) {
        for (const value of this.#values.member(module, name)) {
          this.#addHanded(this.#kept.partOf(value), index);
        }
      }
    }
  }

  #addCall(call: CallExpression, index: Index): void {
    const part = this.#kept.part(call.callee);
    const isBound = part?.role === 'bound';
    const made = isBound ? this.#kept.boundBy(part).map((one) => this.#kept.partOf(one)) : [part];
    for (const one of made) this.#addMade(call, one, index);
    if (part === null && this.#values.of(call.callee).length > 1) {
      for (const one of this.#boundAmong(call.callee)) this.#addHanded(one, index);
    }
  }

  #addMade(call: CallExpression, part: Part | null, { made, thunks }: Index): void {
    if (part?.role === 'action') add(made, part.key, call);
    const [creator] = part?.role === 'thunk' ? part.calls : [];
    if (creator !== undefined) add(thunks, creator, call);
  }

  /** What is bound among what an expression can be. */
  #boundAmong(node: Node): readonly Part[] {
    return this.#values.of(node).flatMap((value) => {
      const part = this.#kept.partOf(value);
      return part?.role === 'bound' ? [part] : [];
    });
  }

  /** Whoever calls a function that returns what is bound has that; others may do anything with it. */
  #addReturned(index: Index): void {
    for (const node of this.#contents.nodes()) {
      if (node.type !== 'Identifier' && node.type !== 'MemberExpression') continue;
      const use = usedIn(node);
      const { parent } = use;
      if (parent === undefined || parent === null || NOT_HANDED.has(parent.type)) continue;
      if (parent.type === 'CallExpression' && parent.callee === use) continue;
      if (parent.type === 'MemberExpression' && parent.object !== use) continue;
      if (parent.type === 'VariableDeclarator' && parent.id === use) continue;
      for (const code of this.#values.functions(node)) {
        if (code.id === node) continue;
        const part = index.returning.get(code);
        if (part !== undefined) this.#addHanded(part, index);
      }
    }
  }

  /** A name of what a file of the project exports that is not read. */
  #addUnread(node: Node, { unread }: Index): void {
    const [definition] = this.#bindings.variable(node)?.defs ?? [];
    const imported = definition === undefined ? null : importOf(definition);
    if (imported === null || definition === undefined || unread.has(imported.name ?? ALL)) return;
    if (node.parent?.type.startsWith('Import') === true || this.#values.of(node).length > 0) return;
    if (!this.#project.isOwn(definition.node, imported.specifier)) return;
    const member = node.parent?.type === 'MemberExpression' ? memberName(node.parent) : null;
    unread.add(imported.name ?? member ?? ALL);
  }

  #addUse(node: Node, index: Index): void {
    if (node.type === 'Identifier') this.#addUnread(node, index);
    const use = usedIn(node);
    const { parent } = use;
    if (parent === undefined || parent === null || NOT_HANDED.has(parent.type)) return;
    if (isDependency(node) || (isFunction(parent) && parent.body !== use)) return;
    switch (parent.type) {
      case 'CallExpression': {
        if (parent.callee === use || this.#isListening(parent)) return;
        if (this.#bound.isBound(use)) return;
        break;
      }
      case 'MemberExpression': {
        // By its type, anybody can make it.
        if (parent.object !== use) return;
        const name = memberName(parent);
        // By a name that is computed, it may be any of them.
        if (name === null) break;
        const isType = name === 'type';
        const property = isType ? parent.parent : null;
        if (property?.type !== 'Property' || keyName(property.key, property.computed) !== 'type') {
          return;
        }
        break;
      }
      case 'VariableDeclarator': {
        const { id } = parent;
        const isWhole =
          id.type === 'ObjectPattern' &&
          id.properties.some(
            (one) => one.type === 'RestElement' || keyName(one.key, one.computed) === null,
          );
        if (parent.init !== use || !isWhole) return;
        break;
      }
      case 'Property': {
        const key = keyName(parent.key, parent.computed);
        if (parent.value !== use || parent.parent?.type !== 'ObjectExpression') return;
        if (key === 'actionCreator' || key === 'matcher' || this.#bound.isBound(use)) return;
        break;
      }
      case 'SpreadElement': {
        if (this.#bound.isBound(use)) return;
        break;
      }
      case 'ArrowFunctionExpression':
      case 'ReturnStatement': {
        const part = this.#kept.part(node);
        const code = part?.role === 'bound' ? this.#bound.returning(use) : null;
        if (part === null || code === null) break;
        if (this.#bound.isKept(code)) return;
        if (functionName(code) === '' || code.async || code.generator) break;
        index.returning.set(code, part);
        return;
      }
      default:
        break;
    }
    this.#addHanded(this.#kept.part(node), index);
    for (const one of this.#boundAmong(node)) this.#addHanded(one, index);
    for (const value of this.#values.of(node)) if (isNamespace(value)) index.modules.push(value);
  }

  #addHanded(part: Part | null, index: Index): void {
    const { handed } = index;
    if (part?.role === 'action') handed.add(part.key);
    const [maker] = part?.role === 'actions' ? part.calls : [];
    if (maker !== undefined) handed.add(maker);
    if (part?.role === 'bound') {
      for (const value of this.#kept.boundBy(part)) {
        this.#addHanded(this.#kept.partOf(value), index);
        if (isNamespace(value)) index.modules.push(value);
      }
    }
  }
}

/** Whether a name stands in the list of what a hook depends on. */
function isDependency(node: Node): boolean {
  const list = isListed(node) ? node.parent : null;
  const hook = list?.parent;
  if (hook?.type !== 'CallExpression' || hook.arguments[0] === list) return false;
  return /^use[A-Z]/.test(calledName(hook) ?? '');
}

/** Whether a value is a module of the project, as an object. */
function isNamespace(value: Value): boolean {
  return (
    value.kind === 'external' && 'kind' in value.external && value.external.kind === 'namespace'
  );
}

interface Index {
  /** The calls that make actions, by what these are. */
  readonly made: Map<object, CallExpression[]>;
  /** Those that make thunks, by the calls that have made their creators. */
  readonly thunks: Map<object, CallExpression[]>;
  /** What makes actions, and the calls that have made all that do, where somebody else has it. */
  readonly handed: Set<object>;
  /** What is written as the type of anything. */
  readonly types: Set<string>;
  /** The modules that somebody else has as an object. */
  readonly modules: Value[];
  /** The functions that return what is bound, which may be of any file. */
  readonly returning: Map<FunctionNode, Part>;
  /** The names under which something is imported from files of the project that are not read. */
  readonly unread: Set<string>;
}

function add(calls: Map<object, CallExpression[]>, key: object, call: CallExpression): void {
  const known = calls.get(key);
  if (known === undefined) calls.set(key, [call]);
  else known.push(call);
}
