// @vitest-environment happy-dom
/** What is said of hooks that only run in a component, really run in one. */

import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { ApolloProvider, useMutation } from '@apollo/client/react';
import {
  mutationOptions,
  QueryClient,
  QueryClientProvider,
  useMutation as useMutating,
  useQuery,
} from '@tanstack/react-query';
import { bindActionCreators, configureStore, createSlice } from '@reduxjs/toolkit';
import {
  act,
  createElement,
  Suspense,
  startTransition,
  use,
  useActionState,
  useEffect,
  useEffectEvent,
  useState,
  useTransition,
  type ReactNode,
} from 'react';
import { createRoot } from 'react-dom/client';
import {
  legacy_connect as connect,
  Provider,
  useDispatch,
  useSelector,
  useStore,
} from 'react-redux';
import { atom, useSetAtom } from 'jotai';
import { create } from 'zustand';
import { of } from 'rxjs';
import useSWR from 'swr';
import useSWRMutation from 'swr/mutation';
import { describe, expect, test } from 'vitest';

const MUTATION = gql`
  mutation {
    help
  }
`;

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** What is noted, in its order, while a component is rendered, and something is done with it. */
async function noted(
  render: (note: (text: string) => void) => void,
  use: (note: (text: string) => void) => unknown = () => undefined,
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
): Promise<readonly string[]> {
  const done: string[] = [];
  const note = (text: string): void => {
    if (done.at(-1) !== text) done.push(text);
  };
  function Help(): ReactNode {
    render(note);
    return null;
  }
  const root = createRoot(document.createElement('div'));
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
  await act(async () => {
    root.render(createElement(QueryClientProvider, { client, children: createElement(Help) }));
    await rest();
  });
  // What it has come to is rendered.
  await act(rest);
  await act(async () => {
    use(note);
    await rest();
  });
  await act(rest);
  act(() => {
    root.unmount();
  });
  return done;
}

const waits = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

test('a query tells of its success once its function has come to its end', async () => {
  const ask = (placeholderData?: string): Promise<readonly string[]> =>
    noted((note) => {
      const { isSuccess, data, status } = useQuery({
        queryKey: ['jwt'],
        queryFn: async () => {
          await waits();
          note('set');
          return 'jwt';
        },
        ...(placeholderData !== undefined && { placeholderData }),
      });
      note([isSuccess, data ?? 'nothing', status].join());
    });
  expect(await ask()).toEqual(['false,nothing,pending', 'set', 'true,jwt,success']);
  expect(await ask('held')).toEqual(['true,held,success', 'set', 'true,jwt,success']);
});

test('a query is pending, or in error, until its function has come to its end', async () => {
  const ask = (fails: boolean): Promise<readonly string[]> =>
    noted((note) => {
      const { isPending, isError, error } = useQuery({
        queryKey: ['jwt', fails],
        queryFn: async () => {
          await waits();
          if (fails) throw new Error('no token');
          return 'jwt';
        },
      });
      note([isPending, isError, error?.message ?? String(error)].join());
    });
  expect(await ask(false)).toEqual(['true,false,null', 'false,false,null']);
  expect(await ask(true)).toEqual(['true,false,null', 'false,true,no token']);
});

test('a mutation is idle, pending, or in error, until it has come to its end', async () => {
  for (const fails of [false, true]) {
    let run = (): void => undefined;
    const done = await noted(
      (note) => {
        const { mutate, isIdle, isPending, isError, error } = useMutating({
          mutationFn: async () => {
            await waits();
            if (fails) throw new Error('no token');
          },
        });
        run = mutate;
        note([isIdle, isPending, isError, error?.message ?? String(error)].join());
      },
      () => {
        run();
      },
    );
    expect(done).toEqual([
      'true,false,false,null',
      'false,true,false,null',
      fails ? 'false,false,true,no token' : 'false,false,false,null',
    ]);
  }
});

test('SWR loads, or has failed, until its fetcher has come to its end, where there is a key', async () => {
  const ask = (key: string | null, fails: boolean): Promise<readonly string[]> =>
    noted((note) => {
      const { isLoading, error } = useSWR<string, Error>(key, async () => {
        await waits();
        if (fails) throw new Error('no token');
        return 'jwt';
      });
      note([isLoading, error?.message].join());
    });
  expect(await ask('fetched', false)).toEqual(['true,', 'false,']);
  expect(await ask('failed', true)).toEqual(['true,', 'false,no token']);
  expect(await ask(null, false)).toEqual(['false,']);
});

test('a cache that is cleared takes nothing from who shows it, before that is rendered again', async () => {
  const client = new QueryClient();
  const done = await noted(
    (note) => {
      const { isSuccess } = useQuery({ queryKey: ['jwt'], queryFn: () => 'jwt' });
      note(String(isSuccess));
    },
    (note) => {
      client.clear();
      note('cleared');
    },
    client,
  );
  expect(done).toEqual(['false', 'true', 'cleared']);
  expect(client.getQueryData(['jwt'])).toBeUndefined();
});

test('a mutation tells of its success behind what its callbacks give', async () => {
  let run = (): void => undefined;
  const done = await noted(
    (note) => {
      const { mutate, isSuccess, status } = useMutating({
        mutationFn: async () => {
          await waits();
          note('mutated');
        },
        onSuccess: async () => {
          await waits();
          note('set');
        },
      });
      run = mutate;
      note([isSuccess, status].join());
    },
    () => {
      run();
    },
  );
  expect(done).toEqual(['false,idle', 'false,pending', 'mutated', 'set', 'true,success']);
});

test('SWR has data once its fetcher has come to its end, or as it is told', async () => {
  const ask = (key: string, fallbackData?: string): Promise<readonly string[]> =>
    noted((note) => {
      const { data } = useSWR(
        key,
        async () => {
          await waits();
          note('set');
          return 'jwt';
        },
        { ...(fallbackData !== undefined && { fallbackData }) },
      );
      note(data ?? 'nothing');
    });
  expect(await ask('one')).toEqual(['nothing', 'set', 'jwt']);
  expect(await ask('two', 'held')).toEqual(['held', 'set', 'jwt']);
});

test('nobody waits for what `onCompleted` of a mutation gives', async () => {
  const done: string[] = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new ApolloLink(() => of({ data: { help: 'on its way' } })),
  });
  let run = (): Promise<unknown> => Promise.resolve();
  function Help(): ReactNode {
    [run] = useMutation(MUTATION, {
      onCompleted: () => {
        done.push('called');
        setTimeout(() => done.push('set'), 1);
      },
    });
    return null;
  }
  const root = createRoot(document.createElement('div'));
  act(() => {
    root.render(createElement(ApolloProvider, { client, children: createElement(Help) }));
  });
  await act(async () => {
    await run();
    done.push('goes on');
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  expect(done).toEqual(['called', 'goes on', 'set']);
});

test('nobody waits for what `onError` of a mutation gives', async () => {
  const done: string[] = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new ApolloLink(() => of({ errors: [{ message: 'no such help' }] })),
  });
  let run = (): Promise<unknown> => Promise.resolve();
  function Help(): ReactNode {
    [run] = useMutation(MUTATION, {
      onError: () => {
        done.push('called');
        setTimeout(() => done.push('set'), 1);
      },
    });
    return null;
  }
  await rendered(createElement(ApolloProvider, { client, children: createElement(Help) }), () =>
    run().catch(() => done.push('goes on')),
  );
  expect(done).toEqual(['called', 'goes on', 'set']);
});

/** Renders what is given, does something, and takes it away. */
async function rendered(element: ReactNode, use: () => unknown = () => undefined): Promise<void> {
  const root = createRoot(document.createElement('div'));
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  await act(async () => {
    root.render(element);
    await rest();
  });
  await act(async () => {
    await use();
    await rest();
  });
  act(() => {
    root.unmount();
  });
}

/** What is done where a hook gives something that is run, and waited for. */
async function waitedFor(useRun: (set: () => Promise<void>) => () => unknown): Promise<void> {
  const done: string[] = [];
  let run: () => unknown = () => undefined;
  function Help(): ReactNode {
    run = useRun(async () => {
      done.push('call');
      await waits();
      done.push('set');
    });
    return null;
  }
  const client = new QueryClient();
  const element = createElement(QueryClientProvider, { client, children: createElement(Help) });
  await rendered(element, async () => {
    expect(done).toEqual([]);
    await run();
    done.push('goes on');
  });
  expect(done).toEqual(['call', 'set', 'goes on']);
}

describe('what a hook gives is waited for:', () => {
  test('`mutateAsync` of TanStack Query', async () => {
    await waitedFor((mutationFn) => {
      const { mutateAsync } = useMutating({ mutationFn });
      return () => mutateAsync();
    });
  });

  test('the same, of options that are made by `mutationOptions`', async () => {
    await waitedFor((mutationFn) => {
      const { mutateAsync } = useMutating(mutationOptions({ mutationFn }));
      return () => mutateAsync();
    });
  });

  test('`trigger` of SWR', async () => {
    await waitedFor((set) => {
      const { trigger } = useSWRMutation('jwt', set);
      return () => trigger();
    });
  });

  test('`useSetAtom` of jotai', async () => {
    const ensure = atom(null, (_get, _set, set: () => Promise<void>) => set());
    await waitedFor((set) => {
      const write = useSetAtom(ensure);
      return () => write(set);
    });
  });

  test('what a selector gives of a store of zustand', async () => {
    const useHelp = create<{ ensure: (set: () => Promise<void>) => Promise<void> }>(() => ({
      ensure: (set) => set(),
    }));
    await waitedFor((set) => {
      const ensure = useHelp((state) => state.ensure);
      return () => ensure(set);
    });
  });
});

test('a query calls its function only where it is enabled', async () => {
  for (const enabled of [false, true]) {
    const done = await noted((note) => {
      useQuery({
        queryKey: ['jwt'],
        queryFn: () => {
          note('call');
          return 'jwt';
        },
        enabled,
      });
      note('rendered');
    });
    expect(done.includes('call')).toBe(enabled);
    expect(done[0]).toBe('rendered');
  }
});

describe('react-redux', () => {
  const session = createSlice({
    name: 'session',
    initialState: { ready: false },
    reducers: { raised: () => ({ ready: true }) },
  });
  const made = () => configureStore({ reducer: { session: session.reducer } });
  type Store = ReturnType<typeof made>;
  type State = ReturnType<Store['getState']>;
  const thunk = (done: string[]) => () => async (dispatch: Store['dispatch']) => {
    done.push('call');
    await waits();
    done.push('set');
    dispatch(session.actions.raised());
  };

  test('a hook gives what dispatches, and a selector what it selects', async () => {
    const done: string[] = [];
    const set = thunk(done);
    let run = (): Promise<void> => Promise.resolve();
    function Help(): ReactNode {
      const dispatch = useDispatch<Store['dispatch']>();
      const ready = useSelector((state: State) => state.session.ready);
      const actions = bindActionCreators({ set }, useStore().dispatch as Store['dispatch']);
      done.push(String(ready));
      run = async () => {
        await dispatch(set());
        done.push('goes on');
        await (actions.set as unknown as () => Promise<void>)();
      };
      return null;
    }
    const children = createElement(Help);
    await rendered(createElement(Provider, { store: made(), children }), () => run());
    expect(done.filter((one, index) => one !== done[index - 1])).toEqual([
      'false',
      'call',
      'set',
      'true',
      'goes on',
      'call',
      'set',
    ]);
  });

  test('a component that is connected is given what is bound, and what is selected', async () => {
    const done: string[] = [];
    const set = thunk(done);
    let run = (): Promise<void> => Promise.resolve();
    function Help(props: { set: () => Promise<void>; ready: boolean }): ReactNode {
      run = async () => {
        await props.set();
        done.push('goes on');
      };
      done.push(String(props.ready));
      return null;
    }
    const select = (state: State) => ({ ready: state.session.ready });
    const connected = [
      connect(select, { set })(Help as never),
      connect(select, (dispatch: Store['dispatch']) => ({ set: () => dispatch(set()) }))(Help),
      connect(select, (dispatch: Store['dispatch']) => bindActionCreators({ set }, dispatch))(
        Help as never,
      ),
    ];
    for (const component of connected) {
      done.length = 0;
      const children = createElement(component as unknown as () => ReactNode);
      await rendered(createElement(Provider, { store: made(), children }), () => run());
      expect(done).toEqual(['false', 'call', 'set', 'true', 'goes on']);
    }
  });
});

describe('React', () => {
  test('`use` renders nothing before its promise is fulfilled', async () => {
    const done: string[] = [];
    const ready = waits().then(() => done.push('set'));
    function Help(): ReactNode {
      use(ready);
      done.push('rendered');
      return null;
    }
    await rendered(createElement(Suspense, null, createElement(Help)));
    expect(done.slice(0, 2)).toEqual(['set', 'rendered']);
  });

  test('a state tells that its action has come to its end', async () => {
    const done: string[] = [];
    let run = (): void => undefined;
    function Help(): ReactNode {
      const [state, action, isPending] = useActionState(async (before: number) => {
        done.push(`begun ${String(before)}`);
        await waits();
        done.push('set');
        return before + 1;
      }, 0);
      run = () => {
        startTransition(action);
      };
      done.push([state, isPending].join());
      return null;
    }
    await rendered(createElement(Help), () => {
      run();
    });
    expect(done).toEqual(['0,false', 'begun 0', '0,true', 'set', '1,false']);
  });

  test('a state is made by its function at the first render', async () => {
    const done: string[] = [];
    const promises = new Set<Promise<void>>();
    function Help(): ReactNode {
      const [ready] = useState(() => {
        done.push('call');
        return waits();
      });
      promises.add(ready);
      const [, turn] = useState(0);
      if (promises.size === 0) turn(1);
      return null;
    }
    await rendered(createElement(Help));
    expect(done).toEqual(['call']);
    expect(promises.size).toBe(1);
  });

  test('an effect event is called by its effect, with what there is then', async () => {
    const done: string[] = [];
    function Help({ jwt }: { readonly jwt: string }): ReactNode {
      const set = useEffectEvent(async () => {
        done.push(`call ${jwt}`);
        await waits();
        done.push('set');
      });
      useEffect(() => {
        void set().then(() => done.push('then'));
        done.push('effect');
      }, []);
      done.push('rendered');
      return null;
    }
    await rendered(createElement(Help, { jwt: 'jwt' }));
    expect(done).toEqual(['rendered', 'call jwt', 'effect', 'set', 'then']);
  });

  test('a transition calls its action at once', async () => {
    const done: string[] = [];
    let run: () => void = () => undefined;
    function Help(): ReactNode {
      const [, start] = useTransition();
      run = () => {
        start(async () => {
          done.push('call');
          await waits();
          done.push('set');
        });
      };
      return null;
    }
    await rendered(createElement(Help), () => {
      run();
      done.push('goes on');
    });
    expect(done).toEqual(['call', 'goes on', 'set']);
  });
});
