/** What queries and mutations tell of themselves, which is so only once what they run has come to its end. */

import { unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import {
  IS_FALSE,
  IS_TRUE,
  literalQuestion,
  valueQuestion,
  type Question,
} from '../../flow/lower/questions.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import { EITHER, type Start } from '../../values/libraries/shapes.ts';
import type { Ended } from '../../values/libraries/things.ts';
import { UNDEFINED } from './asks.ts';
import type { Contents } from './contents.ts';
import type { Place } from './place.ts';
import type { Write } from './writes.ts';

/** What keeps a cache from one run of the app to the next, by a part of its name. */
const PERSISTING = [
  'query-persist-client',
  'query-sync-storage-persister',
  'query-async-storage-persister',
];

/** Components that may give a cache what it starts with. */
const PROVIDING = /SWRConfig|Hydrat|Persist/;

const IS_NULL: Question = { kind: 'equals', key: 'null', literal: 'nullish' };

export class Queries {
  readonly #kept: Keeping;
  readonly #contents: Contents;
  readonly #isNamed: (packages: readonly string[]) => boolean;
  readonly #known = new Map<object, Place | null>();

  /** @param isNamed whether one of some packages is installed */
  constructor(
    kept: Keeping,
    contents: Contents,
    isNamed: (packages: readonly string[]) => boolean,
  ) {
    this.#kept = kept;
    this.#contents = contents;
    this.#isNamed = isNamed;
  }

  /** What a property is of what a call gives that is a query, or a mutation; null for any other. */
  place(query: CallExpression, name: string): Place | null {
    const ended = this.#kept.ended(query, name);
    if (ended === null) return null;
    let place = this.#known.get(ended.key);
    if (place === undefined) {
      place = this.#placeOf(ended);
      this.#known.set(ended.key, place);
    }
    return place;
  }

  #placeOf({ key, call, runs, starts, isShared }: Ended): Place | null {
    if (call.type !== 'CallExpression' || runs.steps.length === 0) return null;
    const own: Write = { node: call, value: 'unseen', after: { runs, also: [] } };
    const others = isShared ? this.#sharing(call) : [];
    if (others === null) return null;
    const ended: Place = {
      key: { call },
      initial: null,
      starts: [],
      writes: [own, ...others],
      isRendered: true,
      // Nothing lowers it that a render would see at once.
      isOnly: false,
      lifted: null,
    };
    return { ...ended, key, starts: starts.map(questionOf), of: { call, ended } };
  }

  /** What else may be put into the cache where a query looks; null where that is kept from before. */
  #sharing(query: CallExpression): readonly Write[] | null {
    if (this.#isNamed(PERSISTING) || this.#isProvided()) return null;
    const key = this.#kept.cached(query)?.key ?? null;
    return this.#contents.libraryCalls().flatMap((call): readonly Write[] => {
      const cached = call === query ? null : this.#kept.cached(call);
      if (cached === null || !mayBeSame(key, cached.key)) return [];
      const { runs } = cached;
      const write: Write = { node: call, value: 'unseen' };
      return [runs === null ? write : { ...write, after: { runs, also: [] } }];
    });
  }

  /** Whether a cache, or what it starts with, is given by a component. */
  #isProvided(): boolean {
    return this.#contents
      .nodes()
      .some(
        (node) =>
          node.type === 'JSXOpeningElement' &&
          node.name.type === 'JSXIdentifier' &&
          PROVIDING.test(node.name.name),
      );
  }
}

function questionOf(literal: Start): Question | null {
  if (literal === EITHER) return null;
  if (literal === undefined) return UNDEFINED;
  if (literal === null) return IS_NULL;
  if (typeof literal === 'string') return valueQuestion(literal);
  return literal ? IS_TRUE : IS_FALSE;
}

/** Whether two keys may be the same, as far as literals tell. */
function mayBeSame(one: Node | null, other: Node | null): boolean {
  if (one === null || other === null) return true;
  const [first, second] = [unwrap(one), unwrap(other)];
  if (first.type === 'ArrayExpression' && second.type === 'ArrayExpression') {
    for (const [index, element] of first.elements.entries()) {
      const same = second.elements[index];
      if (element?.type === 'SpreadElement' || same?.type === 'SpreadElement') return true;
      if (element == null || same == null) return false;
      if (!mayBeSame(element, same)) return false;
    }
    return first.elements.length === second.elements.length || hasSpread(second.elements);
  }
  const [left, right] = [literalQuestion(first), literalQuestion(second)];
  if (left?.kind !== 'equals' || right?.kind !== 'equals') {
    // A list is no text.
    const isOther = left !== null ? second.type : right !== null ? first.type : null;
    return isOther !== 'ArrayExpression';
  }
  return left.key === right.key;
}

function hasSpread(elements: readonly (Node | null)[]): boolean {
  return elements.some((element) => element?.type === 'SpreadElement');
}
