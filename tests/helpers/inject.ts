/** Calls of the SDK put into real files, at places that a seed picks. */

import { childrenOf, isFunction, type Node } from '../../src/syntax/ast.ts';
import { endOf, offsetOf } from '../../src/syntax/places.ts';
import type { Source } from './corpus.ts';

const SPECIFIER = '@intercom/intercom-react-native';

const AWAITED = [
  'await Intercom.setUserJwt(token);',
  'try { await Intercom.setUserJwt(token); } catch {}',
  'await Intercom.loginUserWithUserAttributes(user);',
  'await Intercom.present();',
  'await Intercom.logout();',
];

const DROPPED = [
  'Intercom.setUserJwt(token);',
  'Intercom.present();',
  'Intercom.updateUser(user);',
  'Intercom.logout();',
  'if (token) Intercom.setUserJwt(token);',
];

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const character of seed) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A place where a statement can stand. */
interface Place {
  readonly offset: number;
  readonly isAsync: boolean;
}

/** A file's text with so many calls in it, and with what makes them calls of the SDK. */
export function injected(text: string, { program }: Source, count: number, seed: string): string {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T | undefined =>
    items[Math.floor(random() * items.length)];
  const places = placesIn(program);
  const chosen = new Map<number, string>();
  for (let index = 0; index < count; index++) {
    const place = pick(places);
    if (place === undefined) break;
    chosen.set(place.offset, pick(place.isAsync && random() < 0.8 ? AWAITED : DROPPED) ?? '');
  }
  const head =
    program.sourceType === 'module'
      ? `import Intercom from '${SPECIFIER}';`
      : `const Intercom = require('${SPECIFIER}').default;`;
  let result = '';
  let end = 0;
  for (const [offset, statement] of [...chosen].sort(([one], [other]) => one - other)) {
    // The statement before may end without a semicolon where it is the last.
    result += `${text.slice(end, offset)}; ${statement} `;
    end = offset;
  }
  const [, hashbang = '', rest = ''] = /^(#!.*\n)?([\s\S]*)$/.exec(result + text.slice(end)) ?? [];
  return `${hashbang}${head} ${rest}`;
}

/** Behind each statement of each list. */
function placesIn(program: Node): readonly Place[] {
  const places: Place[] = [];
  const open: (readonly [Node, boolean])[] = [[program, false]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, isAsync] = next;
    const isInside = isFunction(node) ? node.async : node.type === 'StaticBlock' ? false : isAsync;
    const list =
      node.type === 'BlockStatement' || node.type === 'Program' || node.type === 'StaticBlock'
        ? node.body
        : node.type === 'SwitchCase'
          ? node.consequent
          : [];
    for (const statement of list) {
      // A text that ends with no semicolon may go on with what is put behind it.
      const isWhole =
        statement.type.endsWith('Declaration') ||
        /Block|If|For|While|Try|Switch/.test(statement.type);
      const isDirective =
        statement.type === 'ExpressionStatement' && statement.expression.type === 'Literal';
      if (isDirective) continue;
      if (
        isWhole ||
        statement.type === 'ExpressionStatement' ||
        statement.type === 'ReturnStatement'
      ) {
        places.push({
          offset: isWhole ? endOf(statement) : offsetOf(statement),
          isAsync: isInside,
        });
      }
    }
    for (const child of childrenOf(node)) open.push([child, isInside]);
  }
  return places;
}
