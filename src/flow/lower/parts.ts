/** What the parts of the lowering are given, and how they reach each other. */

import type { CallExpression, FunctionNode, MemberExpression, Node } from '../../syntax/ast.ts';
import type { Atoms } from './atoms.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Awaiting } from './awaiting.ts';
import type { Callees } from './callees.ts';
import type { Calls } from './calls.ts';
import type { Classes } from './classes.ts';
import type { Context } from './context.ts';
import type { Definitions } from './definitions.ts';
import type { Effects } from './effects.ts';
import type { Executors } from './executors.ts';
import type { Generators } from './generators.ts';
import type { HeldPromises } from './held.ts';
import type { Loops } from './loops.ts';
import type { Names } from './names.ts';
import type { Settling } from './settling.ts';
import type { Statements } from './statements.ts';
import type { Tests } from './tests.ts';
import type { Resources } from './resources.ts';
import type { ResultKind } from '../term/term.ts';
import type { Value } from '../../values/resolve.ts';

/** What expressions can be, as {@link file://./values.ts} works it out. */
export interface Resolver {
  of(node: Node): readonly Value[];
  /** What a property of a value can be. */
  member(value: Value, name: string): readonly Value[];
  /** What a part of a literal can be, for who has the value that the literal made. */
  part(owner: Value, node: Node): readonly Value[];
  isWrapper(call: CallExpression): boolean;
  /** Whether functions are one, as it is written for several platforms. */
  areVariants(nodes: readonly FunctionNode[]): boolean;
  /** The getters that reading a property may run, or the setters that writing it may. */
  accessors(node: MemberExpression, kind: 'get' | 'set'): readonly FunctionNode[];
  /** All that a property is ever given; null where that is not known. */
  sources(node: MemberExpression): readonly Node[] | null;
  /** All that `map.get(key)` can give; null for other calls, or where that is not known. */
  entries(node: CallExpression): readonly Node[] | null;
  /** The names and expressions of other modules that an import stands for; null for no import. */
  origins(node: Node): readonly Node[] | null;
}

/** What a method of the protocol's subject does: the events at the call, and when it settles. */
export interface Operation {
  readonly call: number;
  readonly settle: number;
}

/** What only the protocol's owner can tell of the code. */
export interface LowerHost {
  /** The operation that a call performs. */
  operation(call: CallExpression): Operation | null;
  /** The operation that an expression is a reference to, such as a method that is passed on. */
  reference(node: Node): Operation | null;
  /** Whether an expression is the subject of the protocol: a test of it is taken to be passed. */
  isSubject(node: Node): boolean;
  /** What a test tells of an expression, where that is always the same; null for others. */
  constant?(node: Node): ResultKind | null;
  /** Whether a call never returns, though its function cannot be seen. */
  neverReturns(call: CallExpression): boolean;
  /** A function, or a statement of the module, is nested too deeply, and left out. */
  leftOut?(node: Node): void;
}

/** What the parts of the lowering share, and how they reach each other. */
export interface Lower {
  readonly bindings: Bindings;
  readonly values: Resolver;
  readonly host: LowerHost;
  readonly atoms: Atoms;
  readonly names: Names;
  /** What the code that is being lowered stands in. */
  context: Context;
  readonly definitions: Definitions;
  readonly statements: Statements;
  readonly resources: Resources;
  readonly loops: Loops;
  readonly generators: Generators;
  readonly effects: Effects;
  readonly classes: Classes;
  readonly calls: Calls;
  readonly callees: Callees;
  readonly awaiting: Awaiting;
  readonly settling: Settling;
  readonly held: HeldPromises;
  readonly executors: Executors;
  readonly tests: Tests;
}
