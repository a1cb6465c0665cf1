/** A digest of what other files can tell of a project's functions. */

import { createHash } from 'node:crypto';
import { dirname, relative, sep } from 'node:path';

import { isNode } from '../syntax/ast.ts';
import { readText, realPath, type Outline } from './files.ts';
import type { Module } from './module.ts';
import { Store } from './store.ts';
import { scriptsIn } from './walk.ts';
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
  /** What one contains that may have another mint, and what that one contains. */
  readonly lending: RegExp;
  readonly lent: readonly string[];
  /** What names the web Messenger, in a text and by itself, and whether a text may borrow it. */
  readonly web: {
    readonly marks: readonly string[];
    readonly isNamed: (text: string) => boolean;
    readonly mayBorrow: (text: string) => boolean;
  };
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
export function digestOf(options: DigestOptions): string {
  const { cwd, marks, called, packages, minting, lending, lent, web } = options;
  const folder = realPath(cwd);
  const hash = createHash('sha256');
  const spaces = new Map<string, Workspace>();
  for (const path of scriptsIn(folder)) {
    const text = readText(path);
    if (text === null) continue;
    const isMarked = marks.some((mark) => text.includes(mark));
    const isCalling = isMarked || called.some((name) => name.test(text));
    const isMinting = minting.test(text);
    const isLending = !isMinting && lending.test(text);
    const isOfWeb = web.isNamed(text);
    const isNearWeb = isOfWeb || web.mayBorrow(text);
    if (!isCalling && !isMinting && !isLending && !isNearWeb) continue;
    const root = workspaceRoot(dirname(path), folder);
    let space = spaces.get(root);
    if (space === undefined) {
      space = {
        ...{ store: new Store(root, marks), lender: new Store(root, lent) },
        ...{ web: new Store(root, web.marks), calling: [], minting: [], naming: [], near: [] },
      };
      spaces.set(root, space);
    }
    // As linting does, it follows what a file imports that names a client, installed or not.
    if (isCalling && (isMarked || mayInstall(root, packages))) {
      space.calling.push(path);
    }
    if (isMinting || (isLending && space.lender.reaches(path))) space.minting.push(path);
    if (isOfWeb) space.naming.push(path);
    if (isNearWeb) space.near.push(path);
  }
  const nameOf = (path: string): string => relative(folder, path).replaceAll(sep, '/');
  const contents = new Map<string, string>();
  const leads = new Set<string>();
  for (const space of spaces.values()) {
    const { store, calling, minting: mints } = space;
    const onLead: OnLead = (specifier, paths) => {
      // What any other leads to is a matter of the configuration.
      if (!specifier.startsWith('.')) leads.add([specifier, ...paths.map(nameOf)].join('\0'));
    };
    for (const path of [
      ...dependencies(store, calling, onLead),
      ...importedBy(store, mints, onLead),
      // What one file tells the web Messenger is held against what all others of its package do.
      ...space.naming,
      ...dependencies(space.web, space.near, onLead),
    ]) {
      if (!contents.has(path)) contents.set(path, contentOf(store.module(path, null), path));
    }
  }
  for (const path of [...contents.keys()].sort()) {
    hash.update(`\0${nameOf(path)}\0${contents.get(path) ?? ''}`);
  }
  for (const lead of [...leads].sort()) hash.update(`\0\0${lead}`);
  return hash.digest('hex').slice(0, 32);
}

/** The files of one workspace. */
interface Workspace {
  readonly store: Store;
  /** Knows which files lead to a mint. */
  readonly lender: Store;
  /** Those that call what may be a client. */
  readonly calling: string[];
  /** Those that mint tokens. */
  readonly minting: string[];
  /** Knows which files lead to the web Messenger. */
  readonly web: Store;
  /** Those that name it, and with them those that may borrow it. */
  readonly naming: string[];
  readonly near: string[];
}

/** Is told where a specifier leads. */
type OnLead = (specifier: string, paths: readonly string[]) => void;

/** The modules that the verdicts depend on, on files that call what may be a client. */
function dependencies(store: Store, files: readonly string[], onLead: OnLead): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string, isLinted: boolean): void => {
    const { isMarked, specifiers } = store.outline(path) ?? NOTHING;
    for (const specifier of specifiers) {
      const paths = store.relevant(path, specifier, isLinted || isMarked);
      if (paths.length > 0) onLead(specifier, paths);
      for (const imported of paths) found.add(imported);
    }
  };
  for (const path of files) {
    if (store.reaches(path)) visit(path, true);
  }
  for (const path of found) visit(path, false);
  return found;
}

/** The modules that minting files import, and those that these import. */
function importedBy(store: Store, files: readonly string[], onLead: OnLead): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { specifiers } = store.outline(path) ?? NOTHING;
    for (const specifier of specifiers) {
      const paths = store.imported(path, specifier);
      if (paths.length > 0) onLead(specifier, paths);
      for (const imported of paths) found.add(imported);
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
