/**
 * Runs all that has to hold, as `npm test`: the build, then what can be run beside each other, then
 * the tests. What a step prints is shown when it fails; the others go on, so that all that is wrong is
 * told in one run.
 *
 *     npm test
 *     npm test -- --only lint,knip
 */

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** Scripts of the manifest: those of a stage run beside each other, the longest first. */
const STAGES: readonly (readonly string[])[] = [
  ['build'],
  // The check of the package builds it once more, so that nothing beside it may read the build.
  ['package:check', 'typecheck:example', 'house:check'],
  // The linter takes one core for longer than the others together.
  ['lint', 'typecheck', 'site', 'format:check', 'docs:check', 'knip'],
  // The tests take all cores. None of them writes what the linter reads.
  ['test:unit'],
  ['docs:hosts:check'],
];

/** Steps without whose result those behind them say nothing. */
const NEEDED: ReadonlySet<string> = new Set(['build', 'test:unit']);

/** Steps that go on beside the stage behind their own. */
const LASTING: ReadonlySet<string> = new Set(['lint']);

/** Steps that can be watched. */
const SHOWN: ReadonlySet<string> = new Set(['build', 'test:unit', 'docs:hosts:check']);

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const unknown = only?.find((name) => !STAGES.flat().includes(name));
if (unknown !== undefined) throw new Error(`There is no step ${unknown}: ${STAGES.flat().join()}`);

const failed: string[] = [];
const lasting: Promise<void>[] = [];
for (const stage of STAGES) {
  const waiting = stage.filter((name) => only?.includes(name) ?? true);
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const step = run(name);
      if (LASTING.has(name)) lasting.push(step);
      else await step;
    }
  });
  await Promise.all(lanes);
  if (failed.some((name) => NEEDED.has(name))) break;
}
await Promise.all(lasting);
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function run(name: string): Promise<void> {
  if (!(await succeeds(name))) failed.push(name);
}

/** Runs a script of the manifest, and tells how long it took. */
function succeeds(name: string): Promise<boolean> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', name], {
      stdio: SHOWN.has(name) ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (part: Buffer): void => {
      output += part.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
      if (code !== 0) console.error(output);
      resolve(code === 0);
    });
  });
}
