/** Runs a program in all ways in which it can go, and reads the lives of the tokens. */

import * as crypto from 'node:crypto';
import { createRequire } from 'node:module';

import ts from 'typescript';

import type { Program } from './program.ts';

/**
 * A life in seconds, ±Infinity where `exp` is no time of this age, `none` where it is left out, and
 * `refused` where there is no token, or one whose `exp` is no number.
 */
export type Outcome = number | 'none' | 'refused';

/** What comes of an entry in each way. */
export interface Outcomes {
  readonly seen: ReadonlySet<Outcome>;
  /** Whether all ways were gone. */
  readonly isComplete: boolean;
}

/** The clock stands still, at the beginning of a second. */
const NOW = Date.parse('2026-06-01T12:00:00Z');

const MAX_WAYS = 64;

/** What a variable of the environment says, if it is there. */
const ENVIRONMENT = '4321';

const load = createRequire(import.meta.url);

const PACKAGES: Readonly<Record<string, unknown>> = Object.fromEntries(
  await Promise.all(
    [
      '@nestjs/config',
      '@nestjs/jwt',
      'convict',
      'date-fns',
      'dayjs',
      'fast-jwt',
      'hono/jwt',
      'itty-time',
      'jose',
      'jsonwebtoken',
      'jwt-simple',
      'luxon',
      'moment',
      'ms',
      'node:crypto',
      'parse-duration',
    ].map(async (name) => {
      const module = (await import(name)) as Record<string, unknown>;
      const whole = ('default' in module ? module['default'] : load(name)) as object;
      return [name, { default: whole, ...module, ...whole }] as const;
    }),
  ),
);

const RealDate = Date;

class StoppedDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [NOW] : given) as [number]));
  }

  static override now(): number {
    return NOW;
  }
}

type Body = (
  load: (specifier: string) => unknown,
  process: unknown,
  flip: () => boolean,
  crypto: unknown,
) => Promise<Readonly<Record<string, unknown>>>;

const AsyncFunction = async function () {
  // Its constructor is wanted.
}.constructor as new (...parts: readonly string[]) => Body;

function compiled(text: string, isTyped: boolean): Body {
  const parts = ['require', 'process', 'flip', 'crypto'];
  if (!isTyped) return new AsyncFunction(...parts, text);
  const { outputText } = ts.transpileModule(`async function run() {\n${text}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const body = outputText.slice(outputText.indexOf('{') + 1, outputText.lastIndexOf('}'));
  return new AsyncFunction(...parts, body);
}

/** Runs every entry of a program; the clock stands still meanwhile. */
export async function run({ modules, entries, isTyped }: Program): Promise<readonly Outcomes[]> {
  const bodies = modules.map(({ name, runnable }) => ({ name, body: compiled(runnable, isTyped) }));
  globalThis.Date = StoppedDate as DateConstructor;
  try {
    const outcomes: Outcomes[] = [];
    for (const { name } of entries) outcomes.push(await inAllWays(bodies, name));
    return outcomes;
  } finally {
    globalThis.Date = RealDate;
  }
}

async function inAllWays(
  bodies: readonly { readonly name: string; readonly body: Body }[],
  entry: string,
): Promise<Outcomes> {
  const seen = new Set<Outcome>();
  let draws: boolean[] | null = [];
  for (let ways = 0; draws !== null; ways++) {
    if (ways >= MAX_WAYS) return { seen, isComplete: false };
    const taken: boolean[] = draws;
    let next = 0;
    const flip = (): boolean => {
      if (next === taken.length) taken.push(true);
      return taken[next++] ?? true;
    };
    seen.add(await oneWay(bodies, entry, flip));
    // The last draw that was true comes out false in the next way.
    const last: number = taken.lastIndexOf(true);
    draws = last < 0 ? null : [...taken.slice(0, last), false];
  }
  return { seen, isComplete: true };
}

async function oneWay(
  bodies: readonly { readonly name: string; readonly body: Body }[],
  entry: string,
  flip: () => boolean,
): Promise<Outcome> {
  const made = new Map<string, Readonly<Record<string, unknown>>>();
  const require = (specifier: string): unknown => made.get(specifier) ?? PACKAGES[specifier];
  const values = new Map<string, string | undefined>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name: string) {
        if (!values.has(name)) {
          values.set(name, flip() ? undefined : flip() ? '' : ENVIRONMENT);
        }
        return values.get(name);
      },
    },
  );
  let token: unknown;
  try {
    for (const { name, body } of bodies) {
      made.set(`./${name}.js`, await body(require, { env }, flip, crypto.webcrypto));
    }
    const start = made.get('./main.js')?.[entry];
    if (typeof start !== 'function') throw new Error(`no ${entry}`);
    token = await (start as () => unknown)();
  } catch (error) {
    if (error instanceof ReferenceError) throw error;
    return 'refused';
  }
  return lifeOf(token);
}

function lifeOf(token: unknown): Outcome {
  if (typeof token !== 'string') throw new Error(`no token: ${String(token)}`);
  const [, payload = ''] = token.split('.');
  const { exp, nbf } = claimsOf(Buffer.from(payload, 'base64url').toString());
  if (exp === undefined) return 'none';
  if (typeof exp !== 'number') return 'refused';
  const now = NOW / 1000;
  const begins = typeof nbf === 'number' ? Math.max(now, nbf) : now;
  if (exp > now * 100) return Infinity;
  return exp < now / 2 ? -Infinity : exp - begins;
}

/** The claims of a payload; a text that was signed in place of claims has none. */
function claimsOf(payload: string): { readonly exp?: unknown; readonly nbf?: unknown } {
  try {
    return Object(JSON.parse(payload)) as { readonly exp?: unknown; readonly nbf?: unknown };
  } catch {
    return {};
  }
}
