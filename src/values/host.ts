/** The constants of other modules of the project, for the expressions of a file. */

import { rootOf, type Node, type Program } from '../syntax/ast.ts';
import { exportsOf, type Module, type Source } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import {
  Evaluator,
  TRUSTING,
  type Expressions,
  type ExpressionHost,
  type Possibility,
  type Trust,
} from './evaluate.ts';
import { literalKind, textOf, type LiteralKind } from './operators.ts';

interface Exported {
  readonly node: Node;
  readonly file: Expressions;
}

/** Exports that are handed on through more modules than this are not followed. */
const MAX_HOPS = 8;

/** Finds what the modules that a file imports export. */
export class Modules implements ExpressionHost {
  readonly trust: Trust;
  readonly #project: Project | null;
  readonly #files = new Map<Program, Expressions>();
  readonly #programs = new Map<Expressions, Program>();

  /**
   * @param project null where nothing is known but the file itself
   * @param trust what is taken for constant; by default all
   */
  constructor(project: Project | null, trust: Trust = TRUSTING) {
    this.#project = project;
    this.trust = trust;
  }

  /** The expressions of a module, which see other modules. */
  expressionsOf({ program, bindings }: Pick<Module, 'program' | 'bindings'>): Expressions {
    let file = this.#files.get(program);
    if (file === undefined) {
      file = new Evaluator(program, bindings, this);
      this.#files.set(program, file);
      this.#programs.set(file, program);
    }
    return file;
  }

  /** The text that an expression of a module always is; null for any other. */
  textOf(node: Node): string | null {
    return textOf(this.#of(node));
  }

  /** Whether an expression of a module is always true, or nullish, and the like; null for others. */
  kindOf(node: Node): LiteralKind | null {
    const [kind, ...others] = new Set(this.#of(node).map(({ value }) => literalKind(value)));
    return kind === undefined || others.length > 0 ? null : kind;
  }

  #of(node: Node): readonly Possibility[] {
    const root = rootOf(node);
    const file = root.type === 'Program' ? this.#files.get(root) : undefined;
    if (file !== undefined) return file.of(node);
    const module = this.#project?.moduleOf(node) ?? null;
    return module === null ? [] : this.expressionsOf(module).of(node);
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
