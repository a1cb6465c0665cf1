/** Runs tests with a mutant, in a process that its parent ends where they do not. */

import { register } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

import type * as SuiteModule from './suite.ts';
import { Switch } from './switch.ts';

/** What the parent asks for. */
export type Asked =
  | { readonly kind: 'record'; readonly file: string }
  | { readonly kind: 'judge'; readonly id: number; readonly tests: readonly TestPlace[] };

/** The file of a test, and which of its tests it is; -1 for all of them, one after the other. */
export type TestPlace = readonly [file: string, index: number];

export interface Recorded {
  readonly index: number;
  readonly name: string;
  readonly milliseconds: number;
  /** The milliseconds in which it had a core. */
  readonly work: number;
  /** The mutants that can make a difference to it. */
  readonly met: readonly number[];
  /** What was wrong, though no mutant was active. */
  readonly fault: string | null;
}

/** What it tells. */
export type Answer =
  | {
      readonly kind: 'ready';
      /** The mutants that are met while the source is loaded. */
      readonly loading: readonly number[];
    }
  | { readonly kind: 'recorded'; readonly tests: readonly Recorded[] }
  | { readonly kind: 'at'; readonly index: number; readonly isLoading: boolean }
  | {
      readonly kind: 'judged';
      readonly fault: string | null;
      /** Which test failed. */
      readonly index: number;
      /** Whether the test that failed does so from now on, mutant or not. */
      readonly isTainted: boolean;
    };

export interface Setup {
  readonly root: string;
  readonly suite: string;
  readonly files: readonly (readonly [url: string, path: string])[];
  /** A mutant that is active from the beginning on. */
  readonly active: number | null;
}

const mutation = new Switch();
Object.assign(globalThis, { mutation });
/** The real one, whatever a test puts in its place. */
const wait = setTimeout;

/** A test that waits may wait so long, in milliseconds. */
const LONGEST = 60_000;

/** What was thrown since a test began. */
const thrown: unknown[] = [];
const seen = (error: unknown): void => {
  thrown.push(error);
};
process.on('uncaughtException', seen);
process.on('unhandledRejection', seen);

const setup = JSON.parse(process.argv[2] ?? '') as Setup;
mutation.active = setup.active;
register('./hooks.mjs', import.meta.url, { data: { suite: setup.suite, files: setup.files } });
const { suiteOf } = (await import(setup.suite)) as typeof SuiteModule;
mutation.notes = new Set();
await import(pathToFileURL(`${setup.root}/tests/setup.ts`).href);
await import(pathToFileURL(`${setup.root}/src/index.ts`).href);
for (const [url] of setup.files) await import(url);
const loading = [...mutation.notes];
mutation.notes = null;

const loaded = new Map<string, SuiteModule.Suite>();
let times = 0;

/** Loads a file of tests, which is loaded once more where `isNew`. */
function load(file: string, isNew: boolean): Promise<SuiteModule.Suite> {
  const { href } = pathToFileURL(`${setup.root}/${file}`);
  times += 1;
  return suiteOf(
    () => import(isNew ? `${href}?times=${String(times)}` : href),
    dirname(`${setup.root}/${file}`),
  );
}

async function suiteIn(file: string): Promise<SuiteModule.Suite> {
  const suite = loaded.get(file) ?? (await load(file, false));
  loaded.set(file, suite);
  return suite;
}

/** Waits, though not for what does not end. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = wait(() => {
      reject(new Error('it does not end'));
    }, LONGEST);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function faultOf(run: () => Promise<void>): Promise<string | null> {
  thrown.length = 0;
  try {
    await inTime(run());
  } catch (error) {
    seen(error);
  }
  const [first] = thrown;
  if (thrown.length === 0) return null;
  return first instanceof Error ? String(first) : 'something else than an error was thrown';
}

function run([file, index]: TestPlace): Promise<string | null> {
  return faultOf(async () => {
    if (index < 0) await (await load(file, true)).runAll();
    else await (await suiteIn(file)).runOne(index);
  });
}

async function record(file: string): Promise<Answer> {
  mutation.notes = new Set();
  const suite = await inTime(suiteIn(file)).catch(String);
  if (typeof suite === 'string') {
    const none = { index: -1, name: 'all', milliseconds: 0, work: 0, met: [] };
    return { kind: 'recorded', tests: [{ ...none, fault: suite }] };
  }
  // What is worked out while a file is loaded is worked out anew for each mutant.
  const isWhole = suite.isCleared || mutation.notes.size > 0;
  const recorded: Recorded[] = [];
  for (const [index, name] of isWhole ? [[-1, 'all'] as const] : suite.names.entries()) {
    mutation.notes = new Set();
    const start = performance.now();
    const used = process.cpuUsage();
    const fault = isWhole
      ? ((await faultOf(suite.runAll)) ?? (await run([file, index])))
      : await run([file, index]);
    const milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    const work = (user + system) / 1000;
    recorded.push({ index, name, milliseconds, work, met: [...mutation.notes], fault });
  }
  mutation.notes = null;
  return { kind: 'recorded', tests: recorded };
}

async function judge(id: number, places: readonly TestPlace[]): Promise<Answer> {
  for (const [index, place] of places.entries()) {
    const [file, nth] = place;
    if (nth >= 0 && !loaded.has(file)) {
      tell({ kind: 'at', index, isLoading: true });
      await suiteIn(file);
    }
    tell({ kind: 'at', index, isLoading: false });
    mutation.active = id;
    const fault = await run(place);
    mutation.active = setup.active;
    if (fault === null) continue;
    const isTainted = setup.active === null && (await run(place)) !== null;
    return { kind: 'judged', fault: fault.slice(0, 300), index, isTainted };
  }
  return { kind: 'judged', fault: null, index: -1, isTainted: false };
}

process.on('message', (asked: Asked) => {
  const answer = asked.kind === 'record' ? record(asked.file) : judge(asked.id, asked.tests);
  void answer.then(tell);
});
tell({ kind: 'ready', loading });

function tell(answer: Answer): void {
  process.send?.(answer);
}
