/**
 * What the table of libraries costs a file: one that imports many of them, against the same code with
 * packages of which nothing is known. Both are linted in turns, with all rules, and the middle of the
 * ratios counts. A file that does not concern the SDK should not notice.
 *
 *     npm run bench:libraries
 *     npm run bench:libraries -- --against ../before/dist/index.js
 *
 * Parsing is not counted. With `--against`, many such files, none of which concerns the SDK, are linted
 * as a whole, by the package as it is built here and by another build of it, in turns.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { Linter } from 'eslint';

import { LIBRARIES } from '../src/values/libraries/table.ts';
import type plugin from '../src/index.ts';
import { Clocked, processorTime } from '../tests/helpers/clocked.ts';

const ROUNDS = 21;

/** Parts of a file that uses libraries as screens of apps do. */
const COPIES = 60;

const IMPORTS = [
  "import { create } from 'zustand';",
  "import { useMutation, useQuery } from '@tanstack/react-query';",
  "import { Mutex } from 'async-mutex';",
  "import { useDispatch } from 'react-redux';",
  "import { firstValueFrom, from, switchMap } from 'rxjs';",
  "import { debounce } from 'lodash';",
].join('\n');

function screen(index: number): string {
  const at = String(index);
  return `
const useStore${at} = create((set, get) => ({ n: 0, add: async () => { set({ n: get().n + 1 }); } }));
const mutex${at} = new Mutex();
const later${at} = debounce(() => useStore${at}.getState().add(), 100);
export function use${at}(id) {
  const dispatch = useDispatch();
  const { data, isSuccess } = useQuery({ queryKey: ['n', id], queryFn: () => load(id), enabled: !!id });
  const { mutateAsync } = useMutation({ mutationFn: (next) => save(next), onSuccess: () => dispatch(done()) });
  return async () => {
    if (!isSuccess) return;
    await mutex${at}.runExclusive(() => mutateAsync(data));
    await firstValueFrom(from(load(id)).pipe(switchMap((one) => save(one))));
    later${at}();
  };
}`;
}

const BODY = Array.from({ length: COPIES }, (_, index) => screen(index)).join('\n');

/** The same code, of packages of which nothing is known. */
function unknown(code: string): string {
  const names = LIBRARIES.flatMap(({ packages }) => packages);
  return names.reduce(
    (text, name) => text.replace(`from '${name}'`, `from '@unknown/${name}'`),
    code,
  );
}

const CLIENT = "import Intercom from '@intercom/intercom-react-native';";
const USE =
  'export const open = async (t) => { await Intercom.setUserJwt(t); await Intercom.present(); };';

const FILES: readonly (readonly [name: string, code: string])[] = [
  ['that does not concern the SDK', `${IMPORTS}\n${BODY}`],
  ['with a client', `${CLIENT}\n${IMPORTS}\n${BODY}\n${USE}`],
];

/** How long all rules take, in milliseconds of the processor. */
function time(code: string): number {
  const clocked = new Clocked('all');
  new Linter().verify(code, [...clocked.configs], { filename: 'screen.js' });
  return clocked.taken;
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** One part of what is measured with the table, and without. */
function compareTables(): void {
  for (const [name, code] of FILES) {
    const other = unknown(code);
    const pairs: { readonly known: number; readonly unknown: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const first = time(round % 2 === 0 ? code : other);
      const second = time(round % 2 === 0 ? other : code);
      pairs.push(
        round % 2 === 0 ? { known: first, unknown: second } : { known: second, unknown: first },
      );
    }
    const ratio = middle(pairs.map((pair) => pair.known / pair.unknown));
    const known = middle(pairs.map((pair) => pair.known));
    console.log(`a file ${name}: ${known.toFixed(1)} ms, ${ratio.toFixed(2)} of the same without`);
  }
}

/** So many files of some screens each, which import each other. */
const MANY = 150;

/** Lints files that do not concern the SDK, by two builds in turns. */
async function compareBuilds(path: string): Promise<void> {
  const builds = await Promise.all(
    [resolve('dist/index.js'), resolve(path)].map(
      async (one) => (await import(pathToFileURL(one).href)) as { default: typeof plugin },
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), 'libraries-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true }');
  const files = Array.from({ length: MANY }, (_, index) => {
    const next = `import * as next from './screen${String((index + 1) % MANY)}';\nnext;`;
    const screens = [0, 1, 2].map((part) => screen(index * 3 + part)).join('\n');
    const code = `${IMPORTS}\n${next}\n${screens}`;
    const filename = join(folder, 'src', `screen${String(index)}.js`);
    writeFileSync(filename, code);
    return { code, filename };
  });
  const lint = ({ default: own }: (typeof builds)[number]): number => {
    const linter = new Linter({ cwd: folder });
    const start = processorTime();
    for (const { code, filename } of files) linter.verify(code, own.configs.all, { filename });
    return processorTime() - start;
  };
  try {
    for (const build of builds) lint(build);
    const ratios: number[] = [];
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second] = round % 2 === 0 ? builds : builds.toReversed();
      if (first === undefined || second === undefined) throw new Error('There are two builds.');
      const [one, two] = [lint(first), lint(second)];
      const [own, other] = round % 2 === 0 ? [one, two] : [two, one];
      ratios.push(own / other);
      times.push(own);
    }
    const [least, ratio, most] = [Math.min(...ratios), middle(ratios), Math.max(...ratios)].map(
      (one) => one.toFixed(2),
    );
    console.log(
      `${String(MANY)} files that do not concern the SDK: ${middle(times).toFixed(0)} ms, ` +
        `${String(ratio)} (${String(least)} to ${String(most)}) of the other build`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { against: { type: 'string' } } });
if (values.against === undefined) compareTables();
else await compareBuilds(values.against);
