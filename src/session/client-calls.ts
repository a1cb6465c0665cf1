/** The calls of the clients' methods, told by what is called alone. */

import type { CallExpression, Node } from '../syntax/ast.ts';
import { sagaEffectOf } from '../flow/lower/sagas.ts';
import type { ClientModule } from '../sdk/client-module.ts';
import type { Role } from '../sdk/roles.ts';
import type { Reading } from './reading.ts';

/** A call of a client's method, or one that has redux-saga call it. */
export interface ClientCall {
  readonly node: CallExpression;
  readonly role: Role;
  readonly method: string;
  /** The client that it belongs to. */
  readonly of: ClientModule;
  /** What redux-saga calls, and with what, where it does. */
  readonly effect: { readonly target: Node; readonly args: readonly Node[] | null } | null;
}

/** What a call is of a client, however it is reached; null for any other. */
export function clientCallAt(node: CallExpression, reading: Reading): ClientCall | null {
  if (!reading.canRaise(node)) return null;
  const method = reading.clients.called(node);
  if (method !== null) {
    const { role, name, of } = method;
    return { node, role, method: name, of, effect: null };
  }
  const effect = sagaEffectOf(node, reading.outside);
  if (effect === null || 'items' in effect) return null;
  const performed = reading.clients.method(effect.target);
  if (performed === null) return null;
  const { role, name, of } = performed;
  return { node, role, method: name, of, effect };
}
