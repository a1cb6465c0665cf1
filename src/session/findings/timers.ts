/** Calls that the clock makes: in an interval, a timeout that sets itself again, a background task. */

import { calledName, childrenOf, rootOf, type Node } from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Values } from '../../values/resolve.ts';
import type { ClientCall } from '../client-calls.ts';
import type { SessionFile } from '../model.ts';
import { WITH_JWT } from '../protocol.ts';

/** A call of `setUserJwt` that the clock makes. */
export interface TimedSet {
  readonly call: ClientCall;
  /** What starts the clock, such as `setInterval`. */
  readonly timer: string;
  readonly start: Node;
}

interface Clock {
  readonly timer: string;
  readonly start: Node;
  /** The nodes of all that it runs. */
  readonly runs: ReadonlySet<Node>;
}

/** What runs its callback time and again; `setTimeout` does where the callback calls it again. */
const TIMERS: ReadonlySet<string> = new Set([
  'setInterval',
  'setTimeout',
  // expo-task-manager, expo-background-fetch and expo-background-task
  'defineTask',
  'registerTaskAsync',
]);

/** The calls of `setUserJwt` that the clock makes, in the order of the source. */
export function timedSets(session: SessionFile): readonly TimedSet[] {
  const sets = session.calls().filter(({ role }) => role === 'establish');
  const [first] = sets;
  if (first === undefined) return [];
  const clocks = clocksIn(rootOf(first.node), session.values);
  return sets
    .sort((one, other) => offsetOf(one.node) - offsetOf(other.node))
    .flatMap((call) => {
      const clock = clocks.find(({ runs }) => runs.has(call.node));
      return clock === undefined ? [] : [{ call, timer: clock.timer, start: clock.start }];
    });
}

/** Whether a call that needs the user JWT is only reached where it was set on the way there. */
export function hasDominatedCall(session: SessionFile): boolean {
  const { sites } = session.solve({ helpers: 'some-path', entry: 'unset' });
  return sites.some(
    ({ role, states }) =>
      (role === 'login' || role === 'update' || role === 'present') &&
      states !== 0 &&
      (states & ~WITH_JWT) === 0,
  );
}

function clocksIn(root: Node, values: Values): readonly Clock[] {
  const clocks: Clock[] = [];
  for (const start of nodesFrom([root])) {
    if (start.type !== 'CallExpression') continue;
    const timer = calledName(start);
    if (timer === null || !TIMERS.has(timer) || values.functions(start.callee).length > 0) continue;
    const runs = nodesFrom(start.arguments, values);
    if (timer !== 'setTimeout' || runs.has(start)) clocks.push({ timer, start, runs });
  }
  return clocks.sort((one, other) => offsetOf(one.start) - offsetOf(other.start));
}

/** The nodes of some code and, where `values` tell, of the functions that it calls or hands on. */
function nodesFrom(roots: readonly Node[], values?: Values): ReadonlySet<Node> {
  const found = new Set<Node>();
  const add = (node: Node): void => {
    found.add(node);
    for (const target of values?.functions(node) ?? []) found.add(target);
  };
  roots.forEach(add);
  for (const node of found) {
    for (const child of childrenOf(node)) found.add(child);
    if (node.type === 'CallExpression') [node.callee, ...node.arguments].forEach(add);
  }
  return found;
}
