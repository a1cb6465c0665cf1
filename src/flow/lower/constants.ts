/** Which names, and members of what has one, always are the same string or number. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { isGlobal } from '../../syntax/promises.ts';
import type { LowerHost } from './parts.ts';
import { IS_ERROR, valueQuestion, type Constants } from './questions.ts';

/** What constants are declared with: others need not be worked out. */
const CONSTANT_FORMS: ReadonlySet<string> = new Set([
  'CallExpression',
  'Identifier',
  'Literal',
  'MemberExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

/** What these give is no string, or no constant. */
const MADE_ANEW: ReadonlySet<string> = new Set(['CallExpression', 'ObjectExpression']);

/** The constants of a file, as far as its host works them out. */
export function constantsOf(bindings: Bindings, host: Pick<LowerHost, 'literal'>): Constants {
  return (node) => {
    if (isGlobal(node, 'Error', bindings)) return IS_ERROR;
    const value = isConstantLike(node, bindings) ? (host.literal?.(node) ?? null) : null;
    return value === null ? null : valueQuestion(value);
  };
}

/** Whether an expression has the form of a constant: a name, or a member of what has one. */
function isConstantLike(node: Node, bindings: Bindings): boolean {
  let inner = unwrap(node);
  const isMember = inner.type === 'MemberExpression';
  while (inner.type === 'MemberExpression') inner = unwrap(inner.object);
  const variable = inner.type === 'Identifier' ? bindings.variable(inner) : null;
  const [definition] = variable?.defs ?? [];
  if (variable === null || definition === undefined || !isNeverReassigned(variable)) return false;
  if (definition.type !== 'Variable') return definition.type !== 'Parameter';
  const init = initializerOf(variable);
  const form = init === null ? null : unwrap(init).type;
  return form !== null && CONSTANT_FORMS.has(form) && (isMember || !MADE_ANEW.has(form));
}
