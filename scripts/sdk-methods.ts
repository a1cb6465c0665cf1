/** The methods that the types of a package declare for its client, in each of the ways of packages. */

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

/**
 * The names of the methods of a type, by any of its names, in whichever of some declaration files it
 * is.
 */
export function typeMethods(texts: readonly string[], names: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    ts
      .createSourceFile('index.d.ts', text, ts.ScriptTarget.Latest, true)
      .statements.flatMap((statement): readonly ts.TypeElement[] => {
        const isMeant =
          (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) &&
          names.includes(statement.name.text);
        if (!isMeant) return [];
        return ts.isInterfaceDeclaration(statement)
          ? [...statement.members]
          : membersOf(statement.type);
      }),
  );
  return [...new Set(found.filter(isMethod).map(({ name }) => name?.getText() ?? ''))];
}

/** The names of the functions that a declaration file exports, its default not among them. */
export function exportedFunctions(text: string): string[] {
  const file = ts.createSourceFile('index.d.ts', text, ts.ScriptTarget.Latest, true);
  const names = file.statements.flatMap((statement): readonly string[] => {
    if (!isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? ''];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations
      .filter(({ type }) => type?.kind === ts.SyntaxKind.FunctionType)
      .map(({ name }) => name.getText(file));
  });
  return [...new Set(names)].filter((name) => name !== '');
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  const kinds = ts.getModifiers(statement)?.map(({ kind }) => kind) ?? [];
  return (
    kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DefaultKeyword)
  );
}

function membersOf(type: ts.TypeNode): readonly ts.TypeElement[] {
  return ts.isTypeLiteralNode(type) ? type.members : [];
}

function isMethod(member: ts.TypeElement): boolean {
  if (ts.isMethodSignature(member)) return true;
  return ts.isPropertySignature(member) && member.type?.kind === ts.SyntaxKind.FunctionType;
}
