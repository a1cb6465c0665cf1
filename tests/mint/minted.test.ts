/** What the model says of a life, compared with a token that the same code really mints. */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { afterAll, describe, expect, test, vi } from 'vitest';

import { mintsOf, type Mint } from '../../src/mint/model.ts';
import { parsed } from '../helpers/parsed.ts';
import { GROUPS, type Group } from './forms.ts';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const FOLDER = join(MODULES, '.cache', `minted-${String(process.pid)}`);

const NOW = new Date('2026-06-01T12:00:00Z');

/**
 * A life in seconds, ±Infinity where `exp` is no time of this age, `none` where it is left out, and
 * `refused` where there is no token, or one whose `exp` is no number.
 */
type Outcome = number | 'none' | 'refused';

/** A module with a function for each form of a group. */
interface Program {
  readonly path: string;
  readonly text: string;
  /** Where each form is. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

vi.useFakeTimers({ toFake: ['Date'], now: NOW });

afterAll(() => {
  vi.useRealTimers();
  rmSync(FOLDER, { recursive: true, force: true });
});

test('at least 150 forms are minted', () => {
  expect(GROUPS.flatMap(({ forms }) => forms).length).toBeGreaterThanOrEqual(150);
});

describe.each(GROUPS)('$name', (group) => {
  const program = programOf(group);
  const mints = mintsOf(parsed(program.text), program.path)?.mints() ?? [];

  test.each(group.forms.map((form, index) => ({ form, index })))('$form', async ({ index }) => {
    const [start, end] = program.ranges[index] ?? [0, 0];
    const own = mints.filter(({ node }) => {
      const [at] = node.range ?? [node.start];
      return at >= start && at < end;
    });
    expect(own).toHaveLength(1);
    expect(own.map((mint) => outcomeOf(mint))).toEqual([await minted(program, index)]);
  });
});

function programOf({ name, links = {}, prologue, forms }: Group): Program {
  const folder = join(FOLDER, name.replaceAll(/\W+/gu, '-'));
  mkdirSync(folder, { recursive: true });
  for (const [alias, target] of Object.entries(links)) {
    const link = join(folder, 'node_modules', alias);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(MODULES, target), link, 'junction');
  }
  let text = `${prologue}\n`;
  const ranges = forms.map((form, index): readonly [number, number] => {
    const start = text.length;
    const body = form.startsWith('{') ? form : `(${form})`;
    text += `export const form${index} = async () => ${body};\n`;
    return [start, text.length];
  });
  const path = join(folder, 'program.mjs');
  writeFileSync(path, text);
  return { path, text, ranges };
}

/** What the model makes of a mint. */
function outcomeOf({ library, expiry }: Mint): Outcome | 'unknown' {
  if (expiry.isMissing) return 'none';
  const [{ omitted }] = library.dialects;
  const lives = new Set(expiry.lives.map(({ told }) => told.life));
  // A parameter with a default can be anything else as well.
  lives.delete(null);
  const [life, ...others] = lives;
  if (life === undefined || life === null) {
    return expiry.lives.length > 0 ? 'unknown' : (omitted ?? 'refused');
  }
  return others.length > 0 ? 'unknown' : life;
}

/** What comes of running a form. */
async function minted({ path }: Program, index: number): Promise<Outcome> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<
    string,
    () => unknown
  >;
  let token: unknown;
  try {
    token = await module[`form${index}`]?.();
  } catch {
    return 'refused';
  }
  if (typeof token !== 'string') throw new Error(`no token: ${String(token)}`);
  const [, payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    readonly exp?: unknown;
    readonly nbf?: number;
  };
  const { exp, nbf = 0 } = claims;
  if (exp === undefined) return 'none';
  if (typeof exp !== 'number') return 'refused';
  const now = NOW.getTime() / 1000;
  const life = exp - Math.max(now, nbf);
  if (exp > now * 100) return Infinity;
  return exp < now / 2 ? -Infinity : life;
}
