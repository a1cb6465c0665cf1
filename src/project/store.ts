/** The files of a project in memory: which of them can matter, and those that were parsed. */

import { debugOnce } from './debug.ts';
import { currentEpoch } from './epoch.ts';
import { isSameStamp, readText, stampOf, type Outline, type Stamp } from './files.ts';
import { findKnots, reachedFrom, signatureOf, type Graph } from './knots.ts';
import type { Module } from './module.ts';
import { parse, type HostParser } from './parse.ts';
import { resolve } from './resolve.ts';
import { specifiersIn } from './specifiers.ts';
import { scriptsIn } from './walk.ts';

/** So many trees are kept; the one that was asked for longest ago goes first. */
const MAX_MODULES = 2000;
const MAX_OUTLINES = 100_000;

/** So many files that name a client, at least, are read together where they all lead to each other. */
const MIN_COMPANY = 16;

/** Of a package, no more files than these are searched. */
const MAX_PACKAGE = 20_000;

/** More modules than these are not read together. */
export const MAX_COMPANY = 1000;

/** Files that all lead to each other, and what they lead to. */
export interface Company {
  /** Those of them that name a client. */
  readonly marked: readonly string[];
  /** All of them, and all that they lead to. */
  readonly reached: readonly string[];
  /** Tells companies apart. */
  readonly signature: string;
}

/** Whether a module is of a kind. */
export type Such = (module: Module) => boolean;

interface Kept<T> {
  readonly stamp: Stamp;
  readonly value: T;
}

/** The trees of files, for all stores: each is parsed once, whatever it is asked for. */
const modules = new Map<string, Kept<Module | null>>();

export class Store implements Graph {
  readonly #root: string;
  readonly #marks: readonly string[];
  readonly #outlines = new Map<string, Kept<Outline> | null>();
  /** Whether files lead to a marked one; what is known in this epoch. */
  readonly #reaching = new Map<string, boolean>();
  /** The same of modules of a kind. */
  readonly #reachingSuch = new Map<Such, Map<string, boolean>>();
  /** What files lead to that can matter, which of them are in a knot, and with whom; in this epoch. */
  readonly #next = new Map<string, readonly string[]>();
  readonly #knots = new Map<string, readonly string[]>();
  readonly #companies = new Map<readonly string[], Company | null>();
  /** The files of packages that name a client; in this epoch. */
  readonly #packages = new Map<string, readonly string[]>();
  /** The files whose outline has been compared with the disk in this epoch. */
  readonly #looked = new Set<string>();
  #epoch = 0;

  /**
   * @param root the folder of the workspace; nothing outside it is read
   * @param marks what a file contains that names a client
   */
  constructor(root: string, marks: readonly string[]) {
    this.#root = root;
    this.#marks = marks;
  }

  /** The files of the project that an import leads to. */
  imported(from: string, specifier: string): readonly string[] {
    return resolve(from, specifier, this.#root);
  }

  /**
   * Those of them that can matter: all that a file imports which names a client, else what leads to
   * a client. Where one platform's variant does, the others count too.
   */
  relevant(from: string, specifier: string, isMarked: boolean): readonly string[] {
    const paths = this.imported(from, specifier);
    return isMarked || paths.some((path) => this.reaches(path)) ? paths : [];
  }

  /** Whether a text names a client. */
  isMarked(text: string): boolean {
    return this.#marks.some((mark) => text.includes(mark));
  }

  /** A file's module; null where it cannot be read or parsed. */
  module(path: string, host: HostParser | null): Module | null {
    const stamp = stampOf(path);
    if (stamp === null) return null;
    const known = modules.get(path);
    let value: Module | null;
    if (known !== undefined && isSameStamp(known.stamp, stamp)) {
      value = known.value;
    } else {
      const text = readText(path);
      const parsed = text === null ? null : parse(path, text, host);
      value = text === null || parsed === null ? null : { path, text, ...parsed };
    }
    modules.delete(path);
    modules.set(path, { stamp, value });
    const [oldest] = modules.keys();
    if (modules.size > MAX_MODULES && oldest !== undefined) modules.delete(oldest);
    return value;
  }

  /** Whether a file names a client, or leads to one that does by what it imports. */
  reaches(path: string): boolean {
    return this.#leads(path, this.#reaching, ({ isMarked }) => isMarked);
  }

  /** Whether a file, or one that it leads to, is a module of this kind which names a client. */
  reachesSuch(path: string, isSuch: Such, host: HostParser | null): boolean {
    const known = this.#reachingSuch.get(isSuch) ?? new Map<string, boolean>();
    this.#reachingSuch.set(isSuch, known);
    return this.#leads(path, known, ({ isMarked }, file) => {
      const module = isMarked ? this.module(file, host) : null;
      return module !== null && isSuch(module);
    });
  }

  /**
   * Whether a file is a goal, or leads to one by what it imports. Linear in the files that are looked
   * at for the first time, each of which is looked at once in an epoch.
   *
   * @param reaching what is known in this epoch
   */
  #leads(
    path: string,
    reaching: Map<string, boolean>,
    isGoal: (outline: Outline, file: string) => boolean,
  ): boolean {
    this.#enterEpoch();
    const known = reaching.get(path);
    if (known !== undefined) return known;
    const importers = new Map<string, string[]>();
    const goals: string[] = [];
    const found = new Set([path]);
    for (const file of found) {
      const outline = this.outline(file);
      if (outline === null) continue;
      if (isGoal(outline, file)) goals.push(file);
      for (const specifier of outline.specifiers) {
        for (const imported of this.imported(file, specifier)) {
          const isKnown = reaching.get(imported);
          if (isKnown === false) continue;
          if (isKnown === true) {
            goals.push(file);
            continue;
          }
          found.add(imported);
          const others = importers.get(imported);
          if (others === undefined) importers.set(imported, [file]);
          else others.push(file);
        }
      }
    }
    const reached = new Set(goals);
    for (const file of reached) {
      for (const importer of importers.get(file) ?? []) reached.add(importer);
    }
    for (const file of found) reaching.set(file, reached.has(file));
    return reached.has(path);
  }

  /**
   * The files that a file is read together with, as all of them lead to each other; null where they
   * are too few that name a client, or too many.
   */
  companyOf(path: string): Company | null {
    this.#enterEpoch();
    findKnots(path, this, this.#knots);
    const members = this.#knots.get(path) ?? [path];
    let company = this.#companies.get(members);
    if (company === undefined) {
      company = this.#companyAround(members);
      this.#companies.set(members, company);
    }
    return company;
  }

  #companyAround(members: readonly string[]): Company | null {
    const marked = members.filter((path) => this.outline(path)?.isMarked === true);
    if (marked.length < MIN_COMPANY) return null;
    const reached = reachedFrom(members, this, MAX_COMPANY);
    return reached === null ? null : { marked, reached, signature: signatureOf(reached, this) };
  }

  /** What a file leads to that can matter, where it is not the one that is linted. */
  next(path: string): readonly string[] {
    let next = this.#next.get(path);
    if (next === undefined) {
      const { specifiers, isMarked } = this.outline(path) ?? { specifiers: [], isMarked: false };
      const paths = specifiers.flatMap((specifier) => this.relevant(path, specifier, isMarked));
      next = [...new Set(paths)];
      this.#next.set(path, next);
    }
    return next;
  }

  /** The scripts of a package that name a client; in an order that is always the same. */
  markedIn(folder: string): readonly string[] {
    this.#enterEpoch();
    let marked = this.#packages.get(folder);
    if (marked === undefined) {
      const found: string[] = [];
      let count = 0;
      for (const path of scriptsIn(folder, false)) {
        count += 1;
        if (count > MAX_PACKAGE) break;
        if (this.outline(path)?.isMarked === true) found.push(path);
      }
      if (count > MAX_PACKAGE) debugOnce('%s has more files than are looked into', folder);
      marked = found.sort();
      this.#packages.set(folder, marked);
    }
    return marked;
  }

  #enterEpoch(): void {
    const now = currentEpoch();
    if (now === this.#epoch) return;
    this.#epoch = now;
    this.#reaching.clear();
    this.#reachingSuch.clear();
    this.#next.clear();
    this.#knots.clear();
    this.#companies.clear();
    this.#packages.clear();
    this.#looked.clear();
  }

  /** What a text search tells of a file; null where it cannot be read. */
  outline(path: string): Outline | null {
    this.#enterEpoch();
    const known = this.#outlines.get(path);
    if (known !== undefined && this.#looked.has(path)) return known?.value ?? null;
    this.#looked.add(path);
    const stamp = stampOf(path);
    if (known && stamp !== null && isSameStamp(known.stamp, stamp)) return known.value;
    const text = stamp === null ? null : readText(path);
    const value =
      text === null ? null : { isMarked: this.isMarked(text), specifiers: specifiersIn(text) };
    if (this.#outlines.size >= MAX_OUTLINES) this.#outlines.clear();
    this.#outlines.set(path, stamp === null || value === null ? null : { stamp, value });
    return value;
  }
}
