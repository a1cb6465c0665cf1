/**
 * A night of the fuzz oracle: programs of a new seed, in one of its modes. What is found is printed,
 * and kept in `found/` with the command that makes it again.
 *
 *     npm run fuzz:nightly -- --mode functions --seed 20261127
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What each mode is asked for, and how many programs it makes in about an hour. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  ways: ['--programs', '60000'],
  functions: ['--functions', '--programs', '40000'],
  witnesses: ['--witnesses', '--programs', '20000'],
  suggestions: ['--suggestions', '--programs', '20000'],
  remedies: ['--remedies', '--functions', '--programs', '20000'],
  mint: ['--mint', '--programs', '40000'],
};

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'ways' },
    seed: { type: 'string', default: '1' },
    /** In place of the number of a whole night. */
    programs: { type: 'string' },
  },
});

const mode = MODES[values.mode];
if (mode === undefined || !/^\d+$/u.test(values.seed)) {
  throw new Error(`--mode is one of ${Object.keys(MODES).join(', ')}, and --seed a whole number`);
}
const args = [...mode, '--seed', values.seed];
if (values.programs !== undefined) args.push('--programs', values.programs);
const root = fileURLToPath(new URL('..', import.meta.url));
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'tests/fuzz/main.ts', ...args],
  { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
process.stdout.write(stdout);
process.stderr.write(stderr);
if (status !== 0) {
  const found = new URL('../found/', import.meta.url);
  mkdirSync(found, { recursive: true });
  const again = `npm run fuzz -- ${args.join(' ')}`;
  const name = `${values.mode}-${values.seed}.txt`;
  writeFileSync(new URL(name, found), `${again}\n\n${stdout}\n${stderr}`);
  console.error(`Kept in found/${name}`);
  process.exitCode = 1;
}
