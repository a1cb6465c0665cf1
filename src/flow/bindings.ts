/**
 * Which binding each identifier means, from the scopes that the host computed. The interfaces hold
 * the part that eslint-scope, typescript-eslint's scope manager and oxlint have in common.
 */

import type { Node } from './ast.ts';

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

/** The bindings of one file. */
export class Bindings {
  readonly #references = new Map<Node, Reference>();
  readonly #declared = new Map<Node, Variable>();

  constructor(manager: ScopeManager) {
    for (const scope of manager.scopes) {
      for (const reference of scope.references) {
        this.#references.set(reference.identifier, reference);
      }
      for (const variable of scope.variables) {
        for (const { name } of variable.defs) this.#declared.set(name, variable);
      }
    }
  }

  /** The binding that an identifier refers to or declares; null for a global. */
  variable(identifier: Node): Variable | null {
    const reference = this.#references.get(identifier);
    if (reference !== undefined) {
      const { resolved } = reference;
      return resolved !== null && resolved.defs.length > 0 ? resolved : null;
    }
    return this.#declared.get(identifier) ?? null;
  }

  /** Whether an identifier is a reference to something that the file does not declare. */
  isGlobal(identifier: Node): boolean {
    return this.#references.has(identifier) && this.variable(identifier) === null;
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
