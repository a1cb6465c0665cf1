import { expect, test } from 'vitest';

import { compare, type Disagreement } from './compare.ts';
import { defaultFlags, functionFlags, type Flags } from './flags.ts';
import { generatePrograms } from './program.ts';
import { reportedCalls } from './verdict.ts';

/** What the rule gets wrong, by kind, with the programs; and how many calls it has judged. */
async function judge(options: { count: number; seed: number; flags: Flags; cap: number }) {
  const failures: Record<Disagreement['kind'], string[]> = {
    missed: [],
    spurious: [],
    unreached: [],
    crashed: [],
  };
  let calls = 0;
  for (const { program } of generatePrograms(options)) {
    calls += program.calls.filter((call) => call.protected).length;
    const { disagreements } = await compare(program, reportedCalls, options.cap);
    for (const disagreement of disagreements) {
      const text = `${JSON.stringify(disagreement)}\n${program.source}`;
      failures[disagreement.kind].push(text);
    }
  }
  return { ...failures, calls };
}

test('within a function, exactly the calls that are a violation in some run are reported', async () => {
  const { calls, ...failures } = await judge({
    count: 300,
    seed: 1,
    flags: defaultFlags,
    cap: 5000,
  });
  expect(calls).toBeGreaterThan(0);
  expect(Object.values(failures).flat()).toEqual([]);
}, 60_000);

test('across functions, no violation is missed, and hardly a call is reported that is none', async () => {
  const { missed, crashed, spurious, calls } = await judge({
    count: 300,
    seed: 1,
    flags: functionFlags,
    cap: 2000,
  });
  expect([...missed, ...crashed]).toEqual([]);
  expect(spurious.length).toBeLessThanOrEqual(calls * 0.005);
}, 60_000);
