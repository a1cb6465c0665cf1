/** User JWTs that the web Messenger is given as the hash of a user. */

import type { Node } from '../../syntax/ast.ts';
import { HASH } from '../../session/findings/misplaced.ts';
import type { Api } from '../../sdk/web/apis.ts';
import type { WebFile } from '../model.ts';
import { isMinted, judgeOf } from './jwts.ts';

export interface HashedJwt {
  readonly node: Node;
  readonly api: Api;
  /** What names the hash, where that can have another name: the JWT is not given as well. */
  readonly property: Node | null;
  readonly jwt: Node;
}

export function hashedJwts(file: WebFile): readonly HashedJwt[] {
  const found = new Map<Node, HashedJwt>();
  const judge = judgeOf(file);
  for (const telling of file.tellings()) {
    const { hash, jwt } = file.attributesOf(telling).of;
    for (const { value, place } of hash.given) {
      const isOwn = file.isOwn(place);
      const node = isOwn ? place : telling.node;
      if (found.has(node)) continue;
      if (!judge.isUserJwt(value, telling.node, HASH) && !isMinted(value, file)) continue;
      const property = isOwn && jwt.given.length === 0 ? place : null;
      found.set(node, { node, api: telling.api, property, jwt: value });
    }
  }
  return [...found.values()];
}
