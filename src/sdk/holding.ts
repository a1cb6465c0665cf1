/**
 * Whether a module can have a client by itself, told by its tree alone. Where neither a file nor
 * anything that it leads to can, nothing there concerns one, however often it speaks of one in its
 * comments and strings.
 */

import { childrenOf, memberName, type Node, type Program } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { specifiersIn } from '../project/specifiers.ts';
import type { ClientModule } from './client.ts';

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
  const modules = new Set(packages);
  const names = new Set(globals);
  return ({ text, program, bindings }) =>
    specifiersIn(text).some((specifier) => modules.has(specifier)) ||
    namesGlobal(program, bindings, names, holders);
}

/** Whether a file can name one of these globals, by itself or as a property of what holds them. */
function namesGlobal(
  program: Program,
  bindings: Bindings,
  names: ReadonlySet<string>,
  holders: ReadonlySet<string>,
): boolean {
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'ImportDeclaration') continue;
    if (node.type === 'Identifier') {
      const isNamed =
        names.has(node.name) || (holders.has(node.name) && isHandedOn(node.parent ?? null));
      if (isNamed && !isImported(node, bindings)) return true;
    } else if (node.type === 'MemberExpression') {
      const name = memberName(node);
      if (name !== null && (names.has(name) || holders.has(name))) return true;
    }
    open.push(...childrenOf(node));
  }
  return false;
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
