/** Turborepo: a change in a package lints its dependents again, and nothing else. */

import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createProject, install, INSTALL_TIMEOUT, type Project } from '../helpers/hosts.ts';
import { blockUnder } from '../helpers/recipes.ts';
import { TEN } from './projects.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/turborepo/', import.meta.url));
const WRAPPER = 'packages/intercom/src/index.js';

let project: Project;

beforeAll(async () => {
  project = await createProject(await install(TEN));
  cpSync(FIXTURE, project.folder, { recursive: true });
  const scope = join(project.folder, 'node_modules/@acme');
  mkdirSync(scope);
  for (const name of ['apps/admin', 'apps/mobile', 'packages/intercom']) {
    symlinkSync(join(project.folder, name), join(scope, name.replace(/^.*\//u, '')));
  }
  project.write({ 'turbo.json': blockUnder('docs/ci.md', 'Turborepo') });
}, INSTALL_TIMEOUT);

afterAll(() => {
  project.remove();
});

/** Lints all packages. */
async function lint(): Promise<{
  readonly code: number;
  readonly cached: ReadonlyMap<string | undefined, boolean>;
  readonly output: string;
}> {
  const { code, stdout, stderr } = await project.run(
    'turbo',
    ['run', 'lint', '--continue', '--output-logs', 'full'],
    { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  );
  const lines = stdout.matchAll(/^@acme\/(\w+):lint: cache (hit|miss)/gmu);
  const cached = [...lines].map(([, name, what]) => [name, what === 'hit'] as const);
  return { code, cached: new Map(cached), output: stdout + stderr };
}

test('a change in a package that wraps the SDK lints its dependents again', async () => {
  const first = await lint();
  expect(first.cached, first.output).toEqual(
    new Map(Object.entries({ admin: false, intercom: false, mobile: false })),
  );
  expect(first.code, first.output).toBe(0);
  const second = await lint();
  expect(second.cached).toEqual(
    new Map(Object.entries({ admin: true, intercom: true, mobile: true })),
  );

  const source = project.read(WRAPPER);
  project.write({ [WRAPPER]: source.replace('  await Intercom', '  void Intercom') });
  const third = await lint();
  // The dependent's own sources are as they were, and its verdict is another.
  expect(third.code, third.output).toBe(1);
  expect(third.output).toMatch(/mobile:lint:.*`present`.*intercom-jwt\/require-set-user-jwt/u);
  expect(third.cached).toEqual(
    new Map(Object.entries({ admin: true, intercom: false, mobile: false })),
  );
});
