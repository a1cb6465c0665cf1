/**
 * What the table of libraries says of each, really run with the package itself: which function is
 * called, when, and who waits for it. The programs of `tests/programs/libraries` are judged by it.
 */

import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { setContext } from '@apollo/client/link/context';
import { onError } from '@apollo/client/link/error';
import {
  bindActionCreators,
  combineReducers,
  configureStore,
  createAsyncThunk,
  createListenerMiddleware,
  createSelector,
  createSlice,
  isFulfilled,
  isRejected,
  isRejectedWithValue,
} from '@reduxjs/toolkit';
import { startNewTrace, startSpan, withIsolationScope, withScope } from '@sentry/core';
import { MutationObserver, QueryClient } from '@tanstack/query-core';
import AsyncLock from 'async-lock';
import axios from 'axios';
import { Mutex, Semaphore, withTimeout } from 'async-mutex';
import { Effect } from 'effect';
import ky from 'ky';
import { atom, createStore as createAtoms } from 'jotai/vanilla';
import lodash from 'lodash';
import { action, flow as mobxFlow, observable, runInAction } from 'mobx';
import { flow, types } from 'mobx-state-tree';
import { ResultAsync } from 'neverthrow';
import pLimit, { limitFunction } from 'p-limit';
import pMemoize from 'p-memoize';
import PQueue from 'p-queue';
import pRetry, { makeRetriable } from 'p-retry';
import pTimeout from 'p-timeout';
import { startTransition } from 'react';
import {
  catchError,
  concatMap,
  defer,
  firstValueFrom,
  from,
  lastValueFrom,
  of,
  startWith,
  switchMap,
  tap,
} from 'rxjs';
import { proxy, snapshot } from 'valtio/vanilla';
import { beforeEach, describe, expect, test } from 'vitest';
import { createActor, createMachine, fromPromise, setup } from 'xstate';
import {
  combine,
  createJSONStorage,
  devtools,
  persist,
  subscribeWithSelector,
} from 'zustand/middleware';
import { immer } from 'zustand/middleware/immer';
import { createStore } from 'zustand/vanilla';

import { LIBRARIES } from '../../src/values/libraries/table.ts';

/** What has been done, in its order. */
let done: string[] = [];

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A client whose methods take their time. */
const Intercom = {
  async setUserJwt(jwt: string): Promise<boolean> {
    done.push('call');
    await wait();
    if (jwt === '') throw new Error('no token');
    done.push('set');
    return true;
  },
  present: (): void => {
    done.push('present');
  },
};

const set = (): Promise<boolean> => Intercom.setUserJwt('jwt');
const fail = (): Promise<boolean> => Intercom.setUserJwt('');

beforeEach(() => {
  done = [];
});

/** The call waits for its callback, and gives what that gives. */
async function waitsFor(run: (callback: () => Promise<boolean>) => unknown): Promise<void> {
  done = [];
  expect(await run(set)).toBe(true);
  Intercom.present();
  expect(done).toEqual(['call', 'set', 'present']);
  await expect(Promise.resolve(run(fail))).rejects.toThrow('no token');
}

/** The callback is called before the call gives anything. */
function callsAtOnce(run: (callback: () => void) => unknown): void {
  done = [];
  run(Intercom.present);
  expect(done).toEqual(['present']);
}

describe('is waited for', () => {
  const lock = new AsyncLock();
  test.each<[string, (callback: () => Promise<boolean>) => unknown]>([
    ['Mutex.runExclusive', (callback) => new Mutex().runExclusive(callback)],
    ['Semaphore.runExclusive', (callback) => new Semaphore(1).runExclusive(callback)],
    ['withTimeout(…)', (callback) => withTimeout(new Mutex(), 100).runExclusive(callback)],
    ['AsyncLock.acquire', (callback) => lock.acquire('jwt', callback)],
    ['PQueue.add', (callback) => new PQueue({ concurrency: 1 }).add(callback)],
    ['pLimit', (callback) => pLimit(1)(callback)],
    ['limitFunction', (callback) => limitFunction(callback, { concurrency: 1 })()],
    ['pRetry', (callback) => pRetry(callback, { retries: 0 })],
    ['makeRetriable', (callback) => makeRetriable(callback, { retries: 0 })()],
    ['pTimeout', (callback) => pTimeout(callback(), { milliseconds: 500 })],
    ['startSpan', (callback) => startSpan({ name: 'help' }, callback)],
    ['withScope', (callback) => withScope(callback)],
    ['withIsolationScope', (callback) => withIsolationScope(callback)],
    ['startNewTrace', (callback) => startNewTrace(callback)],
    ['runInAction', (callback) => runInAction(callback)],
    ['store.set of jotai', (callback) => createAtoms().set(atom(null, () => callback()))],
  ])('%s', async (_, run) => {
    await waitsFor(run);
  });

  test('each of PQueue.addAll', async () => {
    await new PQueue().addAll([set, set]);
    expect(done.filter((one) => one === 'set')).toEqual(['set', 'set']);
  });

  test('and is called at once', () => {
    callsAtOnce((callback) => {
      startSpan({ name: 'help' }, callback);
    });
    callsAtOnce((callback) => {
      withScope(callback);
    });
    callsAtOnce((callback) => {
      runInAction(callback);
    });
    callsAtOnce((callback) => {
      startTransition(callback);
    });
  });
});

describe('async-lock', () => {
  const lock = new AsyncLock();

  test('waits for a callback that takes one argument until it calls that', async () => {
    const told = (start: () => Promise<boolean>): Promise<boolean> =>
      lock.acquire<boolean>('jwt', (end) => {
        start().then((value) => {
          end(null, value);
        }, end);
      });
    await waitsFor(told);
    done = [];
    await lock.acquire('jwt', (end) => {
      end();
      void set();
    });
    Intercom.present();
    expect(done).toEqual(['call', 'present']);
    await wait();
    // One that need not be given an argument is waited for.
    await waitsFor((callback) =>
      lock.acquire('jwt', (...given: readonly unknown[]) => {
        expect(given).toEqual([]);
        return callback();
      }),
    );
  });

  test('calls another function in the end, with an error or without, and gives nothing', async () => {
    const tell = (error: unknown): void => void done.push(error instanceof Error ? 'no' : 'yes');
    const acquire = (...given: readonly unknown[]): unknown =>
      Reflect.apply(lock.acquire.bind(lock), null, given);
    expect(acquire('jwt', set, tell)).toBeUndefined();
    await lock.acquire('jwt', wait);
    expect(done).toEqual(['call', 'set', 'yes']);
    done = [];
    acquire('jwt', fail, tell);
    await lock.acquire('jwt', wait);
    expect(done).toEqual(['call', 'no']);
  });
});

test('a limit waits for what its function gives for each of a list', async () => {
  await pLimit(1).map(['one', 'two'], set);
  expect(done).toEqual(['call', 'set', 'call', 'set']);
});

test('a retry calls again after a rejection, and then no more', async () => {
  let tries = 0;
  const result = await pRetry(
    () => {
      tries++;
      return tries < 3 ? fail() : set();
    },
    { retries: 5, minTimeout: 0 },
  );
  expect(result).toBe(true);
  expect(done.filter((one) => one === 'set')).toEqual(['set']);
  expect(tries).toBe(3);
});

test('a timeout rejects, or calls its fallback, while the promise goes on', async () => {
  const never = (): Promise<void> => new Promise(() => undefined);
  await expect(pTimeout(never(), { milliseconds: 1 })).rejects.toThrow();
  expect(await pTimeout(never(), { milliseconds: 1, fallback: () => 'late' })).toBe('late');
  expect(await pTimeout(never(), { milliseconds: 1, message: false })).toBeUndefined();
  await expect(pTimeout(never(), { milliseconds: 1, message: 'late' })).rejects.toThrow('late');
});

describe('is called once, and its promise given again', () => {
  test.each<[string, (callback: () => Promise<boolean>) => () => Promise<boolean> | undefined]>([
    ['pMemoize', (callback) => pMemoize(callback)],
    ['once', (callback) => lodash.once(callback)],
    ['memoize', (callback) => lodash.memoize(callback)],
    ['throttle', (callback) => lodash.throttle(callback, 10_000)],
  ])('%s', async (_, make) => {
    const ensure = make(set);
    await ensure();
    expect(done).toEqual(['call', 'set']);
    await ensure();
    expect(done).toEqual(['call', 'set']);
  });
});

test('what is debounced is called later', async () => {
  const ensure = lodash.debounce(set, 1);
  await ensure();
  expect(done).toEqual([]);
  await ensure.flush();
  expect(done).toEqual(['call', 'set']);
});

describe('stores give what they were made with', () => {
  const creator = (_: unknown, get: () => { ensure: () => Promise<boolean> }) => ({
    ensure: set,
    open: async () => {
      await get().ensure();
      Intercom.present();
    },
  });

  test('zustand, with middleware', async () => {
    const plain = createStore<ReturnType<typeof creator>>()(creator);
    const wrapped = createStore<ReturnType<typeof creator>>()(
      devtools(subscribeWithSelector(persist(creator, { name: 'help', storage: undefined }))),
    );
    expect(plain.getState().ensure).toBe(set);
    expect(plain.getInitialState().ensure).toBe(set);
    expect(wrapped.getState().ensure).toBe(set);
    await plain.getState().open();
    expect(done).toEqual(['call', 'set', 'present']);
  });

  test('zustand brings back what it has kept of a state', () => {
    const kept = new Map<string, string>();
    const storage = createJSONStorage(() => ({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    }));
    const first = (): { ready: boolean; user: string } => ({ ready: false, user: '' });
    const made = (partialize?: (state: { ready: boolean; user: string }) => { user: string }) =>
      createStore<{ ready: boolean; user: string }>()(
        persist(first, {
          name: 'help',
          ...(storage && { storage: storage as never }),
          ...(partialize && { partialize }),
        }),
      );
    const all = made();
    all.setState({ ready: true, user: 'one' });
    expect(made().getState()).toEqual({ ready: true, user: 'one' });
    const part = ({ user }: { user: string }) => ({ user });
    made(part).setState({ ready: true, user: 'two' });
    expect(made(part).getState()).toEqual({ ready: false, user: 'two' });
  });

  test('zustand, by a draft of the state', () => {
    const store = createStore<{ ready: boolean; ensure: typeof set; raise: () => void }>()(
      immer((change) => ({
        ready: false,
        ensure: set,
        raise: () => {
          change((state) => {
            state.ready = true;
          });
        },
      })),
    );
    store.getState().raise();
    expect([store.getState().ready, store.getState().ensure]).toEqual([true, set]);
  });

  test('zustand, beside what is there at first', () => {
    const store = createStore(
      combine({ count: 0 }, (_, get) => ({ ensure: set, count: () => get().count })),
    );
    expect(store.getState().ensure).toBe(set);
  });

  test('valtio and MobX', () => {
    const state = proxy({ ensure: set });
    expect(state.ensure).toBe(set);
    expect(snapshot(state).ensure).toBe(set);
    callsAtOnce((callback) => {
      action(callback)();
    });
    const own = observable({ jwt: 'jwt' });
    expect(own.jwt).toBe('jwt');
  });
});

describe('Redux Toolkit', () => {
  const store = configureStore({ reducer: () => 0 });
  const ensure = createAsyncThunk('ensure', (ok: boolean) => (ok ? set() : fail()));

  test('a thunk is called, and waited for', async () => {
    await store.dispatch(async () => {
      await set();
    });
    expect(done).toEqual(['call', 'set']);
  });

  test('the promise of an async thunk hides a rejection, and unwrap tells it', async () => {
    await store.dispatch(ensure(true)).unwrap();
    expect(done).toEqual(['call', 'set']);
    await store.dispatch(ensure(false));
    await expect(store.dispatch(ensure(false)).unwrap()).rejects.toThrow('no token');
  });

  test('a thunk is given what dispatches, and rejects with a value', async () => {
    const open = createAsyncThunk('open', async (ok: boolean, { dispatch, rejectWithValue }) => {
      try {
        await dispatch(ensure(ok)).unwrap();
        Intercom.present();
        return true;
      } catch {
        return rejectWithValue('none');
      }
    });
    await store.dispatch(open(true)).unwrap();
    expect(done).toEqual(['call', 'set', 'present']);
    await expect(store.dispatch(open(false)).unwrap()).rejects.toBe('none');
  });

  test('nobody waits for a listener', async () => {
    const listeners = createListenerMiddleware();
    const heard = configureStore({
      reducer: () => 0,
      middleware: (defaults) => defaults().prepend(listeners.middleware),
    });
    listeners.startListening({
      type: 'in',
      effect: async () => {
        await set();
      },
    });
    expect(done).toEqual([]);
    heard.dispatch({ type: 'in' });
    Intercom.present();
    expect(done).toEqual(['call', 'present']);
    await wait();
    await wait();
    expect(done).toEqual(['call', 'present', 'set']);
  });

  test('where its condition says no, it is not called, and rejected', async () => {
    const guarded = createAsyncThunk('guarded', set, { condition: () => false });
    const action = await store.dispatch(guarded());
    expect(done).toEqual([]);
    expect(isRejected(action)).toBe(true);
    await expect(store.dispatch(guarded()).unwrap()).rejects.toMatchObject({
      name: 'ConditionError',
    });
  });

  test('what creators make that are bound is dispatched', async () => {
    const creators = { ensure, set: () => async () => set(), opened: () => ({ type: 'opened' }) };
    const actions = bindActionCreators(creators, store.dispatch);
    await (actions.set as unknown as () => Promise<boolean>)();
    expect(done).toEqual(['call', 'set']);
    const run = actions.ensure as unknown as (ok: boolean) => ReturnType<ReturnType<typeof ensure>>;
    expect(isFulfilled(ensure)(await run(true))).toBe(true);
    expect(isRejected(await run(false))).toBe(true);
    await expect(run(false).unwrap()).rejects.toThrow('no token');
    expect(actions.opened()).toEqual({ type: 'opened' });
    const one = bindActionCreators(creators.set, store.dispatch) as unknown as typeof set;
    done = [];
    await one();
    expect(done).toEqual(['call', 'set']);
  });

  test('what a thunk gives tells how it came out, by its type, too', async () => {
    const [ok, failed] = [await store.dispatch(ensure(true)), await store.dispatch(ensure(false))];
    expect([ok.type, failed.type]).toEqual([ensure.fulfilled.type, 'ensure/rejected']);
    expect([isFulfilled(ok), isFulfilled(failed)]).toEqual([true, false]);
    expect([isRejected(ensure)(ok), isRejected(ensure)(failed)]).toEqual([false, true]);
    // It is rejected with no value.
    expect(isRejectedWithValue(failed)).toBe(false);
  });
});

describe('TanStack Query', () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });

  test('a mutation runs what belongs to it, one after the other', async () => {
    const after = async (name: string): Promise<void> => {
      await wait();
      done.push(name);
    };
    const mutation = (mutationFn: () => Promise<boolean>): Promise<boolean> =>
      new MutationObserver(client, {
        mutationFn,
        onMutate: () => after('mutate'),
        onSuccess: () => after('success'),
        onError: () => after('error'),
        onSettled: () => after('settled'),
      }).mutate();
    await mutation(set);
    expect(done).toEqual(['mutate', 'call', 'set', 'success', 'settled']);
    done = [];
    await expect(mutation(fail)).rejects.toThrow('no token');
    expect(done).toEqual(['mutate', 'call', 'error', 'settled']);
  });

  test('a query is not fetched where its result is there', async () => {
    const query = { queryKey: ['jwt'], queryFn: set, staleTime: 10_000 };
    /* eslint-disable @typescript-eslint/no-deprecated -- Apps call them, whatever is advised now. */
    await client.fetchQuery(query);
    expect(done).toEqual(['call', 'set']);
    await client.fetchQuery(query);
    await client.ensureQueryData(query);
    await client.query(query);
    expect(done).toEqual(['call', 'set']);
    await expect(client.fetchQuery({ queryKey: ['no'], queryFn: fail })).rejects.toThrow();
    await client.prefetchQuery({ queryKey: ['no'], queryFn: fail });
    /* eslint-enable @typescript-eslint/no-deprecated */
    await expect(client.query({ queryKey: ['no'], queryFn: fail })).rejects.toThrow();
  });
});

describe('RxJS', () => {
  test('waits for each step that gives a promise, in its turn', async () => {
    await firstValueFrom(from(wait()).pipe(switchMap(set)));
    expect(done).toEqual(['call', 'set']);
    await lastValueFrom(defer(set).pipe(concatMap(set), tap(Intercom.present)));
    expect(done).toEqual(['call', 'set', 'call', 'set', 'call', 'set', 'present']);
    await expect(firstValueFrom(defer(fail))).rejects.toThrow('no token');
  });

  test('and for nothing that a function gives which looks on', async () => {
    await firstValueFrom(from(wait()).pipe(tap(() => void set())));
    expect(done).toEqual(['call']);
  });

  test('what gives something else, or hides a rejection, does not wait', async () => {
    expect(await firstValueFrom(defer(set).pipe(startWith(false)))).toBe(false);
    expect(done).not.toContain('set');
    expect(await firstValueFrom(defer(fail).pipe(catchError(() => of(false))))).toBe(false);
  });

  test('what it is subscribed with comes behind it', async () => {
    await new Promise<void>((resolve) => {
      from(set()).subscribe({ next: Intercom.present, complete: resolve });
    });
    expect(done).toEqual(['call', 'set', 'present']);
  });
});

describe('Effect and neverthrow', () => {
  const ensure = Effect.promise(set);

  test('an effect does nothing before it is run', async () => {
    expect(done).toEqual([]);
    await Effect.runPromise(ensure.pipe(Effect.andThen(Effect.sync(Intercom.present))));
    expect(done).toEqual(['call', 'set', 'present']);
    await expect(Effect.runPromise(Effect.tryPromise(fail))).rejects.toThrow();
    await Effect.runPromise(Effect.ignore(Effect.tryPromise(fail)));
  });

  test('a generator waits at each yield', async () => {
    await Effect.runPromise(
      Effect.gen(function* () {
        yield* ensure;
        Intercom.present();
      }),
    );
    expect(done).toEqual(['call', 'set', 'present']);
  });

  test('a result tells a rejection, and its next step runs behind it', async () => {
    const attempt = (
      promise: Promise<boolean>,
      next: () => Promise<boolean>,
    ): ResultAsync<boolean, string> =>
      ResultAsync.fromPromise(promise, String).andThen(() =>
        ResultAsync.fromPromise(next(), String),
      );
    expect((await attempt(set(), set)).isOk()).toBe(true);
    expect(done).toEqual(['call', 'set', 'call', 'set']);
    expect((await attempt(set(), fail)).isErr()).toBe(true);
    done = [];
    expect((await attempt(fail(), set)).isErr()).toBe(true);
    expect(done).toEqual(['call']);
  });
});

describe('hooks of requests', () => {
  const fetch = (): Promise<Response> => {
    done.push('request');
    return Promise.resolve(new Response('{}'));
  };

  test('ky waits for those before a request, also of what it has made', async () => {
    const hooks = { beforeRequest: [(): Promise<void> => set().then(() => undefined)] };
    await ky.get('https://app.test/', { fetch, hooks });
    expect(done).toEqual(['call', 'set', 'request']);
    await ky.create({ fetch, hooks }).get('https://app.test/');
    expect(done).toEqual(['call', 'set', 'request', 'call', 'set', 'request']);
    done = [];
    await ky.get('https://app.test/', { fetch, hooks }).json();
    expect(done).toEqual(['call', 'set', 'request']);
    done = [];
    const behind = { afterResponse: [(): Promise<void> => set().then(() => undefined)] };
    await ky.get('https://app.test/', { fetch, hooks: behind });
    expect(done).toEqual(['request', 'call', 'set']);
    const failing = { beforeRequest: [(): Promise<void> => fail().then(() => undefined)] };
    await expect(ky.get('https://app.test/', { fetch, hooks: failing })).rejects.toThrow();
  });

  test('an interceptor of axios is called with each request', async () => {
    const api = axios.create({
      adapter: (config) =>
        Promise.resolve({ data: '', status: 200, statusText: '', headers: {}, config }),
    });
    api.interceptors.request.use(async (config) => {
      await set();
      return config;
    });
    expect(done).toEqual([]);
    await api.get('https://app.test/');
    await api.get('https://app.test/');
    expect(done).toEqual(['call', 'set', 'call', 'set']);
  });
});

test('a link of Apollo has its function called with each request', async () => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Apps call it, whatever is advised now.
      setContext(async () => {
        await set();
        return {};
      }),
      new ApolloLink(() => of({ data: { help: 'on its way' } })),
    ]),
  });
  expect(done).toEqual([]);
  const query = gql`
    {
      help
    }
  `;
  await client.query({ query, fetchPolicy: 'no-cache' });
  await client.query({ query, fetchPolicy: 'no-cache' });
  expect(done).toEqual(['call', 'set', 'call', 'set']);
});

test('a link of Apollo is told of each error', async () => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Apps call it, whatever is advised now.
      onError(() => {
        void set();
      }),
      new ApolloLink(() => of({ errors: [{ message: 'no such help' }] })),
    ]),
  });
  expect(done).toEqual([]);
  const query = gql`
    {
      help
    }
  `;
  await client.query({ query, fetchPolicy: 'no-cache' }).catch(() => done.push('failed'));
  // Nobody waits for what it does.
  expect(done).toEqual(['call', 'failed']);
  await wait();
  await wait();
});

test('a slice is told of its actions at once, and of a thunk as that comes to its end', async () => {
  const ensure = createAsyncThunk('ensure', set);
  const missed = createAsyncThunk('missed', fail);
  const help = createSlice({
    name: 'help',
    initialState: { ready: false },
    reducers: {
      raised: (state) => {
        state.ready = true;
      },
      lowered: () => ({ ready: false }),
    },
    extraReducers: (builder) =>
      builder
        .addCase(ensure.pending, () => void done.push('pending'))
        .addCase(ensure.fulfilled, () => void done.push('fulfilled'))
        .addCase(missed.fulfilled, () => void done.push('never'))
        .addCase(missed.rejected, () => void done.push('rejected')),
  });
  const store = configureStore({ reducer: combineReducers({ help: help.reducer }) });
  await store.dispatch(ensure());
  await store.dispatch(missed());
  expect(done).toEqual(['pending', 'call', 'set', 'fulfilled', 'call', 'rejected']);
  const readies = [help.actions.raised(), help.actions.lowered()].map((action) => {
    store.dispatch(action);
    return store.getState().help.ready;
  });
  expect(readies).toEqual([true, false]);
});

test('a selector gives what its last function gives of what the others give', () => {
  const help = createSlice({
    name: 'help',
    initialState: { ready: true },
    reducers: {},
    selectors: { selectReady: ({ ready }) => ready },
  });
  const store = configureStore({ reducer: { help: help.reducer, none: () => 0 } });
  const state = store.getState();
  const select = createSelector(
    [(all: typeof state) => all.help, (all: typeof state) => all.none],
    ({ ready }, none) => ready && none === 0,
  );
  const selectAlone = createSelector(
    (all: typeof state) => all.help,
    ({ ready }) => ready,
  );
  expect([select(state), selectAlone(state), help.selectors.selectReady(state)]).toEqual([
    true,
    true,
    true,
  ]);
});

test('a flow waits at each yield', async () => {
  const code = function* (): Generator<Promise<boolean>, void, boolean> {
    yield set();
    Intercom.present();
  };
  await mobxFlow(code)();
  expect(done).toEqual(['call', 'set', 'present']);
  const Help = types
    .model('Help', {})
    .actions(() => ({ ensure: flow(code) }))
    .actions((self) => ({ open: () => self.ensure() }));
  await Help.create({}).open();
  expect(done).toEqual(['call', 'set', 'present', 'call', 'set', 'present']);
});

test('the actions of a machine come behind the promise that it has invoked', async () => {
  const invoked = (src: () => Promise<boolean>): Promise<void> =>
    new Promise((resolve) => {
      const end = (name: string) => (): void => {
        done.push(name);
        resolve();
      };
      const onDone = { actions: end('done') };
      const onError = { actions: end('error') };
      const named = setup({ actors: { ensure: fromPromise(src) } });
      createActor(named.createMachine({ invoke: { src: 'ensure', onDone, onError } })).start();
    });
  await invoked(set);
  expect(done).toEqual(['call', 'set', 'done']);
  done = [];
  // By its name, an action is called where that stands, and nowhere else.
  await new Promise<void>((resolve) => {
    const named = setup({
      actors: { ensure: fromPromise(set) },
      actions: {
        open: () => {
          done.push('open');
          resolve();
        },
        unnamed: () => void done.push('unnamed'),
      },
    });
    createActor(
      named.createMachine({ invoke: { src: 'ensure', onDone: { actions: ['open'] } } }),
    ).start();
  });
  expect(done).toEqual(['call', 'set', 'open']);
  done = [];
  await invoked(fail);
  expect(done).toEqual(['call', 'error']);
  expect(createMachine({ invoke: { src: fromPromise(set) } })).toBeDefined();
});

/** Packages that run in an app alone, or stand for one that is looked at. */
const NOT_HERE =
  /^(?:react-native(?:-|$)|expo-|typed-redux-saga|@reduxjs\/toolkit\/react|lodash-es|lodash\.|@sentry\/(?!core)|@tanstack\/(?!react-query|query-core)|jotai\/react|@apollo\/client$|@apollo\/client\/react\/hooks)/;

test.each(
  LIBRARIES.flatMap(({ packages, exports }) =>
    packages.filter((name) => !NOT_HERE.test(name)).map((name) => [name, exports] as const),
  ),
)('%s exports what the table names, or nothing of that name', async (name, exports) => {
  const found = (await import(name)) as Readonly<Record<string, unknown>>;
  const missing = Object.keys(exports).filter((one) => !(one in found));
  // Of packages that share a row, one may have less.
  expect(missing.length).toBeLessThan(Object.keys(exports).length);
});
