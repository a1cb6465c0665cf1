/** The functions that timers and subscriptions run. */

import {
  calledName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { SessionFile } from '../model.ts';

/** A function that is given to a timer or a subscription. */
export interface Registration {
  readonly call: CallExpression;
  /** What runs the function, such as `setInterval`. */
  readonly name: string;
}

/** Run their first argument when its time has come. */
const TIMERS: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'requestIdleCallback',
  'queueMicrotask',
]);

/** Run what they are given whenever something happens. */
const SUBSCRIPTIONS: ReadonlySet<string> = new Set([
  'on',
  'once',
  'subscribe',
  // Firebase
  'onAuthStateChanged',
  'onIdTokenChanged',
  'onMessage',
  'onTokenRefresh',
]);

/** `addEventListener`, `addListener`, `addNotificationResponseReceivedListener` */
const ADDS_LISTENER = /^add(?:[A-Z]\w*)?Listener$/;

/** The functions of a file that timers and subscriptions run, each with what does. */
export function callbacksOf(
  session: SessionFile,
): ReadonlyMap<FunctionNode, readonly Registration[]> {
  const found = new Map<FunctionNode, Registration[]>();
  for (const call of session.callExpressions()) {
    const name = calledName(call);
    // A function of the file is known by what it does.
    if (name === null || session.values.functions(call.callee).length > 0) continue;
    for (const argument of callbackArguments(call, name)) {
      for (const target of session.values.functions(argument)) {
        const known = found.get(target) ?? [];
        known.push({ call, name });
        found.set(target, known);
      }
    }
  }
  return found;
}

function callbackArguments(call: CallExpression, name: string): readonly Node[] {
  if (TIMERS.has(name)) return call.arguments.slice(0, 1);
  if (!SUBSCRIPTIONS.has(name) && !ADDS_LISTENER.test(name)) return [];
  return call.arguments.flatMap((argument): readonly Node[] => {
    const inner = unwrap(argument);
    // An observer: `subscribe({ next() { … } })`
    return inner.type === 'ObjectExpression'
      ? inner.properties.flatMap((property) =>
          property.type === 'Property' ? [property.value] : [],
        )
      : [inner];
  });
}
