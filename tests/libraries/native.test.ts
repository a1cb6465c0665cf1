/** What is said of packages that have a native part, run with a stand-in for that. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type Package from 'react-native-background-fetch';
import ts from 'typescript';
import { expect, test } from 'vitest';

type BackgroundFetch = typeof Package.default;

interface FetchEvent {
  readonly taskId: string;
  readonly timeout: boolean;
}

type Listener = (event: FetchEvent) => void;

/** The module as it is in the package, with what it imports. */
function backgroundFetch(listeners: Set<Listener>): BackgroundFetch {
  const path = createRequire(import.meta.url).resolve('react-native-background-fetch');
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  class NativeEventEmitter {
    addListener(_: string, listener: Listener): void {
      listeners.add(listener);
    }
    removeAllListeners(): void {
      listeners.clear();
    }
  }
  const native = { configure: () => Promise.resolve(2), finish: () => undefined };
  const modules: Readonly<Record<string, object>> = {
    'react-native': { NativeEventEmitter, AppRegistry: {} },
    './src/NativeBackgroundFetch': { __esModule: true, default: native },
  };
  const exported = {} as { default: BackgroundFetch };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- It is the code of the package.
  const run = new Function('exports', 'require', outputText) as (
    exports: object,
    require: (name: string) => object | undefined,
  ) => void;
  run(exported, (name) => modules[name]);
  return exported.default;
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
