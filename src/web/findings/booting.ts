/** Whether the web Messenger is booted, where calls are made. */

import type { Protocol } from '../../flow/algebra/protocol.ts';
import type { LowerHost } from '../../flow/lower/lowering.ts';
import { webRoleOf, type Api } from '../../sdk/web/apis.ts';
import type { WebFile } from '../model.ts';

export const BOOTED = 0;
const DOWN = 1;

const BOOT = { call: 0, settle: 2 };
const SHUTDOWN = { call: 1, settle: 2 };

/** Whether the Messenger has been booted. A provider that boots by itself has, before all else. */
export const BOOTING: Protocol = {
  states: ['booted', 'down'],
  events: [
    { name: 'boot', normal: () => 1 << BOOTED, thrown: (state) => 1 << state },
    { name: 'shutdown', normal: () => 1 << DOWN, thrown: (state) => 1 << state },
    { name: 'nothing', normal: (state) => 1 << state, thrown: (state) => 1 << state },
  ],
  initial: BOOTED,
  established: 1 << DOWN,
};

/**
 * The calls of a file that boot, or shut down.
 *
 * @param only the API whose calls count; those of all where it is left out
 */
export function bootingOf(
  file: WebFile,
  only: Api | null = null,
): Pick<LowerHost, 'operation' | 'reference'> {
  return {
    operation(call) {
      const called = file.clients.called(call);
      if (called === null || (only !== null && called.api !== only)) return null;
      const role = called.method === null ? 'start' : webRoleOf(called.method);
      if (role === 'shutdown') return SHUTDOWN;
      return role === 'boot' || role === 'start' ? BOOT : null;
    },
    reference: () => null,
  };
}
