/** What is seen when files change between two lints, as in an editor. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { messagesOf, projectOf, write } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const SCREEN = `${SDK}import { establish } from './session';
export async function open(t) { await establish(t); Intercom.present(); }`;
const AWAITED = `${SDK}export async function establish(t) { await Intercom.setUserJwt(t); }`;
const DROPPED = `${SDK}export async function establish(t) { Intercom.setUserJwt(t); }`;

/** Longer than the pause after which disk is looked at anew. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

test('a module that changes is seen at the next lint', () => {
  const root = projectOf({ 'session.ts': AWAITED });
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(0);
  write(root, { 'session.ts': DROPPED });
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(1);
  write(root, { 'session.ts': AWAITED });
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(0);
});

test('a module that goes, and one that comes, are seen after a pause', async () => {
  const root = projectOf({ 'session.ts': AWAITED });
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(0);
  rmSync(join(root, 'session.ts'));
  await pause();
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(1);
  write(root, { 'session/index.ts': AWAITED });
  await pause();
  expect(messagesOf(root, 'screen.ts', SCREEN)).toHaveLength(0);
});

test('a module that comes to lead to a client is seen after a pause', async () => {
  const root = projectOf({ 'lib.ts': 'export const messenger = null;' });
  const screen =
    "import { messenger } from './lib';\nexport function open() { messenger.present(); }";
  expect(messagesOf(root, 'screen.ts', screen)).toHaveLength(0);
  write(root, {
    'lib.ts': "export { default as messenger } from '@intercom/intercom-react-native';",
  });
  await pause();
  expect(messagesOf(root, 'screen.ts', screen)).toHaveLength(1);
});

test('the text in the editor counts, not the file on disk, also where modules lead back to it', () => {
  const root = projectOf({
    'screen.ts': DROPPED,
    'back.ts': "export { establish } from './screen';",
  });
  const screen = `${AWAITED}
import { establish as back } from './back';
export async function open(t) { await back(t); Intercom.present(); }`;
  expect(messagesOf(root, 'screen.ts', screen)).toHaveLength(0);
});

test('both orders of linting tell the same', () => {
  const files = { 'screen.ts': SCREEN, 'session.ts': DROPPED };
  const lint = (order: readonly (keyof typeof files)[]): readonly string[] => {
    const root = projectOf(files);
    return order.flatMap((path) =>
      messagesOf(root, path, files[path]).map(({ line }) => `${path}:${String(line)}`),
    );
  };
  expect(lint(['screen.ts', 'session.ts'])).toEqual(lint(['session.ts', 'screen.ts']));
});
