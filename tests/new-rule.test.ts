/** `npm run new-rule`, in a copy of the house: what it writes lints, and its programs are judged. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What a rule and its programs need. */
const COPIED = [
  'src',
  'rules',
  'tests/helpers',
  'tests/setup.ts',
  'tests/programs',
  'tests/programs.rules.test.ts',
  'docs/rules',
  'eslint.config.js',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.prettierrc.json',
];

let copy = '';

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'house-')));
  for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function run(script: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: copy,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, NO_COLOR: '1' },
  });
}

test(
  'a new rule lints, its programs are judged, and it is a part of the plugin',
  { timeout: 300_000 },
  () => {
    const name = 'no-late-logout';
    const told = run(
      'node_modules/tsx/dist/cli.mjs',
      join(ROOT, 'scripts/new-rule.ts'),
      name,
      '--root',
      copy,
    );
    expect(told).toContain(`wrote rules/${name}.ts`);
    const files = [`rules/${name}.ts`, 'src/plugin.ts', 'src/configs.ts'];
    run('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', ...files);
    const pages = ['tests/programs.rules.test.ts', '-t', `rules/${name}.md`];
    const tested = run('node_modules/vitest/vitest.mjs', 'run', ...pages);
    // Two programs, and the page itself
    expect(tested).toMatch(/Tests {2}3 passed/u);
    // There is one of this name now.
    expect(() =>
      run('node_modules/tsx/dist/cli.mjs', join(ROOT, 'scripts/new-rule.ts'), name, '--root', copy),
    ).toThrow(/There is a rule no-late-logout/u);
  },
);
