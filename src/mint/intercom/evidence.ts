/**
 * Whether a mint is of Intercom's user JWT: told by names alone, since no text in a program says it.
 */

import {
  childrenOf,
  functionAround,
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';
import type { Values } from '../../values/resolve.ts';
import {
  isPublic,
  namesIntercom,
  namesIntercomKey,
  namesIntercomMint,
  namesOtherClaim,
  namesOtherIntercom,
  namesOtherToken,
  namesUserJwt,
} from './names.ts';
import { onlyReturn, pathOf, type View } from '../mints/objects.ts';
import { propertyOf, type Run } from '../mints/runs.ts';
import type { Frames } from '../mints/units.ts';

/** What is known of a mint before it is judged. */
export interface Suspect {
  /** The call that takes the payload, and those that give it what it mints, from the inside out. */
  readonly nodes: readonly Node[];
  readonly run: Run;
  readonly frames: Frames;
  readonly payload: View;
  readonly header: View | null;
  readonly keys: readonly Node[];
  /** The expression that is the token. */
  readonly token: Node;
  /** The expressions that give the life. */
  readonly lives: readonly Node[];
  /** Whether it is a set-up by itself, which is told by its key alone. */
  readonly isSetup: boolean;
}

/** A name that a key goes by on its way to the mint. */
export interface KeyName {
  readonly name: string;
  /** Whether it is that of an environment variable. */
  readonly isEnvironment: boolean;
}

/** What a signing key is made of. */
export interface KeyOrigin {
  readonly names: readonly KeyName[];
  /** Texts that are, or may be, the key. */
  readonly literals: readonly Node[];
}

/** Claims of the tokens of video services and of Atlassian's apps. */
const FOREIGN_CLAIMS = ['grants', 'voice', 'video', 'room', 'roomJoin', 'qsh'];

/** Claims that the application's own tokens have. */
const OWN_CLAIMS: readonly (readonly string[])[] = [
  ['scope'],
  ['scopes'],
  ['roles'],
  ['role', 'sid'],
  ['sessionId'],
  ['purpose'],
  ['jti', 'tokenType'],
  // Of the tokens of Twilio.
  ['identity', 'nbf'],
];

/** Values of `type` in the application's own tokens. */
const OWN_TYPE = /^(?:access|refresh|reset|verify|verification|session)/i;

/** Functions that read what their argument names. */
const READERS =
  /^(?:get|getOrThrow|getenv|env|defineSecret|defineString|secret|require|required|requireEnv|requiredEnv|getEnv|mustGetEnv)$/i;

/** Those of them that take a fallback after it. */
const READERS_WITH_FALLBACK = /^(?:get|env|getenv)$/i;

/** An environment variable's name, as a text. */
const ENVIRONMENT_NAME = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** Functions that make a key of its text. */
const KEY_MAKERS = new Set([
  'from',
  'encode',
  'importKey',
  'createSecretKey',
  'parse',
  'TextEncoder',
  'Uint8Array',
]);

/** Where an object holds the key that it says more about, such as its algorithm or encoding. */
const HOLDS_KEY = /^(?:key|private|secret|utf8|hex|b64u?)$/;

const MAX_DEPTH = 10;

/** A token is followed through so many variables. */
const MAX_HOPS = 2;

/** What a key is made of, as far as that is known. */
interface Origin extends KeyOrigin {
  readonly names: KeyName[];
  readonly literals: Node[];
  readonly seen: Set<object>;
  readonly run: Run;
  readonly frames: Frames;
}

/** Judges the mints of the files that are looked at. */
export class Evidence {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #hasForeignImport: (node: Node) => boolean;

  /** @param hasForeignImport whether the file of a node imports a package that mints for another service */
  constructor(bindings: Bindings, values: Values, hasForeignImport: (node: Node) => boolean) {
    this.#bindings = bindings;
    this.#values = values;
    this.#hasForeignImport = hasForeignImport;
  }

  isIntercom(suspect: Suspect): boolean {
    if (this.#isForeign(suspect)) return false;
    if (suspect.keys.some((key) => this.#isIntercomKey(key, suspect))) return true;
    if (suspect.isSetup) return false;
    if (this.#goesToIntercom(suspect.token, suspect.run, MAX_HOPS)) return true;
    if (this.#isOwn(suspect)) return false;
    const names = suspect.nodes.flatMap((node) => enclosingNames(node));
    if (names.some(({ name, isFunction: is }) => is && namesIntercomMint(name))) return true;
    if (!suspect.payload.entries.has('user_id')) return false;
    return (
      names.some(({ name }) => namesIntercom(name)) ||
      suspect.lives.some((life) => this.#namesIn(life).some((name) => namesIntercom(name)))
    );
  }

  /** What a key is made of: the names on its way, and the texts in it. */
  originOf(key: Node, { run, frames }: Pick<Suspect, 'run' | 'frames'>): KeyOrigin {
    const origin: Origin = { names: [], literals: [], seen: new Set(), run, frames };
    this.#collect(key, origin, 0);
    return origin;
  }

  #isIntercomKey(key: Node, suspect: Suspect): boolean {
    return this.originOf(key, suspect).names.some(({ name }) => namesIntercomKey(name));
  }

  /** Marks of another service, which nothing outweighs. */
  #isForeign({ payload, header, nodes, run }: Suspect): boolean {
    const through = [...nodes, ...run.calls.map(({ call }) => call)];
    if (through.some((node) => this.#hasForeignImport(node))) return true;
    if (FOREIGN_CLAIMS.some((claim) => payload.entries.has(claim))) return true;
    if (this.#texts(payload, 'iss').some((text) => /^SK[\da-f]{8}/i.test(text))) return true;
    return header !== null && this.#texts(header, 'cty').some((text) => text.startsWith('twilio'));
  }

  /** Marks of the application's own tokens, which a key or a destination outweighs. */
  #isOwn({ payload, nodes }: Suspect): boolean {
    if (OWN_CLAIMS.some((claims) => claims.every((claim) => payload.entries.has(claim))))
      return true;
    if ([...payload.entries.keys()].some(namesOtherClaim)) return true;
    const types = ['type', 'typ', 'token_type'].flatMap((name) => this.#texts(payload, name));
    if (types.some((text) => OWN_TYPE.test(text))) return true;
    return nodes.some((node) => {
      const names = enclosingNames(node);
      const nearest = [names[0], names.find(({ isFunction: is }) => is)];
      const owner = names.find(({ isClass: is }) => is);
      return (
        nearest.some((one) => one !== undefined && namesOtherToken(one.name)) ||
        [...nearest, owner].some((one) => one !== undefined && namesOtherIntercom(one.name))
      );
    });
  }

  #texts(view: View, name: string): readonly string[] {
    return (view.entries.get(name) ?? []).flatMap(({ value, file }) =>
      file
        .of(value)
        .flatMap(({ value: one }) =>
          one.kind === 'string' && one.text !== null ? [one.text] : [],
        ),
    );
  }

  /** Whether a token is given a name, or to a method, that takes Intercom's. */
  #goesToIntercom(token: Node, run: Run, hops: number): boolean {
    if (this.#callbackGoes(token, run, hops)) return true;
    let node = token;
    for (let parent = node.parent ?? null; parent !== null; parent = parent.parent ?? null) {
      switch (parent.type) {
        case 'Property': {
          if (parent.value !== node) return false;
          const name = keyName(parent.key, parent.computed);
          return name !== null && (namesUserJwt(name) || isGivenToIntercom(parent));
        }
        case 'PropertyDefinition': {
          const name = keyName(parent.key, parent.computed);
          return name !== null && namesUserJwt(name);
        }
        case 'VariableDeclarator':
          return parent.id.type === 'Identifier' && this.#variableGoes(parent.id, run, hops);
        case 'AssignmentExpression': {
          const target = unwrap(parent.left);
          if (target.type === 'Identifier') return this.#variableGoes(target, run, hops);
          const name = target.type === 'MemberExpression' ? memberName(target) : null;
          return name !== null && namesUserJwt(name);
        }
        case 'CallExpression':
          if (parent.callee === node) return false;
          return takesUserJwt(parent.callee);
        case 'MemberExpression': {
          const call = parent.parent;
          if (parent.object !== node || call?.type !== 'CallExpression') return false;
          if (call.callee !== parent) return false;
          const name = memberName(parent);
          if (name === 'then') return this.#handlerGoes(call.arguments[0], 0, run, hops);
          // These hand the token on.
          if (name !== 'catch' && name !== 'finally') return false;
          parent = call;
          break;
        }
        case 'ReturnStatement':
        case 'ArrowFunctionExpression':
          return this.#resultGoes(parent, run, hops);
        case 'JSXAttribute':
          return parent.name.type === 'JSXIdentifier' && namesUserJwt(parent.name.name);
        case 'AwaitExpression':
        case 'LogicalExpression':
        case 'ConditionalExpression':
        case 'JSXExpressionContainer':
          break;
        default:
          if (unwrap(parent) !== unwrap(node)) return false;
      }
      node = parent;
    }
    return false;
  }

  /** Whether what a function returns goes to Intercom's, by the calls of a run. */
  #resultGoes(end: Node, run: Run, hops: number): boolean {
    const owner = isFunction(end) ? end : functionAround(end);
    const index = run.calls.findIndex(({ target }) => target === owner);
    const followed = run.calls[index];
    if (followed === undefined) return false;
    return this.#goesToIntercom(followed.call, { ...run, calls: run.calls.slice(0, index) }, hops);
  }

  /** `jwt.sign(claims, key, options, (error, token) => …)` */
  #callbackGoes(token: Node, run: Run, hops: number): boolean {
    if (token.type !== 'CallExpression') return false;
    const last = token.arguments.at(-1);
    return last !== undefined && isFunction(unwrap(last)) && this.#handlerGoes(last, 1, run, hops);
  }

  /** Whether a function that is handed a token in one of its parameters has it go to Intercom's. */
  #handlerGoes(handler: Node | undefined, index: number, run: Run, hops: number): boolean {
    if (handler === undefined) return false;
    const target = unwrap(handler);
    if (!isFunction(target)) return takesUserJwt(target);
    const parameter = target.params[index];
    return parameter?.type === 'Identifier' && this.#variableGoes(parameter, run, hops);
  }

  #variableGoes(identifier: Node, run: Run, hops: number): boolean {
    if (identifier.type === 'Identifier' && namesUserJwt(identifier.name)) return true;
    if (hops === 0) return false;
    const variable = this.#bindings.variable(identifier);
    return (variable?.references ?? []).some(
      (reference) =>
        reference.isRead() && this.#goesToIntercom(reference.identifier, run, hops - 1),
    );
  }

  /** The names in an expression, and those in what they stand for. */
  #namesIn(node: Node): readonly string[] {
    const names: string[] = [];
    const open: Node[] = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (isFunction(next) || isClass(next)) continue;
      if (next.type === 'Identifier') names.push(next.name);
      open.push(...childrenOf(next));
    }
    return names;
  }

  #collect(node: Node, origin: Origin, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const next = (inner: Node): void => {
      this.#collect(inner, origin, depth + 1);
    };
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Literal':
        if (typeof inner.value === 'string' && inner.value !== '') origin.literals.push(inner);
        return;
      case 'TemplateLiteral':
        if (inner.expressions.length === 0 && inner.quasis[0]?.value.cooked !== '') {
          origin.literals.push(inner);
        }
        inner.expressions.forEach(next);
        return;
      case 'Identifier':
        origin.names.push({ name: inner.name, isEnvironment: ENVIRONMENT_NAME.test(inner.name) });
        this.#collectTexts(inner, origin);
        this.#collectVariable(inner, origin, next);
        return;
      case 'MemberExpression':
        this.#collectTexts(inner, origin);
        this.#collectMember(inner, origin, next);
        return;
      case 'LogicalExpression':
        if (inner.operator !== '&&') next(inner.left);
        next(inner.right);
        return;
      case 'ConditionalExpression': {
        const outcome = origin.frames.of(inner).outcome(inner.test);
        if (outcome !== false) next(inner.consequent);
        if (outcome !== true) next(inner.alternate);
        return;
      }
      case 'AwaitExpression':
        this.#collectTexts(inner, origin);
        next(inner.argument);
        return;
      case 'AssignmentExpression':
        if (inner.operator !== '=') next(inner.left);
        next(inner.right);
        return;
      case 'ObjectExpression':
        for (const property of inner.properties) {
          if (property.type !== 'Property') continue;
          const name = keyName(property.key, property.computed);
          if (name !== null && HOLDS_KEY.test(name)) next(property.value);
        }
        return;
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        // `key: async () => secret`
        const returned = onlyReturn(inner);
        if (returned !== null) next(returned);
        return;
      }
      case 'NewExpression':
      case 'CallExpression':
        this.#collectTexts(inner, origin);
        this.#collectCall(inner, origin, next);
        return;
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        if (last !== undefined) next(last);
        return;
      }
      default:
        return;
    }
  }

  /**
   * The texts that an expression stands for, of other modules and defaults of settings among them,
   * and the names of those that come from the environment.
   */
  #collectTexts(node: Node, { literals, names, frames }: Origin): void {
    for (const { value } of frames.of(node).of(node)) {
      if (value.kind !== 'string') continue;
      if (value.text !== null && value.text !== '') literals.push(node);
      if (value.environment !== null) names.push({ name: value.environment, isEnvironment: true });
    }
  }

  #collectVariable(identifier: Node, origin: Origin, next: (node: Node) => void): void {
    const variable = this.#bindings.variable(identifier);
    if (variable === null || origin.seen.has(variable)) return;
    origin.seen.add(variable);
    const argument = origin.run.args.get(variable);
    if (argument === undefined) this.#collectDefinitions(variable, origin, next);
    else next(argument);
    for (const reference of variable.references) {
      if (reference.init !== true && reference.writeExpr) next(reference.writeExpr);
    }
  }

  #collectDefinitions(variable: Variable, origin: Origin, next: (node: Node) => void): void {
    for (const { node, name, type } of variable.defs) {
      if (type === 'Parameter' && isFunction(node)) {
        this.#collectParameter(node, name, origin, next);
      } else if (type === 'ImportBinding' && node.type === 'ImportSpecifier') {
        const imported = keyName(node.imported, false);
        if (imported !== null) origin.names.push(named(imported));
      } else if (node.type === 'VariableDeclarator' && node.init !== null) {
        if (node.id === name) next(node.init);
        else for (const key of keysTo(node.id, name)) origin.names.push(named(key));
      }
    }
  }

  /** A parameter is what the calls of its function pass, or its default. */
  #collectParameter(
    node: FunctionNode,
    name: Node,
    { run }: Origin,
    next: (node: Node) => void,
  ): void {
    node.params.forEach((parameter, index) => {
      const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
      if (target !== name) return;
      if (pattern.type === 'AssignmentPattern') next(pattern.right);
      if (run.entered.has(node)) return;
      for (const call of this.#values.callsOf(node)) {
        const argument = call.arguments[index];
        if (argument !== undefined && argument.type !== 'SpreadElement') next(argument);
      }
    });
  }

  #collectMember(
    node: Node & { readonly type: 'MemberExpression' },
    origin: Origin,
    next: (node: Node) => void,
  ): void {
    const path = pathOf(node);
    const name = memberName(node) ?? '';
    const isEnvironment = /(?:^|\.)env\.[^.]+$/.test(path) || ENVIRONMENT_NAME.test(name);
    origin.names.push(isEnvironment ? { name, isEnvironment } : named(path));
    if (origin.seen.has(node)) return;
    origin.seen.add(node);
    // `secret.value()`, `config.intercom`, an object of the file.
    const object = unwrap(node.object);
    if (object.type === 'CallExpression') next(object);
    const argument = object.type === 'Identifier' ? this.#argument(object, origin.run) : null;
    if (argument?.type === 'ObjectExpression') {
      const given = propertyOf(argument, memberName(node));
      if (given !== null) next(given);
      return;
    }
    if (object.type === 'ThisExpression') parameterProperties(node).forEach(next);
    for (const source of this.#values.sources(node) ?? []) next(source);
  }

  /** What a parameter is in a run; null where that is not seen. */
  #argument(identifier: Node, { args }: Run): Node | null {
    const variable = this.#bindings.variable(identifier);
    const argument = variable === null ? undefined : args.get(variable);
    return argument === undefined ? null : unwrap(argument);
  }

  #collectCall(
    node: Node & { readonly type: 'CallExpression' | 'NewExpression' },
    origin: Origin,
    next: (node: Node) => void,
  ): void {
    const callee = unwrap(node.callee);
    const path = pathOf(callee);
    const last = path.split('.').at(-1) ?? '';
    const values = node.arguments.filter((argument) => argument.type !== 'SpreadElement');
    if (KEY_MAKERS.has(last)) {
      // `importKey('raw', key, …)` says a format first.
      for (const argument of last === 'importKey' ? values.slice(1, 2) : values.slice(0, 1)) {
        next(argument);
      }
      return;
    }
    const [first] = values;
    const text = first === undefined ? null : keyName(first, true);
    if (text !== null && (READERS.test(last) || ENVIRONMENT_NAME.test(text))) {
      origin.names.push({ name: text, isEnvironment: ENVIRONMENT_NAME.test(text) });
      if (READERS_WITH_FALLBACK.test(last)) values.slice(1, 2).forEach(next);
      return;
    }
    origin.names.push(named(path));
    for (const target of this.#values.functions(node.callee)) {
      if (origin.seen.has(target)) continue;
      origin.seen.add(target);
      const returned = onlyReturn(target);
      if (returned !== null) next(returned);
    }
    // `secret.trim()`, `defineSecret('…').value()`.
    if (callee.type === 'MemberExpression') next(callee.object);
  }
}

/** The parameters of the constructor that declare the field which `this.name` is. */
function parameterProperties(node: Node & { readonly type: 'MemberExpression' }): readonly Node[] {
  let owner: Node | null = node;
  while (owner !== null && !isClass(owner)) owner = owner.parent ?? null;
  return (owner?.body.body ?? []).flatMap((member): readonly Node[] => {
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') return [];
    return member.value.params.flatMap((parameter): readonly Node[] => {
      if (parameter.type !== 'TSParameterProperty') return [];
      const { parameter: pattern } = parameter;
      const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
      const isNamed = target.type === 'Identifier' && target.name === memberName(node);
      return isNamed ? [target] : [];
    });
  });
}

/** Whether a function takes a user JWT of Intercom's. */
function takesUserJwt(callee: Node): boolean {
  return /(?:^|\.)setUserJwt$/.test(pathOf(callee));
}

/** Whether a property is the token of `setUserJwt({ jwt })`. */
function isGivenToIntercom({
  key,
  computed,
  parent: object,
}: Node & { type: 'Property' }): boolean {
  const call = object?.parent;
  return (
    keyName(key, computed) === 'jwt' && call?.type === 'CallExpression' && takesUserJwt(call.callee)
  );
}

function named(name: string): KeyName {
  return { name, isEnvironment: isPublic(name) || ENVIRONMENT_NAME.test(name) };
}

/** The keys on the way to a name in a pattern. */
function keysTo(pattern: Node, name: Node): readonly string[] {
  if (pattern.type === 'AssignmentPattern') return keysTo(pattern.left, name);
  if (pattern.type !== 'ObjectPattern') return [];
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const target =
      property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    const key = keyName(property.key, property.computed);
    if (key === null) continue;
    if (target === name) return [key];
    const below = keysTo(target, name);
    if (below.length > 0) return [`${key}.${below[0] ?? ''}`, ...below];
  }
  return [];
}

interface EnclosingName {
  readonly name: string;
  readonly isFunction: boolean;
  readonly isClass: boolean;
}

/** The names of what a node stands in: functions, classes, properties, variables; inmost first. */
function enclosingNames(node: Node): readonly EnclosingName[] {
  const names: EnclosingName[] = [];
  const add = (name: string | null, is: boolean, ofClass = false): void => {
    if (name !== null) names.push({ name, isFunction: is, isClass: ofClass });
  };
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    const isOfFunction = isFunction(unwrap(inner));
    switch (outer.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        add(outer.id?.name ?? null, true);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        add(outer.id?.name ?? null, false, true);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'Property':
        if (outer.value === inner) add(keyName(outer.key, outer.computed), isOfFunction);
        break;
      case 'VariableDeclarator':
        add(outer.id.type === 'Identifier' ? outer.id.name : null, isOfFunction);
        break;
      case 'AssignmentExpression':
        add(pathOf(outer.left), isOfFunction);
        break;
      default:
        break;
    }
    inner = outer;
  }
  return names;
}
