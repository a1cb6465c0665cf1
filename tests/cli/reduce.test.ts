/** The smallest program with the same report: what is left of a file, and of whose words. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { UserError, type ReduceArguments } from '../../src/cli/arguments.ts';
import { reducedFile, type ReducedFile } from '../../src/cli/reduce/command.ts';
import { edited, editsOf } from '../../src/cli/reduce/edits.ts';
import { projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';";

function reduced(files: Files, file: string, given: Partial<ReduceArguments> = {}): ReducedFile {
  const args = { line: null, rule: null, config: 'recommended', outputFile: null, tries: 2000 };
  return reducedFile(
    { ...args, ...given, command: 'reduce', file } as ReduceArguments,
    projectOf(files),
  );
}

const SCREEN = `${SDK}
import { track } from './analytics';
import type { Customer } from './types';

/** Acme's secret plan. */
export class AcmeSupport {
  private readonly customers = new Map<string, Customer>();

  async openFor(customer: Customer, plan: string): Promise<void> {
    track('acme-support-opened', { plan });
    if (plan === 'acme-gold') {
      try {
        const { acmeToken } = await fetchToken(customer.id);
        Intercom.setUserJwt(acmeToken);
      } catch (problem) {
        console.error('acme failed', problem);
        throw problem;
      }
      await Intercom.present();
    }
    this.customers.set(customer.id, customer);
  }
}

async function fetchToken(id: string): Promise<{ acmeToken: string }> {
  const response = await fetch(\`https://acme.example/tokens/\${id}\`);
  return (await response.json()) as { acmeToken: string };
}
`;

describe('a report', () => {
  test('is told by a few lines, with none of the user’s words', () => {
    const { text, notes } = reduced({ 'support.ts': SCREEN }, 'support.ts', {
      rule: 'require-set-user-jwt',
    });
    expect(text).toContain(SDK);
    expect(text).toContain('// reported: require-set-user-jwt notAwaited');
    expect(text.trim().split('\n').length).toBeLessThanOrEqual(8);
    expect(text).not.toMatch(/acme|customer|plan|track|support|fetch/iu);
    expect(notes[0]).toMatch(/^29 lines came down to \d/u);
    expect(notes).toHaveLength(1);
  });

  test('is the one of the line that is named', () => {
    const source = `${SDK}
export const one = () => Intercom.present();
export async function two(jwt) {
  Intercom.setUserJwt(jwt);
  await sleep(10);
}
`;
    const { text } = reduced({ 'a.js': source }, 'a.js', { line: 4 });
    expect(text).toContain('no-floating-set-user-jwt');
    expect(text).not.toContain('present');
  });

  test('of a token keeps what decides whose it is, and tells it', () => {
    const source = `import jwt from 'jsonwebtoken';
const ACME = 'acme';
export function acmeToken(acmeUser, acmeFlags) {
  if (acmeFlags.beta) return null;
  return jwt.sign({ user_id: acmeUser, plan: ACME }, process.env.ACME_INTERCOM_SECRET, { expiresIn: '5m' });
}
`;
    const { text, notes } = reduced({ 'mint.js': source }, 'mint.js', { rule: 'no-short-jwt-ttl' });
    expect(text).toContain('no-short-jwt-ttl');
    expect(text).not.toContain('acme');
    expect(text).not.toContain('ACME');
    expect(notes.join()).toContain('5m');
  });

  describe('whose way goes through another file', () => {
    const open = `${SDK}
import { begin } from './lib';
export async function open(jwt) {
  console.log('open');
  await begin(jwt);
  await Intercom.present();
}
`;
    const starts = `${SDK}\nexport async function begin(jwt) { Intercom.setUserJwt(jwt); }`;
    const sets = `${SDK}\nexport async function begin(jwt) { await Intercom.setUserJwt(jwt); }`;

    test('still goes through it, and the file is named', () => {
      const { text, notes } = reduced({ 'lib.ts': starts, 'a.ts': open }, 'a.ts');
      expect(text).toContain('reported: require-set-user-jwt notAwaited');
      expect(text).toMatch("from './lib'");
      expect(text).not.toContain('console');
      expect(notes.join()).toContain('This is not all of the program');
      expect(notes.join()).toContain('through lib.ts, which is not reduced');
    });

    test('is only told of the file by itself where the other makes it none', () => {
      const { notes } = reduced({ 'lib.ts': sets, 'a.ts': open }, 'a.ts');
      expect(notes.join()).toContain('only where the file is read by itself (--no-cross-file)');
    });
  });

  test('of the file alone tells what was left out, where it imports', () => {
    const files = {
      'lib.ts': `${SDK}\nexport function log(text) { console.log(text); }`,
      'a.ts': `${SDK}\nimport { log } from './lib';\nexport async function open(jwt) { log('x'); Intercom.setUserJwt(jwt); }`,
    };
    const { text, notes } = reduced(files, 'a.ts', { rule: 'no-floating-set-user-jwt' });
    expect(text).not.toContain('./lib');
    expect(notes.join()).toContain('It is told of the file alone, without ./lib.');
  });
});

describe('a silence', () => {
  test('keeps what makes it silent, and the mark', () => {
    const source = `${SDK}
const acmeFlags = loadFlags();
export async function openAcme(acmeUser, jwt) {
  if (acmeFlags.on) console.log('acme');
  await Intercom.setUserJwt(jwt);
  for (const name of acmeUser.names) console.log(name);
  await Intercom.present(); // expected: a report
}
`;
    const { text, notes } = reduced({ 'a.js': source }, 'a.js');
    expect(text).toContain('setUserJwt');
    expect(text).toMatch(/present.*\/\/ expected: a report/u);
    expect(text).not.toMatch(/acme|names|flags/iu);
    expect(notes[0]).toContain('no report');
  });

  test('of what is reported, or needs no JWT, is none', () => {
    const silent = `${SDK}\nIntercom.hideIntercom(); // expected: a report\n`;
    const told = `${SDK}\nIntercom.present(); // expected: a report\n`;
    for (const source of [silent, told]) {
      expect(() => reduced({ 'a.js': source }, 'a.js')).toThrow(UserError);
    }
  });
});

describe('what cannot be reduced is told in a sentence', () => {
  test.each([
    ['a file with no report', { 'a.js': `${SDK}\n` }, 'a.js', /^Nothing is reported in/u],
    ['one that cannot be parsed', { 'a.js': 'Intercom(' }, 'a.js', /^Parsing error/u],
    ['one that is not there', {}, 'none.js', /^'none\.js' cannot be read/u],
    ['one that is no script', { 'a.vue': '' }, 'a.vue', /is no script/u],
  ] as const)('%s', (_, files: Files, file, message) => {
    expect(() => reduced(files, file)).toThrow(message);
  });
});

test('the tries are bounded, and their end is told', () => {
  const { notes } = reduced({ 'support.ts': SCREEN }, 'support.ts', { tries: 20 });
  expect(notes.join()).toContain('in 20 tries');
  expect(notes.at(-1)).toContain('The tries are used up');
});

test('the file is left as it is', () => {
  const root = projectOf({ 'support.ts': SCREEN });
  const args = { command: 'reduce', line: null, rule: null, outputFile: null, tries: 5 } as const;
  reducedFile({ ...args, config: 'recommended', file: 'support.ts' }, root);
  expect(readFileSync(join(root, 'support.ts'), 'utf8')).toBe(SCREEN);
});

test('every edit is within the text, and shortens what can be shortened', () => {
  const texts = [...editsOf(SCREEN, 'ts')].map((edit) => edited(SCREEN, edit));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((text) => text.length < SCREEN.length).length).toBeGreaterThan(
    texts.length / 2,
  );
  expect([...editsOf('const = ;', 'ts')]).toEqual([]);
});
