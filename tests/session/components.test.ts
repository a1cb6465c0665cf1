/** Scripts of Vue, Svelte and Astro components: their templates are not seen. */

import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../../src/index.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

function reports(filename: string, script: string): readonly string[] {
  const config: Linter.Config = {
    files: ['**/*'],
    plugins: { 'intercom-jwt': plugin },
    rules: {
      'intercom-jwt/require-set-user-jwt': 'error',
      'intercom-jwt/no-stale-user-jwt': 'error',
    },
  };
  return new Linter()
    .verify(SDK + script, config, { filename })
    .map(({ line, messageId }) => `${String(line)} ${String(messageId)}`);
}

describe.each(['vue', 'svelte', 'astro'])('a component of %s', (extension) => {
  const filename = `help.${extension}`;

  test('has functions that only its template uses', () => {
    const script = 'const open = () => { Intercom.present(); };\nfunction other() {}';
    expect(reports(filename, script)).toEqual(['2 neverSet']);
    expect(reports('help.js', script)).toEqual([]);
  });

  test('has props at its top level', () => {
    const script =
      'const { jwt } = defineProps(["jwt"]);\nexport async function open() { await Intercom.setUserJwt(jwt); Intercom.present(); }';
    expect(reports(filename, script)).toEqual([]);
    expect(reports('help.js', script)).toEqual(['3 constant']);
  });
});
