/** Functions of React and others that hand on a function, what it returns, or any value. */

import { isFunction, memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { initializerOf, type Bindings, type Variable } from '../syntax/bindings.ts';
import { beginOf } from '../syntax/forms.ts';
import { isGlobal } from '../syntax/promises.ts';
import type { Outside } from '../values/externals.ts';
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

/** Tells which calls of the files that are read together are such wrappers. */
export class Wrappers {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #outside: Outside;

  constructor(bindings: Bindings, values: Values, outside: Outside) {
    this.#bindings = bindings;
    this.#values = values;
    this.#outside = outside;
  }

  /** How a call hands on its first argument, if it is one of {@link WRAPPERS} that is not seen. */
  of({ callee }: CallExpression): Wrapper | null {
    const inner = unwrap(callee);
    if (inner.type === 'MemberExpression' && LOCKS.has(memberName(inner) ?? ''))
      return isGlobal(inner.object, 'Object', this.#bindings) ? 'argument' : null;
    // What a name means outside is asked of several modules, and rarely due.
    if (this.#values.of(inner).length > 0) return null;
    return WRAPPERS.get(this.#unseenName(inner) ?? '') ?? null;
  }

  /**
   * The name under which an expression is exported by the package that it is from, or known as a
   * global; that which the file gives to what is the default; null where it is none of these.
   */
  #unseenName(node: Node): string | null {
    if (!this.#canBeOutside(node)) return null;
    const external = this.#outside(node);
    if (external === null) return null;
    return external.path.at(-1) ?? this.#ownName(node);
  }

  /** Whether an expression begins with what is not of the file, or with a name for something. */
  #canBeOutside(node: Node): boolean {
    const root = beginOf(node);
    if (root.type !== 'Identifier') return root.type === 'AwaitExpression';
    const variable = this.#bindings.variable(root);
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition?.type === 'ImportBinding') return true;
    const { node: declarator } = definition ?? {};
    if (declarator?.type !== 'VariableDeclarator' || declarator.init === null) return false;
    return !isFunction(unwrap(declarator.init));
  }

  /** The name that was first given to what a name means. */
  #ownName(node: Node): string | null {
    const seen = new Set<Variable>();
    let name: string | null = null;
    for (let inner = unwrap(node); inner.type === 'Identifier';) {
      const variable = this.#bindings.variable(inner);
      const init = variable === null || seen.has(variable) ? null : initializerOf(variable);
      name = inner.name;
      if (variable === null || init === null) break;
      seen.add(variable);
      inner = unwrap(init);
    }
    return name;
  }
}
