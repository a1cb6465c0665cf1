/**
 * The values of the expressions of a file, computed without running them: numbers as functions of
 * the clock, strings, dates, lengths of time. See {@link Value} for what there is to find.
 */

import type { Node, Program } from '../flow/ast.ts';
import type { Bindings } from '../flow/bindings.ts';
import type { External, ObjectValue, Possibilities } from './expression-values.ts';

export type * from './expression-values.ts';

/** What lies outside the file. */
export interface ExpressionHost {
  /**
   * The expression (or the declaration of a class, function or enum) that a module exports under a
   * name, `default` for the default export, with the expressions of that module's own file. Null
   * where it is not known. `specifier` is as it is written in `from`.
   */
  exported(
    specifier: string,
    name: string,
    from: Expressions,
  ): { readonly node: Node; readonly file: Expressions } | null;
}

const NOTHING_KNOWN: ExpressionHost = { exported: () => null };

/** The expressions of one file. Each is worked out once. */
export class Expressions {
  readonly bindings: Bindings;

  /**
   * @param host knows other files; by default none is known
   */
  constructor(program: Program, bindings: Bindings, host: ExpressionHost = NOTHING_KNOWN) {
    this.bindings = bindings;
    throw new Error(`not yet: ${program.type} ${typeof host}`);
  }

  /** What an expression of this file can be. */
  of(node: Node): Possibilities {
    throw new Error(`not yet: ${node.type}`);
  }

  /**
   * What a property of an object literal can be: the last of that name, from spreads too;
   * `undefined` where the object has none, unknown where it is changed after it was made.
   */
  property(object: ObjectValue, name: string): Possibilities {
    throw new Error(`not yet: ${object.kind} ${name}`);
  }

  /**
   * The package export or global that an expression is, whatever way it came by its name: imports
   * of all forms, `require`, `await import()`, destructuring, constants, members. Null for others.
   */
  external(node: Node): External | null {
    throw new Error(`not yet: ${node.type}`);
  }
}
