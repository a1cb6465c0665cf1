/** The command line: what may be said on it, and what was. */

import { ConfigCommentParser } from '@eslint/plugin-kit';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Linter } from 'eslint';

import manifest from '../../package.json' with { type: 'json' };
import { CONFIGS, NAMESPACE, type ConfigName } from '../configs.ts';
import type { InitArguments } from './init/init.ts';

export interface Arguments {
  readonly command: 'lint';
  /** Files, folders and glob patterns. */
  readonly paths: readonly string[];
  readonly config: ConfigName;
  /** Entries of the rules that are set apart from the configuration. */
  readonly rules: Linter.RulesRecord;
  /** A formatter of ESLint, or that of the command; null for what suits where it is shown. */
  readonly format: string | null;
  /** Where the report is written to; null for where the command prints. */
  readonly outputFile: string | null;
  /** Whether there are colours; null for what suits where it is shown. */
  readonly color: boolean | null;
  /** Whether errors alone are told. */
  readonly quiet: boolean;
  /** How many warnings are too many, less one; -1 if none are. */
  readonly maxWarnings: number;
  /** Whether a file that is named, and not linted, is told of. */
  readonly warnIgnored: boolean;
  /** Whether a path that leads to no file ends the run. */
  readonly errorOnUnmatchedPattern: boolean;
  /** Whether a file that cannot be parsed makes the run a failed one. */
  readonly exitOnFatalError: boolean;
  /** Whether functions of other files are followed. */
  readonly crossFile: boolean;
  /** Whether changes are tried that mend what is reported. */
  readonly suggestions: boolean;
  /** Whether those that mend it are made. */
  readonly fixSuggestions: boolean;
  /** Whether it is told what the run has looked at, and how long that took. */
  readonly stats: boolean;
  /** The line whose findings are told of, from one; null for all. */
  readonly line: number | null;
}

/** What `reduce` is asked for. */
export interface ReduceArguments {
  readonly command: 'reduce';
  readonly file: string;
  /** The line of the report, from one; null for the first report. */
  readonly line: number | null;
  readonly rule: string | null;
  readonly config: ConfigName;
  readonly outputFile: string | null;
  /** How many programs are tried at most. */
  readonly tries: number;
}

export type CommandLine = Arguments | InitArguments | ReduceArguments;

/** Something that the user can mend: told without a stack. */
export class UserError extends Error {}

/** The command line was answered, or not understood. Nothing is left to do. */
export interface Answered {
  readonly exitCode: number;
}

const EXAMPLES = `
Exit codes: 0 nothing found, or warnings alone; 1 something found; 2 the run failed.

Examples:
  A first look at a project:
    $ intercom-jwt
  Less, for an app whose tokens outlive a screen:
    $ intercom-jwt src --config session
  Make the changes that are known to mend a finding:
    $ intercom-jwt src --fix-suggestions
  In CI, where a warning fails too:
    $ intercom-jwt . --max-warnings 0
  How each finding comes about:
    $ intercom-jwt src --format explain
  The same as a page to look at, or to hand on:
    $ intercom-jwt src --format html --output-file report.html
  For a machine:
    $ intercom-jwt app packages --format json --output-file findings.json
  Into the project's own ESLint configuration:
    $ intercom-jwt init`;

/** Reads a command line, without the program itself. Help and complaints are printed. */
export function readArguments(argv: readonly string[]): CommandLine | Answered {
  const read: CommandLine[] = [];
  const root = rootCommand((given) => read.push(given));
  try {
    root.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return read[0] ?? { exitCode: 2 };
}

/** What the command says of itself, or one of its commands does. */
export function helpText(name: 'explain' | 'init' | 'reduce' | null = null): string {
  const root = rootCommand(() => undefined);
  const command = root.commands.find((one) => one.name() === name) ?? root;
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

type Take = (read: CommandLine) => void;

function rootCommand(take: Take): Command {
  const root = lintCommand(take);
  for (const command of [explainCommand(take), initCommand(take), reduceCommand(take)]) {
    root.addCommand(command.copyInheritedSettings(root));
  }
  return root;
}

/** `src/App.tsx:42`, with or without a column behind it. */
const PLACE = /^(.+?):(\d+)(?::\d+)?$/u;

function explainCommand(take: Take): Command {
  return new Command('explain')
    .description('shows the way into the findings of a file, step by step in its source')
    .argument('<place>', 'the file, with the line of a finding if one is meant')
    .addOption(
      new Option('-c, --config <name>', 'the configuration of the plugin')
        .choices(Object.keys(CONFIGS))
        .default('recommended'),
    )
    .option('--rule <entry>', 'set a rule, such as "no-long-jwt-ttl: warn"', readRules)
    .option('-o, --output-file <path>', 'write it to a file')
    .option('--color', 'have colours, wherever it is shown')
    .option('--no-color', 'have none')
    .option('--no-cross-file', 'read the file by itself')
    .addHelpText(
      'after',
      `
The steps are numbered in the order in which they happen; the last is the place of the finding. What
to do about it comes below. All findings of a project: intercom-jwt --format explain

Examples:
  $ intercom-jwt explain src/HelpScreen.tsx
  $ intercom-jwt explain src/HelpScreen.tsx:42`,
    )
    .action((place: string, given: Partial<Options>) => {
      const [, file = place, line = null] = PLACE.exec(place) ?? [];
      const { config = 'recommended', rule = {}, outputFile = null, color = null } = given;
      take({
        command: 'lint',
        paths: [file],
        config,
        rules: rule,
        format: 'explain',
        outputFile,
        color,
        quiet: false,
        maxWarnings: -1,
        warnIgnored: true,
        errorOnUnmatchedPattern: true,
        exitOnFatalError: false,
        crossFile: given.crossFile ?? true,
        suggestions: false,
        fixSuggestions: false,
        stats: false,
        line: line === null ? null : Number(line),
      });
    });
}

function initCommand(take: Take): Command {
  return new Command('init')
    .description('sets the plugin up here: shows what it would write, and asks')
    .addOption(
      new Option('-c, --config <name>', 'the configuration (default: what suits the code)').choices(
        ['recommended', 'session'],
      ),
    )
    .option('--ci', 'write a workflow of GitHub Actions that lints')
    .option('--hook', 'add to the hook of husky')
    .option('--no-install', 'install nothing')
    .option('-y, --yes', 'ask nothing, and do it')
    .addHelpText(
      'after',
      `
Nothing is written before you agree.

Examples:
  $ intercom-jwt init
  $ intercom-jwt init --config session --ci --yes`,
    )
    .action((given: Partial<InitArguments>) => {
      const { config = null, ci = false, hook = false, install = true, yes = false } = given;
      take({ command: 'init', config, ci, hook, install, yes });
    });
}

/** More than this takes minutes. */
const TRIES = 3000;

function reduceCommand(take: Take): Command {
  return new Command('reduce')
    .description(
      'makes the smallest program with the same report, to tell of a fault of the plugin',
    )
    .argument('<file>', 'the file with the report, or with a line marked as silent')
    .option('--line <number>', 'the line of the report', readCount)
    .option('--rule <name>', 'the rule that reports')
    .addOption(
      new Option('-c, --config <name>', 'the configuration of the plugin')
        .choices(Object.keys(CONFIGS))
        .default('recommended'),
    )
    .option('-o, --output-file <path>', 'write the program to a file')
    .option('--tries <count>', 'how many programs are tried at most', readCount, TRIES)
    .addHelpText(
      'after',
      `
Only the file is reduced: other files that matter to what is reported are named.
Your names, texts and comments are replaced; those that have to stay are listed. Look the program
over before you show it to anybody.

A line of which something should be told, and is not, is marked by a comment:
  Intercom.present(); // expected: a report

Examples:
  $ intercom-jwt reduce app/openHelp.ts
  $ intercom-jwt reduce app/openHelp.ts --line 12 --output-file small.ts`,
    )
    .action((file: string, given: Partial<ReduceArguments>) => {
      const { line = null, rule = null, config = 'recommended', outputFile = null } = given;
      const { tries = TRIES } = given;
      take({ command: 'reduce', file, line, rule, config, outputFile, tries });
    });
}

/** @param take is handed what was said, where it was understood */
function lintCommand(take: Take): Command {
  return new Command('intercom-jwt')
    .description(
      'Finds Intercom calls that can be made without a valid user JWT.\nNeeds no ESLint configuration, and reads none.',
    )
    .version(manifest.version)
    .enablePositionalOptions()
    .argument('[paths...]', 'files, folders or glob patterns to lint', ['.'])
    .addOption(
      new Option('-c, --config <name>', 'the configuration of the plugin')
        .choices(Object.keys(CONFIGS))
        .default('recommended'),
    )
    .option('--rule <entry>', 'set a rule, such as "no-long-jwt-ttl: warn"', readRules)
    .option('--fix-suggestions', 'make the changes that are known to mend a report')
    .option(
      '-f, --format <name>',
      'codeframe, explain, html, sarif, stylish, json or a package (default: codeframe on a terminal, or else stylish)',
    )
    .option('-o, --output-file <path>', 'write the report to a file')
    .option('--color', 'have colours, wherever it is shown')
    .option('--no-color', 'have none')
    .option('--quiet', 'report errors only')
    .option('--stats', 'tell what was left out, and how long the rules took')
    .option('--max-warnings <count>', 'fail if there are more warnings than this', readCount, -1)
    .option('--exit-on-fatal-error', 'end with 2 where a file cannot be parsed')
    .option('--no-warn-ignored', 'say nothing of files that are named and not linted')
    .option('--no-error-on-unmatched-pattern', 'do not fail where a path leads to no file')
    .option('--no-cross-file', 'read each file by itself')
    .option('--suggestions', 'try changes that mend a report, for formats that tell them')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(--help tells what can be said)')
    .exitOverride()
    .action((paths: string[], options: Options) => {
      const {
        rule = {},
        format = null,
        outputFile = null,
        color = null,
        quiet = false,
        exitOnFatalError = false,
        suggestions = false,
        fixSuggestions = false,
        stats = false,
        ...others
      } = options;
      take({
        ...others,
        command: 'lint',
        rules: rule,
        format,
        outputFile,
        color,
        quiet,
        exitOnFatalError,
        suggestions,
        fixSuggestions,
        stats,
        paths,
        line: null,
      });
    });
}

/** What may be left out. */
type Optional =
  | 'format'
  | 'outputFile'
  | 'color'
  | 'quiet'
  | 'exitOnFatalError'
  | 'suggestions'
  | 'fixSuggestions'
  | 'stats';

type Options = Omit<Arguments, 'command' | 'paths' | 'rules' | 'line' | Optional> &
  Partial<Pick<Arguments, Optional>> & { readonly rule?: Linter.RulesRecord };

const ENTRIES = new ConfigCommentParser();

/** Reads entries of rules as comments have them. A name may do without the namespace. */
function readRules(value: string, before: Linter.RulesRecord = {}): Linter.RulesRecord {
  const parsed = ENTRIES.parseJSONLikeConfig(value);
  if (!parsed.ok) throw new InvalidArgumentError('It is not like "no-long-jwt-ttl: warn".');
  const rules = { ...before };
  for (const [name, entry] of Object.entries(parsed.config)) {
    const full = name.includes('/') ? name : `${NAMESPACE}/${name}`;
    if (!Object.hasOwn(CONFIGS.all, full)) {
      throw new InvalidArgumentError(`There is no rule "${name}".`);
    }
    rules[full] = entry;
  }
  return rules;
}

function readCount(value: string): number {
  if (!/^-?\d+$/u.test(value)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(value);
}
