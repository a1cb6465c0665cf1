/** The hooks of React. */

import type { CallExpression } from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { canBeOf, type Outside } from '../../values/externals.ts';

/** Tells whether a call is that of a hook of React's, by whatever name. */
export type IsHook = (call: CallExpression, name: string) => boolean;

const REACT: ReadonlySet<string> = new Set(['react']);

/** The hooks of the files that are read together. */
export function hooksOf(bindings: Bindings, outside: Outside): IsHook {
  return ({ callee }, name) => {
    const external = canBeOf(callee, REACT, bindings) ? outside(callee) : null;
    const [own, ...others] = external?.module === 'react' ? external.path : [];
    return own === name && others.length === 0;
  };
}

const STATES = ['useState', 'useReducer', 'useActionState'] as const;

/** The hook of React's that keeps a state by a call; null for any other call. */
export function stateHookOf(call: CallExpression, isHook: IsHook): (typeof STATES)[number] | null {
  return STATES.find((name) => isHook(call, name)) ?? null;
}
