/**
 * Changes the source in small ways, one at a time, and looks whether a test fails.
 *
 *     npm run mutation -- --sample 0.02 --seed 1
 *     npm run mutation -- --files src/flow/solve,src/mint/life --sample 0.1 --workers 2
 *
 * A change is killed where a test of `npm test` fails with it, does not end, or is not run to its end;
 * each is asked of the tests to which it can make a difference, the quick ones and those of its
 * folder. Of those that survive, the types are checked as well. Each outcome is a line of `--out`:
 * what is in there is not asked again as long as the file is the same, and, if it survived, the tests
 * are.
 *
 *     npm run mutation -- … --minutes 30  # ends in time, with what there is; 0 asks nothing
 *     npm run mutation -- … --tests tests/values,tests/mint
 *     npm run mutation -- … --keep        # keeps the figures, for docs/accuracy.md
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { AREAS, figuresOf, keepFigures } from './mutation/figures.ts';
import { instrumented, type Numbered } from './mutation/instrument.ts';
import { mutantsOf, type Mutant } from './mutation/mutants.ts';
import { Outcomes, type Fate } from './mutation/outcomes.ts';
import { Runner, type Outcome, type Timed } from './mutation/pool.ts';
import { TypeChecker } from './mutation/type-checker.ts';
import type { Recorded, Setup } from './mutation/worker.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/mutation');

/** Tests that run other programs or a page, load modules anew, need what is built, or are of no such source. */
const LEFT_OUT =
  /^tests\/(?:hosts|cli|explain\/(?:page|formatters)|fixtures|sdk)\b|^tests\/(?:libraries\/hooks|project\/(?:companions|parse|root))|^tests\/(?:browser(?:-entry)?|corpus|demo|docs|faults|inject|meta|new-rule|package|playground|repository|site)\.test\.ts$/u;

/** What this works out is known for all of a process, so that a mutant of it needs one of its own. */
const REMEMBERING = 'src/flow/algebra/relation.ts';

/** Types are checked once a mutant has survived tests of so many milliseconds. */
const FIRST = 2000;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: AREAS.join(',') },
    /** A part of the names of those that are asked. */
    match: { type: 'string', default: '' },
    tests: { type: 'string', default: 'tests' },
    /** The part of the mutants of each folder, and how many at most. */
    sample: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    /** How long the tests of a mutant may take, in seconds; the longest are left out. */
    budget: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '600' },
    out: { type: 'string', default: join(CACHE, 'outcomes.jsonl') },
    /** Asks none but those that survived before. */
    left: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

/** A mutant with what tells it from others. */
interface Named extends Mutant {
  readonly name: string;
  readonly line: number;
  readonly original: string;
  readonly text: string;
}

interface RecordedTest extends Recorded {
  readonly file: string;
}

const checker = new TypeChecker(ROOT.replace(/[/\\]$/u, ''));
const end = performance.now() + 60_000 * Number(options.minutes);
const lists = AREAS.map((area) => allIn(area).flatMap((file) => namedIn(file)));
const wanted = options.files.split(',');
const chosen = lists.map((list) =>
  [...list]
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .slice(0, Math.min(Math.ceil(list.length * Number(options.sample)), Number(options.count)))
    .filter(({ file }) => wanted.some((prefix) => file.startsWith(prefix)))
    .filter(({ name }) => name.includes(options.match)),
);
const testFiles = allIn('tests')
  .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file))
  .filter((file) => options.tests.split(',').some((prefix) => file.startsWith(prefix)));
const testing = hashOf(
  [options.tests, ...[...allIn('tests'), ...allIn('src'), ...allIn('rules')].map(read)].join('\0'),
);
const outcomes = new Outcomes(options.out);

// From each folder in turn, so that all have been asked of when time is over.
const longest = Math.max(...chosen.map(({ length }) => length));
const inTurn = Array.from({ length: longest }, (_, index) =>
  chosen.flatMap((list) => list[index] ?? []),
).flat();
const survives = ({ name }: Named): boolean =>
  ['survived', 'not reached'].includes(outcomes.last(name)?.fate ?? '');
const open = inTurn
  .filter((mutant) => !options.left || survives(mutant))
  .filter(({ name, file }) => outcomes.known(name, hashOf(read(file)), testing) === null)
  // What survived other tests is asked first.
  .sort((a, b) => Number(survives(b)) - Number(survives(a)));
console.log(`${String(open.length)} of ${String(chosen.flat().length)} mutants are asked`);
if (open.length > 0 && Number(options.minutes) > 0) await judgeAll(open);
for (const { file, line, fate, name } of chosen
  .flat()
  .flatMap((one) => outcomes.last(one.name) ?? [])) {
  if (fate === 'survived' || fate === 'not reached') {
    console.log(`${fate}: ${file}:${String(line)}\n  ${name}`);
  }
}
const judging = { lists, chosen, outcomes };
console.table(figuresOf(judging));
if (options.keep) keepFigures(judging, options.seed, options.budget);

/** The files below a folder, as paths from the root. */
function allIn(folder: string): readonly string[] {
  const path = join(ROOT, folder);
  if (statSync(path).isFile()) return [folder];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => statSync(join(ROOT, name)).isFile())
    .sort();
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The place of a mutant in the order of a seed, which other mutants do not change. */
function rank({ name }: Named): string {
  return hashOf(`${options.seed} ${name}`);
}

function namedIn(file: string): readonly Named[] {
  const text = read(file);
  const counts = new Map<string, number>();
  return mutantsOf(file, text).map((mutant) => {
    const line = text.slice(0, mutant.start).split('\n').length;
    const original = shortened(text.slice(mutant.start, mutant.end));
    const replacement = shortened(mutant.replacement);
    const name = `${file} | ${text.split('\n')[line - 1]?.trim() ?? ''} | ${mutant.kind} | ${original} | ${replacement}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return {
      ...mutant,
      line,
      original,
      text,
      name: count > 1 ? `${name} #${String(count)}` : name,
    };
  });
}

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/gu, ' ');
  return plain.length > 120 ? `${plain.slice(0, 80)} … ${plain.slice(-35)}` : plain;
}

async function judgeAll(mutants: readonly Named[]): Promise<void> {
  const numbered = mutants.map((mutant, id) => ({ ...mutant, id }));
  const setup = setUp(numbered);
  const workers = Array.from({ length: Number(options.workers) }, () => new Runner(setup));
  try {
    const { tests, loading } = known(numbered) ?? (await recordAll(numbered, workers));
    const waiting = [...numbered];
    let done = 0;
    await Promise.all(
      workers.map(async (worker) => {
        for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
          if (performance.now() > end) return;
          const start = performance.now();
          const isLoading = loading.has(mutant.id);
          const asked = testsFor(mutant, tests, isLoading);
          const isAlone = isLoading || mutant.file === REMEMBERING;
          const own = isAlone ? new Runner({ ...setup, active: mutant.id }) : worker;
          const judged = await judge(mutant, asked, own);
          if (own !== worker) own.end();
          keep(mutant, judged, asked.length, performance.now() - start, tests);
          done += 1;
          if (done % 20 === 0) console.log(`${String(done)} / ${String(mutants.length)}`);
        }
      }),
    );
  } finally {
    for (const worker of workers) worker.end();
    checker.end();
  }
}

type Verdict = Outcome | { readonly kind: 'mistyped'; readonly fault: string };

/** Asks some tests, then the types, then the others. */
async function judge(
  mutant: Named & Numbered,
  tests: readonly Timed[],
  runner: Runner,
): Promise<Verdict> {
  let sum = 0;
  const first = tests.filter(({ work }) => (sum += work) < FIRST);
  const outcome = await asked(first);
  if (outcome.kind !== 'survived') return outcome;
  const { text, start, end: to, file, place, replacement } = mutant;
  const changed = place.form === 'expression' ? `(${replacement})` : replacement;
  const isName = mutant.kind === 'MethodExpression' && place.end !== to && text[start - 1] === '.';
  const fault = await checker.faultOf(
    file,
    text.slice(0, start) + (isName ? replacement : changed) + text.slice(to),
  );
  return fault === null ? asked(tests.slice(first.length)) : { kind: 'mistyped', fault };

  function asked(some: readonly Timed[]): Promise<Outcome> {
    return some.length === 0
      ? Promise.resolve({ kind: 'survived' })
      : runner.judge(mutant.id, some);
  }
}

/** Writes the changed files, and what a process has to know of them. */
function setUp(numbered: readonly (Named & Numbered)[]): Setup {
  const files = [...new Set(numbered.map(({ file }) => file))].map((file) => {
    const own = numbered.filter((mutant) => mutant.file === file);
    const path = join(CACHE, 'made', String(process.pid), file.replace(/\.ts$/u, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, instrumented(file, read(file), own));
    return [pathToFileURL(join(ROOT, file)).href, path] as const;
  });
  const suite = new URL('mutation/suite.ts', import.meta.url).href;
  return { root: ROOT.replace(/[/\\]$/u, ''), suite, files, active: null };
}

/** What a run of all tests with no mutant has shown. */
interface Recording {
  /** The names of the mutants, by their numbers. */
  readonly names: readonly string[];
  readonly tests: readonly RecordedTest[];
  /** The mutants that are met while the source is loaded. */
  readonly loading: ReadonlySet<number>;
}

/** What an earlier run has recorded of these tests, if it had all of these mutants. */
function known(numbered: readonly (Named & Numbered)[]): Recording | null {
  const path = join(CACHE, `recorded-${testing}.json`);
  if (!existsSync(path)) return null;
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Recording & { loading: readonly number[] };
  const numbers = new Map(numbered.map(({ name, id }) => [name, id]));
  if (numbered.some(({ name }) => !kept.names.includes(name))) return null;
  const now = (ids: readonly number[]): readonly number[] =>
    ids.flatMap((id) => numbers.get(kept.names[id] ?? '') ?? []);
  return {
    names: numbered.map(({ name }) => name),
    tests: kept.tests.map((test) => ({ ...test, met: now(test.met) })),
    loading: new Set(now(kept.loading)),
  };
}

/** Runs all tests with no mutant, and notes which they meet. */
async function recordAll(
  numbered: readonly (Named & Numbered)[],
  workers: readonly Runner[],
): Promise<Recording> {
  const waiting = [...testFiles].sort((a, b) => longness(b) - longness(a));
  const tests: RecordedTest[] = [];
  await Promise.all(
    workers.map(async (worker) => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        for (const test of (await worker.record(file)).tests) {
          if (test.fault === null) tests.push({ ...test, file });
          else console.log(`fails by itself: ${file} ${test.name}: ${test.fault}`);
        }
      }
    }),
  );
  const sum = tests.reduce((all, { work }) => all + work, 0);
  console.log(`${String(tests.length)} tests take ${(sum / 1000).toFixed(0)} s`);
  const loading = [...new Set(workers.flatMap((worker) => worker.loading))];
  const names = numbered.map(({ name }) => name);
  writeFileSync(join(CACHE, `recorded-${testing}.json`), JSON.stringify({ names, tests, loading }));
  return { names, tests, loading: new Set(loading) };
}

/** Roughly how long a file of tests takes. */
function longness(file: string): number {
  if (/^tests\/programs\.(?:rules\.)?test/u.test(file)) return 100;
  return /fuzz|leads|companions|robustness/u.test(file) ? 10 : 1;
}

/**
 * The tests to which a mutant can make a difference, the quick ones first, as far as there is time: half
 * of it is for those of its own folder.
 */
function testsFor(
  { id, file }: Numbered,
  tests: readonly RecordedTest[],
  isLoading: boolean,
): readonly Timed[] {
  const [, folder = ''] = file.split('/');
  const [inner = ''] = file.split('/').slice(-2);
  const meeting = tests.filter(({ met }) => met.includes(id));
  // To what is in a table, any test may matter.
  const others = isLoading ? tests.filter(({ met }) => !met.includes(id)) : [];
  const own = [...meeting, ...others].filter(
    (test) =>
      [folder, inner].some((name) => test.file.startsWith(`tests/${name}/`)) ||
      test.name.startsWith(`${inner}/`),
  );
  const asked = new Set<RecordedTest>();
  const half = 500 * Number(options.budget);
  let left = half;
  for (const list of [meeting, own, meeting, others]) {
    if (list === own) left += half;
    for (const test of [...list].sort((one, other) => one.work - other.work)) {
      if (asked.has(test)) continue;
      if ((left -= test.work) <= 0) break;
      asked.add(test);
    }
    left = Math.max(left, 0);
  }
  return [...asked].map(({ file: place, index, milliseconds, work }) => ({
    ...{ place: [place, index] as const, milliseconds, work },
  }));
}

function keep(
  mutant: Named & Numbered,
  verdict: Verdict,
  tests: number,
  milliseconds: number,
  recorded: readonly RecordedTest[],
): void {
  let fate: Fate = verdict.kind;
  let by = '';
  if (verdict.kind === 'mistyped') by = verdict.fault;
  else if (verdict.kind === 'survived') {
    // Other tests may have reached it.
    const before = outcomes.last(mutant.name);
    const isReached = tests > 0 || before?.fate === 'survived';
    fate = isReached ? 'survived' : 'not reached';
  } else {
    const [file, index] = verdict.by;
    const test = recorded.find((one) => one.file === file && one.index === index);
    by = `${file} ${test?.name ?? ''}: ${verdict.why}`;
  }
  const { name, file, line, kind, original, replacement } = mutant;
  outcomes.add({
    ...{ name, file, line, kind, original, replacement: shortened(replacement), fate, tests },
    ...{ by: by.slice(0, 300), milliseconds: Math.round(milliseconds) },
    ...{ source: hashOf(read(file)), testing },
  });
}
