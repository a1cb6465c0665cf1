/**
 * Lists that begin empty, and into which things are put: whether there is anything in one, as
 * `if (errors.length > 0)` asks.
 */

import {
  codeAround,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { BindingTable } from '../../syntax/binding-table.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Reference,
  type Variable,
} from '../../syntax/bindings.ts';
import { isWritten } from '../../syntax/forms.ts';
import { SKIP } from '../term/make.ts';
import type { Changing, Fact, Term, Test } from '../term/term.ts';
import type { Atoms } from './atoms.ts';
import { isThere, LENGTH, numberIn } from './counted.ts';

/** Methods that leave a list as it is. */
const READING: ReadonlySet<string> = new Set([
  'at',
  'concat',
  'entries',
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'includes',
  'indexOf',
  'join',
  'map',
  'reduce',
  'slice',
  'some',
  'values',
]);

/** Where an expression stands in one of these, it is only read. */
const READERS: ReadonlySet<string> = new Set(['ReturnStatement', 'SpreadElement']);

/** How a list is used where its name stands. */
type Use = 'read' | 'asked' | 'put into' | 'handed over' | 'unknown';

/** A list, and the code that it belongs to. */
interface Followed {
  readonly code: Node;
  readonly changing: Changing;
}

export class Lists {
  readonly #atoms: Atoms;
  readonly #isSeen: (call: CallExpression) => boolean;
  readonly #followed: BindingTable<Followed | null>;

  /** @param isSeen whether it is seen what a call calls */
  constructor(bindings: Bindings, atoms: Atoms, isSeen: (call: CallExpression) => boolean) {
    this.#followed = new BindingTable(bindings, (variable) => this.#follow(variable));
    this.#atoms = atoms;
    this.#isSeen = isSeen;
  }

  /** The test whether there is anything in a list; null where that is not followed. */
  test(list: Node): Test | null {
    const changing = this.#at(list);
    if (changing === null) return null;
    const { atom } = changing;
    return {
      kind: 'facts',
      whenTrue: [{ atom, holds: true }],
      whenFalse: [{ atom, holds: false }],
      changes: true,
    };
  }

  /** The same of its length that is compared. */
  compared({ left, right, operator }: Node & { type: 'BinaryExpression' }): Test | null {
    const subject = unwrap(left);
    if (subject.type !== 'MemberExpression' || memberName(subject) !== 'length') return null;
    return isThere(this.test(subject.object), `${operator} ${numberIn(right)}`, LENGTH);
  }

  /** A list begins, with nothing in it. */
  began(name: Node): Term {
    return this.#assigned(this.#at(name), false);
  }

  /** What a call has put into a list, or whoever was given one may have. */
  after({ callee, arguments: args }: CallExpression): Term {
    const method = unwrap(callee);
    if (method.type === 'MemberExpression' && memberName(method) === 'push') {
      const isSure = args.some(({ type }) => type !== 'SpreadElement');
      return this.#assigned(this.#at(method.object), isSure ? true : null);
    }
    for (const argument of args) {
      const changing = argument.type === 'Identifier' ? this.#at(argument) : null;
      if (changing !== null) return this.#assigned(changing, null);
    }
    return SKIP;
  }

  #assigned(changing: Changing | null, holds: boolean | null): Term {
    if (changing === null) return SKIP;
    const facts: readonly Fact[] = holds === null ? [] : [{ atom: changing.atom, holds }];
    return { kind: 'assign', changes: [changing], facts };
  }

  #at(node: Node): Changing | null {
    const name = unwrap(node);
    const followed = name.type === 'Identifier' ? this.#followed.of(name) : null;
    return followed?.code === codeAround(name) ? followed.changing : null;
  }

  #follow(variable: Variable): Followed | null {
    const [definition] = variable.defs;
    if (definition?.type !== 'Variable' || !isNeverReassigned(variable)) return null;
    const list = initializerOf(variable);
    if (list?.type !== 'ArrayExpression' || list.elements.length > 0) return null;
    const code = codeAround(definition.name);
    const uses = variable.references.map((one) => this.#useOf(one, code));
    const isFollowed =
      uses.includes('asked') && uses.includes('put into') && !uses.includes('unknown');
    const [changing] = (isFollowed ? this.#atoms.changing(definition, 1) : null) ?? [];
    return changing === undefined ? null : { code, changing };
  }

  #useOf({ identifier, init }: Reference, code: Node): Use {
    const { parent } = identifier;
    if (init === true || parent === undefined || parent === null) return 'read';
    if (READERS.has(parent.type) || isOfError(parent)) return 'read';
    if (parent.type === 'ForOfStatement' && parent.right === identifier) return 'read';
    const isHere = codeAround(identifier) === code;
    if (parent.type === 'CallExpression') {
      return isHere && parent.callee !== identifier && !this.#isSeen(parent)
        ? 'handed over'
        : 'unknown';
    }
    if (parent.type !== 'MemberExpression' || parent.object !== identifier) return 'unknown';
    const user = parent.parent;
    const isCalled = user?.type === 'CallExpression' && user.callee === parent;
    const name = memberName(parent);
    if (isCalled && name === 'push') {
      return isHere && user.arguments.length > 0 ? 'put into' : 'unknown';
    }
    if (isCalled) return name !== null && READING.has(name) ? 'read' : 'unknown';
    if (name === 'length') return isWritten(parent) ? 'unknown' : 'asked';
    return isWritten(parent) ? 'unknown' : 'read';
  }
}

/** Whether a node makes an error, which keeps what it is given. */
function isOfError(node: Node): boolean {
  return (
    node.type === 'NewExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name.endsWith('Error')
  );
}

/** Whether all that is done with a list is to go through it and take each of its elements apart. */
export function isTakenApart({ references }: Variable): boolean {
  return references.every(({ identifier, init }) => {
    const loop = identifier.parent;
    if (init === true || loop?.type !== 'ForOfStatement') return init === true;
    const [declaration] = loop.left.type === 'VariableDeclaration' ? loop.left.declarations : [];
    return declaration?.id.type === 'ArrayPattern';
  });
}
