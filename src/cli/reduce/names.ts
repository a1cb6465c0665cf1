/** Takes a user's names, strings and comments out of a program. */

import { parseSync, visitorKeys } from 'oxc-parser';

import type { Syntax } from '../oxc.ts';
import type { Edit } from './edits.ts';

/** Names that every program has. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ...['window', 'document', 'require', 'module', 'exports', 'undefined', 'arguments'],
]);

/** What every value or promise has. */
const MEMBERS: ReadonlySet<string> = new Set(
  [Object, Array, Promise, String, Function].flatMap((one) => [
    ...Object.getOwnPropertyNames(one),
    ...Object.getOwnPropertyNames(one.prototype),
  ]),
);

/** A name or a text that might give something away, with all of its places. */
export interface Word {
  readonly word: string;
  readonly kind: 'name' | 'text';
  readonly edits: (replacement: string) => readonly Edit[];
}

interface Place {
  readonly from: number;
  readonly to: number;
  /** What stands around the replacement. */
  readonly quote: string;
}

/** The words of a program. Where it cannot be parsed, there are none. */
export function wordsOf(text: string, syntax: Syntax): readonly Word[] {
  const { program, errors } = parseSync(`file.${syntax}`, text, { lang: syntax, range: true });
  if (errors.length > 0) return [];
  const found = new Map<string, { kind: Word['kind']; word: string; places: Place[] }>();
  const add = (kind: Word['kind'], word: string, place: Place): void => {
    const key = `${kind} ${word}`;
    const entry = found.get(key) ?? { kind, word, places: [] };
    entry.places.push(place);
    found.set(key, entry);
  };
  const pending: unknown[] = [program];
  const seen = new Set<string>();
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    const type: unknown = Reflect.get(value, 'type');
    if (typeof type !== 'string') continue;
    for (const key of visitorKeys[type] ?? []) pending.push(...listAt(value, key));
    const from = Number(Reflect.get(value, 'start'));
    const to = Number(Reflect.get(value, 'end'));
    // A shorthand property has its name twice, in one place.
    if (seen.has(`${type} ${from}`)) continue;
    seen.add(`${type} ${from}`);
    if (/^(?:JSX)?Identifier$|^PrivateIdentifier$/u.test(type)) {
      const name = String(Reflect.get(value, 'name'));
      const at = type === 'PrivateIdentifier' ? from + 1 : from;
      if (GLOBALS.has(name) || MEMBERS.has(name)) continue;
      if (type === 'JSXIdentifier' && /^[a-z]+$/u.test(name)) continue;
      add('name', name, { from: at, to: at + name.length, quote: '' });
    } else if (type === 'Literal' && typeof Reflect.get(value, 'value') === 'string') {
      const word = String(Reflect.get(value, 'value'));
      if (word !== '') add('text', word, { from, to, quote: "'" });
    } else if (type === 'TemplateElement' || type === 'JSXText') {
      const source = text.slice(from, to);
      const [, word = ''] = /^[`}]?([^]*?)(?:`|\$\{)?$/u.exec(source) ?? [];
      if (word.trim() === '') continue;
      const at = from + source.indexOf(word);
      add('text', word, { from: at, to: at + word.length, quote: '' });
    }
  }
  return [...found.values()]
    .map(({ kind, word, places }): Word => ({
      kind,
      word,
      edits: (replacement) =>
        places.map(({ from, to, quote }) => ({ from, to, text: quote + replacement + quote })),
    }))
    .sort((one, other) => (one.word < other.word ? -1 : 1));
}

function listAt(node: object, key: string): readonly unknown[] {
  const value: unknown = Reflect.get(node, key);
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Replaces several places of a text at once. */
export function replaced(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((one, other) => other.from - one.from);
  return ordered.reduce(
    (result, { from, to, text: part }) => result.slice(0, from) + part + result.slice(to),
    text,
  );
}

/** The places of the comments of a program. */
export function commentsOf(text: string, syntax: Syntax): readonly Edit[] {
  const { comments } = parseSync(`file.${syntax}`, text, { lang: syntax });
  return comments.map(({ start, end }) => ({ from: start, to: end, text: '' }));
}
