/** Which of the lives that a token can have counts. */

import type { Seconds } from '../../values/duration.ts';
import { tableOf } from '../../values/possibilities.ts';
import type { Expiry, Life, UnitMistake } from './life.ts';

/** A life whose length is known. */
export interface Limit {
  readonly life: Life;
  readonly seconds: Seconds;
}

/** Whose tokens are looked at. */
export type Whose = 'intercom' | 'all';

/** The option that says so. */
export const WHOSE = {
  description: "Whether Intercom's user JWTs are meant, or all tokens.",
  enum: ['intercom', 'all'],
};

/** A token, as far as its life is limited. */
interface Limited {
  readonly expiry: Expiry;
  readonly isIntercom: boolean;
}

/**
 * The lives that are limited to less, or more, than they may be: each place once.
 *
 * @param limitOf the life of a token that is wrong; null where none is
 */
export function* wrongLives<T extends Limited>(
  mints: Iterable<T>,
  tokens: Whose,
  limitOf: (expiry: Expiry) => Limit | null,
): Generator<Limit & { readonly mint: T }> {
  const told = new Set<object>();
  for (const mint of mints) {
    const limit = mint.isIntercom || tokens === 'all' ? limitOf(mint.expiry) : null;
    if (limit === null || told.has(limit.life.place)) continue;
    told.add(limit.life.place);
    yield { ...limit, mint };
  }
}

/** The shortest life that is written down, that of a fallback too; null where none is known. */
export function shortestOf(expiry: Expiry): Limit | null {
  let shortest: Limit | null = null;
  for (const limit of eachTable(known(expiry), expiry)) {
    if (limit.life.isTold) continue;
    if (shortest === null || limit.seconds < shortest.seconds) shortest = limit;
  }
  return shortest;
}

/**
 * Of the lives in a table, by a key that is not known, the longest, which each of them is within;
 * none of a table in which one is not known.
 */
function eachTable(limits: readonly Limit[], { lives }: Expiry): readonly Limit[] {
  const longest = new Map<object, Limit>();
  const others: Limit[] = [];
  for (const limit of limits) {
    const table = tableOf(limit.life.possibility);
    const before = table === null ? undefined : longest.get(table);
    if (table === null) others.push(limit);
    else if (before === undefined || before.seconds < limit.seconds) longest.set(table, limit);
  }
  for (const { told, possibility } of lives) {
    const table = told.life === null ? tableOf(possibility) : null;
    if (table !== null) longest.delete(table);
  }
  return [...others, ...longest.values()];
}

/** The one life that is written down; null where there are several, or none, or where it may be less. */
export function onlyOf(expiry: Expiry): Limit | null {
  const [first, ...others] = known(expiry);
  if (first === undefined || first.life.isTold) return null;
  if (expiry.lives.some(({ possibility }) => possibility.role === 'bound')) return null;
  return others.every(({ seconds }) => seconds === first.seconds) ? first : null;
}

/** The known lives, those left out whose expression is in a wrong unit in some case. */
function known({ lives }: Expiry): readonly Limit[] {
  const mistaken = new Set(lives.flatMap(({ place, told }) => (told.mistake ? [place] : [])));
  return lives.flatMap((life): readonly Limit[] => {
    const { place, told } = life;
    if (told.life === null || mistaken.has(place)) return [];
    return [{ life, seconds: told.life }];
  });
}

/** The lives that are given in a wrong unit. */
export function mistakesOf({
  lives,
}: Expiry): readonly { readonly life: Life; readonly mistake: UnitMistake }[] {
  return lives.flatMap((life) => {
    const { mistake } = life.told;
    return mistake === null || life.isTold ? [] : [{ life, mistake }];
  });
}
