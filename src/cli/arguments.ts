/** The command line: what may be said on it, and what was. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import manifest from '../../package.json' with { type: 'json' };
import { CONFIGS, type ConfigName } from '../configs.ts';

export interface Arguments {
  /** Files, folders and glob patterns. */
  readonly paths: readonly string[];
  readonly config: ConfigName;
  /** A formatter of ESLint. */
  readonly format: string;
  /** How many warnings are too many, less one; -1 if none are. */
  readonly maxWarnings: number;
  /** Whether functions of other files are followed. */
  readonly crossFile: boolean;
}

/** Something that the user can mend: told without a stack. */
export class UserError extends Error {}

/** The command line was answered, or not understood. Nothing is left to do. */
export interface Answered {
  readonly exitCode: number;
}

/** Reads a command line, without the program itself. Help and complaints are printed. */
export function readArguments(argv: readonly string[]): Arguments | Answered {
  const command = new Command('intercom-jwt')
    .description(
      'Finds Intercom calls that can be made without a valid user JWT.\nNeeds no ESLint configuration, and reads none.',
    )
    .version(manifest.version)
    .argument('[paths...]', 'files, folders or glob patterns to lint', ['.'])
    .addOption(
      new Option('-c, --config <name>', 'the configuration of the plugin')
        .choices(Object.keys(CONFIGS))
        .default('recommended'),
    )
    .option(
      '-f, --format <name>',
      'a formatter of ESLint: stylish, json, html or a package',
      'stylish',
    )
    .option('--max-warnings <count>', 'fail if there are more warnings than this', readCount, -1)
    .option('--no-cross-file', 'read each file by itself')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing found, 1 something found, 2 the run failed.\n\nExamples:\n  $ intercom-jwt\n  $ intercom-jwt src --config session\n  $ intercom-jwt app packages --format json',
    )
    .showHelpAfterError('(--help tells what can be said)')
    .exitOverride();
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return {
    ...command.opts<Omit<Arguments, 'paths'>>(),
    paths: command.processedArgs[0] as string[],
  };
}

function readCount(value: string): number {
  if (!/^-?\d+$/u.test(value)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(value);
}
