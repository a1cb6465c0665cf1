/** Tokens that are set and were not obtained in the run that sets them. */

import {
  childrenOf,
  functionAround,
  isFunction,
  isWithin,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { isGlobal, linkOf } from '../../syntax/promises.ts';
import { wordsOf } from '../../sdk/words.ts';
import type { ClientCall } from '../client-calls.ts';
import type { SessionFile } from '../model.ts';
import { callbacksOf, type Registration } from './callbacks.ts';
import { bindingOf, originsOf, scopeOf } from './origins.ts';
import { repeatedSets } from './repeated.ts';
import { faultOf, tokenOf } from './tokens.ts';

/** A call that sets a token which is stale there. */
export interface StaleSet {
  readonly call: ClientCall;
  /** The name of the binding that holds the token. */
  readonly token: string;
  /** Where that is declared. */
  readonly declared: Node | null;
  readonly cause:
    | { readonly kind: 'constant' }
    | { readonly kind: 'captured'; readonly by: Registration }
    | { readonly kind: 'alreadySet'; readonly earlier: Node }
    /** By an earlier run of the same call. */
    | { readonly kind: 'setAgain' };
}

/** A call that sets, and an expression that it sets. */
interface Setting {
  readonly call: ClientCall;
  readonly token: Node;
}

/** The calls of a file that set a stale token, in the order of the source, each told once. */
export function staleSets(session: SessionFile): readonly StaleSet[] {
  const settings = settingsOf(session);
  if (settings.length === 0) return [];
  const finder = new Finder(session);
  const found = new Map<CallExpression, StaleSet>();
  for (const { call, token } of settings) {
    const stale = finder.constant(call, token) ?? finder.captured(call, token);
    if (stale !== null && !found.has(call.node)) found.set(call.node, stale);
  }
  for (const [variable, calls] of byBinding(settings, session)) {
    const repeated = session.withinTraces(() => repeatedSets(session, variable, calls));
    if (repeated === null) break;
    for (const call of calls) {
      const earlier = repeated.get(call.node);
      if (earlier === undefined || found.has(call.node)) continue;
      const isSame = earlier === call.node;
      const cause = isSame
        ? { kind: 'setAgain' as const }
        : { kind: 'alreadySet' as const, earlier };
      found.set(call.node, { call, ...namedBy(variable), cause });
    }
  }
  return [...found.values()].sort(
    (one, other) => offsetOf(one.call.node) - offsetOf(other.call.node),
  );
}

function settingsOf(session: SessionFile): readonly Setting[] {
  return session.calls().flatMap((call) => {
    if (call.role !== 'establish') return [];
    const argument = tokenOf(call, session.bindings);
    if (argument === null) return [];
    return tokensIn(argument).flatMap((token) =>
      // What is no token at all is told as such.
      isToken(token, session) ? [{ call, token }] : [],
    );
  });
}

/** Whether an expression can be a token. */
function isToken(token: Node, { expressions }: SessionFile): boolean {
  const fault = faultOf(token, false, expressions);
  return fault?.id !== 'empty' && fault?.id !== 'notString';
}

/** The tokens of an argument: itself, or what an object of a client of the user's has for it. */
function tokensIn(argument: Node): readonly Node[] {
  const inner = unwrap(argument);
  if (inner.type !== 'ObjectExpression') return [inner];
  return inner.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    const words = wordsOf(keyName(property.key, property.computed) ?? '');
    return words.includes('jwt') || words.includes('token') ? [property.value] : [];
  });
}

/** The bindings whose values are set, each with the calls that do. */
function byBinding(
  settings: readonly Setting[],
  { bindings }: SessionFile,
): ReadonlyMap<Variable, readonly ClientCall[]> {
  const found = new Map<Variable, ClientCall[]>();
  for (const { call, token } of settings) {
    const variable = bindingOf(token, bindings);
    if (variable === null || !isOwn(variable, bindings)) continue;
    const calls = found.get(variable) ?? [];
    calls.push(call);
    found.set(variable, calls);
  }
  return found;
}

class Finder {
  readonly #session: SessionFile;
  readonly #callbacks: ReadonlyMap<FunctionNode, readonly Registration[]>;

  constructor(session: SessionFile) {
    this.#session = session;
    this.#callbacks = callbacksOf(session);
  }

  constant(call: ClientCall, token: Node): StaleSet | null {
    // The script of a component runs anew for each, with the props of each.
    if (this.#session.isComponent || isInModuleRun(call.node)) return null;
    const { bindings } = this.#session;
    const origin = originsOf(token, bindings).find(({ variable }) =>
      isModuleConstant(variable, bindings),
    );
    return origin === undefined
      ? null
      : { call, ...namedBy(origin.variable), cause: { kind: 'constant' } };
  }

  captured(call: ClientCall, token: Node): StaleSet | null {
    const { bindings } = this.#session;
    for (const { variable, identifier } of originsOf(token, bindings)) {
      if (!isOwn(variable, bindings)) continue;
      const scope = scopeOf(variable);
      if (scope !== null && isRender(scope)) continue;
      const by = this.#captures(identifier, variable, scope, new Set());
      if (by !== null) return { call, ...namedBy(variable), cause: { kind: 'captured', by } };
    }
    return null;
  }

  /** The timer or subscription that runs code for which a variable lies outside. */
  #captures(
    node: Node,
    variable: Variable,
    scope: FunctionNode | null,
    seen: Set<FunctionNode>,
  ): Registration | null {
    for (let outer = functionAround(node); outer !== scope && outer !== null;) {
      const registrations = this.#callbacks.get(outer) ?? [];
      const by = registrations.find((one) => isSettledBefore(variable, one));
      if (by !== undefined) return by;
      if (!seen.has(outer)) {
        seen.add(outer);
        for (const call of this.#session.values.callsOf(outer)) {
          const found = this.#captures(call, variable, scope, seen);
          if (found !== null) return found;
        }
      }
      outer = functionAround(outer);
    }
    return null;
  }
}

function namedBy({ name, defs }: Variable): Pick<StaleSet, 'token' | 'declared'> {
  return { token: name, declared: defs[0]?.name ?? null };
}

/** Whether a binding is a variable or a parameter of this file. */
function isOwn({ defs: [definition] }: Variable, bindings: Bindings): boolean {
  if (definition?.type === 'Parameter') return true;
  const node = definition?.type === 'Variable' ? definition.node : null;
  return (
    node?.type === 'VariableDeclarator' && !(node.init !== null && isImported(node.init, bindings))
  );
}

/** Whether a variable is only ever given values before a callback is registered, in that run. */
function isSettledBefore(variable: Variable, { call }: Registration): boolean {
  return variable.references.every((reference) => {
    if (!reference.isWrite() || reference.init === true) return true;
    const writer = functionAround(reference.identifier);
    const isBefore = offsetOf(reference.identifier) < offsetOf(call);
    return isBefore && (writer === null || isWithin(call, writer));
  });
}

function isModuleConstant(variable: Variable, bindings: Bindings): boolean {
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.node.type !== 'VariableDeclarator')
    return false;
  const { init } = definition.node;
  return (
    init !== null &&
    isNeverReassigned(variable) &&
    functionAround(definition.name) === null &&
    !isImported(init, bindings) &&
    canBeToken(init)
  );
}

/** `require(…)`, `import(…)`, or something of theirs */
function isImported(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ImportExpression':
      return true;
    case 'AwaitExpression':
      return isImported(inner.argument, bindings);
    case 'MemberExpression':
      return isImported(inner.object, bindings);
    case 'CallExpression':
      return isGlobal(inner.callee, 'require', bindings);
    default:
      return false;
  }
}

/** Whether an expression is not plainly something else than a token, or an empty one. */
function canBeToken(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value === 'string' && inner.value !== '';
  if (inner.type === 'Identifier') return inner.name !== 'undefined';
  if (inner.type === 'ArrayExpression' || inner.type === 'NewExpression') return false;
  return !isFunction(inner) && inner.type !== 'ClassExpression';
}

/** Whether code runs as a part of the module's own run: at its top level, or where that goes on. */
function isInModuleRun(node: Node): boolean {
  for (let outer = functionAround(node); outer !== null; outer = functionAround(outer)) {
    const { parent } = outer;
    if (parent?.type !== 'CallExpression') return false;
    const callee = unwrap(parent.callee);
    const isCalled = callee === outer;
    if (!isCalled && linkOf(callee) === null) return false;
  }
  return true;
}

const COMPONENT_OR_HOOK = /^(?:use)?[A-Z]/;
const HOOK = /^use[A-Z]/;

/** Whether a function is run anew for each render, and what it holds is of that render. */
function isRender(node: FunctionNode): boolean {
  if (node.async || node.generator || node.body === null) return false;
  return COMPONENT_OR_HOOK.test(nameOf(node) ?? '') || rendersIn(node.body);
}

/** The name of a function, also where a call is around it: `const Help = memo(() => …)`. */
function nameOf(node: FunctionNode): string | null {
  if (node.id) return node.id.name;
  let outer = node.parent;
  while (outer?.type === 'CallExpression') outer = outer.parent;
  return outer?.type === 'VariableDeclarator' && outer.id.type === 'Identifier'
    ? outer.id.name
    : null;
}

/** Whether code calls a hook or makes an element itself. */
function rendersIn(body: Node): boolean {
  const open: Node[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') return true;
    if (node.type === 'CallExpression') {
      const callee = unwrap(node.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (HOOK.test(callee.type === 'Identifier' ? callee.name : (name ?? ''))) return true;
    }
    if (!isFunction(node)) open.push(...childrenOf(node));
  }
  return false;
}
