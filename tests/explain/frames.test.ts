/**
 * How the ways into findings are shown: for each rule, the first programs of its page with each of its
 * messages, as text. `npx vitest run tests/explain -u` writes them anew: read what changes.
 */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { Linter, type ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { explainedRun } from '../../src/explain/explained.ts';
import { explainedFrames } from '../../src/explain/frames.ts';
import { paintOf } from '../../src/explain/terminal.ts';
import { configOf, TYPESCRIPT } from '../helpers/program-verdicts.ts';
import { readPage, type Program } from '../helpers/programs.ts';

const PAGES = new URL('../programs/rules/', import.meta.url);

/** Of each rule so many frames are kept, */
const LEAST = 3;

/** and so many at most. */
const MOST = 6;

let parent = '';

beforeAll(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'frames-')));
});

afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

const LOCK_FILE = '{ "packages": { "node_modules/@intercom/intercom-react-native": {} } }';

/** A folder for one program: what is seen on disk is believed for a while. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(parent, 'program-'));
  const all = { 'package-lock.json': LOCK_FILE, 'package.json': '{}', ...files };
  for (const [name, text] of Object.entries(all)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}

const RULES = readdirSync(PAGES)
  .map((name) => name.replace(/\.md$/u, ''))
  .filter((name) => name !== 'require-set-user-jwt-causes');

describe.each(RULES)('the ways of %s', (rule) => {
  test('are shown as they were', async () => {
    const names = rule === 'require-set-user-jwt' ? [rule, `${rule}-causes`] : [rule];
    const programs = names.flatMap(
      (name) => readPage(name, readFileSync(new URL(`${name}.md`, PAGES), 'utf8')).programs,
    );
    const shown: string[] = [];
    for (const program of chosen(programs, rule)) {
      shown.push(`## ${program.name}\n\n\`\`\`text\n${await framesOf(program, rule)}\n\`\`\`\n`);
    }
    expect(shown.length).toBeGreaterThanOrEqual(LEAST);
    await expect(`# ${rule}\n\n${shown.join('\n')}`).toMatchFileSnapshot(`frames/${rule}.md`);
  });
});

/** The first program with each message, and others until there are enough. */
function chosen(programs: readonly Program[], rule: string): readonly Program[] {
  const idsOf = ({ files: [file] }: Program): readonly string[] =>
    (file?.lines ?? []).flatMap(({ marks }) =>
      marks.flatMap((mark) => (mark.rule === rule ? [mark.messageId] : [])),
    );
  const faulty = programs.filter((program) => idsOf(program).length > 0);
  const seen = new Set<string>();
  const first = faulty.filter((program) => {
    const isNew = idsOf(program).some((id) => !seen.has(id));
    for (const id of idsOf(program)) seen.add(id);
    return isNew;
  });
  const across = faulty.filter(({ files }) => files.length > 1).slice(0, 2);
  const order = [...new Set([...first.slice(0, MOST), ...across, ...faulty.slice(0, LEAST)])];
  return order.slice(0, Math.max(LEAST, Math.min(MOST, first.length) + across.length));
}

async function framesOf(program: Program, rule: string): Promise<string> {
  const [file] = program.files;
  if (file === undefined) throw new Error('a program has files');
  const isProject = file.name !== null;
  const named = [...program.shared, ...program.files].flatMap(({ name, code }) =>
    name === null ? [] : [[name, code] as const],
  );
  const root = folderOf(Object.fromEntries(named));
  const linter = new Linter({ cwd: root });
  const extension = file.language.includes('t') ? 'tsx' : 'jsx';
  const filename = file.name === null ? `program.${extension}` : join(root, file.name);
  const whole = configOf(program, file.language.startsWith('t') ? TYPESCRIPT : {}, isProject);
  const id = `intercom-jwt/${rule}`;
  const config: Linter.Config = { ...whole, rules: { [id]: whole.rules?.[id] ?? 'error' } };
  const run = await explainedRun(() => {
    const messages = linter.verify(file.code, config, { filename });
    return Promise.resolve([resultOf(resolve(root, filename), file.code, messages)]);
  });
  return explainedFrames(run, { cwd: root, columns: 80, paint: paintOf(false) });
}

function resultOf(
  filePath: string,
  source: string,
  messages: Linter.LintMessage[],
): ESLint.LintResult {
  return {
    ...{ filePath, source, messages, suppressedMessages: [], usedDeprecatedRules: [] },
    ...{ errorCount: messages.length, warningCount: 0, fatalErrorCount: 0 },
    ...{ fixableErrorCount: 0, fixableWarningCount: 0 },
  };
}
