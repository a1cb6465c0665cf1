/**
 * How the code around a mint comes to run: by which calls in its file; and which mints of other files
 * a call leads to. Which function a call runs, and which calls run a function, is asked of
 * `src/values`; what these calls give is read there as well, in the frames that they make (`units`).
 */

import {
  classAround,
  constructorOf,
  isFunction,
  isNode,
  isWithin,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Values } from '../../values/resolve.ts';
import type { FollowedCall } from '../../values/evaluate.ts';
import { Makers, type Made } from './makers.ts';
import type { Creation, Units } from './units.ts';

/** A way in which code comes to run. */
export interface Run {
  /** The calls that lead there, the outermost first. */
  readonly calls: readonly FollowedCall[];
  /** The functions that these calls, or unseen ones, enter. */
  readonly entered: ReadonlySet<FunctionNode>;
}

/** A function with more calls than this is read as if it had none. */
const MAX_CALLS = 20;

/** More ways than this are not told apart by the calls further out. */
const MAX_RUNS = 40;

/** Calls are followed outwards through so many functions. */
const MAX_DEPTH = 4;

const FROM_OUTSIDE: Run = { calls: [], entered: new Set() };

/** A mint that a function leads to: the call that takes the payload, and those in between. */
export interface Lead {
  readonly site: Creation;
  readonly calls: readonly FollowedCall[];
}

/** A function leads to no more mints than these. */
const MAX_LEADS = 20;

/** Finds the runs of the code of the files that are looked at. */
export class Runs {
  readonly #values: Values;
  readonly #bindings: Bindings;
  readonly #units: Units;
  readonly #makers: Makers;
  readonly #isSite: (call: Creation) => boolean;
  /** What functions lead to, by the depth to which that was asked for. */
  readonly #leads: readonly Map<FunctionNode, readonly Lead[]>[];
  readonly #within = new Map<FunctionNode, readonly Creation[]>();

  /** @param isSite whether a call takes the payload of a token */
  constructor(
    values: Values,
    bindings: Bindings,
    units: Units,
    isSite: (call: Creation) => boolean,
  ) {
    this.#values = values;
    this.#bindings = bindings;
    this.#units = units;
    this.#makers = new Makers(values, bindings, units);
    this.#isSite = isSite;
    this.#leads = Array.from({ length: MAX_DEPTH + 1 }, () => new Map());
  }

  /** The ways in which a node comes to run, by calls of its file: at least one. */
  of(node: Node): readonly Run[] {
    return this.#chains(node, new Set());
  }

  /** The runs of mints in other files that a call leads to. */
  from(call: Creation): readonly (Run & { readonly site: Creation })[] {
    const targets = this.#values.functions(call.callee);
    const [target, ...others] = targets;
    const here = this.#units.of(call);
    if (target === undefined || others.length > 0 || this.#units.of(target) === here) return [];
    const leads = this.#leadsOf(target, MAX_DEPTH);
    if (leads.length === 0) return [];
    return this.#chains(call, new Set()).flatMap((chain) =>
      leads.map(({ site, calls }) => {
        const inner = [...this.#entering(call, target), ...calls];
        const entered = new Set([...chain.entered, ...inner.map((one) => one.target)]);
        return { calls: [...chain.calls, ...inner], entered, site };
      }),
    );
  }

  /** A call of a function, behind the one that makes the object whose method it is. */
  #entering(call: Creation, target: FunctionNode): readonly FollowedCall[] {
    const making = this.#makers.of(call, target);
    return [...(making === null ? [] : [making]), { call, target }];
  }

  /**
   * The mints that a function leads to, by calls in its own file and in others.
   *
   * @param depth through so many functions, which ends cycles as well
   */
  #leadsOf(target: FunctionNode, depth: number): readonly Lead[] {
    if (depth === 0) return [];
    const known = this.#leads[depth]?.get(target);
    if (known !== undefined) return known;
    const leads = this.#callsIn(target).flatMap((call): readonly Lead[] => {
      if (this.#isSite(call)) return [{ site: call, calls: [] }];
      const [next, ...others] = this.#values.functions(call.callee);
      if (next === undefined || next === target || others.length > 0) return [];
      return this.#leadsOf(next, depth - 1).map(({ site, calls }) => ({
        site,
        calls: [...this.#entering(call, next), ...calls],
      }));
    });
    const told = leads.slice(0, MAX_LEADS);
    this.#leads[depth]?.set(target, told);
    return told;
  }

  #callsIn(target: FunctionNode): readonly Creation[] {
    let calls = this.#within.get(target);
    if (calls === undefined) {
      calls = this.#units.of(target).calls.filter((call) => isWithin(call, target));
      this.#within.set(target, calls);
    }
    return calls;
  }

  #chains(node: Node, inner: ReadonlySet<FunctionNode>): readonly Run[] {
    const owner = this.#ownerOf(node, inner);
    if (owner === null || inner.size >= MAX_DEPTH) return [this.#fromOutside(node, inner)];
    const { target, callers } = owner;
    const within = new Set([...inner, target]);
    const through = (call: CallExpression | NewExpression, outer: Run): Run => {
      const inner = this.#entering(call, target);
      return {
        calls: [...outer.calls, ...inner],
        entered: new Set([...outer.entered, ...inner.map((followed) => followed.target)]),
      };
    };
    const chains = callers.flatMap((call) =>
      this.#chains(call, within).map((outer) => through(call, outer)),
    );
    const told =
      chains.length <= MAX_RUNS ? chains : callers.map((call) => through(call, FROM_OUTSIDE));
    const made = this.#makers.made(target);
    if (made !== null) return [...told, ...this.#ofMade(node, made, within)];
    return this.#isUsedElsewhere(target)
      ? [...told, this.#fromOutside(node, new Set([target]))]
      : told;
  }

  /** The runs of a function that another one makes, by what is not seen to call it. */
  #ofMade(node: Node, made: Made, inner: ReadonlySet<FunctionNode>): readonly Run[] {
    return this.#chains(node, inner).filter(({ calls }) => {
      const making = calls.find(({ target }) => target === made.by);
      if (making === undefined) return this.#isUsedElsewhere(made.by);
      return !this.#makers.callsOf(making.call, made).isCalledOnly;
    });
  }

  /** The calls of a function: where it is named, and where what makes it is called. */
  #callersOf(target: FunctionNode): readonly Creation[] {
    const named = [...this.#values.callsOf(target), ...this.#values.boundCallsOf(target)];
    const made = this.#makers.made(target);
    if (made === null) return named;
    const makings = this.#values.callsOf(made.by);
    const calls = makings.flatMap((making) => this.#makers.callsOf(making, made).calls);
    return [...new Set([...named, ...calls])];
  }

  /** The nearest function around a node that is called in the file, with its calls. */
  #ownerOf(
    node: Node,
    inner: ReadonlySet<FunctionNode>,
  ): {
    readonly target: FunctionNode;
    readonly callers: readonly (CallExpression | NewExpression)[];
  } | null {
    const here = this.#units.of(node);
    for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (!isFunction(outer) || inner.has(outer)) continue;
      const callers = this.#callersOf(outer).filter((call) => this.#units.of(call) === here);
      if (callers.length > 0 && callers.length <= MAX_CALLS) return { target: outer, callers };
    }
    return null;
  }

  /** A run that begins outside of what is seen, with the one object that its class has, if it has. */
  #fromOutside(node: Node, entered: ReadonlySet<FunctionNode>): Run {
    const owner = classAround(node);
    const target = owner === null ? null : constructorOf(owner);
    if (owner === null || target === null || entered.has(target)) return { calls: [], entered };
    const [call, ...others] = this.#constructionsOf(owner);
    return {
      calls: call === undefined || others.length > 0 ? [] : [{ call, target }],
      entered: new Set([...entered, target]),
    };
  }

  #constructionsOf(owner: ClassNode): readonly NewExpression[] {
    return this.#units
      .of(owner)
      .calls.flatMap((call): readonly NewExpression[] =>
        call.type === 'NewExpression' && this.#makers.isOf(call, owner) ? [call] : [],
      );
  }

  /** Whether a function can run by other means than the calls of it that are seen. */
  #isUsedElsewhere(node: FunctionNode): boolean {
    const { parent } = node;
    if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
      return parent.key.type !== 'PrivateIdentifier' && parent.accessibility !== 'private';
    }
    if (parent?.type === 'CallExpression') return parent.callee !== node;
    const isDeclaration = node.type === 'FunctionDeclaration';
    if (!isDeclaration && parent?.type !== 'VariableDeclarator') return true;
    const declaration = isDeclaration ? node : parent;
    const statement = isDeclaration ? parent : parent?.parent?.parent;
    if (statement?.type.startsWith('Export') === true) return true;
    const name = declaration && 'id' in declaration ? declaration.id : null;
    const variable = isNode(name) ? this.#bindings.variable(name) : null;
    return (variable?.references ?? []).some(
      ({ identifier, init }) => init !== true && !isCalled(identifier),
    );
  }
}

/** Whether a use of a name calls it. */
function isCalled(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'CallExpression' && parent.callee === identifier;
}
