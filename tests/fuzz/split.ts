/** Programs of one module, divided into two: functions move, and are imported back. */

import { parse, type Identifier, type Program as Tree } from 'acorn';
import { analyze } from 'eslint-scope';

import { isNode, type Node } from '../../src/syntax/ast.ts';
import { isScopeManager } from '../../src/syntax/bindings.ts';

export interface Split {
  /** The module without the functions that have moved; what is left stands where it stood. */
  readonly rest: string;
  /** The functions that have moved. */
  readonly moved: string;
  /** Whether a place in the program, `line:column` from 1, is in a function that has moved. */
  readonly hasMoved: (place: string) => boolean;
}

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

/** Moves what can be moved to `./moved`; null where nothing can. */
export function split(source: string): Split | null {
  const tree: Tree = parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    ranges: true,
  });
  const declarations = tree.body.flatMap((node) =>
    node.type === 'FunctionDeclaration' && node.id.name !== 'main' ? [node] : [],
  );
  const uses = freeNames(tree);
  const movable = new Map(declarations.map((node) => [node.id.name, node]));
  // A function that uses a binding which stays behind stays too.
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const [name, { start, end }] of movable) {
      const needs = uses.filter((use) => use.at >= start && use.at < end);
      if (needs.every((use) => use.name === 'Intercom' || movable.has(use.name))) continue;
      movable.delete(name);
      isStable = false;
    }
  }
  if (movable.size === 0) return null;
  let rest = source;
  for (const { start, end } of movable.values()) {
    rest = rest.slice(0, start) + source.slice(start, end).replaceAll(/\S/g, ' ') + rest.slice(end);
  }
  const texts = [...movable.values()].map(({ start, end }) => source.slice(start, end));
  return {
    rest: `${rest}\nimport { ${[...movable.keys()].join(', ')} } from './moved';\n`,
    moved: SDK + texts.map((text) => `export ${text}`).join('\n'),
    hasMoved(place) {
      const [line = 0] = place.split(':').map(Number);
      return [...movable.values()].some(
        ({ loc }) => loc && line >= loc.start.line && line <= loc.end.line,
      );
    },
  };
}

interface Use {
  readonly name: string;
  /** The offset of the identifier. */
  readonly at: number;
}

/** Where the bindings of the module's top level are used. */
function freeNames(tree: Tree): readonly Use[] {
  const manager: object = analyze(tree as never, { ecmaVersion: 2022, sourceType: 'module' });
  if (!isScopeManager(manager)) throw new Error('no scopes');
  return manager.scopes.flatMap(({ references }) =>
    references.flatMap(({ identifier, resolved }) =>
      resolved?.defs.some(({ node }) => isTopLevel(node, tree)) === true
        ? [{ name: resolved.name, at: (identifier as unknown as Identifier).start }]
        : [],
    ),
  );
}

function isTopLevel(node: Node, tree: Tree): boolean {
  return tree.body.some((statement: unknown) => {
    if (!isNode(statement)) return false;
    if (statement === node) return true;
    if (statement.type === 'VariableDeclaration') {
      return statement.declarations.some((declarator) => declarator === node);
    }
    return (
      statement.type === 'ImportDeclaration' &&
      statement.specifiers.some((specifier) => specifier === node)
    );
  });
}
