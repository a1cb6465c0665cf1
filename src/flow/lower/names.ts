/** What is known of names, as far as it was asked for. */

import { memberName, unwrap, type MemberExpression, type Node } from '../../syntax/ast.ts';
import { BindingTable } from '../../syntax/binding-table.ts';
import type { Asked } from './atoms.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';
import type { Callee } from '../term/term.ts';
import type { Value } from '../../values/resolve.ts';

/** A binding, and what has been worked out about it. */
export interface Name extends Asked {
  /** The functions that it can be; null where none is known. */
  callee: Callee | null | undefined;
  values: readonly Value[] | undefined;
  /** Whether it is known to be one of the things that it can be, see {@link Names.during}, */
  isOne: boolean;
  /** and the expression that it is then, if that is written out. */
  written: Node | null;
  /** What has been worked out about its parts. */
  parts: Map<string, Asked> | undefined;
}

/** What a name is while code is lowered for one of the things that it can be, as in a round of a loop. */
export interface Given {
  readonly name: Name;
  readonly callee: Callee | null;
  readonly values: readonly Value[];
  /** The expression that it is, where that is written out; null for any other. */
  readonly written: Node | null;
}

export class Names {
  readonly #names: BindingTable<Name>;
  /** The identifier that was asked for last: one is asked for several times in a row. */
  #last: Node | null = null;
  #lastName: Name | null = null;

  constructor(bindings: Bindings) {
    this.#names = new BindingTable(bindings, nameOf);
  }

  /** The binding that an identifier refers to or declares; null for a global. */
  of(identifier: Node): Name | null {
    if (identifier !== this.#last) {
      this.#lastName = this.#names.of(identifier);
      this.#last = identifier;
    }
    return this.#lastName;
  }

  /** Does something while names are each known to be one of the things that they can be. */
  during<T>(given: readonly Given[], action: () => T): T {
    const before = given.map(({ name: { callee, values, isOne, written } }) => ({
      ...{ callee, values, isOne, written },
    }));
    for (const { name, callee, values, written } of given)
      Object.assign(name, { callee, values, isOne: true, written });
    try {
      return action();
    } finally {
      for (const [index, { name }] of given.entries()) Object.assign(name, before[index]);
    }
  }

  /** The part that a member is of a name which is known to be one of the things that it can be. */
  one(
    member: MemberExpression,
  ): { readonly values: readonly Value[]; readonly part: string } | null {
    const object = unwrap(member.object);
    const name = object.type === 'Identifier' ? this.of(object) : null;
    const part = name?.isOne === true ? memberName(member) : null;
    return part === null || name?.values === undefined ? null : { values: name.values, part };
  }

  /** A part of what a name is bound to. */
  part(name: Name, part: string): Asked {
    name.parts ??= new Map();
    let asked = name.parts.get(part);
    if (asked === undefined) {
      asked = { variable: name.variable, part, answers: undefined, outcome: undefined };
      name.parts.set(part, asked);
    }
    return asked;
  }
}

function nameOf(variable: Variable): Name {
  return {
    variable,
    callee: undefined,
    values: undefined,
    isOne: false,
    written: null,
    parts: undefined,
    answers: undefined,
    outcome: undefined,
  };
}
