/**
 * Where an expression has its value from, one step back at a time, for who has to know the way and
 * not only its end: what is done to an object on it, or where a report about it stands.
 */

import {
  isFunction,
  keyName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../syntax/bindings.ts';
import { isUndefined } from '../syntax/forms.ts';
import { stepsTo, type Step } from '../syntax/patterns.ts';
import { Calls } from './calls.ts';
import type { Handing, Write } from './changes.ts';
import type { Frame } from './frames.ts';
import { candidatesIn } from './members.ts';
import { reachingOf, type Reaching } from './reaching.ts';
import { returnsOf, type Outcomes } from './returns.ts';
import type { Expressions, Source } from './value.ts';

/** An argument is followed through so many names to the literal that a pattern takes apart. */
const MAX_HOPS = 12;

export abstract class Sources extends Calls {
  /** What variables that are given several values can have, by where they are read. */
  readonly #reaching = new Map<Variable, ReadonlyMap<Node, Reaching> | null>();

  sources(node: Node): readonly Source[] | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier': {
        const variable = this.bindings.variable(inner);
        if (variable === null) return null;
        if (!isNeverReassigned(variable)) {
          const values = this.reaching(variable, inner);
          return values === null || values.includes(null)
            ? null
            : values.flatMap((value) => (value === null ? [] : [this.#here(value)]));
        }
        const given = this.given(inner);
        if (given !== null) return this.#orDefault(given, variable.defs[0]?.name ?? inner);
        const initial = initializerOf(variable);
        return initial === null ? null : [this.#here(initial)];
      }
      case 'ConditionalExpression': {
        const outcome = this.outcomeIn(inner.test, this.frame);
        const arms = [
          ...(outcome === false ? [] : [inner.consequent]),
          ...(outcome === true ? [] : [inner.alternate]),
        ];
        return arms.map((arm) => this.#here(arm));
      }
      case 'LogicalExpression': {
        const goesOn = this.goesOn(inner, this.frame);
        const left = { ...this.#here(inner.left), isFalsy: inner.operator === '&&' };
        return [
          ...(goesOn === true ? [] : [left]),
          ...(goesOn === false ? [] : [this.#here(inner.right)]),
        ];
      }
      case 'AwaitExpression':
        return [this.#here(inner.argument)];
      case 'CallExpression':
        return this.#returned(inner);
      default:
        return null;
    }
  }

  /**
   * What a variable that is given several values can have where it is read, null standing for nothing;
   * null where that is not known.
   */
  protected reaching(variable: Variable, use: Node): readonly (Node | null)[] | null {
    if (this.trust.objects !== 'all') return null;
    let known = this.#reaching.get(variable);
    if (known === undefined) {
      // A test may ask for the variable again.
      this.#reaching.set(variable, null);
      const outcome = (test: Node): boolean | null => this.outcomeIn(test, this.frame);
      known = reachingOf(variable, { bindings: this.bindings, outcome });
      this.#reaching.set(variable, known);
    }
    const reaching = known?.get(use);
    return reaching === undefined || reaching.size === 0 ? null : [...reaching];
  }

  given(parameter: Node): Source | null {
    const [definition] = this.bindings.variable(parameter)?.defs ?? [];
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
    const frame = this.#runOf(definition.node);
    for (const [index, pattern] of definition.node.params.entries()) {
      const steps = stepsTo(pattern, definition.name);
      if (steps === null) continue;
      return steps.reduce(
        (source: Source | null, step) => source && this.#part(source, step),
        frame?.given?.source(index) ?? null,
      );
    }
    return null;
  }

  /** The run of a function that is under way. */
  #runOf(node: Node): Frame | null {
    let frame: Frame | null = this.frame;
    while (frame !== null && frame.runs !== node) frame = frame.outer;
    return frame;
  }

  /** What a pattern takes of an argument; null where it need not be a part of that. */
  #part(source: Source, step: Step): Source | null {
    switch (step.kind) {
      case 'property': {
        const name = keyName(step.node.key, step.node.computed);
        const object = literalOf(source);
        if (name === null || object === null) return null;
        const node = object.file.propertyNode(object.node, name);
        return node === null ? null : { ...object, node, by: source.by };
      }
      case 'default':
        // The default is what it is, and where it is told.
        return isUndefined(source.node) ? null : source;
      case 'element':
      case 'rest':
        return null;
    }
  }

  /** An argument, with the default of its parameter where it may be `undefined`. */
  #orDefault(given: Source, name: Node): readonly Source[] {
    const { parent } = name;
    if (parent?.type !== 'AssignmentPattern' || parent.left !== name) return [given];
    const isMissing = given.file.of(given.node).some(({ value }) => value.kind === 'undefined');
    return isMissing ? [given, this.#here(parent.right)] : [given];
  }

  propertyNode(object: ObjectExpression, name: string): Node | null {
    const [part] = candidatesIn(object, name);
    if (part?.type !== 'Property' || part.kind !== 'init') return null;
    if (keyName(part.key, part.computed) !== name) return null;
    return this.writes.of(object, name).length > 0 ? null : part.value;
  }

  changes(object: ObjectExpression): readonly Write[] {
    return this.writes.all(object);
  }

  handings(object: ObjectExpression): readonly Handing[] {
    return this.writes.handings(object);
  }

  #returned(call: CallExpression): readonly Source[] | null {
    const [{ value: code }, ...others] = this.ask(call.callee, this.frame);
    if (code.kind !== 'function' || others.length > 0 || code.node.generator) return null;
    const { node: target, file } = code;
    const run = file.inCalls([{ call, target, from: this.file }]);
    const [returned, ...more] = (returnsOf(target, outcomesIn(run)) ?? []).filter(
      (argument) => argument !== null,
    );
    if (returned === undefined || more.length > 0) return null;
    return [{ ...this.#here(returned), file: run }];
  }

  #here(node: Node): Source {
    return { node, file: this.file, by: null, isFalsy: false };
  }
}

/** The object literal that an expression is, whatever names it has come by. */
function literalOf(source: Source): (Source & { readonly node: ObjectExpression }) | null {
  let at = source;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const node = unwrap(at.node);
    if (node.type === 'ObjectExpression') return { ...at, node };
    const [next, ...others] = node.type === 'Identifier' ? (at.file.sources(node) ?? []) : [];
    if (next === undefined || others.length > 0) return null;
    at = next;
  }
  return null;
}

/** What is known of the tests of a run. */
function outcomesIn(run: Expressions): Outcomes {
  return { test: (test) => run.outcome(test), match: () => null };
}
