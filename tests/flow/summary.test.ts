/** Summaries: when two say the same, what both together say, and what goes by tests. */

import { describe, expect, test } from 'vitest';

import type { Relation } from '../../src/flow/algebra/relation.ts';
import {
  dependsOnFacts,
  joinSummaries,
  mapSummary,
  noResults,
  sameSummary,
  type Summary,
} from '../../src/flow/algebra/summary.ts';
import { RESULT_KINDS } from '../../src/flow/term/term.ts';
import { space } from '../helpers/terms.ts';

const { algebra } = space;

const NOTHING: Summary = {
  results: noResults(algebra.empty),
  thrown: algebra.empty,
  suspended: algebra.empty,
  lingering: algebra.empty,
  ended: noResults(algebra.empty),
  dead: algebra.empty,
};

/** Ways to say one thing more than nothing, by what it is about. */
const PARTS: readonly (readonly [name: string, add: (relation: Relation) => Summary])[] = [
  ...(['thrown', 'suspended', 'lingering', 'dead'] as const).map(
    (part) => [part, (relation: Relation): Summary => ({ ...NOTHING, [part]: relation })] as const,
  ),
  ...(['results', 'ended'] as const).flatMap((part) =>
    RESULT_KINDS.map(
      (kind) =>
        [
          `${part}, ${kind}`,
          (relation: Relation): Summary => ({
            ...NOTHING,
            [part]: { ...NOTHING[part], [kind]: relation },
          }),
        ] as const,
    ),
  ),
];

describe.each(PARTS)('%s', (_, add) => {
  const one = add(algebra.identity);
  const asked = add(algebra.test(0, true));

  test('makes a summary another one', () => {
    expect(sameSummary(NOTHING, { ...NOTHING })).toBe(true);
    expect(sameSummary(NOTHING, one)).toBe(false);
    expect(sameSummary(one, NOTHING)).toBe(false);
    expect(sameSummary(one, asked)).toBe(false);
  });

  test('is in both summaries together', () => {
    expect(sameSummary(joinSummaries(space, one, NOTHING), one)).toBe(true);
    expect(sameSummary(joinSummaries(space, NOTHING, one), one)).toBe(true);
  });

  test('can go by a test', () => {
    expect(dependsOnFacts(NOTHING)).toBe(false);
    expect(dependsOnFacts(one)).toBe(false);
    expect(dependsOnFacts(asked)).toBe(true);
  });

  test('is changed with the summary, which stays itself where nothing changes', () => {
    const changed = mapSummary(one, (relation) =>
      relation === algebra.identity ? algebra.test(0, true) : relation,
    );
    expect(sameSummary(changed, asked)).toBe(true);
    expect(mapSummary(one, (relation) => relation)).toBe(one);
  });
});
