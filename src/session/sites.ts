/** Find: the uses of the clients that a solution reaches, and the states in which it does. */

import { isNode, rootOf, type Node, type Program } from '../syntax/ast.ts';
import { offsetOf } from '../syntax/places.ts';
import type { States } from '../flow/algebra/relation.ts';
import type { Answers } from '../flow/solve/solution.ts';
import { eachKind } from '../flow/algebra/summary.ts';
import type { Reading, Use } from './reading.ts';

/** A call of a client's method, or a reference to the method that is handed to somebody. */
export interface Site extends Use {
  /** The states in which it is reached. */
  readonly states: States;
}

/** The uses of the clients that are reached. */
export interface Solved {
  /** Those in the file, in the order of the source. */
  readonly sites: readonly Site[];
  /** Those in other modules, by their paths and places. */
  readonly foreign: readonly Site[];
  /** The use at a node, also in another module. */
  readonly at: (node: object) => Site | null;
  readonly solution: Answers;
}

/** What clears the session, here or in other modules. */
export function clearsOf({ sites, foreign }: Solved): readonly Node[] {
  return [...sites, ...foreign].flatMap(({ role, node }) => (role === 'clear' ? [node] : []));
}

/** What is told of a file that is too much work. */
export const UNSOLVED: Solved = {
  sites: [],
  foreign: [],
  at: () => null,
  solution: {
    places: () => [],
    statesAt: () => 0,
    explain: () => null,
    within: () => null,
    untold: (step) => step,
    beforeEntry: () => null,
    callsBeginning: () => [],
    statesWithout: () => 0,
    isFollowed: () => false,
    resultsBehind: () => new Set(),
    resultsOf: () => eachKind(() => 0),
  },
};

/**
 * The uses that a solution reaches.
 *
 * @param program the file
 * @param pathOf the path of another module, by the root of its tree
 */
export function sitesOf(
  solution: Answers,
  reading: Reading,
  program: Program,
  pathOf: (root: Node) => string,
): Solved {
  const sites: Site[] = [];
  const elsewhere: { readonly path: string; readonly site: Site }[] = [];
  const byNode = new Map<object, Site>();
  for (const site of usesReached(solution, reading)) {
    byNode.set(site.node, site);
    const root = rootOf(site.node);
    if (root === program) sites.push(site);
    else elsewhere.push({ path: pathOf(root), site });
  }
  sites.sort(byPlace);
  elsewhere.sort((one, other) =>
    one.path === other.path ? byPlace(one.site, other.site) : one.path < other.path ? -1 : 1,
  );
  return {
    sites,
    foreign: elsewhere.map(({ site }) => site),
    at: (node) => byNode.get(node) ?? null,
    solution,
  };
}

/** The uses that a solution reaches, here or in other modules, in no order. */
export function usesReached(
  solution: Pick<Answers, 'places' | 'statesAt'>,
  reading: Reading,
): readonly Site[] {
  return solution.places().flatMap((place) => {
    const use = isNode(place) ? reading.useAt(place) : null;
    const reached = use === null ? 0 : solution.statesAt(use.node);
    return use === null || reached === 0 ? [] : [{ ...use, states: reached }];
  });
}

function byPlace(one: Site, other: Site): number {
  return offsetOf(one.node) - offsetOf(other.node);
}
