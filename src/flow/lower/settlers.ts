/**
 * What settles a promise that is made by hand: the mentions of `resolve` and `reject`, by whatever
 * names they are kept, and the code that comes to them.
 */

import {
  functionAround,
  isFunction,
  keyName,
  memberName,
  unwrap,
  wrappedIn,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { isNothing, usedIn } from '../../syntax/forms.ts';
import { isWithResolvers, linkOf } from '../../syntax/promises.ts';
import { isDeferredClass, makesDeferred } from '../../syntax/deferreds.ts';
import type { Resolver } from './parts.ts';
import { mentionsOf, privateField } from './fields.ts';

/** The mentions of what settles a promise. */
export interface Settlers {
  readonly resolves: ReadonlySet<Node>;
  readonly rejects: ReadonlySet<Node>;
  /** Whether somebody who is not seen may have them, too. */
  readonly isOpen: boolean;
  /** Whether what fulfils it rejects it where it is given an error before the value. */
  readonly isErrorFirst: boolean;
}

/** A promise of `Promise.withResolvers()`. */
export interface Deferred extends Settlers {
  /** What keeps it: a declaration, or a field. */
  readonly key: Node;
}

/** What leads to a mention: */
export interface Entry {
  /**
   * an expression that is evaluated where the promise is made, a function that somebody calls, or
   * what has been waited for there, to which the promise adds nothing.
   */
  readonly kind: 'expression' | 'function' | 'done';
  readonly node: Node;
  readonly mention: Node;
}

/** What leads to mentions. */
export interface Entries {
  readonly entries: readonly Entry[];
  /** The calls by which it does. */
  readonly through: readonly Node[];
}

interface Found {
  readonly resolves: Set<Node>;
  readonly rejects: Set<Node>;
  isOpen: boolean;
  readonly isErrorFirst: false;
}

interface Known {
  readonly bindings: Bindings;
  readonly values: Pick<Resolver, 'of'>;
}

export class SettlerFinder {
  readonly #known: Known;
  readonly #deferred = new Map<Node, Deferred | null>();

  constructor(known: Known) {
    this.#known = known;
  }

  get #bindings(): Bindings {
    return this.#known.bindings;
  }

  /** What an executor is given. */
  given(resolve: Variable, reject: Variable | null): Settlers {
    const found = nothingFound();
    this.#kept(resolve, found.resolves, found);
    if (reject !== null) this.#kept(reject, found.rejects, found);
    return found;
  }

  /** The promise of `Promise.withResolvers()` that an expression reads; null for any other. */
  deferred(node: Node): Deferred | null {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') {
      const variable = this.#bindings.variable(inner);
      const [definition, ...others] = variable?.defs ?? [];
      if (variable === null || definition === undefined || others.length > 0) return null;
      const { node: declarator, name } = definition;
      if (declarator.type !== 'VariableDeclarator' || !isNeverReassigned(variable)) return null;
      const { id, init } = declarator;
      if (id.type !== 'ObjectPattern' || init === null) return null;
      const isPromise = id.properties.some(
        (property) =>
          property.type === 'Property' &&
          keyName(property.key, property.computed) === 'promise' &&
          property.value === name,
      );
      if (!isPromise) return null;
      return this.#isMade(init) ? this.#ofPattern(declarator, id) : this.#ofHolder(unwrap(init));
    }
    const isPromise = inner.type === 'MemberExpression' && memberName(inner) === 'promise';
    return isPromise ? this.#ofHolder(unwrap(inner.object)) : null;
  }

  #ofPattern(key: Node, pattern: Node & { type: 'ObjectPattern' }): Deferred | null {
    return this.#once(key, () => {
      const found = nothingFound();
      this.#named(pattern, found);
      return found;
    });
  }

  /** The promise of what a variable, or a private field, holds. */
  #ofHolder(holder: Node): Deferred | null {
    if (holder.type === 'Identifier') {
      const variable = this.#bindings.variable(holder);
      const [definition, ...others] = variable?.defs ?? [];
      if (variable === null || definition === undefined || others.length > 0) return null;
      const { node, name } = definition;
      if (node.type !== 'VariableDeclarator' || node.id !== name) return null;
      return this.#once(node, () => {
        const given = variable.references.flatMap(({ identifier, init }): readonly Node[] =>
          init === true ? [] : [identifier],
        );
        return this.#held(node.init, given, isExported(node.parent));
      });
    }
    const field = holder.type === 'MemberExpression' ? privateField(holder) : null;
    if (field === null) return null;
    return this.#once(field.node, () => this.#held(field.node.value, field.mentions, false));
  }

  #held(initial: Node | null, mentions: readonly Node[], isShared: boolean): Found | null {
    const found = nothingFound();
    found.isOpen = isShared;
    const isKnown = (value: Node): boolean => this.#isMade(value) || isNothing(value);
    if (initial !== null && !isKnown(initial)) return null;
    for (const mention of mentions) {
      const outer = usedIn(mention);
      const { parent } = outer;
      if (parent?.type === 'AssignmentExpression' && parent.left === outer) {
        if (!isKnown(parent.right)) return null;
        continue;
      }
      if (parent?.type === 'MemberExpression' && parent.object === outer) {
        this.#part(parent, found);
      } else if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') {
        this.#named(parent.id, found);
      } else if (isPassedOn(outer)) {
        found.isOpen = true;
      }
    }
    return found;
  }

  /** A part of what `Promise.withResolvers()` gives. */
  #part(member: MemberExpression, found: Found): void {
    switch (memberName(member)) {
      case 'promise':
        return;
      case 'resolve':
        found.resolves.add(member);
        return;
      case 'reject':
        found.rejects.add(member);
        return;
      default:
        found.isOpen = true;
    }
  }

  #named({ properties }: Node & { type: 'ObjectPattern' }, found: Found): void {
    for (const property of properties) {
      const key = property.type === 'Property' ? keyName(property.key, property.computed) : null;
      if (key === 'promise') continue;
      const mentions = key === 'resolve' ? found.resolves : key === 'reject' ? found.rejects : null;
      const name = property.type === 'Property' ? property.value : null;
      const variable = name?.type === 'Identifier' ? this.#bindings.variable(name) : null;
      if (mentions === null || variable === null) found.isOpen = true;
      else this.#kept(variable, mentions, found);
    }
  }

  /** The mentions of what a variable holds, also where it is given to another one. */
  #kept(variable: Variable, mentions: Set<Node>, found: Found, seen = new Set<object>()): void {
    if (seen.has(variable)) return;
    seen.add(variable);
    if (variable.defs.some(({ node }) => isExported(node.parent))) found.isOpen = true;
    for (const reference of variable.references) {
      if (!reference.isRead()) continue;
      const { identifier } = reference;
      const target = keptIn(identifier);
      const other = target?.type === 'Identifier' ? this.#bindings.variable(target) : null;
      const field = target?.type === 'MemberExpression' ? privateField(target) : null;
      if (other !== null) this.#kept(other, mentions, found, seen);
      else if (field === null) mentions.add(identifier);
      else {
        for (const mention of field.mentions) if (!isGiven(mention)) mentions.add(mention);
      }
    }
  }

  #isMade(node: Node): boolean {
    if (isWithResolvers(node, this.#bindings)) return true;
    const made = unwrap(node);
    if (made.type !== 'CallExpression' && made.type !== 'NewExpression') return false;
    const [maker, ...others] = this.#known.values.of(made.callee);
    if (maker === undefined || others.length > 0) return false;
    return made.type === 'CallExpression'
      ? maker.kind === 'function' && makesDeferred(maker.node, this.#bindings)
      : maker.kind === 'class' && isDeferredClass(maker.node, this.#bindings);
  }

  #once(key: Node, find: () => Found | null): Deferred | null {
    let known = this.#deferred.get(key);
    if (known === undefined) {
      const found = find();
      known = found && { ...found, key };
      this.#deferred.set(key, known);
    }
    return known;
  }

  /**
   * What leads to mentions, from where the promise is made.
   *
   * @param within the function in which it is made; null for the module
   */
  entries(mentions: readonly Node[], within: FunctionNode | null): Entries {
    const entries = new Map<Node, Entry>();
    const through = new Set<Node>();
    const open = mentions.map((mention) => ({ mention, at: mention }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { mention, at } = next;
      const outer = outermostCode(at, within);
      const calls = outer === null ? null : this.#callsOf(outer);
      if (calls === null) {
        const entry = entryAt(outer ?? at, mention);
        entries.set(entry.node, entry);
        continue;
      }
      for (const call of calls) {
        if (through.has(call)) continue;
        through.add(call);
        open.push({ mention, at: call });
      }
    }
    return { entries: [...entries.values()], through: [...through] };
  }

  /** The calls of a function by its name, where that is used for nothing else; null where it may be. */
  #callsOf(code: FunctionNode): readonly Node[] | null {
    const { parent } = code;
    const isField = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition';
    if (isField) {
      const mentions = mentionsOf(parent);
      return mentions !== null && mentions.every(isCalled) && mentions.length > 0 ? mentions : null;
    }
    const named =
      code.type === 'FunctionDeclaration'
        ? code.id
        : parent?.type === 'VariableDeclarator' && parent.init === code
          ? parent.id
          : null;
    const variable = named?.type === 'Identifier' ? this.#bindings.variable(named) : null;
    const declaration = code.type === 'FunctionDeclaration' ? code : parent?.parent;
    if (variable === null || isExported(declaration) || !isNeverReassigned(variable)) return null;
    const mentions = variable.references.flatMap(({ identifier, init }): readonly Node[] =>
      init === true ? [] : [identifier],
    );
    return mentions.length > 0 && mentions.every(isCalled) ? mentions : null;
  }
}

function nothingFound(): Found {
  return { resolves: new Set(), rejects: new Set(), isOpen: false, isErrorFirst: false };
}

/** The outermost function around a node, within another one or the module; null where there is none. */
function outermostCode(node: Node, within: FunctionNode | null): FunctionNode | null {
  let outer = functionAround(node);
  if (outer === within) return null;
  while (outer !== null) {
    const next = functionAround(outer);
    if (next === within) return outer;
    outer = next;
  }
  return null;
}

/** The name or member that is given a value, and nothing else; null where anything else is done. */
function keptIn(value: Node): Node | null {
  const outer = usedIn(value);
  const { parent } = outer;
  if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=') return null;
  if (parent.right !== outer) return null;
  const isAll = parent.parent?.type === 'ExpressionStatement' || isBodyOf(parent);
  return isAll ? unwrap(parent.left) : null;
}

function isBodyOf({ parent }: Node): boolean {
  return parent?.type === 'ArrowFunctionExpression';
}

/** Whether a member is given something where it stands. */
function isGiven(mention: Node): boolean {
  const outer = usedIn(mention);
  return outer.parent?.type === 'AssignmentExpression' && outer.parent.left === outer;
}

function isCalled(mention: Node): boolean {
  const outer = usedIn(mention);
  return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer;
}

/** Whether somebody may get what an expression is; a test of it gives it to nobody. */
function isPassedOn({ parent }: Node): boolean {
  switch (parent?.type) {
    case 'ExpressionStatement':
    case 'IfStatement':
      return false;
    case 'UnaryExpression':
      return parent.operator !== '!';
    default:
      return true;
  }
}

function isExported(declaration: Node | null | undefined): boolean {
  return declaration?.parent?.type.startsWith('Export') === true;
}

/** What around a node is evaluated as one: calls that it is given to, and chains of these. */
function entryAt(node: Node, mention: Node): Entry {
  let outer = node;
  let isInTurn = true;
  for (let next = outer.parent ?? null; next !== null; next = next.parent ?? null) {
    if (next.type === 'CallExpression') {
      if (next.callee !== outer && linkOf(next.callee) === null) isInTurn = false;
    } else if (next.type === 'MemberExpression') {
      if (next.object !== outer) break;
    } else if (!HOLDING.has(next.type) && wrappedIn(next) !== outer) {
      break;
    }
    outer = next;
  }
  if (isInTurn && outer.parent?.type === 'AwaitExpression') {
    return { kind: 'done', node: outer, mention };
  }
  return {
    kind: outer === node && isFunction(node) ? 'function' : 'expression',
    node: outer,
    mention,
  };
}

/** What has a value that is given to a call. */
const HOLDING: ReadonlySet<string> = new Set([
  'NewExpression',
  'ObjectExpression',
  'Property',
  'ArrayExpression',
  'SpreadElement',
]);
