/** The terms that source is lowered to, as text. */

import { isNode, type Node } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { dump } from '../../src/flow/term/dump.ts';
import { Lowering, type LowerHost, type Operation } from '../../src/flow/lower/lowering.ts';
import { Values, type ValueHost } from '../../src/values/resolve.ts';
import { parsed } from './parsed.ts';

/** Calls of these names are the operations of the protocol. */
const OPERATIONS = ['set', 'use', 'clear'];

const HOST: LowerHost = {
  operation: ({ callee }) => operationOf(callee),
  reference: operationOf,
  isSubject: () => false,
  neverReturns: () => false,
};

/** Of other modules, globals and wrappers, nothing is known. */
export const NO_VALUES: ValueHost = {
  imported: () => [],
  module: () => [],
  global: () => [],
  member: () => [],
  annotated: () => [],
  family: () => null,
  wrapper: () => null,
};

function operationOf(node: Node): Operation | null {
  const place = node.type === 'Identifier' ? OPERATIONS.indexOf(node.name) : -1;
  return place < 0 ? null : { call: place * 2, settle: place * 2 + 1 };
}

function nameOf(event: number): string {
  const name = OPERATIONS[event >> 1] ?? '?';
  return event % 2 === 0 ? `${name}()` : `${name} settled`;
}

/** The term of a module's top level. */
export function dumped(source: string): string {
  const { ast, scopeManager } = parsed(source);
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) return '';
  const bindings = new Bindings(scopeManager);
  const values = new Values(ast, bindings, NO_VALUES);
  return dump(new Lowering(bindings, values, HOST).module(ast).body, nameOf);
}
