/** Twins of minting code: see `twins.ts`. */

import type { Rule } from 'eslint';

import { testTwins, type Twins } from './twins.ts';

/** What a pair says beyond its programs. */
export type MintExtras = Partial<Omit<Twins, 'name' | 'faulty' | 'correct'>>;

export type MintPair = readonly [name: string, faulty: string, correct: string, more?: MintExtras];

/** Runs pairs of programs with nothing before them. */
export function testMintTwins(
  ruleName: string,
  rule: Rule.RuleModule,
  messageId: string,
  pairs: readonly MintPair[],
): void {
  testTwins(
    ruleName,
    rule,
    pairs.map(([name, faulty, correct, more]) => ({
      name,
      faulty,
      correct,
      messageId,
      prologue: '',
      ...more,
    })),
  );
}
