/** Changes that more than one rule suggests. */

import type { Rule, SourceCode } from 'eslint';

import { isFunction, memberName, unwrap, type FunctionNode, type Node } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import { isPromiseType } from '../syntax/promises.ts';
import type { Change } from './proof.ts';
import type { Trials } from './rule-of.ts';

/** The message ids of the suggestions of {@link suggestAwait}. */
export const AWAIT_MESSAGES = {
  addAwait: 'Add `await`.',
  addAwaitAndAsync: 'Add `await`, and make the function `async`.',
} as const;

/** React runs these callbacks for the clean-up function that they return, not for a promise. */
const EFFECT = /^use\w*Effect$/;

/** By React's convention a component or a hook: what it returns is needed at once. */
const COMPONENT_OR_HOOK = /^(?:use)?[A-Z]/;

/** A change that may be suggested. */
export interface Suggestion {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
}

/**
 * Those of some suggestions that mend what is reported at a node, as ESLint takes them.
 *
 * @param suggestions is not asked where nothing is tried any more
 */
export function offered(
  suggestions: () => readonly Suggestion[],
  reported: object,
  trials: Trials,
): Rule.SuggestionReportDescriptor[] {
  if (trials.areOver) return [];
  return suggestions()
    .filter(({ changes }) => trials.mend(reported, changes))
    .map(({ messageId, data, changes }) => ({
      messageId,
      ...(data && { data: { ...data } }),
      fix: (fixer) => changes.map(({ from, to, text }) => fixer.replaceTextRange([from, to], text)),
    }));
}

/**
 * Suggests to await a promise where it stands, in a function that is made `async` if it must be.
 *
 * @param operator the `void` before the promise, which `await` takes the place of
 * @returns nothing where the code there cannot wait
 */
export function suggestAwait(
  promise: Node,
  operator: Node | null,
  bindings: Bindings,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  const owner = ownerOf(promise);
  if (owner === null) return [];
  const start = offsetOf(operator ?? promise);
  const addAwait: Change =
    operator === null
      ? insertion(start, 'await ')
      : { from: start, to: start + 'void'.length, text: 'await' };
  if (owner.type === 'Program' || owner.async) {
    return [{ messageId: 'addAwait', changes: [addAwait] }];
  }
  const offset = asyncOffset(owner, sourceCode);
  const result = resultType(owner, bindings);
  if (offset === null || result === null || isNeededAtOnce(owner)) return [];
  const changes = [insertion(offset, 'async '), ...result, addAwait];
  return [{ messageId: 'addAwaitAndAsync', changes }];
}

/** The function, or the module, that would wait; null where none can. */
function ownerOf(node: Node): FunctionNode | (Node & { type: 'Program' }) | null {
  let child = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer.params.some((one) => one === child) ? null : outer;
    switch (outer.type) {
      case 'Program':
        return outer.sourceType === 'module' ? outer : null;
      case 'StaticBlock':
      case 'PropertyDefinition':
      case 'AccessorProperty':
      case 'TSModuleBlock':
        return null;
      default:
        child = outer;
    }
  }
  return null;
}

/** Where `async` goes in front of a function; null where it cannot. */
function asyncOffset(node: FunctionNode, sourceCode: SourceCode): number | null {
  if (node.generator) return null;
  const { parent } = node;
  if (parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && parent.method)) {
    if (parent.kind !== 'method' && parent.kind !== 'init') return null;
    const bracket = parent.computed
      ? sourceCode.getTokenBefore(parent.key as Rule.Node, { filter: ({ value }) => value === '[' })
      : null;
    return bracket === null ? offsetOf(parent.key) : bracket.range[0];
  }
  return parent?.type === 'Property' && parent.kind !== 'init' ? null : offsetOf(node);
}

/** What makes a promise of a function's declared result; null for a type that cannot be one. */
function resultType(node: FunctionNode, bindings: Bindings): readonly Change[] | null {
  const { returnType } = node;
  if (!returnType) return [];
  const type = returnType.typeAnnotation;
  // Flow's annotations have types of their own.
  if (!type.type.startsWith('TS') || type.type === 'TSTypePredicate') return null;
  if (isPromiseType(type, bindings)) return [];
  return [insertion(offsetOf(type), 'Promise<'), insertion(endOf(type), '>')];
}

/** Whether React needs what a function returns, and cannot wait for it. */
function isNeededAtOnce(node: FunctionNode): boolean {
  let outer = node.parent;
  for (; outer?.type === 'CallExpression'; outer = outer.parent) {
    const callee = unwrap(outer.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : nameOf(callee);
    if (EFFECT.test(name ?? '')) return true;
  }
  const name = node.id ?? (outer?.type === 'VariableDeclarator' ? outer.id : null);
  return name !== null && COMPONENT_OR_HOOK.test(nameOf(name) ?? '');
}

function insertion(at: number, text: string): Change {
  return { from: at, to: at, text };
}

function nameOf(node: Node): string | null {
  return node.type === 'Identifier' ? node.name : null;
}
