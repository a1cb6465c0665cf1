/** Writes the modules of a program that mints. */

import type { Choices } from './choices.ts';

/** How a module gets what another exports. */
export interface Import {
  readonly specifier: string;
  /** The name of the export; `*` for all. */
  readonly name: string;
  readonly local: string;
}

/** A module in the making. */
export interface Section {
  /** Its name, with no extension. */
  readonly name: string;
  readonly imports: Import[];
  readonly statements: string[];
  readonly exports: { readonly name: string; readonly local: string }[];
}

/** A function of the main module from which a run begins. */
export interface Entry {
  readonly name: string;
  readonly text: string;
}

const MAX_MODULES = 3;

export class Writer {
  readonly choices: Choices;
  /** What the program has of what is worth counting. */
  readonly forms = new Set<string>();
  readonly main: Section = { name: 'main', imports: [], statements: [], exports: [] };
  /** The other modules, each after those that it imports. */
  readonly others: Section[] = [];
  readonly entries: Entry[] = [];
  /** Whether it is TypeScript. */
  isTyped = false;
  #section = this.main;
  #locals: string[] | null = null;
  #canAwait = true;
  #count = 0;
  #modules = 0;

  constructor(choices: Choices) {
    this.choices = choices;
  }

  /** Counts a form. */
  form(name: string): void {
    this.forms.add(name);
  }

  /** A name that nothing else has. */
  name(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  /** Adds a statement to the current module. */
  declare(statement: string): void {
    this.#section.statements.push(statement);
  }

  /** Adds a constant to the current module. */
  constant(prefix: string, value: string): string {
    const name = this.name(prefix);
    this.declare(`const ${name} = ${value};`);
    return name;
  }

  /** Adds a statement to the function that is being written; false where there is none. */
  local(statement: string): boolean {
    this.#locals?.push(statement);
    return this.#locals !== null;
  }

  /** Whether what is written stands in a function. */
  get isLocal(): boolean {
    return this.#locals !== null;
  }

  get canAwait(): boolean {
    return this.#canAwait;
  }

  get canAddModule(): boolean {
    return this.#modules < MAX_MODULES;
  }

  /** What an export of a package, or of another module, is called here. */
  import(specifier: string, name: string, prefix = name): string {
    const { imports } = this.#section;
    const known = imports.find((one) => one.specifier === specifier && one.name === name);
    if (known !== undefined) return known.local;
    const isTaken = imports.some(({ local }) => local === prefix);
    const local =
      isTaken || prefix === 'default' || prefix === '*' ? this.name('imported') : prefix;
    imports.push({ specifier, name, local });
    return local;
  }

  /** Writes at the top level of the current module. */
  atTop<T>(write: () => T): T {
    return this.#within({ locals: null, canAwait: true }, write);
  }

  /** Writes the body of a function, and gives its statements with what `write` gives at the end. */
  body(isAsync: boolean, write: () => string): string {
    const locals: string[] = [];
    const result = this.#within({ locals, canAwait: isAsync }, write);
    return [...locals, `return ${result};`].join(' ');
  }

  /** Writes an expression that stands in a function with no body of its own. */
  concise<T>(isAsync: boolean, write: () => T): T {
    return this.#within({ locals: null, canAwait: isAsync }, write);
  }

  #within<T>(
    { locals, canAwait }: { readonly locals: string[] | null; readonly canAwait: boolean },
    write: () => T,
  ): T {
    const [outerLocals, outerAwait] = [this.#locals, this.#canAwait];
    this.#locals = locals;
    this.#canAwait = canAwait;
    const result = write();
    this.#locals = outerLocals;
    this.#canAwait = outerAwait;
    return result;
  }

  /** Writes another module, which exports what `write` gives; the specifier of it. */
  module(exported: string, write: () => string): string {
    this.#modules += 1;
    const section: Section = {
      name: this.name('module'),
      imports: [],
      statements: [],
      exports: [],
    };
    const outer = this.#section;
    this.#section = section;
    const local = this.constant('exported', this.atTop(write));
    section.exports.push({ name: exported, local });
    this.#section = outer;
    this.others.push(section);
    return `./${section.name}.js`;
  }
}

/** A module as it is linted. */
export function sourceOf(
  { imports, statements, exports }: Section,
  entries: readonly Entry[] = [],
): string {
  return [
    ...imports.map(({ specifier, name, local }) => {
      const from = `from '${specifier}';`;
      if (name === '*') return `import * as ${local} ${from}`;
      if (name === 'default') return `import ${local} ${from}`;
      return `import { ${name === local ? name : `${name} as ${local}`} } ${from}`;
    }),
    ...statements,
    ...exports.map(({ name, local }) =>
      name === 'default' ? `export default ${local};` : `export { ${local} as ${name} };`,
    ),
    ...entries.map(({ text }) => `export ${text}`),
    '',
  ].join('\n');
}

/** A module as the body of a function that gives its exports; see `run.ts`. */
export function runnableOf(
  { imports, statements, exports }: Section,
  entries: readonly Entry[] = [],
): string {
  const given = [
    ...exports.map(({ name, local }) => `${JSON.stringify(name)}: ${local}`),
    ...entries.map(({ name }) => name),
  ];
  return [
    ...imports.map(({ specifier, name, local }) => {
      const module = `require('${specifier}')`;
      return name === '*'
        ? `const ${local} = ${module};`
        : `const { ${name}: ${local} } = ${module};`;
    }),
    ...statements,
    ...entries.map(({ text }) => text),
    `return { ${given.join(', ')} };`,
  ]
    .join('\n')
    .replaceAll('await import(', 'await require(');
}
