/** Which package export or global an expression is, whatever way it came by its name. */

import { isFunction, unwrap, type Node, type Program } from '../syntax/ast.ts';
import {
  importOf,
  isNeverReassigned,
  isTypeOnly,
  type Bindings,
  type Definition,
} from '../syntax/bindings.ts';
import { beginOf } from '../syntax/forms.ts';
import { Values, type Value, type ValueHost } from './resolve.ts';
import type { External } from './value.ts';

/** Who knows what of the language, the host or a package an expression is; null where it is none. */
export type Outside = (node: Node) => External | null;

/** What holds the globals under their names. */
const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

/**
 * Whether an expression can be something of one of these modules, or of the globals of these names, by
 * what it begins with: most are of the file itself, of which this is seen at once.
 */
export function canBeOf(node: Node, names: ReadonlySet<string>, bindings: Bindings): boolean {
  const root = beginOf(node);
  if (root.type !== 'Identifier') return false;
  const variable = bindings.variable(root);
  if (variable === null) {
    return names.has(root.name) || root.name === 'require' || GLOBAL_OBJECTS.has(root.name);
  }
  const [definition, ...others] = variable.defs;
  if (definition === undefined || others.length > 0 || !isNeverReassigned(variable)) return false;
  const { type, node: declaration } = definition;
  if (type === 'ImportBinding') return names.has(packageOf(importOf(definition)?.specifier ?? ''));
  if (declaration.type !== 'VariableDeclarator' || declaration.init === null) return false;
  return !isFunction(unwrap(declaration.init));
}

/** The externals of one file. */
export class Externals {
  /** What the expressions of the file can be, packages among them. */
  readonly values: Values;
  /** By module and path, for an external to be one object. */
  readonly #known = new Map<string, ExternalPart>();

  /** @param key the text that a computed key always is */
  constructor(program: Program, bindings: Bindings, key: (node: Node) => string | null) {
    const host: ValueHost = {
      imported: (definition) => (isTypeOnly(definition) ? [] : this.#imported(definition)),
      module: (specifier) => this.#part(specifier, []),
      global: (_identifier, name) => (name === 'undefined' ? [] : this.#global([name])),
      member: (external, name) =>
        external instanceof ExternalPart ? this.#member(external, name) : [],
      key,
      annotated: () => [],
      family: () => null,
      wrapper: () => null,
    };
    this.values = new Values(program, bindings, host);
  }

  /**
   * The external that an expression is, or what is under these names in it; null where it is none, or
   * may be another as well.
   */
  of(node: Node, members: readonly string[] = []): External | null {
    const [only, ...others] = members.reduce(
      (values, name) => values.flatMap((value) => this.values.member(value, name)),
      this.values.of(node),
    );
    return only?.kind === 'external' && others.length === 0 && only.external instanceof ExternalPart
      ? only.external
      : null;
  }

  #imported(definition: Definition): readonly Value[] {
    const imported = importOf(definition);
    if (imported === null) return [];
    const { specifier, name } = imported;
    return this.#part(specifier, name === null || name === 'default' ? [] : [name]);
  }

  #global(path: readonly string[]): readonly Value[] {
    return this.#part(null, path.length > 0 && GLOBAL_OBJECTS.has(path[0] ?? '') ? [] : path);
  }

  #member({ specifier, path }: ExternalPart, name: string): readonly Value[] {
    if (specifier === null) return this.#global([...path, name]);
    return this.#part(specifier, name === 'default' && path.length === 0 ? [] : [...path, name]);
  }

  #part(specifier: string | null, path: readonly string[]): readonly Value[] {
    const key = JSON.stringify([specifier, ...path]);
    let external = this.#known.get(key);
    if (external === undefined) {
      external = new ExternalPart(specifier, path);
      this.#known.set(key, external);
    }
    return [{ kind: 'external', external }];
  }
}

class ExternalPart implements External {
  readonly module: string | null;
  readonly specifier: string | null;
  readonly path: readonly string[];

  constructor(specifier: string | null, path: readonly string[]) {
    this.module = specifier === null ? null : packageOf(specifier);
    this.specifier = specifier;
    this.path = path;
  }
}

/**
 * The package, with its subpath, that a specifier means: `npm:ms@2`, `https://esm.sh/ms@2.1.3` and
 * `ms` are one. `jsr:@zaubrik/djwt@3` and `https://deno.land/x/djwt@v3.0.2/mod.ts` have the names of
 * their registries: `@zaubrik/djwt`, `djwt`. A relative specifier is left as it is.
 */
export function packageOf(specifier: string): string {
  const hosted = HOSTS.exec(specifier);
  const name = hosted === null ? specifier : specifier.slice(hosted[0].length);
  const [, scopeAndName, subpath] = /^((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(name) ?? [];
  if (scopeAndName === undefined || specifier.startsWith('.')) return specifier;
  const path = (subpath ?? '').replace(/\.[mc]?[jt]s$/, '').replace(/\/(?:mod|index)?$/, '');
  return scopeAndName + path;
}

/** What stands before a package's name in a specifier. */
const HOSTS =
  /^(?:npm:\/?|jsr:\/?|node:|https:\/\/(?:esm\.sh\/(?:jsr\/|v\d+\/|stable\/)?|deno\.land\/x\/|cdn\.skypack\.dev\/|unpkg\.com\/|cdn\.jsdelivr\.net\/npm\/))/;
