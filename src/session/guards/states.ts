/** Which part of the state of Redux an expression is, and when it was read. */

import {
  calledName,
  keyName,
  memberName,
  rootOf,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { strip } from '../../syntax/forms.ts';
import { namesIn, stepsTo, type Step } from '../../syntax/patterns.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Values } from '../../values/resolve.ts';
import { BEFORE, NONE, NOW, RENDERED, type Evidence } from './asks.ts';
import { runOf } from './runs.ts';

export interface State {
  /** The call that made the store; null where that is not known. */
  readonly store: Node | null;
  readonly path: readonly string[];
  /** What a property of it tells that is a guard. */
  readonly told: Evidence;
}

/** What is further away than this is not looked for. */
const MAX_DEPTH = 8;

const ROOT: State = { store: null, path: [], told: NOW };

export class States {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #kept: Keeping;
  /** What parameters are, of the functions that are looked into. */
  readonly #given = new Map<Variable, State>();
  #depth = 0;

  constructor(bindings: Bindings, values: Values, kept: Keeping) {
    this.#bindings = bindings;
    this.#values = values;
    this.#kept = kept;
  }

  /** The part of the state that an expression is; null for any other. */
  of(node: Node): State | null {
    if (this.#depth >= MAX_DEPTH) return null;
    this.#depth++;
    try {
      return this.#of(strip(node));
    } finally {
      this.#depth--;
    }
  }

  #of(node: Node): State | null {
    switch (node.type) {
      case 'ChainExpression':
        return this.of(node.expression);
      case 'MemberExpression': {
        const name = memberName(node);
        const whole = name === null ? null : this.of(node.object);
        return whole === null || name === null ? null : partOf(whole, [name]);
      }
      case 'Identifier':
        return this.#named(node);
      case 'CallExpression':
        return this.#got(node);
      case 'YieldExpression': {
        const selected = this.selectedBy(node);
        return selected === null ? null : this.#got(selected);
      }
      default:
        return null;
    }
  }

  #named(node: Node): State | null {
    const variable = this.#bindings.variable(node);
    if (variable === null) return null;
    const given = this.#given.get(variable);
    if (given !== undefined) return given;
    const [definition] = variable.defs;
    const declarator = definition?.node;
    if (definition === undefined || declarator?.type !== 'VariableDeclarator') return null;
    if (declarator.init === null || !isNeverReassigned(variable)) return null;
    const steps = stepsTo(declarator.id, definition.name);
    const whole = steps === null ? null : this.of(declarator.init);
    if (whole === null || steps === null) return null;
    const part = stepped(whole, steps);
    if (part === null || part.told >= RENDERED) return part;
    const isSame = runOf(node) === runOf(declarator) && rootOf(node) === rootOf(declarator);
    return { ...part, told: isSame ? BEFORE : NONE };
  }

  #got(node: CallExpression): State | null {
    const part = this.#kept.part(node);
    if (part?.role === 'state') {
      const store = part.calls.find((call) => this.#kept.part(call)?.role === 'store') ?? null;
      return { ...ROOT, store };
    }
    const isHook = /^use[A-Z]/.test(calledName(node) ?? '');
    const selector = this.#kept.selected(node);
    if (selector !== null) {
      const state = this.selecting(selector, node, (functions) => this.#onlyOf(functions));
      return state && { ...state, told: isHook ? RENDERED : state.told };
    }
    return this.calling(node, (functions) => this.#onlyOf(functions));
  }

  /** What a function gives, where that is the one thing that it can give. */
  #onlyOf(functions: readonly FunctionNode[]): State | null {
    const [only, ...others] = functions;
    if (only === undefined || others.length > 0 || only.async || only.generator) return null;
    const [end, ...more] = this.#values.endsOf(only);
    return end === undefined || end === null || more.length > 0 ? null : this.of(end);
  }

  /** Works something out of the functions which a call selects by, and which may be given the state. */
  selecting<T>(
    selector: Node,
    { callee }: CallExpression,
    work: (functions: readonly FunctionNode[]) => T,
  ): T {
    const isOfRedux = this.#kept.part(callee)?.role === 'selector';
    return this.#opened(selector, isOfRedux ? [ROOT] : [], work);
  }

  /** The same of those of a selector that is given the whole state. */
  opened<T>(selector: Node, work: (functions: readonly FunctionNode[]) => T): T {
    return this.#opened(selector, [ROOT], work);
  }

  /** The same of the functions which a call calls. */
  calling<T>(call: CallExpression, work: (functions: readonly FunctionNode[]) => T): T {
    const isCalling =
      this.isSelector(call.callee) || this.#values.functions(call.callee).length > 0;
    const given = isCalling ? call.arguments.map((node) => this.of(node)) : [];
    return this.#opened(call.callee, given, work);
  }

  /** The call of `select` whose result redux-saga gives for a `yield`; null for any other. */
  selectedBy({ argument }: Node & { readonly type: 'YieldExpression' }): CallExpression | null {
    const call = argument === null ? null : strip(argument);
    return call?.type === 'CallExpression' && this.#kept.part(call.callee)?.role === 'selector'
      ? call
      : null;
  }

  /** Whether an expression is a selector that is made of functions. */
  isSelector(node: Node): boolean {
    return this.#kept.selector(node) !== null;
  }

  /** Works something out of a function, or of those that a selector is made of, where it is given this. */
  #opened<T>(
    node: Node,
    given: readonly (State | null)[],
    work: (functions: readonly FunctionNode[]) => T,
  ): T {
    const selector = this.#depth < MAX_DEPTH ? this.#kept.selector(node) : null;
    if (selector === null) {
      const functions = this.#values.functions(node);
      const isGiven = given.some((state) => state !== null);
      return isGiven ? this.#within(functions, given, () => work(functions)) : work(functions);
    }
    const { inputs, path, result } = selector;
    this.#depth++;
    try {
      const [whole = null, ...others] = given;
      const parts =
        inputs !== null
          ? inputs.map((input) =>
              this.#opened(input, given, (functions) => this.#onlyOf(functions)),
            )
          : [whole === null || path === null ? null : partOf(whole, [path]), ...others];
      return this.#opened(result, parts, work);
    } finally {
      this.#depth--;
    }
  }

  #within<T>(
    functions: readonly FunctionNode[],
    given: readonly (State | null)[],
    work: () => T,
  ): T {
    const before = new Map<Variable, State | undefined>();
    for (const { params } of functions) {
      for (const [index, parameter] of params.entries()) {
        const state = given[index] ?? null;
        if (state === null) continue;
        for (const name of namesIn(parameter)) {
          const variable = this.#bindings.variable(name);
          const part = stepped(state, stepsTo(parameter, name) ?? NO_STEPS);
          if (variable === null || part === null || !isNeverReassigned(variable)) continue;
          if (!before.has(variable)) before.set(variable, this.#given.get(variable));
          this.#given.set(variable, part);
        }
      }
    }
    try {
      return work();
    } finally {
      for (const [variable, state] of before) {
        if (state === undefined) this.#given.delete(variable);
        else this.#given.set(variable, state);
      }
    }
  }
}

const NO_STEPS: readonly Step[] = [];

function partOf(state: State, names: readonly string[]): State {
  return { ...state, path: [...state.path, ...names] };
}

function stepped(state: State, steps: readonly Step[]): State | null {
  const names: string[] = [];
  for (const step of steps) {
    const name = step.kind === 'property' ? keyName(step.node.key, step.node.computed) : null;
    if (name === null) return null;
    names.push(name);
  }
  return partOf(state, names);
}
