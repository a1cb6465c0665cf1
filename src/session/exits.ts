/** Calls that end the process. */

import { keyName, memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../syntax/bindings.ts';

/** Functions of `process` that never return. */
const ENDING: ReadonlySet<string> = new Set(['exit', 'abort', 'reallyExit']);

const PROCESS_MODULES: ReadonlySet<unknown> = new Set(['process', 'node:process']);

/** A name that stands for another for longer than this is not followed. */
const MAX_ALIASES = 8;

/** Whether a call ends the process, whatever name the function or `process` has in the file. */
export function isProcessExit({ callee }: CallExpression, bindings: Bindings): boolean {
  const path = pathOf(callee, bindings, MAX_ALIASES);
  const [root, name, ...rest] = path?.[0] === 'globalThis' ? path.slice(1) : (path ?? []);
  return root === 'process' && name !== undefined && rest.length === 0 && ENDING.has(name);
}

/** The global that an expression reads, and the members that it reads of it; null for others. */
function pathOf(node: Node, bindings: Bindings, depth: number): readonly string[] | null {
  const inner = unwrap(node);
  if (inner.type === 'MemberExpression') {
    const name = memberName(inner);
    const object = name === null ? null : pathOf(inner.object, bindings, depth);
    return object === null || name === null ? null : [...object, name];
  }
  if (inner.type !== 'Identifier' || depth === 0) return null;
  const variable = bindings.variable(inner);
  if (variable === null) return [inner.name];
  const [definition] = variable.defs;
  if (definition === undefined || !isNeverReassigned(variable)) return null;
  const { type, node: declaration, name } = definition;
  if (type === 'ImportBinding') return importedPath(declaration);
  if (declaration.type !== 'VariableDeclarator' || declaration.init === null) return null;
  const steps = stepsTo(name, declaration.id);
  const source = steps === null ? null : pathOf(declaration.init, bindings, depth - 1);
  return steps === null || source === null ? null : [...source, ...steps];
}

function importedPath(specifier: Node): readonly string[] | null {
  const { parent } = specifier;
  if (parent?.type !== 'ImportDeclaration' || !PROCESS_MODULES.has(parent.source.value))
    return null;
  if (specifier.type !== 'ImportSpecifier') return ['process'];
  const name = keyName(specifier.imported, false);
  return name === null || name === 'default' ? ['process'] : ['process', name];
}

/** The properties by which a pattern gets to a name; null where it is not one that just reads. */
function stepsTo(name: Node, pattern: Node): readonly string[] | null {
  if (pattern === name) return [];
  if (pattern.type !== 'ObjectPattern') return null;
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const key = keyName(property.key, property.computed);
    const rest = key === null ? null : stepsTo(name, property.value);
    if (key !== null && rest !== null) return [key, ...rest];
  }
  return null;
}
