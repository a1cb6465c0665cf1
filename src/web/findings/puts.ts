/** What a file puts into the storage of a page, into a cookie that scripts can read, or into a file of a device. */

import {
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type Program,
} from '../../syntax/ast.ts';
import { nodesOf } from '../../syntax/by-type.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Expressions, External } from '../../values/evaluate.ts';

/** A file, as it is asked for what it stores. */
export interface Putting {
  readonly program: Program;
  readonly bindings: Bindings;
  readonly expressions: Expressions;
}

/** What is put somewhere, with the name that it has there. */
export interface Put {
  /** The call or the assignment that stores it. */
  readonly node: Node;
  /** Where it is put: the storage of a page, a cookie that scripts can read, a file of a device. */
  readonly kind: 'webStorage' | 'cookie' | 'deviceStorage';
  /** What a message calls that. */
  readonly store: string;
  readonly value: Node;
  readonly key: Node | null;
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

/** A name is followed through so many others. */
const MAX_HOPS = 8;

/** The ways to store something that a file takes. */
export function putsIn(file: Putting): readonly Put[] {
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
  { expressions }: Putting,
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

function calledPuts(call: CallExpression, file: Putting): readonly Put[] {
  const callee = unwrap(call.callee);
  const external = file.expressions.external(callee);
  const isTold = external !== null && takesContext(external);
  const [key = null, value, options] = isTold ? call.arguments.slice(1) : call.arguments;
  if (key === null || key.type === 'SpreadElement') return [];
  const { module, path } = external ?? { module: undefined, path: [] };
  const last = path.at(-1) ?? '';
  const isOfPage = module === null && path[0] === 'cookieStore' && last === 'set';
  const jar =
    callee.type === 'MemberExpression' && isJar(callee.object, file) ? callee.object : null;
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (value === undefined) {
    // `cookies.set({ name, value })`
    const isCookie = isOfPage || (method === 'set' && jar !== null);
    return isCookie ? describedPuts(call, key, isOfPage ? null : jar, file) : [];
  }
  if (value.type === 'SpreadElement') return [];
  const put = { node: call, value, key };
  if (module === null) {
    const [store = ''] = path;
    if (WEB_STORES.has(store) && last === 'setItem') return [{ ...put, kind: 'webStorage', store }];
    if (isOfPage) return [{ ...put, kind: 'cookie', store }];
  } else if (module !== undefined) {
    if (COOKIE_PACKAGES.get(module) === last || isTold) {
      return isReadable(options, true, file) ? [{ ...put, kind: 'cookie', store: module }] : [];
    }
    if (module === ASYNC_STORAGE && /^(?:set|merge)Item$/.test(last)) {
      return [{ ...put, kind: 'deviceStorage', store: 'AsyncStorage' }];
    }
  }
  if (callee.type !== 'MemberExpression') return [];
  if (method === 'set' && isMmkv(callee.object, file)) {
    return [{ ...put, kind: 'deviceStorage', store: 'MMKV' }];
  }
  if (method === 'set' && jar !== null) {
    const isOpen = !isHiding(jar, file);
    return isReadable(options, isOpen, file) ? [{ ...put, kind: 'cookie', store: 'cookies' }] : [];
  }
  const writesCookie = method === 'cookie' || method === 'setCookie';
  return writesCookie && isReadable(options, true, file)
    ? [{ ...put, kind: 'cookie', store: method }]
    : [];
}

/** A cookie that is described by an object, with its value among its options. */
function describedPuts(
  call: CallExpression,
  cookie: Node,
  jar: Node | null,
  file: Putting,
): readonly Put[] {
  const object = unwrap(cookie);
  if (object.type !== 'ObjectExpression') return [];
  const value = file.expressions.propertyNode(object, 'value');
  const isOpen = jar === null || !isHiding(jar, file);
  if (value === null || !isReadable(object, isOpen, file)) return [];
  const key = file.expressions.propertyNode(object, 'name');
  const store = jar === null ? 'cookieStore' : 'cookies';
  return [{ node: call, kind: 'cookie', store, value, key }];
}

/** Whether an expression is a jar of cookies: `response.cookies`, `(await cookies())`, or a name for it. */
function isJar(node: Node, { bindings }: Putting): boolean {
  let inner = unwrap(node);
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    switch (inner.type) {
      case 'AwaitExpression':
        inner = unwrap(inner.argument);
        break;
      case 'CallExpression':
        inner = unwrap(inner.callee);
        break;
      case 'MemberExpression':
        return /^cookies$/i.test(memberName(inner) ?? '');
      case 'Identifier': {
        if (/^cookie(?:s|Store)$/i.test(inner.name)) return true;
        const given = givenTo(inner, bindings);
        if (given === null) return false;
        inner = given;
        break;
      }
      default:
        return false;
    }
  }
  return false;
}

/** What a name is bound to, if that is one thing. */
function givenTo(name: Node, bindings: Bindings): Node | null {
  const variable = bindings.variable(name);
  const init = variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
  return init === null ? null : unwrap(init);
}

/**
 * Whether a jar hides its cookies from scripts where it is not told to: that of Koa and of SvelteKit,
 * which a function gets as a part of what it is given, and that of the package `cookies`. Astro's,
 * which comes in the same way, does not.
 */
function isHiding(jar: Node, { program, bindings, expressions }: Putting): boolean {
  let root = unwrap(jar);
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (root.type === 'MemberExpression') root = unwrap(root.object);
    else if (root.type === 'NewExpression') {
      return expressions.external(root.callee)?.module === 'cookies';
    } else if (root.type === 'Identifier') {
      const variable = bindings.variable(root);
      const [definition] = variable?.defs ?? [];
      if (definition?.type === 'Parameter') return !isOfAstro(program);
      const declared = definition?.node.type === 'VariableDeclarator' ? definition.node.init : null;
      if (variable === null || declared === null || !isNeverReassigned(variable)) return false;
      root = unwrap(declared);
    } else return false;
  }
  return false;
}

function isOfAstro({ body }: Program): boolean {
  return body.some(
    (node) => node.type === 'ImportDeclaration' && /^astro(?:$|[:/])/.test(node.source.value),
  );
}

/**
 * Whether a cookie with these options is one that scripts can read, as far as that is seen.
 *
 * @param isOpen whether it is one where the options do not say
 */
function isReadable(options: Node | undefined, isOpen: boolean, { expressions }: Putting): boolean {
  if (options === undefined) return isOpen;
  return expressions.of(options).every(({ value, file }) => {
    if (value.kind === 'undefined') return isOpen;
    if (value.kind !== 'object') return false;
    const outcomes = file.property(value, 'httpOnly').map((one) => one.value);
    return outcomes.every(
      (one) =>
        (one.kind === 'undefined' && isOpen) || (one.kind === 'boolean' && one.value === false),
    );
  });
}

/** Whether an expression is a store of `react-native-mmkv` that is not encrypted. */
function isMmkv(node: Node, { bindings, expressions }: Putting): boolean {
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
