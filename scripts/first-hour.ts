/**
 * The first hour with package managers other than npm: each is installed, and does in a workspace of
 * two packages what somebody does who is new. The plugin comes from its packed tarball.
 *
 *     npm run first-hour
 *     npm run first-hour -- pnpm deno
 *     npm run first-hour -- --keep
 *
 * All of it is in a temporary folder, which `--keep` leaves there. It ends with 1 where a step fails.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The managers as packages, and the script that fetches the program of each. */
const TOOLS: readonly (readonly [name: string, install: string | null])[] = [
  ['pnpm@12', 'install.js'],
  ['@yarnpkg/cli-dist@4', null],
  ['bun@1.4', 'install.js'],
  ['deno@2.9', 'install.cjs'],
];

/** A way to install packages, and to run what is installed. */
interface Manager {
  readonly name: string;
  readonly program: string;
  /** What installs, where it is another. */
  readonly installer?: string;
  readonly install: readonly string[];
  /** What comes before the name of a program that a package brings. */
  readonly run: readonly string[];
  /** How a package of the workspace is depended on. */
  readonly own: string;
  readonly files: Readonly<Record<string, string>>;
}

const MANAGERS: readonly Manager[] = [
  {
    ...{ name: 'npm', program: 'npm', install: ['install', '--no-audit', '--no-fund'] },
    ...{ run: ['exec', '--'], own: '*', files: {} },
  },
  {
    ...{ name: 'pnpm', program: 'pnpm', install: ['install'], run: ['exec'], own: 'workspace:*' },
    files: { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' },
  },
  yarn('Yarn, node-modules', 'node-modules'),
  yarn('Yarn, Plug’n’Play', 'pnp'),
  {
    ...{ name: 'Bun', program: 'bun', install: ['install'], run: ['x'], own: 'workspace:*' },
    files: { 'bunfig.toml': '' },
  },
  {
    // Deno links a tarball where it would have to unpack it, so npm installs, and Deno runs.
    ...{ name: 'Deno, installed by npm', program: 'deno', own: '*' },
    ...{ installer: 'npm', install: ['install', '--no-audit', '--no-fund'] },
    run: ['run', '-A', '--no-prompt'],
    files: { 'deno.json': '{ "nodeModulesDir": "manual" }\n' },
  },
];

function yarn(name: string, linker: string): Manager {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const settings = [
    `nodeLinker: ${linker}`,
    'enableTelemetry: false',
    'enableGlobalCache: false',
    `npmRegistryServer: '${registry.replace(/\/$/u, '')}'`,
  ];
  return {
    ...{ name, program: 'yarn', install: ['install'], run: ['run'], own: 'workspace:*' },
    files: { '.yarnrc.yml': `${settings.join('\n')}\n`, 'yarn.lock': '' },
  };
}

const SDK = "import Intercom from '@intercom/intercom-react-native';";

/** Of these calls, only the second can run before the JWT is set: another package tells so. */
const SOURCES: Readonly<Record<string, string>> = {
  'packages/session/src/index.ts': `${SDK}

export async function establish(jwt: string): Promise<void> {
  await Intercom.setUserJwt(jwt);
}

export function begin(jwt: string): void {
  Intercom.setUserJwt(jwt);
}
`,
  'packages/app/src/open.ts': `${SDK}
import { begin, establish } from '@acme/session';

export async function openInTime(jwt: string): Promise<void> {
  await establish(jwt);
  await Intercom.present();
}

export async function openTooEarly(jwt: string): Promise<void> {
  begin(jwt);
  await Intercom.present();
}
`,
};

const EXPECTED: readonly string[] = [
  'packages/app/src/open.ts:11 intercom-jwt/require-set-user-jwt',
  'packages/session/src/index.ts:8 intercom-jwt/no-floating-set-user-jwt',
];

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

const wanted = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'first-hour-')));
try {
  const tarball = packed();
  const path = [installTools(), process.env['PATH']].join(delimiter);
  const isMeant = ({ name }: Manager): boolean =>
    wanted.length === 0 || wanted.some((one) => name.toLowerCase().startsWith(one.toLowerCase()));
  for (const manager of MANAGERS.filter(isMeant)) {
    const problem = firstHour(manager, tarball, path);
    console.log(`${problem === null ? '✓' : '✗'} ${manager.name}${problem ?? ''}`);
    if (problem !== null) process.exitCode = 1;
  }
} finally {
  if (process.argv.includes('--keep')) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}

/** @returns what went wrong; null where nothing did */
function firstHour(manager: Manager, tarball: string, path: string): string | null {
  const cwd = join(folder, manager.name.replaceAll(/\W+/gu, '-'));
  const isPnpm = manager.program === 'pnpm';
  writeAll(cwd, {
    ...SOURCES,
    ...manager.files,
    'package.json': json({
      ...{ name: 'acme', private: true, type: 'module' },
      ...(isPnpm ? {} : { workspaces: ['packages/*'] }),
      devDependencies: {
        // As the page says: not each of the managers installs what a package has as its peer.
        eslint: '^10.0.0',
        'eslint-plugin-intercom-jwt': `file:${tarball}`,
        typescript: '~6.0.3',
      },
    }),
    'packages/session/package.json': json({
      ...{ name: '@acme/session', version: '1.0.0', type: 'module' },
      exports: './src/index.ts',
    }),
    'packages/app/package.json': json({
      ...{ name: '@acme/app', version: '1.0.0', type: 'module' },
      dependencies: { '@acme/session': manager.own },
    }),
  });
  const run = (args: readonly string[], program = manager.program): Outcome => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PATH: path, CI: '' },
      timeout: 300_000,
    });
    return { code: status, stdout, output: `${stdout}\n${stderr}` };
  };
  const failed = (step: string, { code, output }: Outcome): string =>
    `: ${step} (exit code ${String(code)})\n${output}`;

  const installed = run(manager.install, manager.installer);
  if (installed.code !== 0) return failed('installing', installed);
  const looked = run([...manager.run, bin(manager, 'intercom-jwt'), '--format', 'json']);
  if (!isExpected(cwd, looked)) return failed('the command', looked);
  const init = run([...manager.run, bin(manager, 'intercom-jwt'), 'init', '--yes']);
  if (init.code !== 0) return failed('init', init);
  const linted = run([...manager.run, bin(manager, 'eslint'), '.', '--format', 'json']);
  return isExpected(cwd, linted) ? null : failed('eslint', linted);
}

/** Deno runs a program of a package by the name of the package. */
function bin({ program }: Manager, name: string): string {
  if (program !== 'deno') return name;
  return name === 'intercom-jwt' ? 'npm:eslint-plugin-intercom-jwt' : `npm:${name}`;
}

function isExpected(cwd: string, { code, stdout }: Outcome): boolean {
  if (code !== 1) return false;
  const start = stdout.indexOf('[{');
  if (start === -1) return false;
  const results = JSON.parse(stdout.slice(start)) as {
    readonly filePath: string;
    readonly messages: readonly { readonly line: number; readonly ruleId: string | null }[];
  }[];
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId }) =>
        `${relative(cwd, filePath).replaceAll('\\', '/')}:${String(line)} ${String(ruleId)}`,
    ),
  );
  return found.sort().join() === EXPECTED.join();
}

function packed(): string {
  const args = ['pack', '--json', '--pack-destination', folder];
  const told = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' });
  const [{ filename } = { filename: '' }] = JSON.parse(told) as { filename: string }[];
  return join(folder, filename);
}

/** @returns the folder of the programs */
function installTools(): string {
  const cwd = join(folder, 'tools');
  writeAll(cwd, { 'package.json': json({ private: true }) });
  const names = TOOLS.map(([name]) => name);
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names];
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const [name, script] of TOOLS) {
    if (script === null) continue;
    const own = join(cwd, 'node_modules', name.replace(/@\d.*$/u, ''));
    execFileSync(process.execPath, [script], { cwd: own, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { dependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  console.log(Object.entries(dependencies).join(' '));
  return join(cwd, 'node_modules/.bin');
}

function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
