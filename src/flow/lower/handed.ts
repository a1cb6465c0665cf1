/** What a function that is not seen does with the functions that it is given, where it is waited for. */

import { calledName, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import { sequenceOf, SKIP } from '../term/make.ts';
import type { Term } from '../term/term.ts';
import type { HandedFunctions, Lower } from './parts.ts';

/**
 * Functions that call what they are given later, or for each of many events, and not before what they
 * return is settled: timers, listeners, subscriptions, and the hooks of components.
 */
const LATER =
  /^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|request(?:AnimationFrame|IdleCallback)|nextTick|runAfterInteractions|debounce|throttle|on|once|off|subscribe|watch|watchEffect|add\w*Listener|(?:on|use)[A-Z]\w*)$/;

/** Whether a call has what it is given called later, by whoever. */
export function callsLater(call: CallExpression): boolean {
  const name = calledName(call);
  return name !== null && LATER.test(name);
}

export class HandedLowering implements HandedFunctions {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  awaited(call: CallExpression): Term {
    if (call.arguments.length === 0 || callsLater(call)) return SKIP;
    return sequenceOf(call.arguments, (argument) => this.#called(argument, call));
  }

  #called(argument: Node, call: CallExpression): Term {
    const inner = unwrap(argument);
    if (inner.type === 'ObjectExpression') {
      return sequenceOf(inner.properties, (property) =>
        property.type === 'SpreadElement' ? SKIP : this.perhaps(property.value, call),
      );
    }
    return this.perhaps(inner, call);
  }

  perhaps(node: Node, site: CallExpression): Term {
    const callee = this.#lower.callees.callee(node);
    if (callee === null) return SKIP;
    return {
      kind: 'call',
      callee,
      args: [],
      mode: 'awaited',
      exact: false,
      perhaps: true,
      results: null,
      site,
    };
  }
}
