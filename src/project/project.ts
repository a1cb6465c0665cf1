/**
 * The project around a file that is linted: the modules that its imports lead to. `resolve` follows a
 * specifier to files, with what the files beside it read from configurations; `store` tells by a
 * search of its text whether a file can matter, and parses those that can, once for all who ask.
 * Nothing outside of the workspace is opened.
 */

import { dirname, join } from 'node:path';

import { rootOf, type Node, type Program } from '../syntax/ast.ts';
import { debugOnce } from './debug.ts';
import type { Module } from './module.ts';
import { realPath } from './files.ts';
import type { HostParser } from './parse.ts';
import { MOBILE, platformsOf, stemOf, winnersOf, type Platform } from './scripts.ts';
import { specifiersIn } from './specifiers.ts';
import { MAX_COMPANY, Store, type Such } from './store.ts';
import { mayInstall, namesPackage, packageAround, workspaceRoot } from './workspace.ts';

/** Around one file, no more modules than these are looked into; the others have no effect. */
const MAX_MODULES = 256;

export interface ProjectOptions {
  /** The absolute path of the file that is linted. */
  readonly filename: string;
  /** The absolute path of the folder that is linted from. */
  readonly cwd: string;
  /** What names a client in a text. */
  readonly marks: readonly string[];
  /** What a text contains that runs on mobile platforms alone. */
  readonly mobile: readonly string[];
  /** The packages that are clients; without any of them nothing leads to one. */
  readonly packages: readonly string[];
  readonly host: HostParser | null;
  /** Whether modules are looked into; if not, only the paths of imports are followed. */
  readonly crossFile: boolean;
}

/** So many companies are kept. */
const MAX_KEPT = 4;

/** Modules that are read together, whichever of them is linted. */
export interface Company {
  readonly project: Project;
  /** Those that name a client, in an order that is always the same. */
  readonly marked: readonly Module[];
  /** The same with all that they lead to. */
  readonly modules: readonly Module[];
}

const companies = new Map<string, { readonly of: object; readonly company: Company }>();

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
  readonly #options: ProjectOptions;
  readonly #filename: string;
  readonly #root: string;
  /** Whether it is that of no one file. */
  readonly #isShared: boolean;
  readonly #host: HostParser | null;
  readonly #crossFile: boolean;
  readonly #store: Store;
  readonly #mobile: readonly string[];
  /** The platforms that the linted file is for; null where it does not tell. */
  #platforms: readonly Platform[] | null = null;
  readonly #isWithClient: () => boolean;
  readonly #moduleOf = new Map<Program, Module>();
  readonly #byPath = new Map<string, Module | null>();

  constructor(options: ProjectOptions, isShared = false) {
    const { filename, cwd, marks, mobile, packages, host, crossFile } = options;
    this.#filename = realPath(filename);
    const root = workspaceRoot(dirname(this.#filename), realPath(cwd));
    this.#options = options;
    this.#root = root;
    this.#isShared = isShared;
    this.#mobile = mobile;
    this.#host = host;
    this.#crossFile = crossFile;
    this.#store = storeOf(root, marks);
    if (!crossFile) debugOnce('the settings turn off to follow imports');
    this.#isWithClient = () => mayInstall(root, packages);
  }

  /** Whether what a file imports leads to a client. Nothing is parsed for that. */
  reachesClient(text: string): boolean {
    return (
      this.#crossFile &&
      this.#isWithClient() &&
      this.#leads(text, (path) => this.#store.reaches(path))
    );
  }

  /** Whether a lock file, or the manifest, of the workspace names one of these packages. */
  isNamed(packages: readonly string[]): boolean {
    return namesPackage(this.#root, packages);
  }

  /** Whether it leads to a module of this kind that names a client. Those that do are parsed. */
  reachesSuch(text: string, isSuch: Such): boolean {
    return (
      this.#crossFile &&
      this.#leads(text, (path) => this.#store.reachesSuch(path, isSuch, this.#host))
    );
  }

  #leads(text: string, reaches: (path: string) => boolean): boolean {
    return specifiersIn(text).some((specifier) =>
      this.#store
        .imported(this.#filename, specifier)
        .some((path) => path !== this.#filename && reaches(path)),
    );
  }

  /**
   * Whether what a text imports has one of these marks in its own text, or leads to what has. Nothing
   * is parsed for that.
   */
  reaches(text: string, marks: readonly string[]): boolean {
    return (
      this.#crossFile &&
      specifiersIn(text).some((specifier) =>
        this.#marked(this.#filename, specifier, marks).some((path) => path !== this.#filename),
      )
    );
  }

  /** As {@link reaches}, of one import of a module. */
  leadsToMark(from: Node, specifier: string, marks: readonly string[]): boolean {
    const importer = this.moduleOf(from);
    if (importer === null || !this.#crossFile) return false;
    return this.#marked(importer.path, specifier, marks).length > 0;
  }

  #marked(from: string, specifier: string, marks: readonly string[]): readonly string[] {
    const store = storeOf(this.#root, marks);
    return store.imported(from, specifier).filter((path) => store.reaches(path));
  }

  /**
   * The other modules of the linted file's package that name a client, and are of this kind, or lead
   * to such.
   */
  neighbours(isSuch: Such): readonly Module[] {
    if (!this.#crossFile) return [];
    const folder = packageAround(dirname(this.#filename), this.#root);
    return this.#store
      .markedIn(folder)
      .filter(
        (path) => path !== this.#filename && this.#store.reachesSuch(path, isSuch, this.#host),
      )
      .flatMap((path) => this.#module(path) ?? []);
  }

  /** Takes the tree of the linted file for the module at its path. */
  setLinted(linted: Omit<Module, 'path'>): void {
    const module = { ...linted, path: this.#filename };
    this.#add(module);
    this.#platforms = this.#platformsOf(module);
  }

  /**
   * The modules that are read together with a file, where many of them name a client and all lead to
   * each other; null where it is read by itself, or is not as it is on disk.
   */
  company(text: string): { readonly company: Company; readonly own: Module } | null {
    const store = this.#store;
    const company = this.#crossFile ? store.companyOf(this.#filename) : null;
    if (company === null) return null;
    const own = store.module(this.#filename, this.#host);
    if (own?.text !== text) return null;
    const platforms = this.#platformsOf(own);
    const key = [this.#root, company.signature, ...(platforms ?? [])].join('\0');
    const known = companies.get(key);
    // What is on disk is believed for one run.
    if (known?.of === company) return { company: known.company, own };
    const modules = company.reached.flatMap((path) => store.module(path, this.#host) ?? []);
    const isSame =
      known?.company.modules.length === modules.length &&
      known.company.modules.every((module, index) => module === modules[index]);
    if (isSame) {
      companies.set(key, { ...known, of: company });
      return { company: known.company, own };
    }
    const project = new Project(this.#options, true);
    project.#platforms = platforms;
    for (const module of modules) project.#add(module);
    const isMarked = new Set(company.marked);
    const made: Company = {
      project,
      modules,
      marked: modules.filter(({ path }) => isMarked.has(path)),
    };
    companies.delete(key);
    companies.set(key, { of: company, company: made });
    const [oldest] = companies.keys();
    if (companies.size > MAX_KEPT && oldest !== undefined) companies.delete(oldest);
    return { company: made, own };
  }

  /** The platforms that a module runs on, as its name tells, or what it uses; null where neither does. */
  #platformsOf({ path, text }: Module): readonly Platform[] | null {
    return platformsOf(path) ?? (this.#mobile.some((mark) => text.includes(mark)) ? MOBILE : null);
  }

  /** The platforms on which one module asks for another: those of the linted file that it is for. */
  #platformsFrom(importer: Module): readonly Platform[] | null {
    const own = this.#platformsOf(importer);
    const common = own?.filter((platform) => this.#platforms?.includes(platform) !== false) ?? [];
    return common.length > 0 ? common : (own ?? this.#platforms);
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

  /** Whether an import leads to any file of the project. */
  isOwn(from: Node, specifier: string): boolean {
    const importer = this.moduleOf(from);
    return importer !== null && this.#store.imported(importer.path, specifier).length > 0;
  }

  /**
   * The modules of the project that an import leads to, as far as they can matter: what the linted
   * file imports does, or another that names a client, and everything that leads to a client.
   */
  modules(from: Node, specifier: string): readonly Module[] {
    const importer = this.moduleOf(from);
    if (importer === null || !this.#crossFile) return [];
    const paths = this.#store.relevant(
      importer.path,
      specifier,
      (!this.#isShared && importer.path === this.#filename) || this.#store.isMarked(importer.text),
    );
    const platforms = this.#platformsFrom(importer);
    return (platforms === null ? paths : winnersOf(paths, platforms)).flatMap((path) => {
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

  /** Around one file of a company, as many modules are looked into as around all of it. */
  #most(): number {
    return this.#store.companyOf(this.#filename) === null ? MAX_MODULES : MAX_COMPANY;
  }

  #add(module: Module): void {
    this.#moduleOf.set(module.program, module);
    this.#byPath.set(module.path, module);
  }

  #module(path: string): Module | null {
    let module = this.#byPath.get(path);
    if (module === undefined) {
      if (this.#byPath.size >= MAX_MODULES && this.#byPath.size >= this.#most()) {
        debugOnce('%s leads to more modules than are looked into', this.#filename);
        return null;
      }
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
