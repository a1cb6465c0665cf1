/**
 * What bindings are given, as it is written: for who has to know by which names a value comes to where
 * it is used, and not only what it is.
 */

import { isFunction, keyName, type FunctionNode, type Node } from '../syntax/ast.ts';
import { importOf, type Definition, type Variable } from '../syntax/bindings.ts';
import { isSpread } from '../syntax/forms.ts';
import { assignmentOf, stepsTo } from '../syntax/patterns.ts';
import type { Values } from './resolve.ts';

/** Something that a binding is given. */
export interface Giving {
  /** The expressions whose value it is, as far as they are seen. */
  readonly nodes: readonly Node[];
  /** The names by which it is exported, or taken out of something; the outermost comes first. */
  readonly names: readonly string[];
}

type Asked = Pick<Values, 'callsOf' | 'partsIn'>;

/** What the definitions of a binding give to it; to a parameter, the calls that are seen do. */
export function definedBy({ defs }: Variable, values: Asked): readonly Giving[] {
  return defs.flatMap((definition): readonly Giving[] => {
    const { type, node, name } = definition;
    if (type === 'ImportBinding') return imported(definition);
    if (type === 'Parameter' && isFunction(node)) return toParameter(node, name, values);
    return node.type === 'VariableDeclarator' && node.init !== null
      ? taken(node.id, name, [node.init], values)
      : [];
  });
}

/** What assignments, and loops, give to a binding. */
export function assignedTo({ references }: Variable, values: Asked): readonly Giving[] {
  return references.flatMap(({ identifier, init, writeExpr }): readonly Giving[] => {
    if (init === true || !writeExpr) return [];
    const assignment = assignmentOf(identifier);
    return assignment === null
      ? [{ nodes: [writeExpr], names: [] }]
      : taken(assignment.left, identifier, [assignment.right], values);
  });
}

function imported(definition: Definition): readonly Giving[] {
  const name = importOf(definition)?.name ?? null;
  return name === null ? [] : [{ nodes: [], names: [name] }];
}

function toParameter(target: FunctionNode, name: Node, values: Asked): readonly Giving[] {
  const index = target.params.findIndex((parameter) => stepsTo(parameter, name) !== null);
  const parameter = target.params[index];
  if (parameter === undefined) return [];
  const given = values.callsOf(target).flatMap(({ arguments: args }): readonly Node[] => {
    const argument = args[index];
    return argument === undefined || isSpread(args, index) ? [] : [argument];
  });
  return taken(parameter, name, given, values);
}

/** What a name in a pattern takes of what the pattern is given, and the defaults on the way to it. */
function taken(
  pattern: Node,
  name: Node,
  given: readonly Node[],
  values: Asked,
): readonly Giving[] {
  let givings: readonly Giving[] = [{ nodes: given, names: [] }];
  for (const step of stepsTo(pattern, name) ?? []) {
    if (step.kind === 'rest') return [];
    if (step.kind === 'default') {
      givings = [...givings, { nodes: [step.node.right], names: [] }];
      continue;
    }
    const own = step.kind === 'property' ? keyName(step.node.key, step.node.computed) : null;
    const key = step.kind === 'element' ? String(step.index) : own;
    givings = givings.map(({ nodes, names }) => ({
      nodes: key === null ? [] : nodes.flatMap((node) => values.partsIn(node, key)),
      names: own === null ? names : [...names, own],
    }));
  }
  return givings;
}
