/** The scopes of a tree whose parser leaves them to the linter. */

import { createRequire } from 'node:module';

import type * as eslintScope from 'eslint-scope';

export interface ScopeOptions {
  readonly ecmaVersion?: number | undefined;
  readonly sourceType?: 'script' | 'module' | 'commonjs' | undefined;
}

let scopes: typeof eslintScope | undefined;

/** The scopes as the linter finds them. What finds them is loaded when it is needed. */
export function scopesOf(
  root: object,
  { ecmaVersion = 2024, sourceType = 'module' }: ScopeOptions = {},
): object {
  scopes ??= createRequire(import.meta.url)('eslint-scope') as typeof eslintScope;
  return scopes.analyze(root as never, {
    ecmaVersion,
    sourceType,
    ignoreEval: true,
    nodejsScope: sourceType === 'commonjs',
    jsx: true,
    fallback: (node: object) => Object.keys(node).filter((key) => key !== 'parent'),
  });
}
