/** What names are of what has been waited for, and tells how it came out. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { strip } from '../../syntax/forms.ts';
import { stepsTo } from '../../syntax/patterns.ts';
import { promiseMethod } from '../../syntax/promises.ts';
import { tellsOf, type Runs } from '../../values/libraries/runs.ts';
import { REORDERING } from '../../values/globals.ts';
import type { Lower } from './parts.ts';

/** What an expression is of a list that `allSettled` has given. */
export type Settled =
  | { readonly kind: 'list'; readonly elements: readonly Node[] }
  /** What tells how a promise came out, by the expression of that. */
  | { readonly kind: 'item'; readonly element: Node; readonly of?: 'action' | 'query' }
  /** Of an action, what tells how it came out, and what type it has. */
  | { readonly kind: 'meta' | 'type'; readonly element: Node }
  /** What is there only where it was rejected, or only where it was fulfilled. */
  | { readonly kind: 'error' | 'success'; readonly element: Node }
  /** Its `status`. */
  | { readonly kind: 'status'; readonly element: Node };

/** What tells how a query came out, by its name. */
const OF_QUERY: Readonly<Record<string, 'error' | 'success' | 'status' | undefined>> = {
  error: 'error',
  isError: 'error',
  isSuccess: 'success',
  status: 'status',
};

/** What a callback is given, by the name of its parameter. */
export type Given = ReadonlyMap<Variable, Settled>;

export const NOTHING_GIVEN: Given = new Map();

/** Names for names are followed so far. */
export const MAX_NAMES = 8;

export class SettledNames {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** What an expression is of it, where callbacks are given this. */
  of(node: Node, given: Given, depth: number): Settled | null {
    const inner = strip(node);
    if (depth >= MAX_NAMES) return null;
    if (inner.type === 'ChainExpression') return this.of(inner.expression, given, depth + 1);
    if (inner.type === 'MemberExpression') {
      const name = memberName(inner);
      const of = name === null ? null : this.of(inner.object, given, depth + 1);
      return of === null || name === null ? null : partOf(of, name);
    }
    if (inner.type === 'CallExpression') {
      const callee = unwrap(inner.callee);
      const [index] = inner.arguments;
      if (callee.type !== 'MemberExpression' || memberName(callee) !== 'at') return null;
      const list = this.of(callee.object, given, depth + 1);
      if (list?.kind !== 'list' || index?.type !== 'Literal') return null;
      return partOf(list, String(index.value));
    }
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    if (variable === null || !isNeverReassigned(variable)) return null;
    const known = given.get(variable);
    if (known !== undefined) return known;
    const [definition] = variable.defs;
    const declarator = definition?.node;
    if (definition === undefined || declarator?.type !== 'VariableDeclarator') return null;
    const init = declarator.init === null ? null : strip(declarator.init);
    const steps = stepsTo(declarator.id, definition.name);
    if (init === null || steps === null) return null;
    let settled =
      init.type === 'AwaitExpression' ? this.#list(init.argument) : this.of(init, given, depth + 1);
    for (const step of steps) {
      if (settled === null || step.kind === 'rest' || step.kind === 'default') return null;
      const name =
        step.kind === 'element'
          ? String(step.index)
          : step.node.key.type === 'Identifier' && !step.node.computed
            ? step.node.key.name
            : null;
      settled = name === null ? null : partOf(settled, name);
    }
    return settled?.kind === 'list' && !variable.references.every(isKept) ? null : settled;
  }

  #list(node: Node): Settled | null {
    const call = strip(node);
    if (call.type !== 'CallExpression') return null;
    const tells = this.tells(call);
    if (tells !== null) {
      return { kind: 'item', element: call, ...(typeof tells === 'string' && { of: tells }) };
    }
    if (promiseMethod(call, this.#lower.bindings) !== 'allSettled') return null;
    const [list] = call.arguments;
    const elements = list === undefined ? null : this.#lower.callees.items(list);
    return elements && { kind: 'list', elements };
  }

  /** How it is told what came of what is waited for; null where it is not. */
  tells(node: Node): NonNullable<Runs['tells']> | null {
    const { host } = this.#lower;
    const ran = node.type === 'CallExpression' ? (host.runs?.(node) ?? null) : null;
    return host.waitedFor?.(node)?.tells ?? (ran && tellsOf(ran));
  }
}

function partOf(settled: Settled, name: string): Settled | null {
  switch (settled.kind) {
    case 'list': {
      const element = /^\d+$/.test(name) ? settled.elements[Number(name)] : undefined;
      return element === undefined ? null : { kind: 'item', element };
    }
    case 'item': {
      const { element, of } = settled;
      if (of === undefined) return name === 'status' ? { kind: 'status', element } : null;
      if (of === 'query') {
        const kind = OF_QUERY[name];
        return kind === undefined ? null : { kind, element };
      }
      return name === 'meta' || name === 'error' || name === 'type'
        ? { kind: name, element }
        : null;
    }
    case 'meta':
      return name === 'requestStatus' ? { kind: 'status', element: settled.element } : null;
    case 'error':
    case 'success':
    case 'type':
    case 'status':
      return null;
  }
}

/** Whether a reference to a list leaves it as it is, as far as that is seen. */
function isKept({ identifier }: Variable['references'][number]): boolean {
  const { parent } = identifier;
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return true;
  const { parent: user } = parent;
  const isWritten = user?.type === 'AssignmentExpression' && user.left === parent;
  return !isWritten && !REORDERING.has(memberName(parent) ?? '');
}
