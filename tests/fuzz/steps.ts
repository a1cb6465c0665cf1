/**
 * What the steps of a way say, taken by what all who show them are given: their places, their order,
 * what came out, and the states told. A run must pass all of that on its way into the violation.
 */

import { isFunction, nodesIn, rootOf, unwrap, type Node } from '../../src/syntax/ast.ts';
import { endOf, offsetOf } from '../../src/syntax/places.ts';
import { headOf } from '../../src/session/way/legs.ts';
import type { Step } from '../../src/way/step.ts';
import type { Instrumentation } from './instrument.ts';
import type { SessionLog } from './session-log.ts';

/** What a run tells of a place. */
type Passed =
  | { readonly kind: 'passed'; readonly mark: number; readonly outcome: boolean | null }
  | { readonly kind: 'called'; readonly id: number }
  | { readonly kind: 'settled'; readonly id: number; readonly isFulfilled: boolean };

/** What a run has to show for a step. */
interface Expected {
  readonly step: Step;
  readonly isShownBy: (passed: Passed) => boolean;
  /** Where it is that a promise is settled, which and how. */
  readonly settles?: { readonly id: number; readonly isFulfilled: boolean };
}

const SETTLED = / (?:sets|logs in|is rejected|is fulfilled)\b/u;

const WITH_JWT: ReadonlySet<string> = new Set(['fresh', 'used']);

export class StepsClaim {
  readonly #log: SessionLog;
  readonly #expected: readonly Expected[];
  readonly #marks = new Map<string, number>();
  /** The client's calls of which it is told that they are made. */
  readonly #called = new Set<number>();
  readonly #instrumentation: Instrumentation;
  readonly #firstMark: number;
  /** What came of the promises of this run so far. */
  readonly #settled = new Map<number, boolean>();
  #position = 0;

  /**
   * @param firstMark the numbers of marks that are free begin here
   * @param idOf the client's method that is called at a node; null for another
   */
  constructor(
    steps: readonly Step[],
    site: Node,
    log: SessionLog,
    instrumentation: Instrumentation,
    firstMark: number,
    idOf: (node: Node) => number | null,
  ) {
    this.#log = log;
    this.#instrumentation = instrumentation;
    this.#firstMark = firstMark;
    const nodes = nodesIn(rootOf(site));
    this.#expected = steps.flatMap((step) => this.#expectedOf(step, nodes, idOf));
  }

  /** How many steps a run has to show. */
  get length(): number {
    return this.#expected.length;
  }

  begin(): void {
    this.#position = 0;
    this.#settled.clear();
  }

  /** Whether this run has shown all steps. */
  get isComplete(): boolean {
    return this.#position === this.#expected.length;
  }

  /** A place was passed. What is told of the call that is under way is told before the log knows. */
  see(passed: Passed): void {
    if (passed.kind === 'settled') this.#settled.set(passed.id, passed.isFulfilled);
    const next = this.#expected[this.#position];
    if (next?.isShownBy(passed) === true) {
      const state = next.step.stateBefore;
      const isInState = state === null || WITH_JWT.has(state) === this.#log.hasJwt;
      if (passed.kind !== 'settled' && !isInState) return;
      this.#position += 1;
    }
    // A promise can have been settled before the way gets to where it is waited for.
    for (let more = this.#expected[this.#position]; more?.settles !== undefined;) {
      if (this.#settled.get(more.settles.id) !== more.settles.isFulfilled) break;
      this.#position += 1;
      more = this.#expected[this.#position];
    }
  }

  #expectedOf(
    step: Step,
    nodes: readonly Node[],
    idOf: (node: Node) => number | null,
  ): readonly Expected[] {
    const [start, end] = step.range;
    const places = nodes.filter((node) => offsetOf(node) === start && endOf(node) === end);
    switch (step.kind) {
      case 'entered': {
        const entered = nodes.filter(isFunction).find((node) => isSameRange(headOf(node), step));
        // Defaults are evaluated before the body, where it is told.
        const isPlain = entered?.params.every(({ type }) => type === 'Identifier') === true;
        return isPlain ? this.#passing(step, entered) : [];
      }
      case 'caught': {
        const handler = nodes.find((node) => isHandler(node) && offsetOf(node) === start);
        return handler === undefined ? [] : this.#passing(step, handler);
      }
      case 'decided':
        return places.length === 0 ? [] : this.#deciding(step, places);
      case 'called':
      case 'changed':
      case 'threw':
      case 'reported': {
        const node = places.find(
          ({ type }) => type === 'CallExpression' || type === 'NewExpression',
        );
        const inner = node === undefined ? undefined : unwrap(node);
        if (inner === undefined) return [];
        const id = isOfChain(inner) ? null : idOf(inner);
        // A guest login counts whether its promise is fulfilled or not.
        if (step.text.includes(' logs a guest in')) return [];
        if (id !== null) return this.#calling(step, id);
        // A promise of a function is settled when all that is told of it has happened.
        if (step.text.startsWith('the promise of ')) return [];
        return this.#passing(step, inner, step.kind === 'threw' ? 'before' : 'passed');
      }
      case 'handed':
      case 'left':
      case 'value':
        return [];
    }
  }

  /** A call of the client, what comes of its promise, or both, as the step says. */
  #calling(step: Step, id: number): readonly Expected[] {
    const called: Expected = {
      step,
      isShownBy: (passed) => passed.kind === 'called' && passed.id === id,
    };
    if (step.kind !== 'changed' || !SETTLED.test(step.text)) {
      this.#called.add(id);
      return [called];
    }
    const settles = { id, isFulfilled: !step.text.endsWith('is rejected') };
    const settled: Expected = { step, isShownBy: () => false, settles };
    // Of a set, the call is told, too: with what comes of it where that follows at once.
    const isBoth = step.text.includes('`setUserJwt` sets') && !this.#called.has(id);
    return isBoth ? [called, settled] : [settled];
  }

  #passing(step: Step, node: Node, how: Marking = 'passed'): readonly Expected[] {
    const mark = this.#mark(node, how);
    return mark === null ? [] : [{ step, isShownBy: (passed) => isMark(passed, mark) }];
  }

  #deciding(step: Step, places: readonly Node[]): readonly Expected[] {
    const asked = places[0];
    const outcome = /is (?:truthy|true)\b/u.test(step.text)
      ? true
      : /is (?:falsy|false)\b/u.test(step.text)
        ? false
        : null;
    // A chain that is taken apart is another; what a loop goes through is told of its rounds.
    if (asked === undefined || outcome === null) return [];
    let node = unwrap(asked);
    while (node.type === 'UnaryExpression' && node.operator === '!') {
      node = unwrap(node.argument);
    }
    const { parent } = node;
    if (parent?.type === 'AssignmentExpression' && parent.left === node) return [];
    const mark = this.#mark(node, 'value');
    if (mark === null) return [];
    return [
      {
        step,
        isShownBy: (passed) =>
          passed.kind === 'passed' && passed.mark === mark && passed.outcome === outcome,
      },
    ];
  }

  #marked(node: Node, mark: number, how: Marking): boolean {
    switch (how) {
      case 'passed':
        return this.#instrumentation.mark(node, mark);
      case 'before':
        // What is put between the links of a chain would break it.
        return !isInChain(node) && this.#instrumentation.markBefore(node, mark);
      case 'value':
        return this.#instrumentation.markValue(node, mark);
    }
  }

  #mark(node: Node, how: Marking): number | null {
    const key = `${node.type} ${String(offsetOf(node))} ${String(endOf(node))} ${how}`;
    const known = this.#marks.get(key);
    if (known !== undefined) return known;
    // What is called, or read of, must stay what it is.
    const { parent } = node;
    if (parent?.type === 'CallExpression' && parent.callee === node) return null;
    const mark = this.#firstMark + this.#marks.size;
    if (!this.#marked(node, mark, how)) return null;
    this.#marks.set(key, mark);
    return mark;
  }
}

/** Whether a place is told of when it is passed, before it is evaluated, or with its value. */
type Marking = 'passed' | 'before' | 'value';

/** Whether a call is of a method of what another call gives, and begins where that does. */
function isOfChain(call: Node): boolean {
  let inner = call.type === 'CallExpression' ? unwrap(call.callee) : call;
  while (inner.type === 'MemberExpression') inner = unwrap(inner.object);
  return inner.type === 'CallExpression';
}

function isInChain(node: Node): boolean {
  return node.parent?.type === 'ChainExpression' || node.parent?.type === 'MemberExpression';
}

function isMark(passed: Passed, mark: number): boolean {
  return passed.kind === 'passed' && passed.mark === mark;
}

function isSameRange(range: Step['range'], step: Step): boolean {
  return range[0] === step.range[0] && range[1] === step.range[1];
}

/** A clause or a finalizer of a `try`, or what a promise is given to handle its rejection. */
function isHandler(node: Node): boolean {
  const { parent } = node;
  if (node.type === 'CatchClause') return true;
  if (parent?.type === 'TryStatement') return parent.finalizer === node;
  return parent?.type === 'CallExpression' && parent.arguments.some((one) => one === node);
}
