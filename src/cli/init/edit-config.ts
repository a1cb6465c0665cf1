/** Puts the plugin into a flat configuration of ESLint, and leaves the rest of the text as it is. */

import { parseSync, type Argument, type Expression, type Program } from 'oxc-parser';

import manifest from '../../../package.json' with { type: 'json' };
import type { ConfigName } from '../../configs.ts';

/** The text of the configuration with the plugin in it, or why it is to be put in by hand. */
export type Edited = { readonly text: string } | { readonly problem: string };

/** Calls that take configurations, as arguments or in an array, and give an array of them. */
const MAKERS = /^(?:defineConfig|(?:\w+\.)?config|withNuxt|antfu)$/u;

/**
 * Adds a configuration of the plugin behind the others.
 *
 * @param path the name of the file, which tells its syntax
 */
export function withPlugin(path: string, text: string, config: ConfigName): Edited {
  if (text.includes(manifest.name)) return { problem: 'the plugin is in it already' };
  const lang = /\.[cm]?ts$/u.test(path) ? 'ts' : 'js';
  const { program, errors } = parseSync(`eslint.config.${lang}`, text, { lang });
  if (errors.length > 0) return { problem: 'it cannot be parsed' };
  const exported = exportOf(program);
  const list = exported === null ? null : listOf(exported.value, program, 0);
  if (exported === null || list === null) return { problem: 'what it exports is no list' };
  const name = text.includes('intercomJwt') ? 'intercomJwtPlugin' : 'intercomJwt';
  const quote = quoteOf(text);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const source = `${quote}${manifest.name}${quote}`;
  const [statement, at] = exported.isCommonJs
    ? [`const ${name} = require(${source});`, behindRequires(program)]
    : [`import ${name} from ${source};`, behindImports(program)];
  const semicolon =
    /;\s*$/mu.test(text) || !text.includes('\n') ? statement : statement.slice(0, -1);
  const element = `...${name}.configs.${config}`;
  const inserted = insertion(list, text, element, end);
  const imported = { at, text: at === 0 ? `${semicolon}${end}${end}` : `${end}${semicolon}` };
  const changes = [inserted, imported].sort((one, other) => other.at - one.at);
  return {
    text: changes.reduce(
      (result, change) => result.slice(0, change.at) + change.text + result.slice(change.at),
      text,
    ),
  };
}

interface Exported {
  readonly value: Expression;
  readonly isCommonJs: boolean;
}

function exportOf({ body }: Program): Exported | null {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      if (declaration.type.endsWith('Declaration')) return null;
      return { value: declaration as Expression, isCommonJs: false };
    }
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    if (expression.type !== 'AssignmentExpression') continue;
    const { left, right } = expression;
    const isExports =
      left.type === 'MemberExpression' &&
      left.object.type === 'Identifier' &&
      left.object.name === 'module' &&
      left.property.type === 'Identifier' &&
      left.property.name === 'exports';
    if (isExports) return { value: right, isCommonJs: true };
  }
  return null;
}

/** Where elements stand: those of an array, or the arguments of a call. */
interface List {
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly start: number; readonly end: number }[];
}

const MAX_DEPTH = 5;

function listOf(value: Expression, program: Program, depth: number): List | null {
  if (depth > MAX_DEPTH) return null;
  switch (value.type) {
    case 'ArrayExpression': {
      const items = value.elements.filter((element) => element !== null);
      return { start: value.start + 1, end: value.end - 1, items };
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return listOf(value.expression, program, depth + 1);
    case 'Identifier': {
      const init = initOf(value.name, program);
      return init === null ? null : listOf(init, program, depth + 1);
    }
    case 'CallExpression': {
      if (!MAKERS.test(calleeName(value.callee))) return null;
      const [only, ...others] = value.arguments;
      if (only === undefined) return null;
      const isList = others.length === 0 && isExpression(only) && only.type === 'ArrayExpression';
      if (isList) return listOf(only, program, depth + 1);
      return { start: only.start, end: value.end - 1, items: value.arguments };
    }
    default:
      return null;
  }
}

function isExpression(argument: Argument): argument is Expression {
  return argument.type !== 'SpreadElement';
}

function calleeName(callee: Expression): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return '';
  return callee.property.type === 'Identifier'
    ? `${callee.object.name}.${callee.property.name}`
    : '';
}

/** What a constant of the module is made with. */
function initOf(name: string, { body }: Program): Expression | null {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && id.name === name) return init ?? null;
    }
  }
  return null;
}

function insertion(
  { start, end, items }: List,
  text: string,
  element: string,
  lineEnd: string,
): { at: number; text: string } {
  const last = items.at(-1);
  if (last === undefined) return { at: start, text: element };
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = text.slice(lineStart, last.start);
  const isOnOwnLine = lineStart > 0 && indent.trim() === '';
  if (!isOnOwnLine || !text.slice(last.end, end).includes('\n')) {
    return { at: last.end, text: `, ${element}` };
  }
  return { at: last.end, text: `,${lineEnd}${indent}${element}` };
}

function behindImports({ body }: Program): number {
  return body.findLast(({ type }) => type === 'ImportDeclaration')?.end ?? 0;
}

/** Behind the last `const … = require(…)` at the head of a module, or a directive. */
function behindRequires({ body }: Program): number {
  let end = 0;
  for (const statement of body) {
    const isDirective = statement.type === 'ExpressionStatement' && 'directive' in statement;
    if (statement.type !== 'VariableDeclaration' && !isDirective) break;
    if (statement.type === 'VariableDeclaration' && !isRequire(statement.declarations[0]?.init))
      break;
    end = statement.end;
  }
  return end;
}

function isRequire(init: Expression | null | undefined): boolean {
  if (init?.type === 'MemberExpression') return isRequire(init.object);
  if (init?.type !== 'CallExpression') return false;
  return calleeName(init.callee) === 'require' || isRequire(init.callee);
}

function quoteOf(text: string): string {
  const [, quote = "'"] = /(?:from|require\()\s*(["'])/u.exec(text) ?? [];
  return quote;
}
