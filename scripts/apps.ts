/**
 * Lints public apps, each pinned to a commit, and counts what is reported. With `--counts`, the
 * numbers are held against those that were written there before, and written anew: as neither the
 * apps nor their commits change, what differs is a change of the plugin.
 *
 *     npm run apps -- --counts apps/counts.json
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { readArguments } from '../src/cli/arguments.ts';
import { lint } from '../src/cli/lint.ts';
import { compared, countsIn, type Counts } from './apps-counts.ts';
import apps from './apps.json' with { type: 'json' };

const { values } = parseArgs({
  options: { counts: { type: 'string' }, from: { type: 'string', default: 'https://github.com' } },
});

const counts: Record<string, Counts> = {};
for (const { repository, commit, folder } of apps) {
  const cwd = mkdtempSync(join(tmpdir(), 'app-'));
  try {
    const git = (...args: readonly string[]): void => {
      execFileSync('git', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    };
    git('init', '--quiet');
    git('fetch', '--quiet', '--depth', '1', `${values.from}/${repository}`, commit);
    git('checkout', '--quiet', 'FETCH_HEAD');
    counts[`${repository}@${commit.slice(0, 12)}`] = await countsOf(join(cwd, folder));
  } catch (error) {
    // One that is gone keeps nobody from the others.
    console.error(`${repository}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
console.log(JSON.stringify(counts, null, 2));

if (values.counts !== undefined) {
  const file = resolve(values.counts);
  const differences = compared(before(file), counts);
  for (const difference of differences) console.error(difference);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(counts, null, 2)}\n`);
  // Told once: the next run is held against this one.
  if (differences.length > 0) process.exitCode = 1;
}

async function countsOf(folder: string): Promise<Counts> {
  const args = readArguments(['--config', 'all', '--format', 'json']);
  if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
  const screen = { terminal: null, format: 'json', columns: 80, hasColors: false };
  const { output } = await lint(args, folder, screen);
  return countsIn(output);
}

function before(file: string): Record<string, Counts> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Counts>;
  } catch {
    return {};
  }
}
