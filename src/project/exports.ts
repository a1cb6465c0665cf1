/** What an export of a module is, behind all modules that hand it on. */

import type { Node } from '../syntax/ast.ts';
import { exportsOf, type Module } from './module.ts';

/** Where an export leads to. */
export type Export =
  /** An expression, a declaration, or a name of a module. */
  | { readonly kind: 'node'; readonly node: Node; readonly module: Module }
  /** A property of what `module.exports` is given as a whole, which the expression is; null for all. */
  | {
      readonly kind: 'whole';
      readonly node: Node;
      readonly name: string | null;
      readonly module: Module;
    }
  /** All exports of a module, as one object. */
  | { readonly kind: 'namespace'; readonly module: Module }
  /** An export of what is no module of the project; null for all of them. */
  | {
      readonly kind: 'outside';
      readonly specifier: string;
      readonly name: string | null;
      readonly from: Node;
    };

/** How modules are found. */
export interface Finder {
  /** Whether a specifier leads to something that is known by itself, whatever its source is. */
  isOutside(specifier: string, from: Node): boolean;
  /** The modules of the project that a specifier leads to: several where platforms have their own. */
  modules(specifier: string, from: Node): readonly Module[];
}

/** Exports that are handed on through more modules than this are not followed. */
const MAX_HOPS = 32;

/**
 * What the modules at a specifier export under a name; as an object, where no name is given. An
 * export with several sources is each of them.
 */
export function exportsAt(
  specifier: string,
  name: string | null,
  from: Node,
  finder: Finder,
): readonly Export[] {
  return follow(specifier, name, from, finder, new Set());
}

/** What a module exports under a name. */
export function exportsIn(module: Module, name: string, finder: Finder): readonly Export[] {
  return inModule(module, name, finder, new Set());
}

function follow(
  specifier: string,
  name: string | null,
  from: Node,
  finder: Finder,
  seen: ReadonlySet<string>,
): readonly Export[] {
  if (finder.isOutside(specifier, from)) return [{ kind: 'outside', specifier, name, from }];
  const modules = finder.modules(specifier, from);
  if (modules.length === 0) return [{ kind: 'outside', specifier, name, from }];
  return modules.flatMap((module) =>
    name === null ? [{ kind: 'namespace', module }] : inModule(module, name, finder, seen),
  );
}

/** @param seen the exports that this one is asked for by; modules can export each other's */
function inModule(
  module: Module,
  name: string,
  finder: Finder,
  seen: ReadonlySet<string>,
): readonly Export[] {
  const key = `${module.path} ${name}`;
  if (seen.has(key) || seen.size >= MAX_HOPS) return [];
  const asked = new Set(seen).add(key);
  const { named, stars, whole } = exportsOf(module.program);
  const sources = named.get(name);
  if (sources !== undefined) {
    return sources.flatMap((source): readonly Export[] =>
      source.kind === 'node'
        ? [{ kind: 'node', node: source.node, module }]
        : follow(source.specifier, source.name, module.program, finder, asked),
    );
  }
  if (whole.length > 0) {
    const property = name === 'default' ? null : name;
    return whole.map((node) => ({ kind: 'whole', node, name: property, module }));
  }
  // The default of a CommonJS module is the object of its exports.
  if (name === 'default') return [{ kind: 'namespace', module }];
  return stars.flatMap((star) => follow(star, name, module.program, finder, asked));
}
