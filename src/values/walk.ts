/**
 * How an expression comes to be what it is: names are followed to what they are given, patterns to
 * what they take apart, members to what declares them, calls to what they return. All of that is
 * here, once. What is known of a run, and what is made of values, is up to a reading: `Values` joins
 * all runs, an `Evaluator` computes the values of one.
 */

import {
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type AssignmentExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import type { Definition, Variable } from '../syntax/bindings.ts';
import { aliasOf, exportedFrom } from '../syntax/declared.ts';
import { assignmentOf, stepsTo, wholeOf, type RestElement, type Step } from '../syntax/patterns.ts';
import { argumentsOf, itemAt } from './literals.ts';
import { candidatesIn, membersNamed, ownerOf, type ObjectPart, type OwnMember } from './members.ts';
import { LanguageCalls } from './language-calls.ts';
import type { EnumNode, NamespaceNode } from './value.ts';

type Argument = CallExpression['arguments'][number];
type Conditional = Node & { readonly type: 'ConditionalExpression' };
type Logical = Node & { readonly type: 'LogicalExpression' };

/**
 * @template Answer what is told of an expression: a set of values
 * @template Frame the run that an expression is read in
 */
export abstract class Walk<Answer, Frame> extends LanguageCalls<Answer, Frame> {
  protected expression(node: Node, frame: Frame): Answer {
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        return this.#name(node, frame);
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
        return this.written({ kind: 'function', node }, node, frame);
      case 'ClassExpression':
      case 'ClassDeclaration':
        return this.written({ kind: 'class', node }, node, frame);
      case 'TSEnumDeclaration':
        return this.written({ kind: 'enum', node }, node, frame);
      case 'TSModuleDeclaration':
        return this.written({ kind: 'namespace', node }, node, frame);
      case 'ObjectExpression':
        return this.written({ kind: 'object', node }, node, frame);
      case 'ArrayExpression':
        return this.written({ kind: 'array', node }, node, frame);
      case 'ThisExpression':
        return this.thisAt(node, frame);
      case 'Super':
        return this.#parent(node, frame);
      case 'MemberExpression':
        return this.memberExpression(node, frame);
      case 'CallExpression':
        return this.call(node, frame);
      case 'NewExpression':
        return this.construction(node, frame);
      case 'ImportExpression':
        return this.importedBy(node, frame);
      case 'AwaitExpression':
        return this.settled(this.ask(node.argument, frame), node);
      case 'ConditionalExpression':
        return this.conditional(node, frame);
      case 'LogicalExpression':
        return this.logical(node, frame);
      case 'AssignmentExpression':
        return node.operator === '=' ? this.ask(node.right, frame) : this.compound(node, frame);
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last === undefined ? this.unknown(node) : this.ask(last, frame);
      }
      default:
        return this.computed(node, frame);
    }
  }

  /** What one of several expressions is that a thing is given. */
  protected alternative(node: Node, frame: Frame): Answer {
    return this.ask(node, frame);
  }

  protected conditional(node: Conditional, frame: Frame): Answer {
    const { consequent, alternate } = node;
    return this.#either(consequent, alternate, node, frame);
  }

  protected logical(node: Logical, frame: Frame): Answer {
    return node.operator === '&&'
      ? this.ask(node.right, frame)
      : this.#either(node.left, node.right, node, frame);
  }

  /** An assignment that may leave the name what it is. */
  protected compound(node: AssignmentExpression, frame: Frame): Answer {
    return this.#either(node.left, node.right, node, frame);
  }

  #either(one: Node, other: Node, node: Node, frame: Frame): Answer {
    return this.oneOf([this.alternative(one, frame), this.alternative(other, frame)], node);
  }

  #all(answers: readonly Answer[], node: Node): Answer {
    const [only, ...others] = answers;
    if (only === undefined) return this.unknown(node);
    return others.length === 0 ? only : this.oneOf(answers, node);
  }

  #name(node: Node & { readonly name: string }, frame: Frame): Answer {
    const variable = this.bindings.variable(node);
    return variable === null ? this.global(node, node.name) : this.variable(variable, node, frame);
  }

  /** All that a binding is ever given, in whatever order. */
  protected binding(variable: Variable, node: Node, frame: Frame): Answer {
    const answers = variable.defs.map((definition) => this.declared(definition, node, frame));
    for (const reference of variable.references) {
      if (!reference.isWrite() || reference.init === true) continue;
      const assignment = assignmentOf(reference.identifier);
      if (assignment === null) continue;
      const given = this.alternative(assignment.right, frame);
      answers.push(this.bound(assignment.left, reference.identifier, given, frame));
    }
    return this.#all(answers, node);
  }

  /** What a definition gives to its binding. */
  protected declared(definition: Definition, node: Node, frame: Frame): Answer {
    const { type, name, node: declaration } = definition;
    const alias = aliasOf(declaration);
    if (alias !== null) return this.#qualified(alias, frame);
    if (type === 'ImportBinding') return this.imported(definition, node);
    if (isFunction(declaration)) {
      return type === 'Parameter'
        ? this.#parameter(declaration, name, frame)
        : this.ask(declaration, frame);
    }
    if (isClass(declaration)) return this.ask(declaration, frame);
    switch (declaration.type) {
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return this.ask(declaration, frame);
      case 'TSEnumMember': {
        const owner = declaration.parent?.parent;
        const member = keyName(declaration.id, false);
        return owner?.type === 'TSEnumDeclaration' && member !== null
          ? this.enumMember(owner, member, node, frame)
          : this.unknown(node);
      }
      case 'VariableDeclarator': {
        const { id, init } = declaration;
        const answers = this.#annotatedIn(id, id, name, frame);
        if (init !== null) {
          answers.push(this.bound(id, name, this.alternative(init, frame), frame));
        }
        return this.#all(answers, node);
      }
      case 'CatchClause':
        return declaration.param === name ? this.caught(node) : this.unknown(node);
      default:
        return this.unknown(node);
    }
  }

  /** What a name in a pattern is by the type of that. */
  #annotatedIn(typed: Node, pattern: Node, name: Node, frame: Frame): Answer[] {
    const type = 'typeAnnotation' in typed ? typed.typeAnnotation : null;
    const given = type ? this.annotated(type, frame) : null;
    return given === null ? [] : [this.bound(pattern, name, given, frame)];
  }

  #parameter(target: FunctionNode, name: Node, frame: Frame): Answer {
    for (const [index, parameter] of target.params.entries()) {
      const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      if (stepsTo(pattern, name) === null) continue;
      const typed = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
      const given =
        pattern.type === 'RestElement'
          ? this.bound(pattern.argument, name, this.restArguments(target, pattern, frame), frame)
          : this.bound(pattern, name, this.argument(target, index, name, frame), frame);
      return this.#all([...this.#annotatedIn(typed, pattern, name, frame), given], name);
    }
    return this.unknown(name);
  }

  /** The list that a parameter `...rest` gets of a call. */
  protected restOfCall(
    rest: RestElement,
    call: CallExpression | NewExpression,
    args: readonly Argument[],
    frame: Frame,
  ): Answer {
    return this.written({ kind: 'array', node: argumentsOf(rest, call, args) }, rest, frame);
  }

  /** What a name in a pattern is, where the pattern is given this. */
  protected bound(pattern: Node, name: Node, given: Answer, frame: Frame): Answer {
    const steps = stepsTo(pattern, name);
    if (steps === null) return this.unknown(name);
    return steps.reduce((before, step) => this.#step(before, step, name, frame), given);
  }

  /** What a pattern, or a pattern within one, takes apart. */
  protected takenApart(pattern: Node, frame: Frame): Answer {
    const outer = wholeOf(pattern);
    const around = outer.parent ?? null;
    switch (around?.type) {
      case 'AssignmentExpression':
        return this.bound(outer, pattern, this.alternative(around.right, frame), frame);
      case 'ForOfStatement':
        return this.bound(outer, pattern, this.elementsOf(around.right, frame), frame);
      case 'VariableDeclarator': {
        const loop = around.parent?.parent;
        return loop?.type === 'ForOfStatement' && loop.left === around.parent
          ? this.bound(outer, pattern, this.elementsOf(loop.right, frame), frame)
          : this.declared({ type: 'Variable', name: pattern, node: around }, pattern, frame);
      }
      default:
        return around !== null && isFunction(around)
          ? this.declared({ type: 'Parameter', name: pattern, node: around }, pattern, frame)
          : this.unknown(pattern);
    }
  }

  /** What the elements of a list are. */
  protected elementsOf(list: Node, frame: Frame): Answer {
    const array = this.arrayOf(list, frame);
    return this.#all(
      (array?.elements ?? []).flatMap((element) =>
        element === null || element.type === 'SpreadElement' ? [] : [this.ask(element, frame)],
      ),
      list,
    );
  }

  #step(of: Answer, step: Step, name: Node, frame: Frame): Answer {
    switch (step.kind) {
      case 'property': {
        const key = this.keyOf(step.node, frame);
        return key === null ? this.unknown(name) : this.taken(of, key, step.node, name);
      }
      case 'element':
        return this.memberOf(of, String(step.index), name, false);
      case 'rest':
        return this.restOf(of, step.node, name);
      case 'default':
        return this.withDefault(of, step.node, frame);
    }
  }

  protected memberExpression(node: MemberExpression, frame: Frame): Answer {
    const name = memberName(node);
    return name === null
      ? this.computedMember(node, frame)
      : this.memberOf(this.ask(node.object, frame), name, node, node.optional);
  }

  /** What the class around extends: that, or its objects. */
  #parent(node: Node, frame: Frame): Answer {
    const owner = ownerOf(node);
    if (owner === null || owner.kind === 'object') return this.unknown(node);
    const { superClass } = owner.node;
    if (superClass === null) return this.unknown(node);
    return this.classesAs(this.ask(superClass, frame), owner.kind, node);
  }

  /** The name of a property, where that is always the same. */
  protected keyOf(
    { key, computed }: { readonly key: Node; readonly computed: boolean },
    frame: Frame,
  ): string | null {
    return keyName(key, computed) ?? (computed ? this.keyText(key, frame) : null);
  }

  /** What stands at a place of a list. */
  protected element({ elements }: ArrayExpression, index: number, use: Node, frame: Frame): Answer {
    const element = itemAt(elements, index, (list) => this.arrayOf(list, frame));
    if (element === 'nothing') return this.missing(use);
    return element === 'unknown' ? this.unknown(use) : this.ask(element, frame);
  }

  /** What a property is by the literal alone: the last of that name, from what is spread too. */
  protected literalProperty(node: ObjectExpression, name: string, frame: Frame): Answer {
    const answers: Answer[] = [];
    for (const part of candidatesIn(node, name)) {
      if (part.type === 'SpreadElement') {
        const spread = this.spread(part.argument, name, frame);
        if (spread === null) return this.unknown(node);
        if (spread.answer !== null) answers.push(spread.answer);
        if (spread.isSure) return this.#all(answers, node);
        continue;
      }
      const key = this.keyOf(part, frame);
      if (key !== null && key !== name) continue;
      answers.push(key === null ? this.unknown(part) : this.#given(part, frame));
      if (key !== null) return this.#all(answers, node);
    }
    return this.#all([...answers, this.missing(node)], node);
  }

  #given(part: ObjectPart & { readonly type: 'Property' }, frame: Frame): Answer {
    if (part.kind === 'init') return this.ask(part.value, frame);
    return part.kind === 'get' && isFunction(part.value)
      ? this.got(part.value, part, frame)
      : this.unknown(part);
  }

  /** The member of a class, or of its objects, that its body declares under a name. */
  protected ownMember(
    node: ClassNode,
    name: string,
    isStatic: boolean,
    frame: Frame,
  ): OwnMember | null {
    for (const member of membersNamed(node, name, isStatic)) {
      if (member.type === 'Identifier' || this.keyOf(member, frame) === name) return member;
    }
    return null;
  }

  /** What a member is by what the body of its class says. */
  protected declaredMember(member: OwnMember, use: Node, frame: Frame): Answer {
    switch (member.type) {
      case 'MethodDefinition':
        return member.kind === 'get'
          ? this.got(member.value, use, frame)
          : this.written({ kind: 'function', node: member.value }, member, frame);
      case 'Identifier': {
        const variable = this.bindings.variable(member);
        return variable === null ? this.unknown(use) : this.variable(variable, member, frame);
      }
      default: {
        const answers = member.value === null ? [] : [this.ask(member.value, frame)];
        const type = member.typeAnnotation;
        const typed = type ? this.annotated(type, frame) : null;
        if (typed !== null) answers.push(typed);
        return this.#all(answers, use);
      }
    }
  }

  /** What a member of an enum is; of one that needs to be computed, nothing is known. */
  protected enumMember(node: EnumNode, name: string, use: Node, frame: Frame): Answer {
    const member = node.body.members.find(({ id }) => keyName(id, false) === name);
    return member?.initializer ? this.ask(member.initializer, frame) : this.unknown(use);
  }

  /** What an alias stands for: `import Alias = Outer.Inner`. */
  #qualified(name: Node, frame: Frame): Answer {
    if (name.type !== 'TSQualifiedName') return this.ask(name, frame);
    return this.memberOf(this.#qualified(name.left, frame), name.right.name, name, false);
  }

  /** What a namespace exports under a name. */
  protected namespaceMember(node: NamespaceNode, name: string, use: Node, frame: Frame): Answer {
    const answers = exportedFrom(node).flatMap((id) => {
      const variable = id.name === name ? this.bindings.variable(id) : null;
      return variable === null ? [] : [this.variable(variable, id, frame)];
    });
    return answers.length === 0 ? this.missing(use) : this.#all(answers, use);
  }

  protected call(node: CallExpression, frame: Frame): Answer {
    const callee = unwrap(node.callee);
    const known = callee.type === 'MemberExpression' ? this.methodCall(node, callee, frame) : null;
    return (
      known ??
      this.resolvedBy(node, frame) ??
      this.resultOf(this.ask(callee, frame), node.arguments, node, frame)
    );
  }
}
