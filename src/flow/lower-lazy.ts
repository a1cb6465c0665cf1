/** Terms that are made when they are first asked for. */

import { isFunction, isNode, type Node } from './ast.ts';
import type { Atoms } from './atoms.ts';
import type { Variable } from './bindings.ts';
import { createReturns } from './lower-context.ts';
import { isInside } from './lower-forms.ts';
import type { Atom } from './relation.ts';
import type { Callee, CallMode, FunctionTerm, Returns, Term, Use } from './term.ts';

interface FunctionParts {
  readonly body: (returns: Returns) => Term;
  readonly parameters: () => readonly (Variable | null)[];
  readonly defaultOf: (index: number) => Callee | null;
  readonly ignores: (index: number) => boolean;
}

/** A function whose body is lowered when it is first asked for. */
export class LazyFunction implements FunctionTerm {
  readonly id: number;
  readonly node: Node;
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly #atoms: Atoms;
  readonly #parts: FunctionParts;
  #body: Term | null = null;
  #returns: Returns | null = null;
  #parameters: readonly (Variable | null)[] | null = null;

  constructor(
    id: number,
    node: Node,
    name: string,
    isAsync: boolean,
    isGenerator: boolean,
    atoms: Atoms,
    parts: FunctionParts,
  ) {
    this.id = id;
    this.node = node;
    this.name = name;
    this.isAsync = isAsync;
    this.isGenerator = isGenerator;
    this.#atoms = atoms;
    this.#parts = parts;
  }

  get body(): Term {
    this.#body ??= this.#parts.body(this.returns);
    return this.#body;
  }

  get returns(): Returns {
    this.#returns ??= createReturns();
    return this.#returns;
  }

  get parameters(): readonly (Variable | null)[] {
    this.#parameters ??= this.#parts.parameters();
    return this.#parameters;
  }

  defaultOf(index: number): Callee | null {
    return this.#parts.defaultOf(index);
  }

  ignores(index: number): boolean {
    return this.parameters[index] == null && this.#parts.ignores(index);
  }

  owns(atom: Atom): boolean {
    return isFunction(this.node) && this.#atoms.owner(atom) === this.node;
  }

  isWithin({ node }: { readonly node: object }): boolean {
    return isNode(node) && isInside(this.node, node);
  }

  sees(atom: Atom): boolean {
    const owner = this.#atoms.owner(atom);
    if (owner === null) return true;
    return isInside(this.node, owner);
  }
}

/** A {@link Use} each of whose readings is lowered when it is first asked for. */
export class LazyUse implements Use {
  readonly kind = 'use';
  readonly #lower: (mode: CallMode) => Term;
  #awaited: Term | null = null;
  #started: Term | null = null;
  #settled: Term | null = null;

  constructor(lower: (mode: CallMode) => Term) {
    this.#lower = lower;
  }

  get awaited(): Term {
    this.#awaited ??= this.#lower('awaited');
    return this.#awaited;
  }

  get started(): Term {
    this.#started ??= this.#lower('started');
    return this.#started;
  }

  get settled(): Term {
    this.#settled ??= this.#lower('settled');
    return this.#settled;
  }
}
