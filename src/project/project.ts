/** The project around a file that is linted: the modules that its imports lead to. */

import { dirname, join } from 'node:path';

import { rootOf, type Node, type Program } from '../flow/ast.ts';
import type { Module } from './module.ts';
import { realPath } from './files.ts';
import type { HostParser } from './parse.ts';
import { stemOf } from './resolve.ts';
import { specifiersIn } from './specifiers.ts';
import { Store } from './store.ts';
import { mayInstall, workspaceRoot } from './workspace.ts';

/** Around one file, no more modules than these are looked into; the others have no effect. */
const MAX_MODULES = 256;

export interface ProjectOptions {
  /** The absolute path of the file that is linted. */
  readonly filename: string;
  /** What names a client in a text. */
  readonly marks: readonly string[];
  /** The packages that are clients; without any of them nothing leads to one. */
  readonly packages: readonly string[];
  readonly host: HostParser | null;
  /** Whether modules are looked into; if not, only the paths of imports are followed. */
  readonly crossFile: boolean;
}

const stores = new Map<string, Store>();

function storeOf(root: string, marks: readonly string[]): Store {
  const key = [root, ...marks].join('\0');
  let store = stores.get(key);
  if (store === undefined) {
    store = new Store(root, marks);
    stores.set(key, store);
  }
  return store;
}

export class Project {
  readonly #filename: string;
  readonly #host: HostParser | null;
  readonly #crossFile: boolean;
  readonly #store: Store;
  readonly #isWithClient: () => boolean;
  readonly #moduleOf = new Map<Program, Module>();
  readonly #byPath = new Map<string, Module | null>();

  constructor({ filename, marks, packages, host, crossFile }: ProjectOptions) {
    this.#filename = realPath(filename);
    const root = workspaceRoot(dirname(this.#filename));
    this.#host = host;
    this.#crossFile = crossFile;
    this.#store = storeOf(root, marks);
    this.#isWithClient = () => mayInstall(root, packages);
  }

  /** Whether what a file imports leads to a client. Nothing is parsed for that. */
  reachesClient(text: string): boolean {
    if (!this.#crossFile || !this.#isWithClient()) return false;
    return specifiersIn(text).some((specifier) =>
      this.#store
        .imported(this.#filename, specifier)
        .some((path) => path !== this.#filename && this.#store.reaches(path)),
    );
  }

  /** Takes the tree of the linted file for the module at its path. */
  setLinted(linted: Omit<Module, 'path'>): void {
    const module = { ...linted, path: this.#filename };
    this.#moduleOf.set(module.program, module);
    this.#byPath.set(module.path, module);
  }

  /**
   * Whether an import leads to a file.
   *
   * @param path its absolute path without its extension, or that of the folder whose index it is
   */
  leadsTo(from: Node, specifier: string, path: string): boolean {
    const importer = this.moduleOf(from);
    if (importer === null) return false;
    return this.#store.imported(importer.path, specifier).some((one) => isFileOf(one, path));
  }

  /**
   * The modules of the project that an import leads to, as far as they can matter: what the linted
   * file imports does, or another that names a client, and everything that leads to a client.
   */
  modules(from: Node, specifier: string): readonly Module[] {
    const importer = this.moduleOf(from);
    if (importer === null || !this.#crossFile) return [];
    return this.#store
      .relevant(
        importer.path,
        specifier,
        importer.path === this.#filename || this.#store.isMarked(importer.text),
      )
      .flatMap((path) => {
        const module = this.#module(path);
        return module === null ? [] : [module];
      });
  }

  /** The path that the variants of a node's module have in common. */
  familyOf(node: Node): string | null {
    const module = this.moduleOf(node);
    return module === null ? null : stemOf(module.path);
  }

  /** The module that a node is in. */
  moduleOf(node: Node): Module | null {
    const root = rootOf(node);
    return root.type === 'Program' ? (this.#moduleOf.get(root) ?? null) : null;
  }

  #module(path: string): Module | null {
    let module = this.#byPath.get(path);
    if (module === undefined) {
      if (this.#byPath.size >= MAX_MODULES) return null;
      module = this.#store.module(path, this.#host);
      this.#byPath.set(path, module);
      if (module !== null) this.#moduleOf.set(module.program, module);
    }
    return module;
  }
}

function isFileOf(file: string, path: string): boolean {
  const stem = stemOf(file);
  return stem === path || stem === join(path, 'index');
}
