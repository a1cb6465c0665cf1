/** Terms that are made when they are first asked for. */

import { isFunction, isNode, type Node } from '../../syntax/ast.ts';
import type { Atoms } from './atoms.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { Exits, type Context } from './context.ts';
import { CodedExits, type Coding } from './shapes.ts';
import { isInside } from '../../syntax/forms.ts';
import type { Atom } from '../algebra/relation.ts';
import type {
  Bound,
  Call,
  Callee,
  CallMode,
  FunctionTerm,
  Making,
  Returns,
  Term,
  Use,
} from '../term/term.ts';

/** Who lowers the readings of a value, when they are asked for it. */
export interface UseLowering {
  used(node: Node, context: Context, mode: CallMode): Term;
}

/** Who lowers functions, when they are asked for it. */
export interface FunctionLowering {
  body(term: LazyFunction): Term;
  parameters(node: Node): readonly (Variable | null)[];
  defaultOf(node: Node, index: number): Callee | null;
  follows(node: Node, index: number): boolean;
  canLead(node: Node): boolean;
}

/** A function whose body is lowered when it is first asked for. */
export class LazyFunction implements FunctionTerm {
  readonly id: number;
  readonly node: Node;
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Makes the body, but for what is around it; null where it is that of the function's node. */
  readonly lower: ((returns: Exits) => Term) | null;
  mayBeNone = false;
  whole: FunctionTerm | null = null;
  /** How its results are told apart by their parts; null where they are not. */
  readonly #coding: Coding | null;
  readonly #atoms: Atoms;
  readonly #lowering: FunctionLowering;
  #body: Term | null = null;
  #returns: Exits | null = null;
  #alone: Callee | null = null;
  #parameters: readonly (Variable | null)[] | null = null;

  constructor(
    id: number,
    node: Node,
    name: string,
    isAsync: boolean,
    isGenerator: boolean,
    lower: ((returns: Exits) => Term) | null,
    atoms: Atoms,
    lowering: FunctionLowering,
    coding: Coding | null = null,
  ) {
    this.id = id;
    this.node = node;
    this.name = name;
    this.isAsync = isAsync;
    this.isGenerator = isGenerator;
    this.lower = lower;
    this.#atoms = atoms;
    this.#lowering = lowering;
    this.#coding = coding;
  }

  get isBegun(): boolean {
    return this.lower === null;
  }

  get canLead(): boolean {
    // Code that is made goes by other code, too.
    const isWritten = this.lower === null || this.node.type === 'ClassBody';
    return !isWritten || this.#lowering.canLead(this.node);
  }

  get body(): Term {
    this.#body ??= this.#lowering.body(this);
    return this.#body;
  }

  get returns(): Exits {
    this.#returns ??= this.#coding === null ? new Exits() : new CodedExits(this.#coding);
    return this.#returns;
  }

  /** This function, and nothing else. */
  get alone(): Callee {
    this.#alone ??= { functions: [this], parameter: null, open: false };
    return this.#alone;
  }

  get parameters(): readonly (Variable | null)[] {
    this.#parameters ??= this.#lowering.parameters(this.node);
    return this.#parameters;
  }

  defaultOf(index: number): Callee | null {
    return this.#lowering.defaultOf(this.node, index);
  }

  follows(index: number): boolean {
    return this.#lowering.follows(this.node, index);
  }

  owns(atom: Atom): boolean {
    if (this.#atoms.isChanging(atom)) return true;
    return isFunction(this.node) && this.#atoms.owner(atom) === this.node;
  }

  takes(atom: Atom): boolean {
    return this.#atoms.isTaken(atom) && this.owns(atom);
  }

  isWithin({ node }: { readonly node: object }): boolean {
    return isNode(node) && isInside(this.node, node);
  }

  sees(atom: Atom): boolean {
    if (this.#atoms.isChanging(atom)) return false;
    const owner = this.#atoms.owner(atom);
    if (owner === null) return true;
    return isInside(this.node, owner);
  }
}

/** A function that `bind` has given its first arguments, which are looked at when they are first asked for. */
export class BoundFunction implements FunctionTerm {
  readonly id: number;
  readonly node: object;
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isBegun: boolean;
  /** What it is given can lead to an event, whatever it does itself. */
  readonly canLead = true;
  readonly #target: FunctionTerm;
  readonly #count: number;
  readonly #given: () => Bound['given'];
  #bound: Bound | null = null;

  /**
   * @param count how many arguments it is given
   * @param given the functions and promises among them
   */
  constructor(id: number, target: FunctionTerm, count: number, given: () => Bound['given']) {
    this.id = id;
    this.node = target.node;
    this.name = target.name;
    this.isAsync = target.isAsync;
    this.isGenerator = target.isGenerator;
    this.isBegun = target.isBegun;
    this.#target = target;
    this.#count = count;
    this.#given = given;
  }

  get bound(): Bound {
    this.#bound ??= { count: this.#count, given: this.#given() };
    return this.#bound;
  }

  get body(): Term {
    return this.#target.body;
  }

  get returns(): Returns {
    return this.#target.returns;
  }

  get parameters(): readonly (object | null)[] {
    return this.#target.parameters.slice(this.#count);
  }

  defaultOf(index: number): Callee | null {
    return this.#target.defaultOf(index + this.#count);
  }

  follows(index: number): boolean {
    return this.#target.follows(index + this.#count);
  }

  owns(atom: Atom): boolean {
    return this.#target.owns(atom);
  }

  takes(atom: Atom): boolean {
    return this.#target.takes(atom);
  }

  sees(atom: Atom): boolean {
    return this.#target.sees(atom);
  }

  isWithin(outer: FunctionTerm): boolean {
    return this.#target.isWithin(outer);
  }
}

/** A {@link Making} whose call is lowered when it is first asked for: it can need the closure. */
export class LazyMaking implements Making {
  readonly #node: Node;
  readonly #lower: () => Call | null;
  #call: Call | null | undefined;

  constructor(node: Node, lower: () => Call | null) {
    this.#node = node;
    this.#lower = lower;
  }

  get call(): Call | null {
    if (this.#call === undefined) this.#call = this.#lower();
    return this.#call;
  }

  isWithin({ node }: { readonly node: object }): boolean {
    return isNode(node) && isInside(this.#node, node);
  }
}

/** A {@link Use} of a value, each of whose readings is lowered when it is first asked for. */
export class LazyUse implements Use {
  readonly kind = 'use';
  readonly #lowering: UseLowering;
  readonly #node: Node;
  readonly #context: Context;
  #awaited: Term | null = null;
  #started: Term | null = null;
  #settled: Term | null = null;

  /** @param context what the value stands in */
  constructor(lowering: UseLowering, node: Node, context: Context) {
    this.#lowering = lowering;
    this.#node = node;
    this.#context = context;
  }

  get awaited(): Term {
    this.#awaited ??= this.#lowering.used(this.#node, this.#context, 'awaited');
    return this.#awaited;
  }

  get started(): Term {
    this.#started ??= this.#lowering.used(this.#node, this.#context, 'started');
    return this.#started;
  }

  get settled(): Term {
    this.#settled ??= this.#lowering.used(this.#node, this.#context, 'settled');
    return this.#settled;
  }
}
