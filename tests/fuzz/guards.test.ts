/**
 * Guards that are kept in state, against programs that are really run: functions that set, log out,
 * raise and lower flags and call each other are called one after the other, in any order, while calls
 * are rejected at random. Flags are kept in all kinds of places, and tested in all kinds of ways. A call that is made with no JWT in some run has to be among those that are
 * at fault. The dial of helpers is the exact one, so that the guards alone are in question.
 */

import { runInThisContext } from 'node:vm';

import {
  bindActionCreators,
  combineReducers,
  configureStore,
  createAction,
  createAsyncThunk,
  createSelector,
  createSlice,
} from '@reduxjs/toolkit';
import { QueryClient } from '@tanstack/query-core';
import { atom, createStore as createAtoms } from 'jotai/vanilla';
import { runSaga } from 'redux-saga';
import { call, put } from 'redux-saga/effects';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';

import { mockClient, presentsIn, randomOf, seedsOf } from './sequences.ts';

const PROGRAMS = 100;
const RUNS = 40;

/** Something that says whether there is a JWT. */
interface Flag {
  readonly declared: string;
  readonly raised: string;
  readonly lowered: string;
  /** What is true where it is raised. */
  readonly tests: readonly string[];
  /** What a saga dispatches to lower it, and the store that it does so to. */
  readonly put?: readonly [store: string, action: string];
}

/** Each program has some of these. */
const FLAGS: readonly Flag[] = [
  {
    declared: 'let a = false; const isA = () => a;',
    raised: 'a = true;',
    lowered: 'a = false;',
    tests: ['a', 'a === true', '!!a', 'a !== false', 'isA()', 'Boolean(a)'],
  },
  {
    declared: "let status = 'idle';",
    raised: "status = 'ready';",
    lowered: "status = 'idle';",
    tests: ["status === 'ready'", "status !== 'idle'"],
  },
  {
    declared: 'const box = { isReady: false }; async function isBoxed() { return box.isReady; }',
    raised: 'box.isReady = true;',
    lowered: 'box.isReady = false;',
    tests: ['box.isReady', '!(!box.isReady)', 'await isBoxed()'],
  },
  {
    declared: 'let token = null;',
    raised: 'token = jwt;',
    lowered: 'token = null;',
    tests: ['token', 'token !== null', 'token != null'],
  },
  {
    declared:
      'const help = createStore((set) => ({ isReady: false, lower: () => { set({ isReady: false }); } }));',
    raised: 'help.setState({ isReady: true });',
    lowered: 'help.setState(() => ({ isReady: false }));',
    tests: ['help.getState().isReady'],
  },
  {
    declared:
      'const readyAtom = atom(false); const openAtom = atom((get) => get(readyAtom) && 1); const atoms = createAtoms();',
    raised: 'atoms.set(readyAtom, true);',
    lowered: 'atoms.set(readyAtom, false);',
    tests: ['atoms.get(readyAtom)', 'atoms.get(openAtom)'],
  },
  {
    declared:
      'class Kept { #isReady = false; get isReady() { return this.#isReady; } raise() { this.#isReady = true; } lower() { this.#isReady = false; } async set() { await Intercom.setUserJwt(jwt); this.#isReady = true; } } const kept = new Kept();',
    raised: 'await kept.set();',
    lowered: 'kept.lower();',
    tests: ['kept.isReady'],
  },
  {
    declared: 'let marked = false; const mark = (value) => { marked = value; };',
    raised: 'mark(true);',
    lowered: 'mark(false);',
    tests: ['marked', 'marked === true'],
  },
  {
    declared:
      'let isTold = false; const tell = async () => { try { await Intercom.setUserJwt(jwt); return true; } catch { return false; } };',
    raised: 'isTold = await tell();',
    lowered: 'isTold = false;',
    tests: ['isTold', 'isTold !== false'],
  },
  {
    declared:
      'const acting = createStore((set) => ({ isReady: false, setReady: (isReady) => set({ isReady }) }));',
    raised: 'acting.getState().setReady(true);',
    lowered: 'acting.getState().setReady(false);',
    tests: ['acting.getState().isReady'],
  },
  {
    declared:
      "const slice = createSlice({ name: 'help', initialState: { isReady: false }, reducers: { raised(state) { state.isReady = true; }, lowered: () => ({ isReady: false }), marked(state, { payload }) { state.isReady = payload; } }, selectors: { selectIsReady: (state) => state.isReady } }); const redux = configureStore({ reducer: { help: slice.reducer } }); const selectReady = (state) => state.help.isReady; const selectComposed = createSelector([(state) => state.help, selectReady], (help, isReady) => isReady && help.isReady);",
    raised: 'redux.dispatch(slice.actions.raised());',
    lowered: 'redux.dispatch(slice.actions.lowered());',
    tests: [
      'redux.getState().help.isReady',
      'selectReady(redux.getState())',
      'selectComposed(redux.getState())',
      'slice.selectors.selectIsReady(redux.getState())',
    ],
    put: ['redux', 'slice.actions.lowered()'],
  },
  {
    declared:
      "const { actions: { statusSet }, reducer } = createSlice({ name: 'status', initialState: () => ({ now: 'idle' }), reducers: { statusSet: (state, action) => { state.now = action.payload; } } }); const app = configureStore({ reducer: combineReducers({ status: reducer }) }); const raiseStatus = () => (dispatch) => dispatch(statusSet('ready'));",
    raised: "app.dispatch(statusSet('ready'));",
    lowered: "app.dispatch(statusSet('idle'));",
    tests: ["app.getState().status.now === 'ready'", "app.getState().status.now !== 'idle'"],
  },
  {
    declared:
      "const ensure = createAsyncThunk('ensure', async () => { await Intercom.setUserJwt(jwt); }); const cleared = createAction('cleared'); const thunks = createSlice({ name: 'thunks', initialState: { isReady: false }, reducers: {}, extraReducers: (builder) => builder.addCase(ensure.fulfilled, (state) => { state.isReady = true; }).addCase(cleared, () => ({ isReady: false })) }); const thunked = configureStore({ reducer: { thunks: thunks.reducer } });",
    raised: 'await thunked.dispatch(ensure());',
    lowered: 'thunked.dispatch(cleared());',
    tests: ['thunked.getState().thunks.isReady', 'thunked.getState().thunks.isReady === true'],
    put: ['thunked', 'cleared()'],
  },
  {
    declared:
      "const bounds = createSlice({ name: 'bounds', initialState: { isReady: false }, reducers: { raised(state) { state.isReady = true; }, lowered: () => ({ isReady: false }) } }); const bounded = configureStore({ reducer: { bounds: bounds.reducer } }); const bound = bindActionCreators(bounds.actions, bounded.dispatch); const { lowered: lowerBound } = bindActionCreators({ lowered: bounds.actions.lowered }, bounded.dispatch);",
    raised: 'bound.raised();',
    lowered: 'lowerBound();',
    tests: ['bounded.getState().bounds.isReady', 'bounded.getState().bounds.isReady === true'],
    put: ['bounded', 'bounds.actions.lowered()'],
  },
  {
    declared:
      "const queries = new QueryClient(); const query = { queryKey: ['jwt'], queryFn: async () => { await Intercom.setUserJwt(jwt); return true; } }; const useJwt = () => useQuery(query, queries); const isSettled = () => { const { isPending, isError, error } = useJwt(); if (isPending) return false; return !isError && error === null; };",
    raised: 'await queries.fetchQuery({ ...query, retry: false }).catch(() => undefined);',
    lowered: 'queries.clear();',
    tests: ['useJwt().isSuccess', 'useJwt().data', "useJwt().status === 'success'", 'isSettled()'],
  },
  {
    declared:
      "const told = new QueryClient(); const useTold = () => useQuery({ queryKey: ['told'], queryFn: () => Intercom.setUserJwt(jwt) }, told); const isFine = () => { const query = useTold(); return !(query.isPending || query.error); };",
    raised: "told.setQueryData(['told'], true);",
    lowered: "told.removeQueries({ queryKey: ['told'] });",
    tests: ['useTold().isSuccess', 'useTold().data === true', 'isFine()'],
  },
  {
    declared:
      "const acted = useActionState(async (_, isOn) => { if (!isOn) return 'off'; await Intercom.setUserJwt(jwt); return 'on'; }, 'off'); const isActed = () => { const [state] = acted; return state === 'on'; };",
    raised: 'await acted.run(true);',
    lowered: 'void acted.run(false);',
    tests: ['isActed()'],
  },
];

const IMPORTS = [
  "import { createStore } from 'zustand/vanilla';",
  "import { atom, createStore as createAtoms } from 'jotai';",
  "import { bindActionCreators, combineReducers, configureStore, createAction, createAsyncThunk, createSelector, createSlice } from '@reduxjs/toolkit';",
  "import { QueryClient, useQuery } from '@tanstack/react-query';",
  "import { useActionState } from 'react';",
  "import { runSaga } from 'redux-saga';",
  "import { call, put } from 'redux-saga/effects';",
];

/** The hook, as what it gives in a render that is made at once. */
function useQuery({ queryKey }: { readonly queryKey: readonly string[] }, client: QueryClient) {
  const { status = 'pending', data, error = null } = client.getQueryState(queryKey) ?? {};
  const [isSuccess, isPending, isError] = ['success', 'pending', 'error'].map(
    (one) => one === status,
  );
  return { status, data, error, isSuccess, isPending, isError };
}

/** The same of a state, whose action is run by `run`. */
function useActionState(action: (before: unknown, given: unknown) => unknown, initial: unknown) {
  let state = initial;
  return {
    run: async (given: unknown) => {
      state = await action(state, given);
    },
    *[Symbol.iterator]() {
      yield state;
    },
  };
}

const LIBRARIES = {
  QueryClient,
  useQuery,
  useActionState,
  runSaga,
  call,
  put,
  createStore,
  atom,
  createAtoms,
  bindActionCreators,
  combineReducers,
  configureStore,
  createAction,
  createAsyncThunk,
  createSelector,
  createSlice,
};

/** One function after the other may call those before it. */
const FUNCTIONS = ['one', 'two', 'three'] as const;

class Generator {
  readonly #random: (below: number) => number;
  #calls: readonly string[] = [];
  #flags: readonly Flag[] = [];
  #presents = 0;
  /** In so many of ten cases, what is written is right, or nearly so. */
  readonly #care: number;

  constructor(random: (below: number) => number) {
    this.#random = random;
    this.#care = [0, 9, 10][random(3)] ?? 0;
  }

  #isCareful(): boolean {
    return this.#random(10) < this.#care;
  }

  program(): readonly string[] {
    const first = this.#random(FLAGS.length);
    const second = (first + 1 + this.#random(FLAGS.length - 1)) % FLAGS.length;
    this.#flags = FLAGS.filter((_, index) => index === first || index === second);
    return [
      ...this.#flags.map(({ declared }) => declared),
      'function reset() {',
      ...this.#flags.map(({ lowered }) => lowered),
      '}',
      ...(this.#care === 9 ? ['reset();'] : []),
      ...FUNCTIONS.flatMap((name, index) => {
        this.#calls = FUNCTIONS.slice(0, index);
        return [`export async function ${name}() {`, ...this.#block(3), '}'];
      }),
    ];
  }

  #block(depth: number): readonly string[] {
    const count = 1 + this.#random(3);
    return Array.from({ length: count }, () => this.#statement(depth)).flat();
  }

  #lowered({ lowered }: Flag): readonly string[] {
    if (!this.#isCareful()) return [lowered];
    return this.#random(3) === 0 ? ['reset();'] : this.#flags.map((flag) => flag.lowered);
  }

  /** A logout behind what lowers flags: by itself, by a timer, or by a saga that lowers one. */
  #cleared(flag: Flag): readonly string[] {
    const { put } = flag;
    const count = this.#presents;
    if (put !== undefined && count % 2 === 1) {
      const [store, action] = put;
      const effects = [`yield put(${action});`, 'yield call(Intercom.logout);'];
      const others = this.#flags.filter((one) => one !== flag);
      const ordered = this.#isCareful() ? effects : effects.toReversed();
      return [
        ...others.map(({ lowered }) => lowered),
        `await runSaga({ ...${store}, onError() {} }, function* () {`,
        ...ordered,
        '}).toPromise();',
      ];
    }
    return [
      ...this.#lowered(flag),
      ...(count % 5 === 4 && !this.#isCareful()
        ? ['setTimeout(async () => {', 'await Intercom.logout();', '}, 1);']
        : ['await Intercom.logout();']),
    ];
  }

  #flag(): Flag {
    const flag = this.#flags[this.#random(this.#flags.length)];
    if (flag === undefined) throw new Error('There are no flags.');
    return flag;
  }

  #test({ tests }: Flag): string {
    return tests[this.#random(tests.length)] ?? 'false';
  }

  #present(): string {
    return `await Intercom.present({ id: ${String(this.#presents++)} });`;
  }

  #statement(depth: number): readonly string[] {
    const flag = this.#flag();
    const nested = (): readonly string[] => this.#block(depth - 1);
    switch (this.#random(depth > 0 ? 18 : 9)) {
      case 0:
      case 1:
        return ['await Intercom.setUserJwt(jwt);', flag.raised];
      case 2:
        return this.#isCareful() ? [] : [flag.raised];
      case 3:
        return this.#cleared(flag);
      case 4:
        return [flag.lowered];
      case 5:
        return this.#isCareful() ? [] : ['await Intercom.logout();'];
      case 6: {
        const test = this.#test(flag);
        const [, subject, literal] = /^(\S+) === (\S+)$/.exec(test) ?? [];
        return subject === undefined || literal === undefined || this.#presents % 2 === 0
          ? [`if (${test}) ${this.#present()}`]
          : [
              `switch (${subject}) {`,
              `case ${literal}:`,
              this.#present(),
              'break;',
              'default:',
              '}',
            ];
      }
      case 7:
        return [`if (!(${this.#test(flag)})) return;`, this.#present()];
      case 8: {
        const called = this.#calls[this.#random(Math.max(1, this.#calls.length))];
        return called === undefined ? ['await Intercom.setUserJwt(jwt);'] : [`await ${called}();`];
      }
      case 9:
        return ['try {', ...nested(), '} catch {', ...nested(), '}'];
      case 10:
        return this.#isCareful()
          ? []
          : ['try {', 'await Intercom.logout();', '} finally {', flag.lowered, '}'];
      case 11:
        return ['for (const item of draws()) {', ...nested(), '}'];
      case 12:
        return [`if (draw()) {`, ...nested(), '}'];
      case 13: {
        const name = `kept${String(this.#presents++)}`;
        return [`const ${name} = async () => {`, ...nested(), '};', `await ${name}();`];
      }
      case 14:
      case 15: {
        // What was read before, and something that may have been done since.
        const name = `was${String(this.#presents++)}`;
        const isMissing = this.#random(2) === 0;
        const read = this.#test(flag);
        return [
          `const ${name} = ${isMissing ? `!(${read})` : read};`,
          ...nested(),
          isMissing ? `if (${name}) return;` : `if (!${name}) return;`,
          this.#present(),
        ];
      }
      case 16: {
        const name = `later${String(this.#presents++)}`;
        return [
          `const ${name} = ${this.#test(flag)};`,
          `const ${name}Open = async () => { if (${name}) ${this.#present()} };`,
          ...nested(),
          `await ${name}Open();`,
        ];
      }
      default:
        return [`if (${this.#test(flag)} && draw()) {`, ...nested(), this.#present(), '}'];
    }
  }
}

type Run = (calls: readonly string[], rest: () => Promise<void>) => Promise<void>;

/** What is left to a timer. */
type Later = () => Promise<unknown>;

/** The presents that are made with no JWT, by their numbers. */
async function missesOf(lines: readonly string[], random: (below: number) => number) {
  const misses = new Set<number>();
  const make = runInThisContext(
    [
      `(function (Intercom, draw, draws, jwt, setTimeout, { ${Object.keys(LIBRARIES).join(', ')} }) {`,
      ...lines.map((line) => line.replace(/^export /, '')),
      `const all = { ${FUNCTIONS.join(', ')} };`,
      'return async (calls, rest) => { for (const name of calls) { try { await all[name](); } catch {} await rest(); } };',
      '})',
    ].join('\n'),
  ) as (
    client: object,
    draw: () => boolean,
    draws: () => number[],
    jwt: string,
    later: (callback: Later) => void,
    libraries: object,
  ) => Run;
  for (let run = 0; run < RUNS; run++) {
    const client = mockClient(random, misses);
    const calls = Array.from({ length: 1 + random(4) }, () => FUNCTIONS[random(3)] ?? 'one');
    const left: Later[] = [];
    const rest = async (): Promise<void> => {
      const now = random(2) === 0 ? left.splice(0) : [];
      for (const callback of now) await callback().catch(() => undefined);
    };
    await make(
      client,
      () => random(2) === 0,
      () => Array.from({ length: random(3) }, () => 0),
      'jwt',
      (callback) => {
        left.push(callback);
      },
      LIBRARIES,
    )(calls, rest);
  }
  return misses;
}

test('no call is missed behind a guard', async () => {
  let proven = 0;
  for (const seed of seedsOf(PROGRAMS)) {
    const random = randomOf(seed);
    const lines = new Generator(random).program();
    const { source, faulty } = presentsIn(lines, { imports: IMPORTS });
    const missed = [...(await missesOf(lines, random))].filter((id) => !faulty.has(id));
    expect(missed, `seed ${String(seed)}\n${source}`).toEqual([]);
    const alone = presentsIn(lines, { imports: IMPORTS, guards: false });
    if (alone.faulty.size > faulty.size) proven++;
  }
  // The oracle would be idle where no guard is ever believed.
  expect(proven).toBeGreaterThan(12);
});
