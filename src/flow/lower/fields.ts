/** Private fields of classes, and where they are mentioned. */

import {
  keyName,
  memberName,
  nodesIn,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';

export interface Field {
  readonly node: Node & { value: Node | null };
  readonly mentions: readonly MemberExpression[];
}

/** The private field that a member is, and all mentions of it; null for any other member. */
export function privateField(member: MemberExpression): Field | null {
  const name = memberName(member);
  for (let outer = member.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type !== 'ClassBody') continue;
    for (const own of outer.body) {
      if (own.type !== 'PropertyDefinition' || keyName(own.key, own.computed) !== name) continue;
      const mentions = mentionsOf(own);
      return mentions === null ? null : { node: own, mentions };
    }
  }
  return null;
}

/** All mentions of a private member of a class; null for one that others can use, too. */
export function mentionsOf(member: Node): readonly MemberExpression[] | null {
  const isMember = member.type === 'MethodDefinition' || member.type === 'PropertyDefinition';
  const body = isMember ? member.parent : null;
  if (!isMember || body?.type !== 'ClassBody') return null;
  const isPrivate = member.key.type === 'PrivateIdentifier' || member.accessibility === 'private';
  const name = keyName(member.key, member.computed);
  if (!isPrivate || name === null) return null;
  return nodesIn(body).filter(
    (node): node is MemberExpression =>
      node.type === 'MemberExpression' && memberName(node) === name,
  );
}
