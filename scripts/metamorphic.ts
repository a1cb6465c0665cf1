/**
 * Changes programs in ways that change nothing of what they do, and looks for verdicts that change.
 * The smallest program of each kind is told, with what it became.
 *
 *     npm run metamorphic -- --programs 2000 --seed 7 --kinds invert,then
 */

import { parseArgs } from 'node:util';

import { defaultFlags, functionFlags } from '../tests/fuzz/flags.ts';
import { KINDS, type Kind } from '../tests/fuzz/metamorphic.ts';
import { generatePrograms } from '../tests/fuzz/program.ts';
import { differencesIn, type Difference } from '../tests/fuzz/same.ts';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    kinds: { type: 'string', default: KINDS.join() },
    /** So many changes of a kind are made in one program. */
    each: { type: 'string', default: '3' },
    shown: { type: 'string', default: '1' },
  },
});
const count = Number(values.programs);
const seed = Number(values.seed);
const kinds = KINDS.filter((kind) => values.kinds.split(',').includes(kind));
const tried = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
const found = new Map<Kind, Difference[]>(kinds.map((kind) => [kind, []]));

for (const flags of [defaultFlags, functionFlags]) {
  for (const { program } of generatePrograms({ count: count / 2, seed, flags })) {
    for (const kind of kinds) {
      const result = differencesIn(program.source, kind, Number(values.each));
      tried.set(kind, (tried.get(kind) ?? 0) + result.tried);
      found.get(kind)?.push(...result.differences);
    }
  }
}

console.table(
  kinds.map((kind) => ({
    kind,
    changes: tried.get(kind),
    differences: found.get(kind)?.length,
  })),
);
for (const [kind, differences] of found) {
  differences.sort((one, other) => one.before.length - other.before.length);
  for (const { before, after, expected, found } of differences.slice(0, Number(values.shown))) {
    console.log(`\n--- ${kind}: expected ${expected.join(' | ')}, found ${found.join(' | ')}`);
    console.log(`${before}\n---\n${after}`);
  }
  if (differences.length > 0) process.exitCode = 1;
}
