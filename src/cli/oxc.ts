/** A parser for ESLint that reads TypeScript and JSX without the `typescript` package. */

import { analyze } from '@typescript-eslint/scope-manager';
import type { Linter, SourceCode } from 'eslint';
import { parseSync, visitorKeys, type Comment } from 'oxc-parser';

import { Lines, type Position } from '../explain/lines.ts';
import { isTooDeep } from '../project/nesting.ts';

/** The syntax that a file is read in, whatever its name says. */
export type Syntax = 'js' | 'jsx' | 'ts' | 'tsx';

type Parsed = Linter.ESLintParseResult;

interface Located {
  readonly start: number;
  readonly end: number;
  loc?: { readonly start: Position; readonly end: Position };
}

/**
 * Parses a file and analyses its scopes.
 *
 * The result has no tokens: of the rules of this plugin only suggestions ask for some, and do
 * without where there are none.
 *
 * @param sourceType that of ESLint's `languageOptions`
 * @throws an error with the place of the problem, as ESLint wants it of a parser
 */
export function parse(text: string, syntax: Syntax, sourceType: 'module' | 'commonjs'): Parsed {
  if (isTooDeep(text, syntax !== 'ts')) {
    const message = 'The code is nested too deeply to be read';
    throw Object.assign(new SyntaxError(message), { lineNumber: 1, column: 1, index: 0 });
  }
  const lines = new Lines(text);
  const isModule = sourceType === 'module';
  const { program, comments, errors } = parseSync(`file.${syntax}`, text, {
    lang: syntax,
    sourceType,
    astType: 'ts',
    range: true,
    preserveParens: false,
  });
  const [problem] = errors;
  if (problem !== undefined) {
    const { line, column } = lines.at(problem.labels[0]?.start ?? 0);
    throw Object.assign(new SyntaxError(problem.message), {
      lineNumber: line,
      column: column + 1,
      index: problem.labels[0]?.start ?? 0,
    });
  }
  locate(program, lines);
  const ast = Object.assign(program, {
    tokens: [],
    comments: comments.map((comment) => commentAt(comment, lines)),
  }) as unknown as SourceCode['ast'];
  return {
    ast,
    scopeManager: analyze(ast as unknown as Parameters<typeof analyze>[0], {
      sourceType: isModule ? 'module' : 'script',
      globalReturn: !isModule,
    }) as unknown as NonNullable<Parsed['scopeManager']>,
    visitorKeys,
  };
}

/** Gives every node its lines and columns, which oxc leaves out. */
function locate(root: object, lines: Lines): void {
  const pending: object[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!isLocated(node)) continue;
    node.loc = { start: lines.at(node.start), end: lines.at(node.end) };
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key);
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (typeof one === 'object' && one !== null) pending.push(one);
      }
    }
  }
}

function isLocated(node: object): node is Located & { readonly type: string } {
  return 'type' in node && 'start' in node && 'end' in node;
}

function commentAt({ type, value, start, end }: Comment, lines: Lines): object {
  return { type, value, range: [start, end], loc: { start: lines.at(start), end: lines.at(end) } };
}
