/** Functions of React and others that hand on a function, what it returns, or any value. */

import { keyName, memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { importOf, isNeverReassigned, type Bindings, type Variable } from '../syntax/bindings.ts';
import { isGlobal } from '../syntax/promises.ts';
import type { ValueHost, Values } from '../values/resolve.ts';

type Wrapper = NonNullable<ReturnType<ValueHost['wrapper']>>;

/** React's and others' functions that hand on the function, what it returns, or any value. */
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ['useCallback', 'argument'],
  ['useEffectEvent', 'argument'],
  ['useEvent', 'argument'],
  ['useEventCallback', 'argument'],
  ['useMemoizedFn', 'argument'],
  ['memo', 'argument'],
  ['forwardRef', 'argument'],
  ['observer', 'argument'],
  ['useMemo', 'result'],
  ['useRef', 'current'],
]);

/** Methods of `Object` that give back what they are given. */
const LOCKS: ReadonlySet<string> = new Set(['freeze', 'preventExtensions', 'seal']);

/** Names that are given by others more deeply than this are not followed to what they stand for. */
const MAX_ALIASES = 4;

/** Tells which calls of the files that are read together are such wrappers. */
export class Wrappers {
  readonly #bindings: Bindings;
  readonly #values: Values;

  constructor(bindings: Bindings, values: Values) {
    this.#bindings = bindings;
    this.#values = values;
  }

  /** How a call hands on its first argument, if it is one of {@link WRAPPERS} that is not seen. */
  of({ callee }: CallExpression): Wrapper | null {
    const inner = unwrap(callee);
    if (inner.type === 'MemberExpression') {
      const name = memberName(inner) ?? '';
      if (LOCKS.has(name))
        return isGlobal(inner.object, 'Object', this.#bindings) ? 'argument' : null;
      if (!WRAPPERS.has(name)) return null;
    } else if (inner.type !== 'Identifier') {
      return null;
    }
    const wrapper = WRAPPERS.get(this.#unseenName(inner) ?? '') ?? null;
    return wrapper === null || this.#values.of(inner).length > 0 ? null : wrapper;
  }

  /**
   * The name under which an expression is exported by the module that it is imported from, or known
   * as a global; null where it is neither.
   */
  #unseenName(node: Node, depth = 0): string | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        if (variable === null) return inner.name;
        return depth < MAX_ALIASES ? this.#importedAs(variable, depth + 1) : null;
      }
      case 'MemberExpression':
        return this.#unseenName(inner.object, depth) === null ? null : memberName(inner);
      case 'AwaitExpression':
        return this.#unseenName(inner.argument, depth);
      case 'ImportExpression':
        return 'default';
      case 'CallExpression':
        return isGlobal(inner.callee, 'require', this.#bindings) ? 'default' : null;
      default:
        return null;
    }
  }

  /** The same for what a name is bound to; where it is a whole module, the name itself. */
  #importedAs(variable: Variable, depth: number): string | null {
    const [definition] = variable.defs;
    if (definition === undefined || !isNeverReassigned(variable)) return null;
    const { type, node, name } = definition;
    if (type === 'ImportBinding') return wholeOr(importOf(definition)?.name ?? null, variable);
    if (node.type !== 'VariableDeclarator' || node.init === null) return null;
    const whole = this.#unseenName(node.init, depth);
    if (whole === null || node.id === name) return whole === null ? null : wholeOr(whole, variable);
    const place = name.parent?.type === 'AssignmentPattern' ? name.parent : name;
    const { parent } = place;
    return parent?.type === 'Property' ? keyName(parent.key, parent.computed) : null;
  }
}

/** The name of an export; that of the binding, where it holds the default or the whole module. */
function wholeOr(exported: string | null, { name }: Variable): string {
  return exported === null || exported === 'default' ? name : exported;
}
