/** A run of ESLint that needs no configuration of the project. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { ESLint, type Linter } from 'eslint';

import { addressOf } from '../about.ts';
import { FILES, NAMESPACE } from '../configs.ts';
import plugin from '../index.ts';
import { UserError, type Arguments } from './arguments.ts';
import { Files, READS, READS_IN_FOLDER } from './files.ts';
import { explainedRun, type ExplainedRun } from '../explain/explained.ts';
import { explainedFrames } from '../explain/frames.ts';
import { paintOf } from '../explain/terminal.ts';
import { CODEFRAME, frames, summary } from './frames.ts';
import { mend } from './mend.ts';
import { languagesOf, loadOxc } from './languages.ts';
import { MIXED_PARSERS, Parsers } from './parsers.ts';
import { Progress, type Terminal } from './progress.ts';
import { sarifText } from './sarif-text.ts';
import { sorted, toldByRule, toldOfTime, toldOfUnparsed } from './summary.ts';
import { plural } from '../explain/text.ts';
import { toldOfLeftOut, toldOfUnread, unreadIn, type Unread } from './unread.ts';

/** The format that shows the way into each finding, */
const EXPLAIN = 'explain';

/** the one that machines read, */
const SARIF = 'sarif';

/** and the one that is looked at in a browser. */
const HTML = 'html';

/** How what is printed is shown. */
export interface Screen {
  /** Where progress is shown; null where nobody looks. */
  readonly terminal: Terminal | null;
  /** What a report is shown as, if nothing else is asked for. */
  readonly format: string;
  readonly columns: number;
  readonly hasColors: boolean;
}

/** The outcome of a run: what is to be printed, and the exit code. */
export interface Report {
  readonly output: string;
  /** What else there is to say. */
  readonly notes: readonly string[];
  readonly exitCode: number;
  readonly fileCount: number;
  readonly problemCount: number;
}

/**
 * Lints the paths of a command line.
 *
 * @throws {UserError} where no file is found, or a formatter or a rule is not
 */
export async function lint(args: Arguments, cwd: string, screen: Screen): Promise<Report> {
  const { paths, crossFile, fixSuggestions, maxWarnings, quiet, stats } = args;
  const started = performance.now();
  const parsers = new Parsers(cwd, await loadOxc());
  const files = new Files(cwd, missing(parsers));
  const run = new Run(cwd, files, args);
  const { terminal } = screen;
  const progress = terminal === null ? null : new Progress(terminal, await run.count());
  const jwts = { areSet: false };
  const onFile = (text: string): void => {
    jwts.areSet ||= text.includes('setUserJwt');
    progress?.advance();
  };
  const suggestions = args.suggestions || fixSuggestions;
  const eslint = run.create([
    ...plugin.configs[args.config],
    { rules: args.rules, settings: { [NAMESPACE]: { crossFile, suggestions } } },
    ...languagesOf(parsers, onFile),
  ]);
  await check(eslint);
  const formatName = args.format ?? screen.format;
  const format = await load(eslint, formatName, cwd, screen);
  // The ways are taken down as the rules report, so that nothing is linted twice.
  let explained: ExplainedRun | null = null;
  const lintAll = async (): Promise<ESLint.LintResult[]> => {
    if (!EXPLAINED.has(formatName)) return run.lint(eslint);
    explained = await explainedRun(() => run.lint(eslint));
    return [...explained.results];
  };
  let all = await lintAll();
  const notes = args.warnIgnored ? shortened(files.skipped(paths)) : [];
  if (fixSuggestions) {
    const mending = await mend(eslint, all, cwd, lintAll);
    notes.push(...mending.notes);
    all = mending.results;
  }
  progress?.clear();
  const told = quiet ? ESLint.getErrorResults(all) : all;
  const results = args.line === null ? told : onLine(told, args.line);
  if (args.line !== null) notes.push(...toldOfLine(told, results, args.line));
  const errors = sum(all, ({ errorCount }) => errorCount);
  const foundWarnings = sum(all, ({ warningCount }) => warningCount);
  const isOver = maxWarnings >= 0 && foundWarnings > maxWarnings;
  const meta = isOver ? { maxWarningsExceeded: { maxWarnings, foundWarnings } } : {};
  if (!quiet) {
    const unread = unreadIn(cwd, paths, files);
    notes.push(...toldOfUnread(unread), ...toldOfPassedOver(parsers.passedOver.size));
    if (!jwts.areSet) notes.push(...toldOfNoJwt(all, unread));
    if (stats) {
      notes.push(...toldOfLeftOut(unread), ...toldOfTime(all, performance.now() - started));
    }
  }
  if (isOver && errors === 0) notes.push(`Too many warnings (maximum: ${maxWarnings}).`);
  const isFailed = args.exitOnFatalError && all.some(({ fatalErrorCount }) => fatalErrorCount > 0);
  const isFound = errors > 0 || isOver;
  return {
    output: TEXTS.has(formatName)
      ? await text(results, (those) => format(those, meta, explained), cwd, screen)
      : await format(results, meta, explained),
    notes,
    exitCode: isFailed ? 2 : isFound ? 1 : 0,
    fileCount: all.length,
    problemCount: errors + foundWarnings,
  };
}

/** Formats that a person reads. */
const TEXTS: ReadonlySet<string> = new Set([CODEFRAME, EXPLAIN, 'stylish']);

/** Formats that tell of ways. */
const EXPLAINED: ReadonlySet<string> = new Set([EXPLAIN, SARIF, HTML]);

/** The findings on a line, also those that end there. */
function onLine(results: readonly ESLint.LintResult[], line: number): ESLint.LintResult[] {
  const isThere = (message: Linter.LintMessage): boolean =>
    message.line <= line && line <= (message.endLine ?? message.line);
  return results.map((result) => {
    const messages = result.messages.filter(isThere);
    const count = (severity: number): number =>
      messages.filter((message) => message.severity === severity).length;
    return { ...result, messages, errorCount: count(2), warningCount: count(1) };
  });
}

function toldOfLine(
  all: readonly ESLint.LintResult[],
  there: readonly ESLint.LintResult[],
  line: number,
): readonly string[] {
  if (there.some(({ messages }) => messages.length > 0)) return [];
  const lines = [...new Set(all.flatMap(({ messages }) => messages.map((one) => one.line)))];
  if (lines.length === 0) return [];
  const others = lines.sort((one, other) => one - other).join(', ');
  return [`Nothing is reported on line ${String(line)}, but on ${others}.`];
}

/** What is found, as a person reads it: what could not be parsed in a line each, and a summary. */
async function text(
  all: ESLint.LintResult[],
  format: (results: ESLint.LintResult[]) => string | Promise<string>,
  cwd: string,
  { hasColors }: Screen,
): Promise<string> {
  const { results, unparsed } = sorted(all);
  const parts = [
    await format(results),
    toldOfUnparsed(unparsed, cwd, paintOf(hasColors)),
    toldByRule(results),
  ];
  return parts
    .map((part) => part.replace(/^\n+/u, '').trimEnd())
    .filter((part) => part !== '')
    .join('\n\n');
}

function toldOfPassedOver(count: number): readonly string[] {
  if (count === 0) return [];
  const verb = count === 1 ? 'It speaks' : 'They speak';
  return [`${plural(count, 'file')} could not be parsed. ${verb} of no Intercom.`];
}

/** Where Messenger Security is off, calls without a JWT are as they should be. */
function toldOfNoJwt(all: readonly ESLint.LintResult[], { nativeSets }: Unread): readonly string[] {
  const calls = all.flatMap(({ messages }) => messages).filter(isNeverSet);
  if (calls.length === 0) return [];
  const page = addressOf('docs/getting-started.md#is-messenger-security-on');
  const where = `There is no \`setUserJwt\` in ${plural(all.length, 'file')} that ${all.length === 1 ? 'was' : 'were'} read`;
  return nativeSets.length === 0
    ? [`${where}. Is Messenger Security on? ${page} tells how to find out, and what to do.`]
    : [`${where}, but ${nativeSets.join(', ')} has one, and native code is not read. ${page}`];
}

function isNeverSet({ ruleId, messageId }: Linter.LintMessage): boolean {
  return ruleId === `${NAMESPACE}/require-set-user-jwt` && messageId === 'neverSet';
}

/** Runs of ESLint over the same paths. */
class Run {
  readonly #cwd: string;
  readonly #files: Files;
  readonly #args: Arguments;

  constructor(cwd: string, files: Files, args: Arguments) {
    this.#cwd = cwd;
    this.#files = files;
    this.#args = args;
  }

  create(configs: readonly Linter.Config[]): ESLint {
    return new ESLint({
      cwd: this.#cwd,
      overrideConfigFile: true,
      // ESLint would count what is told of such a file as a warning.
      warnIgnored: false,
      stats: this.#args.stats,
      errorOnUnmatchedPattern: this.#args.errorOnUnmatchedPattern,
      overrideConfig: [
        { ignores: this.#files.ignores },
        // Comments that disable rules of other plugins are of use elsewhere.
        { linterOptions: { reportUnusedDisableDirectives: 'off' } },
        ...configs,
      ],
    });
  }

  async lint(eslint: ESLint): Promise<ESLint.LintResult[]> {
    try {
      return await eslint.lintFiles([...this.#args.paths]);
    } catch (error) {
      throw this.#explained(error) ?? error;
    }
  }

  /** How many files there are. They are looked at, but not parsed. */
  async count(): Promise<number> {
    const loc = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
    const parser: Linter.Parser = {
      parse: () => ({
        type: 'Program',
        body: [],
        sourceType: 'module',
        tokens: [],
        comments: [],
        loc,
        range: [0, 0],
      }),
    };
    return (await this.lint(this.create([{ files: FILES, languageOptions: { parser } }]))).length;
  }

  /** ESLint gives an error a template where the command line is at fault. */
  #explained(error: unknown): UserError | null {
    if (!(error instanceof Error) || !('messageTemplate' in error)) return null;
    const data: unknown = 'messageData' in error ? error.messageData : null;
    const pattern =
      typeof data === 'object' && data !== null && 'pattern' in data ? data.pattern : null;
    if (typeof pattern !== 'string') return new UserError(error.message, { cause: error });
    const isThere = existsSync(resolve(this.#cwd, pattern));
    const found = isThere
      ? `There is nothing to lint in '${pattern}'`
      : `There is no file '${pattern}'`;
    const reason = isThere ? (this.#files.reason(pattern) ?? READS_IN_FOLDER) : READS;
    return new UserError(`${found}: ${reason}.`, { cause: error });
  }
}

/** Extensions of files that nothing here reads, with the parser that would. */
function missing(parsers: Parsers): ReadonlyMap<string, string> {
  const lacking = Object.entries(MIXED_PARSERS).filter(
    ([, name]) => parsers.installed(name) === null,
  );
  return new Map(lacking.map(([extension, name]) => [`.${extension}`, name]));
}

/** Wrong entries of rules are told before anything is linted. */
async function check(eslint: ESLint): Promise<void> {
  try {
    await eslint.calculateConfigForFile('file.js');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(error.message.trim(), { cause: error });
  }
}

type Format = (
  results: ESLint.LintResult[],
  meta: { readonly maxWarningsExceeded?: { maxWarnings: number; foundWarnings: number } },
  explained: ExplainedRun | null,
) => string | Promise<string>;

async function load(
  eslint: ESLint,
  name: string,
  cwd: string,
  { columns, hasColors }: Screen,
): Promise<Format> {
  if (name === CODEFRAME) return (results) => frames(results, cwd, columns, paintOf(hasColors));
  if (name === EXPLAIN) {
    const showing = { cwd, columns, paint: paintOf(hasColors) };
    return (results, _, explained) => {
      if (explained === null) return '';
      const told = explainedFrames(explained.of(results), showing);
      return told === '' ? '' : `${told}\n\n${summary(results, showing.paint)}`;
    };
  }
  if (name === SARIF) {
    return (results, _, explained) =>
      explained === null ? '' : sarifText(explained.of(results), cwd);
  }
  if (name === HTML) {
    const { htmlText } = await import('./html-text.ts');
    return (results, _, explained) =>
      explained === null ? '' : htmlText(explained.of(results), cwd);
  }
  try {
    const formatter = await eslint.loadFormatter(name);
    return (results, meta) => formatter.format(results, { ...meta, color: hasColors });
  } catch (error) {
    const message = `There is no formatter "${name}". Here are ${CODEFRAME}, ${EXPLAIN}, ${HTML}, ${SARIF}, stylish and json; others are packages to install beside ESLint.`;
    throw new UserError(message, { cause: error });
  }
}

/** A hook may name hundreds of files. */
const MANY = 10;

function shortened(notes: readonly string[]): string[] {
  if (notes.length <= MANY) return [...notes];
  const rest = notes.length - MANY + 1;
  return [...notes.slice(0, MANY - 1), `Nor are ${String(rest)} other files that are named.`];
}

function sum(
  results: readonly ESLint.LintResult[],
  count: (result: ESLint.LintResult) => number,
): number {
  return results.reduce((total, result) => total + count(result), 0);
}
