/**
 * Pages of programs, with what is to be reported of them. How one is written: `CONTRIBUTING.md`.
 */

import plugin from '../../src/index.ts';

/** How programs are linted, as the JSON blocks of a page say; a heading inherits from those above. */
export interface Config {
  /** The rules that are on, with their options. */
  readonly rules?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The plugin's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sourceType?: 'module' | 'script' | 'commonjs';
  /**
   * With `tried`, each suggestion is applied, and has to mend the program; with `shown`, all are
   * written out below it as well.
   */
  readonly suggestions?: 'tried' | 'shown';
}

const CONFIG_KEYS: ReadonlySet<string> = new Set([
  'rules',
  'settings',
  'sourceType',
  'suggestions',
]);

/** A block of code of a page. */
interface Block {
  readonly language: string;
  /** The words behind the language: `name=value`, or a name alone. */
  readonly words: ReadonlyMap<string, string>;
  readonly code: string;
  /** The line of its first line of code in the page, counted from 1. */
  readonly line: number;
}

/** What is reported, as it is written behind the line. */
export interface Mark {
  readonly rule: string;
  readonly messageId: string;
  /** The text of the range that is reported, and which of several of its kind on the line it is. */
  readonly range: { readonly text: string; readonly nth: number | null } | null;
  /** What the message contains; parts are separated by an ellipsis. */
  readonly says: string | null;
}

/** A file of a program. */
export interface ProgramFile {
  readonly name: string | null;
  readonly language: string;
  readonly code: string;
  readonly line: number;
  readonly lines: readonly { readonly code: string; readonly marks: readonly Mark[] }[];
}

/** What is suggested for a program, and what comes of it. */
interface Suggested {
  readonly messageId: string;
  readonly says: string | null;
  output: string | null;
}

export interface Program {
  /** The headings above it, from the second on. */
  readonly name: string;
  readonly isFaulty: boolean;
  readonly page: string;
  /** The page, and the line on which it begins. */
  readonly place: string;
  readonly config: Config;
  readonly files: ProgramFile[];
  /** Files that stand above it, and are a part of it. */
  readonly shared: readonly ProgramFile[];
  readonly suggested: Suggested[];
  readonly frame: Frame;
}

/** What stands around each program, so that the lines of a program are those of its block. */
interface Frame {
  readonly before: string;
  readonly after: string;
}

export interface Page {
  readonly programs: readonly Program[];
  /** What is wrong with the page itself, each with its place. */
  readonly flaws: readonly string[];
}

interface Scope {
  readonly level: number;
  readonly title: string;
  readonly line: number;
  config: Config;
  frame: Frame;
  readonly shared: ProgramFile[];
  programs: number;
}

const NO_FRAME: Frame = { before: '', after: '' };

const MARK = ' // reported: ';

const MARK_FORM = /^([\w-]+) (\w+)(?: (?:``(.+?)``|`([^`]+)`)(?:#(\d+))?)?(?: — (.+))?$/u;

/** Reads a page. `path` is how it is called in what is told. */
export function readPage(path: string, text: string): Page {
  const programs: Program[] = [];
  const flaws: string[] = [];
  const scopes: Scope[] = [];
  let program: Program | null = null;
  let suggested: Suggested | null = null;

  const tell = (line: number, what: string): void => {
    flaws.push(`${path}:${String(line)}: ${what}`);
  };
  const leave = (level: number): void => {
    for (let scope = scopes.at(-1); scope && scope.level >= level; scope = scopes.at(-1)) {
      if (scope.programs === 0) tell(scope.line, `no program under "${scope.title}"`);
      scopes.pop();
    }
  };

  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const [, hashes, title = ''] = /^(#+) (.*)$/u.exec(line) ?? [];
    const [, sign, rest = ''] = /^([❌✅💡]) ?(.*)$/u.exec(line) ?? [];
    const scope = scopes.at(-1);
    if (hashes !== undefined) {
      const level = hashes.length;
      leave(level);
      const above = scopes.at(-1);
      scopes.push({
        level,
        title,
        line: index + 1,
        config: above?.config ?? {},
        frame: above?.frame ?? NO_FRAME,
        shared: [...(above?.shared ?? [])],
        programs: 0,
      });
      program = null;
      suggested = null;
    } else if (sign === '💡') {
      const [, messageId, says = null] = /^`(\w+)`(?: — (.+))?$/u.exec(rest) ?? [];
      if (program === null || messageId === undefined) {
        tell(index + 1, 'a suggestion stands below a program, and names its message');
        continue;
      }
      suggested = { messageId, says, output: null };
      program.suggested.push(suggested);
    } else if (sign !== undefined) {
      if (scope === undefined) {
        tell(index + 1, 'a program without a heading');
        continue;
      }
      program = {
        name: (scopes.length > 1 ? scopes.slice(1) : scopes).map((one) => one.title).join(' › '),
        isFaulty: sign === '❌',
        page: path,
        place: `${path}:${String(index + 1)}`,
        config: scope.config,
        files: [],
        shared: scope.shared,
        suggested: [],
        frame: scope.frame,
      };
      programs.push(program);
      for (const one of scopes) one.programs += 1;
      suggested = null;
    } else if (line.startsWith('```')) {
      const block = blockAt(lines, index);
      index = block.line + block.code.split('\n').length - 1;
      const fault = place(block);
      if (fault !== null) tell(block.line, fault);
    }
  }
  leave(0);
  for (const one of programs) flaws.push(...flawsOf(one));
  return { programs, flaws };

  /** Puts a block where it belongs; tells what is wrong with it. */
  function place(block: Block): string | null {
    const scope = scopes.at(-1);
    if (scope === undefined) return 'a block without a heading';
    const { language, words, code } = block;
    if (program === null && words.has('frame')) {
      const frame = frameOf(code);
      if (frame === null) return 'a frame has one … where the programs are, and no comments';
      scope.frame = frame;
      return null;
    }
    if (program === null && language === 'json' && !words.has('file')) {
      return configure(scope, code);
    }
    if (suggested !== null) {
      const { before, after } = program?.frame ?? NO_FRAME;
      if (suggested.output !== null) return 'a suggestion has one block';
      suggested.output = before + code + after;
      return null;
    }
    const file = fileOf(block, program?.frame ?? NO_FRAME);
    if (typeof file === 'string') return file;
    if (program === null) {
      if (file.name === null) return 'a program stands behind ❌ or ✅';
      scope.shared.push(file);
      return null;
    }
    const options = [...words].filter(([name]) => name !== 'file');
    if (options.length > 0) {
      const [rule, ...others] = Object.entries(program.config.rules ?? {});
      if (rule === undefined || others.length > 0) return 'whose options are these?';
      const [name, given] = rule;
      const rules = { [name]: { ...given, ...Object.fromEntries(options) } };
      Object.assign(program, { config: { ...program.config, rules } });
    }
    program.files.push(file);
    return null;
  }
}

function configure(scope: Scope, code: string): string | null {
  let config: Config;
  try {
    config = JSON.parse(code) as Config;
  } catch (error) {
    return String(error);
  }
  const unknown = Object.keys(config).find((key) => !CONFIG_KEYS.has(key));
  if (unknown !== undefined) return `no such key: ${unknown}`;
  const rule = Object.keys(config.rules ?? {}).find((name) => plugin.rules?.[name] === undefined);
  if (rule !== undefined) return `no such rule: ${rule}`;
  scope.config = { ...scope.config, ...config };
  return null;
}

/** The block whose fence is on a line, which is counted from 0. */
function blockAt(lines: readonly string[], index: number): Block {
  const [language = '', ...info] = (lines[index] ?? '').replace('```', '').split(' ');
  const end = lines.indexOf('```', index + 1);
  const words = info.map(
    (word) => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)] as const,
  );
  return {
    language,
    words: new Map(words),
    code: lines.slice(index + 1, end < 0 ? undefined : end).join('\n'),
    line: index + 2,
  };
}

/** What is before the `…` is put on one line, so as not to count. */
function frameOf(code: string): Frame | null {
  const [before = '', after, more] = code.split('…');
  if (after === undefined || more !== undefined || /(?:^|\s)\/\//u.test(code)) return null;
  return {
    before: before
      .split('\n')
      .map((line) => line.trim())
      .join(' '),
    after: after.trimEnd(),
  };
}

function fileOf({ language, words, code, line }: Block, frame: Frame): ProgramFile | string {
  const marks: string[] = [];
  const lines = code.split('\n').map((text, index) => {
    const [before = '', ...written] = text.split(MARK);
    const read = written.map((mark) => markOf(mark));
    const wrong = written.find((_, at) => read[at] === null);
    if (wrong !== undefined) marks.push(`line ${String(line + index)}: unknown: ${wrong}`);
    return { code: before, marks: read.filter((mark) => mark !== null) };
  });
  if (marks.length > 0) return marks.join('\n');
  const plain = lines.map((one) => one.code).join('\n');
  const name = words.get('file') ?? null;
  const framed = name === null ? frame.before + plain + frame.after : `${plain}\n`;
  return { name, language, code: framed, line, lines };
}

/** A mark; null for one that is none, or that names a rule or a message that there is not. */
function markOf(text: string): Mark | null {
  const [, rule = '', messageId = '', double, single, nth, says = null] =
    MARK_FORM.exec(text) ?? [];
  const quoted = double ?? single;
  if (plugin.rules?.[rule]?.meta?.messages?.[messageId] === undefined) return null;
  const range =
    quoted === undefined ? null : { text: quoted, nth: nth === undefined ? null : Number(nth) };
  return { rule, messageId, range, says };
}

function flawsOf({ files, isFaulty, place, config, suggested }: Program): readonly string[] {
  const flaws: string[] = [];
  const isMarked = files.some(({ lines }) => lines.some(({ marks }) => marks.length > 0));
  if (files.length === 0) flaws.push('❌ or ✅ without a block');
  else if (isFaulty && !isMarked) flaws.push('❌ without a mark');
  else if (!isFaulty && isMarked) flaws.push('✅ with a mark');
  if (files.length > 1 && files.some(({ name }) => name === null)) flaws.push('a file has a name');
  if (config.rules === undefined) flaws.push('no rule is on');
  const marked = files.flatMap(({ lines }) => lines.flatMap(({ marks }) => marks));
  const off = marked.find(({ rule }) => config.rules?.[rule] === undefined);
  if (off !== undefined) flaws.push(`${off.rule} is off`);
  if (suggested.some(({ output }) => output === null)) flaws.push('a suggestion without a block');
  return flaws.map((flaw) => `${place}: ${flaw}`);
}

/** A mark as it is written. */
export function markText({ rule, messageId, range, says }: Mark): string {
  const fence = range?.text.includes('`') === true ? '``' : '`';
  const nth = range?.nth == null ? '' : `#${String(range.nth)}`;
  const where = range === null ? '' : ` ${fence}${range.text}${fence}${nth}`;
  return `${MARK}${rule} ${messageId}${where}${says === null ? '' : ` — ${says}`}`;
}
