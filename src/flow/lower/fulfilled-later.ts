/** Whether a promise that is made by hand is fulfilled only once its executor has come to its end. */

import { functionAround, type FunctionNode, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { declaredAs } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import { callsLater } from './handed.ts';
import type { Settlers } from './settlers.ts';

/**
 * Whether all that fulfils a promise runs later: callbacks of chains of promises, of timers and
 * listeners. An executor that throws has rejected its promise then.
 */
export function isFulfilledLater(
  executor: FunctionNode,
  { resolves }: Settlers,
  bindings: Bindings,
): boolean {
  const seen = new Set<Variable>();
  return [...resolves].every((use) => runsLater(use, executor, bindings, seen));
}

/** @param seen the names of functions that have been looked at */
function runsLater(
  use: Node,
  executor: FunctionNode,
  bindings: Bindings,
  seen: Set<Variable>,
): boolean {
  let inner = use;
  while (!isCallback(inner)) {
    const around = functionAround(inner);
    if (around === null || around === executor) return false;
    const variable = nameOf(around, bindings);
    if (variable !== null && isCalledLater(variable, executor, bindings, seen)) return true;
    inner = around;
  }
  return true;
}

function isCalledLater(
  name: Variable,
  executor: FunctionNode,
  bindings: Bindings,
  seen: Set<Variable>,
): boolean {
  if (seen.has(name)) return true;
  seen.add(name);
  return name.references
    .filter(({ init }) => init !== true)
    .every(({ identifier }) => runsLater(identifier, executor, bindings, seen));
}

/** Whether a function is given to a chain of promises, or to what calls it later. */
function isCallback(node: Node): boolean {
  const { parent } = node;
  if (parent?.type !== 'CallExpression' || parent.callee === node) return false;
  return linkOf(parent.callee) !== null || callsLater(parent);
}

/** The name that a function has for good; null where it has none. */
function nameOf(node: FunctionNode, bindings: Bindings): Variable | null {
  const id = declaredAs(node);
  const variable = id?.type === 'Identifier' ? bindings.variable(id) : null;
  return variable !== null && isNeverReassigned(variable) ? variable : null;
}
