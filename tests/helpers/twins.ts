/** Tests a rule by twins: a faulty program, and the correct one that differs from it in one step. */

import { RuleTester, type Rule } from 'eslint';
import { parser as typescriptParser } from 'typescript-eslint';
import { describe, it } from 'vitest';

export interface Twins {
  /** The behaviour that the pair shows. */
  readonly name: string;
  /** The program with the fault; each reported range stands in `⟦…⟧`. */
  readonly faulty: string;
  readonly correct: string;
  readonly messageId: string;
  readonly data?: Record<string, string>;
  readonly options?: readonly unknown[];
  readonly settings?: Record<string, unknown>;
  /** What is suggested for each report, in order: a message id, and the program that results. */
  readonly suggestions?: readonly (readonly [messageId: string, output: string] | null)[];
  readonly sourceType?: 'script' | 'module';
  /** Whether only the TypeScript parser reads the programs. */
  readonly typescript?: boolean;
  /** What stands before the programs; by default the import of the client. */
  readonly prologue?: string;
}

const IMPORT = "import Intercom from '@intercom/intercom-react-native';\n";
const REQUIRE = "const Intercom = require('@intercom/intercom-react-native').default;\n";

const PARSERS = { espree: {}, '@typescript-eslint/parser': { parser: typescriptParser } };

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

/** Runs pairs of programs that come behind an import of the client, as `Intercom`. */
export function testTwins(ruleName: string, rule: Rule.RuleModule, pairs: readonly Twins[]): void {
  for (const [parserName, parser] of Object.entries(PARSERS)) {
    const readable = pairs.filter((pair) => pair.typescript !== true || 'parser' in parser);
    describe(`with ${parserName}`, () => {
      for (const pair of readable) runPair(ruleName, rule, pair, parser);
    });
  }
}

function runPair(ruleName: string, rule: Rule.RuleModule, pair: Twins, parser: object): void {
  const { name, messageId, options = [], settings, sourceType = 'module' } = pair;
  const prologue = pair.prologue ?? (sourceType === 'module' ? IMPORT : REQUIRE);
  const shared = {
    name,
    options: [...options],
    ...(settings && { settings }),
    languageOptions: {
      ...parser,
      sourceType,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  };
  const { code, ranges } = readMarks(prologue + pair.faulty);
  const errors = ranges.map((range, index): RuleTester.TestCaseError => {
    const [suggestionId, output] = pair.suggestions?.[index] ?? [];
    return {
      messageId,
      ...(pair.data && { data: pair.data }),
      ...range,
      suggestions:
        suggestionId === undefined
          ? []
          : [{ messageId: suggestionId, output: prologue + (output ?? '') }],
    };
  });
  new RuleTester().run(ruleName, rule, {
    valid: [{ ...shared, code: prologue + pair.correct }],
    invalid: [{ ...shared, code, errors }],
  });
}

interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Takes the marks out of a program. */
function readMarks(marked: string): { readonly code: string; readonly ranges: readonly Range[] } {
  const [before = '', ...parts] = marked.split('⟦');
  let code = before;
  const ranges: Range[] = [];
  for (const part of parts) {
    const [inside = '', after = ''] = part.split('⟧');
    const start = positionAtEnd(code);
    code += inside;
    const end = positionAtEnd(code);
    ranges.push({ ...start, endLine: end.line, endColumn: end.column });
    code += after;
  }
  return { code, ranges };
}

function positionAtEnd(text: string): { readonly line: number; readonly column: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
