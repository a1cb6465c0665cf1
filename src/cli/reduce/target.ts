/** What has to stay as it is while a program is made smaller: a report, or that there is none. */

import { Linter } from 'eslint';

import { NAMESPACE, type ConfigName } from '../../configs.ts';
import plugin from '../../index.ts';
import { UserError } from '../arguments.ts';
import { parse, type Syntax } from '../oxc.ts';

/** The comment on a line of which nothing is reported, and should be. */
export const MARK = 'expected: a report';

export interface Wanted {
  readonly cwd: string;
  readonly filename: string;
  readonly config: ConfigName;
  /** The rule that is meant, with or without the namespace; null for any. */
  readonly rule: string | null;
  /** The line that is meant; null for any. */
  readonly line: number | null;
}

export interface Target {
  readonly holds: (text: string) => boolean;
  /** What is looked for, in words. */
  readonly told: string;
  /** Whether the program needs other files of the project. */
  readonly needsOthers: boolean;
  /** Puts a comment on the line of the report that says so. */
  readonly marked: (text: string) => string;
}

/** The syntax that a file is written in; null for what is no script. */
export function syntaxOf(filename: string): Syntax | null {
  const [, ending = ''] = /\.[cm]?([jt]sx?)$/u.exec(filename) ?? [];
  return ending === 'js'
    ? 'jsx'
    : ending === 'jsx' || ending === 'ts' || ending === 'tsx'
      ? ending
      : null;
}

/**
 * What a file shows.
 *
 * @throws {UserError} where there is nothing that could be kept
 */
export function targetOf(text: string, wanted: Wanted): Target {
  const target = text.includes(MARK) ? silence(text, wanted) : report(text, wanted);
  // A global of the same name would be a client too, and another program.
  const imports = IMPORTS.find((pattern) => pattern.test(text));
  if (imports === undefined) return target;
  return { ...target, holds: (candidate) => imports.test(candidate) && target.holds(candidate) };
}

/** Ways to get at the client. */
const IMPORTS: readonly RegExp[] = [
  /^import\s+\w[^'";]*\bfrom\s*['"]@intercom\/intercom-react-native['"]/mu,
  /\b(?:require|import)\(\s*['"]@intercom\/intercom-react-native['"]/u,
];

function report(text: string, wanted: Wanted): Target {
  for (const crossFile of [false, true]) {
    const lint = linting(wanted, crossFile);
    const found = lint(text).find(
      ({ ruleId, line }) =>
        ruleId !== null &&
        (wanted.rule === null || ruleId === full(wanted.rule)) &&
        (wanted.line === null || line === wanted.line),
    );
    if (found === undefined) continue;
    const { ruleId, messageId } = found;
    const isSame = (one: Linter.LintMessage): boolean =>
      one.ruleId === ruleId && one.messageId === messageId;
    const told = `${String(ruleId).replace(`${NAMESPACE}/`, '')} ${String(messageId)}`;
    return {
      holds: (candidate) => lint(candidate).some(isSame),
      told,
      needsOthers: crossFile,
      marked: (candidate) => {
        const line = lint(candidate).find(isSame)?.line;
        return candidate
          .split('\n')
          .map((one, index) => (index + 1 === line ? `${one} // reported: ${told}` : one))
          .join('\n');
      },
    };
  }
  const problem = linting(wanted, false)(text).find(({ fatal }) => fatal === true);
  const reason = problem === undefined ? 'Nothing is reported' : problem.message;
  throw new UserError(
    `${reason} in ${wanted.filename}${wanted.line === null ? '' : `, line ${wanted.line}`}. A line of which something should be told is marked by a comment: // ${MARK}`,
  );
}

/**
 * A line of which nothing is told. What keeps it silent stays: without any `setUserJwt`, the line
 * would be reported.
 */
function silence(text: string, wanted: Wanted): Target {
  for (const crossFile of [false, true]) {
    const lint = linting(wanted, crossFile);
    const isTold = (candidate: string): boolean | null => {
      const line = candidate.split('\n').findIndex((one) => one.includes(MARK)) + 1;
      const messages = lint(candidate);
      if (line === 0 || messages.some(({ ruleId }) => ruleId === null)) return null;
      return messages.some((one) => one.line === line);
    };
    const without = (candidate: string): string =>
      candidate.replaceAll(/\bsetUserJwt\b/gu, 'isUserLoggedIn');
    const holds = (candidate: string): boolean =>
      isTold(candidate) === false && isTold(without(candidate)) === true;
    if (!holds(text)) continue;
    return { holds, told: 'no report', needsOthers: crossFile, marked: (candidate) => candidate };
  }
  throw new UserError(
    `The line that is marked is reported, or no call in it needs a JWT, or nothing can be seen to enter its function. Move the mark, // ${MARK}, to the line of the call.`,
  );
}

function linting(
  { cwd, filename, config }: Wanted,
  crossFile: boolean,
): (text: string) => readonly Linter.LintMessage[] {
  const linter = new Linter({ cwd });
  const syntax = syntaxOf(filename);
  const parser: Linter.Parser = {
    meta: { name: 'intercom-jwt/parser' },
    parseForESLint: (text) => parse(text, syntax ?? 'jsx', 'module'),
  };
  const configs: Linter.Config[] = [
    ...plugin.configs[config],
    {
      languageOptions: { parser },
      linterOptions: { noInlineConfig: true },
      settings: { [NAMESPACE]: { crossFile, suggestions: false } },
    },
  ];
  return (text) => linter.verify(text, configs, { filename });
}

function full(rule: string): string {
  return rule.includes('/') ? rule : `${NAMESPACE}/${rule}`;
}
