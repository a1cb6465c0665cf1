/** The parser that comes with the package: the plugin says the same with it as with that of typescript-eslint. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { parser as typescript } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import { parse, type Syntax } from '../../src/cli/oxc.ts';
import plugin from '../../src/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const FILES = [
  'examples/expo-app',
  'tests/fixtures/hosts/js',
  'tests/fixtures/hosts/ts',
  'src',
  'rules',
]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((name) => /\.[cm]?[jt]sx?$/u.test(name) && !name.includes('node_modules'));

function lint(name: string, text: string, parser: Linter.Parser): Linter.LintMessage[] {
  return new Linter()
    .verify(text, [{ files: ['**'], languageOptions: { parser } }, ...plugin.configs.strict], {
      filename: name,
    })
    .map((message) => ({ ...message, suggestions: [] }));
}

const oxc: Linter.Parser = {
  parseForESLint: (text, options: { readonly filePath: string; readonly sourceType: string }) =>
    parse(
      text,
      (/[jt]sx?$/u.exec(options.filePath)?.[0] ?? 'js').replace(/^js$/u, 'jsx') as Syntax,
      options.sourceType === 'commonjs' ? 'commonjs' : 'module',
    ),
};

test.each(FILES)('%s', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');
  expect(lint(name, text, oxc)).toEqual(lint(name, text, typescript));
});

test('there is something to say of these files', () => {
  const messages = FILES.flatMap((name) => lint(name, readFileSync(join(ROOT, name), 'utf8'), oxc));
  expect(messages.length).toBeGreaterThan(30);
});

describe('places', () => {
  const CALL = "import Intercom from '@intercom/intercom-react-native';\r\n";

  test.each([
    ['after a byte order mark', `\uFEFF${CALL}Intercom.present();`],
    ['after a line of two code units a character', `${CALL}const s = '😀'; Intercom.present();`],
    ['after other ends of lines', `${CALL}/*\u2028*/\n\r\n Intercom.present();`],
    ['after a hashbang', `#!/usr/bin/env node\n${CALL}Intercom.present();`],
  ])('are right %s', (_, text) => {
    const [message, ...others] = lint('a.ts', text, oxc);
    expect(message).toMatchObject({ messageId: 'neverSet' });
    expect(others).toEqual([]);
    expect([message]).toEqual(lint('a.ts', text, typescript));
  });

  test('of a mistake in the syntax are told', () => {
    expect(lint('a.ts', 'const a = 1;\nconst = 2;', oxc)).toEqual([
      expect.objectContaining({ fatal: true, line: 2, column: 7 }),
    ]);
  });
});

test('comments disable rules', () => {
  const text = (comment: string): string =>
    `import Intercom from '@intercom/intercom-react-native';\n${comment}\nIntercom.present();`;
  const disable = '// eslint-disable-next-line intercom-jwt/require-set-user-jwt';
  expect(lint('a.ts', text(disable), oxc)).toEqual([]);
  expect(lint('a.ts', text('// eslint-disable-next-line no-console'), oxc)).toContainEqual(
    expect.objectContaining({ messageId: 'neverSet' }),
  );
});
