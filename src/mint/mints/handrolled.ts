/**
 * Signers that a file writes itself: a header and a payload in base64url, joined by a dot, under an
 * HMAC. The hash of an identifier alone, such as Intercom's older `user_hash`, is none.
 */

import {
  keyName,
  memberName,
  memberNameOf,
  unwrap,
  type CallExpression,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { pathOf } from '../../syntax/forms.ts';
import type { Objects } from './objects.ts';
import { NOTHING_IN_IT, type View } from './views.ts';

export interface HandRolled {
  /** The HMAC call. */
  readonly call: CallExpression | NewExpression;
  readonly header: View;
  readonly payload: Node;
  readonly key: Node;
}

/** What an HMAC call signs, in pieces that follow each other, and with which key. */
interface Signed {
  readonly pieces: readonly Node[];
  readonly key: Node;
}

/** The value that a name is bound to, where that is known. */
type Initial = (identifier: Node) => Node | null;

/** Whether an expression is an object that is seen, so that it is nothing encoded. */
type IsObject = (node: Node) => boolean;

const SHA_256 = /^sha-?256$/i;

/** The algorithms of the header of a JWT. */
const ALGORITHM = /^(?:HS|RS|ES|PS)\d{3}$/;

/** A header as a text: in JSON, or in base64. */
const HEADER_TEXT = /^(?:eyJ(?:hbGci|0eXAi)|\{.*"alg")/;

const MAX_DEPTH = 12;

/** Whether a call makes an HMAC with SHA-256. */
export function isHmac(call: CallExpression | NewExpression, bindings: Bindings): boolean {
  return signedBy(call, bindings) !== null;
}

/** What a name is given, from parameters to arguments and from names to names. */
function initialOf(identifier: Node, objects: Objects): Node | null {
  let found: Node | null = null;
  for (let name = identifier, hops = 0; hops < MAX_DEPTH; hops++) {
    const given = objects.source(name);
    if (given === null) break;
    found = given;
    name = unwrap(given);
    if (name.type !== 'Identifier') break;
  }
  return found;
}

/** The key of an HMAC with SHA-256, whatever it is of; null for other calls. */
export function hmacKeyOf(call: CallExpression | NewExpression): Node | null {
  const path = pathOf(call.callee);
  const [first, second] = call.arguments;
  if (first === undefined) return null;
  if (/(?:^|\.)sha256\.hmac$/.test(path)) return first;
  switch (path.split('.').at(-1)) {
    case 'createHmac':
    case 'CryptoHasher':
      return SHA_256.test(keyName(first, true) ?? '') ? (second ?? null) : null;
    case 'HmacSHA256':
      return second ?? null;
    case 'hmac':
      return pathOf(first) === 'sha256' ? (second ?? null) : null;
    default:
      return null;
  }
}

/** The signer that a call is the HMAC of; null where it signs something else. */
export function handRolled(
  call: CallExpression | NewExpression,
  bindings: Bindings,
  objects: Objects,
): HandRolled | null {
  const signed = signedBy(call, bindings);
  if (signed === null) return null;
  const initial: Initial = (identifier) => initialOf(identifier, objects);
  const segments = segmentsOf(signed.pieces, initial);
  if (segments === null) return null;
  const [headerSegment, payloadSegment] = segments;
  const isObject: IsObject = (node) => {
    const { entries, isWhole } = objects.view(node, objects.frames.of(node));
    return isWhole || entries.size > 0;
  };
  const encoded = (segment: Node): Node => encodedIn(segment, initial, isObject, 0, true);
  const header =
    headerSegment === 'header'
      ? NOTHING_IN_IT
      : headerOf(headerSegment, encoded(headerSegment), objects);
  if (header === null) return null;
  return { call, header, payload: encoded(payloadSegment), key: signed.key };
}

/** What a call signs by HMAC with SHA-256; null where it does not. */
function signedBy(call: CallExpression | NewExpression, bindings: Bindings): Signed | null {
  const path = pathOf(call.callee);
  const name = path.split('.').at(-1) ?? '';
  const [first, second, third] = call.arguments;
  if (first === undefined || second === undefined) return null;
  switch (name) {
    case 'createHmac':
    case 'CryptoHasher':
      return SHA_256.test(keyName(first, true) ?? '') ? updated(call, second, bindings) : null;
    case 'HmacSHA256':
      return { pieces: [first], key: second };
    case 'hmac':
      return third === undefined || pathOf(first) !== 'sha256'
        ? null
        : { pieces: [third], key: second };
    case 'sign':
      if (!/(?:^|\.)subtle\.sign$/.test(path) || third === undefined) return null;
      return namesHmac(first) ? { pieces: [third], key: second } : null;
    default:
      return null;
  }
}

/**
 * `createHmac(…).update(a).update(b).digest('base64url')`, or the same on a constant that holds it; a
 * digest in hex is of no JWT.
 */
function updated(hmac: Node, key: Node, bindings: Bindings): Signed | null {
  const { parent } = hmac;
  const holder = parent?.type === 'VariableDeclarator' ? bindings.variable(parent.id) : null;
  const uses =
    holder === null || !isNeverReassigned(holder)
      ? [hmac]
      : holder.references.map(({ identifier }) => identifier);
  const calls = uses.flatMap(methodCallsOn);
  const isHex = calls.some(
    ({ method, argument }) => method === 'digest' && argument && keyName(argument, true) === 'hex',
  );
  const pieces = calls.flatMap(({ method, argument }) =>
    method === 'update' && argument !== null ? [argument] : [],
  );
  return isHex || pieces.length === 0 ? null : { pieces, key };
}

/** The methods that are called on a node, and on what these give, with their first arguments. */
function methodCallsOn(
  start: Node,
): readonly { readonly method: string | null; readonly argument: Node | null }[] {
  const calls: { method: string | null; argument: Node | null }[] = [];
  for (let node = start; ;) {
    const { parent } = node;
    if (parent?.type !== 'MemberExpression' || parent.object !== node) return calls;
    const outer = parent.parent;
    if (outer?.type !== 'CallExpression' || outer.callee !== parent) return calls;
    calls.push({ method: memberName(parent), argument: outer.arguments[0] ?? null });
    node = outer;
  }
}

function namesHmac(algorithm: Node): boolean {
  const inner = unwrap(algorithm);
  if (inner.type !== 'ObjectExpression') {
    // A name: what is imported or declared elsewhere in the file says the same.
    return keyName(inner, true) === 'HMAC' || inner.type === 'Identifier';
  }
  return inner.properties.some(
    (property) =>
      property.type === 'Property' &&
      keyName(property.key, property.computed) === 'name' &&
      keyName(property.value, true) === 'HMAC',
  );
}

/** A part of a text: an expression, the dot between segments, or a header that is written out. */
type Part = Node | 'dot' | 'header';

/** The two sides of the one dot in what is signed. */
function segmentsOf(
  pieces: readonly Node[],
  initial: Initial,
): readonly [header: Node | 'header', payload: Node] | null {
  const parts: Part[] = [];
  for (const piece of pieces) {
    const flat = flatten(piece, initial, 0);
    if (flat === null) return null;
    parts.push(...flat);
  }
  const [header, dot, payload, ...others] = parts;
  if (header === undefined || payload === undefined || others.length > 0) return null;
  if (header === 'dot' || dot !== 'dot' || typeof payload === 'string') return null;
  return [header, payload];
}

/** The parts that a text is put together of. */
function flatten(node: Node, initial: Initial, depth: number): readonly Part[] | null {
  if (depth > MAX_DEPTH) return null;
  const next = (inner: Node): readonly Part[] | null => flatten(inner, initial, depth + 1);
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return (typeof inner.value === 'string' ? writtenParts(inner.value) : null) ?? [inner];
    case 'TemplateLiteral': {
      const parts: Part[] = [];
      for (const [index, quasi] of inner.quasis.entries()) {
        const text = quasi.value.cooked;
        const written = text === null ? null : writtenParts(text);
        if (written === null) return null;
        parts.push(...written);
        const expression = inner.expressions[index];
        if (expression !== undefined) parts.push(...(next(expression) ?? [expression]));
      }
      return parts;
    }
    case 'BinaryExpression': {
      if (inner.operator !== '+') return [inner];
      const [left, right] = [next(inner.left), next(inner.right)];
      return left === null || right === null ? null : [...left, ...right];
    }
    case 'Identifier': {
      const init = initial(inner);
      const parts = init === null || !isJoined(init) ? null : next(init);
      return parts ?? [inner];
    }
    case 'CallExpression': {
      const joined = joinedBy(inner, initial);
      if (joined !== null) {
        return joined.flatMap((part, index): readonly Part[] =>
          index === 0 ? [part] : ['dot', part],
        );
      }
      const encoded = textEncoded(inner);
      const parts = encoded === null ? null : next(encoded);
      // What is no text of several parts is one segment, with its encoder.
      return parts === null || parts.length < 2 ? [inner] : parts;
    }
    default:
      return [inner];
  }
}

/** The parts of a text that is written out; null where they are none of a token. */
function writtenParts(text: string): readonly Part[] | null {
  if (text === '') return [];
  if (text === '.') return ['dot'];
  return /^eyJ[\w-]+\.$/.test(text) ? ['header', 'dot'] : null;
}

/** Whether an expression puts a text together, so that its parts matter. */
function isJoined(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression') {
    return memberNameOf(inner.callee) === 'join' || textEncoded(inner) !== null;
  }
  return (
    inner.type === 'TemplateLiteral' ||
    inner.type === 'BinaryExpression' ||
    inner.type === 'Literal'
  );
}

/** The elements of `[a, b].join('.')`. */
function joinedBy(call: CallExpression, initial: Initial): readonly Node[] | null {
  const callee = unwrap(call.callee);
  const [separator] = call.arguments;
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'join') return null;
  if (separator === undefined || keyName(separator, true) !== '.') return null;
  let list = unwrap(callee.object);
  // `[header, payload].map(encode).join('.')`
  if (list.type === 'CallExpression' && list.callee.type === 'MemberExpression') {
    if (memberName(list.callee) !== 'map') return null;
    list = unwrap(list.callee.object);
  }
  if (list.type === 'Identifier') list = unwrap(initial(list) ?? list);
  if (list.type !== 'ArrayExpression') return null;
  const elements: Node[] = [];
  for (const element of list.elements) {
    if (element === null || element.type === 'SpreadElement') return null;
    elements.push(element);
  }
  return elements;
}

/** What `encoder.encode(text)`, `Buffer.from(text)` and `Utf8.parse(text)` make bytes of. */
function textEncoded(call: CallExpression): Node | null {
  const path = pathOf(call.callee);
  const [argument] = call.arguments;
  if (argument === undefined || argument.type === 'SpreadElement') return null;
  const isEncoder = /(?:^|\.)(?:encode|Buffer\.from|Utf8\.parse)$/.test(path);
  const inner = unwrap(argument);
  // `encode(JSON.stringify(claims))` makes a segment, and no bytes of one.
  const isText = inner.type !== 'CallExpression' || memberNameOf(inner.callee) === 'join';
  return isEncoder && isText ? argument : null;
}

/** Names of functions that make texts or bytes of what they are given. */
const ENCODER = /enc|base64|b64|json|stringify|bytes|utf-?8|buffer|btoa|url/i;

/**
 * The object that a segment encodes: through helpers, `JSON.stringify` and `toString`. What a call
 * gives that is not seen is the object itself, where it is encoded further out.
 */
function encodedIn(
  segment: Node,
  initial: Initial,
  isObject: IsObject,
  depth: number,
  isOutermost: boolean,
): Node {
  const inner = unwrap(segment);
  if (depth > MAX_DEPTH) return inner;
  const next = (node: Node, isStill = false): Node =>
    encodedIn(node, initial, isObject, depth + 1, isStill);
  switch (inner.type) {
    case 'AwaitExpression':
      return next(inner.argument, isOutermost);
    case 'Identifier': {
      const init = initial(inner);
      const value = init === null ? null : unwrap(init);
      const isCall = value?.type === 'CallExpression' || value?.type === 'AwaitExpression';
      return isCall && !isObject(inner) ? next(value, isOutermost) : inner;
    }
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      const [argument] = inner.arguments;
      if (pathOf(callee) === 'JSON.stringify' && argument !== undefined) return argument;
      if (isObject(inner)) return inner;
      if (callee.type === 'MemberExpression') {
        const object = unwrap(callee.object);
        const isOfText = /^(?:toString|replace|replaceAll)$/.test(memberName(callee) ?? '');
        if (isOfText || object.type === 'CallExpression') return next(object, isOutermost);
      }
      if (argument === undefined || argument.type === 'SpreadElement') return inner;
      const isEncoder = isOutermost || ENCODER.test(pathOf(callee)) || isText(argument);
      return isEncoder ? next(argument) : inner;
    }
    default:
      return inner;
  }
}

/** Whether an expression makes a text of an object. */
function isText(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && ENCODER.test(pathOf(inner.callee));
}

/** The header that a segment encodes; null where it is that of no JWT. */
function headerOf(segment: Node, encoded: Node, objects: Objects): View | null {
  const texts = (node: Node, file = objects.frames.of(node)): readonly string[] =>
    file
      .of(node)
      .flatMap(({ value }) => (value.kind === 'string' && value.text !== null ? [value.text] : []));
  if ([encoded, segment].flatMap((node) => texts(node)).some((text) => HEADER_TEXT.test(text)))
    return NOTHING_IN_IT;
  const view = objects.view(encoded, objects.frames.of(encoded));
  const algorithms = (view.entries.get('alg') ?? []).flatMap(({ value, file }) =>
    texts(value, file),
  );
  return algorithms.some((text) => ALGORITHM.test(text)) ? view : null;
}
