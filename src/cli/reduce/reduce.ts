/**
 * The smallest program with the same report: as long as a smaller one still has it, take that. It is
 * the way of the shrinker of the fuzz tests, on the syntax tree of any program.
 */

import { roleOf } from '../../sdk/roles.ts';
import type { Syntax } from '../oxc.ts';
import { edited, editsOf } from './edits.ts';
import { commentsOf, replaced, wordsOf } from './names.ts';

export interface Reduced {
  readonly text: string;
  /** Words of the user's that are in it still, since it would be another program without them. */
  readonly kept: readonly string[];
  /** How many programs were tried. */
  readonly tries: number;
}

/** Words that give nothing away. */
const OWN = /^(?:[a-z]\d*|[A-Z]|s\d+|Intercom|@intercom\/[\w-]+|react-native|react)$/u;

/**
 * Makes a program smaller, and takes the user's words out of it.
 *
 * @param holds whether a program is still one for the same purpose
 * @param maxTries how many programs are tried
 * @param mark a comment that stays
 */
export function reduce(
  text: string,
  syntax: Syntax,
  holds: (text: string) => boolean,
  maxTries: number,
  mark: string,
): Reduced {
  let smallest = text;
  let tries = 0;
  const attempt = (candidate: string): boolean => {
    if (candidate === smallest || tries >= maxTries) return false;
    tries += 1;
    if (!holds(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (const comment of [...commentsOf(smallest, syntax)].reverse()) {
    if (!smallest.slice(comment.from, comment.to).includes(mark)) {
      attempt(edited(smallest, comment));
    }
  }
  attempt(tidied(smallest));
  const reserve = Math.ceil(maxTries / 5);
  for (let isShrinking = true; isShrinking;) {
    isShrinking = false;
    const skipped = new Set<string>();
    for (const edit of editsOf(smallest, syntax)) {
      // Names are yet to be replaced.
      if (tries >= maxTries - reserve) break;
      const candidate = edited(smallest, edit);
      if (candidate.length >= smallest.length || skipped.has(candidate)) continue;
      skipped.add(candidate);
      if (!attempt(candidate)) continue;
      isShrinking = true;
      break;
    }
  }
  rename();
  attempt(tidied(smallest));
  const kept = wordsOf(smallest, syntax)
    .map(({ word }) => word)
    .filter((word) => !OWN.test(word) && roleOf(word) === null);
  return { text: `${smallest.trim()}\n`, kept: [...new Set(kept)], tries };

  function rename(): void {
    let names = 0;
    let texts = 0;
    for (const { word, kind } of wordsOf(smallest, syntax)) {
      if (OWN.test(word)) continue;
      // The places have moved with what was replaced before.
      const words = wordsOf(smallest, syntax);
      const taken = new Set(words.map((one) => one.word));
      const current = words.find((one) => one.word === word && one.kind === kind);
      if (current === undefined) continue;
      let replacement: string;
      do {
        replacement = kind === 'text' ? `s${String(++texts)}` : nameAt(names++, word);
      } while (taken.has(replacement));
      if (!attempt(replaced(smallest, current.edits(replacement)))) {
        // By itself it may give something away; as a part of what it says, perhaps less.
        attempt(replaced(smallest, current.edits(`${replacement}${knownPart(word)}`)));
      }
    }
  }
}

/** What decides is often one word among others. */
function knownPart(word: string): string {
  const [known = ''] = /intercom_?(?:\w*_)?(?:secret|key|jwt)|intercom/iu.exec(word) ?? [];
  return known === '' || known === word ? '' : `_${known}`;
}

/** `a`, `b`, … `z`, `a1`, …; a component stays one. */
function nameAt(index: number, word: string): string {
  const letter = String.fromCodePoint(97 + (index % 26));
  const name = index < 26 ? letter : `${letter}${String(Math.floor(index / 26))}`;
  return /^[A-Z]/u.test(word) && /[a-z]/u.test(word) ? name.toUpperCase() : name;
}

/** A text with no empty lines, and with each line as far in as the brackets around it say. */
function tidied(text: string): string {
  let depth = 0;
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== ';')
    .map((line) => {
      const [code = ''] = line
        .replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/gu, '')
        .split('//', 1);
      const plain = code.trimEnd();
      const closing = /^[)\]}]+/u.exec(plain)?.[0].length ?? 0;
      const indent = Math.max(0, depth - closing);
      depth += (plain.match(/[([{]/gu)?.length ?? 0) - (plain.match(/[)\]}]/gu)?.length ?? 0);
      depth = Math.max(0, depth);
      return '  '.repeat(indent) + line;
    })
    .join('\n');
}
