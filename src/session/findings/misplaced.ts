/** User JWTs that are handed to a method of the client which takes something else. */

import {
  isWithin,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';
import { wordsOf } from '../../sdk/words.ts';
import { assignedTo, definedBy, type Giving } from '../../values/givings.ts';
import type { SessionFile } from '../model.ts';
import { bindingOf } from './origins.ts';
import { argumentOf, memberOf, tokenOf } from './tokens.ts';

/** A user JWT, where it is handed over. */
export interface Misplaced {
  readonly call: CallExpression;
  readonly method: 'setUserHash' | 'setAuthTokens';
  readonly jwt: Node;
}

/** Whether a value is a JWT that does not belong there; null where nothing tells. */
export type Verdict = boolean | null;

/** What a method's tokens are judged by. */
export interface Judge {
  /** What the words of a name say. */
  readonly words: (words: readonly string[]) => Verdict;
  /** Whether no JWT belongs there at all, whosever it is. */
  readonly refusesAll: boolean;
}

/** What is made of a JWT, or stands beside it. */
const HASHES: ReadonlySet<string> = new Set(['hash', 'hashed', 'hmac', 'digest', 'signature']);

/** What a JWT is called; `setUserHash` takes no token of any kind. */
const TOKENS: ReadonlySet<string> = new Set(['jwt', 'token']);

/** What the plugins for Capacitor call the hash in the object that they take. */
const HASH_KEYS = /^(?:hmac|userHash)$/;

/** Three parts in base64url, the first of which starts with `{"`. */
const COMPACT_JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

/** The user JWTs of a file that are given to a method for something else, in the order of the source. */
export function misplacedJwts(session: SessionFile): readonly Misplaced[] {
  const found: Misplaced[] = [];
  const judge = new JwtJudge(session.bindings, setsIn(session));
  for (const call of session.callsOfMember('setUserHash')) {
    const argument = argumentOf(call, 0, session.bindings);
    if (argument === null || argument === 'unknown') continue;
    const hash = memberOf(argument, HASH_KEYS, session.bindings) ?? argument;
    if (judge.isUserJwt(hash, call, HASH)) found.push({ call, method: 'setUserHash', jwt: hash });
  }
  for (const call of session.callsOfMember('setAuthTokens')) {
    const argument = argumentOf(call, 0, session.bindings);
    if (argument === null || argument === 'unknown') continue;
    const jwt = authTokensOf(argument, session.bindings).find((token) =>
      judge.isUserJwt(token, call, AUTH_TOKEN),
    );
    if (jwt !== undefined) found.push({ call, method: 'setAuthTokens', jwt });
  }
  return found.sort((one, other) => offsetOf(one.call) - offsetOf(other.call));
}

/** What is given to `setUserJwt`, with the calls that do. */
export function setsIn(session: SessionFile): readonly JwtSet[] {
  return session.calls().flatMap((call) => {
    const argument = call.role === 'establish' ? tokenOf(call, session.bindings) : null;
    return argument === null ? [] : [{ jwt: argument, by: call.node }];
  });
}

/** A user JWT, and what it is given by to where it belongs. */
export interface JwtSet {
  readonly jwt: Node;
  readonly by: Node;
}

export const HASH: Judge = {
  words: (words) => {
    if (words.some((word) => HASHES.has(word))) return false;
    return words.some((word) => TOKENS.has(word)) ? true : null;
  },
  refusesAll: true,
};

/** The tokens of other services can be JWTs as well: what is told is the user's for Intercom. */
export const AUTH_TOKEN: Judge = {
  words: (words) => {
    const at = words.indexOf('jwt');
    return at >= 0 && (words.includes('intercom') || words[at - 1] === 'user') ? true : null;
  },
  refusesAll: false,
};

export class JwtJudge {
  readonly #bindings: Bindings;
  readonly #set = new Map<Variable, Node[]>();

  /** @param sets what is known to be a user JWT by where it goes */
  constructor(bindings: Bindings, sets: readonly JwtSet[]) {
    this.#bindings = bindings;
    for (const { jwt, by } of sets) {
      const variable = bindingOf(jwt, bindings);
      if (variable !== null) this.#set.set(variable, [...(this.#set.get(variable) ?? []), by]);
    }
  }

  /** Whether an argument of a call is, by its name and by where it comes from, a user JWT. */
  isUserJwt(argument: Node, call: Node, judge: Judge): boolean {
    return this.isSet(argument, call) || this.#says(argument, judge, new Set()) === true;
  }

  /** Whether the variable of an argument also goes to where a user JWT belongs. */
  isSet(argument: Node, call: Node): boolean {
    const variable = bindingOf(argument, this.#bindings);
    const sets = variable === null ? [] : (this.#set.get(variable) ?? []);
    return sets.some((set) => !areAlternatives(set, call));
  }

  /** What the names say that an expression has. */
  says(node: Node, judge: Judge): Verdict {
    return this.#says(node, judge, new Set());
  }

  /** What the names say that an expression has; of a variable, first those of what it is given. */
  #says(node: Node, judge: Judge, seen: Set<Variable>): Verdict {
    const inner = unwrap(node);
    const says = (next: Node): Verdict => this.#says(next, judge, seen);
    switch (inner.type) {
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        const byName = judge.words(wordsOf(inner.name));
        if (variable === null || seen.has(variable)) return byName;
        seen.add(variable);
        const givings = [...definedBy(variable, BY_NAME), ...assignedTo(variable, BY_NAME)];
        return anyOf(givings.map((giving) => sayOf(giving, says, judge))) ?? byName;
      }
      case 'MemberExpression':
        return judge.words(wordsOf(memberName(inner) ?? ''));
      case 'CallExpression':
        return this.#called(inner, says, judge);
      case 'AwaitExpression':
        return says(inner.argument);
      case 'ConditionalExpression':
        return anyOf([says(inner.consequent), says(inner.alternate)]);
      case 'LogicalExpression':
        return inner.operator === '&&'
          ? says(inner.right)
          : anyOf([says(inner.left), says(inner.right)]);
      case 'TemplateLiteral':
        return inner.expressions.length === 1 ? anyOf(inner.expressions.map(says)) : null;
      case 'Literal':
        return typeof inner.value === 'string' && judge.refusesAll && COMPACT_JWT.test(inner.value)
          ? true
          : null;
      default:
        return null;
    }
  }

  /** A call says by the name of its function, or of what it reads: `SecureStore.getItem('jwt')`. */
  #called(call: CallExpression, says: (node: Node) => Verdict, judge: Judge): Verdict {
    const byName = says(call.callee);
    const callee = unwrap(call.callee);
    if (byName !== null || callee.type !== 'MemberExpression') return byName;
    const [first] = call.arguments;
    const key = first === undefined ? null : unwrap(first);
    switch (memberName(callee)) {
      case 'get':
      case 'getItem':
      case 'getItemAsync':
      case 'getString':
        return key?.type === 'Literal' ? judge.words(wordsOf(keyName(key, true) ?? '')) : null;
      case 'sign':
      case 'toString':
      case 'trim':
        return says(callee.object);
      default:
        return null;
    }
  }
}

/** What helps to follow names here: calls are not looked at, and parts go by their names. */
const BY_NAME = { callsOf: () => [], partsIn: () => [] };

/** What the names say of what a variable is given: that of a part, or else those in an expression. */
function sayOf({ nodes, names }: Giving, says: (node: Node) => Verdict, judge: Judge): Verdict {
  const name = names.at(-1);
  return name === undefined ? anyOf(nodes.map(says)) : judge.words(wordsOf(name));
}

/** True where one says so, else false where one does. */
function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(false) ? false : null;
}

/** The tokens of an object of tokens, as far as it is written out. */
function authTokensOf(argument: Node, bindings: Bindings): readonly Node[] {
  const object = objectOf(argument, bindings);
  if (object === null) return [argument];
  return object.properties.flatMap((property) =>
    property.type === 'Property' ? [property.value] : [],
  );
}

function objectOf(node: Node, bindings: Bindings): ObjectExpression | null {
  const inner = unwrap(node);
  if (inner.type === 'ObjectExpression') return inner;
  const variable = inner.type === 'Identifier' ? bindings.variable(inner) : null;
  if (variable === null || !isNeverReassigned(variable)) return null;
  const init = initializerOf(variable);
  const literal = init === null ? null : unwrap(init);
  return literal?.type === 'ObjectExpression' ? literal : null;
}

/** Whether of two calls only one is made, as some test tells. */
function areAlternatives(one: Node, other: Node): boolean {
  for (let inner: Node = one; inner.parent; inner = inner.parent) {
    const outer = inner.parent;
    if (!isWithin(other, outer)) continue;
    return (
      (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') &&
      inner !== outer.test &&
      !isWithin(other, outer.test)
    );
  }
  return false;
}
