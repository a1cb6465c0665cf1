/** The scopes of a tree whose parser leaves them to the linter. */

import { analyze } from 'eslint-scope';

export interface ScopeOptions {
  readonly ecmaVersion?: number | undefined;
  readonly sourceType?: 'script' | 'module' | 'commonjs' | undefined;
}

/** The scopes as the linter finds them. */
export function scopesOf(
  root: object,
  { ecmaVersion = 2024, sourceType = 'module' }: ScopeOptions = {},
): object {
  return analyze(root as never, {
    ecmaVersion: ecmaVersion as 2024,
    sourceType,
    ignoreEval: true,
    nodejsScope: sourceType === 'commonjs',
    jsx: true,
    fallback: (node: object) => Object.keys(node).filter((key) => key !== 'parent'),
  });
}
