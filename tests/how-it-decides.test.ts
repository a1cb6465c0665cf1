/** The page on how it decides: its pictures are drawn anew, and its messages told anew. */

import { readFileSync } from 'node:fs';

import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import rule from '../rules/require-set-user-jwt.ts';
import { IMPORT, withPictures } from '../scripts/diagrams.ts';
import plugin from '../src/index.ts';
import { SET_MESSAGES } from '../src/eslint/suggest-set.ts';

const PAGE = readFileSync(new URL('../docs/how-it-decides.md', import.meta.url), 'utf8');

/** For each heading that is a message id: the example below it, and what is said of that. */
const EXAMPLES = [
  ...PAGE.matchAll(/^### `(\w+)`\n[^]*?```js\n([^]*?)```\n\n```text\n([^]*?)\n```/gmu),
];

/** The messages that only strict readings tell. */
const STRICT = new Set(['callbackMayNotRun', 'helperMaySkip']);

/** What is reported in an example, as `line:column  message`. */
function told(code: string, messageId: string): readonly string[] {
  const helpers = STRICT.has(messageId) ? 'every-path' : 'some-path';
  return new Linter()
    .verify(IMPORT + code, {
      plugins: { 'intercom-jwt': plugin },
      rules: { 'intercom-jwt/require-set-user-jwt': ['error', { helpers }] },
    })
    .map(({ line, column, message, messageId: id }) => {
      expect(id).toBe(messageId);
      return `${line}:${column}  ${message}`;
    });
}

test('the pictures are those of the terms', () => {
  expect(withPictures(PAGE)).toBe(PAGE);
  expect(PAGE.match(/^```mermaid\nflowchart/gmu)).toHaveLength(3);
});

test('every message has an example, which is told so', () => {
  // The last two take code that is too large for a page.
  const suggestions = new Set([
    ...Object.keys(SET_MESSAGES),
    'invalidSettings',
    'internalFault',
    'onSomeWay',
    'tooLarge',
  ]);
  const ids = Object.keys(rule.meta?.messages ?? {}).filter((id) => !suggestions.has(id));
  expect(EXAMPLES.map(([, id]) => id)).toEqual(ids);
  for (const [, id = '', code = '', text] of EXAMPLES) {
    expect(told(code, id).join('\n')).toBe(text);
  }
});
