/** Where tests agree in more ways than can be worked out, all is judged as if none agreed. */

import { Linter } from 'eslint';
import { expect, test, vi } from 'vitest';

import { RelationAlgebra, TooManyDecisions } from '../../src/flow/algebra/relation.ts';
import plugin from '../../src/index.ts';
import { defaultFlags, functionFlags, type Flags } from '../fuzz/flags.ts';
import { generatePrograms } from '../fuzz/program.ts';
import { filesOfPages } from '../helpers/page-programs.ts';

/** Of so many programs of the pages, */
const OF_PAGES = 16;

/** these, each in a test of its own, */
const TAKEN = [0, 4, 8, 12];

/** and this many generated ones of each sort. */
const GENERATED = 60;

/** Functions that go on behind their calls, and are told of their arguments. */
const GOING_ON = [
  `import Intercom from '@intercom/intercom-react-native';
async function run(isReady) {
  await load();
  if (!isReady) await Intercom.logout();
  await Intercom.present();
}
export function open() {
  void run(false);
}`,
  `import Intercom from '@intercom/intercom-react-native';
async function leave(isLast) {
  void later().then(() => Intercom.logout());
  if (isLast) throw new Error('last');
  await save();
  if (isLast) await Intercom.present();
}
export async function open(token) {
  await Intercom.setUserJwt(token);
  await leave(true).catch(report);
  await Intercom.present();
}`,
];

function* goingOn(): Generator<readonly [name: string, code: string]> {
  for (const code of GOING_ON) yield [code, code];
}

function* generated(flags: Flags): Generator<readonly [name: string, code: string]> {
  for (const { program } of generatePrograms({ count: GENERATED, seed: 11, flags })) {
    yield [program.source, program.source];
  }
}

/** The places of the calls that are reported where no helper is forgiven: by that, more ways are more reports. */
function reportedIn(code: string): ReadonlySet<string> {
  const linter = new Linter({ configType: 'flat', cwd: '/' });
  const messages = linter.verify(code, plugin.configs.strict, 'app.js');
  return new Set(
    messages
      .filter(({ ruleId }) => ruleId === 'intercom-jwt/require-set-user-jwt')
      .map(({ line, column }) => `${String(line)}:${String(column)}`),
  );
}

const SORTS: readonly (readonly [string, () => Iterable<readonly [name: string, code: string]>])[] =
  [
    ['functions that go on', goingOn],
    ...TAKEN.map(
      (first) =>
        [
          `programs of the pages, from ${String(first)}`,
          () => filesOfPages(OF_PAGES, first),
        ] as const,
    ),
    ['generated programs within one function', () => generated(defaultFlags)],
    ['generated programs across functions', () => generated(functionFlags)],
  ];

test.each(SORTS)('in %s', (_name, programs) => {
  let reports = 0;
  for (const [name, code] of programs()) {
    const exact = reportedIn(code);
    const spy = vi.spyOn(RelationAlgebra.prototype, 'test').mockImplementation(() => {
      throw new TooManyDecisions();
    });
    const plain = reportedIn(code);
    spy.mockRestore();
    reports += plain.size;
    // It allows more ways, and none less.
    expect(
      [...exact].filter((place) => !plain.has(place)),
      name,
    ).toEqual([]);
  }
  expect(reports).toBeGreaterThan(0);
});
