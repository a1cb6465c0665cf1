/** What code outside a file can call. */

import {
  isClass,
  isFunction,
  memberName,
  publicMethods,
  unwrap,
  type Node,
  type Program,
} from '../flow/ast.ts';
import type { Bindings } from '../flow/bindings.ts';
import type { Lowering } from '../flow/lower.ts';
import type { FunctionTerm } from '../flow/term.ts';
import type { Value, Values } from '../flow/values.ts';

/** Objects in objects are looked into this deep. */
const MAX_DEPTH = 3;

/** The functions of a module that code outside it can call. */
export function exportedFunctions(
  program: Program,
  bindings: Bindings,
  values: Values,
  lowering: Lowering,
): readonly FunctionTerm[] {
  const found = new Set<FunctionTerm>();
  const add = (value: Value, depth: number): void => {
    switch (value.kind) {
      case 'function':
        if (value.node.body !== null) found.add(lowering.function(value.node));
        break;
      case 'class':
        found.add(lowering.construction(value.node));
        for (const method of publicMethods(value.node)) found.add(lowering.function(method));
        break;
      case 'instance':
        for (const method of publicMethods(value.of)) found.add(lowering.function(method));
        break;
      case 'object':
        if (depth >= MAX_DEPTH) break;
        for (const property of value.node.properties) {
          const inner = property.type === 'SpreadElement' ? property.argument : property.value;
          for (const next of values.of(inner)) add(next, depth + 1);
        }
        break;
      case 'promise':
        for (const next of value.of) add(next, depth);
        break;
      case 'array':
      case 'external':
        break;
    }
  };
  for (const expression of exportedExpressions(program)) {
    const variable = bindings.variable(expression);
    const known = variable === null ? values.of(expression) : values.ofVariable(variable);
    for (const value of known) add(value, 0);
  }
  return [...found];
}

/** The expressions and names that a module exports, in ESM or CommonJS. */
function exportedExpressions(program: Program): readonly Node[] {
  const found: Node[] = [];
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ExportNamedDeclaration':
        if (statement.declaration !== null) found.push(...declaredNames(statement.declaration));
        if (statement.source === null)
          found.push(...statement.specifiers.map(({ local }) => local));
        break;
      case 'ExportDefaultDeclaration':
        found.push(statement.declaration);
        break;
      case 'TSExportAssignment':
        found.push(statement.expression);
        break;
      case 'ExpressionStatement': {
        const assignment = unwrap(statement.expression);
        if (assignment.type === 'AssignmentExpression' && isExportsTarget(assignment.left)) {
          found.push(assignment.right);
        }
        break;
      }
      default:
        break;
    }
  }
  return found;
}

function declaredNames(declaration: Node): readonly Node[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => namesIn(id));
  }
  return isFunction(declaration) || isClass(declaration) ? [declaration] : [];
}

function namesIn(pattern: Node): readonly Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    default:
      return [];
  }
}

/** `module.exports`, `exports.name`, `module.exports.name` */
function isExportsTarget(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'MemberExpression') return false;
  const object = unwrap(inner.object);
  if (object.type === 'Identifier') {
    return (
      object.name === 'exports' || (object.name === 'module' && memberName(inner) === 'exports')
    );
  }
  return isExportsTarget(object);
}
