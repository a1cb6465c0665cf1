/** Which values of a file are user JWTs: by where they go, where they come from, and their names. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';
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
      .flatMap(({ isIntercom, isSetup, token }) => (isIntercom && !isSetup ? [token] : [])),
  );
  return minting.size > 0 && reaches(value, { minting, names, known: new Map() }, 0);
}

/** What values are followed to. */
interface Search {
  /** The expressions that are tokens. */
  readonly minting: ReadonlySet<Node>;
  readonly names: Names;
  /** What was found of each expression; one that is being asked leads nowhere by itself. */
  readonly known: Map<Node, boolean>;
}

/** Whether a value is always that of one of these expressions, or a text with it in it. */
function reaches(value: Node, search: Search, depth: number): boolean {
  if (depth > MAX_STEPS) return false;
  const node = unwrap(value);
  let known = search.known.get(node);
  if (known === undefined) {
    search.known.set(node, false);
    known = search.minting.has(node) || isMadeOf(node, search, depth);
    search.known.set(node, known);
  }
  return known;
}

function isMadeOf(node: Node, search: Search, depth: number): boolean {
  const { bindings, values } = search.names;
  const next = (inner: Node): boolean => reaches(inner, search, depth + 1);
  switch (node.type) {
    case 'AwaitExpression':
      return next(node.argument);
    case 'Identifier': {
      const variable = bindings.variable(node);
      const init =
        variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
      return init !== null && next(init);
    }
    case 'TemplateLiteral':
      return node.expressions.some(next);
    case 'BinaryExpression':
      return node.operator === '+' && (next(node.left) || next(node.right));
    case 'ArrayExpression':
      return node.elements.some((element) => element !== null && next(element));
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      // `hmac.update(input).digest('base64url')`, `[input, signature].join('.')`
      const isOfText = callee.type === 'MemberExpression' && OF_TEXT.has(memberName(callee) ?? '');
      if (isOfText && next(callee.object)) return true;
      const returned = (values?.functions(callee) ?? []).flatMap(
        (target) => returnsOf(target, ANY_OUTCOME) ?? [null],
      );
      return returned.length > 0 && returned.every((one) => one !== null && next(one));
    }
    default:
      return false;
  }
}

/** Methods that give what a token, or the signature of one, is made of in another form. */
const OF_TEXT: ReadonlySet<string> = new Set([
  'digest',
  'join',
  'replace',
  'replaceAll',
  'toString',
  'trim',
  'update',
]);

/** Nothing is known of the tests in a function. */
const ANY_OUTCOME = { test: () => null, match: () => null };
