/** Where a token goes, from where it is minted. */

import {
  functionAround,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { pathOf } from '../../syntax/forms.ts';
import type { Run } from '../mints/runs.ts';
import { namesUserJwt } from './names.ts';

/** A token is followed through so many variables. */
const MAX_HOPS = 2;

export class Destinations {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Whether a token is given a name, or to a method, that takes Intercom's. */
  areIntercom(token: Node, run: Run): boolean {
    return this.#goesToIntercom(token, run, MAX_HOPS);
  }

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
