/** Resources: what is disposed of at the end of a block. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Lower, Resources, Declaration } from './parts.ts';
import type { Value } from '../../values/resolve.ts';
import { attempt, choice, MAY_THROW, seq, sequence, SKIP, SUSPEND } from '../term/make.ts';
import type { Term } from '../term/term.ts';

const NOTHING: readonly Value[] = [];
const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];

type Declarator = Declaration['declarations'][number];

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
      this.#held(declaration, declarator, values, () => this.#scope(declaration, index + 1, rest)),
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
    return this.#held(declaration, null, elements, body);
  }

  /** What is done while a resource is held, which can be any of these. */
  #held(
    declaration: Declaration,
    declarator: Declarator | null,
    values: readonly Value[],
    rest: () => Term,
  ): Term {
    const body = this.#lower.statements.inTry(rest);
    const disposal = this.#disposal(declaration, declarator, values);
    // Where nothing is behind it, it is disposed of all the same.
    return attempt(body, null, disposal);
  }

  #disposal(
    declaration: Declaration,
    declarator: Declarator | null,
    values: readonly Value[],
  ): Term {
    const isAsync = declaration.kind === 'await using';
    const deferred = declarator === null ? null : this.#deferred(declarator, isAsync);
    const site = declarator ?? declaration.declarations[0] ?? declaration;
    return deferred ?? this.#disposed(values, site, isAsync);
  }

  /**
   * What a stack that is made there disposes of: what it was given by its name, the last one first, as
   * far as that was come to. Null for anything else.
   */
  #deferred({ id, init }: Declarator, isAsync: boolean): Term | null {
    const made = init === null ? null : unwrap(init);
    const isStack =
      made?.type === 'NewExpression' &&
      STACKS.some((name) => this.#lower.callees.isGlobal(made.callee, name));
    const variable = isStack ? this.#lower.bindings.variable(id) : null;
    if (variable === null) return null;
    const disposals = variable.references.flatMap(({ identifier }): readonly Term[] => {
      const member = identifier.parent;
      const call = member?.type === 'MemberExpression' ? member.parent : null;
      if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression') return [];
      const [first, second] = call.arguments;
      const name = memberName(member);
      const callback = name === 'defer' ? first : name === 'adopt' ? second : undefined;
      if (call.callee !== member || first === undefined) return [];
      if (name === 'use') {
        return [this.#disposed(this.#lower.values.of(first), call, isAsync)];
      }
      if (callback === undefined) return [];
      const mode = isAsync ? 'awaited' : 'started';
      return [this.#lower.calls.callback(callback, mode) ?? MAY_THROW];
    });
    return seq(
      isAsync ? SUSPEND : SKIP,
      sequence(disposals.toReversed().map((one) => choice(SKIP, one))),
    );
  }

  #disposed(values: readonly Value[], site: Node, isAsync: boolean): Term {
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

const STACKS: readonly string[] = ['DisposableStack', 'AsyncDisposableStack'];

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
