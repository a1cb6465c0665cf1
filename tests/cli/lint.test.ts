/** What a run of the command tells: what it finds, what it does not read, and how it ends. */

import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { helpText, readArguments } from '../../src/cli/arguments.ts';
import { lint, type Report } from '../../src/cli/lint.ts';
import { paintOf } from '../../src/explain/terminal.ts';
import { toldByRule, toldOfTime, toldOfUnparsed } from '../../src/cli/summary.ts';
import { projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const FAULTY = `${SDK}export const open = () => Intercom.present();\n`;
const DROPPED = `${SDK}export async function open(jwt) {
  Intercom.setUserJwt(jwt);
  await Intercom.present();
}
`;
const MENDED = DROPPED.replace('  Intercom.set', '  await Intercom.set');

/** Runs the command in a folder, as it runs where its output is no terminal. */
async function runIn(root: string, ...argv: readonly string[]): Promise<Report> {
  const args = readArguments(argv);
  if ('exitCode' in args || args.command !== 'lint')
    throw new Error(`not understood: ${argv.join(' ')}`);
  const screen = { terminal: null, format: 'stylish', columns: 80, hasColors: false };
  return lint(args, root, screen);
}

function run(files: Files, ...argv: readonly string[]): Promise<Report> {
  return runIn(projectOf(files), ...argv);
}

describe('what is not read is told', () => {
  test('native code that speaks of Intercom, and no other', async () => {
    const { notes, exitCode } = await run({
      'app.js': '',
      'ios/AppDelegate.swift': 'import Intercom',
      'ios/Other.swift': 'import UIKit',
      'ios/Pods/Intercom/Intercom.m': 'Intercom',
      'android/Main.kt': 'io.intercom.android.sdk.Intercom',
      'node_modules/@intercom/intercom-react-native/ios/IntercomModule.m': 'Intercom',
    });
    expect(notes).toEqual([
      '2 native files speak of Intercom, and native code is not read: android/Main.kt, ios/AppDelegate.swift.',
    ]);
    expect(exitCode).toBe(0);
  });

  test('of many, some', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `ios/${index}.swift`);
    const files: Files = Object.fromEntries(names.map((name) => [name, 'Intercom']));
    const { notes } = await run({ 'app.js': '', ...files });
    expect(notes[0]).toMatch(/: ios\/0\.swift, .*ios\/3\.swift and 5 more\.$/u);
  });

  test('files that could not be parsed: in a line each where they speak of Intercom', async () => {
    const files = {
      'broken/a.ts': 'const Intercom = ;\nconst b = ;',
      'broken/b.js': 'Intercom(',
      'other.js': 'const = ;',
      'open.ts': FAULTY,
    };
    const { output, notes, exitCode } = await run(files);
    expect(output).toMatch(
      /\n\n✖ 2 files could not be parsed\n {2}broken\/a\.ts:1:18 {2}.+\n {2}broken\/b\.js:1:\d+ {2}.+$/u,
    );
    expect(output).toContain('✖ 1 problem (1 error, 0 warnings)');
    expect(notes[0]).toBe('1 file could not be parsed. It speaks of no Intercom.');
    expect(exitCode).toBe(1);
    expect((await run(files, '--exit-on-fatal-error')).exitCode).toBe(2);
    const frames = await run(files, '--format', 'codeframe');
    expect(frames.output).toContain('\n\n✖ 2 files could not be parsed\n  broken/a.ts:1:18  ');
    // What a machine reads has them as ESLint tells them.
    const json = await run(files, '--format', 'json');
    expect(json.output.match(/"fatal":true/gu)).toHaveLength(2);
  });

  test('what is left out, under --stats', async () => {
    const { notes } = await run(
      {
        '.git/HEAD': '',
        '.gitignore': '/generated\n*.gen.ts',
        '.expo/a.js': FAULTY,
        'app.js': '',
        'a.gen.ts': FAULTY,
        'dist/a.js': FAULTY,
        'generated/a.js': FAULTY,
        'lib.min.js': FAULTY,
        'node_modules/a/index.js': FAULTY,
      },
      '--stats',
    );
    expect(notes.slice(0, 3)).toEqual([
      'Left out, as git ignores it: a.gen.ts, generated/.',
      'Left out, as what is in dist/ is taken to be built: dist/.',
      'Left out, as it is minified: lib.min.js.',
    ]);
    expect(notes[3]).toMatch(/^1 file in \d+ ms: \d+ ms to parse, \d+ ms in rules\.$/u);
    expect(notes.slice(4).every((note) => /^\d+ ms [a-z-]+$/u.test(note))).toBe(true);
  });

  test('nothing of it where errors alone are asked for', async () => {
    const files = { 'app.js': '', 'ios/a.swift': 'Intercom' };
    expect((await run(files, '--quiet')).notes).toEqual([]);
  });

  test('a tree that leads to itself, and folders that are not there', async () => {
    const root = projectOf({ 'src/app.js': '' });
    mkdirSync(join(root, 'src/Intercom.swift'));
    symlinkSync(root, join(root, 'src/again'));
    const report = await runIn(root, '.', 'src', 'none', '--no-error-on-unmatched-pattern');
    expect(report).toMatchObject({ notes: [], fileCount: 1, exitCode: 0 });
  });
});

describe('a summary by rule', () => {
  test('ends what a person reads, where there is more than one report', async () => {
    const files = { 'a.js': DROPPED, 'b.js': FAULTY };
    const counts = '\n\n  2  require-set-user-jwt\n  1  no-floating-set-user-jwt';
    expect((await run(files)).output.endsWith(counts)).toBe(true);
    expect((await run(files, '--format', 'codeframe')).output.endsWith(counts)).toBe(true);
    expect((await run(files, '--format', 'json')).output.endsWith(']')).toBe(true);
    expect((await run({ 'b.js': FAULTY })).output.endsWith('warnings)')).toBe(true);
  });

  test('is nothing where there is nothing', () => {
    expect(toldByRule([])).toBe('');
    expect(toldOfUnparsed([], '/', paintOf(false))).toBe('');
    expect(toldOfTime([], 0)).toEqual(['0 files in 0 ms: 0 ms to parse, 0 ms in rules.']);
  });
});

describe('where no JWT is set anywhere', () => {
  const told = async (files: Files): Promise<string> => (await run(files)).notes.join('\n');

  test('it is asked whether Messenger Security is on', async () => {
    expect(await told({ 'a.js': FAULTY })).toMatch(
      /^There is no `setUserJwt` in 1 file that was read\. Is Messenger Security on\? http\S+#is-messenger-security-on tells/u,
    );
  });

  test('but not where one is set, or nothing is reported', async () => {
    expect(await told({ 'a.js': FAULTY, 'b.js': MENDED })).toBe('');
    expect(await told({ 'a.js': `${SDK}Intercom.hideIntercom();` })).toBe('');
  });

  test('and native code is named that sets one', async () => {
    const files = { 'a.js': FAULTY, 'ios/Session.swift': 'Intercom.setUserJwt(token)' };
    expect(await told(files)).toContain('but ios/Session.swift has one');
  });
});

describe('--fix-suggestions', () => {
  test('makes what mends a report, and tells each change', async () => {
    const root = projectOf({ 'src/a.js': DROPPED, 'src/b.js': FAULTY });
    const report = await runIn(root, '--fix-suggestions');
    expect(readFileSync(join(root, 'src/a.js'), 'utf8')).toBe(MENDED);
    expect(readFileSync(join(root, 'src/b.js'), 'utf8')).toBe(FAULTY);
    expect(report.notes).toEqual(['1 change made in 1 file:', 'src/a.js:3 Add `await`.']);
    expect(report).toMatchObject({ exitCode: 1, problemCount: 1 });
    expect((await runIn(root, 'src/a.js', '--fix-suggestions')).notes).toEqual([
      'No suggestion was found that mends a report.',
    ]);
  });

  test('keeps the ends of lines, and the mark of the byte order', async () => {
    const faulty = `\uFEFF${DROPPED.replaceAll('\n', '\r\n')}`;
    const root = projectOf({ 'a.js': faulty });
    await runIn(root, '--fix-suggestions');
    expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe(
      `\uFEFF${MENDED.replaceAll('\n', '\r\n')}`,
    );
  });

  test('leaves a file alone that has nothing to mend', async () => {
    const root = projectOf({ 'a.js': MENDED, 'b.js': 'Intercom(' });
    const report = await runIn(root, '--fix-suggestions');
    expect(report.notes[0]).toBe('No suggestion was found that mends a report.');
    expect(report.exitCode).toBe(1);
  });
});

test('--help has an example for each way in', () => {
  for (const [name, count] of [
    [null, 5],
    ['init', 2],
    ['reduce', 2],
  ] as const) {
    const help = helpText(name);
    const lines = [...help.matchAll(/^ +\$ intercom-jwt ?(.*)$/gmu)];
    expect(lines.length).toBeGreaterThanOrEqual(count);
    for (const [, line = ''] of lines) {
      const read = readArguments(line === '' ? [] : line.split(' '));
      if ('exitCode' in read) throw new Error(`not understood: ${line}`);
      expect(read.command).toBe(name ?? (line === 'init' ? 'init' : 'lint'));
    }
  }
});
