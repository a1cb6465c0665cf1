/** Resources: what is disposed of at the end of a block. */

import type { Node } from './ast.ts';
import type { Lower } from './lower-types.ts';
import { attempt, MAY_THROW, seq, SKIP, SUSPEND, type Term } from './term.ts';

type Declaration = Node & { type: 'VariableDeclaration' };

export class Resources {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /**
   * The declaration of resources, and what stands behind it in its block: whichever way the block is
   * left, they are disposed of, the last one first.
   */
  scope(declaration: Declaration, rest: () => Term): Term {
    return this.#scope(declaration, 0, rest);
  }

  #scope(declaration: Declaration, index: number, rest: () => Term): Term {
    const declarator = declaration.declarations[index];
    if (declarator === undefined) return rest();
    const { init } = declarator;
    const made = init === null ? SKIP : this.#lower.effects.bound(init);
    const body = this.#lower.statements.inTry(() => this.#scope(declaration, index + 1, rest));
    // Where nothing is behind it, it is disposed of all the same.
    return seq(made, attempt(body, null, this.#disposal(declarator, isAwaited(declaration))));
  }

  #disposal(declarator: Declaration['declarations'][number], isAsync: boolean): Term {
    const { init } = declarator;
    const values = init === null ? [] : this.#lower.values.of(init);
    const method = (name: string): Term | null => {
      const callee = this.#lower.callees.amongValues(
        values.flatMap((value) => this.#lower.values.member(value, name)),
      );
      if (callee === null) return null;
      const isOpen = callee.open || values.some((value) => !hasMembers(value.kind));
      const target = { callee: { ...callee, open: isOpen }, args: [], isExact: false };
      return this.#lower.calls.invoke(target, declarator, isAsync ? 'awaited' : 'started');
    };
    const known = (isAsync ? method(ASYNC_DISPOSE) : null) ?? method(DISPOSE);
    if (known !== null) return known;
    return isAsync ? seq(SUSPEND, MAY_THROW) : MAY_THROW;
  }
}

const DISPOSE = '@@dispose';
const ASYNC_DISPOSE = '@@asyncDispose';

export function isUsing(node: Node): node is Declaration {
  return (
    node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using')
  );
}

function isAwaited({ kind }: Declaration): boolean {
  return kind === 'await using';
}

function hasMembers(kind: string): boolean {
  return kind === 'object' || kind === 'instance';
}
