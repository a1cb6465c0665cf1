/** Whether a change of a program that changes nothing of what it does changes what is told of it. */

import { isNode } from '../../src/syntax/ast.ts';
import { offsetOf } from '../../src/syntax/places.ts';
import { rewritesOf, TOLD, type Kind } from './metamorphic.ts';
import { violationsIn } from './verdict.ts';

export interface Difference {
  readonly kind: Kind;
  readonly before: string;
  readonly after: string;
  /** What is told of the program, with its places as they are in the changed one, and of that. */
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** What is told of a program: where, and if it is to be the same, why. */
function told(source: string, withCause: boolean, moved: (at: number) => number): string[] {
  const at = (node: unknown): string => (isNode(node) ? String(moved(offsetOf(node))) : '?');
  return violationsIn(source)
    .map(({ site, cause, culprits }) =>
      withCause ? `${at(site.node)} ${cause} ${culprits.map(at).join()}` : at(site.node),
    )
    .sort();
}

/**
 * The differences that changes of a kind make.
 *
 * @param most so many changes of the program are tried
 */
export function differencesIn(
  source: string,
  kind: Kind,
  most: number,
): { readonly tried: number; readonly differences: readonly Difference[] } {
  const rewrites = rewritesOf(source, kind);
  // Spread over the program, and always the same
  const step = Math.max(1, Math.floor(rewrites.length / most));
  const chosen = rewrites.filter((_, index) => index % step === 0).slice(0, most);
  const differences: Difference[] = [];
  for (const { source: after, moved } of chosen) {
    const withCause = TOLD.has(kind);
    const expected = told(source, withCause, moved);
    const found = told(after, withCause, (offset) => offset);
    if (expected.join(';') !== found.join(';')) {
      differences.push({ kind, before: source, after, expected, found });
    }
  }
  return { tried: chosen.length, differences };
}
