/**
 * Whether a module can have a client by itself, told by its tree alone. Where neither a file nor
 * anything that it leads to can, nothing there concerns one, however often it speaks of one in its
 * comments and strings.
 */

import {
  childrenOf,
  isNode,
  keyName,
  memberName,
  unwrap,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { specifiersIn } from '../project/specifiers.ts';
import type { ClientModule } from './client-module.ts';

/** A file as a tree, with what its names mean. */
interface Read {
  readonly text: string;
  readonly program: Program;
  readonly bindings: Bindings;
}

/** Tells of a module whether it can have a client by itself. */
export type Holding = (module: Read) => boolean;

/** What holds the globals under their names. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set([
  'window',
  'globalThis',
  'self',
  'global',
]);

const NO_NAMES: ReadonlySet<string> = new Set();

const known = new WeakMap<readonly ClientModule[], Holding>();

/** What tells it for these clients; the same each time, so that what it told can be kept by it. */
export function holdingOf(clients: readonly ClientModule[]): Holding {
  let holding = known.get(clients);
  if (holding === undefined) {
    holding = clients.some(({ path }) => path !== null)
      ? // A client that is a file of the project has as many specifiers as there are files.
        () => true
      : createHolding(
          clients.map(({ module }) => module),
          clients.flatMap(({ global }) => global ?? []),
          NO_NAMES,
        );
    known.set(clients, holding);
  }
  return holding;
}

/**
 * What tells it for clients that are packages, and globals.
 *
 * @param holders what the globals can be got from as properties
 */
export function createHolding(
  packages: readonly string[],
  globals: readonly string[],
  holders: ReadonlySet<string>,
): (module: Read) => boolean {
  const sought: Sought = { packages: new Set(packages), globals: new Set(globals), holders };
  return ({ text, program, bindings }) => {
    // What stands in a string, or in a comment, is no import: the tree tells.
    const isImported = specifiersIn(text).some((specifier) => sought.packages.has(specifier));
    const isNamed = [...globals, ...holders].some((name) => text.includes(name));
    return (isImported || isNamed) && hasClient(program, bindings, sought);
  };
}

interface Sought {
  readonly packages: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly holders: ReadonlySet<string>;
}

/** Whether a file imports one of these packages, or can name one of these globals. */
function hasClient(program: Program, bindings: Bindings, sought: Sought): boolean {
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const specifier = specifierOf(node);
    if (specifier !== null && sought.packages.has(specifier)) return true;
    if (node.type === 'ImportDeclaration') continue;
    if (namesGlobal(node, bindings, sought)) return true;
    open.push(...childrenOf(node));
  }
  return false;
}

/** What a node imports, or requires; null where it does neither. */
function specifierOf(node: Node): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return node.source.value;
    case 'ExportNamedDeclaration':
      return node.source?.value ?? null;
    case 'ImportExpression':
      return keyName(node.source, true);
    case 'TSImportType': {
      const source: unknown = node.source;
      return isNode(source) ? keyName(source, true) : null;
    }
    case 'TSExternalModuleReference':
      return keyName(node.expression, true);
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      const [first] = node.arguments;
      const isRequire = callee.type === 'Identifier' && callee.name === 'require';
      return isRequire && first !== undefined ? keyName(first, true) : null;
    }
    default:
      return null;
  }
}

/** Whether a node can be one of these globals, by itself or as a property of what holds them. */
function namesGlobal(node: Node, bindings: Bindings, { globals, holders }: Sought): boolean {
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    if (name === null) return false;
    return globals.has(name) || (holders.has(name) && isGlobal(node.object, holders, bindings));
  }
  if (node.type !== 'Identifier' || isKey(node)) return false;
  // What a file declares without a value can be the global.
  if (globals.has(node.name)) return !isImported(node, bindings);
  return isGlobal(node, holders, bindings) && isHandedOn(node.parent ?? null);
}

function isGlobal(node: Node, names: ReadonlySet<string>, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && names.has(inner.name) && bindings.variable(inner) === null;
}

/** Whether an identifier is the name of a property. */
function isKey(node: Node): boolean {
  const { parent } = node;
  if (parent == null) return false;
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (!('key' in parent) || parent.key !== node || ('value' in parent && parent.value === node)) {
    return false;
  }
  return !('computed' in parent && parent.computed);
}

/** Whether something else can be done with a value than to get a property whose name is written. */
function isHandedOn(parent: Node | null): boolean {
  if (parent?.type === 'UnaryExpression') return false;
  return parent?.type !== 'MemberExpression' || memberName(parent) === null;
}

function isImported(node: Node, bindings: Bindings): boolean {
  const variable = bindings.variable(node);
  return variable?.defs.every(({ type }) => type === 'ImportBinding') ?? false;
}
