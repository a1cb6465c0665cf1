/** Calls that end the process. */

import { keyName, memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { importOf, isNeverReassigned, type Bindings, type Definition } from '../syntax/bindings.ts';
import { stepsTo } from '../syntax/patterns.ts';

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
  if (type === 'ImportBinding') return importedPath(definition);
  if (declaration.type !== 'VariableDeclarator' || declaration.init === null) return null;
  const steps = propertiesTo(name, declaration.id);
  const source = steps === null ? null : pathOf(declaration.init, bindings, depth - 1);
  return steps === null || source === null ? null : [...source, ...steps];
}

function importedPath(definition: Definition): readonly string[] | null {
  const imported = importOf(definition);
  if (imported === null || !PROCESS_MODULES.has(imported.specifier)) return null;
  const { name } = imported;
  return name === null || name === 'default' ? ['process'] : ['process', name];
}

/** The properties by which a pattern gets to a name; null where it is not one that just reads. */
function propertiesTo(name: Node, pattern: Node): readonly string[] | null {
  const keys = stepsTo(pattern, name)?.map((step) =>
    step.kind === 'property' ? keyName(step.node.key, step.node.computed) : null,
  );
  const read = keys?.filter((key) => key !== null) ?? [];
  return keys?.length === read.length ? read : null;
}
