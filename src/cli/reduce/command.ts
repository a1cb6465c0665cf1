/** Reduces a file of the user's, and tells what is in the program that comes of it. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { UserError, type ReduceArguments } from '../arguments.ts';
import { plural } from '../../explain/text.ts';
import { reduce } from './reduce.ts';
import { MARK, syntaxOf, targetOf } from './target.ts';

export interface ReducedFile {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Makes the smallest program that shows what a file shows. The file is not changed.
 *
 * @throws {UserError} where it cannot be read, or shows nothing
 */
export function reducedFile(args: ReduceArguments, cwd: string): ReducedFile {
  const filename = resolve(cwd, args.file);
  const syntax = syntaxOf(filename);
  if (syntax === null) {
    throw new UserError(
      `'${args.file}' is no script: of a file with scripts among other things, give the script alone.`,
    );
  }
  const text = textOf(filename, args.file);
  const { config, rule, line } = args;
  const target = targetOf(text, { cwd, filename, config, rule, line });
  const reduced = reduce(text, syntax, target.holds, args.tries, MARK);
  const before = text.split('\n').length;
  const after = reduced.text.trimEnd().split('\n').length;
  return {
    text: target.marked(reduced.text),
    notes: [
      `${plural(before, 'line')} came down to ${after}, in ${plural(reduced.tries, 'try').replace('trys', 'tries')}. It has ${target.told}, as ${args.file} has.`,
      ...(reduced.kept.length === 0
        ? []
        : [`Words that had to stay: ${reduced.kept.join(', ')}. Look them over.`]),
      ...(target.others === null ? [] : [target.others]),
      ...(reduced.tries >= args.tries
        ? ['The tries are used up: with more of them (--tries) it may get smaller.']
        : []),
    ],
  };
}

function textOf(filename: string, told: string): string {
  try {
    return readFileSync(filename, 'utf8').replace(/^\uFEFF/u, '');
  } catch {
    throw new UserError(`'${told}' cannot be read.`);
  }
}
