/** Which values of a file are user JWTs: by where they go, where they come from, and their names. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import type { MintFile } from '../../mint/model.ts';
import type { Values } from '../../values/resolve.ts';
import { returnsOf } from '../../values/returns.ts';
import { JwtJudge, setsIn, type JwtSet } from '../../session/findings/misplaced.ts';
import type { WebFile } from '../model.ts';

/** Values that are given on more often than this are not followed to a mint. */
const MAX_STEPS = 16;

/** The judge of a file, who knows what it tells of as a user JWT. */
export function judgeOf(file: WebFile): JwtJudge {
  return new JwtJudge(file.bindings, jwtsIn(file));
}

/** What is given where a user JWT belongs, to either client. */
export function jwtsIn(file: WebFile): readonly JwtSet[] {
  const { session } = file;
  const told = file
    .tellings()
    .flatMap((telling) =>
      file
        .attributesOf(telling)
        .of.jwt.given.map(({ value }) => ({ jwt: value, by: telling.node })),
    );
  return [...(session === null ? [] : setsIn(session)), ...told];
}

/** Whether a value is what a mint of the project gives, as it is. */
export function isMinted(value: Node, file: WebFile): boolean {
  const { mints, bindings } = file;
  return mints !== null && isMintedBy(mints, value, { bindings, values: file.clients.values });
}

/** What is known of the names of a file. */
export interface Names {
  readonly bindings: Bindings;
  readonly values: Values | null;
}

/** The same, of a file that need not tell the Messenger anything. */
export function isMintedBy(mints: MintFile, value: Node, names: Names): boolean {
  const minting = new Set<Node>(
    mints
      .mints()
      .flatMap(({ isIntercom, isSetup, node }) => (isIntercom && !isSetup ? [node] : [])),
  );
  return minting.size > 0 && reaches(value, minting, names, 0);
}

/** Whether a value is always that of one of these expressions. */
function reaches(value: Node, sources: ReadonlySet<Node>, names: Names, depth: number): boolean {
  if (depth > MAX_STEPS) return false;
  const next = (node: Node): boolean => reaches(node, sources, names, depth + 1);
  const node = unwrap(value);
  if (sources.has(node)) return true;
  switch (node.type) {
    case 'AwaitExpression':
      return next(node.argument);
    case 'Identifier': {
      const variable = names.bindings.variable(node);
      const init =
        variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
      return init !== null && next(init);
    }
    case 'CallExpression': {
      const returned = (names.values?.functions(node.callee) ?? []).flatMap(
        (target) => returnsOf(target, ANY_OUTCOME) ?? [null],
      );
      return returned.length > 0 && returned.every((one) => one !== null && next(one));
    }
    default:
      return false;
  }
}

/** Nothing is known of the tests in a function. */
const ANY_OUTCOME = { test: () => null, match: () => null };
