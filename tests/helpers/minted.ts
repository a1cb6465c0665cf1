/** Expressions of a source text, as the minting model sees them. */

import { childrenOf, isNode, type Node, type Program } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import {
  Evaluator,
  type Expressions,
  type ExpressionHost,
  type Possibilities,
} from '../../src/values/evaluate.ts';
import { parsed } from './parsed.ts';

/** A file, and the initialiser of its constant `result`. */
export interface Evaluated {
  readonly file: Expressions;
  readonly node: Node;
  readonly values: Possibilities;
}

/** Evaluates the initialiser of the `const result` that a program ends with. */
export function evaluated(source: string, host?: ExpressionHost): Evaluated {
  const { ast, file } = expressionsOf(source, host);
  const node = initializerNamed(ast, 'result');
  return { file, node, values: file.of(node) };
}

/** The expressions of a file. */
export function expressionsOf(
  source: string,
  host?: ExpressionHost,
): { readonly ast: Program; readonly file: Expressions } {
  const { ast, scopeManager } = parsed(source);
  if (!isNode(ast) || ast.type !== 'Program') throw new Error('no program');
  if (!isScopeManager(scopeManager)) throw new Error('no scopes');
  return { ast, file: new Evaluator(ast, new Bindings(scopeManager), host) };
}

/** The initialiser of a constant anywhere in a program. */
export function initializerNamed(program: Program, name: string): Node {
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      node.id.name === name &&
      node.init !== null
    ) {
      return node.init;
    }
    open.push(...childrenOf(node));
  }
  throw new Error(`no constant ${name}`);
}
