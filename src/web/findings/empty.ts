/** User JWTs of the web Messenger that are none. */

import type { Node } from '../../syntax/ast.ts';
import { faultOf, type Fault } from '../../session/findings/tokens.ts';
import type { WebTelling, WebFile } from '../model.ts';

export interface EmptyJwt {
  readonly node: Node;
  readonly telling: WebTelling;
  readonly fault: Fault;
}

/**
 * The values that are no token. Nothing at all is left out by the packages, so it may be given where
 * there is no user; an empty text is sent.
 */
export function emptyJwts(file: WebFile): readonly EmptyJwt[] {
  const found = new Map<Node, EmptyJwt>();
  for (const telling of file.tellings()) {
    for (const { value, file: from, place } of file.attributesOf(telling).of.jwt.given) {
      const node = file.isOwn(place) ? place : telling.node;
      const fault = faultOf(value, false, from, true);
      if (fault === null || found.has(node)) continue;
      found.set(node, { node, telling, fault });
    }
  }
  return [...found.values()];
}
