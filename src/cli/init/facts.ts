/** What a project is like: its package manager, its linter, and what it has to do with Intercom. */

import { parseJson } from '../../project/json.ts';
import { namesWeb } from '../../sdk/web/apis.ts';
import type { Tree } from './tree.ts';

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCKS: readonly (readonly [file: string, Manager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);

const LEGACY = ['', '.js', '.cjs', '.json', '.yml', '.yaml'].map((ending) => `.eslintrc${ending}`);

/** A workspace is looked for so many folders up. */
const MAX_UP = 8;

export interface Facts {
  readonly manager: Manager;
  /** Whether the folder of the run is the root of a workspace of the manager's. */
  readonly isWorkspaceRoot: boolean;
  /** Whether the manager is Yarn 1, which has options of its own. */
  readonly isYarnClassic: boolean;
  /** The flat configuration of ESLint that holds here; null where there is none. */
  readonly flatConfig: string | null;
  /** A configuration that ESLint 9 and later do not read. */
  readonly legacyConfig: string | null;
  readonly oxlintConfig: string | null;
  /** The manifest of the folder; null where there is none that can be read. */
  readonly manifest: Manifest | null;
  readonly usage: Usage;
}

export interface Manifest {
  readonly text: string;
  readonly type: 'module' | 'commonjs';
  readonly scripts: Readonly<Record<string, string>>;
  /** All that it depends on, in any way, with the ranges. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Files that do something with Intercom, by what they do. */
export interface Usage {
  readonly client: readonly string[];
  readonly web: readonly string[];
  readonly sets: readonly string[];
  readonly provides: readonly string[];
  readonly hashes: readonly string[];
  readonly mints: readonly string[];
}

export function factsOf(tree: Tree): Facts {
  const above = Array.from({ length: MAX_UP }, (_, index) => '../'.repeat(index));
  const root = above.findIndex(
    (up) => LOCKS.some(([lock]) => tree.exists(up + lock)) || tree.exists(`${up}.git`),
  );
  const folders = above.slice(0, root + 1 || 1);
  const first = (names: readonly string[]): string | null =>
    folders.flatMap((up) => names.map((name) => up + name)).find(tree.exists) ?? null;
  const manifest = manifestIn(tree, 'package.json');
  return {
    manager: managerOf(tree, folders),
    isYarnClassic: folders.some(
      (up) => tree.read(`${up}yarn.lock`)?.includes('# yarn lockfile v1') === true,
    ),
    isWorkspaceRoot: tree.exists('pnpm-workspace.yaml') || hasWorkspaces(manifest),
    flatConfig: first(FLAT),
    legacyConfig: first(LEGACY),
    oxlintConfig: first(['.oxlintrc.json']),
    manifest,
    usage: usageIn(tree),
  };
}

function managerOf(tree: Tree, folders: readonly string[]): Manager {
  for (const up of folders) {
    const text = tree.read(`${up}package.json`);
    const said = recordOf(text === null ? null : parseJson(text))['packageManager'];
    const [, name] = /^(npm|pnpm|yarn|bun)@/u.exec(typeof said === 'string' ? said : '') ?? [];
    const manager = MANAGERS.find((one) => one === name);
    if (manager !== undefined) return manager;
    const lock = LOCKS.find(([file]) => tree.exists(up + file));
    if (lock !== undefined) return lock[1];
  }
  return 'npm';
}

const MANAGERS: readonly Manager[] = ['npm', 'pnpm', 'yarn', 'bun'];

function manifestIn(tree: Tree, path: string): Manifest | null {
  const text = tree.read(path);
  const json = text === null ? null : parseJson(text);
  if (text === null || typeof json !== 'object' || json === null) return null;
  const record = recordOf(json);
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  return {
    text,
    type: record['type'] === 'module' ? 'module' : 'commonjs',
    scripts: textsOf(record['scripts']),
    dependencies: new Map(kinds.flatMap((kind) => Object.entries(textsOf(record[kind])))),
  };
}

function hasWorkspaces(manifest: Manifest | null): boolean {
  return manifest !== null && 'workspaces' in recordOf(parseJson(manifest.text));
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/u;

function usageIn(tree: Tree): Usage {
  const usage = {
    client: [] as string[],
    web: [] as string[],
    sets: [] as string[],
    provides: [] as string[],
    hashes: [] as string[],
    mints: [] as string[],
  };
  for (const path of tree.files()) {
    if (!SCRIPT.test(path)) continue;
    const text = tree.read(path);
    if (text === null || !/intercom/iu.test(text)) continue;
    if (text.includes('@intercom/intercom-react-native')) usage.client.push(path);
    if (namesWeb(text)) usage.web.push(path);
    if (/setUserJwt\b/u.test(text)) usage.sets.push(path);
    if (/setUserJwtProvider\b/u.test(text)) usage.provides.push(path);
    if (/setUserHash\b/u.test(text)) usage.hashes.push(path);
    if (/\bSignJWT\b|\bHS256\b|\bcreateHmac\b|\bjsonwebtoken\b/u.test(text)) usage.mints.push(path);
  }
  return usage;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
