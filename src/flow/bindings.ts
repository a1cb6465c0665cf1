/**
 * Which binding each identifier means, from the scopes that the host computed. The interfaces hold
 * the part that eslint-scope, typescript-eslint's scope manager and oxlint have in common.
 */

import { rootOf, type Node } from './ast.ts';

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
  /** By identifier, where it is declared and where it is referred to; null for a global. */
  readonly #variables = new Map<Node, Variable | null>();
  /** The bindings of the other files, by their trees. */
  readonly #others = new Map<Node, Bindings>();

  constructor(manager: ScopeManager) {
    for (const { variables } of manager.scopes) {
      for (const variable of variables) {
        for (const { name } of variable.defs) this.#variables.set(name, variable);
      }
    }
    for (const { references } of manager.scopes) {
      for (const { identifier, resolved } of references) {
        this.#variables.set(identifier, resolved?.defs.length ? resolved : null);
      }
    }
  }

  /** Reads another file together with this one. */
  include(root: Node, other: Bindings): void {
    if (other !== this) this.#others.set(root, other);
  }

  /** The binding that an identifier refers to or declares; null for a global. */
  variable(identifier: Node): Variable | null {
    return this.#find(identifier) ?? null;
  }

  /** Whether an identifier is a reference to something that the file does not declare. */
  isGlobal(identifier: Node): boolean {
    return this.#find(identifier) === null;
  }

  #find(identifier: Node): Variable | null | undefined {
    const own = this.#variables.get(identifier);
    if (own !== undefined || this.#others.size === 0) return own;
    const other = this.#others.get(rootOf(identifier));
    return other === undefined ? undefined : other.#variables.get(identifier);
  }
}

/** Whether a binding has one value, from its declaration on. */
export function isNeverReassigned(variable: Variable): boolean {
  if (variable.defs.length !== 1) return false;
  return !variable.references.some((reference) => reference.isWrite() && reference.init !== true);
}

/** The declaration that gives a binding its one value; null where it has more, or none. */
export function initializerOf(variable: Variable): Node | null {
  const [definition, ...others] = variable.defs;
  if (definition === undefined || others.length > 0) return null;
  const { node } = definition;
  return node.type === 'VariableDeclarator' && node.id === definition.name ? node.init : null;
}
