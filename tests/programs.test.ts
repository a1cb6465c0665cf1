/** The programs of `tests/programs`, but for those of the rules, and what pages are told of. */

import { describe, expect, test } from 'vitest';

import { testPages } from './helpers/pages.ts';
import { readPage } from './helpers/programs.ts';
import { verdictsOf } from './helpers/program-verdicts.ts';

testPages((name) => !name.startsWith('rules/'));

describe('a page', () => {
  const RULE = '```json\n{ "rules": { "require-set-user-jwt": {} } }\n```';
  const FRAME =
    "```js frame\nimport Intercom from '@intercom/intercom-react-native';\nexport async function run(t) {\n  …\n}\n```";
  const SET = 'await Intercom.setUserJwt(t);\n';
  const PRESENT = 'await Intercom.present();';
  const REPORTED = `${PRESENT} // reported: require-set-user-jwt neverSet`;
  const block = (code: string, language = 'js'): string => `\`\`\`${language}\n${code}\n\`\`\``;
  const page = (...parts: readonly string[]): string =>
    ['# Calls', RULE, FRAME, '## a call', ...parts].join('\n\n');

  /** What is wrong with a page, and where it says something else than what is found. */
  function faultsOf(text: string): readonly string[] {
    const { programs, flaws } = readPage('page.md', text);
    if (flaws.length > 0) return flaws;
    return programs
      .flatMap((program) => verdictsOf(program))
      .filter(({ found, written }) => found !== written)
      .map(({ place, found }) => `${place}: ${found}`);
  }

  const RIGHT = page('❌', block(REPORTED), '✅', block(SET + PRESENT));

  test('is right where it says what is found', () => {
    expect(faultsOf(RIGHT)).toEqual([]);
  });

  test.each([
    ['a mark that is gone', ' // reported: require-set-user-jwt neverSet', '', /❌ without a mark/],
    ['another message', 'neverSet', 'rejected', /page\.md:19: .* neverSet$/m],
    ['a message that there is not', 'neverSet', 'neverset', /unknown: require-set-user-jwt never/],
    [
      'a rule that there is not',
      'require-set-user-jwt n',
      'require-set-jwt n',
      /unknown: require-s/,
    ],
    [
      'a rule that is off',
      'jwt neverSet',
      'jwt neverSet // reported: no-empty-user-jwt empty',
      /off/,
    ],
    ['a text that the message has not', 'neverSet', 'neverSet — `show`', /19: .* — `present` runs/],
    ['another range', 'neverSet', 'neverSet `await`', /19: .* neverSet `Intercom\.present\(\)`$/m],
    ['a fault that the program has not', REPORTED, SET + REPORTED, /19: await .*;\nawait [^/]*;$/],
    ['a right program that is faulty', SET, '', /page\.md:25: .* neverSet$/m],
    ['a right program that is marked', SET + PRESENT, SET + REPORTED, /:22: ✅ with a mark/],
    ['one that no parser reads', SET, `${SET}(`, /25: [^]*\n2:\d+ Parsing error/],
    ['no sign', '❌', '', /:19: a program stands behind ❌ or ✅/],
    ['no block', `❌\n\n${block(REPORTED)}`, '❌', /:16: ❌ or ✅ without a block/],
    ['no program', RIGHT.slice(RIGHT.indexOf('❌')), '', /:14: no program under "a call"/],
    ['no rule', RULE, '', /: no rule is on/],
    [
      'a configured rule that there is not',
      '": {}',
      '2": {}',
      /no such rule: require-set-user-jwt2/,
    ],
    ['a key that there is not', '"rules"', '"rule"', /no such key: rule/],
  ])('is told of %s', (_, from, to, fault) => {
    const wrong = RIGHT.replace(from, to);
    expect(wrong).not.toBe(RIGHT);
    expect(faultsOf(wrong).join('\n')).toMatch(fault);
  });

  test('says what is suggested', () => {
    const dropped = 'Intercom.setUserJwt(t);\nawait Intercom.present();';
    const faulty = `${dropped} // reported: require-set-user-jwt notAwaited`;
    const shown = '```json\n{ "suggestions": "shown" }\n```';
    const text = page(shown, '❌', block(faulty), '💡 `awaitSet`', block(`await ${dropped}`));
    const { programs } = readPage('page.md', text);
    const messageId = /💡 (\w+)/.exec(
      verdictsOf(programs[0] ?? expect.fail())[1]?.found ?? '',
    )?.[1];
    const right = text.replace('awaitSet', messageId ?? '');
    expect(faultsOf(right)).toEqual([]);
    expect(faultsOf(right.slice(0, right.indexOf('💡')))).not.toEqual([]);
    expect(
      faultsOf(right.replace('await Intercom.setUserJwt', 'void Intercom.setUserJwt')),
    ).not.toEqual([]);
  });

  test('has programs of several files', () => {
    const file = (name: string, code: string): string => block(code, `ts file=${name}`);
    const head = "import Intercom from '@intercom/intercom-react-native';\n";
    const screen = `${head}import { set } from './set';\nawait set();\n`;
    const set = (call: string): string =>
      file('src/set.ts', `${head}export const set = async (t) => { ${call}; };`);
    const text = page(
      '❌',
      file('src/a.ts', `${screen}${PRESENT} // reported: require-set-user-jwt notAwaited`),
      set('Intercom.setUserJwt(t)'),
      '✅',
      file('src/a.ts', `${screen}${PRESENT}`),
      set('await Intercom.setUserJwt(t)'),
    );
    expect(faultsOf(text)).toEqual([]);
    expect(faultsOf(text.replace('await Intercom.setUserJwt', 'Intercom.setUserJwt'))).not.toEqual(
      [],
    );
  });
});
