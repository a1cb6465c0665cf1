/**
 * User JWTs that are put where any script of the page, or whoever has the device, can read them. What
 * is a user JWT goes by where it comes from and where else it goes; by its name alone only in a file
 * that has one.
 */

import {
  calledName,
  childrenOf,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { AUTH_TOKEN, JwtJudge, type JwtSet } from '../../session/findings/misplaced.ts';
import { isName } from '../../syntax/forms.ts';
import { assignmentOf } from '../../syntax/patterns.ts';
import { wordsOf } from '../../sdk/words.ts';
import type { Expressions } from '../../values/evaluate.ts';
import { textOf as constantText } from '../../values/operators.ts';
import { putsIn, type Put, type Putting } from './puts.ts';

/** A file, as it is asked for the user JWTs that it stores. */
export interface Storing extends Putting {
  /** The user JWTs of the file that are known by where they go. */
  readonly sets: readonly JwtSet[];
  /** Whether a value is known to be minted. */
  readonly isMinted: (value: Node) => boolean;
}

export interface StoredJwt extends Omit<Put, 'value' | 'key'> {
  readonly jwt: Node;
}

/** The user JWTs that a file stores, in the order of the source. */
export function storedJwts(file: Storing): readonly StoredJwt[] {
  const judge = new StoredJudge(file);
  return putsIn(file).flatMap(({ value, key, ...put }): readonly StoredJwt[] => {
    const jwt = partsOf(value).find((part) => judge.isUserJwt(part, key, put.node));
    return jwt === undefined ? [] : [{ ...put, jwt }];
  });
}

/** What goes into a value as it is, or as a part of a text. */
function partsOf(value: Node): readonly Node[] {
  const parts: Node[] = [];
  const open: Node[] = [value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const inner = unwrap(node);
    if (isFunction(inner)) continue;
    parts.push(inner);
    switch (inner.type) {
      case 'ObjectExpression':
        for (const part of inner.properties) {
          open.push(part.type === 'SpreadElement' ? part.argument : part.value);
        }
        break;
      case 'TemplateLiteral':
        open.push(...inner.expressions);
        break;
      case 'BinaryExpression':
        if (inner.operator === '+') open.push(inner.left, inner.right);
        break;
      case 'CallExpression':
        if (HANDING_ON.has(calledName(inner) ?? '')) open.push(...inner.arguments.slice(0, 1));
        break;
      default:
        break;
    }
  }
  return parts;
}

/** Functions that make a text of what they are given, from which it can be read. */
const HANDING_ON: ReadonlySet<string> = new Set([
  'stringify',
  'encodeURIComponent',
  'String',
  'btoa',
  'serialize',
]);

class StoredJudge {
  readonly #file: Storing;
  readonly #judge: JwtJudge;

  constructor(file: Storing) {
    this.#file = file;
    this.#judge = new JwtJudge(file.bindings, file.sets);
  }

  isUserJwt(value: Node, key: Node | null, at: Node): boolean {
    if (value.type === 'Literal') return false;
    const { sets, isMinted } = this.#file;
    if (this.#judge.isSet(value, at) || isMinted(value)) return true;
    if (sets.length === 0) return false;
    return (
      sets.some(({ jwt }) => this.#isSame(jwt, value)) ||
      this.#judge.says(value, AUTH_TOKEN) === true ||
      (key !== null && key !== value && saysJwt(textOf(key))) ||
      this.#isFetched(value)
    );
  }

  /** Whether two expressions read the same property of the same name. */
  #isSame(one: Node, other: Node): boolean {
    const [left, right] = [unwrap(one), unwrap(other)];
    if (left.type === 'Identifier' && right.type === 'Identifier') {
      const variable = this.#file.bindings.variable(left);
      return variable !== null && variable === this.#file.bindings.variable(right);
    }
    if (left.type !== 'MemberExpression' || right.type !== 'MemberExpression') return false;
    const name = memberName(left);
    return name !== null && name === memberName(right) && this.#isSame(left.object, right.object);
  }

  /** Whether a value comes from a route that is named for the user JWT. */
  #isFetched(value: Node): boolean {
    const seen = new Set<Node>();
    const open: Origin[] = [{ node: value, file: this.#file.expressions, isFollowed: true }];
    for (let at = open.pop(); at !== undefined && seen.size < MAX_ORIGINS; at = open.pop()) {
      const node = unwrap(at.node);
      if (isFunction(node) || seen.has(node)) continue;
      seen.add(node);
      const origin = { ...at, node };
      if (node.type === 'CallExpression') {
        const [route] = node.arguments;
        if (route !== undefined && isRoute(routeText(route, at.file))) return true;
      }
      open.push(...this.#originsOf(origin));
    }
    return false;
  }

  /** What an expression, or a name, has its value from, one step back. */
  #originsOf({ node, file, isFollowed }: Origin): readonly Origin[] {
    const from = (nodes: readonly Node[], follows = isFollowed): readonly Origin[] =>
      nodes.map((one) => ({ node: one, file, isFollowed: follows }));
    switch (node.type) {
      case 'Identifier':
        return isFollowed ? from(givenTo(node, this.#file.bindings)) : [];
      case 'MemberExpression':
        return from([node.object]);
      case 'CallExpression': {
        // Of what is given to a function, it is not known what it gives back.
        const isSame = MAKING_SAME.has(calledName(node) ?? '');
        const returned = isFollowed ? (file.sources(node) ?? []) : [];
        return [
          ...returned.map((one) => ({ ...one, isFollowed: true })),
          ...from([node.callee]),
          ...from(node.arguments, isFollowed && isSame),
        ];
      }
      default:
        return from(childrenOf(node));
    }
  }
}

/** What the value of something may come from. */
interface Origin {
  readonly node: Node;
  /** The expressions of its file, in the run that it is of. */
  readonly file: Expressions;
  /** Whether what its names are given counts as well. */
  readonly isFollowed: boolean;
}

/** A value is followed back through so many expressions. */
const MAX_ORIGINS = 200;

/** The parts of a route are followed through so many names. */
const MAX_HOPS = 4;

/** Functions that give what they are given in another form. */
const MAKING_SAME: ReadonlySet<string> = new Set([...HANDING_ON, 'parse', 'resolve']);

/** What the variable of a name is given, as a whole or by a pattern. */
function givenTo(name: Node, bindings: Bindings): readonly Node[] {
  const variable = bindings.variable(name);
  if (variable === null) return [];
  const initial = variable.defs.flatMap(({ node }) =>
    node.type === 'VariableDeclarator' && node.init !== null ? [node.init] : [],
  );
  const assigned = variable.references.flatMap(({ identifier, init, writeExpr }) =>
    init === true || !writeExpr ? [] : [assignmentOf(identifier)?.right ?? writeExpr],
  );
  return [...initial, ...assigned];
}

/** What is known of the text of a route: its parts that are written, or that are constants. */
function routeText(route: Node, file: Expressions, hops = 0): string {
  const whole = constantText(file.of(route));
  if (whole !== null) return whole;
  return partsOf(route)
    .map((part) => {
      if (part.type === 'Literal' || part.type === 'TemplateLiteral') return textOf(part);
      const [only, ...others] = isName(part) && hops < MAX_HOPS ? (file.sources(part) ?? []) : [];
      const isOne = only !== undefined && others.length === 0;
      return isOne ? routeText(only.node, only.file, hops + 1) : '';
    })
    .join('/');
}

function isRoute(text: string): boolean {
  return text.includes('/') && saysJwt(text);
}

/** Whether a text names the user JWT of Intercom. */
function saysJwt(text: string): boolean {
  const words = wordsOf(text);
  return words.includes('intercom') && (words.includes('jwt') || words.includes('token'));
}

/** The text that is written in a literal, or the name of a property. */
function textOf(node: Node): string {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral') {
    return inner.quasis.map(({ value }) => value.cooked ?? '').join('/');
  }
  return keyName(inner, inner.type === 'Literal') ?? '';
}
