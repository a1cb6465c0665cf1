/** The plugin as a whole: that nothing is missing, and that wrong configurations are told. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import manifest from '../package.json' with { type: 'json' };
import { addressOf } from '../src/about.ts';
import plugin, * as exported from '../src/index.ts';

const ROOT = new URL('../', import.meta.url);
const RULES = Object.entries(plugin.rules ?? {});
const CONFIGS = ['recommended', 'strict', 'session', 'all'] as const;

/** A program with a client, so that there is something to check. */
const PROGRAM = "import Intercom from '@intercom/intercom-react-native';\nIntercom.present();\n";

function lint(config: Linter.Config): Linter.LintMessage[] {
  return new Linter().verify(PROGRAM, [...plugin.configs.recommended, config], {
    filename: 'program.js',
  });
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

describe('the plugin', () => {
  test('tells its name, version and namespace', () => {
    expect(plugin.meta).toEqual({
      name: manifest.name,
      version: manifest.version,
      namespace: 'intercom-jwt',
    });
  });

  test('is what `require` gives', () => {
    expect(exported['module.exports']).toBe(plugin);
  });

  test('has these configurations', () => {
    expect(Object.keys(plugin.configs)).toEqual(CONFIGS);
  });

  test('has every rule of the folder', () => {
    const files = readdirSync(new URL('rules/', ROOT)).map((name) => basename(name, '.ts'));
    expect(RULES.map(([name]) => name).sort()).toEqual(files.sort());
  });
});

describe.each(RULES)('%s', (name, rule) => {
  const page = `docs/rules/${name}.md`;
  const [schema] = rule.meta?.schema as [{ properties: Record<string, object> }?];

  test('has a page of programs', () => {
    expect(existsSync(new URL(`tests/programs/rules/${name}.md`, ROOT))).toBe(true);
  });

  test('has the address of its page', () => {
    expect(rule.meta?.docs?.url).toBe(addressOf(page));
  });

  test('has a page that explains each message', () => {
    const text = read(page);
    const unexplained = Object.keys(rule.meta?.messages ?? {}).filter(
      (id) => !new RegExp(`^### .*\`${id}\``, 'mu').test(text),
    );
    expect(unexplained).toEqual([]);
  });

  test('has a page that explains each option, and a default for it', () => {
    const options = Object.keys(schema?.properties ?? {});
    const text = read(page);
    expect(options.filter((option) => !text.includes(`\n### \`${option}\`\n`))).toEqual([]);
    expect(Object.keys(rule.meta?.defaultOptions?.[0] ?? {}).sort()).toEqual(options.sort());
  });

  test('has messages of two sentences at most', () => {
    const long = Object.values(rule.meta?.messages ?? {}).filter(
      (message) => message.split(/(?<=[.!?])\s/u).length > 2,
    );
    expect(long).toEqual([]);
  });

  test('is in the configurations that the README says', () => {
    const row = read('README.md')
      .split('\n')
      .find((line) => line.includes(`](${addressOf(page)})`));
    const isIn = (config: 'recommended' | 'strict' | 'all'): boolean =>
      plugin.configs[config].some(({ rules }) => rules?.[`intercom-jwt/${name}`] !== undefined);
    expect(row?.includes('✅')).toBe(isIn('recommended'));
    expect(row?.includes('🔒')).toBe(isIn('strict'));
    expect(rule.meta?.docs?.recommended).toBe(isIn('recommended'));
    expect(isIn('all')).toBe(true);
  });
});

describe.each(CONFIGS)('the configuration %s', (name) => {
  const config = plugin.configs[name];

  test('has a name, and the files that it is for', () => {
    expect(config).toEqual([
      expect.objectContaining({
        name: `intercom-jwt/${name}`,
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro}'],
      }),
    ]);
  });

  test('is accepted by ESLint, options and all', () => {
    const messages = new Linter().verify(PROGRAM, config, { filename: 'program.js' });
    expect(messages.filter(({ ruleId }) => ruleId === null)).toEqual([]);
  });
});

test('the configuration session is the recommended one, entered in a session', () => {
  expect(lint({})).toHaveLength(1);
  const messages = new Linter().verify(PROGRAM, plugin.configs.session, { filename: 'program.js' });
  expect(messages).toEqual([]);
});

describe('wrong options are refused, with the rule and what is wrong', () => {
  test.each([
    ['require-set-user-jwt', { helpers: 'never' }, /"never" should be equal to one of/u],
    ['require-set-user-jwt', { protect: ['logins'] }, /"logins" should be equal to one of/u],
    ['require-set-user-jwt', { protect: ['login', 'login'] }, /duplicate items/u],
    ['require-set-user-jwt', { helper: 'some-path' }, /Unexpected property "helper"/u],
    ['no-floating-set-user-jwt', { allowVoid: 'yes' }, /"yes" should be boolean/u],
    ['no-floating-set-user-jwt', { ignoreVoid: true }, /Unexpected property "ignoreVoid"/u],
  ])('%s: %j', (name, options, problem) => {
    const configure = () => lint({ rules: { [`intercom-jwt/${name}`]: ['error', options] } });
    expect(configure).toThrow(`Key "intercom-jwt/${name}"`);
    expect(configure).toThrow(problem);
  });
});

test('no suggestions are made where the settings say so', () => {
  const suggestions = (settings: object): unknown[] =>
    new Linter()
      .verify(
        `import Intercom from '@intercom/intercom-react-native';
import { sign } from 'jsonwebtoken';
Intercom.setUserJwt(sign({ user_id }, INTERCOM_SECRET, { expiresIn: '5m' }));`,
        [...plugin.configs.recommended, { settings: { 'intercom-jwt': settings } }],
        { filename: 'program.js' },
      )
      .map((message) => message.suggestions?.length ?? 0);
  expect(suggestions({})).toEqual([1, 1]);
  expect(suggestions({ suggestions: false })).toEqual([0, 0]);
});

describe('wrong settings are told once a file, with the place and what is wrong', () => {
  const client = { module: '@acme/intercom', methods: { setToken: 'establish' } };
  test.each([
    ['acme', "settings['intercom-jwt']", /Expected Object but received "acme"/u],
    [[], "settings['intercom-jwt']", /Expected Object but received Array/u],
    [
      { client: [] },
      "settings['intercom-jwt'].client",
      /Unknown key: Expected one of "clients", "wrappers", "crossFile", "digest", "suggestions"/u,
    ],
    [{ clients: {} }, "settings['intercom-jwt'].clients", /Expected Array/u],
    [
      { clients: ['cordova', 'phonegap'] },
      "settings['intercom-jwt'].clients[1]",
      /"cordova" \| "nativescript" \| .* but received "phonegap"/u,
    ],
    [
      { wrappers: [{ module: '@acme/locks', runs: { first: 'once' } }] },
      "settings['intercom-jwt'].wrappers[0].runs.first",
      /Expected the place of an argument/u,
    ],
    [
      { wrappers: [{ module: '@acme/locks', runs: { 0: 'soon' } }] },
      "settings['intercom-jwt'].wrappers[0].runs.0",
      /"once" \| .* but received "soon"/u,
    ],
    [
      { wrappers: [{ module: '@acme/locks', runs: {} }] },
      "settings['intercom-jwt'].wrappers[0].runs",
      /No arguments/u,
    ],
    [{ clients: [1] }, "settings['intercom-jwt'].clients[0]", /Expected Object but received 1/u],
    [
      { clients: [client, { ...client, module: 1 }] },
      "settings['intercom-jwt'].clients[1].module",
      /Expected string but received 1/u,
    ],
    [
      { clients: [{ ...client, methods: { setToken: 'sets' } }] },
      "settings['intercom-jwt'].clients[0].methods.setToken",
      /"establish" \| .* but received "sets"/u,
    ],
    [
      { clients: [{ module: '@acme/intercom' }] },
      "settings['intercom-jwt'].clients[0].methods",
      /Missing key: Expected "methods"/u,
    ],
    [
      { clients: [{ module: '', methods: { open: 'present' } }] },
      "settings['intercom-jwt'].clients[0].module",
      /Expected some text but received none/u,
    ],
    [
      { clients: [{ module: 'acme', methods: {} }] },
      "settings['intercom-jwt'].clients[0].methods",
      /No methods: Expected one or more/u,
    ],
    [
      { clients: [{ module: 'acme', methods: [] }] },
      "settings['intercom-jwt'].clients[0].methods",
      /Expected Object but received Array/u,
    ],
    [{ crossFile: 'no' }, "settings['intercom-jwt'].crossFile", /Expected boolean/u],
    [{ suggestions: 'no' }, "settings['intercom-jwt'].suggestions", /Expected boolean/u],
  ])('%j', (settings, path, problem) => {
    const messages = lint({ settings: { 'intercom-jwt': settings } });
    expect(messages).toEqual([expect.objectContaining({ messageId: 'invalidSettings', line: 1 })]);
    expect(messages[0]?.message).toContain(`${path}: `);
    expect(messages[0]?.message).toMatch(problem);
  });

  test('right ones are not', () => {
    const settings = { clients: [client], crossFile: false, digest: 'a1b2' };
    const ids = lint({ settings: { 'intercom-jwt': settings } }).map(({ messageId }) => messageId);
    expect(ids).toEqual(['neverSet']);
  });
});
