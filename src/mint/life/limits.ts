/** Which of the lives that a token can have counts. */

import type { Seconds } from '../../values/duration.ts';
import type { Expiry, Life, UnitMistake } from './life.ts';

/** A life whose length is known. */
export interface Limit {
  readonly life: Life;
  readonly seconds: Seconds;
}

/** The shortest life that is written down, that of a fallback too; null where none is known. */
export function shortestOf(expiry: Expiry): Limit | null {
  let shortest: Limit | null = null;
  for (const limit of known(expiry)) {
    if (limit.life.isTold) continue;
    if (shortest === null || limit.seconds < shortest.seconds) shortest = limit;
  }
  return shortest;
}

/** The one life that is written down; null where there are several, or none. */
export function onlyOf(expiry: Expiry): Limit | null {
  const [first, ...others] = known(expiry);
  if (first === undefined || first.life.isTold) return null;
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
