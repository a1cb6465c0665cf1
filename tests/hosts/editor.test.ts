/** The editor: one process that lints again and again while files change. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createProject, install, INSTALL_TIMEOUT, type Project } from '../helpers/hosts.ts';
import { TEN } from './projects.ts';

const ROUNDS = 500;

/** How often a helper is saved. */
const SAVES = 60;

/** Growth that is no leak: what a garbage collector leaves, and caches that have an end. */
const BOUND = 16 * 1024 * 1024;

let project: Project;

beforeAll(async () => {
  project = await createProject(await install(TEN));
  project.copy('project');
  project.write({
    'eslint.config.js': `
import parser from '@typescript-eslint/parser';
import intercomJwt from 'eslint-plugin-intercom-jwt';
export default [
  { files: ['**/*.ts'], languageOptions: { parser } },
  ...intercomJwt.configs.recommended,
];`,
    // A file that is not touched, while a helper that it calls is saved again and again.
    'helper.mjs': `
import { readFileSync, writeFileSync } from 'node:fs';
import { ESLint } from 'eslint';

const helper = 'project/authenticate.js';
const correct = readFileSync(helper, 'utf8');
const faulty = correct.replace('  await Intercom.', '  void Intercom.');
const eslint = new ESLint();
const wrong = [];
for (let round = 1; round <= ${SAVES}; round += 1) {
  const isFaulty = round % 3 !== 0;
  // The size and the time of a file tell a change; so that the time does, some time has to go by.
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  writeFileSync(helper, isFaulty ? faulty : correct);
  const linter = round % 2 === 0 ? eslint : new ESLint();
  const [result] = await linter.lintFiles(['project/openHelp.js']);
  const lines = result.messages.map(({ line }) => line).join();
  if (lines !== (isFaulty ? '7,12' : '12')) wrong.push({ round, isFaulty, lines });
}
console.log(JSON.stringify(wrong));`,
    // As an editor does: a new ESLint, a text that may not have been saved.
    'editor.mjs': `
import { writeFileSync } from 'node:fs';
import { ESLint } from 'eslint';

const filePath = 'open.ts';
const heaps = {};
let wrong = 0;
for (let round = 1; round <= ${ROUNDS}; round += 1) {
  const isFaulty = round % 3 === 0;
  const lines = Array.from({ length: 1 + (round % 7) }, (_, n) =>
    \`export async function open\${round}_\${n}(jwt: string) {
  \${isFaulty ? 'void' : 'await'} Intercom.setUserJwt(jwt);
  await Intercom.present();
}\`);
  const text = ["import Intercom from '@intercom/intercom-react-native';", ...lines].join('\\n');
  const eslint = new ESLint();
  const isSaved = round % 2 === 0;
  if (isSaved) writeFileSync(filePath, text);
  const [result] = isSaved ? await eslint.lintFiles([filePath]) : await eslint.lintText(text, { filePath });
  const expected = isFaulty ? lines.length : 0;
  const found = result.messages.filter(({ messageId }) => messageId === 'notAwaited');
  if (result.messages.length !== expected || found.length !== expected) wrong += 1;
  if (round === 100 || round === ${ROUNDS}) {
    globalThis.gc();
    heaps[round] = process.memoryUsage().heapUsed;
  }
}
console.log(JSON.stringify({ wrong, growth: heaps[${ROUNDS}] - heaps[100] }));`,
  });
}, INSTALL_TIMEOUT);

afterAll(() => {
  project.remove();
});

test(`tells no stale verdict in ${ROUNDS} rounds, and keeps nothing of them`, async () => {
  const { stdout, stderr } = await project.run(process.execPath, ['--expose-gc', 'editor.mjs']);
  expect(stderr).toBe('');
  const { wrong, growth } = JSON.parse(stdout) as {
    readonly wrong: number;
    readonly growth: number;
  };
  expect(wrong).toBe(0);
  expect(growth).toBeLessThan(BOUND);
});

test(`sees what a helper in another file says, each of ${SAVES} times that it is saved`, async () => {
  const { stdout, stderr } = await project.run(process.execPath, ['helper.mjs']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([]);
});
