/** What comes of a fault of the plugin itself: one report a file, and the run goes on. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Linter } from 'eslint';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { readArguments } from '../src/cli/arguments.ts';
import { lint } from '../src/cli/lint.ts';
import { createMintRule, createSessionRule } from '../src/eslint/create-rule.ts';
import { projectDigest } from '../src/eslint/digest.ts';
import { faults } from '../src/eslint/faults.ts';
import plugin from '../src/index.ts';
import { MintFile } from '../src/mint/model.ts';
import { Project } from '../src/project/project.ts';
import { Store } from '../src/project/store.ts';
import { SessionFile } from '../src/session/model.ts';

/** A file with a report of the session, and one of the mints. */
const PROGRAM = `
import Intercom from '@intercom/intercom-react-native';
import jwt from 'jsonwebtoken';
export const open = () => Intercom.present();
export const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, { expiresIn: '5m' });
`;

/** Where the program would be, in a project. */
const FILENAME = join(process.cwd(), 'program.js');

const ISSUES = 'https://github.com/eslint-plugin-intercom-jwt/eslint-plugin-intercom-jwt/issues';

beforeEach(() => {
  faults.areThrown = false;
});

afterEach(() => {
  faults.areThrown = true;
  vi.restoreAllMocks();
});

/** A rule that throws something in each file that concerns it. */
function faulty(make: typeof createSessionRule | typeof createMintRule, thrown: unknown) {
  return make({
    name: 'faulty',
    meta: { type: 'problem', schema: [], messages: {} },
    check() {
      throw thrown;
    },
  });
}

function run(
  rules: Readonly<Record<string, ReturnType<typeof createSessionRule>>>,
  text = PROGRAM,
  config: 'recommended' | 'strict' = 'strict',
): readonly Linter.LintMessage[] {
  return new Linter().verify(
    text,
    [
      ...plugin.configs[config],
      {
        plugins: { made: { rules } },
        rules: Object.fromEntries(Object.keys(rules).map((name) => [`made/${name}`, 'error'])),
      },
    ],
    FILENAME,
  );
}

function idsOf(messages: readonly Linter.LintMessage[]): readonly string[] {
  return messages.map(({ messageId }) => messageId ?? 'fatal');
}

const WHOLE = ['neverSet', 'short'];

test('the program has something for the session, and for the mints', () => {
  expect(idsOf(run({})).toSorted()).toEqual(WHOLE);
});

describe.each([
  ['of the session', createSessionRule],
  ['of the mints', createMintRule],
])('a rule %s that throws', (_, make) => {
  test('is told with its name, what was thrown, and where to tell us', () => {
    const messages = run({ faulty: faulty(make, new TypeError('no such thing\nas this')) });
    const found = messages.filter(({ messageId }) => messageId === 'internalFault');
    expect(found).toEqual([expect.objectContaining({ ruleId: 'made/faulty', line: 2, column: 1 })]);
    const [{ message } = { message: '' }] = found;
    expect(message).toContain('`faulty`');
    expect(message).toContain('TypeError: no such thing');
    expect(message).not.toContain('as this');
    expect(message).toContain(ISSUES);
  });

  test('does not keep the others from what they report', () => {
    const messages = run({ faulty: faulty(make, new Error('made to fail')) });
    expect(idsOf(messages).toSorted()).toEqual(['internalFault', ...WHOLE]);
  });

  test('is told once a file, and in the next file again', () => {
    const rules = { one: faulty(make, new Error('1')), two: faulty(make, new Error('2')) };
    for (const text of [PROGRAM, `${PROGRAM}// another`]) {
      const ids = idsOf(run(rules, text));
      expect(ids.filter((id) => id === 'internalFault')).toHaveLength(1);
    }
  });

  test.each([
    ['a long message', new Error('x'.repeat(10_000)), 'Error: xxx'],
    ['a text', 'only a text', 'only a text'],
    ['nothing', undefined, 'undefined'],
    ['an object that has no text', Object.create(null), 'object'],
    [
      'an error whose message throws',
      Object.defineProperty(new Error(), 'message', {
        get: () => {
          throw new Error('again');
        },
      }),
      'object',
    ],
  ])('may throw %s', (__, thrown: unknown, told) => {
    const messages = run({ faulty: faulty(make, thrown) });
    const found = messages.find(({ messageId }) => messageId === 'internalFault');
    expect(found?.message).toContain(told);
    expect(found?.message.length).toBeLessThan(500);
  });

  test('is thrown on where faults are looked for', () => {
    faults.areThrown = true;
    expect(() => run({ faulty: faulty(make, new Error('made to fail')) })).toThrow('made to fail');
  });
});

describe('a model that throws', () => {
  const fail = (): never => {
    throw new TypeError('made to fail');
  };

  test('in the analysis of the session is told once, and the mints are judged', () => {
    vi.spyOn(SessionFile.prototype, 'solve').mockImplementation(fail);
    expect(idsOf(run({})).toSorted()).toEqual(['internalFault', 'short']);
  });

  test('in the search for mints is told once, and the session is judged', () => {
    vi.spyOn(MintFile.prototype, 'mints').mockImplementation(fail);
    expect(idsOf(run({})).toSorted()).toEqual(['internalFault', 'neverSet']);
  });

  test('while it is made, in a file that has no client, is told once', () => {
    vi.spyOn(MintFile.prototype, 'mints').mockImplementation(fail);
    const text = "import jwt from 'jsonwebtoken';\nexport const mint = () => jwt.sign({}, 'k');";
    expect(idsOf(run({}, text))).toEqual(['internalFault']);
  });

  test('is not asked over and over in one file', () => {
    const solve = vi.spyOn(SessionFile.prototype, 'solve').mockImplementation(fail);
    run({});
    expect(solve.mock.calls.length).toBeLessThanOrEqual(2);
  });

  test('once is made anew for the next rule', () => {
    vi.spyOn(MintFile.prototype, 'mints').mockImplementationOnce(fail);
    expect(idsOf(run({})).toSorted()).toEqual(['internalFault', ...WHOLE]);
  });
});

describe('code that is nested too deeply', () => {
  const tooDeep = (): never => {
    throw new RangeError('Maximum call stack size exceeded');
  };

  test('is told of, in a file that concerns the SDK', () => {
    const source = (depth: number): string =>
      `import Intercom from '@intercom/intercom-react-native';
       export const open = (a) => { a${'.b()'.repeat(depth)}; Intercom.present(); };`;
    const told = [100, 1000, 1500, 2000].map((depth) => {
      try {
        return idsOf(run({}, source(depth))).join();
      } catch (error) {
        // So deep that the linter itself fails.
        return String(error);
      }
    });
    expect(told).toContain('tooLarge');
    expect(told[0]).toBe('neverSet');
    expect(told).not.toContain('');
  });

  test('is told of as such where the stack overflows, and not as a fault', () => {
    vi.spyOn(SessionFile.prototype, 'solve').mockImplementation(tooDeep);
    const source = (depth: number): string =>
      `import Intercom from '@intercom/intercom-react-native';
       export const open = (a) => ${'[() => '.repeat(depth)}Intercom.present()${']'.repeat(depth)};`;
    expect(idsOf(run({}, source(120)))).toEqual(['tooLarge']);
    expect(idsOf(run({}, source(10)))).toEqual(['internalFault']);
  });

  test.each([
    ['names it', '// for Intercom\n', ['internalFault']],
    ['does not', '', []],
  ])('before there is a model, where the text %s', (_, comment, told) => {
    vi.spyOn(Project.prototype, 'setLinted').mockImplementation(tooDeep);
    const text = `${comment}import jwt from 'jsonwebtoken';\nexport const mint = () => jwt.sign({}, 'k');`;
    expect(idsOf(run({}, text))).toEqual(told);
  });

  test('is told of where a model exists, whatever the text', () => {
    vi.spyOn(MintFile.prototype, 'mints').mockImplementation(tooDeep);
    const text = "import jwt from 'jsonwebtoken';\nexport const mint = () => jwt.sign({}, 'k');";
    expect(idsOf(run({}, text))).toEqual(['internalFault']);
  });
});

describe('outside of ESLint’s Linter', () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'faults-')));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const name of ['a.js', 'b.js']) writeFileSync(join(folder, 'src', name), PROGRAM);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('the command tells of the file, and goes on', async () => {
    vi.spyOn(MintFile.prototype, 'mints').mockImplementationOnce(() => {
      throw new TypeError('made to fail');
    });
    const args = readArguments(['src', '--format', 'json']);
    if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
    const screen = { terminal: null, format: 'stylish', columns: 80, hasColors: false };
    const { output, exitCode } = await lint(args, folder, screen);
    const results = JSON.parse(output) as readonly { readonly messages: Linter.LintMessage[] }[];
    // Which of the files is the first is ESLint's to say.
    expect(results.map(({ messages }) => idsOf(messages).toSorted().join()).sort()).toEqual([
      'internalFault,neverSet,short',
      'neverSet,short',
    ]);
    expect(exitCode).toBe(1);
  });

  test('a digest is another one each time, and a warning is given', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
    expect(projectDigest({ cwd: folder })).toBe(projectDigest({ cwd: folder }));
    vi.spyOn(Store.prototype, 'outline').mockImplementation(() => {
      throw new TypeError('made to fail');
    });
    const [one, other] = [projectDigest({ cwd: folder }), projectDigest({ cwd: folder })];
    expect(one).not.toBe(other);
    expect(warn).toHaveBeenCalledTimes(2);
    expect(String(warn.mock.calls[0]?.[0])).toMatch(
      /projectDigest failed: TypeError: made to fail\..*issues/u,
    );
    expect(() => projectDigest({ clients: [{}] })).toThrow('clients[0]');
  });

  test('a digest that fails is thrown on where faults are looked for', () => {
    faults.areThrown = true;
    vi.spyOn(Store.prototype, 'outline').mockImplementation(() => {
      throw new TypeError('made to fail');
    });
    expect(() => projectDigest({ cwd: folder })).toThrow('made to fail');
  });
});
