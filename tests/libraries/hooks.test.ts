// @vitest-environment happy-dom
/** What is said of hooks that only run in a component, really run in one. */

import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { ApolloProvider, useMutation } from '@apollo/client/react';
import { act, createElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { of } from 'rxjs';
import { expect, test } from 'vitest';

const MUTATION = gql`
  mutation {
    help
  }
`;

test('nobody waits for what `onCompleted` of a mutation gives', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
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
