/** The hooks of React. */

import { memberName, unwrap, type CallExpression } from '../../syntax/ast.ts';
import { importOf, type Bindings } from '../../syntax/bindings.ts';

/** Whether a call is that of a hook of React's. */
export function isReactHook({ callee }: CallExpression, name: string, bindings: Bindings): boolean {
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

const STATES = ['useState', 'useReducer', 'useActionState'] as const;

/** The hook of React's that keeps a state by a call; null for any other call. */
export function stateHookOf(
  call: CallExpression,
  bindings: Bindings,
): (typeof STATES)[number] | null {
  return STATES.find((name) => isReactHook(call, name, bindings)) ?? null;
}
