/**
 * What an expression can be: functions, classes, literals, and things that only the host knows,
 * such as the exports of a package. Demand-driven, and blind to the order in which code runs: an
 * expression can be whatever its bindings are ever given. An empty answer means that nothing is
 * known.
 *
 * This is one of the two readings of a `Walk`: that of all runs, joined. What is under a name is in
 * `joined-members`, what calls give and get in `joined-calls`.
 */

import {
  keyName,
  memberName,
  rootOf,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../syntax/ast.ts';
import { exportsOf } from '../project/module.ts';
import { isExports } from '../syntax/forms.ts';
import type { Bindings, Definition, Variable } from '../syntax/bindings.ts';
import { Callers } from './callers.ts';
import { JoinedCalls } from './joined-calls.ts';
import { ownerOf } from './members.ts';
import { heldBy, NOTHING, settled, UNKNOWN, type Value } from './sets.ts';
import type { Providing } from './uses.ts';
import type { ValueHost } from './value-host.ts';
import type { Written } from './value.ts';

export { sameValue, type Value } from './sets.ts';
export type { ValueHost } from './value-host.ts';

/** What gives no function, and nothing that holds one. */
const PLAIN: ReadonlySet<string> = new Set([
  'BinaryExpression',
  'Literal',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
]);

export class Values extends JoinedCalls {
  protected readonly callers: Callers;

  /** @param program the first of the files that are read together, if it is known */
  constructor(program: Node | null, bindings: Bindings, host: ValueHost) {
    super(bindings, host);
    this.callers = new Callers(bindings, this.uses, this);
    if (program !== null) this.include(program);
  }

  /** Reads another file together with the first. */
  include(program: Node): void {
    this.uses.include(program);
  }

  /** The files that are read together. */
  get programs(): ReadonlySet<Node> {
    return this.uses.programs;
  }

  /** What an expression can be. */
  of(node: Node): readonly Value[] {
    const inner = unwrap(node);
    return this.known.get(inner) ?? this.once(inner, () => this.expression(inner, null));
  }

  /** What a binding can be. */
  ofVariable(variable: Variable): readonly Value[] {
    const known = this.known.get(variable);
    if (known !== undefined) return known;
    return this.once(variable, () => {
      const [definition] = variable.defs;
      return definition === undefined ? NOTHING : this.binding(variable, definition.name, null);
    });
  }

  /** How many answers were worked out so far. */
  get answers(): number {
    return this.work.answers;
  }

  /** What something can be by its type annotation alone. */
  typed(annotation: Node): readonly Value[] {
    return this.host.annotated(annotation);
  }

  /** What a part of a literal can be, for who has the value that the literal made. */
  part(owner: Value, node: Node): readonly Value[] {
    return this.of(node).map((value) => heldBy(owner, value));
  }

  /** What calling a function gives. */
  returned(node: FunctionNode): readonly Value[] {
    return this.returnedBy(node);
  }

  /** What components may provide to contexts of React. */
  get providing(): readonly Providing[] {
    return this.uses.providing;
  }

  /** The functions that an expression can be. */
  functions(node: Node): readonly FunctionNode[] {
    return this.of(node).flatMap((value) => (value.kind === 'function' ? [value.node] : []));
  }

  /** Whether a call gives back the function that is its first argument, as `useCallback` does. */
  isWrapper(call: CallExpression): boolean {
    return this.host.wrapper(call) === 'argument';
  }

  /** Whether functions are one, as it is written for several platforms, each in a file of its own. */
  areVariants(nodes: readonly FunctionNode[]): boolean {
    const [first, ...others] = nodes;
    if (first === undefined || others.length === 0) return false;
    const family = this.host.family(first);
    return (
      family !== null &&
      others.every((other) => this.host.family(other) === family) &&
      new Set(nodes.map(rootOf)).size === nodes.length
    );
  }

  protected ask(node: Node): readonly Value[] {
    return this.of(node);
  }

  protected unknown(): readonly Value[] {
    return NOTHING;
  }

  protected missing(): readonly Value[] {
    return NOTHING;
  }

  protected oneOf(answers: readonly (readonly Value[])[]): readonly Value[] {
    return answers.flat();
  }

  protected written(what: Written<object>): readonly Value[] {
    return [what];
  }

  protected computed(): readonly Value[] {
    return NOTHING;
  }

  protected global(node: Node, name: string): readonly Value[] {
    return this.host.global(node, name);
  }

  protected imported(definition: Definition): readonly Value[] {
    return this.host.imported(definition);
  }

  protected variable(variable: Variable): readonly Value[] {
    return this.ofVariable(variable);
  }

  protected annotated(type: Node): readonly Value[] {
    return this.host.annotated(type);
  }

  protected override memberExpression(node: MemberExpression): readonly Value[] {
    return this.#ownExport(node) ?? super.memberExpression(node, null);
  }

  /** What a CommonJS module reads of what it exports itself; null for any other member. */
  #ownExport(node: MemberExpression): readonly Value[] | null {
    const object = unwrap(node.object);
    const name = isExports(object) ? memberName(node) : null;
    const root = name === null ? null : rootOf(node);
    const own = object.type === 'MemberExpression' ? object.object : object;
    if (name === null || root?.type !== 'Program' || this.bindings.variable(own) !== null)
      return null;
    const { named, whole } = exportsOf(root);
    const found = [
      ...(named.get(name) ?? []).flatMap((one) => (one.kind === 'node' ? this.of(one.node) : [])),
      ...whole.flatMap((one) => this.of(one)).flatMap((value) => this.member(value, name)),
    ];
    return found.length === 0 ? null : found;
  }

  /**
   * What one of several expressions can be that a thing is given: where nothing is known of it, that
   * says so. What is worked out already adds nothing of its own.
   */
  protected override alternative(node: Node): readonly Value[] {
    const inner = unwrap(node);
    if (PLAIN.has(inner.type) || this.#isUndefined(inner)) return NOTHING;
    const { answer: values, isProvisional } = this.work.watched(() => this.of(inner));
    return values.length === 0 && !isProvisional ? UNKNOWN : values;
  }

  #isUndefined(node: Node): boolean {
    return node.type === 'Identifier' && node.name === 'undefined' && this.bindings.isGlobal(node);
  }

  /** Where a class is extended, `this` can be of one that extends it. */
  protected thisAt(node: Node): readonly Value[] {
    const owner = ownerOf(node);
    if (owner === null) return NOTHING;
    if (owner.kind === 'object') return [owner];
    const { kind } = owner;
    return [owner, ...this.callers.heirsOf(owner.node).map((heir) => ({ kind, node: heir }))];
  }

  protected classesAs(of: readonly Value[], as: 'class' | 'instance'): readonly Value[] {
    return of.flatMap((value) => (value.kind === 'class' ? [{ kind: as, node: value.node }] : []));
  }

  protected withDefault(
    of: readonly Value[],
    pattern: Node & { readonly type: 'AssignmentPattern' },
  ): readonly Value[] {
    return [...of, ...this.of(pattern.right)];
  }

  /** The array literal that an expression is, if it is one alone. */
  protected arrayOf(node: Node): ArrayExpression | null {
    const [only, ...others] = this.of(node);
    return only?.kind === 'array' && others.length === 0 ? only.node : null;
  }

  protected importedBy(node: Node & { readonly type: 'ImportExpression' }): readonly Value[] {
    const specifier = keyName(node.source, true);
    return specifier === null ? NOTHING : this.promised(this.host.module(specifier, node));
  }

  protected promised(of: readonly Value[]): readonly Value[] {
    return [{ kind: 'promise', of }];
  }

  protected settled(of: readonly Value[]): readonly Value[] {
    return settled(of);
  }

  protected are(kind: Value['kind'], of: readonly Value[]): boolean {
    return kind === 'promise' ? of.some((value) => value.kind === kind) : of.length > 0;
  }
}
