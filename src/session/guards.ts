/**
 * Guards that are kept in state: variables, fields, refs and states of components that start falsy
 * and are raised, that is, given something that may be truthy, only where a JWT has been set in the
 * same run of the function. Where one is truthy, there is a JWT: unless a `logout()` leaves it as it
 * is, for which it has to be lowered before, or on each way behind.
 */

import {
  functionAround,
  isFunction,
  isWithin,
  memberName,
  nodesIn,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { importOf, type Bindings, type Variable } from '../syntax/bindings.ts';
import { LOOPS } from '../syntax/forms.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import { literalKind } from '../flow/lower/questions.ts';
import type { Values } from '../values/resolve.ts';

/** A place that may hold whether there is a JWT. */
export interface Guard {
  /** Where it is read. */
  readonly reads: ReadonlySet<Node>;
  /** The calls and assignments that may make it truthy, */
  readonly raised: readonly Node[];
  /** and those that make it falsy. */
  readonly lowered: ReadonlySet<Node>;
}

interface Uses {
  readonly reads: Set<Node>;
  readonly raised: Node[];
  readonly lowered: Set<Node>;
}

const FALSY: ReadonlySet<string> = new Set(['false', 'nullish', 'falsy']);

/** The guards that a file may have: those that are raised somewhere, and read. */
export function guardsIn(program: Program, bindings: Bindings): readonly Guard[] {
  const found: Uses[] = [];
  const fields = new Map<string, { readonly uses: Uses; isGuard: boolean; isDeclared: boolean }>();
  const fieldOf = (name: string) => {
    let field = fields.get(name);
    if (field === undefined) {
      field = { uses: newUses(), isGuard: true, isDeclared: false };
      fields.set(name, field);
    }
    return field;
  };
  for (const node of nodesIn(program)) {
    if (node.type === 'VariableDeclarator') {
      const uses = usesOf(node, bindings);
      if (uses !== null) found.push(uses);
    } else if (node.type === 'PropertyDefinition' && !node.static) {
      const field = fieldOf(fieldName(node.key, node.computed) ?? '');
      field.isDeclared = true;
      if (node.value !== null && !isFalsy(node.value)) field.isGuard = false;
    } else if (node.type === 'MemberExpression') {
      const name = fieldName(node.property, node.computed);
      if (name === null) continue;
      const field = fieldOf(name);
      if (!addUse(node, field.uses)) field.isGuard = false;
    }
  }
  for (const { uses, isGuard, isDeclared } of fields.values()) {
    if (isGuard && isDeclared) found.push(uses);
  }
  return found.filter(({ reads, raised }) => reads.size > 0 && raised.length > 0);
}

function newUses(): Uses {
  return { reads: new Set(), raised: [], lowered: new Set() };
}

function fieldName(key: Node, isComputed: boolean): string | null {
  if (isComputed) return null;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Identifier' ? key.name : null;
}

/** The uses of what a declarator declares; null where it is no guard. */
function usesOf(
  { id, init, parent }: Node & { type: 'VariableDeclarator' },
  bindings: Bindings,
): Uses | null {
  const call = init === null ? null : unwrap(init);
  if (id.type === 'Identifier') {
    const variable = bindings.variable(id);
    if (variable?.defs.length !== 1) return null;
    if (call?.type === 'CallExpression') {
      return isHook(call, 'useRef', bindings) && startsFalsy(call) ? refUses(variable) : null;
    }
    const isLet = parent?.type === 'VariableDeclaration' && parent.kind !== 'const';
    return isLet && (init === null || isFalsy(init)) ? variableUses(variable) : null;
  }
  if (id.type !== 'ArrayPattern' || call?.type !== 'CallExpression') return null;
  const [value, setter] = id.elements;
  if (value?.type !== 'Identifier' || setter?.type !== 'Identifier') return null;
  if (!isHook(call, 'useState', bindings) || !startsFalsy(call)) return null;
  const state = bindings.variable(value);
  const set = bindings.variable(setter);
  return state === null || set === null ? null : stateUses(state, set);
}

/** Whether a call is that of a hook of React's. */
function isHook({ callee }: CallExpression, name: string, bindings: Bindings): boolean {
  const inner = unwrap(callee);
  if (inner.type === 'MemberExpression') {
    const [whole] = bindings.variable(unwrap(inner.object))?.defs ?? [];
    const imported = whole === undefined ? null : importOf(whole);
    return memberName(inner) === name && imported?.specifier === 'react';
  }
  const [definition] = bindings.variable(inner)?.defs ?? [];
  const imported = definition === undefined ? null : importOf(definition);
  return imported?.specifier === 'react' && imported.name === name;
}

function startsFalsy({ arguments: [initial] }: CallExpression): boolean {
  return initial === undefined || isFalsy(initial);
}

function isFalsy(node: Node): boolean {
  return FALSY.has(literalKind(unwrap(node)) ?? '');
}

function variableUses(variable: Variable): Uses | null {
  const uses = newUses();
  for (const { identifier, init } of variable.references) {
    if (init === true) continue;
    if (!addUse(identifier, uses)) return null;
  }
  return uses;
}

function refUses(variable: Variable): Uses | null {
  const uses = newUses();
  for (const { identifier, init } of variable.references) {
    if (init === true) continue;
    const { parent } = identifier;
    // Whoever has the ref can raise it.
    if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return null;
    if (memberName(parent) !== 'current' || !addUse(parent, uses)) return null;
  }
  return uses;
}

function stateUses(state: Variable, setter: Variable): Uses | null {
  const uses = newUses();
  for (const { identifier, init } of state.references)
    if (init !== true) uses.reads.add(identifier);
  for (const { identifier, init } of setter.references) {
    if (init === true) continue;
    const { parent } = identifier;
    if (isListed(identifier)) continue;
    if (parent?.type !== 'CallExpression' || parent.callee !== identifier) return null;
    addGiven(parent, parent.arguments[0] ?? null, uses);
  }
  return uses;
}

/** Whether a name stands in a list of what a hook depends on. */
function isListed({ parent }: Node): boolean {
  return parent?.type === 'ArrayExpression' && parent.parent?.type === 'CallExpression';
}

/** Adds a use of a place; false where it cannot be followed. */
function addUse(place: Node, uses: Uses): boolean {
  const { parent } = place;
  if (parent?.type === 'AssignmentExpression' && parent.left === place) {
    if (parent.operator !== '=') return false;
    addGiven(parent, parent.right, uses);
    return true;
  }
  switch (parent?.type) {
    case 'UpdateExpression':
    case 'AssignmentPattern':
    case 'ArrayPattern':
    case 'RestElement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return false;
    case 'Property':
      return parent.parent?.type !== 'ObjectPattern';
    case 'UnaryExpression':
      if (parent.operator === 'delete') return false;
      break;
    default:
      break;
  }
  uses.reads.add(place);
  return true;
}

function addGiven(node: Node, value: Node | null, uses: Uses): void {
  if (value === null || isFalsy(value)) uses.lowered.add(node);
  else uses.raised.push(node);
}

/**
 * The function in whose run something is raised: a callback of `then` that is written inline belongs
 * to the function around it. Null for the module.
 */
export function runOf(node: Node): FunctionNode | null {
  let owner = functionAround(node);
  while (owner !== null) {
    const call: Node | null = owner.parent ?? null;
    const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : null;
    const isHandler =
      call?.type === 'CallExpression' &&
      call.arguments[0] === owner &&
      callee?.type === 'MemberExpression' &&
      memberName(callee) === 'then';
    if (!isHandler) return owner;
    owner = functionAround(call);
  }
  return null;
}

/**
 * Whether a guard is falsy once a call has cleared the session, whatever becomes of the call: it is
 * lowered before, and not raised in between, or in the `finally` around it.
 */
export function isLoweredAt(clear: Node, { raised, lowered }: Guard, values: Values): boolean {
  const loops: Node[] = [];
  /** What runs between a statement and the call. */
  const isBetween = (node: Node, from: Node): boolean =>
    (offsetOf(node) >= endOf(from) && endOf(node) <= offsetOf(clear)) ||
    loops.some((loop) => isWithin(node, loop) && node !== clear);
  const mayRaise = (from: Node, owner: Node): boolean =>
    raised.some((node) => isBetween(node, from)) ||
    callsIn(owner).some((call) => isBetween(call, from) && mayCall(call, values));
  for (let inner = clear; inner.parent && !isFunction(inner); inner = inner.parent) {
    const { parent } = inner;
    if (LOOPS.has(parent.type)) loops.push(parent);
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      const own = parent.body.findIndex((statement) => statement === inner);
      const last = parent.body
        .slice(0, own)
        .findLast((statement) => isLowering(statement, lowered));
      if (last !== undefined && !mayRaise(last, parent)) return true;
    } else if (parent.type === 'TryStatement' && parent.block === inner) {
      const [first] = parent.finalizer?.body ?? [];
      if (first !== undefined && isLowering(first, lowered)) return true;
    }
  }
  return false;
}

function callsIn(owner: Node): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  for (const node of nodesIn(owner)) if (node.type === 'CallExpression') calls.push(node);
  return calls;
}

/** Whether a call may run code of the file: of a function that is seen, or that it is given. */
function mayCall({ callee, arguments: args }: CallExpression, values: Values): boolean {
  const isOwn = (node: Node): boolean => {
    const inner = unwrap(node);
    return isFunction(inner) || values.functions(inner).length > 0;
  };
  return isOwn(callee) || args.some(isOwn);
}

function isLowering(statement: Node, lowered: ReadonlySet<Node>): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  return lowered.has(unwrap(expression));
}
