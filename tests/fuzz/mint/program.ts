/** A program that mints, made of choices. */

import type { Choices } from './choices.ts';
import { writeProgram } from './mints.ts';
import { runnableOf, sourceOf, Writer, type Entry } from './writer.ts';

/** A module, as it is linted and as it is run. */
export interface Module {
  readonly name: string;
  readonly source: string;
  readonly runnable: string;
}

export interface Program {
  /** Each after those that it imports; the last is the one that is linted. */
  readonly modules: readonly Module[];
  readonly entries: readonly Entry[];
  readonly isTyped: boolean;
  readonly forms: ReadonlySet<string>;
  /** What was chosen. */
  readonly made: readonly number[];
}

export function programOf(choices: Choices): Program {
  const w = new Writer(choices);
  writeProgram(w);
  return {
    modules: [
      ...w.others.map((section) => ({
        name: section.name,
        source: sourceOf(section),
        runnable: runnableOf(section),
      })),
      {
        name: w.main.name,
        source: sourceOf(w.main, w.entries),
        runnable: runnableOf(w.main, w.entries),
      },
    ],
    entries: w.entries,
    isTyped: w.isTyped,
    forms: w.forms,
    made: choices.made,
  };
}

/** The modules of a program, one after the other. */
export function textOf({ modules }: Program): string {
  return modules.map(({ name, source }) => `// ${name}.ts\n${source}`).join('\n');
}
