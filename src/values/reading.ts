/**
 * What a reading has to say for a `Walk` to follow expressions by it: what is known of a run, and what
 * is made of values.
 */

import type {
  ArrayExpression,
  CallExpression,
  FunctionNode,
  MemberExpression,
  NewExpression,
  Node,
} from '../syntax/ast.ts';
import type { Bindings, Definition, Variable } from '../syntax/bindings.ts';
import type { RestElement } from '../syntax/patterns.ts';
import type { Written } from './value.ts';

type Argument = CallExpression['arguments'][number];
type Import = Node & { readonly type: 'ImportExpression' };
type DefaultPattern = Node & { readonly type: 'AssignmentPattern' };

/** Whose a member is: of a class itself, or of its objects; `own` leaves out those of its prototype. */
export type Owner = 'class' | 'instance' | 'own';

/** What an object that is spread into another says of a property. */
export interface Spread<Answer> {
  /** Null where it says nothing. */
  readonly answer: Answer | null;
  /** Whether it says so each time, so that what stands before it does not matter. */
  readonly isSure: boolean;
}

/**
 * @template Answer what is told of an expression: a set of values
 * @template Frame the run that an expression is read in
 */
export abstract class Reading<Answer, Frame> {
  readonly bindings: Bindings;

  constructor(bindings: Bindings) {
    this.bindings = bindings;
  }

  /** What an expression, or a declaration, is; worked out once. */
  protected abstract ask(node: Node, frame: Frame): Answer;

  /** What is not known. */
  protected abstract unknown(node: Node): Answer;

  /** What a `catch` gives to its parameter, which is taken for an object. */
  protected caught(node: Node): Answer {
    return this.unknown(node);
  }

  /** What is not there. */
  protected abstract missing(node: Node): Answer;

  /** What is one of several. */
  protected abstract oneOf(answers: readonly Answer[], node: Node): Answer;

  /** What is written in the source, as this run makes it. */
  protected abstract written(what: Written<object>, node: Node, frame: Frame): Answer;

  /** What an expression is that is followed no further. */
  protected abstract computed(node: Node, frame: Frame): Answer;

  /** A name that the file does not declare. */
  protected abstract global(node: Node, name: string): Answer;

  /** What an import binds. */
  protected abstract imported(definition: Definition, node: Node): Answer;

  /** What a binding is, where a name means it. */
  protected abstract variable(variable: Variable, node: Node, frame: Frame): Answer;

  /** What a function is given as an argument, in the run or in all that are seen. */
  protected abstract argument(
    target: FunctionNode,
    index: number,
    parameter: Node,
    frame: Frame,
  ): Answer;

  /** What a parameter `...rest` gets. */
  protected abstract restArguments(target: FunctionNode, rest: RestElement, frame: Frame): Answer;

  /** What the type says that something is declared with; null where it says nothing. */
  protected abstract annotated(type: Node, frame: Frame): Answer | null;

  protected abstract thisAt(node: Node, frame: Frame): Answer;

  /** The classes of these, or their objects. */
  protected abstract classesAs(of: Answer, as: 'class' | 'instance', node: Node): Answer;

  /**
   * What a property of each of these is.
   *
   * @param isOptional whether there is none where there is no object
   */
  protected abstract memberOf(of: Answer, name: string, use: Node, isOptional: boolean): Answer;

  /** A member by a key that is no literal. */
  protected abstract computedMember(node: MemberExpression, frame: Frame): Answer;

  /** What `...rest` leaves of each of these. */
  protected abstract restOf(of: Answer, rest: RestElement, name: Node): Answer;

  /** What is one of these, or the default where there is none. */
  protected abstract withDefault(of: Answer, pattern: DefaultPattern, frame: Frame): Answer;

  /** The text that a computed key always is; null for any other. */
  protected abstract keyText(key: Node, frame: Frame): string | null;

  /** What an object that is spread says of a property; null where nothing is known of all then. */
  protected abstract spread(node: Node, name: string, frame: Frame): Spread<Answer> | null;

  /** What a getter gives. */
  protected abstract got(getter: FunctionNode, use: Node, frame: Frame): Answer;

  /** What calling one of these gives. */
  protected abstract resultOf(
    callees: Answer,
    args: readonly Argument[],
    node: CallExpression,
    frame: Frame,
  ): Answer;

  /** The same by `call` or `apply`; null where it is not known that these are functions. */
  protected abstract applied(
    callees: Answer,
    args: readonly Argument[],
    node: CallExpression,
    frame: Frame,
  ): Answer | null;

  /** What a handler makes of what a promise is fulfilled with; null where that is no promise. */
  protected abstract handled(
    node: CallExpression,
    of: Node,
    handler: Node,
    frame: Frame,
  ): Answer | null;

  /** What `map.get(key)` gives of the entries that it can find. */
  protected abstract entry(entries: readonly Node[], node: CallExpression, frame: Frame): Answer;

  /** All that `map.get(key)` can find; null for other calls. */
  abstract entries(node: CallExpression): readonly Node[] | null;

  protected abstract construction(node: NewExpression, frame: Frame): Answer;

  protected abstract importedBy(node: Import, frame: Frame): Answer;

  /** What a promise of these is. */
  protected abstract promised(of: Answer, node: Node): Answer;

  /** What these are where they are awaited: of a promise, what it is fulfilled with. */
  protected abstract settled(of: Answer, node: Node): Answer;

  /** Whether these are of this kind, as far as a reading has to know. */
  protected abstract are(kind: 'array' | 'function' | 'promise', of: Answer): boolean;

  /** What a pattern takes of each of these under a name. */
  protected abstract taken(of: Answer, key: string, use: Node, name: Node): Answer;

  /** The array literal that an expression always is. */
  protected abstract arrayOf(node: Node, frame: Frame): ArrayExpression | null;

  /** What `bind` makes of functions; null where that is not known. */
  protected abstract partial(of: Answer, call: CallExpression): Answer | null;
}
