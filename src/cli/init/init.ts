/** Sets the plugin up in a project: shows what it would do, asks, and does it. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { addressOf } from '../../about.ts';
import { plural } from '../../explain/text.ts';
import { diffOf } from './diff.ts';
import { planOf, type Plan, type Wishes } from './plan.ts';
import { diskTree } from './tree.ts';

/** What happens outside of the tree of files. */
export interface Surroundings {
  /** Prints a line as it is. */
  readonly say: (line: string) => void;
  /** Asks a question that is answered by yes or no; null where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
  /** Runs a program in the folder, and gives its exit code. */
  readonly execute: (command: readonly string[]) => Promise<number>;
  /** Lints the folder by a configuration, shows what is found, and tells how much that is. */
  readonly lint: (config: 'recommended' | 'session') => Promise<number>;
}

export interface InitArguments extends Wishes {
  readonly command: 'init';
  /** Whether all is done without a question. */
  readonly yes: boolean;
  /** Whether what is missing is installed. */
  readonly install: boolean;
}

/** So many findings are more than can be mended in an hour. */
const MANY = 20;

/**
 * Sets the plugin up in a folder.
 *
 * @returns the exit code: 0 if it is set up, or was not to be; 2 if that failed
 */
export async function init(
  args: InitArguments,
  cwd: string,
  { say, ask, execute, lint }: Surroundings,
): Promise<number> {
  const plan = planOf(diskTree(cwd), args);
  const installs = args.install && plan.install !== null ? plan.install : null;
  for (const line of told(plan)) say(line);
  if (plan.edits.length === 0 && installs === null) {
    say('There is nothing to write.');
  } else {
    const isWanted = args.yes || (ask !== null && (await ask('Do this?')));
    if (!isWanted) {
      say(`Nothing was written.${ask === null ? ' With --yes, it is.' : ''}`);
      return 0;
    }
    for (const { path, after } of plan.edits) {
      const file = join(cwd, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, after);
    }
    if (installs !== null && (await execute(installs)) !== 0) {
      say(`Installing failed: ${installs.join(' ')}`);
      return 2;
    }
  }
  const count = await lint(plan.config);
  say('');
  say(`From now on: ${plan.lint}`);
  if (count > MANY) {
    say(
      `Of ${plural(count, 'finding')}, the present ones can be put off: ${plan.lint} --suppress-all (ESLint 9.24 and later).`,
    );
    say(`${addressOf('docs/migration.md')} tells how to go on from there.`);
  }
  return 0;
}

/** What a plan comes to, in lines. */
function told({ config, why, install, edits, notes, manager }: Plan): readonly string[] {
  return [
    `Package manager: ${manager}`,
    `Configuration: ${config}, as ${why}.`,
    ...(install === null ? [] : [`To install: ${install.join(' ')}`]),
    ...edits.flatMap(({ path, before, after }) => [
      '',
      `${before === null ? 'New' : 'Changed'}: ${path}`,
      ...diffOf(before, after),
    ]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
  ];
}
