/** The constants of other modules of the project, for the expressions of a file. */

import { rootOf, type Node, type Program } from '../syntax/ast.ts';
import { exportsAt, exportsIn, type Export, type Finder } from '../project/exports.ts';
import type { Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import {
  Evaluator,
  TRUSTING,
  type Exported,
  type Expressions,
  type ExpressionHost,
  type Possibility,
  type Trust,
  type Value,
} from './evaluate.ts';
import { constantOf } from './linear.ts';
import { nullishness, textOf, truthiness } from './operators.ts';
import { packageOf } from './externals.ts';
import type { External } from './value.ts';

/** What a test can tell of a value. */
type LiteralKind = 'true' | 'false' | 'nullish' | 'truthy' | 'falsy';

/** Finds what the modules that a file imports export. */
export class Modules implements ExpressionHost {
  readonly trust: Trust;
  readonly #project: Project | null;
  readonly #finder: Finder = {
    isOutside: () => false,
    modules: (specifier, from) => this.#project?.modules(from, specifier) ?? [],
  };
  readonly #files = new Map<Program, Evaluator>();
  readonly #programs = new Map<Expressions, Program>();
  /** What the files have from each other, by what they have it as. */
  readonly #behind = new WeakMap<External, External>();

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

  /** How many answers were worked out so far, for all modules. */
  get answers(): number {
    let sum = 0;
    for (const file of this.#files.values()) sum += file.answers;
    return sum;
  }

  /** The text that an expression of a module always is; null for any other. */
  textOf(node: Node): string | null {
    return textOf(this.#of(node));
  }

  /**
   * What of the language, of its host or of a package an expression of a module is, behind all modules
   * that hand it on; null for any other.
   */
  externalOf(node: Node, members: readonly string[] = []): External | null {
    const external = this.#fileOf(node)?.external(node, members) ?? null;
    if (external?.specifier == null) return external;
    let behind = this.#behind.get(external);
    if (behind === undefined) {
      // Modules can hand on to each other in a circle.
      this.#behind.set(external, external);
      behind = this.#handedOn(external, external.specifier, rootOf(node)) ?? external;
      this.#behind.set(external, behind);
    }
    return behind;
  }

  /** What an export of a module of the project is that comes from outside; null for any other. */
  #handedOn({ path }: External, specifier: string, from: Node): External | null {
    const [name = 'default', ...members] = path;
    const [found, ...others] = exportsAt(specifier, name, from, this.#finder);
    return found === undefined || others.length > 0 ? null : this.#outside(found, members);
  }

  #outside(found: Export, members: readonly string[]): External | null {
    switch (found.kind) {
      case 'node':
        return this.externalOf(found.node, members);
      case 'namespace': {
        const [name, ...rest] = members;
        const [next, ...others] =
          name === undefined ? [] : exportsIn(found.module, name, this.#finder);
        return next === undefined || others.length > 0 ? null : this.#outside(next, rest);
      }
      case 'whole': {
        const own = found.name === null ? members : [found.name, ...members];
        return this.externalOf(found.node, own);
      }
      case 'outside': {
        const { specifier, name } = found;
        const path = name === null || name === 'default' ? members : [name, ...members];
        return { module: packageOf(specifier), specifier, path };
      }
    }
  }

  /** Whether an expression of a module is always true, or nullish, and the like; null for others. */
  kindOf(node: Node): LiteralKind | null {
    const [kind, ...others] = new Set(this.#of(node).map(({ value }) => literalKind(value)));
    return kind === undefined || others.length > 0 ? null : kind;
  }

  /** The string or number that an expression of a module always is; null for any other. */
  literalOf(node: Node): string | number | null {
    const [only, ...others] = this.#of(node);
    return only === undefined || others.length > 0 ? null : literalOf(only.value);
  }

  #of(node: Node): readonly Possibility[] {
    return this.#fileOf(node)?.of(node) ?? [];
  }

  #fileOf(node: Node): Expressions | null {
    const root = rootOf(node);
    const file = root.type === 'Program' ? this.#files.get(root) : undefined;
    if (file !== undefined) return file;
    const module = this.#project?.moduleOf(node) ?? null;
    return module === null ? null : this.expressionsOf(module);
  }

  exported(
    specifier: string,
    name: string,
    members: readonly string[],
    from: Expressions,
  ): Exported | null {
    const program = this.#programs.get(from);
    if (program === undefined) return null;
    return this.#only(exportsAt(specifier, name, program, this.#finder), members);
  }

  /** What an export is that leads to one thing: variants for several platforms may differ. */
  #only(all: readonly Export[], members: readonly string[]): Exported | null {
    const [found, ...others] = all.filter(({ kind }) => kind !== 'outside');
    if (found === undefined || others.length > 0) return null;
    switch (found.kind) {
      case 'node':
        return { node: found.node, file: this.expressionsOf(found.module), members };
      case 'namespace': {
        const [name, ...rest] = members;
        return name === undefined
          ? null
          : this.#only(exportsIn(found.module, name, this.#finder), rest);
      }
      case 'whole': {
        const { node, name, module } = found;
        const path = name === null ? members : [name, ...members];
        return { node, file: this.expressionsOf(module), members: path };
      }
      case 'outside':
        return null;
    }
  }
}

/** The string or number that a value is; null where that is not known. */
function literalOf(value: Value): string | number | null {
  if (value.kind === 'string') return value.text;
  return value.kind === 'number' && value.linear !== null ? constantOf(value.linear) : null;
}

/** What tests tell of a value; null where that is not known. */
export function literalKind(value: Value): LiteralKind | null {
  // Of objects, the analysis asks more than whether they are there.
  if (value.kind === 'unknown' && value.known === 'object') return null;
  if (value.kind === 'boolean') return value.value === null ? null : value.value ? 'true' : 'false';
  if (nullishness(value) === true) return 'nullish';
  const outcome = truthiness(value);
  return outcome === null ? null : outcome ? 'truthy' : 'falsy';
}
