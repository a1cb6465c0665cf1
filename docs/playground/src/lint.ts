/** Lints a text as the playground is set: `lint` is what the worker does. */

import type { Linter as Linters } from 'eslint';
import plugin, { explain } from 'eslint-plugin-intercom-jwt/browser';
import { Linter } from 'eslint/universal';

import { configurationOf, Misconfigured } from './configuration.ts';
import type { Change, Found, Outcome } from './protocol.ts';
import type { State } from './state.ts';

const BOM = '\uFEFF';

/** The rules see a file in this folder. There is none. */
const FOLDER = '/playground';

/** What ESLint says of the options of a rule that its schema does not allow. */
const REFUSED = /^(?:Config [^:]*: )?Key "rules": Key "([^"]*)":([^]*)$/u;

/**
 * What is found in a text, or what keeps it from being looked for.
 *
 * @param begin is called once all that it takes is loaded
 */
export async function lint(state: State, begin: () => void): Promise<Outcome> {
  try {
    return { kind: 'found', found: await found(state, begin) };
  } catch (error) {
    const thrown = error instanceof Error ? error.message : String(error);
    if (error instanceof Misconfigured) return { kind: 'misconfigured', problem: thrown };
    const [, rule, problem] = REFUSED.exec(thrown) ?? [];
    return problem === undefined
      ? { kind: 'failed', problem: thrown }
      : { kind: 'misconfigured', problem: `${rule ?? ''}: ${problem.trim()}` };
  }
}

async function found(
  { code, language, preset, options }: State,
  begin: () => void,
): Promise<readonly Found[]> {
  const configuration = configurationOf(options);
  const isTyped = language === 'ts' || language === 'tsx';
  const linter = new Linter({ cwd: FOLDER });
  const config: Linters.Config[] = [
    ...plugin.configs[preset],
    isTyped
      ? { files: ['**/*.*'], languageOptions: { parser: await import('./parser.ts') } }
      : { languageOptions: { parserOptions: { ecmaFeatures: { jsx: language === 'jsx' } } } },
    configuration,
  ];
  begin();
  const findings = explain(code, () =>
    linter.verify(code, config, { filename: `${FOLDER}/file.${language}` }),
  );
  const shift = code.startsWith(BOM) ? BOM.length : 0;
  const offsetAt = (line: number, column: number): number => {
    const place = { line, column: Math.max(0, column - 1) };
    return linter.getSourceCode().getIndexFromLoc(place) + shift;
  };
  return findings.map(({ message, steps }): Found => {
    const { ruleId, line, column, fatal, severity, suggestions = [] } = message;
    const [from, to] =
      fatal === true
        ? unreadAt(code, line, column)
        : [offsetAt(line, column), offsetAt(message.endLine ?? line, message.endColumn ?? column)];
    return {
      rule: ruleId === null ? null : ruleId.slice(ruleId.lastIndexOf('/') + 1),
      message: message.message,
      isError: severity === 2,
      line,
      from,
      to,
      steps: (steps ?? []).map((step) => ({
        ...step,
        range: [step.range[0] + shift, step.range[1] + shift],
      })),
      suggestions: suggestions.map(({ desc, fix }) => ({
        text: desc,
        change: changeOf(fix, shift),
      })),
    };
  });
}

function changeOf({ range, text }: Linters.LintSuggestion['fix'], shift: number): Change {
  return { from: range[0] + shift, to: range[1] + shift, insert: text };
}

/** Where a text cannot be read: ESLint has no lines of it then. */
function unreadAt(code: string, line: number, column: number): readonly [number, number] {
  const before = code.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, { length }) => sum + length + 1, 0) + Math.max(0, column - 1);
  const from = Math.min(start, code.length);
  return [from, Math.min(from + 1, code.length)];
}
