/**
 * Goes through the published versions of the packages that are followed without being told of, and
 * holds the methods that their types declare against those that are known here
 * (`tests/sdk/versions.json`), and their roles. A method that is not known fails: somebody has to
 * decide what it does to the session.
 *
 *     npm run sdk:check
 *     npm run sdk:check -- --write
 *
 * With `--write`, the methods of new versions are written down, with no role for those that are new.
 * A package that the registry does not have is told of, and what is known of it is left as it is.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { SDK_PACKAGES, type Declarations, type SdkPackage } from './sdk-packages.ts';

const LIST = new URL('../tests/sdk/versions.json', import.meta.url);

interface Known {
  /** What each method does; null for nothing. One that is not decided yet is not in it. */
  readonly roles: Record<string, string | null>;
  /** The methods of a version, where they are others than those of the one before. */
  readonly versions: Record<string, readonly string[]>;
}

const known = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, Known>;
const isWriting = process.argv.includes('--write');
const problems: string[] = [];
const found: Record<string, Known> = {};

for (const one of SDK_PACKAGES) {
  const { roles, versions: before } = known[one.name] ?? { roles: {}, versions: {} };
  const published = publishedOf(one);
  const versions = published === null ? before : versionsOf(one, published, roles);
  found[one.name] = { roles, versions };
  const told = published === null ? 'not in this registry, not checked' : countOf(published);
  console.log(`${one.name}: ${told}, ${Object.keys(versions).length} sets of methods`);
}

if (isWriting) {
  const options = { ...(await resolveConfig(LIST)), parser: 'json' };
  writeFileSync(LIST, await format(JSON.stringify(found), options));
} else if (JSON.stringify(found) !== JSON.stringify(known)) {
  console.log('The list of versions is not up to date: npm run sdk:check -- --write');
}
const unique = [...new Set(problems)];
for (const problem of unique) console.error(problem);
console.log(`${unique.length} problems`);
if (unique.length > 0) process.exitCode = 1;

function countOf(published: readonly string[]): string {
  return `${published.length} versions, to ${published.at(-1) ?? 'none'}`;
}

function versionsOf(
  one: SdkPackage,
  published: readonly string[],
  roles: Known['roles'],
): Known['versions'] {
  const versions: Record<string, readonly string[]> = {};
  let last = '';
  for (const version of published) {
    const methods = one.methods(declarationsOf(one.name, version)).sort();
    const place = `${one.name} ${version}`;
    if (methods.length === 0) problems.push(`${place}: its types declare no client`);
    if (methods.join() !== last) versions[version] = methods;
    last = methods.join();
    for (const method of methods) {
      const role = roles[method];
      const told = one.role(method);
      if (role === undefined) {
        problems.push(`${place}: \`${method}\` is new; its role would be ${told ?? 'none'}`);
      } else if (role !== told) {
        problems.push(
          `${place}: \`${method}\` has the role ${told ?? 'none'}, not ${role ?? 'none'}`,
        );
      }
    }
  }
  return versions;
}

/**
 * The published versions that are supported, from the oldest to the newest.
 *
 * @returns null where the registry has no such package
 */
function publishedOf({ name, oldest }: SdkPackage): readonly string[] | null {
  const args = ['view', name, 'versions', '--json'];
  const { status, stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (status !== 0) {
    if (/\bE404\b/u.test(stdout + stderr)) return null;
    throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  }
  const told = JSON.parse(stdout) as string | readonly string[];
  return [told]
    .flat()
    .filter(
      (version) => /^\d+\.\d+\.\d+$/u.test(version) && Number.parseInt(version, 10) >= oldest,
    );
}

function declarationsOf(name: string, version: string): Declarations {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-'));
  try {
    const args = ['--json', '--ignore-scripts', '--pack-destination', folder];
    const packed = npm(['pack', `${name}@${version}`, ...args]);
    const [{ filename } = { filename: '' }] = JSON.parse(packed) as { filename: string }[];
    execFileSync('tar', ['xzf', join(folder, filename), '-C', folder]);
    const root = join(folder, 'package');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly types?: string;
      readonly typings?: string;
    };
    const main = manifest.types ?? manifest.typings ?? 'index.d.ts';
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return {
      main: readFileSync(join(root, main), 'utf8'),
      all: files
        .filter((file) => file.endsWith('.d.ts') && !file.includes('node_modules'))
        .sort()
        .map((file) => readFileSync(join(root, file), 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function npm(args: readonly string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
