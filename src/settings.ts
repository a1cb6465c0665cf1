/** What users say under `settings['intercom-jwt']`: read, checked, and filled in. */

import * as v from 'valibot';

import { MOBILE_CLIENT, type ClientModule } from './sdk/client.ts';
import { ROLES, type Role } from './sdk/roles.ts';

/** The key of our settings in a configuration. */
const SETTINGS_KEY = 'intercom-jwt';

const CLIENT = v.strictObject({
  module: v.pipe(v.string(), v.nonEmpty()),
  export: v.optional(v.pipe(v.string(), v.nonEmpty()), 'default'),
  methods: v.record(v.string(), v.picklist(ROLES)),
});

const SETTINGS = v.strictObject({
  clients: v.optional(v.array(CLIENT), []),
  crossFile: v.optional(v.boolean(), true),
  digest: v.optional(v.string()),
});

export interface Settings {
  /** All clients to follow, the mobile SDK's among them. They share one session. */
  readonly clients: readonly ClientModule[];
}

/** Settings that were not understood: where, and why. */
export interface InvalidSettings {
  readonly path: string;
  readonly problem: string;
}

const DEFAULTS: Settings = { clients: [MOBILE_CLIENT] };

const read = new WeakMap<object, Settings | InvalidSettings>();

/** Reads our part of a configuration's settings. What was read once is remembered. */
export function readSettings(
  settings: Readonly<Record<string, unknown>>,
): Settings | InvalidSettings {
  const ours = settings[SETTINGS_KEY];
  if (ours === undefined) return DEFAULTS;
  if (typeof ours !== 'object' || ours === null) return parse(ours);
  let result = read.get(ours);
  if (result === undefined) {
    result = parse(ours);
    read.set(ours, result);
  }
  return result;
}

function parse(ours: unknown): Settings | InvalidSettings {
  const result = v.safeParse(SETTINGS, ours, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const path = (issue.path ?? [])
      .map(({ key }) => (typeof key === 'number' ? `[${String(key)}]` : `.${String(key)}`))
      .join('');
    return { path: `settings['${SETTINGS_KEY}']${path}`, problem: issue.message };
  }
  const named = result.output.clients.map(
    ({ module, export: exported, methods }): ClientModule => ({
      module,
      export: exported,
      role: (method): Role | null =>
        Object.hasOwn(methods, method) ? (methods[method] ?? null) : null,
    }),
  );
  return { clients: [MOBILE_CLIENT, ...named] };
}
