/** Resources: what is disposed of at the end of a block. */

import {
  isClass,
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { LOOPS } from '../../syntax/forms.ts';
import type { Lower, Resources, Declaration } from './parts.ts';
import type { Value } from '../../values/resolve.ts';
import { attempt, choice, exit, MAY_THROW, seq, SKIP, SUSPEND } from '../term/make.ts';
import type { Callee, Term } from '../term/term.ts';

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

  /** What a stack that is made there disposes of; null for anything else. */
  #deferred({ id, init }: Declarator, isAsync: boolean): Term | null {
    const isStack = init !== null && this.#isStack(init);
    const variable = isStack ? this.#lower.bindings.variable(id) : null;
    return variable === null ? null : this.#emptied(variable, isAsync, null);
  }

  disposal(call: CallExpression): Callee | null {
    const member = unwrap(call.callee);
    const method =
      member.type === 'MemberExpression' ? DISPOSING.get(memberName(member) ?? '') : null;
    if (member.type !== 'MemberExpression' || method == null) return null;
    const variable = this.#lower.bindings.variable(unwrap(member.object));
    if (variable === null || !this.#holdsStack(variable)) return null;
    const { isAsync } = method;
    const emptying = this.#lower.definitions.define(member, {
      ...{ name: '', isAsync, isGenerator: false },
      lower: (returns) => seq(this.#emptied(variable, isAsync, call), exit(returns.nullish)),
    });
    return { functions: [emptying], parameter: null, open: false };
  }

  #holdsStack(variable: Variable): boolean {
    const initializer = isNeverReassigned(variable) ? initializerOf(variable) : null;
    return initializer !== null && this.#isStack(initializer);
  }

  /** Whether an expression makes a stack, or moves what one holds into another. */
  #isStack(node: Node): boolean {
    const made = unwrap(node);
    if (made.type === 'NewExpression') {
      return STACKS.some((name) => this.#lower.callees.isGlobal(made.callee, name));
    }
    return this.#movedFrom(made) !== null;
  }

  /** The stack that a call of `move` empties; null for any other expression. */
  #movedFrom(node: Node): Variable | null {
    const callee = node.type === 'CallExpression' ? unwrap(node.callee) : null;
    if (callee?.type !== 'MemberExpression' || memberName(callee) !== 'move') return null;
    const variable = this.#lower.bindings.variable(unwrap(callee.object));
    if (variable === null || this.#emptying.has(variable)) return null;
    this.#emptying.add(variable);
    try {
      return this.#holdsStack(variable) ? variable : null;
    } finally {
      this.#emptying.delete(variable);
    }
  }

  /** The stacks that it is being asked of what they hold: names can be given each other. */
  readonly #emptying = new Set<Variable>();

  /**
   * What emptying a stack does: all that it was given by its name, the last one first, as far as that
   * was come to.
   *
   * @param by the call that empties it; null for the end of its block
   */
  #emptied(variable: Variable, isAsync: boolean, by: CallExpression | null): Term {
    const initializer = initializerOf(variable);
    const source = initializer === null ? null : this.#movedFrom(unwrap(initializer));
    const calls = callsOn(variable);
    const endings = calls.filter(({ name }) => DISPOSING.has(name) || name === 'move');
    const isSeen = calls.length === variable.references.filter((one) => one.isRead()).length;
    const isOnce =
      by !== null && isSeen && endings.length === 1 && !isUsing(declarationOf(variable) ?? by);
    const disposals = calls.map(({ name, call }): Term => {
      const done = this.#given(name, call, isAsync);
      if (done === SKIP) return SKIP;
      return isOnce && isBehind(by, call, variable) ? done : choice(SKIP, done);
    });
    return seq(
      isAsync ? SUSPEND : SKIP,
      // Where one throws, the others are disposed of all the same.
      disposals.reduceRight((done, one) => attempt(done, null, one), SKIP),
      source === null ? SKIP : this.#emptied(source, isAsync, null),
    );
  }

  /** What a stack does in the end with what a call has given it. */
  #given(name: string, call: CallExpression, isAsync: boolean): Term {
    const [first, second] = call.arguments;
    if (first === undefined) return SKIP;
    if (name === 'use') return this.#disposed(this.#lower.values.of(first), call, isAsync);
    const callback = name === 'defer' ? first : name === 'adopt' ? second : undefined;
    if (callback === undefined) return SKIP;
    return this.#lower.calls.callback(callback, isAsync ? 'awaited' : 'started') ?? MAY_THROW;
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

/** The methods that dispose of what a stack holds. */
const DISPOSING: ReadonlyMap<string, { readonly isAsync: boolean }> = new Map([
  ['dispose', { isAsync: false }],
  [DISPOSE, { isAsync: false }],
  ['disposeAsync', { isAsync: true }],
  [ASYNC_DISPOSE, { isAsync: true }],
]);

/** The methods that are called on what a name is bound to, in their order. */
function callsOn({ references }: Variable): readonly {
  readonly name: string;
  readonly call: CallExpression;
}[] {
  return references.flatMap(({ identifier }) => {
    const member = identifier.parent;
    const call = member?.type === 'MemberExpression' ? member.parent : null;
    if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression') return [];
    const name = member.object === identifier && call.callee === member ? memberName(member) : null;
    return name === null ? [] : [{ name, call }];
  });
}

function declarationOf({ defs: [definition] }: Variable): Node | null {
  return definition?.node.parent ?? null;
}

/**
 * Whether a statement that gives a stack something has run wherever one of the same block empties it,
 * which does so once for each stack that the block makes.
 */
function isBehind(by: CallExpression, call: CallExpression, variable: Variable): boolean {
  const block = declarationOf(variable)?.parent;
  if (block?.type !== 'BlockStatement' && block?.type !== 'Program') return false;
  const given = call.parent;
  if (given?.type !== 'ExpressionStatement' || given.parent !== block) return false;
  let end: Node = by;
  while (end.parent != null && end.parent !== block) {
    if (isFunction(end) || isClass(end) || LOOPS.has(end.type)) return false;
    end = end.parent;
  }
  const behind = block.body.slice(block.body.indexOf(given) + 1);
  return behind.some((statement) => statement === end) && !LOOPS.has(end.type) && !isFunction(end);
}

export function isUsing(node: Node): node is Using {
  return (
    node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using')
  );
}

function hasMembers(kind: string): boolean {
  return kind === 'object' || kind === 'instance';
}
