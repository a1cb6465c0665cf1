/** In which states of the session each use of a client is reached. */

import { Linter, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

import {
  sessionOf,
  type SessionOptions,
  type Site,
  type SourceFile,
} from '../../src/session/analysis.ts';
import { STATES } from '../../src/session/protocol.ts';

/** Refinements of `unset`, which the analysis keeps apart for its messages. */
const UNSET: ReadonlySet<string> = new Set(['cleared', 'rejected']);

export interface ReachedSite {
  readonly line: number;
  readonly method: string;
  /** As the session model has them; in the order of its table. */
  readonly states: readonly string[];
}

const DEFAULTS: SessionOptions = { helpers: 'some-path', entry: 'unset' };

function solved(sourceCode: SourceFile, options: Partial<SessionOptions>): readonly Site[] {
  return sessionOf(sourceCode)?.solve({ ...DEFAULTS, ...options }).sites ?? [];
}

/** The uses of the client in a module, in the order of the source. */
export function reachedSites(
  source: string,
  options: Partial<SessionOptions> = {},
): readonly ReachedSite[] {
  const linter = new Linter();
  let sites: readonly Site[] = [];
  const [failure] = linter.verify(
    source,
    {
      files: ['**/*.tsx'],
      plugins: {
        probe: {
          rules: {
            probe: {
              create: ({ sourceCode }: Rule.RuleContext) => ({
                'Program:exit'() {
                  sites = solved(sourceCode, options);
                },
              }),
            },
          },
        },
      },
      languageOptions: { parser: parser as Linter.Parser },
      rules: { 'probe/probe': 'error' },
    },
    { filename: 'program.tsx' },
  );
  if (failure !== undefined) throw new Error(failure.message);
  return sites.map(({ node, method, states }) => ({
    line: source.slice(0, node.range?.[0]).split('\n').length,
    method,
    states: namesOf(states),
  }));
}

function namesOf(states: number): readonly string[] {
  const names = STATES.filter((_, state) => ((states >> state) & 1) === 1);
  return [...new Set(names.map((name) => (UNSET.has(name) ? 'unset' : name)))];
}
