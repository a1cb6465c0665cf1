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
  type CallExpression,
  type Node,
  type Program,
} from '../../syntax/ast.ts';
import { nodesOf } from '../../syntax/by-type.ts';
import { offsetOf } from '../../syntax/places.ts';
import { initializerOf, type Bindings } from '../../syntax/bindings.ts';
import { AUTH_TOKEN, JwtJudge, type JwtSet } from '../../session/findings/misplaced.ts';
import { isName } from '../../syntax/forms.ts';
import { assignmentOf } from '../../syntax/patterns.ts';
import { wordsOf } from '../../sdk/words.ts';
import type { Expressions, External } from '../../values/evaluate.ts';
import { textOf as constantText } from '../../values/operators.ts';

/** A file, as it is asked for what it stores. */
export interface Storing {
  readonly program: Program;
  readonly bindings: Bindings;
  readonly expressions: Expressions;
  /** The user JWTs of the file that are known by where they go. */
  readonly sets: readonly JwtSet[];
  /** Whether a value is known to be minted. */
  readonly isMinted: (value: Node) => boolean;
}

export interface StoredJwt {
  /** The call or the assignment that stores it. */
  readonly node: Node;
  /** Where it is put: the storage of a page, a cookie that scripts can read, a file of a device. */
  readonly kind: 'webStorage' | 'cookie' | 'deviceStorage';
  /** What a message calls that. */
  readonly store: string;
  readonly jwt: Node;
}

/** What is put somewhere, with the name that it has there. */
interface Put extends Omit<StoredJwt, 'jwt'> {
  readonly value: Node;
  readonly key: Node | null;
}

/** The user JWTs that a file stores, in the order of the source. */
export function storedJwts(file: Storing): readonly StoredJwt[] {
  const judge = new StoredJudge(file);
  return putsIn(file).flatMap(({ value, key, ...put }): readonly StoredJwt[] => {
    const jwt = partsOf(value).find((part) => judge.isUserJwt(part, key, put.node));
    return jwt === undefined ? [] : [{ ...put, jwt }];
  });
}

const WEB_STORES: ReadonlySet<string> = new Set(['localStorage', 'sessionStorage']);

/** Packages that write cookies, by the function that does. */
const COOKIE_PACKAGES: ReadonlyMap<string, string> = new Map([
  ['cookie', 'serialize'],
  ['js-cookie', 'set'],
  ['cookies-next', 'setCookie'],
  ['tiny-cookie', 'set'],
]);

/** Packages that write cookies into an answer, whose context the function takes first. */
const CONTEXT_COOKIE_PACKAGES: ReadonlySet<string> = new Set(['hono/cookie', 'h3']);

/** Packages that keep what they are given in files that are not encrypted. */
const ASYNC_STORAGE = '@react-native-async-storage/async-storage';
const MMKV = 'react-native-mmkv';

/** The ways to store something that a file takes. */
function putsIn(file: Storing): readonly Put[] {
  const puts: Put[] = [];
  for (const node of nodesOf(file.program, 'CallExpression')) puts.push(...calledPuts(node, file));
  for (const node of nodesOf(file.program, 'AssignmentExpression')) {
    if (node.operator === '=') puts.push(...assignedPuts(node.left, node.right, node, file));
  }
  return puts.sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
}

function assignedPuts(
  left: Node,
  value: Node,
  node: Node,
  { expressions }: Storing,
): readonly Put[] {
  const target = unwrap(left);
  if (target.type !== 'MemberExpression') return [];
  const owner = expressions.external(target.object);
  if (owner?.module !== null) return [];
  const [store = '', ...rest] = owner.path;
  if (rest.length > 0) return [];
  const name = memberName(target);
  if (WEB_STORES.has(store)) {
    return [{ node, kind: 'webStorage', store, value, key: target.property }];
  }
  const isCookie = store === 'document' && name === 'cookie';
  return isCookie ? [{ node, kind: 'cookie', store: 'document.cookie', value, key: value }] : [];
}

/** Whether a function writes a cookie into the context that it takes first: `setCookie(c, name, value)`. */
function takesContext({ module, path }: External): boolean {
  return module !== null && CONTEXT_COOKIE_PACKAGES.has(module) && path.at(-1) === 'setCookie';
}

function calledPuts(call: CallExpression, file: Storing): readonly Put[] {
  const callee = unwrap(call.callee);
  const external = file.expressions.external(callee);
  const isTold = external !== null && takesContext(external);
  const [key = null, value, options] = isTold ? call.arguments.slice(1) : call.arguments;
  if (value === undefined || value.type === 'SpreadElement' || key?.type === 'SpreadElement') {
    return [];
  }
  const put = { node: call, value, key };
  const { module, path } = external ?? { module: undefined, path: [] };
  const last = path.at(-1) ?? '';
  if (module === null) {
    const [store = ''] = path;
    if (WEB_STORES.has(store) && last === 'setItem') return [{ ...put, kind: 'webStorage', store }];
    if (store === 'cookieStore' && last === 'set') return [{ ...put, kind: 'cookie', store }];
  } else if (module !== undefined) {
    if (COOKIE_PACKAGES.get(module) === last || isTold) {
      return isReadable(options, file) ? [{ ...put, kind: 'cookie', store: module }] : [];
    }
    if (module === ASYNC_STORAGE && /^(?:set|merge)Item$/.test(last)) {
      return [{ ...put, kind: 'deviceStorage', store: 'AsyncStorage' }];
    }
  }
  if (callee.type !== 'MemberExpression') return [];
  const method = memberName(callee);
  if (method === 'set' && isMmkv(callee.object, file)) {
    return [{ ...put, kind: 'deviceStorage', store: 'MMKV' }];
  }
  const writesCookie =
    method === 'cookie' || method === 'setCookie' || (method === 'set' && isCookies(callee.object));
  return writesCookie && isReadable(options, file)
    ? [{ ...put, kind: 'cookie', store: method === 'set' ? 'cookies' : method }]
    : [];
}

/** Whether an expression is called cookies: `response.cookies`, `(await cookies())`. */
function isCookies(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return isCookies(inner.argument);
    case 'CallExpression':
      return isCookies(inner.callee);
    case 'MemberExpression':
      return /^cookies$/i.test(memberName(inner) ?? '');
    case 'Identifier':
      return /^cookie(?:s|Store)$/i.test(inner.name);
    default:
      return false;
  }
}

/** Whether a cookie with these options is one that scripts can read, as far as that is seen. */
function isReadable(options: Node | undefined, { expressions }: Storing): boolean {
  if (options === undefined) return true;
  return expressions.of(options).every(({ value, file }) => {
    if (value.kind === 'undefined') return true;
    if (value.kind !== 'object') return false;
    const outcomes = file.property(value, 'httpOnly').map((one) => one.value);
    return outcomes.every(
      (one) => one.kind === 'undefined' || (one.kind === 'boolean' && one.value === false),
    );
  });
}

/** Whether an expression is a store of `react-native-mmkv` that is not encrypted. */
function isMmkv(node: Node, { bindings, expressions }: Storing): boolean {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? bindings.variable(inner) : null;
  const init = variable === null ? inner : initializerOf(variable);
  const made = init === null ? null : unwrap(init);
  if (made?.type !== 'NewExpression' && made?.type !== 'CallExpression') return false;
  if (expressions.external(made.callee)?.module !== MMKV) return false;
  const [options] = made.arguments;
  if (options === undefined) return true;
  return expressions
    .of(options)
    .every(
      ({ value, file }) =>
        value.kind === 'object' &&
        file.property(value, 'encryptionKey').every((one) => one.value.kind === 'undefined'),
    );
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
