/** Applies what the rules suggest, and looks at what becomes of the program. */

import { Linter } from 'eslint';

import { CONFIGS } from '../../src/configs.ts';
import plugin from '../../src/index.ts';
import { changed } from '../../src/eslint/proof.ts';

export interface Applied {
  /** How many suggestions were applied. */
  readonly count: number;
  /** What is wrong with the programs that came of them, each with the program. */
  readonly flaws: readonly string[];
}

/** The rules whose suggestions are meant to mend the whole. */
const SUGGESTING: ReadonlySet<string | null> = new Set([
  'intercom-jwt/no-floating-set-user-jwt',
  'intercom-jwt/require-set-user-jwt',
]);

/** Reports of a rule in a program, by the text that each begins with. */
type Tally = ReadonlyMap<string, number>;

/** What tells a report from others: names, since what is behind can be changed. */
const NAMES = /^[\w$.]*/u;

const linter = new Linter();

/** The options of each rule in the configurations that report the most. */
const RULE_SETS: readonly Linter.RulesRecord[] = [CONFIGS.recommended, CONFIGS.strict];

/**
 * Applies each suggestion of the call-order rules to a program, by itself. What comes of it has to
 * parse, the report has to be gone, and no rule may report what it did not report before.
 *
 * @param config the language of the program, and settings and rules beside those of the plugin's
 *   configurations
 */
export function applySuggestions(
  source: string,
  { rules, ...config }: Linter.Config = {},
  filename = 'program.tsx',
): Applied {
  const flaws: string[] = [];
  let count = 0;
  for (const base of RULE_SETS) {
    const lint = (text: string, only = rulesOf(base, rules)): Linter.LintMessage[] =>
      linter.verify(
        text,
        [
          {
            files: ['**/*.*'],
            languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
            plugins: { 'intercom-jwt': plugin },
            rules: only,
            linterOptions: { reportUnusedDisableDirectives: 'off' },
          },
          { files: ['**/*.*'], ...config },
        ],
        { filename },
      );
    const all = rulesOf(base, rules);
    const suggesting = Object.entries(all).filter(([name]) => SUGGESTING.has(name));
    const messages = lint(source, Object.fromEntries(suggesting));
    if (!messages.some(({ suggestions }) => suggestions !== undefined)) continue;
    const before = tallyOf(lint(source), source);
    for (const message of messages) {
      for (const { fix, desc } of message.suggestions ?? []) {
        count += 1;
        const [from, to] = fix.range;
        const text = changed(source, [{ from, to, text: fix.text }]);
        const after = tallyOf(lint(text), text);
        const flaw = flawOf(before, after, keyOf(message, source));
        if (flaw !== null) flaws.push(`${flaw}\n${desc}\n${text}`);
      }
    }
  }
  return { count, flaws };
}

function rulesOf(base: Linter.RulesRecord, own: Linter.Config['rules']): Linter.RulesRecord {
  return { ...base, ...own } as Linter.RulesRecord;
}

function flawOf(before: Tally, after: Tally, mended: string): string | null {
  for (const [key, count] of after) {
    const allowed = (before.get(key) ?? 0) - (key === mended ? 1 : 0);
    if (count > allowed) return key === mended ? `${key} is still reported` : `${key} is new`;
  }
  return null;
}

function tallyOf(messages: readonly Linter.LintMessage[], source: string): Tally {
  const tally = new Map<string, number>();
  for (const message of messages) {
    const key = keyOf(message, source);
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  return tally;
}

function keyOf({ ruleId, message, line, column }: Linter.LintMessage, source: string): string {
  if (ruleId === null) return message;
  const text = source.split('\n')[line - 1]?.slice(column - 1) ?? '';
  return `${ruleId}: ${NAMES.exec(text)?.[0] ?? ''}`;
}
