/** What signing keys are made of: the names on their way to the mint, and the texts in them. */

import {
  classAround,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { pathOf } from '../../syntax/forms.ts';
import { assignedTo, definedBy, type Giving } from '../../values/givings.ts';
import type { Values } from '../../values/resolve.ts';
import type { Run } from '../mints/runs.ts';
import type { Frames } from '../mints/units.ts';
import { isPublic } from './names.ts';

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

/** What a key is made of, as far as that is known. */
interface Origin extends KeyOrigin {
  readonly names: KeyName[];
  readonly literals: Node[];
  readonly seen: Set<object>;
  readonly run: Run;
  readonly frames: Frames;
}

export class KeyOrigins {
  readonly #bindings: Bindings;
  readonly #values: Values;

  constructor(bindings: Bindings, values: Values) {
    this.#bindings = bindings;
    this.#values = values;
  }

  /** @param run what the mint's parameters hold */
  of(key: Node, run: Run, frames: Frames): KeyOrigin {
    const origin: Origin = { names: [], literals: [], seen: new Set(), run, frames };
    this.#collect(key, origin, 0);
    return origin;
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
        this.#returnsOf(inner).forEach(next);
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
    const given = origin.frames.of(identifier).given(identifier);
    if (given !== null) next(given.node);
    const values = {
      partsIn: (node: Node, name: string) => this.#values.partsIn(node, name),
      callsOf: (node: FunctionNode) =>
        origin.run.entered.has(node) ? [] : this.#values.callsOf(node),
    };
    const follow = ({ nodes, names }: Giving, isFollowed: boolean): void => {
      for (const index of names.keys()) origin.names.push(named(names.slice(index).join('.')));
      if (isFollowed) nodes.forEach(next);
    };
    // In the calls that lead to the mint, a parameter is what they give to it.
    for (const giving of definedBy(variable, values)) follow(giving, given === null);
    for (const giving of assignedTo(variable, values)) follow(giving, true);
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
    const given = origin.frames.of(object).given(object);
    const literal = given === null ? null : unwrap(given.node);
    if (given !== null && literal?.type === 'ObjectExpression') {
      const value = given.file.propertyNode(literal, name);
      if (value !== null) next(value);
      return;
    }
    if (object.type === 'ThisExpression') parameterProperties(node).forEach(next);
    for (const source of this.#values.sources(node)?.nodes ?? []) next(source);
  }

  /** The one expression that a function returns, where there is one. */
  #returnsOf(target: FunctionNode): readonly Node[] {
    const returns = this.#values.returnsOf(target);
    return returns.length > 1 || target.generator ? [] : returns;
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
      this.#returnsOf(target).forEach(next);
    }
    // `secret.trim()`, `defineSecret('…').value()`.
    if (callee.type === 'MemberExpression') next(callee.object);
  }
}

/** The parameters of the constructor that declare the field which `this.name` is. */
function parameterProperties(node: Node & { readonly type: 'MemberExpression' }): readonly Node[] {
  return (classAround(node)?.body.body ?? []).flatMap((member): readonly Node[] => {
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

function named(name: string): KeyName {
  return { name, isEnvironment: isPublic(name) || ENVIRONMENT_NAME.test(name) };
}
