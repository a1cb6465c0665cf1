/**
 * Whether a change of a file mends it: it is made on a copy of the text, which is analysed again.
 * This costs a parse, so it is done for calls that are reported, and only for so many in a file.
 */

import type { Rule } from 'eslint';

import { isNode, linkParents } from '../syntax/ast.ts';
import { machine } from '../project/machine.ts';
import { scopesOf } from '../project/scopes.ts';
import type { SourceFile } from '../session/source.ts';

/** What goes in place of the text from one offset to another. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Context = Pick<Rule.RuleContext, 'sourceCode' | 'languageOptions' | 'filename'>;

/** A text with changes made to it, in any order, none of which overlap. */
export function changed(text: string, changes: readonly Change[]): string {
  let result = '';
  let end = 0;
  for (const change of sorted(changes)) {
    result += text.slice(end, change.from) + change.text;
    end = change.to;
  }
  return result + text.slice(end);
}

/** Where an offset of the text is found once the changes are made. */
export function offsetAfter(offset: number, changes: readonly Change[]): number {
  let shift = 0;
  for (const { from, to, text } of changes) {
    if (to <= offset) shift += text.length - (to - from);
  }
  return offset + shift;
}

function sorted(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((one, other) => one.from - other.from);
}

type SourceType = 'script' | 'module' | 'commonjs';

/** What a parser of ESLint's may have. */
interface Parser {
  readonly parse?: (text: string, options: object) => unknown;
  readonly parseForESLint?: (
    text: string,
    options: object,
  ) => { readonly ast: unknown; readonly scopeManager?: object | null };
}

/** Options that make a parser look for types, which takes long and is of no use here. */
const WITHOUT_TYPES = { project: null, projectService: false, programs: null, program: null };

/**
 * Reads another text in place of a file, as the linter would.
 *
 * @returns null where it cannot be read
 */
export function reread({ languageOptions, filename }: Context, text: string): SourceFile | null {
  const { parser, parserOptions, ecmaVersion, sourceType } = languageOptions as {
    readonly parser?: Parser;
    readonly parserOptions?: object;
    readonly ecmaVersion?: number;
    readonly sourceType?: SourceType;
  };
  const options = {
    ecmaVersion,
    sourceType,
    ...parserOptions,
    ...WITHOUT_TYPES,
    range: true,
    loc: true,
    tokens: true,
    comment: true,
    filePath: filename,
    eslintVisitorKeys: true,
    eslintScopeManager: true,
  };
  try {
    const { ast, scopeManager } = parser?.parseForESLint?.(text, options) ?? {
      ast: parser?.parse?.(text, options),
    };
    if (!isNode(ast)) return null;
    linkParents(ast);
    return {
      ast,
      text,
      scopeManager: scopeManager ?? scopesOf(machine().scopes(), ast, { ecmaVersion, sourceType }),
    };
  } catch {
    return null;
  }
}
