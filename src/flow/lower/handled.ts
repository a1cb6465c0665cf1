/** Names that may hold functions, by how they are used. */

import {
  constructorOf,
  functionAround,
  isClass,
  isFunction,
  isNode,
  memberName,
  memberNameOf,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { nameOf, usedIn } from '../../syntax/forms.ts';
import { globalMethod, linkOf } from '../../syntax/promises.ts';
import type { FunctionTerm } from '../term/term.ts';

/** Array methods that call their first argument once for each element, before they return. */
export const ITERATION = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
  'sort',
  'toSorted',
]);

/** Those of them that hand on what they have made of the elements before. */
export const FOLDING: ReadonlySet<string> = new Set(['reduce', 'reduceRight']);

/** Methods of strings that call their second argument for what they find. */
const REPLACING: ReadonlySet<string> = new Set(['replace', 'replaceAll']);

/** Methods of globals that call their second argument, before they return. */
const CALLING: Readonly<Record<string, readonly string[]>> = {
  JSON: ['parse', 'stringify'],
  Map: ['groupBy'],
  Object: ['groupBy'],
};

/** What the language calls any number of times, of what stands second in a call; null for any other call. */
export function calledBack(call: CallExpression, bindings: Bindings): Node | null {
  const [, second] = call.arguments;
  if (second === undefined) return null;
  const isReplacing = REPLACING.has(memberNameOf(call.callee) ?? '');
  const isCalling = Object.entries(CALLING).some(([owner, names]) =>
    names.includes(globalMethod(call, owner, bindings) ?? ''),
  );
  return isReplacing || isCalling ? second : null;
}

/** Methods of functions that call them, or make others of them, and of promises that wait for them. */
const HANDLERS = new Set(['call', 'apply', 'bind', 'then', 'catch', 'finally']);

/** Whether a name is called, or handed on, rather than looked at. */
export function isHandled(identifier: Node): boolean {
  const { parent } = identifier;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === identifier && HANDLERS.has(memberName(parent) ?? '');
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'IfStatement':
      return false;
    default:
      return true;
  }
}

/** The binding of a parameter that may hold a function; null where it is used for other things. */
export function handledParameter(parameter: Node, bindings: Bindings): Variable | null {
  const name = nameOf(parameter);
  const variable = name === null ? null : bindings.variable(name);
  return variable?.references.some(({ identifier }) => isHandled(identifier)) === true
    ? variable
    : null;
}

/** Whether a property is called, or handed on, that is no method of a function, a promise or a list. */
export function isPartHandled(member: Node & { type: 'MemberExpression' }): boolean {
  const name = memberName(member) ?? '';
  return !HANDLERS.has(name) && !ITERATION.has(name) && isHandled(member);
}

/** The function that has what a term is given: of the construction of a class, its constructor. */
export function takerOf({ node }: Pick<FunctionTerm, 'node'>): FunctionNode | null {
  if (!isNode(node)) return null;
  if (isFunction(node)) return node;
  const { parent } = node;
  return node.type === 'ClassBody' && isNode(parent) && isClass(parent)
    ? constructorOf(parent)
    : null;
}

/** Whether an argument goes to a name, or to nothing at all. */
export function isFollowed(node: Node, index: number, bindings: Bindings): boolean {
  const taker = takerOf({ node });
  if (taker === null || readsArguments(taker, bindings)) return false;
  const parameter = taker.params[index];
  if (parameter === undefined) return taker.params.at(-1)?.type !== 'RestElement';
  return nameOf(parameter) !== null;
}

/** The functions that do more with their `arguments` than to count them, by the references to these. */
const readers = new WeakMap<readonly Node[], ReadonlySet<Node | null>>();

/** Whether a function does more with its `arguments` than to count them. */
export function readsArguments(node: FunctionNode, bindings: Bindings): boolean {
  const references = bindings.argumentsAround(node);
  if (references.length === 0) return false;
  let known = readers.get(references);
  if (known === undefined) {
    known = new Set(references.filter((one) => !isCounted(one)).map(ownerOfArguments));
    readers.set(references, known);
  }
  return known.has(node);
}

function isCounted({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && memberName(parent) === 'length';
}

/** The function whose `arguments` are meant where they are read: an arrow has none of its own. */
function ownerOfArguments(identifier: Node): FunctionNode | null {
  let owner = functionAround(identifier);
  while (owner?.type === 'ArrowFunctionExpression') owner = functionAround(owner);
  return owner;
}

/** Whether the elements of a list are handed to a function one by one where its name stands. */
export function isIterated({ parent }: Node): boolean {
  const name = parent?.type === 'MemberExpression' ? (memberName(parent) ?? '') : '';
  return (
    ITERATION.has(name) &&
    !FOLDING.has(name) &&
    parent?.parent?.type === 'CallExpression' &&
    parent.parent.callee === parent
  );
}

/** Whether all that is done with a parameter is to call it, or to give it to a promise to be called. */
export function isOnlyCalled(variable: Variable): boolean {
  return (
    isNeverReassigned(variable) &&
    variable.references.every(({ identifier }) => {
      const use = usedIn(identifier);
      const { parent } = use;
      if (parent?.type !== 'CallExpression') return false;
      return parent.callee === use || linkOf(parent.callee) !== null;
    })
  );
}
