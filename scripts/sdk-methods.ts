/** The methods that the types of a package declare for its client. */

import ts from 'typescript';

/**
 * The names of the methods of what a declaration file exports as its default.
 *
 * @returns none where it exports no object whose type is declared in the same file
 */
export function clientMethods(text: string): string[] {
  const file = ts.createSourceFile('index.d.ts', text, ts.ScriptTarget.Latest, true);
  const types = new Map<string, readonly ts.TypeElement[]>();
  const constants = new Map<string, ts.TypeNode>();
  let exported: string | null = null;
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement)) types.set(statement.name.text, statement.members);
    if (ts.isTypeAliasDeclaration(statement)) {
      types.set(statement.name.text, membersOf(statement.type));
    }
    if (ts.isVariableStatement(statement)) {
      for (const { name, type } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name) && type !== undefined) constants.set(name.text, type);
      }
    }
    if (ts.isExportAssignment(statement) && ts.isIdentifier(statement.expression)) {
      exported = statement.expression.text;
    }
  }
  const type = constants.get(exported ?? '');
  if (type === undefined) return [];
  const members = ts.isTypeReferenceNode(type)
    ? (types.get(type.typeName.getText(file)) ?? [])
    : membersOf(type);
  return [...new Set(members.filter(isMethod).map(({ name }) => name?.getText(file) ?? ''))];
}

function membersOf(type: ts.TypeNode): readonly ts.TypeElement[] {
  return ts.isTypeLiteralNode(type) ? type.members : [];
}

function isMethod(member: ts.TypeElement): boolean {
  if (ts.isMethodSignature(member)) return true;
  return ts.isPropertySignature(member) && member.type?.kind === ts.SyntaxKind.FunctionType;
}
