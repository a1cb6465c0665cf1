/** Comments that speak to ESLint: what is about other rules than ours is left out. */

import { describe, expect, test } from 'vitest';

import { ownComments } from '../../src/cli/comments.ts';

const LOC = { start: { line: 1, column: 0 }, end: { line: 1, column: 9 } };

function own(type: 'Block' | 'Line', value: string): string | null {
  const [comment] = ownComments([{ type, value, loc: LOC, range: [0, 9] }]);
  if (comment === undefined) return null;
  expect(comment).toMatchObject({ type, loc: LOC, range: [0, 9] });
  return comment.value;
}

const RULE = 'intercom-jwt/require-set-user-jwt';

describe.each([
  'eslint-disable',
  'eslint-enable',
  'eslint-disable-line',
  'eslint-disable-next-line',
])('%s', (label) => {
  test.each(['react-hooks/exhaustive-deps', '@typescript-eslint/no-explicit-any, quotes'])(
    'of other rules is left out: %s',
    (rules) => {
      expect(own('Block', ` ${label} ${rules} `)).toBeNull();
      expect(own('Block', ` ${label} ${rules} -- see ${RULE} `)).toBeNull();
    },
  );

  test('of ours stays, without the others and with its reason', () => {
    const ours = ` ${label} ${RULE} -- for guests`;
    expect(own('Block', ours)).toBe(ours);
    expect(own('Block', ` ${label} a/b, ${RULE}, c -- for guests`)).toBe(ours);
  });

  test('of all rules stays', () => {
    expect(own('Block', ` ${label} `)).toBe(` ${label} `);
    expect(own('Block', ` ${label} -- generated`)).toBe(` ${label} -- generated`);
  });
});

describe('a comment that sets rules', () => {
  test.each([
    ['foo/bar: 2', null],
    ['quotes: [error, "double"], semi: 2', null],
    ['foo: {', null],
    [`"${RULE}": "off"`, `"${RULE}": "off"`],
    [
      `foo/bar: 2, "${RULE}": ["warn", { "helpers": "every-path" }]`,
      `"${RULE}":["warn",{"helpers":"every-path"}]`,
    ],
    [`${RULE}: {`, `${RULE}: {`],
  ])('%s', (said, left) => {
    expect(own('Block', ` eslint ${said}`)).toBe(left === null ? null : ` eslint ${left}`);
  });
});

test.each(['eslint-env browser', 'global foo: yes', 'globals Intercom', 'exported a'])(
  'is left out, being about something else: %s',
  (value) => {
    expect(own('Block', value)).toBeNull();
  },
);

test.each([
  ['Block', '* What it does.'],
  ['Block', ' eslintrc '],
  ['Line', ' eslint-disable foo/bar'],
  ['Line', ' eslint foo/bar: 2'],
  ['Line', ' global warming'],
] as const)('speaks to no one: %s %s', (type, value) => {
  // ESLint takes a line for a directive only where it silences a line.
  expect([value, null]).toContain(own(type, value));
});
