/**
 * What the table of libraries costs a file: one that imports many of them, against the same code with
 * packages of which nothing is known. Both are linted in turns, with all rules, and the middle of the
 * ratios counts. A file that does not concern the SDK should not notice.
 *
 *     npm run bench:libraries
 *
 * Parsing is not counted.
 */

import { Linter } from 'eslint';

import { LIBRARIES } from '../src/values/libraries/table.ts';
import { Clocked } from '../tests/helpers/clocked.ts';

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
  const middle = (numbers: readonly number[]): number =>
    numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
  const ratio = middle(pairs.map((pair) => pair.known / pair.unknown));
  const known = middle(pairs.map((pair) => pair.known));
  console.log(`a file ${name}: ${known.toFixed(1)} ms, ${ratio.toFixed(2)} of the same without`);
}
