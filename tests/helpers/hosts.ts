/**
 * Fresh projects with the packed plugin in them, in which the real programs are run.
 *
 * What a project installs is kept between runs, in a folder that is named for its manifest. The
 * plugin is packed on every run, and laid into each project anew.
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import manifest from '../../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURES = join(ROOT, 'tests/fixtures/hosts');

/** Outside of the repository, so that nothing is found in its own `node_modules`. */
const CACHE = join(realpathSync(tmpdir()), `intercom-jwt-hosts-${userInfo().username}`);

/** How long an install may take, in milliseconds. */
export const INSTALL_TIMEOUT = 300_000;

/** Names and versions, as in a `package.json`. */
export type Dependencies = Readonly<Record<string, string>>;

/** What a program said, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which a program is run. */
export interface Project {
  readonly folder: string;
  /** Writes files, named relative to the folder. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly read: (path: string) => string;
  /** Copies a folder of `tests/fixtures/hosts` to the same name. */
  readonly copy: (...fixtures: readonly string[]) => void;
  /** Runs a program of `node_modules/.bin`, or one of the system. */
  readonly run: (
    program: string,
    args?: readonly string[],
    env?: NodeJS.ProcessEnv,
  ) => Promise<Outcome>;
  readonly remove: () => void;
}

/** Installs dependencies beside the plugin, by npm, unless that has been done before. */
export async function install(dependencies: Dependencies): Promise<string> {
  const tarball = await packed();
  const wanted = { private: true, dependencies };
  const key = createHash('sha256')
    .update(JSON.stringify([wanted, manifest.dependencies, manifest.peerDependencies]))
    .digest('hex');
  const done = join(CACHE, key.slice(0, 16));
  const lock = `${done}.lock`;
  mkdirSync(CACHE, { recursive: true });
  while (!existsSync(done)) {
    if (!acquired(lock)) {
      await setTimeout(200);
      continue;
    }
    try {
      const folder = mkdtempSync(join(CACHE, 'installing-'));
      const withPlugin = { ...dependencies, [manifest.name]: `file:${tarball}` };
      writeFileSync(
        join(folder, 'package.json'),
        JSON.stringify({ ...wanted, dependencies: withPlugin }),
      );
      const { code, stderr } = await execute(
        'npm',
        ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'],
        folder,
      );
      if (code !== 0) throw new Error(stderr);
      renameSync(folder, done);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return done;
}

/** Another test file may be installing the same; one that was killed left its lock behind. */
function acquired(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const stat = statSync(lock, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > INSTALL_TIMEOUT) {
      rmSync(lock, { recursive: true, force: true });
    }
    return false;
  }
}

/** Makes a project with what was installed, and with the plugin as it is packed now. */
export async function createProject(installed: string): Promise<Project> {
  const folder = mkdtempSync(join(CACHE, 'project-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(installed, 'node_modules'))) {
    if (name.startsWith('.') || name === manifest.name) continue;
    symlinkSync(join(installed, 'node_modules', name), join(modules, name));
  }
  // The links of programs are relative, so they hold here too.
  mkdirSync(join(modules, '.bin'));
  for (const name of readdirSync(join(installed, 'node_modules/.bin'))) {
    symlinkSync(
      readlinkSync(join(installed, 'node_modules/.bin', name)),
      join(modules, '.bin', name),
    );
  }
  cpSync(await unpacked(), join(modules, manifest.name), { recursive: true });

  const write: Project['write'] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  };
  write({ 'package.json': JSON.stringify({ name: 'app', private: true, type: 'module' }) });
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    copy: (...fixtures) => {
      for (const name of fixtures) {
        cpSync(join(FIXTURES, name), join(folder, name), { recursive: true });
      }
    },
    run: (program, args = [], env = {}) => {
      const local = join(modules, '.bin', program);
      return execute(existsSync(local) ? local : program, args, folder, {
        PATH: `${join(modules, '.bin')}:${process.env['PATH'] ?? ''}`,
        ...env,
      });
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let unpacking: Promise<string> | null = null;

/** A folder with what is published. */
export function unpacked(): Promise<string> {
  unpacking ??= (async () => {
    const tarball = await packed();
    const { code, stderr } = await execute('tar', ['xzf', tarball], dirname(tarball));
    if (code !== 0) throw new Error(stderr);
    return join(dirname(tarball), 'package');
  })();
  return unpacking;
}

let packing: Promise<string> | null = null;

/** The tarball that would be published. The package has to be built. */
function packed(): Promise<string> {
  packing ??= (async () => {
    mkdirSync(CACHE, { recursive: true });
    const folder = mkdtempSync(join(CACHE, 'packed-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { code, stderr } = await execute('npm', args, ROOT);
    if (code !== 0) throw new Error(stderr);
    return join(folder, `${manifest.name}-${manifest.version}.tgz`);
  })();
  return packing;
}

/**
 * Takes the `await` from the helper of the fixture `project`, which another file relies on.
 *
 * @returns what is found there then
 */
export function breakHelper(project: Project): readonly Finding[] {
  const path = 'project/authenticate.js';
  const text = project.read(path);
  const broken = text.replace('  await Intercom.', '  void Intercom.');
  if (broken === text) throw new Error(`${path} is broken already`);
  project.write({ [path]: broken });
  return [
    'project/openHelp.js:12 require-set-user-jwt neverSet',
    'project/openHelp.js:7 require-set-user-jwt notAwaited',
  ];
}

/** What the environment of the tests would change in the programs that they run. */
const FORGOTTEN =
  /^(?:npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|GIT_|CI$|FORCE_COLOR$|GITHUB_|TEST$|INIT_CWD$)/u;

async function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !FORGOTTEN.test(name));
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      {
        cwd,
        env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(new Error(`${program} did not end by itself`, { cause: error }));
      },
    );
  });
}

/** A report, as a line `file:line rule messageId` says it. */
export type Finding = string;

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly messageId?: string;
    readonly message: string;
    readonly line?: number;
    readonly suggestions?: readonly {
      readonly messageId: string;
      readonly fix: { readonly range: readonly [number, number]; readonly text: string };
    }[];
  }[];
  readonly suppressedMessages: LintResult['messages'];
}

/** What ESLint's `json` formatter wrote. */
export function resultsOf({ stdout, stderr }: Outcome): readonly LintResult[] {
  if (!stdout.startsWith('[')) throw new Error(`${stdout}\n${stderr}`);
  return JSON.parse(stdout) as readonly LintResult[];
}

/** The findings of a run, in order. What is not ours, such as a parsing error, is told in full. */
export function findingsOf(outcome: Outcome, { folder }: Project): readonly Finding[] {
  return resultsOf(outcome)
    .flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, messageId, message, line }) => {
        const place = `${relative(folder, filePath).replaceAll(sep, '/')}:${String(line)}`;
        return messageId === undefined
          ? `${place} ${message}`
          : `${place} ${(ruleId ?? '').replace(/^.*\//u, '')} ${messageId}`;
      }),
    )
    .sort();
}

/**
 * The findings that fixtures ask for, in order: each line that has to be reported says so in a
 * comment, `// reported: rule messageId`.
 */
export function expectedIn(...fixtures: readonly string[]): readonly Finding[] {
  return fixtures
    .flatMap((fixture) =>
      readdirSync(join(FIXTURES, fixture)).flatMap((name) =>
        readFileSync(join(FIXTURES, fixture, name), 'utf8')
          .split('\n')
          .flatMap((line, index) => {
            const [, what] = /\/\/ reported: (.+)$/u.exec(line) ?? [];
            return what === undefined ? [] : [`${fixture}/${name}:${String(index + 1)} ${what}`];
          }),
      ),
    )
    .sort();
}
