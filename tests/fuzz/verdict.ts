/** The static side: what the rule reports. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { Linter, type Rule } from 'eslint';

import { whileAsking } from '../../src/eslint/ways.ts';
import { Lines } from '../../src/explain/lines.ts';
import plugin from '../../src/index.ts';
import { sessionOf } from '../../src/session/sessions.ts';
import { wayOf } from '../../src/session/way/unset.ts';
import type { Step } from '../../src/way/step.ts';
import {
  violationsOf,
  type ToldViolation,
  type ViolationOptions,
} from '../../src/session/findings/unset-calls.ts';

const alone = new Linter();

const options: ViolationOptions = {
  helpers: 'every-path',
  entry: 'unset',
  protect: ['login', 'update', 'present'],
};

const lines = {
  lineOf: (node: object) => String((node as Rule.Node).loc?.start.line ?? '?'),
  textOf: () => 'code',
};

function configOf(crossFile: boolean): Linter.Config[] {
  return [
    {
      files: ['**/*.js'],
      plugins: { 'intercom-jwt': plugin },
      settings: { 'intercom-jwt': { crossFile } },
      rules: {
        'intercom-jwt/require-set-user-jwt': ['error', options],
      },
    },
  ];
}

/**
 * Where the rule reports a call in the module, as `line:column`, both counted from 1.
 *
 * Throws if the module does not parse or the rule crashes.
 *
 * @param path where the module is, if it may import others
 */
export function reportedCalls(source: string, path: string | null = null): ReadonlySet<string> {
  const linter = path === null ? alone : new Linter({ cwd: dirname(path) });
  const messages = linter.verify(source, configOf(path !== null), {
    filename: path ?? 'fuzz.js',
  });
  failOnFatal(messages);
  return new Set(messages.map(({ line, column }) => `${line}:${column}`));
}

function failOnFatal(messages: readonly Linter.LintMessage[]): void {
  const fatal = messages.find((message) => message.ruleId === null);
  if (fatal !== undefined) throw new Error(`${fatal.message} (${fatal.line}:${fatal.column})`);
}

/** A way as it is shown, without the places that a division into files moves. */
export interface ShownWay {
  readonly cause: string;
  /** For each step what it is, what it says, the code there, and the states. */
  readonly told: readonly string[];
  /** How many of them are in another file. */
  readonly elsewhere: number;
}

/** The ways into what is reported in a module, by `line:column`. */
export async function waysIn(source: string, path: string): Promise<ReadonlyMap<string, ShownWay>> {
  const linter = new Linter({ cwd: dirname(path) });
  const found = new Map<string, ShownWay>();
  const lines = new Lines(source);
  await whileAsking(
    ({ range, steps, messageId }) => {
      const { line, column } = lines.at(range[0]);
      // What is decided and changes nothing is told where functions of other files may be called.
      const way = steps().filter(({ kind, essential }) => kind !== 'decided' || essential);
      found.set(`${line}:${column + 1}`, {
        cause: messageId,
        told: way.map(({ kind, text, depth, ...step }) => {
          const code = step.path === path ? source : readFileSync(step.path, 'utf8');
          const said = text.replaceAll(/ on line \d+(?: of moved\.js)?/gu, '');
          const states = `${String(step.stateBefore)} → ${String(step.stateAfter)}`;
          return `${depth} ${kind} ${said} | ${code.slice(...step.range)} | ${states}`;
        }),
        elsewhere: way.filter((step) => step.path !== path).length,
      });
    },
    () => {
      failOnFatal(linter.verify(source, configOf(true), { filename: path }));
      return Promise.resolve();
    },
  );
  return found;
}

/** What the rule knows of a call that it reports, and the way into it as it is shown. */
export interface Told extends ToldViolation {
  readonly steps: readonly Step[];
}

/** What the rule knows of the calls that it reports. */
export function violationsIn(source: string): readonly Told[] {
  let violations: readonly Told[] = [];
  const witness: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      'Program:exit'() {
        const session = sessionOf(sourceCode);
        if (session === null) return;
        const placing = { path: 'fuzz.js', moduleOf: () => null };
        violations = violationsOf(session, options, lines).map((violation) => ({
          ...violation,
          steps: wayOf(session, options, violation, lines, placing),
        }));
      },
    }),
  };
  const config: Linter.Config = {
    plugins: { fuzz: { rules: { witness } } },
    rules: { 'fuzz/witness': 'error' },
  };
  failOnFatal(alone.verify(source, config));
  return violations;
}
