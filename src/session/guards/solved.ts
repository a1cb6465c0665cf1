/** What tests tell of the session, as the analysis of a file works it out. */

import type { CallExpression, FunctionNode, Node, Program } from '../../syntax/ast.ts';
import { createSpace } from '../../flow/algebra/protocol.ts';
import type { Lowering } from '../../flow/lower/lowering.ts';
import type { Operation, Proof } from '../../flow/lower/parts.ts';
import { Relevance } from '../../flow/solve/relevance.ts';
import { Solution } from '../../flow/solve/solution.ts';
import { Shared, type SolveOptions } from '../../flow/solve/solver.ts';
import type { Work } from '../../flow/solve/work.ts';
import { RESULT_KINDS, type Callee, type FunctionTerm } from '../../flow/term/term.ts';
import type { Runs } from '../../values/libraries/runs.ts';
import { establishes, NOTED, SESSION, STATES, WITH_JWT, WITHOUT_JWT } from '../protocol.ts';
import type { Reading } from '../reading.ts';
import { proofsOf, type Raises } from './guards.ts';
import { guardIn, IS_LOW, LOWERED, NOTHING, RAISED } from './lowered.ts';
import { runOf } from './runs.ts';

/** A file, as it has been read and solved. */
export interface GuardedFile {
  readonly reading: Reading;
  readonly program: Program;
  /** What clears the session, here or in other files. */
  readonly clears: readonly Node[];
  readonly helpers: SolveOptions['helpers'];
  /** What it may take. */
  readonly work: Work;
  /** What code outside the file can call. */
  readonly exported: (lowering: Lowering) => readonly Callee[];
}

/** What tests tell of the session, by what is tested. Throws where that is too much work. */
export function proofsIn(file: GuardedFile): ReadonlyMap<Node, Proof> {
  const { reading, work, clears } = file;
  return proofsOf(reading.tested, reading.bindings, reading.clients, {
    clears,
    behindSet: (places) => behindSet(places, file, new Relevance(establishes)),
    endsBehindSet: (ended) => endsBehindSet(ended, file),
    loweredBefore: (raised, lowered) => loweredBefore(clears, raised, lowered, file),
    step: () => {
      work.take();
    },
  });
}

/**
 * Those of these places that are only come to where a JWT has been set in the same run.
 *
 * @param relevance what can set one: nothing is behind a set in any other run
 */
function behindSet(places: Raises, file: GuardedFile, relevance: Relevance): ReadonlySet<Node> {
  const { lowering, clients } = file.reading;
  const inModule = new Set<Node>();
  const byRun = new Map<FunctionNode, Node[]>();
  const isCalled = (call: CallExpression, given: FunctionNode): boolean =>
    clients.libraries
      .runsOf(call)
      ?.steps.some(({ node, how }) => node === given && how === 'now') === true;
  const canSet = (run: FunctionTerm): boolean =>
    relevance.isRelevant(run, () => {
      file.work.take();
    });
  for (const place of places.keys()) {
    const run = runOf(place, isCalled);
    if (run === null) {
      inModule.add(place);
      continue;
    }
    const known = byRun.get(run);
    if (known !== undefined) known.push(place);
    else if (canSet(lowering.function(run))) byRun.set(run, [place]);
  }
  return new Set([
    ...(inModule.size > 0 && canSet(lowering.module(file.program))
      ? behindSetIn(null, inModule, places, file)
      : []),
    ...(byRun.size > 0
      ? behindSetIn([...byRun.keys()], new Set([...byRun.values()].flat()), places, file)
      : []),
  ]);
}

/**
 * The same of places that are in runs of these functions, each of which begins with no JWT.
 *
 * @param runs null for the module
 * @param raises what has to be truthy at places, of these or others
 */
function behindSetIn(
  runs: readonly FunctionNode[] | null,
  places: ReadonlySet<Node>,
  raises: Raises,
  { reading, program, helpers, work }: GuardedFile,
): readonly Node[] {
  const { raisers } = reading;
  const lowering = reading.lowerWith(places, {
    ...raisers,
    operation: (call) =>
      places.has(call)
        ? { call: NOTED, settle: NOTED, given: raises.get(call) ?? null }
        : raisers.operation(call),
    assigned: (assignment) => (places.has(assignment) ? NOTED : null),
    isTested: (assignment) => (raises.get(assignment) ?? null) !== null,
  });
  const module = runs === null ? lowering.module(program) : lowering.idle(program);
  const begun = (runs ?? []).map((run): Callee => ({
    functions: [lowering.function(run)],
    parameter: null,
    open: false,
  }));
  const space = createSpace(SESSION);
  const entry = STATES.indexOf('unset');
  const options: SolveOptions = { helpers, entry, shared: new Shared(), work, ways: work };
  const solved = (asked: ReadonlySet<object>): Solution =>
    new Solution(
      space,
      module,
      () => begun,
      options,
      (place) => (asked.has(place) ? WITHOUT_JWT : 0),
    );
  // What is behind no set where tests do not agree is behind none where they do.
  const coarse = solved(new Set());
  const perhaps = [...places].filter((place) => (coarse.statesAt(place) & WITH_JWT) !== 0);
  if (perhaps.length === 0) return perhaps;
  const solution = solved(new Set(perhaps));
  return perhaps.filter((place) => {
    const states = solution.statesAt(place);
    return states !== 0 && (states & ~WITH_JWT) === 0;
  });
}

/** Those of these that have a JWT set in any run which comes to its end, each begun with none. */
function endsBehindSet(
  ended: ReadonlyMap<Node, Runs>,
  { reading, program, helpers, work }: GuardedFile,
): ReadonlySet<Node> {
  const { lowering } = reading;
  const terms = new Map<Node, FunctionTerm>();
  for (const [node, runs] of ended) terms.set(node, lowering.run(node, runs));
  const begun: Callee = { functions: [...terms.values()], parameter: null, open: false };
  const solution = new Solution(
    createSpace(SESSION),
    lowering.idle(program),
    () => [begun],
    { helpers, entry: STATES.indexOf('unset'), shared: new Shared(), work, ways: work },
    () => ~0,
  );
  const behind = new Set<Node>();
  for (const [node, term] of terms) {
    const results = solution.resultsOf(term);
    const states = RESULT_KINDS.reduce((all, kind) => all | results[kind], 0);
    if (states !== 0 && (states & ~WITH_JWT) === 0) behind.add(node);
  }
  return behind;
}

/** The clears before which something is lowered, wherever the code is entered. */
function loweredBefore(
  clears: readonly Node[],
  raised: ReadonlySet<Node>,
  lowered: ReadonlySet<Node>,
  { reading, program, work, exported }: GuardedFile,
): ReadonlySet<Node> {
  const clearing = new Set<object>(clears);
  const eventAt = (node: Node): number | null => {
    if (raised.has(node)) return RAISED;
    if (lowered.has(node)) return LOWERED;
    return clearing.has(node) ? NOTHING : null;
  };
  const operationAt = (node: Node): Operation | null => {
    const event = eventAt(node);
    return event === null ? null : { call: event, settle: NOTHING };
  };
  const lowering = reading.lowerWith(new Set([...clears, ...raised, ...lowered]), {
    operation: operationAt,
    // What is handed to somebody, as to `call` of redux-saga, clears where that calls it.
    reference: (node) => (node.type === 'CallExpression' ? null : operationAt(node)),
    assigned: eventAt,
  });
  const guard = guardIn(reading.outside);
  const solution = new Solution(
    createSpace(guard),
    lowering.module(program),
    () => exported(lowering),
    { helpers: 'every-path', entry: guard.initial, shared: new Shared(), work, ways: work },
    (place) => (clearing.has(place) ? ~IS_LOW : 0),
  );
  return new Set(clears.filter((clear) => solution.statesAt(clear) === IS_LOW));
}
