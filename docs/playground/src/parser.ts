/**
 * The parser of typescript-eslint without its search for projects, which is of no use in a browser: the
 * tree of the same converter with the scopes of the same manager. `tests/playground.test.ts` holds that
 * it is the same tree.
 */

import { analyze } from '@typescript-eslint/scope-manager';
import { astConverter } from '@typescript-eslint/typescript-estree/use-at-your-own-risk';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Linter } from 'eslint';
import ts from 'typescript';

export const meta = { name: 'typescript-eslint', version: ts.version };

type Settings = Parameters<typeof astConverter>[1];

interface Options {
  readonly filePath?: string;
}

/** Reads TypeScript, with JSX where the name of the file says so. */
export function parseForESLint(
  code: string,
  { filePath = '' }: Options = {},
): Linter.ESLintParseResult {
  const isWithJsx = filePath.endsWith('x');
  const source = ts.createSourceFile(
    filePath,
    code,
    {
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
      languageVersion: ts.ScriptTarget.Latest,
      setExternalModuleIndicator(file) {
        Object.assign(file, { externalModuleIndicator: true });
      },
    },
    true,
    isWithJsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const { estree } = astConverter(
    source,
    // Of its settings, these are the ones that it reads.
    {
      allowInvalidAST: false,
      comment: true,
      errorOnUnknownASTType: false,
      loc: true,
      range: true,
      suppressDeprecatedPropertyWarnings: true,
      // Whether tokens are wanted: an empty list of them says so.
      tokens: [],
    } as Partial<Settings> as Settings,
    false,
  );
  estree.sourceType = 'module';
  const scopeManager = analyze(estree, { sourceType: 'module' });
  return { ast: estree, scopeManager, visitorKeys } as unknown as Linter.ESLintParseResult;
}
