/** Resources: what is disposed of at the end of a block. */

import type { Node } from '../../syntax/ast.ts';
import type { Lower, Resources, Declaration } from './parts.ts';
import type { Value } from '../../values/resolve.ts';
import { attempt, MAY_THROW, seq, SKIP, SUSPEND } from '../term/make.ts';
import type { Term } from '../term/term.ts';

const NOTHING: readonly Value[] = [];
const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];

type Using = Declaration & { kind: 'using' | 'await using' };

export class ResourceLowering implements Resources {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  scope(declaration: Declaration, rest: () => Term): Term {
    return this.#scope(declaration, 0, rest);
  }

  #scope(declaration: Declaration, index: number, rest: () => Term): Term {
    const declarator = declaration.declarations[index];
    if (declarator === undefined) return rest();
    const { init } = declarator;
    const made = init === null ? SKIP : this.#lower.effects.bound(init);
    const values = init === null ? NOTHING : this.#lower.values.of(init);
    return seq(
      made,
      this.#held(declaration, values, () => this.#scope(declaration, index + 1, rest)),
    );
  }

  round(declaration: Declaration, list: Node, body: () => Term): Term {
    const { values } = this.#lower;
    const elements = values.of(list).flatMap((value): readonly Value[] => {
      if (value.kind !== 'array') return UNKNOWN;
      return value.node.elements.flatMap((element) => {
        if (element === null) return NOTHING;
        return element.type === 'SpreadElement' ? UNKNOWN : values.part(value, element);
      });
    });
    return this.#held(declaration, elements, body);
  }

  /** What is done while a resource is held, which can be any of these. */
  #held(declaration: Declaration, values: readonly Value[], rest: () => Term): Term {
    const body = this.#lower.statements.inTry(rest);
    const disposal = this.#disposal(declaration, values);
    // Where nothing is behind it, it is disposed of all the same.
    return attempt(body, null, disposal);
  }

  #disposal(declaration: Declaration, values: readonly Value[]): Term {
    const isAsync = declaration.kind === 'await using';
    const site = declaration.declarations[0] ?? declaration;
    const method = (name: string): Term | null => {
      const callee = this.#lower.callees.amongValues(
        values.flatMap((value) => this.#lower.values.member(value, name)),
      );
      if (callee === null) return null;
      const isOpen = callee.open || values.some((value) => !hasMembers(value.kind));
      const target = { callee: { ...callee, open: isOpen }, args: [], isExact: false };
      return this.#lower.calls.invoke(target, site, isAsync ? 'awaited' : 'started');
    };
    const known = (isAsync ? method(ASYNC_DISPOSE) : null) ?? method(DISPOSE);
    if (known !== null) return known;
    return isAsync ? seq(SUSPEND, MAY_THROW) : MAY_THROW;
  }
}

const DISPOSE = '@@dispose';
const ASYNC_DISPOSE = '@@asyncDispose';

export function isUsing(node: Node): node is Using {
  return (
    node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using')
  );
}

function hasMembers(kind: string): boolean {
  return kind === 'object' || kind === 'instance';
}
