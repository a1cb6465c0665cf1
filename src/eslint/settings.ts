/** What users say under `settings['intercom-jwt']`: read, checked, and filled in. */

import * as v from 'valibot';

import { machine } from '../project/machine.ts';
import { EXTENSION } from '../project/names.ts';
import type { ClientModule } from '../sdk/client-module.ts';
import { clientBy, CLIENTS, PRESETS, PRESET_NAMES, withOwn } from '../sdk/packages.ts';
import { ROLES } from '../sdk/roles.ts';
import { TOLD, type Step, type Wrapper } from '../values/libraries/shapes.ts';

/** The key of our settings in a configuration. */
const SETTINGS_KEY = 'intercom-jwt';

const IS_OBJECT = v.check(
  (value: unknown) => !Array.isArray(value),
  'Invalid type: Expected Object but received Array',
);

/** An object with these keys and no others. */
function objectOf<Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).map((key) => `"${key}"`);
  const schema = v.strictObject(entries, ({ message, expected, received }) => {
    if (expected === 'never') return `Unknown key: Expected one of ${known.join(', ')}`;
    return received === 'undefined' ? `Missing key: Expected ${expected}` : message;
  });
  return v.pipe(v.unknown(), IS_OBJECT, schema);
}

const NAME = v.pipe(v.string(), v.nonEmpty('Invalid name: Expected some text but received none'));

const CLIENT = objectOf({
  module: NAME,
  export: v.optional(NAME, 'default'),
  promises: v.optional(v.boolean(), false),
  methods: v.pipe(
    v.unknown(),
    IS_OBJECT,
    v.record(NAME, v.picklist(ROLES)),
    v.check((methods) => Object.keys(methods).length > 0, 'No methods: Expected one or more'),
  ),
});

/** A place among arguments, and of a property in what is given there. */
const PLACE = v.pipe(
  v.string(),
  v.regex(
    /^\d(?:\.[^.]+)*$/,
    'Invalid key: Expected the place of an argument, such as "0" or "1.onSuccess"',
  ),
);

const WRAPPER = objectOf({
  module: NAME,
  export: v.optional(NAME, 'default'),
  runs: v.pipe(
    v.unknown(),
    IS_OBJECT,
    v.record(PLACE, v.picklist(TOLD)),
    v.check((runs) => Object.keys(runs).length > 0, 'No arguments: Expected one or more'),
  ),
});

const PRESET = v.picklist(PRESET_NAMES);

const SETTINGS = objectOf({
  clients: v.optional(
    v.array(v.lazy((client) => (typeof client === 'string' ? PRESET : CLIENT))),
    [],
  ),
  wrappers: v.optional(v.array(WRAPPER), []),
  crossFile: v.optional(v.boolean(), true),
  digest: v.optional(v.string()),
  suggestions: v.optional(v.boolean(), true),
});

export interface Settings {
  /** All clients to follow, those among them that need not be named. They share one session. */
  readonly clients: readonly ClientModule[];
  /** The functions that are told of, and what they do with those that they are given. */
  readonly wrappers: readonly Wrapper[];
  /** Whether modules that a file imports are looked into. */
  readonly crossFile: boolean;
  /** Whether changes are tried that may mend what is reported. */
  readonly suggestions: boolean;
}

/** Settings that were not understood: where, and why. */
export interface InvalidSettings {
  readonly path: string;
  readonly problem: string;
}

const DEFAULTS: Settings = {
  clients: CLIENTS,
  wrappers: [],
  crossFile: true,
  suggestions: true,
};

const read = new WeakMap<object, Settings | InvalidSettings>();

/**
 * Reads our part of a configuration's settings. What was read once is remembered.
 *
 * @param cwd the folder that paths in it start from
 */
export function readSettings(
  settings: Readonly<Record<string, unknown>>,
  cwd: string,
): Settings | InvalidSettings {
  const ours = settings[SETTINGS_KEY];
  if (ours === undefined) return DEFAULTS;
  if (typeof ours !== 'object' || ours === null) return parseSettings(ours, cwd);
  let result = read.get(ours);
  if (result === undefined) {
    result = parseSettings(ours, cwd);
    read.set(ours, result);
  }
  return result;
}

/** Reads our settings. What names a file is taken from the folder `cwd`. */
export function parseSettings(ours: unknown, cwd: string): Settings | InvalidSettings {
  const result = v.safeParse(SETTINGS, ours, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const path = (issue.path ?? [])
      .map(({ key }) => (typeof key === 'number' ? `[${String(key)}]` : `.${String(key)}`))
      .join('');
    return { path: `settings['${SETTINGS_KEY}']${path}`, problem: issue.message };
  }
  const named = result.output.clients.map((client): ClientModule => {
    if (typeof client === 'string') return PRESETS[client];
    const { module, export: exported, promises, methods } = client;
    return clientBy(methods, {
      module,
      path: pathOf(module, cwd),
      export: exported,
      promises,
      takes: 'any',
      isOrdered: false,
      global: null,
      type: null,
    });
  });
  const wrappers = result.output.wrappers.map(({ module, export: exported, runs }): Wrapper => {
    const steps = Object.entries(runs).map(([of, how]): Step => ({ of, how }));
    return {
      module,
      path: pathOf(module, cwd),
      names: exported.split('.'),
      calling: { runs: steps, isPassedOn: true },
    };
  });
  const { crossFile, suggestions } = result.output;
  return { clients: withOwn(named), wrappers, crossFile, suggestions };
}

/** The absolute path of a file that is named, without its extension; null for a package. */
function pathOf(module: string, cwd: string): string | null {
  return isPath(module) ? machine().resolve(cwd, module).replace(EXTENSION, '') : null;
}

function isPath(module: string): boolean {
  return /^(?:\.{1,2}[/\\]|[/\\]|[a-z]:[/\\])/i.test(module);
}
