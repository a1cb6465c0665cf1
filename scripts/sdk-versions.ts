/**
 * Goes through the published versions of the SDK, and holds the methods that their types declare
 * against those that are known here (`tests/sdk/versions.json`), and their roles. A method that is
 * not known fails: somebody has to decide what it does to the session.
 *
 *     npm run sdk:check
 *     npm run sdk:check -- --write
 *
 * With `--write`, the methods of new versions are written down, with no role for those that are new.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { CLIENT_MODULE, roleOf } from '../src/sdk/roles.ts';
import { clientMethods } from './sdk-methods.ts';

const LIST = new URL('../tests/sdk/versions.json', import.meta.url);

/** Versions before this one are not supported. */
const OLDEST = 4;

interface Known {
  /** What each method does; null for nothing. One that is not decided yet is not in it. */
  readonly roles: Record<string, string | null>;
  /** The methods of a version, where they are others than those of the one before. */
  readonly versions: Record<string, readonly string[]>;
}

const known = JSON.parse(readFileSync(LIST, 'utf8')) as Known;
const isWriting = process.argv.includes('--write');
const problems: string[] = [];
const versions: Record<string, readonly string[]> = {};
let last = '';

for (const version of published()) {
  const methods = clientMethods(typesOf(version)).sort();
  if (methods.length === 0) problems.push(`${version}: its types declare no client`);
  if (methods.join() !== last) versions[version] = methods;
  last = methods.join();
  for (const method of methods) {
    const role = known.roles[method];
    const told = roleOf(method);
    if (role === undefined) {
      problems.push(`${version}: \`${method}\` is new; its role would be ${told ?? 'none'}`);
    } else if (role !== told) {
      problems.push(
        `${version}: \`${method}\` has the role ${told ?? 'none'}, not ${role ?? 'none'}`,
      );
    }
  }
}

if (isWriting) {
  const text = JSON.stringify({ ...known, versions });
  const options = { ...(await resolveConfig(LIST)), parser: 'json' };
  writeFileSync(LIST, await format(text, options));
} else if (JSON.stringify(versions) !== JSON.stringify(known.versions)) {
  console.log('The list of versions is not up to date: npm run sdk:check -- --write');
}
const unique = [...new Set(problems)];
for (const problem of unique) console.error(problem);
console.log(
  `${Object.keys(versions).length} sets of methods in the published versions, ${unique.length} problems`,
);
if (unique.length > 0) process.exitCode = 1;

/** The published versions that are supported, from the oldest to the newest. */
function published(): readonly string[] {
  const told = JSON.parse(npm(['view', CLIENT_MODULE, 'versions', '--json'])) as string[];
  return told.filter(
    (version) => /^\d+\.\d+\.\d+$/u.test(version) && Number.parseInt(version) >= OLDEST,
  );
}

/** The declarations of a version: the text of the file that its manifest names. */
function typesOf(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-'));
  try {
    const name = `${CLIENT_MODULE}@${version}`;
    const packed = npm(['pack', name, '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [{ filename } = { filename: '' }] = JSON.parse(packed) as { filename: string }[];
    execFileSync('tar', ['xzf', join(folder, filename), '-C', folder]);
    const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as {
      readonly types: string;
    };
    return readFileSync(join(folder, 'package', manifest.types), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function npm(args: readonly string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
