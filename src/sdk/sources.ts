/** What the modules of a project export, as values, for one that looks for a client in them. */

import type { Node } from '../syntax/ast.ts';
import { importOf, type Bindings, type Definition } from '../syntax/bindings.ts';
import { exportsAt, exportsIn, type Export, type Finder } from '../project/exports.ts';
import { exportsOf, type Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { Interned } from '../values/interned.ts';
import type { Value, Values } from '../values/resolve.ts';

/** A module of the project, as an object. */
export interface Namespace {
  readonly kind: 'namespace';
  readonly of: Module;
}

/** What a module is that is known without its source. */
export interface Outside {
  isOutside(specifier: string, from: Node): boolean;
  /** What the settings tell of an export, whatever its source is. */
  told(specifier: string, name: string | null, from: Node): readonly Value[];
  /** What it exports under a name; what it is as an object, where that is null. */
  exported(specifier: string, name: string | null, from: Node): readonly Value[];
}

/** Imports of types are followed so far. */
const MAX_TYPED = 3;

export class Sources {
  readonly #values: Values;
  readonly #project: Project | null;
  readonly #mocked: ReadonlySet<string>;
  readonly #outside: Outside;
  readonly #namespaces = new Interned();
  /** The modules of the project. */
  readonly #all: Finder = {
    isOutside: () => false,
    modules: (specifier, from) => this.#modulesAt(specifier, from),
  };
  /** The same, where something is known without its source. */
  readonly #finder: Finder;

  /**
   * @param values the values of the file, which reads those modules as well
   * @param mocked the modules that the file replaces
   */
  constructor(
    values: Values,
    project: Project | null,
    mocked: ReadonlySet<string>,
    outside: Outside,
  ) {
    this.#values = values;
    this.#project = project;
    this.#mocked = mocked;
    this.#outside = outside;
    this.#finder = {
      ...this.#all,
      isOutside: (specifier, from) => outside.isOutside(specifier, from),
    };
  }

  get #bindings(): Bindings {
    return this.#values.bindings;
  }

  /** What a whole module is for who requires or imports it as an object. */
  required(specifier: string, from: Node): readonly Value[] {
    if (this.#outside.isOutside(specifier, from)) {
      return this.#outside.exported(specifier, null, from);
    }
    const told = this.#outside.told(specifier, null, from);
    const modules = this.#modulesAt(specifier, from);
    if (modules.length === 0) return [...told, ...this.#outside.exported(specifier, null, from)];
    const found = modules.flatMap((module) => [
      ...exportsOf(module.program).whole.flatMap((node) => this.#values.of(node)),
      ...this.#namespace(module),
    ]);
    return [...told, ...found];
  }

  /** What an import binding is. */
  imported(definition: Definition): readonly Value[] {
    const imported = importOf(definition);
    if (imported === null) return [];
    const { specifier, name, isRequired } = imported;
    if (isRequired) return this.required(specifier, definition.node);
    const told = this.#outside.told(specifier, name, definition.node);
    if (told.length > 0) return told;
    return exportsAt(specifier, name, definition.node, this.#finder).flatMap((one) =>
      this.#exportOf(one),
    );
  }

  /** What a module exports under a name. */
  member({ of }: Namespace, name: string): readonly Value[] {
    return exportsIn(of, name, this.#finder).flatMap((one) => this.#exportOf(one));
  }

  /** The names and expressions that an imported name stands for. */
  origins(definition: Definition): readonly Node[] {
    const imported = importOf(definition);
    const name = imported?.name ?? null;
    if (imported === null || name === null) return [];
    return nodesOf(exportsAt(imported.specifier, name, definition.node, this.#all));
  }

  /** Those that a name stands for which a module exports. */
  memberOrigins({ of }: Namespace, name: string): readonly Node[] {
    return nodesOf(exportsIn(of, name, this.#all));
  }

  /** Reads the modules from which those that are read have types, and so on, as far as a few steps lead. */
  includeTypes(): void {
    for (let round = 0; round < MAX_TYPED; round++) {
      const before = this.#values.programs.size;
      for (const program of [...this.#values.programs]) {
        for (const statement of program.type === 'Program' ? program.body : []) {
          if (statement.type !== 'ImportDeclaration') continue;
          const isTyped =
            statement.importKind === 'type' ||
            statement.specifiers.some(
              (one) => one.type === 'ImportSpecifier' && one.importKind === 'type',
            );
          if (isTyped) this.#modulesAt(statement.source.value, statement);
        }
      }
      if (this.#values.programs.size === before) return;
    }
  }

  /** The modules of the project that an import leads to. Their bindings are known from then on. */
  #modulesAt(specifier: string, from: Node): readonly Module[] {
    if (this.#mocked.has(specifier)) return [];
    const modules = this.#project?.modules(from, specifier) ?? [];
    for (const { bindings, program } of modules) {
      this.#bindings.include(program, bindings);
      this.#values.include(program);
    }
    return modules;
  }

  #exportOf(found: Export): readonly Value[] {
    switch (found.kind) {
      case 'node': {
        const { node } = found;
        const variable = node.type === 'Identifier' ? this.#bindings.variable(node) : null;
        return variable === null ? this.#values.of(node) : this.#values.ofVariable(variable);
      }
      case 'whole': {
        const { node, name, module } = found;
        const values = this.#values.of(node);
        if (name !== null) return values.flatMap((value) => this.#values.member(value, name));
        // The default of a CommonJS module is the object of its exports.
        return values.length > 0 ? values : this.#namespace(module);
      }
      case 'namespace':
        return this.#namespace(found.module);
      case 'outside':
        return this.#outside.exported(found.specifier, found.name, found.from);
    }
  }

  #namespace(module: Module): readonly Value[] {
    return this.#namespaces.of(module.path, { kind: 'namespace', of: module });
  }
}

/** The names and expressions that exports are. */
function nodesOf(exported: readonly Export[]): readonly Node[] {
  return exported.flatMap((found) => (found.kind === 'node' ? [found.node] : []));
}
