/**
 * In which order a file obtains a user JWT and boots the web Messenger: the analysis of the mobile
 * client's session, told that the token is set where it is obtained, or put among the attributes.
 */

import type { CallExpression, Node } from '../syntax/ast.ts';
import { SessionFile } from '../session/model.ts';
import { Reading, type UsedClients } from '../session/reading.ts';
import type { ClientModule } from '../sdk/client-module.ts';
import type { WebFile } from './model.ts';

/** The web Messenger, as a client whose calls are done in order. */
const WEB: ClientModule = {
  module: 'web',
  path: null,
  export: 'default',
  promises: false,
  takes: 'any',
  isOrdered: true,
  global: null,
  type: null,
  role: () => null,
  called: /(?!)/,
};

/** A boot, and what gets it a token. */
export interface Watched {
  readonly boot: CallExpression;
  readonly method: string;
  /** What obtains the token, or gives it, by the property or assignment that does. */
  readonly sources: ReadonlyMap<Node, string>;
}

/** The session of one boot. */
export function tokenSession(file: WebFile, watched: Watched, text: string): SessionFile {
  const { boot, method, sources } = watched;
  const { clients, bindings, program, project } = file;
  const used: UsedClients = {
    values: clients.values,
    constants: clients.constants,
    libraries: {
      runsOf: () => null,
      madeBy: () => [],
      calledFor: () => null,
      calledByName: () => new Set(),
      isPart: () => false,
      isChoosing: () => false,
      waitedFor: () => null,
      kept: {
        stored: () => null,
        held: () => null,
        selected: () => null,
        selector: () => null,
        isRestored: () => false,
        part: () => null,
        partOf: () => null,
        actionOf: () => null,
        cached: () => null,
        matched: () => null,
        typed: () => null,
        isSlice: () => false,
        boundBy: () => [],
        ended: () => null,
        endedOf: () => null,
      },
    },
    called: (call) =>
      call === boot ? { kind: 'method', name: method, role: 'update', of: WEB } : null,
    includeTypes: () => undefined,
    isNamed: () => false,
    isOwn: () => false,
    method: () => null,
    choices: () => [],
    isMember: () => false,
    isUsedIn: () => true,
    isClient: (node) => clients.partOf(node) !== null,
    done(node) {
      const name = sources.get(node);
      return name === undefined ? null : { kind: 'method', name, role: 'establish', of: WEB };
    },
  };
  const reading = new Reading(bindings, used, project, program);
  return new SessionFile(program, text, reading, project, file.isComponent, null);
}
