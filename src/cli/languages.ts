/** What the command reads files with, whatever the project has configured. */

import type { Linter } from 'eslint';

import { SCRIPTS } from '../configs.ts';
import type { parse } from './oxc.ts';
import { MIXED_PARSERS, type OnFile, type Parsers } from './parsers.ts';

/** What reads which files. */
export function languagesOf(parsers: Parsers, onFile: OnFile): Linter.Config[] {
  const mixed = Object.entries(MIXED_PARSERS).flatMap(([extension, name]): Linter.Config[] => {
    const parser = parsers.installed(name);
    if (parser === null) return [];
    const languageOptions = { parser: parsers.mixed(parser, onFile) };
    return [{ files: [`**/*.${extension}`], languageOptions }];
  });
  const parser = parsers.script(onFile);
  return [{ files: [`**/*.{${SCRIPTS.join(',')}}`], languageOptions: { parser } }, ...mixed];
}

/** The parser that comes with this package; null where it does not run. */
export async function loadOxc(): Promise<typeof parse | null> {
  try {
    return (await import('./oxc.ts')).parse;
  } catch {
    // A native module, which not every platform has.
    return null;
  }
}
