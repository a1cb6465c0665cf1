/**
 * Whether all that waits for the promise of a call is seen where the call is: what goes on of it then
 * does so until one of these waits, and can't be waited for by anybody else.
 */

import { codeAround, unwrap, type Node } from '../../syntax/ast.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';
import { usedIn } from '../../syntax/forms.ts';
import { linkOf, promiseMethod } from '../../syntax/promises.ts';

/** A promise that is given from one name to the next is followed through so many. */
const MAX_NAMES = 16;

/** Whether a promise goes on by itself where it is made, until it is seen to be waited for. */
export function goesOn(call: Node, bindings: Bindings): boolean {
  const names = new Set<Variable>();
  // A method that disposes of something is called by the language, which drops what it returns.
  const isDisposal = call.type === 'VariableDeclarator' || call.type === 'VariableDeclaration';
  return isDisposal || follow(call);

  function follow(node: Node): boolean {
    const child = usedIn(node);
    const { parent } = child;
    switch (parent?.type) {
      case 'ArrowFunctionExpression':
      case 'AwaitExpression':
      case 'BinaryExpression':
      case 'DoWhileStatement':
      case 'ExpressionStatement':
      case 'ForStatement':
      case 'IfStatement':
      case 'ReturnStatement':
      case 'UnaryExpression':
      case 'WhileStatement':
        return true;
      case 'AccessorProperty':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        return parent.key === child;
      case 'SequenceExpression':
        return parent.expressions.at(-1) !== child || follow(parent);
      case 'ConditionalExpression':
        return parent.test === child || follow(parent);
      case 'LogicalExpression':
        return follow(parent);
      case 'MemberExpression': {
        const chain = usedIn(parent).parent;
        const isLink = parent.object === child && linkOf(parent) !== null;
        return isLink && chain?.type === 'CallExpression' && follow(chain);
      }
      case 'ArrayExpression': {
        const list = usedIn(parent);
        const taker = list.parent;
        return (
          taker?.type === 'CallExpression' &&
          taker.arguments[0] === list &&
          promiseMethod(taker, bindings) !== null &&
          follow(taker)
        );
      }
      case 'AssignmentPattern':
        return parent.right === child && isDropped(parent.left);
      case 'VariableDeclarator':
        return parent.init === child && isKept(parent.id);
      case 'AssignmentExpression':
        return parent.right === child && isKept(unwrap(parent.left)) && follow(parent);
      default:
        return false;
    }
  }

  /** Whether a parameter is a name that nobody reads. */
  function isDropped(parameter: Node): boolean {
    const variable = parameter.type === 'Identifier' ? bindings.variable(parameter) : null;
    return variable?.references.every((reference) => !reference.isRead()) === true;
  }

  /** Whether all that is done with a name is to wait for what it holds, or to ask whether it does. */
  function isKept(name: Node): boolean {
    const variable = name.type === 'Identifier' ? bindings.variable(name) : null;
    if (variable === null) return false;
    if (names.has(variable)) return true;
    if (names.size >= MAX_NAMES) return false;
    names.add(variable);
    const code = codeAround(call);
    return (
      variable.defs.every(
        ({ type, node }) =>
          type === 'Variable' &&
          codeAround(node) === code &&
          node.parent?.parent?.type !== 'ExportNamedDeclaration',
      ) &&
      variable.references.every(
        (reference) =>
          !reference.isRead() ||
          (codeAround(reference.identifier) === code && follow(reference.identifier)),
      )
    );
  }
}
