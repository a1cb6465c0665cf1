/** The constants of other modules of the project, for the expressions of a file. */

import type { Node, Program } from '../flow/ast.ts';
import { exportsOf, type Module, type Source } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { Expressions, type ExpressionHost } from './evaluate.ts';

interface Exported {
  readonly node: Node;
  readonly file: Expressions;
}

/** Exports that are handed on through more modules than this are not followed. */
const MAX_HOPS = 8;

/** Finds what the modules that a file imports export. */
export class Modules implements ExpressionHost {
  readonly isWary: boolean;
  readonly #project: Project | null;
  readonly #files = new Map<Program, Expressions>();
  readonly #programs = new Map<Expressions, Program>();

  /**
   * @param project null where nothing is known but the file itself
   * @param isWary see {@link ExpressionHost}
   */
  constructor(project: Project | null, isWary = false) {
    this.#project = project;
    this.isWary = isWary;
  }

  /** The expressions of a module, which see other modules. */
  expressionsOf({ program, bindings }: Pick<Module, 'program' | 'bindings'>): Expressions {
    let file = this.#files.get(program);
    if (file === undefined) {
      file = new Expressions(program, bindings, this);
      this.#files.set(program, file);
      this.#programs.set(file, program);
    }
    return file;
  }

  exported(specifier: string, name: string, from: Expressions): Exported | null {
    const program = this.#programs.get(from);
    return program === undefined ? null : this.#exported(specifier, name, program, 0);
  }

  #exported(specifier: string, name: string, from: Program, hops: number): Exported | null {
    if (hops > MAX_HOPS) return null;
    // Variants for several platforms may differ.
    const [module, ...variants] = this.#project?.modules(from, specifier) ?? [];
    if (module === undefined || variants.length > 0) return null;
    const { named, stars, whole } = exportsOf(module.program);
    const sources = named.get(name) ?? [];
    if (sources.length > 0) return this.#source(sources, module, hops);
    if (name === 'default') {
      const [only, ...others] = whole;
      return only === undefined || others.length > 0 ? null : this.#own(only, module);
    }
    for (const star of stars) {
      const found = this.#exported(star, name, module.program, hops + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** What an export is that has one source. */
  #source([only, ...others]: readonly Source[], module: Module, hops: number): Exported | null {
    if (only === undefined || others.length > 0) return null;
    if (only.kind === 'node') return this.#own(only.node, module);
    if (only.name === null) return null;
    return this.#exported(only.specifier, only.name, module.program, hops + 1);
  }

  #own(node: Node, module: Module): Exported {
    return { node, file: this.expressionsOf(module) };
  }
}
