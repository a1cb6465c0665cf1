/** What the resolver asks of who uses it: all that lies outside of the files that are read. */

import type { CallExpression, ClassNode, NewExpression, Node } from '../syntax/ast.ts';
import type { Definition } from '../syntax/bindings.ts';
import type { Value } from './sets.ts';

/** What lies outside the file, or outside what `flow` knows of the language. */
export interface ValueHost {
  /** What an import binding is. */
  imported(definition: Definition): readonly Value[];
  /** What `require(specifier)`, or the fulfilled `import(specifier)`, is where it stands. */
  module(specifier: string, from: Node): readonly Value[];
  /** What a name is that the file does not declare. */
  global(identifier: Node, name: string): readonly Value[];
  /** What a property of an external value is. */
  member(external: object, name: string): readonly Value[];
  /** What a parameter is by its type annotation. */
  annotated(annotation: Node): readonly Value[];
  /** What the variants of a module for several platforms have in common; null where it has none. */
  family(node: Node): string | null;
  /**
   * How a wrapper such as `useCallback` hands on its first argument, if the call is one: as it is,
   * what it returns, or as the first `current` of an object.
   */
  wrapper(call: CallExpression): 'argument' | 'result' | 'current' | null;
  /** The text that a computed key always is; null for any other. */
  key?(node: Node): string | null;
  /** The names and expressions of other modules that an import binding stands for. */
  origins?(definition: Definition): readonly Node[];
  /** Those that a property of an external value stands for. */
  memberOrigins?(external: object, name: string): readonly Node[];
  /** What an object of a class of the file has from an external one that it extends. */
  inherited?(external: object, heir: ClassNode, name: string): readonly Value[];
  /** What a call of an external value, or a construction with it, gives. */
  result?(external: object, call: CallExpression | NewExpression): readonly Value[];
  /** What a call of an external value gives, at an index, to the function that it gets at a position. */
  given?(external: object, call: CallExpression, position: number, index: number): readonly Value[];
}
