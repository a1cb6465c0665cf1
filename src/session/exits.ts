/** Calls that end the process, and those that throw unless they are given something. */

import { unwrap, type CallExpression, type FunctionNode, type Node } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { isSpread, nameOf } from '../syntax/forms.ts';
import { canBeOf, type Outside } from '../values/externals.ts';

/** Functions of `process` that never return. */
const ENDING: ReadonlySet<string> = new Set(['exit', 'abort', 'reallyExit']);

/** The global, and the module of it. */
const PROCESS = 'process';

/** What `node:assert` is itself, by the names under which it exports itself; and `ok` does the same. */
const NODE_ASSERT: readonly string[] = ['', 'ok', 'strict', 'strict.ok'];

/**
 * Functions that throw unless their first argument is truthy, in each mode of theirs, by the modules
 * and the names under which these export them; the default has none.
 */
export const ASSERTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['assert', NODE_ASSERT],
  ['assert/strict', NODE_ASSERT],
  ['invariant', ['']],
  ['tiny-invariant', ['']],
  ['ts-invariant', ['', 'invariant']],
]);

const PROCESSES: ReadonlySet<string> = new Set([PROCESS]);
const ASSERTING: ReadonlySet<string> = new Set(ASSERTIONS.keys());

/** Whether a call ends the process, whatever name the function or `process` has in the file. */
export function isProcessExit(
  { callee }: CallExpression,
  bindings: Bindings,
  outside: Outside,
): boolean {
  const external = canBeOf(callee, PROCESSES, bindings) ? outside(callee) : null;
  if (external === null) return false;
  const { module, path } = external;
  const [root, name, ...rest] = module === null ? path : [module, ...path];
  return root === PROCESS && name !== undefined && rest.length === 0 && ENDING.has(name);
}

/**
 * The argument without which a call throws: the call of an assertion of a library, or of a function that
 * is declared to be one (`asserts x`); null for any other call.
 */
export function assertedBy(
  { callee, arguments: args }: CallExpression,
  bindings: Bindings,
  outside: Outside,
): Node | null {
  const [first] = args;
  if (first === undefined || first.type === 'SpreadElement') return null;
  const index = declaredBy(unwrap(callee), bindings);
  if (index !== null) {
    return isSpread(args, index) ? null : (args[index] ?? null);
  }
  const external = canBeOf(callee, ASSERTING, bindings) ? outside(callee) : null;
  const names = ASSERTIONS.get(external?.module ?? '') ?? [];
  return external !== null && names.includes(external.path.join('.')) ? first : null;
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
