/** What is said of packages that have a native part, run with a stand-in for that. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type * as TaskManager from 'expo-task-manager';
import type Package from 'react-native-background-fetch';
import ts from 'typescript';
import { expect, test } from 'vitest';

type BackgroundFetch = typeof Package.default;

interface FetchEvent {
  readonly taskId: string;
  readonly timeout: boolean;
}

type Listener = (event: FetchEvent) => void;

/** A module as it is in a package, with what it imports. */
function moduleOf(path: string, modules: Readonly<Record<string, object>>): object {
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- It is the code of the package.
  const run = new Function('exports', 'require', outputText) as (
    exports: object,
    require: (name: string) => object | undefined,
  ) => void;
  run(exported, (name) => modules[name]);
  return exported;
}

const { resolve } = createRequire(import.meta.url);

function backgroundFetch(listeners: Set<Listener>): BackgroundFetch {
  class NativeEventEmitter {
    addListener(_: string, listener: Listener): void {
      listeners.add(listener);
    }
    removeAllListeners(): void {
      listeners.clear();
    }
  }
  const native = { configure: () => Promise.resolve(2), finish: () => undefined };
  const module = moduleOf(resolve('react-native-background-fetch'), {
    'react-native': { NativeEventEmitter, AppRegistry: {} },
    './src/NativeBackgroundFetch': { __esModule: true, default: native },
  }) as { readonly default: BackgroundFetch };
  return module.default;
}

test('`configure` of react-native-background-fetch calls nothing before the system does', async () => {
  const done: string[] = [];
  const listeners = new Set<Listener>();
  const background = backgroundFetch(listeners);
  await background.configure(
    {},
    (id) => void done.push(`event ${id}`),
    (id) => void done.push(`end of ${id}`),
  );
  done.push('configured');
  for (const timeout of [false, true]) {
    for (const listener of listeners) listener({ taskId: 'help', timeout });
  }
  expect(done).toEqual(['configured', 'event help', 'end of help']);
});

interface TaskEvent {
  readonly data: unknown;
  readonly error: null;
  readonly executionInfo: TaskManager.TaskManagerTaskBodyExecutionInfo;
}

test('`defineTask` of expo-task-manager calls nothing before the system does', async () => {
  const done: string[] = [];
  const listeners = new Set<(event: TaskEvent) => Promise<void>>();
  class LegacyEventEmitter {
    addListener(_: string, listener: (event: TaskEvent) => Promise<void>): void {
      listeners.add(listener);
    }
  }
  const native = {
    EVENT_NAME: 'task',
    notifyTaskFinishedAsync: (name: string) => Promise.resolve(done.push(`end of ${name}`)),
  };
  const { defineTask, isTaskDefined } = moduleOf(resolve('expo-task-manager'), {
    expo: { Platform: { OS: 'ios' } },
    'expo-modules-core': { LegacyEventEmitter },
    'react-native': { AppRegistry: {} },
    './ExpoTaskManager': { __esModule: true, default: native },
  }) as typeof TaskManager;
  defineTask('help', async ({ executionInfo }) => {
    done.push(`task ${executionInfo.taskName}`);
    await Promise.resolve();
    done.push('set');
  });
  expect(isTaskDefined('help')).toBe(true);
  await new Promise((next) => setTimeout(next, 1));
  done.push('defined');
  const event = { data: {}, error: null, executionInfo: { eventId: '1', taskName: 'help' } };
  for (const listener of listeners) await listener(event);
  expect(done).toEqual(['defined', 'task help', 'set', 'end of help']);
});

test.each(['ios', 'android'])('`Platform.select` of react-native gives what is for %s', (name) => {
  const path = `react-native/Libraries/Utilities/Platform.${name}.js`;
  const { default: Platform } = moduleOf(resolve(path), {
    './NativePlatformConstantsIOS': {},
    './NativePlatformConstantsAndroid': {},
  }) as { readonly default: { select: (spec: object) => string | undefined } };
  const others = { ios: 'no', android: 'no', web: 'no', native: 'no', default: 'no' };
  expect(Platform.select({ ...others, [name]: 'own' })).toBe('own');
  expect(Platform.select({ web: 'no', native: 'native', default: 'no' })).toBe('native');
  expect(Platform.select({ web: 'no', default: 'default' })).toBe('default');
  expect(Platform.select({ web: 'no' })).toBeUndefined();
});
