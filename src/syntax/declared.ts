/** The names that declarations declare. */

import { isClass, isFunction, type Node } from './ast.ts';
import { namesIn } from './patterns.ts';

/** The names that a declaration declares. */
export function declaredNames(declaration: Node): readonly Node[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => namesIn(id));
  }
  if ((isFunction(declaration) || isClass(declaration)) && declaration.id) return [declaration.id];
  return declaration.type === 'TSEnumDeclaration' || declaration.type === 'TSModuleDeclaration'
    ? [declaration.id]
    : [];
}

/** What an alias stands for (`import Alias = Outer.Inner`); null for any other declaration. */
export function aliasOf(declaration: Node): Node | null {
  if (declaration.type !== 'TSImportEqualsDeclaration') return null;
  const { moduleReference: name } = declaration;
  return name.type === 'TSExternalModuleReference' ? null : name;
}

/** The names that a namespace of TypeScript exports, where they are declared. */
export function exportedFrom(
  namespace: Node & { readonly type: 'TSModuleDeclaration' },
): readonly (Node & { readonly type: 'Identifier' })[] {
  if (namespace.body?.type !== 'TSModuleBlock') return [];
  return namespace.body.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.declaration !== null
      ? declaredNames(statement.declaration).filter((name) => name.type === 'Identifier')
      : [],
  );
}
