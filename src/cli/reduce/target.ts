/** What has to stay as it is while a program is made smaller: a report, or that there is none. */

import { relative, resolve } from 'node:path';

import { Linter } from 'eslint';

import { NAMESPACE, type ConfigName } from '../../configs.ts';
import { askingOf, type Explained } from '../../eslint/ways.ts';
import plugin from '../../index.ts';
import { Lines } from '../../explain/lines.ts';
import { realPath } from '../../project/files.ts';
import { resolve as resolved } from '../../project/resolve.ts';
import { specifiersIn } from '../../project/specifiers.ts';
import { workspaceRoot } from '../../project/workspace.ts';
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
  /** What is told of other files of the project, which are not reduced; null where there are none. */
  readonly others: string | null;
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

/** A report, as a run tells it. */
interface Found {
  readonly ruleId: string;
  readonly messageId: string;
  readonly line: number;
  /** The other files of its way, as real paths. */
  readonly by: readonly string[];
}

function report(text: string, wanted: Wanted): Target {
  const isMeant = ({ ruleId, line }: Found): boolean =>
    (wanted.rule === null || ruleId === full(wanted.rule)) &&
    (wanted.line === null || line === wanted.line);
  const together = finding(wanted, true);
  const alone = finding(wanted, false);
  // What a run tells is what it tells with the other files.
  const seen = together(text).find(isMeant);
  const found = seen ?? alone(text).find(isMeant);
  if (found === undefined) throw new UserError(nothingIn(text, wanted));
  const { ruleId, messageId, by } = found;
  const isSame = (one: Found): boolean => one.ruleId === ruleId && one.messageId === messageId;
  const isAlone =
    seen === undefined ||
    (by.length === 0 && alone(text).some((one) => isSame(one) && one.line === found.line));
  // A program whose way is in the one file would be another, whatever its message.
  const matches = (one: Found): boolean => isSame(one) && by.every((path) => one.by.includes(path));
  const find = (candidate: string): Found | undefined =>
    (isAlone ? alone : together)(candidate).find(matches);
  const told = `${ruleId.replace(`${NAMESPACE}/`, '')} ${messageId}`;
  return {
    holds: (candidate) => find(candidate) !== undefined,
    told,
    others:
      seen === undefined
        ? 'It is reported only where the file is read by itself (--no-cross-file).'
        : isAlone
          ? unread(text, wanted)
          : needed(by, wanted),
    marked: (candidate) => {
      const line = find(candidate)?.line;
      return candidate
        .split('\n')
        .map((one, index) => (index + 1 === line ? `${one} // reported: ${told}` : one))
        .join('\n');
    },
  };
}

function nothingIn(text: string, wanted: Wanted): string {
  const problem = linting(wanted, false)(text).find(({ fatal }) => fatal === true);
  const reason = problem === undefined ? 'Nothing is reported' : problem.message;
  return `${reason} in ${wanted.filename}${wanted.line === null ? '' : `, line ${wanted.line}`}. A line of which something should be told is marked by a comment: // ${MARK}`;
}

/** What is said of files without which a program shows nothing, or something else. */
function needed(by: readonly string[], { cwd }: Wanted): string {
  const named = by.map((path) => relative(realPath(cwd), path).replaceAll('\\', '/')).join(', ');
  return by.length === 0
    ? 'This is not all of the program: what is told of it depends on files that it imports, which are not reduced. Put what matters of them beside it.'
    : `This is not all of the program: the way into the report goes through ${named}, which is not reduced. Put what matters of it beside it.`;
}

/** What is said of files that a program is without. */
function unread(text: string, { cwd, filename }: Wanted): string | null {
  const root = workspaceRoot(resolve(filename, '..'), cwd);
  const imports = specifiersIn(text).filter(
    (specifier) => resolved(filename, specifier, root).length > 0,
  );
  if (imports.length === 0) return null;
  return `It is told of the file alone, without ${imports.join(', ')}. If it is wrong because of what is done there, this program does not show it: put what matters into one file, and reduce that.`;
}

/**
 * A line of which nothing is told. What keeps it silent stays: without any `setUserJwt`, the line
 * would be reported.
 */
function silence(text: string, wanted: Wanted): Target {
  const isTold = (candidate: string, crossFile: boolean): boolean | null => {
    const line = candidate.split('\n').findIndex((one) => one.includes(MARK)) + 1;
    const messages = linting(wanted, crossFile)(candidate);
    if (line === 0 || messages.some(({ ruleId }) => ruleId === null)) return null;
    return messages.some((one) => one.line === line);
  };
  // What is silent by itself, and told of with the other files, is told of in a run.
  const modes = isTold(text, true) === false ? [false, true] : [];
  for (const crossFile of modes) {
    const without = (candidate: string): string =>
      candidate.replaceAll(/\bsetUserJwt\b/gu, 'isUserLoggedIn');
    const holds = (candidate: string): boolean =>
      isTold(candidate, crossFile) === false && isTold(without(candidate), crossFile) === true;
    if (!holds(text)) continue;
    const others = crossFile ? needed([], wanted) : unread(text, wanted);
    return { holds, told: 'no report', others, marked: (candidate) => candidate };
  }
  throw new UserError(
    `The line that is marked is reported, or no call in it needs a JWT, or nothing can be seen to enter its function. Move the mark, // ${MARK}, to the line of the call.`,
  );
}

/** Lints, and tells of each report through which other files its way goes. */
function finding(wanted: Wanted, crossFile: boolean): (text: string) => readonly Found[] {
  const lint = linting(wanted, crossFile);
  const own = realPath(wanted.filename);
  return (text) => {
    const ways = new Map<string, Explained[]>();
    const messages = askingOf(
      (one) => {
        const key = `${one.ruleId} ${one.messageId}`;
        ways.set(key, [...(ways.get(key) ?? []), one]);
      },
      () => lint(text),
    );
    const lines = new Lines(text);
    return messages.flatMap(({ ruleId, messageId, line, column }) => {
      if (ruleId === null || messageId === undefined) return [];
      const way = ways.get(`${ruleId} ${messageId}`)?.find(({ range }) => {
        const at = lines.at(range[0]);
        return at.line === line && at.column + 1 === column;
      });
      const paths = (way?.steps() ?? []).map(({ path }) => realPath(path));
      return [{ ruleId, messageId, line, by: [...new Set(paths)].filter((path) => path !== own) }];
    });
  };
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
