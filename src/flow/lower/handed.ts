/** What a function that is not seen does with the functions that it is given, where it is waited for. */

import {
  calledName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { sequenceOf, SKIP } from '../term/make.ts';
import type { Callee, Term } from '../term/term.ts';
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

/** The call whose result is unwrapped, as that of a thunk which is dispatched; null for any other call. */
function unwrappedOf({ callee, arguments: args }: CallExpression): CallExpression | null {
  const member = unwrap(callee);
  if (args.length > 0 || member.type !== 'MemberExpression') return null;
  const dispatch = unwrap(member.object);
  return memberName(member) === 'unwrap' && dispatch.type === 'CallExpression' ? dispatch : null;
}

export class HandedLowering implements HandedFunctions {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  awaited(call: CallExpression): Term {
    if (callsLater(call)) return SKIP;
    const dispatch = unwrappedOf(call);
    if (dispatch !== null) {
      return sequenceOf(dispatch.arguments, (argument) =>
        this.#ofLibrary(argument) === null ? SKIP : this.perhaps(argument, call),
      );
    }
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

  /** Something of a library, as a thunk, as the function that it is. */
  #ofLibrary(node: Node): Callee | null {
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const runs = this.#lower.host.calledFor?.(node) ?? null;
    const functions = runs === null ? [] : [this.#lower.libraries.run(node, runs)];
    const callee = functions.length === 0 ? null : { functions, parameter: null, open: false };
    this.#made.set(node, callee);
    return callee;
  }

  readonly #made = new WeakMap<Node, Callee | null>();

  perhaps(node: Node, site: CallExpression): Term {
    const callee = this.#lower.callees.callee(node) ?? this.#ofLibrary(node);
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
