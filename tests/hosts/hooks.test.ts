/** Hooks, in real git repositories: a bad commit is refused, a good one goes through. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';

import {
  createProject,
  install,
  INSTALL_TIMEOUT,
  unpacked,
  type Outcome,
  type Project,
} from '../helpers/hosts.ts';
import { FILES } from '../../src/configs.ts';
import { follow, recipe, stepsOf } from '../helpers/recipes.ts';
import { NO_TYPESCRIPT, TEN } from './projects.ts';

const PAGE = 'docs/ci.md';

const FAULTY = `import Intercom from '@intercom/intercom-react-native';

export async function open(jwt) {
  Intercom.setUserJwt(jwt);
  await Intercom.present();
}
`;

const CORRECT = FAULTY.replace('  Intercom.set', '  await Intercom.set');

/** The same for whoever runs the tests, and the same commit for the same files. */
const GIT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

let repository: Project | null = null;

afterEach(() => {
  repository?.remove();
});

async function must(outcome: Promise<Outcome>): Promise<Outcome> {
  const ended = await outcome;
  if (ended.code !== 0) throw new Error(ended.stdout + ended.stderr);
  return ended;
}

async function createRepository(
  installed: string,
  files: Readonly<Record<string, string>>,
): Promise<Project> {
  const project = await createProject(installed);
  repository = project;
  project.write({ '.gitignore': 'node_modules\n', ...files });
  await must(project.run('git', ['init', '--quiet', '--initial-branch', 'main'], GIT));
  return project;
}

/** Tries to commit `src/open.js`, faulty at first, and then corrected. */
async function expectRefusal(project: Project, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const commit = async (text: string): Promise<Outcome> => {
    project.write({ 'src/open.js': text });
    await must(project.run('git', ['add', '--all'], GIT));
    return project.run('git', ['commit', '--message', 'Open the Messenger'], { ...GIT, ...env });
  };
  const commits = async (): Promise<string> =>
    (await must(project.run('git', ['rev-list', '--all', '--count'], GIT))).stdout.trim();

  const refused = await commit(FAULTY);
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain('intercom-jwt/require-set-user-jwt');
  expect(await commits()).toBe('0');

  const accepted = await commit(CORRECT);
  expect(accepted.code, accepted.stdout + accepted.stderr).toBe(0);
  expect(await commits()).toBe('1');
}

/** What `npm init -y` writes. */
function manifest(): string {
  return JSON.stringify({ name: 'app', version: '1.0.0', type: 'commonjs', scripts: {} });
}

/** Tries to commit in a fresh clone, in which `npm install` has run the script `prepare`. */
async function expectRefusalInClone(project: Project): Promise<void> {
  const script = `git clone --quiet . clone && ln -s ../node_modules clone/node_modules && cd clone
npm run prepare && cp ../faulty.js src/open.js && git add --all && git commit --message 'Open it'`;
  project.write({ 'faulty.js': FAULTY });
  const refused = await project.run('sh', ['-e', '-c', script], GIT);
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain('intercom-jwt/require-set-user-jwt');
}

describe('a bad commit is refused, and a good one goes through', () => {
  test(
    'with husky and lint-staged',
    async () => {
      const project = await createRepository(await install(TEN), {
        'package.json': manifest(),
        'eslint.config.mjs':
          "import intercomJwt from 'eslint-plugin-intercom-jwt';\nexport default [...intercomJwt.configs.recommended];\n",
      });
      await follow(project, stepsOf(PAGE, 'husky and lint-staged'), GIT);
      await expectRefusal(project);
      await expectRefusalInClone(project);
    },
    INSTALL_TIMEOUT,
  );

  test(
    'with Lefthook',
    async () => {
      const project = await createRepository(await install(TEN), { 'package.json': manifest() });
      await follow(project, stepsOf(PAGE, 'Lefthook'), GIT);
      await expectRefusal(project);
      await expectRefusalInClone(project);
    },
    INSTALL_TIMEOUT,
  );

  describe('with the pre-commit framework', () => {
    const hasFramework = spawnSync('pre-commit', ['--version']).status === 0;
    const skipWithout = ({ skip }: TestContext): void => {
      skip(!hasFramework, 'pre-commit is not installed (Debian: apt-get install pre-commit)');
    };

    let hooks: string;
    let home: string;
    let revision: string;

    /** A repository as a release of the plugin is, with what is built in it. */
    beforeAll(async () => {
      if (!hasFramework) return;
      const published = await unpacked();
      const project = await createProject(await install(NO_TYPESCRIPT));
      rmSync(join(project.folder, 'node_modules'), { recursive: true });
      cpSync(published, project.folder, { recursive: true });
      cpSync('.pre-commit-hooks.yaml', join(project.folder, '.pre-commit-hooks.yaml'));
      const { scripts, devDependencies, workspaces, ...manifest } = JSON.parse(
        project.read('package.json'),
      ) as Record<string, unknown>;
      // It is built already.
      expect([scripts, devDependencies, workspaces].map((part) => typeof part)).toEqual(
        Array.from({ length: 3 }, () => 'object'),
      );
      project.write({ 'package.json': JSON.stringify(manifest) });
      await must(project.run('git', ['init', '--quiet', '--initial-branch', 'main'], GIT));
      await must(project.run('git', ['add', '--all', '--force'], GIT));
      await must(project.run('git', ['commit', '--quiet', '--message', 'Release'], GIT));
      await must(project.run('git', ['tag', 'v0.1.0'], GIT));
      revision = (await must(project.run('git', ['rev-parse', 'HEAD'], GIT))).stdout.trim();
      // What pre-commit installs is kept for the same revision, from a repository in the same place.
      const cache = dirname(project.folder);
      const kept = `hook-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 8)}`;
      const current = join(cache, `${kept}-${revision}`);
      for (const name of readdirSync(cache)) {
        const isOld = name.startsWith(kept) && join(cache, name) !== current;
        if (isOld) rmSync(join(cache, name), { recursive: true });
      }
      mkdirSync(current, { recursive: true });
      hooks = join(current, 'repository');
      home = join(current, 'home');
      rmSync(hooks, { recursive: true, force: true });
      renameSync(project.folder, hooks);
    }, INSTALL_TIMEOUT);

    test('by a manifest that names the files which the command reads', () => {
      const [, list] =
        /files: \\\.\(([\w|]+)\)\$/u.exec(readFileSync('.pre-commit-hooks.yaml', 'utf8')) ?? [];
      expect(FILES).toEqual([`**/*.{${list?.replaceAll('|', ',') ?? ''}}`]);
    });

    test('by the manifest of the hooks, which is valid', (context) => {
      skipWithout(context);
      const { status, stdout } = spawnSync(
        'pre-commit',
        ['validate-manifest', '.pre-commit-hooks.yaml'],
        { encoding: 'utf8' },
      );
      expect(stdout).toBe('');
      expect(status).toBe(0);
      expect(existsSync(join(hooks, '.pre-commit-hooks.yaml'))).toBe(true);
    });

    test(
      'by the hook of this repository, installed by pre-commit',
      async (context) => {
        skipWithout(context);
        const config = recipe(PAGE, '.pre-commit-config.yaml')
          .replace(/repo: https:.*/u, `repo: ${hooks}`)
          .replace(/rev: .*/u, `rev: ${revision}`);
        const project = await createRepository(await install(NO_TYPESCRIPT), {
          '.pre-commit-config.yaml': config,
        });
        // Nothing of the project's own is needed.
        rmSync(join(project.folder, 'node_modules'), { recursive: true });
        const env = { PRE_COMMIT_HOME: home };
        await must(project.run('pre-commit', ['install', '--install-hooks'], { ...GIT, ...env }));
        await expectRefusal(project, env);
      },
      INSTALL_TIMEOUT,
    );
  });
});
