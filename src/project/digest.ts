/** A digest of what other files can tell of a project's functions. */

import { createHash } from 'node:crypto';
import { readdirSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { isNode } from '../flow/ast.ts';
import { readText, realPath, type Outline } from './files.ts';
import type { Module } from './module.ts';
import { EXTENSION } from './resolve.ts';
import { Store } from './store.ts';
import { mayInstall, workspaceRoot } from './workspace.ts';

export interface DigestOptions {
  /** The absolute path of the folder whose files are linted. */
  readonly cwd: string;
  /** What names a client in a text. */
  readonly marks: readonly string[];
  /** What a text contains that calls a method of a client. */
  readonly called: readonly RegExp[];
  readonly packages: readonly string[];
  /** What a text contains that mints tokens: it reads the constants of any module it leads to. */
  readonly minting: RegExp;
}

const NOTHING: Outline = { isMarked: false, specifiers: [] };

/** Keys of a tree that tell how it was written, or of types that have no say, not what it does. */
const INCIDENTAL = new Set([
  'start',
  'end',
  'range',
  'loc',
  'parent',
  'raw',
  'comments',
  'hashbang',
  'implements',
  'returnType',
  'superTypeArguments',
  'typeArguments',
  'typeParameters',
]);

/** Nodes that do nothing, and tell nothing of a value. */
const IDLE = new Set(['EmptyStatement', 'JSXText', 'TSInterfaceDeclaration']);

/**
 * Changes when a module changes in more than comments, layout and what has no say that a file of the
 * folder depends on: one that such a file, if it calls a client, imports, or what leads from there to a
 * client; or any that a file imports which mints tokens, and what that imports.
 */
export function digestOf({ cwd, marks, called, packages, minting }: DigestOptions): string {
  const folder = realPath(cwd);
  const root = workspaceRoot(folder);
  const hash = createHash('sha256');
  const store = new Store(root, marks);
  const isWithClient = mayInstall(root, packages);
  const calling: string[] = [];
  const mints: string[] = [];
  for (const path of filesIn(folder)) {
    const text = readText(path);
    if (text === null) continue;
    if (isWithClient && called.some((name) => name.test(text))) calling.push(path);
    if (minting.test(text)) mints.push(path);
  }
  const paths = new Set([...dependencies(store, calling), ...importedBy(store, mints)]);
  for (const path of [...paths].sort()) {
    const module = store.module(path, null);
    hash.update(`\0${relative(folder, path).replaceAll(sep, '/')}\0${contentOf(module, path)}`);
  }
  return hash.digest('hex').slice(0, 32);
}

/** The modules that the verdicts depend on, on files that call what may be a client. */
function dependencies(store: Store, files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string, isLinted: boolean): void => {
    const { isMarked, specifiers } = store.outline(path) ?? NOTHING;
    for (const specifier of specifiers) {
      for (const imported of store.relevant(path, specifier, isLinted || isMarked)) {
        found.add(imported);
      }
    }
  };
  for (const path of files) {
    if (store.reaches(path)) visit(path, true);
  }
  for (const path of found) visit(path, false);
  return found;
}

/** The modules that minting files import, and those that these import. */
function importedBy(store: Store, files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { specifiers } = store.outline(path) ?? NOTHING;
    for (const specifier of specifiers) {
      for (const imported of store.imported(path, specifier)) found.add(imported);
    }
  };
  for (const path of files) visit(path);
  for (const path of found) visit(path);
  return found;
}

function contentOf(module: Module | null, path: string): string {
  if (module === null) return readText(path) ?? '';
  return JSON.stringify(module.program, (key, value: unknown) => {
    if (INCIDENTAL.has(key)) return undefined;
    if (Array.isArray(value)) return (value as readonly unknown[]).filter((item) => !isIdle(item));
    return typeof value === 'bigint' ? String(value) : value;
  });
}

function isIdle(item: unknown): boolean {
  if (!isNode(item)) return false;
  const { type } = item.type === 'ExportNamedDeclaration' ? (item.declaration ?? item) : item;
  return IDLE.has(type);
}

/** The scripts of a folder, what is installed or hidden left out. */
function* filesIn(folder: string): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile() && EXTENSION.test(entry.name)) yield path;
  }
}
