/** The calls of a file that can run without a user JWT, and why. */

import type { Site, SessionFile, SessionOptions } from './analysis.ts';
import { states, WITHOUT_JWT, WITHOUT_JWT_FOR_LOGIN } from './protocol.ts';
import type { ProtectableRole } from '../sdk/roles.ts';

export interface Violation {
  readonly site: Site;
  readonly messageId: string;
  readonly data: Record<string, string>;
}

export function violationsOf(
  session: SessionFile,
  options: SessionOptions & { readonly protect: readonly ProtectableRole[] },
  source: object,
): readonly Violation[] {
  void source;
  const guarded: ReadonlySet<string> = new Set(options.protect);
  return session.sites(options).flatMap((site) => {
    if (!guarded.has(site.role)) return [];
    const bad = site.states & (site.role === 'login' ? WITHOUT_JWT_FOR_LOGIN : WITHOUT_JWT);
    if (bad === 0) return [];
    const messageId =
      (bad & states('cleared')) !== 0
        ? 'cleared'
        : (bad & states('pending')) !== 0
          ? 'notAwaited'
          : (bad & states('rejected')) !== 0
            ? 'rejected'
            : 'neverSet';
    return [{ site, messageId, data: { method: site.method, establish: 'setUserJwt', clear: 'logout', line: '0', catch: 'x' } }];
  });
}
