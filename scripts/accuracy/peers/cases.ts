/** The programs of `tests/programs` that peers can be asked about, in folders of their own. */

import { join, relative, sep } from 'node:path';

import { LOCK_FILE, write } from '../../../tests/helpers/files.ts';
import { pageOf, PAGES } from '../../../tests/helpers/page-programs.ts';
import type { Program, ProgramFile } from '../../../tests/helpers/programs.ts';

/** What tells others than us that a folder has the client. */
const MANIFEST = '{ "dependencies": { "@intercom/intercom-react-native": "*" } }';

/** A program, and the places at which a rule is to report it: none, where it is a correct one. */
export interface Case {
  readonly program: Program;
  readonly folder: string;
  readonly places: ReadonlySet<string>;
}

/** A place in a file: the folder of the case, the file, and the line, counted from 1. */
export function placeOf(root: string, path: string, line: number): string {
  return `${relative(root, path).split(sep).join('/')}:${String(line)}`;
}

export function nameOf({ name, language }: ProgramFile): string {
  return name ?? `program.${language.includes('t') ? 'tsx' : 'jsx'}`;
}

/**
 * The programs by which a rule is tested. Those are left out which need settings, as peers have
 * none, and the faulty ones in which other rules find the fault.
 *
 * @param root where they are written, each in a folder of its own
 */
export function casesOf(rule: string, root: string): readonly Case[] {
  const cases: Case[] = [];
  for (const page of PAGES) {
    for (const program of pageOf(page).programs) {
      const { rules = {}, settings } = program.config;
      if (rules[rule] === undefined || settings !== undefined) continue;
      const folder = join(root, String(cases.length));
      const places = new Set(
        program.files.flatMap((file) =>
          file.lines.flatMap(({ marks }, index) =>
            marks.some((mark) => mark.rule === rule)
              ? [placeOf(root, join(folder, nameOf(file)), index + 1)]
              : [],
          ),
        ),
      );
      if (program.isFaulty !== places.size > 0) continue;
      writeCase(folder, program);
      cases.push({ program, folder, places });
    }
  }
  return cases;
}

function writeCase(folder: string, program: Program): void {
  const files = [...program.shared, ...program.files];
  write(folder, {
    'package-lock.json': LOCK_FILE,
    'package.json': MANIFEST,
    ...Object.fromEntries(files.map((file) => [nameOf(file), file.code])),
  });
}
