/** What stands for vitest: the tests of a file are kept, to be run one by one, as often as is asked. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';

type Run = (...args: unknown[]) => unknown;

interface Group {
  readonly above: Group | null;
  readonly name: string;
  readonly before: Run[];
  readonly after: Run[];
  readonly beforeEach: Run[];
  readonly afterEach: Run[];
}

interface Test {
  readonly name: string;
  readonly group: Group;
  readonly body: () => unknown;
}

/** The tests of a file. What they throw is thrown on. */
export interface Suite {
  readonly names: readonly string[];
  /** Whether something is cleared up behind the last. */
  readonly isCleared: boolean;
  readonly runOne: (index: number) => Promise<void>;
  readonly runAll: () => Promise<void>;
}

// Its `expect` and `vi` ask what runs them for no more than this.
Object.assign(globalThis, {
  __vitest_worker__: { config: {}, environment: { name: 'node' }, rpc: {}, moduleCache: new Map() },
});
const real = await import('vitest');
export const { expect, vi } = real;

/** The folder of the tests that are run. */
let folder = '';

expect.extend({
  async toMatchFileSnapshot(received: unknown, path: string) {
    const kept = await readFile(join(folder, path), 'utf8');
    return { pass: received === kept, message: () => `not what is kept in ${path}` };
  },
});

let tests: Test[] = [];
let groups: Group[] = [];
let group: Group = made(null, '');
let finishing: Run[] = [];

/** The tests of a file that is loaded by `load`, from a folder. */
export async function suiteOf(load: () => Promise<unknown>, within: string): Promise<Suite> {
  [tests, groups] = [[], []];
  group = made(null, '');
  await load();
  const [own, all] = [tests, groups];
  return {
    names: own.map(({ name }) => name),
    isCleared: all.some(({ after }) => after.length > 0),
    runOne: async (index) => {
      const test = own[index];
      if (test === undefined) throw new Error('no such test');
      folder = within;
      await runIn(test, new Set());
    },
    runAll: async () => {
      folder = within;
      const begun = new Set<Group>();
      try {
        for (const test of own) await runIn(test, begun);
      } finally {
        for (const { after } of all.toReversed()) for (const hook of after) await hook({});
      }
    },
  };
}

function made(above: Group | null, name: string): Group {
  const one = { above, name, before: [], after: [], beforeEach: [], afterEach: [] };
  groups.push(one);
  return one;
}

function describeOne(name: unknown, body: Run, args: readonly unknown[] = []): void {
  const outer = group;
  group = made(outer, `${outer.name}${outer.name === '' ? '' : ' › '}${String(name)}`);
  try {
    body(...args);
  } finally {
    group = outer;
  }
}

function testOne(
  name: unknown,
  given: unknown,
  other: unknown,
  args: readonly unknown[] = [],
): void {
  const body = (typeof given === 'function' ? given : other) as Run;
  const own = group;
  const full = `${own.name}${own.name === '' ? '' : ' › '}${String(name)}`;
  tests.push({ name: full, group: own, body: () => body(...args, { skip: noSkip }) });
}

function noSkip(): never {
  throw new Error('a test that leaves itself out');
}

/** Runs a test. `begun` are the groups of which a test was run. */
async function runIn({ group: own, body }: Test, begun: Set<Group>): Promise<void> {
  const around: Group[] = [];
  for (let at: Group | null = own; at !== null; at = at.above) around.unshift(at);
  finishing = [];
  try {
    for (const one of around) {
      if (begun.has(one)) continue;
      begun.add(one);
      for (const hook of one.before) await hook({});
    }
    for (const { beforeEach } of around) for (const hook of beforeEach) await hook({});
    await body();
  } finally {
    for (const hook of finishing.reverse()) await hook();
    for (const { afterEach } of around.toReversed()) for (const hook of afterEach) await hook({});
  }
}

function titleOf(name: string, args: readonly unknown[]): string {
  const shown = args.filter((arg) => typeof arg !== 'object').slice(0, 1);
  return name.includes('%') ? format(name, ...shown) : [name, ...shown].join(' ').slice(0, 120);
}

/** `one.each(table)(name, body)`, as vitest has it for tables that are lists. */
function eachOf(one: (name: string, given: unknown, other: unknown, args: unknown[]) => void) {
  return (table: readonly unknown[]) =>
    (name: unknown, given: unknown, other?: unknown): void => {
      for (const row of table) {
        const args: unknown[] = Array.isArray(row) ? row : [row];
        one(titleOf(String(name), args), given, other, args);
      }
    };
}

export const describe = Object.assign(
  (name: unknown, body: Run) => {
    describeOne(name, body);
  },
  {
    each: eachOf((name, body, _, args) => {
      describeOne(name, body as Run, args);
    }),
    runIf: (holds: unknown) => (holds ? describe : () => undefined),
  },
);

export const test = Object.assign(
  (name: unknown, given: unknown, other?: unknown) => {
    testOne(name, given, other);
  },
  {
    each: eachOf((name, given, other, args) => {
      testOne(name, given, other, args);
    }),
    runIf: (holds: unknown) => (holds ? test : () => undefined),
  },
);

export const beforeAll = (hook: Run): number => group.before.push(hook);
export const afterAll = (hook: Run): number => group.after.push(hook);
export const beforeEach = (hook: Run): number => group.beforeEach.push(hook);
export const afterEach = (hook: Run): number => group.afterEach.push(hook);
export const onTestFinished = (hook: Run): number => finishing.push(hook);
