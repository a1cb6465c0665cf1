/** What the language's own functions and methods give, of whatever a reading knows. */

import {
  calledName,
  memberName,
  type CallExpression,
  type MemberExpression,
} from '../syntax/ast.ts';
import { promiseMethod } from '../syntax/promises.ts';
import { appliedIn, awaitedOf } from './literals.ts';
import { Reading } from './reading.ts';

/** What gives a promise of what it is given; of one of a list, or of all of them. */
const GIVES_PROMISE: ReadonlySet<string> = new Set(['all', 'any', 'race', 'resolve']);

export abstract class LanguageCalls<Answer, Frame> extends Reading<Answer, Frame> {
  /** The promise that a method of `Promise` itself gives; null for any other call. */
  protected resolvedBy(node: CallExpression, frame: Frame): Answer | null {
    const name = calledName(node) ?? '';
    if (!GIVES_PROMISE.has(name) || promiseMethod(node, this.bindings) === null) return null;
    const [first] = node.arguments;
    if (first?.type === 'SpreadElement') return this.unknown(node);
    if (name === 'resolve') {
      const of =
        first === undefined ? this.missing(node) : this.settled(this.ask(first, frame), node);
      return this.promised(of, node);
    }
    const list = first === undefined ? null : this.arrayOf(first, frame);
    const awaited = list === null ? null : awaitedOf(node, list);
    if (awaited === null) return this.unknown(node);
    if (name === 'all') {
      return this.promised(this.written({ kind: 'array', node: awaited }, node, frame), node);
    }
    const elements = awaited.elements.flatMap((one) =>
      one === null ? [] : [this.ask(one, frame)],
    );
    return elements.length === 0
      ? this.unknown(node)
      : this.promised(this.oneOf(elements, node), node);
  }

  /** What the methods of the language's own lists, maps, functions and promises give; null for others. */
  protected methodCall(
    node: CallExpression,
    callee: MemberExpression,
    frame: Frame,
  ): Answer | null {
    const [first] = node.arguments;
    const receivers = (): Answer => this.ask(callee.object, frame);
    switch (memberName(callee)) {
      case 'at': {
        if (first === undefined || !this.are('array', receivers())) return null;
        const key = this.keyText(first, frame);
        // From the end, it depends on how many there are.
        return key === null || key.startsWith('-')
          ? this.unknown(node)
          : this.memberOf(receivers(), key, node, false);
      }
      case 'get': {
        const entries = this.entries(node);
        return entries === null ? null : this.entry(entries, node, frame);
      }
      case 'bind':
        return this.are('function', receivers()) ? this.partial(receivers(), node) : null;
      case 'call':
      case 'apply': {
        const args = appliedIn(node)?.args;
        return args === undefined ? null : this.applied(receivers(), args, node, frame);
      }
      case 'then': {
        if (first === undefined || first.type === 'SpreadElement') return null;
        const result = this.handled(node, callee.object, first, frame);
        return result === null ? null : this.promised(this.settled(result, node), node);
      }
      case 'finally':
        return this.are('promise', receivers()) ? receivers() : null;
      default:
        return null;
    }
  }
}
