/** Calls that end the process, and those that throw unless they are given something. */

import {
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../syntax/ast.ts';
import { importOf, isNeverReassigned, type Bindings, type Definition } from '../syntax/bindings.ts';
import { isSpread, nameOf } from '../syntax/forms.ts';
import { stepsTo } from '../syntax/patterns.ts';

/** Functions of `process` that never return. */
const ENDING: ReadonlySet<string> = new Set(['exit', 'abort', 'reallyExit']);

const PROCESS_MODULES: ReadonlySet<unknown> = new Set(['process', 'node:process']);

/** What `node:assert` is itself, by the names under which it exports itself; and `ok` does the same. */
const NODE_ASSERT: readonly string[] = ['', 'default', 'ok', 'strict', 'default.ok', 'strict.ok'];

/**
 * Functions that throw unless their first argument is truthy, in each mode of theirs, by the modules
 * and the names under which these export them.
 */
export const ASSERTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['assert', NODE_ASSERT],
  ['assert/strict', NODE_ASSERT],
  ['node:assert', NODE_ASSERT],
  ['node:assert/strict', NODE_ASSERT],
  ['invariant', ['', 'default']],
  ['tiny-invariant', ['', 'default']],
  ['ts-invariant', ['default', 'invariant']],
]);

/** A name that stands for another for longer than this is not followed. */
const MAX_ALIASES = 8;

/** Whether a call ends the process, whatever name the function or `process` has in the file. */
export function isProcessExit({ callee }: CallExpression, bindings: Bindings): boolean {
  const path = pathOf(callee, bindings, MAX_ALIASES);
  const [root, name, ...rest] = path?.[0] === 'globalThis' ? path.slice(1) : (path ?? []);
  return root === 'process' && name !== undefined && rest.length === 0 && ENDING.has(name);
}

/**
 * The argument without which a call throws: the call of an assertion of a library, or of a function that
 * is declared to be one (`asserts x`); null for any other call.
 */
export function assertedBy(
  { callee, arguments: args }: CallExpression,
  bindings: Bindings,
): Node | null {
  const [first] = args;
  if (first === undefined || first.type === 'SpreadElement') return null;
  const index = declaredBy(unwrap(callee), bindings);
  if (index !== null) {
    return isSpread(args, index) ? null : (args[index] ?? null);
  }
  const [root, ...names] = pathOf(callee, bindings, MAX_ALIASES) ?? [];
  const module = root?.startsWith(IMPORTED) === true ? root.slice(IMPORTED.length) : '';
  return ASSERTIONS.get(module)?.includes(names.join('.')) === true ? first : null;
}

/** Which parameter a function asserts by its declaration, whose body is not seen; null for others. */
function declaredBy(name: Node, bindings: Bindings): number | null {
  const variable = name.type === 'Identifier' ? bindings.variable(name) : null;
  for (const { node } of variable?.defs ?? []) {
    if (node.type !== 'TSDeclareFunction') continue;
    const { params, returnType }: Pick<FunctionNode, 'params' | 'returnType'> = node;
    const predicate = returnType?.typeAnnotation;
    if (predicate?.type !== 'TSTypePredicate' || !predicate.asserts) continue;
    if (predicate.typeAnnotation !== null) continue;
    const asserted = predicate.parameterName;
    const index = params.findIndex((parameter) => {
      const own = nameOf(parameter);
      return (
        own?.type === 'Identifier' && asserted.type === 'Identifier' && own.name === asserted.name
      );
    });
    if (index >= 0) return index;
  }
  return null;
}

/** Stands before the specifier of a module, as what a path begins with. */
const IMPORTED = 'import ';

/** The global or module that an expression reads, and the members that it reads of it; null for others. */
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
  if (imported === null) return null;
  const { name, specifier } = imported;
  if (!PROCESS_MODULES.has(specifier)) {
    return [`${IMPORTED}${specifier}`, ...(name === null ? [] : [name])];
  }
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
