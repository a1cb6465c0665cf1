/** Names that only the code of their file knows. */

import type { Node } from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';

/**
 * Whether something has one name that its file keeps to itself, and each mention of that is as wanted.
 *
 * @param declaration what declares the name: a function, or the whole of the declaration of a variable
 */
export function isOnlyMentioned(
  name: Node | null,
  declaration: Node | null | undefined,
  bindings: Bindings,
  isWanted: (identifier: Node) => boolean,
): boolean {
  const variable = name?.type === 'Identifier' ? bindings.variable(name) : null;
  if (variable === null || !isNeverReassigned(variable)) return false;
  if (declaration?.parent?.type.startsWith('Export') === true) return false;
  return variable.references.every(
    ({ identifier, init }) => init === true || isOfType(identifier) || isWanted(identifier),
  );
}

/** Whether a name is only asked for its type. */
export function isOfType({ parent }: Node): boolean {
  return parent?.type === 'TSTypeQuery';
}
