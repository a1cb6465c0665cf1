/**
 * Other names that a project's configuration gives to its modules: Babel's `module-resolver`, as far as
 * the configuration is written out, and the import map of `deno.json`. No configuration is run.
 */

import { dirname, join, resolve } from 'node:path';

import { childrenOf, keyName, memberName, unwrap, type Node, type Program } from '../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../syntax/bindings.ts';
import { debugOnce } from './debug.ts';
import { foldersUpTo, isObject, jsonAt, kindOf, own } from './disk.ts';
import { currentEpoch } from './epoch.ts';
import { readText, stampOf } from './files.ts';
import { parse } from './parse.ts';

/** Where Babel looks for its configuration, the nearest folder first. */
const BABEL = [
  'babel.config.js',
  'babel.config.cjs',
  'babel.config.mjs',
  'babel.config.ts',
  'babel.config.cts',
  'babel.config.json',
  '.babelrc',
  '.babelrc.json',
  '.babelrc.js',
  '.babelrc.cjs',
] as const;

const PLUGINS = new Set(['module-resolver', 'babel-plugin-module-resolver']);

/** What a configuration says of specifiers. */
interface Aliases {
  /** The folder that holds the configuration. */
  readonly folder: string;
  readonly names: readonly (readonly [alias: string, target: string])[];
  /** Absolute paths of the folders in which modules are looked for. */
  readonly roots: readonly string[];
}

let epoch = 0;
const known = new Map<string, Aliases | null>();

/** What else an import can mean: absolute paths, or specifiers of packages; the best first. */
export function aliased(folder: string, specifier: string, root: string): readonly string[] {
  const now = currentEpoch();
  if (now !== epoch) known.clear();
  epoch = now;
  const found: string[] = [];
  for (const outer of foldersUpTo(folder, root)) {
    let aliases = known.get(outer);
    if (aliases === undefined) {
      aliases = aliasesAt(outer);
      known.set(outer, aliases);
    }
    if (aliases === null) continue;
    for (const [alias, target] of aliases.names) {
      const meant = meaning(specifier, alias, target);
      if (meant !== null)
        found.push(meant.startsWith('.') ? resolve(aliases.folder, meant) : meant);
    }
    found.push(...aliases.roots.map((one) => join(one, specifier)));
  }
  return found.filter((meant) => meant !== specifier);
}

/** What a specifier means by an alias: a name, with what follows it, or a simple expression. */
function meaning(specifier: string, alias: string, target: string): string | null {
  if (specifier === alias) return target;
  const pattern = /^\^?([^()[\]*+?|^$\\]*)\(\.[*+]\)([^()[\]*+?|^$\\]*)\$?$/.exec(alias);
  if (pattern !== null) {
    const [, before = '', after = ''] = pattern;
    const isMatch =
      specifier.length > before.length + after.length &&
      specifier.startsWith(before) &&
      specifier.endsWith(after);
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return isMatch ? target.replace('\\1', () => middle) : null;
  }
  const prefix = alias.endsWith('/') ? alias : `${alias}/`;
  if (!specifier.startsWith(prefix)) return null;
  return `${target.replace(/\/$/, '')}/${specifier.slice(prefix.length)}`;
}

function aliasesAt(folder: string): Aliases | null {
  const names: (readonly [string, string])[] = [];
  const roots: string[] = [];
  for (const name of BABEL) {
    const path = join(folder, name);
    const text = kindOf(path) === 'file' && stampOf(path) !== null ? readText(path) : null;
    if (!text?.includes('module-resolver')) continue;
    const isJson = name.endsWith('json') || name === '.babelrc';
    const parsed = isJson ? parse('babel.js', `(${text}\n)`, null) : parse(path, text, null);
    if (parsed === null) debugOnce('%s cannot be read: its aliases are not followed', path);
    else new Reader(path, parsed, names, roots).read();
  }
  const inPackage = own(jsonAt(folder, 'package.json'), 'babel');
  if (isObject(inPackage)) {
    const parsed = parse('babel.js', `(${JSON.stringify(inPackage)})`, null);
    if (parsed !== null) new Reader(join(folder, 'package.json'), parsed, names, roots).read();
  }
  const imports = own(jsonAt(folder, 'deno.json') ?? jsonAt(folder, 'deno.jsonc'), 'imports');
  if (isObject(imports)) {
    for (const [alias, target] of Object.entries(imports)) {
      if (typeof target === 'string' && target.startsWith('.')) names.push([alias, target]);
    }
  }
  return names.length === 0 && roots.length === 0 ? null : { folder, names, roots };
}

/** Finds the options of the plugin in a configuration, wherever they are written out in it. */
class Reader {
  readonly #path: string;
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #names: (readonly [string, string])[];
  readonly #roots: string[];

  constructor(
    path: string,
    { program, bindings }: { readonly program: Program; readonly bindings: Bindings },
    names: (readonly [string, string])[],
    roots: string[],
  ) {
    this.#path = path;
    this.#program = program;
    this.#bindings = bindings;
    this.#names = names;
    this.#roots = roots;
  }

  read(): void {
    let isRead = true;
    const open: Node[] = [this.#program];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      open.push(...childrenOf(node));
      if (node.type !== 'ArrayExpression') continue;
      const [plugin, options] = node.elements;
      if (plugin == null || options == null || !this.#isPlugin(plugin)) continue;
      isRead = this.#readOptions(options) && isRead;
    }
    if (!isRead)
      debugOnce('%s is not written out: some of its aliases are not followed', this.#path);
  }

  /** Whether all of the options could be read. */
  #readOptions(node: Node): boolean {
    let isRead = true;
    for (const [key, value] of this.#entries(node)) {
      if (key === 'root') {
        const roots = value.type === 'ArrayExpression' ? value.elements : [value];
        for (const one of roots) {
          const path = one === null ? null : this.#text(one);
          if (path === null || path.includes('*')) isRead = false;
          else this.#roots.push(resolve(dirname(this.#path), path));
        }
      } else if (key === 'alias') {
        if (value.type !== 'ObjectExpression') isRead = false;
        for (const [alias, target] of this.#entries(value)) {
          const path = this.#text(target);
          if (path === null) isRead = false;
          else this.#names.push([alias, path]);
        }
      }
    }
    return isRead;
  }

  /** The properties of an object that are written out. */
  #entries(node: Node): readonly (readonly [string, Node])[] {
    const object = this.#constant(node);
    if (object.type !== 'ObjectExpression') return [];
    return object.properties.flatMap((property) => {
      if (property.type !== 'Property') return [...this.#entries(property.argument)];
      const key = keyName(property.key, property.computed);
      return key === null ? [] : [[key, this.#constant(property.value)] as const];
    });
  }

  /** What a constant is given; any other expression itself. */
  #constant(node: Node): Node {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier') return inner;
    const variable = this.#bindings.variable(inner);
    const value = variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
    return value === null || value === inner ? inner : unwrap(value);
  }

  #isPlugin(node: Node): boolean {
    const inner = unwrap(node);
    const name =
      inner.type === 'CallExpression' &&
      inner.callee.type === 'MemberExpression' &&
      memberName(inner.callee) === 'resolve'
        ? inner.arguments[0]
        : inner;
    const text = name === undefined ? null : this.#text(name);
    return text !== null && PLUGINS.has(text);
  }

  /** A text that is written out: a literal, or a path from `__dirname`. */
  #text(node: Node): string | null {
    const inner = this.#constant(node);
    switch (inner.type) {
      case 'Literal':
        return typeof inner.value === 'string' ? inner.value : null;
      case 'Identifier':
        return inner.name === '__dirname' ? dirname(this.#path) : null;
      case 'TemplateLiteral': {
        const texts = inner.quasis.flatMap(({ value: { cooked } }, index) => {
          const expression = inner.expressions[index];
          return [cooked ?? null, expression === undefined ? '' : this.#text(expression)];
        });
        return texts.includes(null) ? null : texts.join('');
      }
      case 'BinaryExpression': {
        const left = inner.left.type === 'PrivateIdentifier' ? null : this.#text(inner.left);
        const right = this.#text(inner.right);
        return inner.operator === '+' && left !== null && right !== null ? left + right : null;
      }
      case 'CallExpression': {
        const { callee } = inner;
        const name = callee.type === 'MemberExpression' ? memberName(callee) : nameOf(callee);
        const parts = inner.arguments.map((argument) => this.#text(argument));
        const texts = parts.filter((part) => part !== null);
        if ((name !== 'resolve' && name !== 'join') || texts.length < parts.length) return null;
        return resolve(dirname(this.#path), ...texts);
      }
      default:
        return null;
    }
  }
}

function nameOf(node: Node): string | null {
  return node.type === 'Identifier' ? node.name : null;
}
