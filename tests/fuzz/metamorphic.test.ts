/** Changes that change nothing of what a program does change nothing of what is told of it. */

import { describe, expect, test } from 'vitest';

import { defaultFlags, functionFlags } from './flags.ts';
import { KINDS, rewritesOf } from './metamorphic.ts';
import { generatePrograms } from './program.ts';
import { differencesIn } from './same.ts';

/** With more of them: `npm run metamorphic`. */
const PROGRAMS = 12;

const programs = [defaultFlags, functionFlags].flatMap((flags) =>
  [...generatePrograms({ count: PROGRAMS, seed: 17, flags })].map(({ program }) => program.source),
);

test.each(KINDS)('%s: the verdicts are the same', (kind) => {
  expect(programs.flatMap((source) => differencesIn(source, kind, 2).differences)).toEqual([]);
});

describe('a change', () => {
  const SOURCE = `import Intercom from '@intercom/intercom-react-native';
export async function open(a) {
  if (a) { await Intercom.setUserJwt(a); } else { f(); }
  await Intercom.present();
  await g();
}
`;

  test.each([
    ['rename', 'if (a_renamed) { await Intercom.setUserJwt(a_renamed)'],
    ['block', '{ let other = 1; other += 2; await Intercom.present(); }'],
    ['invert', 'if (!(a)) { f(); } else { await Intercom.setUserJwt(a); }'],
    ['shorten', '(a) ? (await Intercom.setUserJwt(a)) : (f());'],
    ['iife', 'await (async () => { await Intercom.present(); })();'],
    ['extract', '{ async function part() { await Intercom.present(); } await part(); }'],
    ['then', 'return Intercom.present().then(async () => {\n  await g();\n}); }'],
  ] as const)('%s is made as it is meant', (kind, expected) => {
    expect(rewritesOf(SOURCE, kind).map(({ source }) => source)).toContainEqual(
      expect.stringContaining(expected),
    );
  });

  test('leads from the places of a program to those of the changed one', () => {
    const calls = [...SOURCE.matchAll(/Intercom\.\w+/g)].map(({ index, 0: call }) => [index, call]);
    for (const { source, moved } of KINDS.flatMap((kind) => rewritesOf(SOURCE, kind))) {
      for (const [index = 0, call = ''] of calls) {
        expect(source.startsWith(String(call), moved(Number(index))), source).toBe(true);
      }
    }
  });
});
