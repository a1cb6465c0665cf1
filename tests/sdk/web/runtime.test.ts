// @vitest-environment happy-dom
/**
 * What the packages of the web Messenger really do, with a stub in the Messenger's place: each claim
 * that a rule makes of them is run here.
 */

import * as sdk from '@intercom/messenger-js-sdk';
import type { Window } from 'happy-dom';
import { act, createElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import * as current from 'react-use-intercom';
import * as old from 'react-use-intercom54';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  NAMES,
  REACT_PACKAGE,
  REACT_WITH_JWT,
  RAW_NAMES,
  SDK_EXPORTS,
} from '../../../src/sdk/web/apis.ts';

const { Intercom, boot, shutdown, update } = sdk;

/** The page that the packages run in. */
const page = globalThis as unknown as Window;

type Call = readonly [method: string, attributes?: Readonly<Record<string, unknown>>];

/** What the Messenger was called with. */
let calls: Call[] = [];

/** The calls of one method. */
function callsOf(method: string): readonly Call[] {
  return calls.filter(([name]) => name === method);
}

beforeEach(() => {
  calls = [];
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  Reflect.set(page, 'Intercom', (...call: Call) => {
    calls.push(call);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(page, 'Intercom');
  Reflect.deleteProperty(page, 'intercomSettings');
});

describe('@intercom/messenger-js-sdk', () => {
  test('exports what the rules know of it', () => {
    const exported = new Set(
      Object.keys(sdk).filter((name) => !/^(?:default|Intercom)$/.test(name)),
    );
    exported.delete('module.exports');
    expect(exported).toEqual(SDK_EXPORTS);
  });

  test('does nothing but warn where its default export is given a text', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    Reflect.apply(Intercom, null, ['shutdown']);
    expect(calls).toEqual([]);
    expect(warn).toHaveBeenCalledOnce();
    shutdown();
    expect(calls).toEqual([['shutdown']]);
  });

  test('updates with each call of its default export behind the first, and never shuts down', () => {
    for (const user_id of ['1', '2']) {
      Reflect.apply(Intercom, null, [{ app_id: 'a', user_id, intercom_user_jwt: user_id }]);
    }
    expect(callsOf('update').map(([, attributes]) => attributes?.['user_id'])).toEqual(['1', '2']);
    expect(callsOf('shutdown')).toEqual([]);
    expect(callsOf('boot')).toEqual([]);
  });

  test('hands on what it is given under the names that it is given', () => {
    Reflect.apply(boot, null, [{ app_id: 'a', intercomUserJwt: 'jwt' }]);
    update({ user_id: '1' });
    expect(calls).toEqual([
      ['boot', { app_id: 'a', intercomUserJwt: 'jwt' }],
      ['update', { user_id: '1' }],
    ]);
  });
});

type Package = Pick<typeof current, 'IntercomProvider' | 'useIntercom'>;
type Chat = ReturnType<typeof current.useIntercom>;

/** Renders a provider, and gives what its hook gives. */
async function rendered(
  { IntercomProvider, useIntercom }: Package,
  props: Partial<current.IntercomProviderProps> = {},
): Promise<Chat> {
  const given: Chat[] = [];
  const Inner = (): ReactNode => {
    given.push(useIntercom());
    return null;
  };
  const root = createRoot(page.document.createElement('div'));
  await act(async () => {
    root.render(createElement(IntercomProvider, { appId: 'a', ...props }, createElement(Inner)));
    await Promise.resolve();
  });
  const chat = given.at(-1);
  if (chat === undefined) throw new Error('nothing was rendered');
  return chat;
}

describe('react-use-intercom', () => {
  test('declares the attributes by the names that the rules know', () => {
    const names: readonly (keyof current.IntercomProps)[] = [
      'intercomUserJwt',
      'userHash',
      'userId',
    ];
    expect(names.every((name) => Object.values(NAMES.react).some((one) => one === name))).toBe(
      true,
    );
    const raw: readonly (keyof current.RawIntercomProps)[] = ['intercom_user_jwt', 'user_hash'];
    expect(raw.every((name) => Object.values(RAW_NAMES).some((one) => one === name))).toBe(true);
    // @ts-expect-error the attributes have no such name
    const wrong: keyof current.IntercomProps = 'intercom_user_jwt';
    // @ts-expect-error before 5.5 they have not this one either
    const early: keyof old.IntercomProps = 'intercomUserJwt';
    expect([wrong, early, REACT_PACKAGE, REACT_WITH_JWT[1]]).toHaveLength(4);
  });

  test.each([
    ['the installed version', current, 'jwt'],
    ['a version before 5.5', old as Package, undefined],
  ] as const)('of its attributes, %s hands on those that it knows', async (_name, of, jwt) => {
    const chat = await rendered(of);
    act(() => {
      const attributes = { intercomUserJwt: 'jwt', intercom_user_jwt: 'raw' };
      chat.boot({ userId: '1', userHash: 'hash', ...attributes });
    });
    const [, attributes] = callsOf('boot')[0] ?? [];
    expect(attributes).toMatchObject({ user_id: '1', user_hash: 'hash' });
    expect(attributes?.['intercom_user_jwt']).toBe(jwt);
    expect(attributes).not.toHaveProperty('intercomUserJwt');
  });

  test.each([
    ['the installed version', current],
    ['a version before 5.5', old as Package],
  ] as const)('%s hands on custom attributes as they are', async (_name, of) => {
    const chat = await rendered(of);
    act(() => {
      chat.boot({ userId: '1', customAttributes: { intercom_user_jwt: 'jwt' } });
    });
    expect(callsOf('boot')[0]?.[1]).toMatchObject({ user_id: '1', intercom_user_jwt: 'jwt' });
  });

  test('does nothing where it boots again, unless it was shut down before', async () => {
    const chat = await rendered(current, { autoBoot: true });
    expect(callsOf('boot')).toHaveLength(1);
    act(() => {
      chat.boot({ userId: '1', intercomUserJwt: 'jwt' });
    });
    expect(callsOf('boot')).toHaveLength(1);
    act(() => {
      chat.shutdown();
      chat.boot({ userId: '1', intercomUserJwt: 'jwt' });
    });
    expect(callsOf('boot')).toHaveLength(2);
    expect(callsOf('boot')[1]?.[1]).toMatchObject({ intercom_user_jwt: 'jwt' });
  });

  test('boots by itself only where it is told to', async () => {
    const chat = await rendered(current, { autoBootProps: { intercomUserJwt: 'jwt' } });
    expect(callsOf('boot')).toEqual([]);
    act(() => {
      chat.boot({ intercomUserJwt: 'jwt' });
    });
    expect(callsOf('boot')).toHaveLength(1);
  });

  test('sends of an update what it is given, and nothing of the boot', async () => {
    const chat = await rendered(current, {
      autoBoot: true,
      autoBootProps: { userId: '1', intercomUserJwt: 'jwt' },
    });
    act(() => {
      chat.update({ userId: '1', name: 'Ann' });
    });
    expect(callsOf('update').at(-1)?.[1]).toEqual({ user_id: '1', name: 'Ann' });
  });

  test('leaves out what is undefined, and sends an empty text', async () => {
    const chat = await rendered(current);
    act(() => {
      Reflect.apply(chat.boot, chat, [{ userId: '1', userHash: undefined, intercomUserJwt: '' }]);
    });
    const [, attributes] = callsOf('boot')[0] ?? [];
    expect(attributes).not.toHaveProperty('user_hash');
    expect(attributes).toHaveProperty('intercom_user_jwt', '');
  });
});
