/** The grammars of lengths of time, beside the libraries that have them. */

import { createRequire } from 'node:module';

import { parse as parseLukeed } from '@lukeed/ms';
import { decodeJwt, UnsecuredJWT } from 'jose';
import parseMs from 'ms';
import njwt from 'njwt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { GRAMMARS, type GrammarName } from '../../src/values/time/grammar.ts';

/** It has no types. */
const jsrsasign: unknown = createRequire(import.meta.url)('jsrsasign');

const NOW = Date.UTC(2026, 2, 3, 12);

const TEXTS = [
  '5m'.padStart(100, '0'),
  '5m',
  '5M',
  '5 m',
  '5 min',
  '5 mins',
  '5 minutes',
  '300',
  '0',
  '300s',
  '300 secs',
  '300ms',
  '0.5h',
  '.5h',
  '1.5 hours',
  '1 hr',
  '2 days',
  '1w',
  '1 week',
  '1y',
  '1 yr',
  '2 years',
  '-5m',
  '- 5m',
  '+5m',
  '+ 5 minutes',
  '5m ago',
  '-5m ago',
  '5 minutes from now',
  '5 MINUTES FROM NOW',
  '1h30m',
  'PT5M',
  '1 month',
  '5 mo',
  '5  minutes',
  ' 5m',
  '5m ',
  'abc',
  '',
  'now',
  'now + 1hour',
  'now + 1day',
  'now + 1month',
  'now + 1year',
  'now + 5m',
  '20300101000000Z',
  '300101000000Z',
  '990101000000Z',
  '20300101000000.6Z',
  '2030-01-01T00:00:00Z',
  '2030-01-01',
];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** How many milliseconds from now the model reads; null where it refuses. */
function read(grammar: GrammarName, text: string): number | null {
  const reading = GRAMMARS[grammar](text);
  switch (reading.kind) {
    case 'relative':
      return reading.length;
    case 'absolute':
      return reading.at - NOW;
    case 'refused':
      return null;
  }
}

/** What a library makes of a text, in milliseconds from now; null where it throws. */
function told(compute: () => number | undefined): number | null {
  try {
    const result = compute();
    return result === undefined || Number.isNaN(result) ? null : result;
  } catch {
    return null;
  }
}

interface IntDates {
  readonly KJUR: { readonly jws: { readonly IntDate: { get(text: string): number } } };
}

function hasIntDates(value: unknown): value is IntDates {
  return typeof value === 'object' && value !== null && 'KJUR' in value;
}

const LIBRARIES: Readonly<Partial<Record<GrammarName, (text: string) => number | undefined>>> = {
  ms: (text) => (text === '' ? undefined : parseMs(text as parseMs.StringValue)),
  lukeed: (text) => parseLukeed(text),
  jose: (text) => {
    const { exp = NaN } = decodeJwt(new UnsecuredJWT({}).setExpirationTime(text).encode());
    return exp * 1000 - NOW;
  },
  date: (text) => {
    if (text === '') return undefined;
    const { body } = njwt.create({}, 'secret').setExpiration(text);
    return 'exp' in body ? Number(body.exp) * 1000 - NOW : undefined;
  },
  jsrsasign: (text) => {
    if (!hasIntDates(jsrsasign)) throw new TypeError('jsrsasign has no IntDate');
    return jsrsasign.KJUR.jws.IntDate.get(text) * 1000 - NOW;
  },
};

describe.each(Object.entries(LIBRARIES))('%s', (name, library) => {
  const grammar = Object.keys(GRAMMARS).find((other): other is GrammarName => other === name);

  test.each(TEXTS)('%j', (text) => {
    if (grammar === undefined) throw new Error(`no grammar ${name}`);
    expect(read(grammar, text)).toBe(told(() => library(text)));
  });
});

describe('jose 1 to 4', () => {
  test.each([
    ['5m', 300_000],
    ['5 minutes', 300_000],
    ['1w', 604_800_000],
    ['1.5 hours', 5_400_000],
  ])('reads %j', (text, length) => {
    expect(read('jose-4', text)).toBe(length);
  });

  test.each(['-5m', '+5m', '5m ago', '5 minutes from now', '300', 'PT5M'])('refuses %j', (text) => {
    expect(read('jose-4', text)).toBeNull();
  });
});

describe('texts of very many digits', () => {
  test.each(['ms', 'lukeed', 'jose', 'jose-4', 'date', 'jsrsasign'] as const)('%s', (name) => {
    expect(read(name, `${'1'.repeat(200_000)}x`)).toBeNull();
  });
});
