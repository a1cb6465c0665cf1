/** Which files a package offers, and which sources they are built from. */

import { join, relative, sep } from 'node:path';

import { isObject, jsonAt, kindOf, own, type JsonObject } from './disk.ts';
import { bareOf, isScript, scriptAt } from './scripts.ts';
import { sourcesOf } from './tsconfig.ts';
import { isInside, manifestOf } from './workspace.ts';

/** Under which conditions a file is taken; others are a project's own, for its sources. */
const TAKEN = new Set([
  'react-native',
  'development',
  'import',
  'require',
  'node',
  'module',
  'module-sync',
  'default',
]);
/** Conditions of files that are for others. */
const OTHERS = new Set([
  'browser',
  'bun',
  'deno',
  'edge-light',
  'electron',
  'node-addons',
  'production',
  'react-server',
  'types',
  'worker',
  'workerd',
]);

const MAIN_FIELDS = ['source', 'react-native', 'module', 'main', 'types', 'typings'] as const;

/** A file that a package offers, and whether it is its source, what is run, or its types. */
interface Target {
  readonly path: string;
  readonly kind: 'source' | 'run' | 'types';
}

const RANKS = ['source', 'run', 'types'] as const;

/**
 * The script that a package offers, or the source from which an absent one is built; null where it
 * offers none.
 *
 * @param subpath what follows the name of the package: `''`, or `/…`
 */
export function offeredBy(folder: string, subpath: string, root: string): string | null {
  const manifest = manifestOf(folder);
  const exported = own(manifest, 'exports');
  if (exported === undefined || exported === null) {
    if (subpath !== '') return scriptOrSource(join(folder, subpath), root, folder);
    return firstOf(folder, mainsOf(manifest), root) ?? mainSourceOf(folder);
  }
  const entries =
    isObject(exported) && Object.keys(exported).every((key) => key.startsWith('.'))
      ? exported
      : { '.': exported };
  const targets = entriesFor(entries, `.${subpath}`);
  const isMain = subpath === '' && targets.length > 0;
  return firstOf(folder, targets, root) ?? (isMain ? mainSourceOf(folder) : null);
}

/** What a package is most likely built from, whatever the build is called. */
function mainSourceOf(folder: string): string | null {
  return indexAt(join(folder, 'src')) ?? indexAt(folder);
}

/** What a package calls a module of its own by a name that begins with `#`; null where nothing. */
export function importedBy(folder: string, specifier: string, root: string): string | null {
  const imports = own(manifestOf(folder), 'imports');
  return isObject(imports) ? firstOf(folder, entriesFor(imports, specifier), root) : null;
}

function mainsOf(manifest: JsonObject | null): readonly Target[] {
  return MAIN_FIELDS.flatMap((field) => {
    const path = own(manifest, field);
    if (typeof path !== 'string') return [];
    const kind = field === 'source' ? 'source' : field.startsWith('typ') ? 'types' : 'run';
    return [{ path, kind } as const];
  });
}

/** The targets of an entry, by its name or by the pattern with the longest beginning. */
function entriesFor(entries: JsonObject, name: string): readonly Target[] {
  const exact = own(entries, name);
  if (exact !== undefined) return targetsOf(exact, '', 'run');
  let best: readonly Target[] = [];
  let length = -1;
  for (const [pattern, value] of Object.entries(entries)) {
    const star = pattern.endsWith('/') ? pattern.length : pattern.indexOf('*');
    const suffix = pattern.slice(star + 1);
    const isMatch =
      star > length &&
      name.length > star + suffix.length &&
      name.startsWith(pattern.slice(0, star)) &&
      name.endsWith(suffix);
    if (!isMatch) continue;
    length = star;
    best = targetsOf(value, name.slice(star, name.length - suffix.length), 'run');
  }
  return best;
}

/** The targets of a value, with what stands for `*` in them. */
function targetsOf(value: unknown, star: string, kind: Target['kind']): readonly Target[] {
  const found: Target[] = [];
  const open: { readonly value: unknown; readonly kind: Target['kind'] }[] = [{ value, kind }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: one, kind: its } = next;
    if (typeof one === 'string') {
      const path = one.endsWith('/') ? one + star : one.replaceAll('*', () => star);
      found.push({ path, kind: its });
    } else if (Array.isArray(one)) {
      open.push(
        ...(one as readonly unknown[]).map((inner) => ({ value: inner, kind: its })).reverse(),
      );
    } else if (isObject(one)) {
      const inner = Object.entries(one).flatMap(([condition, under]) => {
        const at = kindUnder(condition, its);
        return at === null ? [] : [{ value: under, kind: at }];
      });
      open.push(...inner.reverse());
    }
  }
  return found;
}

/** What is offered under a condition; null where that is for others. */
function kindUnder(condition: string, outer: Target['kind']): Target['kind'] | null {
  if (condition === 'types' || condition.startsWith('types@')) return 'types';
  if (OTHERS.has(condition)) return null;
  return TAKEN.has(condition) || outer !== 'run' ? outer : 'source';
}

/** The first of the targets that is there, sources first; else the source of the first. */
function firstOf(folder: string, targets: readonly Target[], root: string): string | null {
  const paths = RANKS.flatMap((kind) => targets.filter((target) => target.kind === kind))
    .map(({ path }) => join(folder, path))
    .filter((path) => isInside(path, folder));
  for (const path of paths) {
    const script = scriptAt(path) ?? indexAt(path);
    if (script !== null) return script;
  }
  for (const path of paths) {
    const source = sourceOf(folder, path, root);
    if (source !== null) return source;
  }
  return null;
}

/** Folders that hold what is built. */
const OUTPUTS = new Set(['build', 'cjs', 'dist', 'es', 'esm', 'lib', 'out', 'output', 'umd']);

/**
 * The script at a path, with or without extension or of a folder; where there is none in a folder of
 * builds, its source.
 *
 * @param folder the package that the path is in, if it is in one
 */
export function scriptOrSource(path: string, root: string, folder: string | null): string | null {
  const script = scriptAt(path) ?? indexAt(path);
  if (script !== null || folder === null) return script;
  const [first = ''] = relative(folder, path).split(sep);
  const configured = sourcesOf(folder, bareOf(path), root).map(scriptAt);
  return (
    configured.find((source) => source !== null) ??
    (OUTPUTS.has(first) ? sourceOf(folder, path, root) : null)
  );
}

/** The script that stands for a folder: what its own `package.json` names, else its index. */
function indexAt(folder: string): string | null {
  if (kindOf(folder) !== 'folder') return null;
  for (const { path } of mainsOf(jsonAt(folder, 'package.json'))) {
    const main = join(folder, path);
    const script = scriptAt(main) ?? scriptAt(join(main, 'index'));
    if (script !== null && isInside(main, folder)) return script;
  }
  return scriptAt(join(folder, 'index'));
}

/**
 * The source that an absent file of a package is built from: where its configuration says so, else in
 * `src` or in the package itself, without one or more of the folders that hold the output.
 */
function sourceOf(folder: string, output: string, root: string): string | null {
  if (!isInside(output, folder)) return null;
  const steps = bareOf(relative(folder, output)).split(sep);
  const candidates = sourcesOf(folder, bareOf(output), root).slice();
  for (let count = 1; count < steps.length; count++) {
    const rest = join(...steps.slice(count));
    candidates.push(join(folder, 'src', rest), join(folder, rest));
  }
  for (const path of candidates) {
    const script = scriptAt(path);
    if (script !== null && isScript(script) && isInside(script, root)) return script;
  }
  return null;
}
