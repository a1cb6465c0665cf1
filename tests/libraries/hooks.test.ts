// @vitest-environment happy-dom
/** What is said of hooks that only run in a component, really run in one. */

import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { ApolloProvider, useMutation } from '@apollo/client/react';
import {
  QueryClient,
  QueryClientProvider,
  useMutation as useMutating,
  useQuery,
} from '@tanstack/react-query';
import { act, createElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { of } from 'rxjs';
import useSWR from 'swr';
import { expect, test } from 'vitest';

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
