/**
 * Changes programs in ways that change nothing of what they do, and looks for verdicts that change.
 * The smallest program of each kind is told, with what it became.
 *
 *     npm run metamorphic -- --programs 2000 --seed 7 --kinds invert,then
 *     npm run metamorphic -- --programs 0 --corpus 500
 *
 * The programs are generated ones, and modules of `node_modules` with calls of the SDK put into them.
 */

import { extname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseArgs } from 'node:util';

import { defaultFlags, functionFlags } from '../tests/fuzz/flags.ts';
import { KINDS, type Kind } from '../tests/fuzz/metamorphic.ts';
import { generatePrograms } from '../tests/fuzz/program.ts';
import { differencesIn, type Difference } from '../tests/fuzz/same.ts';
import { digestOf, filesBelow, parserFor, read } from '../tests/helpers/corpus.ts';
import { injected } from '../tests/helpers/inject.ts';

/** Larger files take long, and are changed in few of their places. */
const MAX_BYTES = 40_000;

/** So many calls are put into a file. */
const CALLS = 14;

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '500' },
    /** So many modules of `node_modules`, besides. */
    corpus: { type: 'string', default: '0' },
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

for (const source of [...generated(), ...fromPackages()]) {
  for (const kind of kinds) {
    const result = differencesIn(source, kind, Number(values.each));
    tried.set(kind, (tried.get(kind) ?? 0) + result.tried);
    found.get(kind)?.push(...result.differences);
  }
}

function* generated(): Generator<string> {
  for (const flags of [defaultFlags, functionFlags]) {
    for (const { program } of generatePrograms({ count: count / 2, seed, flags })) {
      yield program.source;
    }
  }
}

/** Real modules with calls in them, in an order that mixes packages. */
function* fromPackages(): Generator<string> {
  let left = Number(values.corpus);
  if (left === 0) return;
  const orders = [...filesBelow(MODULES, MAX_BYTES)]
    .filter((path) => ['.js', '.mjs'].includes(extname(path)))
    .map((path) => ({ path, order: digestOf(`${String(seed)} ${relative(MODULES, path)}`) }));
  for (const { path } of orders.sort((one, other) => one.order - other.order)) {
    if (left === 0) return;
    const text = read(path);
    const source = /@flow\b|\bIntercom\b/.test(text) ? null : parserFor(path, text)?.(text);
    if (source?.program.sourceType !== 'module') continue;
    left--;
    yield injected(text, source, CALLS, `${String(seed)} ${relative(MODULES, path)}`);
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
