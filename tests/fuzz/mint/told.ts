/** What the model tells of the lives of the tokens that a program mints. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

import { createMintRule } from '../../../src/eslint/create-rule.ts';
import { rootOf } from '../../../src/syntax/ast.ts';
import { offsetOf } from '../../../src/syntax/places.ts';
import plugin from '../../../src/index.ts';
import { tableOf } from '../../../src/values/possibilities.ts';
import type { Mint } from '../../../src/mint/model.ts';
import type { Program } from './program.ts';

/** What is told of the tokens of one entry. */
export interface Told {
  /** Lives in seconds. */
  readonly lives: ReadonlySet<number>;
  /**
   * Those of them that are only a fallback, or a default, of something that is not known, or that
   * suppose that what is not seen of the claims says nothing of times.
   */
  readonly fallbacks: ReadonlySet<number>;
  /** Whether a token may have a life that is not told, or there is none to tell of. */
  readonly isOpen: boolean;
  /** Whether a token is told to have no expiry. */
  readonly isMissing: boolean;
}

export interface Tale {
  readonly entries: readonly Told[];
  /** What the messages say of how long tokens last. */
  readonly words: readonly string[];
}

const ROOT = realpathSync(mkdtempSync(join(tmpdir(), 'mint-fuzz-')));
writeFileSync(join(ROOT, 'package.json'), '{"type":"module"}');
writeFileSync(join(ROOT, 'package-lock.json'), '{}');
symlinkSync(
  fileURLToPath(new URL('../../../node_modules', import.meta.url)),
  join(ROOT, 'node_modules'),
  'junction',
);
process.on('exit', () => {
  rmSync(ROOT, { recursive: true, force: true });
});

let found: readonly Mint[] = [];

const witness: Rule.RuleModule = createMintRule({
  name: 'witness',
  meta: { type: 'problem', schema: [], messages: {} },
  check(_, file) {
    found = file.mints();
  },
});

const linter = new Linter({ cwd: ROOT });

const CONFIG: Linter.Config[] = [
  {
    files: ['**/*.ts'],
    languageOptions: { parser },
    plugins: { 'intercom-jwt': plugin, witness: { rules: { witness } } },
    rules: {
      'witness/witness': 'error',
      'intercom-jwt/no-short-jwt-ttl': ['error', { tokens: 'all' }],
      'intercom-jwt/no-long-jwt-ttl': ['error', { tokens: 'all' }],
      'intercom-jwt/no-jwt-ttl-unit-mismatch': 'error',
      'intercom-jwt/require-jwt-expiry': 'error',
      'intercom-jwt/require-user-id-claim': 'error',
      'intercom-jwt/no-exposed-jwt-secret': 'error',
    },
  },
];

/** How a message tells how long a token lasts. */
const LASTING =
  /\b(?:lasts (?:\d+ \w+(?: and \d+ \w+)?|more than 50 years|about 3 weeks)|never expires|has expired (?:since 1970|when it is issued))/u;

let count = 0;

/** What is told of each entry of a program. It throws where the program cannot be linted. */
export function toldOf({ modules, entries }: Program): Tale {
  const folder = join(ROOT, `program-${String(count++)}`);
  mkdirSync(folder);
  try {
    for (const { name, source } of modules) writeFileSync(join(folder, `${name}.ts`), source);
    const source = modules.at(-1)?.source ?? '';
    found = [];
    const messages = linter.verify(source, CONFIG, { filename: join(folder, 'main.ts') });
    const [fatal] = messages.filter(({ ruleId }) => ruleId === null);
    if (fatal !== undefined) throw new Error(`${fatal.message} (${fatal.line}:${fatal.column})`);
    const starts = entries.map(({ text }) => source.indexOf(text));
    const words = messages.flatMap(({ message }) => LASTING.exec(message)?.[0] ?? []);
    const told = entries.map(({ text }, index) => {
      const [start, end] = [starts[index] ?? 0, (starts[index] ?? 0) + text.length];
      return toldBy(found.filter((mint) => isOf(mint, start, end, starts)));
    });
    return { entries: told, words };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a mint runs by an entry: it is called from there, or it is not known from where. */
function isOf({ node, run }: Mint, start: number, end: number, starts: readonly number[]): boolean {
  const calls = run.calls.filter(({ call }) => rootOf(call) === rootOf(node));
  const offsets = calls.length === 0 ? [offsetOf(node)] : calls.map(({ call }) => offsetOf(call));
  // What makes a function that mints stands at the top.
  const at = offsets.find((offset) => offset >= Math.min(...starts));
  return at === undefined || (at >= start && at < end);
}

function toldBy(mints: readonly Mint[]): Told {
  const lives = new Set<number>();
  const written = new Set<number>();
  let isOpen = mints.length === 0;
  for (const { node, expiry, library, isSetup, ...mint } of mints) {
    // The claims of what is set up say nothing of times here.
    const payload = isSetup ? { isWhole: true } : mint.payload;
    if (expiry.lives.length === 0 && !expiry.isMissing) isOpen = true;
    if (expiry.lives.some(({ told }) => told.life === null) || !payload.isWhole) isOpen = true;
    const hasTable = expiry.lives.some(({ possibility }) => tableOf(possibility) !== null);
    for (const { told, place, possibility } of expiry.lives) {
      if (rootOf(place) !== rootOf(node)) throw new Error('a life is told of another file');
      if (told.life === null) continue;
      // Parts of a second depend on when in a second it is.
      const life = Math.floor(told.life);
      lives.add(life);
      // A table need not be read by a key that it has not, for which a fallback stands.
      const isBeside = possibility.role !== 'written' && hasTable;
      const isWritten = possibility.role === 'written' || !isOpen;
      if (payload.isWhole && isWritten && !isBeside) written.add(life);
    }
    const [{ omitted }] = library.dialects;
    if (expiry.isMissing && omitted !== null) lives.add(omitted);
  }
  const fallbacks = new Set([...lives].filter((life) => !written.has(life)));
  return { lives, fallbacks, isOpen, isMissing: mints.some(({ expiry }) => expiry.isMissing) };
}
