/**
 * Which binding each identifier means, from the scopes that the host computed. The interfaces hold
 * the part that eslint-scope, typescript-eslint's scope manager and oxlint have in common.
 */

import { codeAround, isNode, keyName, rootOf, type Node } from './ast.ts';

export interface Reference {
  readonly identifier: Node;
  readonly resolved: Variable | null;
  /** Whether the reference is the binding's own initialisation. */
  readonly init?: boolean | undefined;
  readonly writeExpr?: Node | null | undefined;
  isRead(): boolean;
  isWrite(): boolean;
}

export interface Definition {
  readonly type: string;
  /** The declaration: a declarator, a function, a class, an import specifier. */
  readonly node: Node;
  /** The binding's name where it is declared. */
  readonly name: Node;
  readonly parent?: Node | null | undefined;
}

/** What an import binds. */
export interface Import {
  readonly specifier: string;
  /** The name under which the module exports it; null for the module as an object. */
  readonly name: string | null;
  /** Whether it is what `require` gives: `import a = require('b')`. */
  readonly isRequired: boolean;
}

/** What the definition of a binding imports; null where it imports nothing, or the name is not seen. */
export function importOf({ node, parent }: Definition): Import | null {
  if (node.type === 'TSImportEqualsDeclaration') {
    const reference = node.moduleReference;
    return reference.type === 'TSExternalModuleReference'
      ? { specifier: reference.expression.value, name: null, isRequired: true }
      : null;
  }
  if (!isNode(parent) || parent.type !== 'ImportDeclaration') return null;
  const specifier = parent.source.value;
  switch (node.type) {
    case 'ImportDefaultSpecifier':
      return { specifier, name: 'default', isRequired: false };
    case 'ImportNamespaceSpecifier':
      return { specifier, name: null, isRequired: false };
    case 'ImportSpecifier': {
      const name = keyName(node.imported, false);
      return name === null ? null : { specifier, name, isRequired: false };
    }
    default:
      return null;
  }
}

/** Whether an import is of types alone. */
export function isTypeOnly({ node, parent }: Definition): boolean {
  return (
    (parent?.type === 'ImportDeclaration' && parent.importKind === 'type') ||
    (node.type === 'ImportSpecifier' && node.importKind === 'type') ||
    (node.type === 'TSImportEqualsDeclaration' && node.importKind === 'type')
  );
}

export interface Variable {
  readonly name: string;
  readonly defs: readonly Definition[];
  readonly references: readonly Reference[];
}

export interface Scope {
  readonly references: readonly Reference[];
  readonly variables: readonly Variable[];
}

export interface ScopeManager {
  readonly scopes: readonly Scope[];
}

/** Whether a host's scope manager is one that can be read. */
export function isScopeManager(manager: object | null): manager is ScopeManager {
  return manager !== null && 'scopes' in manager && Array.isArray(manager.scopes);
}

/** The bindings of one file, and of the files that it is read together with. */
export class Bindings {
  readonly #variables: IdentifierTable;
  /** The bindings of the other files, by their trees; those of a file may be kept longer than these. */
  readonly #others = new WeakMap<Node, Bindings>();
  #isAlone = true;

  constructor(manager: ScopeManager) {
    this.#variables = new IdentifierTable(manager);
  }

  /** Reads another file together with this one. */
  include(root: Node, other: Bindings): void {
    if (other === this) return;
    this.#others.set(root, other);
    this.#isAlone = false;
  }

  /** The binding that an identifier refers to or declares; null for a global. */
  variable(identifier: Node): Variable | null {
    return this.#find(identifier) ?? null;
  }

  /**
   * The number of the binding that an identifier refers to or declares, among those of the file: for
   * tables that are read more often than a hash is made. -1 for a global, and for what another file has.
   */
  number(identifier: Node): number {
    return this.#variables.number(identifier);
  }

  /** How many bindings have a number. */
  get count(): number {
    return this.#variables.count;
  }

  /**
   * The references to the `arguments` of a function in the file that a node is in, or to anything else
   * of that name which it does not declare.
   */
  argumentsAround(node: Node): readonly Node[] {
    const other = this.#isAlone ? undefined : this.#others.get(rootOf(node));
    return (other ?? this).#variables.argumentsRead;
  }

  /** Whether an identifier is a reference to something that the file does not declare. */
  isGlobal(identifier: Node): boolean {
    return this.#find(identifier) === null;
  }

  #find(identifier: Node): Variable | null | undefined {
    const own = this.#variables.get(identifier);
    if (own !== undefined || this.#isAlone) return own;
    const other = this.#others.get(rootOf(identifier));
    return other === undefined ? undefined : other.#variables.get(identifier);
  }
}

/** Identifiers at offsets of more than this, or at none, are looked up by a hash. */
const MAX_OFFSET = 2 ** 26;

/**
 * What identifiers mean, by their place in the source: the code is read in that order, so what is
 * looked up next lies near to what was looked up last.
 */
class IdentifierTable {
  /** For each offset, one more than the place of the identifier in the lists; else 0. */
  readonly #places: Uint32Array;
  readonly #identifiers: Node[] = [];
  /** By place; null for a global. */
  readonly #variables: (Variable | null)[] = [];
  /** By place; -1 for a global. */
  readonly #numbers: number[] = [];
  /** The places of identifiers that share their offset with another, as in `{ a }`; one more, too. */
  readonly #further = new Map<Node, number>();
  /** The references to what is called `arguments`, and not declared. */
  readonly argumentsRead: readonly Node[];

  readonly count: number;

  constructor({ scopes }: ScopeManager) {
    let last = -1;
    for (const { variables, references } of scopes) {
      for (const { defs } of variables) {
        for (const { name } of defs) last = Math.max(last, placeOf(name));
      }
      for (const { identifier } of references) last = Math.max(last, placeOf(identifier));
    }
    this.#places = new Uint32Array(last + 1);
    const all = scopes.flatMap(({ variables }) => variables);
    this.count = all.length;
    for (const [number, variable] of all.entries()) {
      for (const { name } of variable.defs) this.#set(name, variable, number);
    }
    // The name of a class declares two bindings, and is told to mean the one within.
    const hidden = new Map<Variable, number>();
    for (const [number, variable] of all.entries()) {
      const [definition] = variable.defs;
      if (definition !== undefined && this.number(definition.name) !== number) {
        hidden.set(variable, number);
      }
    }
    const argumentsRead: Node[] = [];
    this.argumentsRead = argumentsRead;
    for (const { references } of scopes) {
      for (const { identifier, resolved } of references) {
        const [definition] = resolved?.defs ?? [];
        if (resolved === null || definition === undefined) {
          this.#set(identifier, null, -1);
          if (identifier.type === 'Identifier' && identifier.name === 'arguments')
            argumentsRead.push(identifier);
        } else {
          const number = hidden.size === 0 ? undefined : hidden.get(resolved);
          this.#set(identifier, resolved, number ?? this.number(definition.name));
        }
      }
    }
  }

  /** What an identifier means: null for a global, undefined for what is no identifier of the file. */
  get(identifier: Node): Variable | null | undefined {
    return this.#variables[this.#placeAt(identifier) - 1];
  }

  /** The number of what an identifier means; -1 for a global, and for what is no identifier of the file. */
  number(identifier: Node): number {
    return this.#numbers[this.#placeAt(identifier) - 1] ?? -1;
  }

  /** One more than the place of an identifier in the lists; else 0. */
  #placeAt(identifier: Node): number {
    const offset = placeOf(identifier);
    const place = this.#places[offset] ?? 0;
    const isHere = offset >= 0 && (place === 0 || this.#identifiers[place - 1] === identifier);
    return isHere ? place : (this.#further.get(identifier) ?? 0);
  }

  #set(identifier: Node, variable: Variable | null, number: number): void {
    const known = this.#placeAt(identifier);
    if (known > 0) {
      this.#variables[known - 1] = variable;
      this.#numbers[known - 1] = number;
      return;
    }
    this.#identifiers.push(identifier);
    this.#numbers.push(number);
    const place = this.#variables.push(variable);
    const offset = placeOf(identifier);
    if (offset < 0 || (this.#places[offset] ?? 0) > 0) this.#further.set(identifier, place);
    else this.#places[offset] = place;
  }
}

/** Where an identifier starts, as its host tells it. */
interface Placed {
  readonly start?: number;
  readonly range?: readonly [number, number] | undefined;
}

/** Where an identifier starts; -1 where that cannot be the index of a table. */
function placeOf(identifier: Placed): number {
  const offset = identifier.range?.[0] ?? identifier.start ?? -1;
  return Number.isInteger(offset) && offset <= MAX_OFFSET ? offset : -1;
}

/** Of bindings with more mentions than this it is kept whether they are written again. */
const FEW_MENTIONS = 16;

const neverReassigned = new WeakMap<Variable, boolean>();

/** Whether a binding is declared by some code itself: a function, or the module. */
export function isDeclaredIn({ defs: [definition] }: Variable, code: Node): boolean {
  return definition !== undefined && codeAround(definition.node) === code;
}

/** Whether a binding has one value, from its declaration on. */
export function isNeverReassigned(variable: Variable): boolean {
  const { defs, references } = variable;
  if (defs.length !== 1) return false;
  if (references.length <= FEW_MENTIONS) return !references.some(isWrittenAgain);
  let isNever = neverReassigned.get(variable);
  if (isNever === undefined) {
    isNever = !references.some(isWrittenAgain);
    neverReassigned.set(variable, isNever);
  }
  return isNever;
}

function isWrittenAgain(reference: Reference): boolean {
  return reference.isWrite() && reference.init !== true;
}

/** The declaration that gives a binding its one value; null where it has more, or none. */
export function initializerOf(variable: Variable): Node | null {
  const [definition, ...others] = variable.defs;
  if (definition === undefined || others.length > 0) return null;
  const { node } = definition;
  return node.type === 'VariableDeclarator' && node.id === definition.name ? node.init : null;
}
