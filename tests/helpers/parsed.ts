/** Files as the analysis gets them, with no linter around: its own analysis of paths is not ours. */

import { parseForESLint } from '@typescript-eslint/parser';

import { isNode, linkParents } from '../../src/syntax/ast.ts';
import type { SourceFile } from '../../src/session/source.ts';

/** A module in TypeScript with JSX, its nodes linked to their parents. */
export function parsed(text: string): SourceFile {
  const { ast, scopeManager } = parseForESLint(text, {
    ecmaFeatures: { jsx: true },
    range: true,
    loc: true,
    sourceType: 'module',
  });
  if (isNode(ast)) linkParents(ast);
  return { ast, scopeManager, text };
}
