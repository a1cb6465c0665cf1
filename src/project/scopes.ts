/** The scopes of a tree whose parser leaves them to the linter. */

import type * as eslintScope from 'eslint-scope';

export interface ScopeOptions {
  readonly ecmaVersion?: number | undefined;
  readonly sourceType?: 'script' | 'module' | 'commonjs' | undefined;
}

/** The scopes as the linter finds them. */
export function scopesOf(
  { analyze }: typeof eslintScope,
  root: object,
  { ecmaVersion = 2024, sourceType = 'module' }: ScopeOptions = {},
): object {
  return analyze(root as never, {
    ecmaVersion,
    sourceType,
    ignoreEval: true,
    nodejsScope: sourceType === 'commonjs',
    jsx: true,
    fallback: (node: object) => Object.keys(node).filter((key) => key !== 'parent'),
  });
}
