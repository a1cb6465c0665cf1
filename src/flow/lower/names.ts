/** What is known of names, as far as it was asked for. */

import type { Node } from '../../syntax/ast.ts';
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
  /** What has been worked out about its parts. */
  parts: Map<string, Asked> | undefined;
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

  /** Does something while a name is known to be one of the things that it can be. */
  during<T>(name: Name, known: Pick<Name, 'callee' | 'values'>, action: () => T): T {
    const { callee, values } = name;
    Object.assign(name, known);
    try {
      return action();
    } finally {
      Object.assign(name, { callee, values });
    }
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
    parts: undefined,
    answers: undefined,
    outcome: undefined,
  };
}
