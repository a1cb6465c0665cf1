/** The formatters, as ESLint calls them: with what it has found, and nothing of the ways. */

import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import formats from 'ajv-formats';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

import explain from '../../src/cli/explain.ts';
import { readArguments } from '../../src/cli/arguments.ts';
import { lint } from '../../src/cli/lint.ts';
import sarif from '../../src/cli/sarif.ts';
import type { SarifLog } from '../../src/explain/sarif.ts';
import plugin from '../../src/index.ts';
import { projectOf } from '../helpers/project.ts';
import { TWO_FILES } from '../helpers/reports.ts';

const FILES = {
  ...TWO_FILES,
  'src/quiet.js': `import Intercom from '@intercom/intercom-react-native';
// eslint-disable-next-line intercom-jwt/require-set-user-jwt -- it is off in this app
export const help = () => Intercom.present();
`,
};

/** What ESLint finds, with the rules of this plugin and one of its own. */
async function found(cwd: string): Promise<ESLint.LintResult[]> {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [...plugin.configs.strict, { rules: { 'no-unused-vars': 'warn' } }],
  });
  return eslint.lintFiles(['.']);
}

/** As another process hands results over: as JSON, with fields that are not ours. */
function handedOver(results: readonly ESLint.LintResult[]): ESLint.LintResult[] {
  const copies = JSON.parse(JSON.stringify(results)) as ESLint.LintResult[];
  return copies.map((result) => ({ ...result, cached: true, stats: { times: {} } }) as never);
}

function isLog(value: unknown): value is SarifLog {
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  if (!validate(value)) throw new Error(ajv.errorsText(validate.errors));
  return true;
}

/** A log that the schema takes. */
function valid(text: string): SarifLog {
  const log: unknown = JSON.parse(text);
  if (!isLog(log)) throw new Error('unreachable');
  return log;
}

/** A project with findings, and the log of them. */
async function logged(): Promise<{ readonly cwd: string; readonly log: SarifLog }> {
  const cwd = projectOf(FILES);
  return { cwd, log: valid(await sarif(handedOver(await found(cwd)), { cwd })) };
}

describe('SARIF', () => {
  test('has the findings of other plugins, and those that are disabled as such', async () => {
    const { log } = await logged();
    const { results } = log.runs[0];
    expect(
      results.map(({ ruleId, level, suppressions, codeFlows }) => [
        ruleId,
        level,
        suppressions?.[0]?.justification ?? null,
        codeFlows?.[0]?.threadFlows[0]?.locations.length ?? 0,
      ]),
    ).toEqual([
      ['no-unused-vars', 'warning', null, 0],
      ['intercom-jwt/require-set-user-jwt', 'error', null, 4],
      ['intercom-jwt/require-set-user-jwt', 'error', 'it is off in this app', 0],
    ]);
  });

  test('has the way of a finding as a code flow, through other files', async () => {
    const { log } = await logged();
    const result = log.runs[0].results.find(({ codeFlows }) => codeFlows !== undefined);
    const text = JSON.stringify(result, null, 2);
    await expect(text).toMatchFileSnapshot('sarif-result.txt');
  });

  test('says of each rule what it is for, and where its page is', async () => {
    const { log } = await logged();
    const { rules } = log.runs[0].tool.driver;
    const own = rules.find(({ id }) => id === 'intercom-jwt/require-set-user-jwt');
    expect(own?.helpUri).toMatch(/\/docs\/rules\/require-set-user-jwt\.md$/u);
    expect(own?.help?.markdown).toContain('`setUserJwt`');
    expect(own?.help?.text).not.toContain('`');
    for (const result of log.runs[0].results) {
      expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    }
  });

  test('knows a finding again whose lines have moved', async () => {
    const { log } = await logged();
    const printsOf = ({ runs: [{ results }] }: SarifLog): readonly unknown[] =>
      results.map(({ partialFingerprints }) => partialFingerprints);
    const moved = Object.fromEntries(
      Object.entries(FILES).map(([name, text]) => [name, `// A line\n\n${text}`]),
    );
    const other = projectOf(moved);
    const after = valid(await sarif(await found(other), { cwd: other }));
    expect(new Set(printsOf(log)).size).toBe(3);
    expect(printsOf(after)).toEqual(printsOf(log));
  });

  test('is what the command writes, too, with the ways that it took down itself', async () => {
    const { cwd, log } = await logged();
    const args = readArguments(['--format', 'sarif', '--config', 'strict', 'src']);
    if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
    const screen = { terminal: null, format: 'stylish', columns: 80, hasColors: false };
    const { output } = await lint(args, cwd, screen);
    const isOurs = ({ ruleId = '' }: { ruleId?: string }): boolean => ruleId.startsWith('intercom');
    const [ours, theirs] = [valid(output), log].map((one) =>
      one.runs[0].results.filter(isOurs).map((result) => ({ ...result, ruleIndex: 0 })),
    );
    expect(ours).toEqual(theirs);
  });
});

test('the ways are shown of results that were made elsewhere', async () => {
  const cwd = projectOf(FILES);
  const results = handedOver(await found(cwd));
  const shown = await explain(results, { cwd, color: false });
  expect(shown).toContain(`
    src/open.js
  4 | export async function open(jwt) {
    |                       ---- 1. can be called from outside, with no user JWT
`);
  expect(shown).toContain(`
    src/ensure.js
  4 |   if (!jwt) return;
    |       ---- 3. \`jwt\` is falsy
  = Await`);
  expect(shown).toMatch(/✖ 2 problems \(1 error, 1 warning\) in 1 file\n$/u);
  expect(await explain([], { cwd })).toBe('');
});

test('a file that has changed since is told without ways', async () => {
  const cwd = projectOf(FILES);
  const results = handedOver(await found(cwd)).map(({ messages, ...result }) => ({
    ...result,
    messages: messages.map((message) => ({ ...message, line: message.line + 100 })),
  }));
  const log = valid(await sarif(results, { cwd }));
  expect(log.runs[0].results.some(({ codeFlows }) => codeFlows !== undefined)).toBe(false);
  expect(await explain(results, { cwd, color: false })).toContain('= Await `setUserJwt`');
});
