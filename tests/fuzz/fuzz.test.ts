import { expect, test } from 'vitest';

import type { Step } from '../../src/way/step.ts';
import { applySuggestions } from '../helpers/suggestions.ts';
import { compare, type Disagreement } from './compare.ts';
import { defaultFlags, functionFlags, notReplayed, withoutFlags, type Flags } from './flags.ts';
import { mendings } from './mended.ts';
import { printProgram } from './print.ts';
import { generatePrograms } from './program.ts';
import { areStepsShown, describeSteps, describeWay, isFollowed, replays } from './replay.ts';
import type { Method, Statement } from './syntax.ts';
import { reportedCalls, violationsIn } from './verdict.ts';

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
    cap: 2000,
  });
  expect(calls).toBeGreaterThan(0);
  expect(Object.values(failures).flat()).toEqual([]);
}, 180_000);

test('across functions, no violation is missed, and hardly a call is reported that is none', async () => {
  const { missed, crashed, spurious, calls } = await judge({
    count: 300,
    seed: 1,
    flags: functionFlags,
    cap: 2000,
  });
  expect([...missed, ...crashed]).toEqual([]);
  expect(spurious.length).toBeLessThanOrEqual(calls * 0.002);
}, 180_000);

test('what is suggested mends the program, and brings about nothing new', () => {
  const applied = [defaultFlags, functionFlags].flatMap((flags) =>
    [...generatePrograms({ count: 60, seed: 5, flags })].map(({ program }) =>
      applySuggestions(program.source),
    ),
  );
  expect(applied.flatMap(({ flaws }) => flaws)).toEqual([]);
  expect(applied.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(10);
}, 180_000);

test('what a message tells to do takes its report away, or another cause is told then', () => {
  const told = [defaultFlags, functionFlags].flatMap((flags) =>
    [...generatePrograms({ count: 60, seed: 6, flags })].flatMap(({ program }) =>
      mendings(program),
    ),
  );
  const done = told.filter(({ mended }) => mended !== 'not asked');
  const same = done.filter(({ mended }) => mended === 'same');
  expect(same.map(({ cause, source }) => `${cause}\n${String(source)}`)).toEqual([]);
  const gone = done.filter(({ mended }) => mended === 'gone');
  expect(gone.length).toBeGreaterThan(done.length * 0.75);
  expect(new Set(gone.map(({ cause }) => cause)).size).toBeGreaterThan(5);
}, 180_000);

/**
 * The reports whose way is not followed by any run into a violation, those that tell a cause which is
 * not there, and how many reports there are.
 */
async function replayAll(options: { count: number; seed: number; flags: Flags }) {
  const lost: string[] = [];
  const untrue: string[] = [];
  const untold: string[] = [];
  let reports = 0;
  let asked = 0;
  for (const { program } of generatePrograms(options)) {
    for (const { place, shown, violation, steps, ...replay } of await replays(program)) {
      reports += 1;
      if (steps === 'true') asked += replay.asked;
      if (steps === 'untrue') {
        untold.push(
          `${place}\n${program.source}\n${describeSteps(violation.steps, program.source)}`,
        );
      }
      for (const told of Object.values(violation.data)) expect(told).not.toMatch(/\bline (?!\d)/);
      if (shown === 'untrue') untrue.push(`${violation.cause} at ${place}\n${program.source}`);
      if (shown === 'lost' || shown === 'capped') {
        lost.push(`${place}\n${program.source}${describeWay(violation.way)}`);
      }
    }
  }
  return { lost, untrue, untold, reports, asked };
}

test('within a function, a run follows the way that a message tells into the violation', async () => {
  const { lost, untrue, untold, reports, asked } = await replayAll({
    count: 400,
    seed: 2,
    flags: withoutFlags(notReplayed),
  });
  expect(untrue).toEqual([]);
  // Promises that wait together are told one after the other, and settle in another order in the run.
  expect(untold.length).toBeLessThanOrEqual(reports * 0.005);
  expect(reports).toBeGreaterThan(300);
  expect(asked).toBeGreaterThan(reports * 3);
  expect(lost).toEqual([]);
}, 180_000);

test('across functions, nearly every way that a message tells can be followed', async () => {
  const { lost, untrue, untold, reports, asked } = await replayAll({
    count: 300,
    seed: 1,
    flags: withoutFlags(notReplayed, functionFlags),
  });
  expect(untrue).toEqual([]);
  expect(untold).toEqual([]);
  expect(reports).toBeGreaterThan(200);
  expect(asked).toBeGreaterThan(reports * 2);
  expect(lost.length).toBeLessThanOrEqual(reports * 0.02);
}, 180_000);

/** A program that sets the JWT in one case, and its one report. */
function skippingProgram() {
  const awaited = (method: Method): Statement => {
    const promise = { sort: 'P', kind: 'client', method, spelling: 'plain' } as const;
    return { sort: 'S', kind: 'expression', expression: { sort: 'E', kind: 'await', promise } };
  };
  const test = { sort: 'T', kind: 'draw', arguments: [] } as const;
  const then = [awaited('setUserJwt')];
  const program = printProgram(
    [
      awaited('logEvent'),
      { sort: 'S', kind: 'if', test, then, otherwise: null },
      awaited('present'),
    ],
    { flags: defaultFlags },
  );
  const [violation, ...others] = violationsIn(program.source);
  if (violation === undefined || others.length > 0) throw new Error('not one report');
  return { program, violation };
}

test('no run shows steps of which one says another thing, or that come in another order', async () => {
  const { program, violation } = skippingProgram();
  const { steps } = violation;
  const isShown = (changed: readonly Step[]): Promise<boolean> =>
    areStepsShown(program, { ...violation, steps: changed });
  const changed = (at: number, by: Partial<Step>): readonly Step[] =>
    steps.map((step, index) => (index === at ? { ...step, ...by } : step));
  const decided = steps.findIndex(({ kind }) => kind === 'decided');
  expect(steps.map(({ kind }) => kind)).toEqual(['entered', 'called', 'decided', 'reported']);
  expect(await isShown(steps)).toBe(true);
  const text = steps[decided]?.text.replace('falsy', 'truthy') ?? '';
  expect(await isShown(changed(decided, { text }))).toBe(false);
  expect(await isShown(changed(decided, { stateBefore: 'fresh' }))).toBe(false);
  expect(await isShown([...steps].reverse())).toBe(false);
  const set = program.source.indexOf('Intercom.setUserJwt');
  const range = [set, program.source.indexOf(')', set) + 1] as const;
  expect(await isShown(changed(decided, { kind: 'changed', range }))).toBe(false);
});

test('no run follows a way on which a decision is turned round', async () => {
  const { program, violation } = skippingProgram();
  const turned = violation.way.map((leg) => ({
    ...leg,
    steps: leg.steps.map((step) =>
      step.kind === 'decided' ? { ...step, outcome: !step.outcome } : step,
    ),
  }));
  expect(await isFollowed(program, violation)).toBe(true);
  expect(await isFollowed(program, { ...violation, way: turned })).toBe(false);
});
