/** Users of whom the web Messenger is told with no user JWT. */

import {
  isFunction,
  isWithin,
  keyName,
  memberName,
  nodesIn,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { SessionFile } from '../../session/model.ts';
import { scopeOf } from '../../session/findings/origins.ts';
import { faultsIn, violationsOf, type ToldViolation } from '../../session/findings/unset-calls.ts';
import type { SourceText } from '../../session/findings/words.ts';
import { NAMES } from '../../sdk/web/apis.ts';
import type { Attributes, Given } from '../attributes.ts';
import { solvedBy } from '../flow.ts';
import type { WebTelling, WebFile } from '../model.ts';
import { tokenSession, type Watched } from '../tokens.ts';
import { BOOTED, BOOTING, bootingOf } from './booting.ts';

/** What is told of a user with no user JWT. */
export interface Unproven {
  readonly telling: WebTelling;
  /** What names the user. */
  readonly by: string;
  /** Where the program gives one; null where that is not asked. */
  readonly proven: { readonly telling: WebTelling; readonly file: WebFile } | null;
}

export interface UnprovenOptions {
  /** Whether Intercom refuses whoever has no user JWT, whatever the program does. */
  readonly enforced: boolean;
  /** Whether boots are looked at, on each way to them, in a program that obtains a user JWT. */
  readonly boots: boolean;
}

/** The tellings of a user that never have a user JWT. */
export function unprovenIn(
  file: WebFile,
  { enforced, boots }: UnprovenOptions,
): readonly Unproven[] {
  return file.tellings().flatMap((telling): readonly Unproven[] => {
    if (telling.role !== 'update' && !enforced && !boots) return [];
    const attributes = file.attributesOf(telling);
    const by = namedBy(telling, attributes);
    const { jwt, hash } = attributes.of;
    if (by === null || jwt.presence !== 'never' || hash.presence !== 'never') return [];
    // That it has another name is told by another rule.
    if (attributes.misnamed.length > 0) return [];
    if (enforced) return [{ telling, by, proven: null }];
    const proven = provenIn(file);
    return proven === null ? [] : [{ telling, by, proven }];
  });
}

/** The attribute that names a user; null where none is seen to. */
function namedBy({ api }: WebTelling, { of: { userId, email } }: Attributes): string | null {
  if (isTold(userId.presence)) return NAMES[api].userId;
  return isTold(email.presence) ? NAMES[api].email : null;
}

function isTold(presence: string): boolean {
  return presence === 'always' || presence === 'sometimes';
}

/** Where the program gives a user JWT; null where it is not seen to. */
function provenIn(file: WebFile): Unproven['proven'] {
  for (const one of file.inProgram()) {
    const telling = one.tellings().find((told) => one.attributesOf(told).of.jwt.given.length > 0);
    if (telling !== undefined) return { telling, file: one };
  }
  return null;
}

/** A boot that is reached on a way without a user JWT, told as the mobile client's calls are. */
export interface UnprovenWay extends ToldViolation {
  /** The session in which it is. */
  readonly session: SessionFile;
}

/** So many boots of a file are followed. */
const MAX_BOOTS = 16;

/** The boots of users that can be reached on a way without the user JWT that they have on others. */
export function unprovenWays(
  file: WebFile,
  code: string,
  text: SourceText,
): readonly UnprovenWay[] {
  return watchedIn(file).flatMap((watched) => {
    const session = tokenSession(file, watched, code);
    if (faultsIn(session, WAYS).length === 0) return [];
    return violationsOf(session, WAYS, text).map((violation) => ({ ...violation, session }));
  });
}

export const WAYS = { protect: ['update'], helpers: 'every-path', entry: 'unset' } as const;

function watchedIn(file: WebFile): readonly Watched[] {
  return file
    .tellings()
    .flatMap((telling) => watchedOf(telling, file) ?? [])
    .slice(0, MAX_BOOTS);
}

function watchedOf(telling: WebTelling, file: WebFile): Watched | null {
  const { node, role, name } = telling;
  if (node.type !== 'CallExpression' || (role !== 'boot' && role !== 'start')) return null;
  const { jwt, userId, email, hash } = file.attributesOf(telling).of;
  if (userId.presence !== 'always' && email.presence !== 'always') return null;
  if (hash.presence !== 'never') return null;
  if (jwt.presence !== 'always' && jwt.presence !== 'sometimes') return null;
  const sources = new Map<Node, string>();
  for (const given of jwt.given) {
    if (!file.isOwn(given.place)) return null;
    const variable = variableOf(given, file);
    if (variable === null || isNeverReassigned(variable)) {
      // What is given in any case has nothing to be followed for.
      if (jwt.presence === 'always') return null;
      // Tests of a property need not agree with each other.
      if (variable === null && isTestedBefore(given, node, file)) return null;
      sources.set(given.place, NAMES[telling.api].jwt);
      continue;
    }
    const assigned = assignedTo(variable, node, file);
    if (assigned === null) return null;
    for (const one of assigned) sources.set(one, obtainedBy(one) ?? variable.name);
  }
  return sources.size === 0 ? null : { boot: node, method: name, sources };
}

/** Whether what a value is read of is tested outside of a boot. */
function isTestedBefore({ value }: Given, boot: Node, { bindings }: WebFile): boolean {
  let root = unwrap(value);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  const variable = root.type === 'Identifier' ? bindings.variable(root) : null;
  const references = variable?.references ?? [];
  return references.some(({ identifier }) => isTested(identifier) && !isWithin(identifier, boot));
}

function variableOf({ value, file }: Given, { bindings }: WebFile): Variable | null {
  const inner = unwrap(value);
  if (inner.type !== 'Identifier') return null;
  return file.bindings.variable(inner) ?? bindings.variable(inner);
}

/**
 * The assignments by which a variable of the function around a boot, which begins with nothing, gets
 * its token; null where it is another one, or is tested on the way.
 */
function assignedTo(
  variable: Variable,
  boot: CallExpression,
  file: WebFile,
): readonly Node[] | null {
  const scope = scopeOf(variable);
  const [definition, ...others] = variable.defs;
  if (scope === null || definition?.type !== 'Variable' || others.length > 0) return null;
  if (!isWithin(boot, scope)) return null;
  const { node } = definition;
  const init = node.type === 'VariableDeclarator' ? node.init : null;
  if (init !== null && !isEmpty(init, file)) return null;
  const assigned: Node[] = [];
  for (const { identifier, init: isInit } of variable.references) {
    if (isInit === true) continue;
    const { parent } = identifier;
    if (parent?.type === 'AssignmentExpression' && parent.left === identifier) {
      if (parent.operator !== '=') return null;
      if (!isEmpty(parent.right, file)) assigned.push(parent);
    } else if (isTested(identifier) && !isWithin(identifier, boot)) return null;
  }
  return assigned;
}

/** Whether an expression is always nothing, or an empty text. */
function isEmpty(node: Node, { expressions }: WebFile): boolean {
  return expressions.of(node).every(({ value }) => {
    if (value.kind === 'string') return value.text === '';
    return value.kind === 'null' || value.kind === 'undefined';
  });
}

/** Whether a name is a part of a test. */
function isTested(identifier: Node): boolean {
  for (let inner = identifier; inner.parent; inner = inner.parent) {
    const outer: Node = inner.parent;
    if (isFunction(outer)) return false;
    if ('test' in outer && outer.test === inner) return true;
    if (outer.type === 'LogicalExpression' || outer.type === 'SwitchStatement') return true;
  }
  return false;
}

/** The name of the function whose result is assigned. */
function obtainedBy(assignment: Node): string | null {
  if (assignment.type !== 'AssignmentExpression') return null;
  let right = unwrap(assignment.right);
  for (;;) {
    if (right.type === 'AwaitExpression') right = unwrap(right.argument);
    else if (right.type === 'MemberExpression') right = unwrap(right.object);
    else break;
  }
  if (right.type !== 'CallExpression') return null;
  const callee = unwrap(right.callee);
  if (callee.type === 'MemberExpression') return memberName(callee);
  return callee.type === 'Identifier' ? callee.name : null;
}

/** A function that signs out, and can end with the Messenger booted. */
export interface SignOut {
  readonly node: Node;
  readonly name: string;
}

/** The functions of these names that do not shut the Messenger down on every way. */
export function openSignOuts(file: WebFile, names: readonly string[]): readonly SignOut[] {
  if (names.length === 0) return [];
  const found = functionsOf(file, new Set(names));
  if (found.length === 0) return [];
  const solved = solvedBy(BOOTING, file, bootingOf(file), () => 0);
  return found.flatMap(({ node, name, at }): readonly SignOut[] => {
    const results = solved?.resultsOf(node);
    if (results === undefined) return [];
    const isOpen = Object.values(results).some((states) => (states & (1 << BOOTED)) !== 0);
    return isOpen ? [{ node: at, name }] : [];
  });
}

interface Named {
  readonly node: FunctionNode;
  readonly name: string;
  /** What names it. */
  readonly at: Node;
}

function functionsOf(file: WebFile, names: ReadonlySet<string>): readonly Named[] {
  const found: Named[] = [];
  for (const node of nodesIn(file.program)) {
    if (!isFunction(node) || node.body === null) continue;
    const at = nameAt(node);
    const name = at === null ? null : keyName(at, false);
    if (at !== null && name !== null && names.has(name)) found.push({ node, name, at });
  }
  return found.sort((one, other) => offsetOf(one.at) - offsetOf(other.at));
}

/** What a function is called where it is made: also through `useCallback` and the like. */
function nameAt(node: FunctionNode): Node | null {
  if (node.id) return node.id;
  let inner: Node = node;
  while (inner.parent?.type === 'CallExpression' && inner.parent.arguments[0] === inner) {
    inner = inner.parent;
  }
  const { parent } = inner;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.init === inner ? parent.id : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === inner ? parent.key : null;
    default:
      return null;
  }
}
