/**
 * Makes the changes that are suggested, where linting the file again shows that they mend it: one
 * report is gone at least, and none has come.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { ESLint, Linter } from 'eslint';

import { plural } from '../explain/text.ts';

/** So many changes of one file are tried. */
const MAX_TRIES = 60;

/** What is seen on disk is believed until nobody has asked for so long, in milliseconds. */
const PAUSE = 250;

const BOM = '\uFEFF';

interface Mended {
  readonly filePath: string;
  readonly before: string;
  readonly after: string;
  /** What was done, in its order. */
  readonly changes: readonly string[];
}

/** The outcome: what there is to say, and what a run finds now. */
export interface Mending {
  readonly notes: readonly string[];
  readonly results: ESLint.LintResult[];
}

/**
 * Changes files, and lints all anew.
 *
 * @param eslint one that makes suggestions
 * @param results what it found
 * @param again runs it again
 */
export async function mend(
  eslint: ESLint,
  results: ESLint.LintResult[],
  cwd: string,
  again: () => Promise<ESLint.LintResult[]>,
): Promise<Mending> {
  const mended: Mended[] = [];
  for (const { filePath, messages } of results) {
    if (!messages.some(hasSuggestion)) continue;
    const one = await mendedFile(eslint, filePath);
    if (one !== null) mended.push(one);
  }
  if (mended.length === 0)
    return { notes: ['No suggestion was found that mends a report.'], results };
  for (const { filePath, after } of mended) writeFileSync(filePath, after);
  await setTimeout(PAUSE);
  const now = await again();
  if (isWorse(results, now, new Set(mended.map(({ filePath }) => filePath)))) {
    for (const { filePath, before } of mended) writeFileSync(filePath, before);
    const note =
      'Nothing was changed: what mends these files would bring about reports in others that call them.';
    return { notes: [note], results };
  }
  const count = mended.reduce((sum, { changes }) => sum + changes.length, 0);
  return {
    notes: [
      `${plural(count, 'change')} made in ${plural(mended.length, 'file')}:`,
      ...mended.flatMap(({ filePath, changes }) =>
        changes.map((change) => `${relative(cwd, filePath).replaceAll(sep, '/')}:${change}`),
      ),
    ],
    results: now,
  };
}

async function mendedFile(eslint: ESLint, filePath: string): Promise<Mended | null> {
  const before = readFileSync(filePath, 'utf8');
  const mark = before.startsWith(BOM) ? BOM : '';
  const lint = async (text: string): Promise<readonly Linter.LintMessage[]> => {
    const [result] = await eslint.lintText(text, { filePath });
    return result?.messages ?? [];
  };
  let text = before.slice(mark.length);
  let messages = await lint(text);
  const changes: string[] = [];
  let tries = 0;
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { message, suggestion } of suggestionsOf(messages)) {
      if (tries >= MAX_TRIES) break;
      tries += 1;
      const [from, to] = suggestion.fix.range;
      const changed = `${text.slice(0, from)}${suggestion.fix.text}${text.slice(to)}`;
      const after = await lint(changed);
      if (!isBetter(messages, after)) continue;
      changes.push(`${message.line} ${suggestion.desc}`);
      text = changed;
      messages = after;
      isChanged = true;
      break;
    }
  }
  return changes.length === 0 ? null : { filePath, before, after: mark + text, changes };
}

function suggestionsOf(messages: readonly Linter.LintMessage[]) {
  return messages.flatMap((message) =>
    (message.suggestions ?? []).map((suggestion) => ({ message, suggestion })),
  );
}

/** Whether there are fewer reports, and of no kind more. */
function isBetter(
  before: readonly Linter.LintMessage[],
  after: readonly Linter.LintMessage[],
): boolean {
  if (after.length >= before.length) return false;
  const allowed = countsOf(before);
  return [...countsOf(after)].every(([kind, count]) => count <= (allowed.get(kind) ?? 0));
}

/** Whether a file that was not changed has more reports than it had. */
function isWorse(
  before: readonly ESLint.LintResult[],
  after: readonly ESLint.LintResult[],
  changed: ReadonlySet<string>,
): boolean {
  const counts = new Map(before.map(({ filePath, messages }) => [filePath, messages.length]));
  return after.some(
    ({ filePath, messages }) =>
      !changed.has(filePath) && messages.length > (counts.get(filePath) ?? 0),
  );
}

function countsOf(messages: readonly Linter.LintMessage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId, fatal } of messages) {
    const kind = fatal === true ? 'fatal' : String(ruleId);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function hasSuggestion({ suggestions = [] }: Linter.LintMessage): boolean {
  return suggestions.length > 0;
}
