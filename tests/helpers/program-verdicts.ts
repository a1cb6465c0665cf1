/** What the rules say of the programs of a page, beside what the page says. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Linter } from 'eslint';
import { parser as typescriptParser } from 'typescript-eslint';

import { changed } from '../../src/eslint/proof.ts';
import plugin from '../../src/index.ts';
import { LOCK_FILE, write } from './files.ts';
import { markText, type Mark, type Program, type ProgramFile } from './programs.ts';
import { applySuggestions } from './suggestions.ts';

/** Something that a page tells, and what is found. They are to be the same. */
export interface Verdict {
  /** Where it stands in the page. */
  readonly place: string;
  readonly written: string;
  readonly found: string;
}

/** Languages of which the parser of TypeScript is needed. */
export const TYPESCRIPT: Linter.LanguageOptions = { parser: typescriptParser };

/** The parsers that have to be able to read a language, as options of ESLint. */
const PARSERS: Readonly<Record<string, readonly Linter.LanguageOptions[]>> = {
  js: [{}, TYPESCRIPT],
  jsx: [{}, TYPESCRIPT],
  ts: [TYPESCRIPT],
  tsx: [TYPESCRIPT],
};

/** A message is to be read in one look. */
const MAX_LENGTH = 200;

const alone = new Linter();

/** Lints the files of a program, with each parser that has to be able to read them. */
export function verdictsOf(program: Program): readonly Verdict[] {
  return withFiles(program, (linter, nameOf) =>
    program.files
      // Beside the first, those that say something of themselves
      .filter(
        ({ name, lines }, index) =>
          name === null || index === 0 || lines.some(({ marks }) => marks.length > 0),
      )
      .flatMap((file) => verdictsOfFile(program, file, linter, nameOf(file))),
  );
}

/**
 * Does something while the files of a program are on disk, if they have names.
 *
 * @param work is given what lints them, and by which name it does
 */
export function withFiles<T>(
  program: Program,
  work: (linter: Linter, nameOf: (file: ProgramFile) => string) => T,
): T {
  if (program.files.every(({ name }) => name === null)) {
    // No file of this name is there, so that there is nothing that it leads to.
    return work(alone, ({ language }) => (language.includes('t') ? 'program.tsx' : 'program.jsx'));
  }
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'program-')));
  try {
    write(root, { 'package-lock.json': LOCK_FILE, 'package.json': '{}' });
    for (const { name, code } of [...program.shared, ...program.files]) {
      if (name !== null) write(root, { [name]: code });
    }
    return work(new Linter({ cwd: root }), ({ name }) => join(root, name ?? ''));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function verdictsOfFile(
  program: Program,
  file: ProgramFile,
  linter: Linter,
  filename: string,
): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  for (const languageOptions of PARSERS[file.language] ?? []) {
    const config = configOf(program, languageOptions, file.name !== null);
    const messages = linter.verify(file.code, config, { filename });
    verdicts.push({
      place: `${program.page}:${String(file.line)}`,
      written: file.lines.map(({ code, marks }) => code + marks.map(markText).join('')).join('\n'),
      found: found(file, messages),
    });
    if (program.config.suggestions === 'shown' || program.suggested.length > 0) {
      verdicts.push(suggestionsOf(program, file, messages));
    }
    if (program.config.suggestions !== undefined) {
      const own = Object.entries(config.rules ?? {}).filter(([name]) => hasOptions(program, name));
      const tried = { ...config, plugins: {}, files: ['**/*'], rules: Object.fromEntries(own) };
      const { flaws } = applySuggestions(file.code, tried, filename);
      verdicts.push({ place: program.place, written: '', found: flaws.join('\n\n') });
    }
  }
  return verdicts;
}

function hasOptions({ config }: Program, name: string): boolean {
  return Object.keys(config.rules?.[name.replace('intercom-jwt/', '')] ?? {}).length > 0;
}

/** How a program is linted. */
export function configOf(
  { config: { rules = {}, settings, sourceType = 'module', suggestions }, suggested }: Program,
  languageOptions: Linter.LanguageOptions,
  isProject: boolean,
): Linter.Config {
  const areSuggested = suggestions !== undefined || suggested.length > 0;
  return {
    files: ['**/*.{js,jsx,cjs,mjs,ts,tsx}'],
    plugins: { 'intercom-jwt': plugin },
    languageOptions: {
      ...languageOptions,
      sourceType,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    settings: {
      'intercom-jwt': {
        ...(isProject ? {} : { crossFile: false }),
        // They take long, and are the same whatever has read the program.
        suggestions: areSuggested || 'parser' in languageOptions,
        ...settings,
      },
    },
    rules: Object.fromEntries(
      Object.entries(rules).map(([name, options]) => [
        `intercom-jwt/${name}`,
        Object.keys(options).length === 0 ? 'error' : ['error', options],
      ]),
    ),
  };
}

/** The lines of a file with the marks that are due, told as closely as those that are written. */
function found(file: ProgramFile, messages: readonly Linter.LintMessage[]): string {
  const lines = file.lines.map(({ code, marks }, index) => {
    const here = messages.filter(({ ruleId, line }) => ruleId !== null && line === index + 1);
    return code + here.map((message, nth) => markText(markOf(message, file, marks[nth]))).join('');
  });
  const others = messages.filter(
    ({ ruleId, line }) => ruleId === null || line < 1 || line > lines.length,
  );
  const odd = messages.filter(
    ({ message }) => message.length > MAX_LENGTH || /\bline (?!\d)/u.test(message),
  );
  return [
    ...lines,
    ...others.map(({ message, line, column }) => `${String(line)}:${String(column)} ${message}`),
    ...odd.map(({ message }) => `Not to be read in one look, or of no known place: ${message}`),
  ].join('\n');
}

/** The mark of a report, with what the written one tells, too. */
function markOf(message: Linter.LintMessage, file: ProgramFile, written: Mark | undefined): Mark {
  const { ruleId, messageId = '' } = message;
  const range = written?.range == null ? null : rangeOf(message, file);
  const isSaid = written?.says != null && containsParts(message.message, written.says);
  return {
    rule: ruleId?.replace('intercom-jwt/', '') ?? '',
    messageId,
    range,
    says: isSaid ? written.says : written?.says == null ? null : message.message,
  };
}

/** The text that is reported, on one line; with its number, where the line has more of its kind. */
function rangeOf(message: Linter.LintMessage, file: ProgramFile): Mark['range'] {
  const { line, column, endLine = line, endColumn = column } = message;
  const lines = file.code.split('\n').slice(line - 1, endLine);
  const first = lines[0] ?? '';
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(column - 1);
  const text = lines.join('\n').replaceAll(/\s+/gu, ' ');
  const before = first.slice(0, column - 1).split(text).length;
  const isAmbiguous = first.split(text).length > 2;
  return { text, nth: isAmbiguous ? before : null };
}

/** Whether a message contains these parts, one behind the other. */
function containsParts(message: string, parts: string): boolean {
  let from = 0;
  for (const part of parts.split(' … ')) {
    const at = message.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** What is suggested, with the programs that come of it. */
function suggestionsOf(
  { suggested, place }: Program,
  { code }: ProgramFile,
  messages: readonly Linter.LintMessage[],
): Verdict {
  const made = messages.flatMap(({ suggestions = [] }) => suggestions);
  return {
    place,
    written: suggested
      .map(({ messageId, says, output }) => told(messageId, says, output ?? ''))
      .join('\n\n'),
    found: made
      .map(({ messageId = '', desc, fix }, index) => {
        const [from, to] = fix.range;
        const says = suggested[index]?.says == null ? null : desc;
        return told(messageId, says, changed(code, [{ from, to, text: fix.text }]));
      })
      .join('\n\n'),
  };
}

function told(messageId: string, says: string | null, output: string): string {
  return `💡 ${messageId}${says === null ? '' : ` — ${says}`}\n${output}`;
}
