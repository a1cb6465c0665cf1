/** What functions do, each in the mode in which it is called: bottom-up, to a fixpoint. */

import {
  dependsOnFacts,
  eachKind,
  joinSummaries,
  mapSummary,
  noResults,
  ofAnyKind,
  sameSummary,
  type Instance,
  type Summary,
} from '../algebra/summary.ts';
import { canEstablish } from '../algebra/domain.ts';
import { summarize } from '../algebra/evaluate.ts';
import { Closures, type Calls } from '../algebra/observer.ts';
import type { Relation } from '../algebra/relation.ts';
import {
  RESULT_KINDS,
  type Call,
  type Callee,
  type Fact,
  type FunctionTerm,
  type RunMode,
} from '../term/term.ts';
import { Again } from './again.ts';
import type { Instances } from './instances.ts';
import type { Node, Resolved, Solving } from './tables.ts';

/** A summary that has changed this often only grows from then on. */
const MAX_CHANGES = 16;

const NO_FACTS: readonly Fact[] = [];

/** What a call tells of its arguments in whatever way it is made, as of those that are literals. */
function certainOf({ answers = [] }: Call): readonly Fact[] {
  if (answers.length === 0) return NO_FACTS;
  return answers.flatMap(({ outcomes }) =>
    outcomes.length === 1 ? (outcomes[0]?.facts ?? []) : [],
  );
}

/** A summary in one mode, and those that it is worked out from. */
interface OfMode {
  readonly summary: Summary;
  /** Null where it says nothing. */
  readonly awaited: Summary | null;
  readonly started: Summary;
}

export class Summaries implements Calls {
  readonly #solving: Solving;
  readonly #instances: Instances;
  /** What was worked out of a summary in its mode, */
  readonly #ofModes = new WeakMap<Summary, OfMode>();
  /** where it is told of nothing that it is given, */
  readonly #untold = new WeakMap<Summary, Summary>();
  /** and as a function sees it that calls it. */
  readonly #seen = new WeakMap<Summary, Map<FunctionTerm, Summary>>();
  #reader: Node | null = null;
  #missing: Node[] = [];

  constructor(solving: Solving, instances: Instances) {
    this.#solving = solving;
    this.#instances = instances;
  }

  step(count = 1): void {
    this.#solving.meter.step(count);
  }

  resolve(callee: Callee, from: Instance): Resolved {
    return this.#instances.resolve(callee, from);
  }

  bind(callee: Instance, call: Call, from: Instance): Instance {
    return this.#instances.bind(callee, call, from);
  }

  summary(...[callee, call, mode, from, facts]: Parameters<Calls['summary']>): Summary {
    const summary = this.#told(this.#ofMode(callee, mode), callee, facts);
    const visible = call.callee.parameter === null ? this.#visible(summary, from) : summary;
    if (call.perhaps === true) return this.#perhaps(callee, visible);
    if (call.exact || mode === 'started' || this.#solving.helpers === 'every-path') return visible;
    const variants = call.callee.variants === true ? this.#bound(call, from) : [callee];
    return this.#forgiven(variants, visible, certainOf(call));
  }

  solve(root: Node): void {
    const stack = [root];
    const again = new Again();
    try {
      this.#solveAll(stack, again);
    } catch (error) {
      // What is left half done is begun anew where it is asked for again.
      for (const node of [...stack, ...again]) if (node.state === 'open') node.state = 'new';
      this.#reader = null;
      throw error;
    }
  }

  node(instance: Instance, mode: RunMode): Node {
    const kept = this.#instances.keptOf(instance);
    const ready = this.#solving.base.nodes.get(kept)?.get(mode);
    if (ready !== undefined) return ready;
    const nodes = this.#solving.own.nodes.get(kept) ?? new Map<RunMode, Node>();
    let node = nodes.get(mode);
    if (node === undefined) {
      this.#solving.own.added++;
      const { empty } = this.#solving.space.algebra;
      node = {
        instance,
        mode,
        closures: new Closures(),
        dependents: new Set(),
        summary: {
          results: noResults(empty),
          thrown: empty,
          suspended: empty,
          lingering: empty,
          ended: noResults(empty),
          dead: empty,
        },
        state: 'new',
        order: null,
        changes: 0,
        isFinal: false,
      };
      this.#solving.own.nodes.set(kept, nodes.set(mode, node));
    }
    return node;
  }

  /**
   * What a function does that may not be called, and whose exceptions may be hidden: one that
   * establishes the session is taken to be called, where helpers are forgiven what they may skip.
   */
  #perhaps(callee: Instance, summary: Summary): Summary {
    const { results } = this.#read(callee, 'awaited');
    const establishes = RESULT_KINDS.some((kind) =>
      canEstablish(this.#solving.space, results[kind]),
    );
    if (establishes && this.#solving.helpers === 'some-path') {
      return this.#forgiven([callee], summary);
    }
    const { algebra, begun } = this.#solving.space;
    // Where nothing has happened before, a rejection leaves no more than what not to be called does.
    const hidden = algebra.compose(begun, summary.thrown);
    const skipped = algebra.join(hidden, algebra.identity);
    const truthy = algebra.join(summary.results.truthy, skipped);
    return { ...summary, results: { ...summary.results, truthy } };
  }

  #bound(call: Call, from: Instance): readonly Instance[] {
    return this.resolve(call.callee, from).instances.map((one) => this.bind(one, call, from));
  }

  #ofMode(instance: Instance, mode: RunMode): Summary {
    const summary = this.#read(instance, mode);
    if (!instance.term.isAsync || mode === 'awaited') return summary;
    const isAsked = mode === 'started' || instance.term.isBegun;
    const awaited = isAsked ? this.#read(instance, 'awaited') : null;
    const started = mode === 'started' ? summary : this.#read(instance, 'started');
    const known = this.#ofModes.get(summary);
    if (known?.awaited === awaited && known.started === started) {
      return known.summary;
    }
    const worked = this.#workOut(instance, mode, { summary, awaited, started });
    this.#ofModes.set(summary, { summary: worked, awaited, started });
    return worked;
  }

  #workOut({ term }: Instance, mode: RunMode, { summary, awaited, started }: OfMode): Summary {
    const { algebra, protocol, left, died, over, begun } = this.#solving.space;
    // Whether it can establish the session when it is left to run by itself.
    const canLeave =
      awaited !== null &&
      RESULT_KINDS.some((kind) => canEstablish(this.#solving.space, awaited.results[kind]));
    if (mode === 'started') {
      // What it does after its first suspension can happen from now on.
      const lingering = awaited?.lingering ?? summary.lingering;
      if (!canLeave) return { ...summary, lingering };
      const { suspended, ended, dead } = summary;
      const atOnce = algebra.join(algebra.compose(dead, died), ofAnyKind(algebra, ended));
      const truthy = algebra.join(algebra.compose(suspended, left), atOnce);
      return { ...summary, results: { ...summary.results, truthy }, lingering };
    }
    // How the promise began tells how it can end. No event leads back to the initial state, so a
    // promise that is met in that state was left in it; but for one that began on a way not seen.
    const { suspended, ended, dead } = started;
    const running = term.isBegun && canLeave ? algebra.compose(suspended, left) : suspended;
    const { initial } = protocol;
    const from = (began: Relation, relation: Relation): Relation => {
      if (began === algebra.empty) return algebra.empty;
      if (mode === 'resumed') return relation;
      const wasLeft = (algebra.image(began) & (1 << initial)) !== 0;
      return wasLeft ? relation : algebra.compose(begun, relation);
    };
    // A promise of an earlier call may have been fulfilled before the session was closed again.
    const before = (relation: Relation): Relation =>
      mode === 'resumed' && relation !== algebra.empty ? over : algebra.empty;
    return {
      ...summary,
      // What has come to its end by then does nothing more.
      results: eachKind((kind) => {
        const relation = from(running, summary.results[kind]);
        return algebra.join(
          algebra.join(relation, before(relation)),
          from(ended[kind], summary.ended[kind]),
        );
      }),
      thrown: algebra.join(from(running, summary.thrown), from(dead, summary.dead)),
    };
  }

  /** A summary as far as it is known, which may be asked for again. */
  #read(instance: Instance, mode: RunMode): Summary {
    const node = this.node(instance, mode);
    if (this.#reader !== null && !node.isFinal) node.dependents.add(this.#reader);
    if (node.state === 'new') this.#missing.push(node);
    return node.summary;
  }

  /** What a function does where this is told of what it is given. */
  #told(summary: Summary, { term }: Instance, facts: readonly Fact[]): Summary {
    if (!dependsOnFacts(summary)) return summary;
    const known = facts.length === 0 ? this.#untold.get(summary) : undefined;
    if (known !== undefined) return known;
    const { algebra } = this.#solving.space;
    const taken = (atom: number): boolean => term.takes(atom);
    const told = mapSummary(summary, (relation) => {
      if (relation.kind === 'leaf') return relation;
      let given: Relation = relation;
      for (const { atom, holds } of facts) {
        if (taken(atom)) given = algebra.compose(algebra.test(atom, holds), given);
      }
      return algebra.forget(given, taken);
    });
    if (facts.length === 0) this.#untold.set(summary, told);
    return told;
  }

  /** What a function does, as far as the caller can tell facts about its bindings. */
  #visible(summary: Summary, { term }: Instance): Summary {
    const { algebra } = this.#solving.space;
    if (!dependsOnFacts(summary)) return summary;
    const known = this.#seen.get(summary) ?? new Map<FunctionTerm, Summary>();
    this.#seen.set(summary, known);
    let visible = known.get(term);
    if (visible === undefined) {
      const hidden = (atom: number): boolean => !term.sees(atom) && !term.owns(atom);
      visible = mapSummary(summary, (relation) => algebra.forget(relation, hidden));
      known.set(term, visible);
    }
    return visible;
  }

  /**
   * An awaited helper that can end normally on a way on which it establishes the session counts as
   * establishing it, for each kind of its results. A result of which nothing is known is of no kind:
   * what holds for it holds for all of them.
   *
   * @param instances the helper, in all its variants
   * @param certain what this call tells of its arguments in any case: a way that contradicts it is
   *   none of this call
   */
  #forgiven(
    instances: readonly Instance[],
    summary: Summary,
    certain: readonly Fact[] = NO_FACTS,
  ): Summary {
    const { algebra, protocol } = this.#solving.space;
    const all = instances.map((instance) => {
      const whole = this.#instances.whole(instance);
      return this.#told(this.#read(whole, 'awaited'), whole, certain);
    });
    const count = protocol.states.length;
    const before = eachKind((kind) => {
      let states = 0;
      for (const awaited of all) {
        states |= algebra.rows(awaited.results[kind])[protocol.initial] ?? 0;
      }
      return states;
    });
    const ofAny = RESULT_KINDS.reduce((states, kind) => states & before[kind], ~0);
    const ofAll = RESULT_KINDS.reduce((states, kind) => states | before[kind], 0);
    const results = eachKind((kind) => {
      const relation = summary.results[kind];
      if (before[kind] === 0) return relation;
      const isKnown = (before[kind] & ~ofAny) !== 0;
      const established = (isKnown ? before[kind] : ofAll) & protocol.established;
      if (established === 0) return relation;
      const rows = algebra.rows(relation);
      return algebra.map((state) => {
        if (state >= count) return 1 << state;
        return (rows[state] ?? 0) === 0 ? 0 : established;
      });
    });
    return { ...summary, results };
  }

  /**
   * @param stack what is to be solved, each behind those that need it
   * @param again what has been, and has to be once more as what it needs has changed: before those
   *   that need it, which would otherwise be solved for each change of one of many
   */
  #solveAll(stack: Node[], again: Again): void {
    for (;;) {
      const node = stack.at(-1);
      if (node === undefined) {
        const changed = again.take();
        if (changed === undefined) return;
        stack.push(changed);
        continue;
      }
      if (node.state === 'done') {
        stack.pop();
        continue;
      }
      node.state = 'open';
      this.#reader = node;
      this.#missing = [];
      const summary = summarize(
        this.#solving.space,
        this.#solving.domain,
        node.instance,
        node.mode,
        this,
        node.closures,
      );
      this.#reader = null;
      const missing = this.#missing.filter(({ state }) => state === 'new');
      if (missing.length > 0) {
        stack.push(...new Set(missing));
        continue;
      }
      stack.pop();
      node.state = 'done';
      node.order ??= this.#solving.own.ordered++;
      // What helpers are forgiven depends on all that they do, so that a summary can lose ways again:
      // functions that call each other could do that in turns without end.
      const next =
        node.changes < MAX_CHANGES
          ? summary
          : joinSummaries(this.#solving.space, node.summary, summary);
      if (sameSummary(next, node.summary)) continue;
      node.changes++;
      node.summary = next;
      for (const dependent of node.dependents) {
        if (dependent.state !== 'done') continue;
        dependent.state = 'open';
        again.add(dependent);
      }
    }
  }
}
