/**
 * Whether a text is nested more deeply than a native parser has stack for: where that overflows, the
 * whole process ends, and nothing can be caught.
 */

/** What a bracket nests, what stands before its operand, and what stands behind one. */
const BRACKET = 8;
const PREFIX = 4;
const INFIX = 1;

/**
 * The most that may be open at once: 300 brackets, or 600 prefixes (`else if`, `=>`, `? :`, `!`) or
 * calls in a chain, or a chain of 2,500 of anything else. Of the worst, functions in default values of
 * parameters, a stack of one megabyte, the smallest that Node.js runs on, bears half as much again.
 */
const MAX_WEIGHT = 2500;

/** Words with an operand behind them. */
const PREFIXES = new Set(
  'abstract asserts await class delete extends function infer is keyof new readonly typeof unique void yield'.split(
    ' ',
  ),
);
/** Words between two operands. */
const INFIXES = new Set(['as', 'in', 'instanceof', 'of', 'satisfies']);
/** Words with a statement behind them. */
const STATEMENTS = new Set(['do', 'else']);
/** Words with the head of a statement in brackets behind them, and the statement behind that. */
const HEADED = new Set(['for', 'if', 'while', 'with']);
/** Words that nest nothing, but are no operand. */
const INTRODUCTIONS = new Set(
  'async break case catch const continue default enum export finally import let return switch throw try var'.split(
    ' ',
  ),
);
/** Words that go on with the statement before them. */
const CONTINUATIONS = new Set(['catch', 'else', 'finally', 'while']);
/** Words that go on with the expression, or the type, before them. */
const LINKS = new Set([...INFIXES, 'extends', 'is']);

const SPACE = /\s+/y;
const WORD = /[\p{ID_Start}$_#@\\\d][\p{ID_Continue}$\\]*/uy;
/** What begins an element, and not the type parameters of an arrow function. */
const ELEMENT = /<(?:>|[\p{ID_Start}$_](?![\p{ID_Continue}$]*\s*(?:,|=|extends\s)))/uy;
const PUNCTUATION =
  /=>|\?\.(?!\d)|\.\.\.|\+\+|--|[!=]==?|\*\*=?|&&=?|\|\|=?|\?\?=?|<<=?|>+=?|[-+*/%&|^<]=|[^]/y;
/** Marks that stand before an operand, where none is before them. */
const SIGNS = new Set(['!', '~', '+', '-', '++', '--']);
/** Marks whose right side can hold more of them. */
const FROM_RIGHT = new Set(['=', '=>', '?', ':', '**']);
const POSTFIXES = new Set(['!', '++', '--']);
const COMPARISONS = new Set(['==', '===', '!=', '!==', '<=', '>=']);

type Opener = '(' | '[' | '{' | '`' | 'tag' | 'element' | 'file';

const OPENER_OF: ReadonlyMap<string, Opener> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** Something that is open: a bracket, a template, a tag, an element, and the file as a whole. */
interface Level {
  readonly opener: Opener;
  /** What the statement weighs of which it is the head; null where it is none. */
  readonly head: number | null;
  /** What weigh the statements that have begun in it. */
  statements: number;
  /** The same before the last semicolon, behind which `else` goes on with them. */
  before: number;
  /** What weighs the expression that has begun in it. */
  expression: number;
  /** How many `<` may be type arguments that are still open. */
  angles: number;
}

/** What the last token was. */
type Previous = 'operand' | 'operator' | 'block' | 'end';

/**
 * Whether a text may be nested too deeply for a native parser. Linear in its length. It follows the
 * tokens alone, so that of what it cannot know it takes the deeper.
 *
 * @param hasElements whether `<a>` is an element, not a type
 */
export function isTooDeep(text: string, hasElements: boolean): boolean {
  return new Scan(text, hasElements).isTooDeep();
}

class Scan {
  readonly #text: string;
  readonly #hasElements: boolean;
  readonly #outer: Level[] = [];
  #top = levelOf('file');
  /** What weighs all but the top level. */
  #below = 0;
  #at = 0;
  #previous: Previous = 'end';
  /** The word, or the mark, before. */
  #last = '';
  #beforeLast = '';
  #isNewLine = false;
  /** Up to where quotations, or regular expressions, that begin there have no end on their line. */
  readonly #unclosed = new Map<string, number>();

  constructor(text: string, hasElements: boolean) {
    this.#text = text;
    this.#hasElements = hasElements;
  }

  isTooDeep(): boolean {
    while (this.#at < this.#text.length) {
      if (this.#top.opener === '`') this.#templateText();
      else if (this.#top.opener === 'element') this.#elementText();
      else this.#token();
      if (this.#below + weightOf(this.#top) > MAX_WEIGHT) return true;
    }
    return false;
  }

  #open(opener: Opener, head: number | null = null): void {
    this.#below += weightOf(this.#top) + BRACKET;
    this.#outer.push(this.#top);
    this.#top = levelOf(opener, head);
    this.#previous = opener === '{' ? 'end' : 'operator';
  }

  #close(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) return;
    this.#top = outer;
    this.#below -= weightOf(outer) + BRACKET;
    this.#previous = 'operand';
  }

  #templateText(): void {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at++];
      if (character === '\\') {
        this.#at++;
      } else if (character === '`') {
        this.#close();
        return;
      } else if (character === '$' && this.#text[this.#at] === '{') {
        this.#at++;
        this.#open('{');
        return;
      }
    }
  }

  /** What stands between the tags of an element. */
  #elementText(): void {
    this.#at = this.#find(/[<{]/g, this.#at) + 1;
    if (this.#text[this.#at - 1] === '{') {
      this.#open('{');
    } else if (this.#text[this.#at] === '/') {
      this.#at = this.#find(/>/g, this.#at) + 1;
      this.#close();
    } else {
      this.#open('tag');
    }
  }

  /** Where an expression is found next; the end of the text where it is not. */
  #find(expression: RegExp, from: number): number {
    expression.lastIndex = from;
    return expression.exec(this.#text)?.index ?? this.#text.length;
  }

  #token(): void {
    SPACE.lastIndex = this.#at;
    const space = SPACE.exec(this.#text)?.[0];
    if (space !== undefined) {
      this.#isNewLine ||= /[\n\r\u2028\u2029]/.test(space);
      this.#at += space.length;
      return;
    }
    const character = this.#text.charAt(this.#at);
    if (character === '/' && this.#comment()) return;
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0];
    if (word !== undefined) {
      this.#at += word.length;
      this.#onWord(this.#last === '.' || this.#last === '?.' ? '' : word);
    } else if (character === "'" || character === '"') {
      this.#quotation(character);
    } else if (character === '/' && this.#isRegularExpression()) {
      this.#quotation('/');
    } else {
      PUNCTUATION.lastIndex = this.#at;
      const mark = PUNCTUATION.exec(this.#text)?.[0] ?? character;
      this.#onMark(mark);
    }
    this.#isNewLine = false;
  }

  /** Passes a comment; whether there is one. */
  #comment(): boolean {
    const second = this.#text[this.#at + 1];
    if (second === '/') {
      this.#at = this.#find(/[\n\r\u2028\u2029]/g, this.#at);
    } else if (second === '*') {
      const end = this.#text.indexOf('*/', this.#at + 2);
      this.#at = end < 0 ? this.#text.length : end + 2;
    }
    return second === '/' || second === '*';
  }

  #isRegularExpression(): boolean {
    return this.#top.opener !== 'tag' && this.#isDue();
  }

  /** Whether an operand is due, or can begin. */
  #isDue(): boolean {
    return this.#previous === 'operator' || this.#previous === 'end';
  }

  /** Passes a string or a regular expression. What does not end on its line is none. */
  #quotation(mark: string): void {
    this.#begin('');
    this.#previous = 'operand';
    this.#remember(mark);
    const begin = this.#at++;
    if (begin < (this.#unclosed.get(mark) ?? 0)) return;
    const isAttribute = this.#top.opener === 'tag';
    let isClass = false;
    let at = begin + 1;
    for (; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === mark && !isClass) {
        this.#at = at + 1;
        return;
      }
      if (isAttribute) continue;
      if (character === '\n' || character === '\r') break;
      if (character === '\\') at++;
      else if (mark === '/' && character === '[') isClass = true;
      else if (mark === '/' && character === ']') isClass = false;
    }
    this.#unclosed.set(mark, at);
  }

  #remember(token: string): void {
    this.#beforeLast = this.#last;
    this.#last = token;
  }

  /** What was nested in a level ends where something new begins behind an operand. */
  #begin(word: string): void {
    const level = this.#top;
    if (CONTINUATIONS.has(word)) {
      if (this.#previous === 'end') level.statements = level.before;
      return;
    }
    const isNew =
      this.#previous === 'block' ||
      (this.#previous === 'operand' && this.#isNewLine) ||
      word === 'case';
    if (isNew && !LINKS.has(word)) this.#endStatement();
  }

  #endStatement(): void {
    const level = this.#top;
    level.before = level.statements;
    level.statements = 0;
    level.expression = 0;
    level.angles = 0;
  }

  #onWord(word: string): void {
    const level = this.#top;
    this.#begin(word);
    this.#previous = 'operator';
    if (STATEMENTS.has(word)) level.statements += PREFIX;
    else if (PREFIXES.has(word)) level.expression += PREFIX;
    else if (INFIXES.has(word)) level.expression += INFIX;
    else if (!INTRODUCTIONS.has(word) && !HEADED.has(word)) this.#previous = 'operand';
    // In `for await (…)`, what counts is `for`.
    if (word !== 'await' || this.#last !== 'for') this.#remember(word);
  }

  #onMark(mark: string): void {
    const level = this.#top;
    this.#at += mark.length;
    switch (mark) {
      case '(':
      case '[':
      case '`':
        // A call, a member, or a tagged template, holds what is before it. To follow calls takes more.
        if (this.#previous === 'operand') level.expression += mark === '(' ? PREFIX : INFIX;
        this.#open(mark, mark === '(' ? this.#headWeight() : null);
        break;
      case '{':
        this.#open(mark);
        break;
      case ')':
      case ']':
      case '}':
        this.#onCloser(mark);
        break;
      case ';':
        this.#endStatement();
        this.#previous = 'end';
        break;
      case ',':
        // Between type arguments, what is before may go on behind them.
        if (level.angles === 0) level.expression = 0;
        this.#previous = 'operator';
        break;
      case '.':
      case '?.':
        level.expression += INFIX;
        this.#previous = 'operator';
        break;
      case '<':
        this.#onLess();
        break;
      default:
        if (mark.startsWith('>') && this.#onGreater(mark)) break;
        this.#onOperator(mark);
    }
    this.#remember(mark);
  }

  /** What a statement weighs whose head begins; null where none does. `else if` is one statement. */
  #headWeight(): number | null {
    if (!HEADED.has(this.#last)) return null;
    return this.#beforeLast === 'else' ? 0 : PREFIX;
  }

  /** What closes nothing is left out. */
  #onCloser(mark: string): void {
    const { opener, head } = this.#top;
    if (opener !== OPENER_OF.get(mark)) return;
    this.#close();
    if (head !== null) {
      this.#top.statements += head;
      this.#previous = 'operator';
    } else if (mark === '}') {
      this.#previous = 'block';
    }
  }

  #onLess(): void {
    ELEMENT.lastIndex = this.#at - 1;
    if (this.#hasElements && this.#isDue() && ELEMENT.test(this.#text)) {
      this.#open('tag');
      return;
    }
    this.#top.angles++;
    this.#previous = 'operator';
  }

  /** Takes `>` for the end of a tag or of type arguments; whether it is. */
  #onGreater(mark: string): boolean {
    const level = this.#top;
    if (level.angles > 0) {
      const closed = Math.min(level.angles, mark.replaceAll('=', '').length);
      level.angles -= closed;
      level.expression += closed * INFIX;
      this.#previous = mark.endsWith('=') ? 'operator' : 'operand';
      return true;
    }
    if (level.opener !== 'tag') return false;
    this.#at += 1 - mark.length;
    if (this.#last === '/') this.#close();
    else this.#top = levelOf('element');
    return true;
  }

  #onOperator(mark: string): void {
    const level = this.#top;
    const isPrefix = this.#previous !== 'operand' && SIGNS.has(mark);
    if (isPrefix || isAssignment(mark) || FROM_RIGHT.has(mark)) level.expression += PREFIX;
    else level.expression += INFIX;
    // Labels are nested in each other: `a: b: …`.
    if (mark === ':' && this.#beforeLast === ':') level.statements += PREFIX;
    const isPostfix = !isPrefix && POSTFIXES.has(mark);
    this.#previous = isPostfix ? 'operand' : 'operator';
  }
}

function isAssignment(mark: string): boolean {
  return mark.length > 1 && mark.endsWith('=') && !COMPARISONS.has(mark);
}

function levelOf(opener: Opener, head: number | null = null): Level {
  return { opener, head, statements: 0, before: 0, expression: 0, angles: 0 };
}

function weightOf({ statements, expression, angles }: Level): number {
  return statements + expression + angles * PREFIX;
}
