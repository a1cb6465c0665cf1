/** The members of classes, of their objects, and of enums. */

import { functionAround, keyName, type ClassNode, type Node } from '../syntax/ast.ts';
import type { Work } from './work.ts';
import { binary } from './operators.ts';
import { chosen, computed, distinct, reached } from './possibilities.ts';
import type { OwnMember } from './members.ts';
import {
  number,
  UNDEFINED,
  UNKNOWN,
  type EnumNode,
  type InstanceValue,
  type Possibilities,
  type Value,
} from './value.ts';
import type { Owner } from './reading.ts';
import type { Write } from './changes.ts';
import type { Writes } from './writes.ts';
import { statementAround } from './writes.ts';
import { constant } from './linear.ts';

import { Computing } from './computing.ts';
import type { Frame } from './frames.ts';

export abstract class ClassMembers extends Computing {
  protected abstract readonly writes: Writes;
  protected abstract readonly work: Work;
  /** The run of the file, or of the function that the last call runs which these are read in. */
  protected abstract readonly frame: Frame;

  protected abstract valueMember(
    of: Value,
    name: string,
    node: Node,
    isOptional: boolean,
  ): Possibilities;

  protected classesAs(of: Possibilities, as: 'class' | 'instance', node: Node): Possibilities {
    return distinct(
      of.map((option) => {
        const { value } = option;
        if (value.kind !== 'class') return { ...option, value: UNKNOWN };
        return { ...option, value: { kind: as, node: value.node, file: value.file } };
      }),
      node,
      this.file,
    );
  }

  ownProperty({ node }: InstanceValue, name: string, use: Node): Possibilities {
    return this.classMember(node, name, 'own', use, this.frame);
  }

  protected override enumMember(
    node: EnumNode,
    name: string,
    use: Node,
    frame: Frame,
  ): Possibilities {
    let sinceInitializer = 0;
    let initializer: Node | null = null;
    for (const member of node.body.members) {
      if (member.initializer) {
        initializer = member.initializer;
        sinceInitializer = 0;
      }
      if (keyName(member.id, false) === name) {
        const base =
          initializer === null
            ? this.told(number(constant(0)), member)
            : this.ask(initializer, frame);
        const after = number(constant(sinceInitializer));
        return sinceInitializer === 0
          ? base
          : computed(use, this.file, [base], ([value = UNKNOWN]) => binary('+', value, after));
      }
      sinceInitializer += 1;
    }
    return this.told(UNKNOWN, use);
  }

  /**
   * What a class, or an object of it, has under a name, of its own or from what it extends.
   *
   * @param of whose it is; of an object, `own` leaves out what it has by its prototype
   * @param frame the run in which the class was made or, of an object, its constructor
   */
  protected classMember(
    node: ClassNode,
    name: string,
    of: Owner,
    use: Node,
    frame: Frame,
  ): Possibilities {
    // Others can write a field, where they get at the object.
    if (this.trust.objects === 'frozen' && !name.startsWith('#')) {
      return this.told(UNKNOWN, use);
    }
    const isStatic = of === 'class';
    const writes = this.writes.of(node, name);
    const own = this.ownMember(node, name, isStatic, frame);
    if (writes.length > 0) return this.#written(own, writes, isStatic, use, frame);
    if (own === null) return this.#inherited(node, name, of, use, frame);
    return own.type === 'MethodDefinition' && of === 'own'
      ? this.missing(use)
      : this.declaredMember(own, use, frame);
  }

  /** What a property is that is given something where the object, or the class, is made. */
  #written(
    own: OwnMember | null,
    writes: readonly Write[],
    isStatic: boolean,
    use: Node,
    frame: Frame,
  ): Possibilities {
    const given = writes.flatMap(({ node, value }) =>
      value !== null && isMaking(node, isStatic) ? [value] : [],
    );
    const first = writes[0]?.node;
    if (first === undefined || given.length < writes.length) return this.told(UNKNOWN, use);
    const last = writes.findLastIndex(({ node }) => isRunOnce(node, isStatic));
    const before =
      own === null || isUnset(own)
        ? this.told(UNDEFINED, use)
        : this.declaredMember(own, use, frame);
    const ways = [
      ...(last < 0 ? [before] : []),
      ...given.slice(Math.max(last, 0)).map((value) => this.ask(value, frame)),
    ];
    const [only, ...others] = ways;
    if (only !== undefined && others.length === 0) return only;
    return distinct(
      ways.flatMap((values, way) => chosen(values, first, way)),
      use,
      this.file,
    );
  }

  /** What a class has from the one that it extends. */
  #inherited(node: ClassNode, name: string, of: Owner, use: Node, frame: Frame): Possibilities {
    const { superClass } = node;
    if (superClass === null) return this.unknown(use);
    // Classes can extend each other.
    const key = this.work.key(node, `${of} ${name}`);
    const values = this.work.once(
      key,
      frame.known,
      () =>
        distinct(
          this.ask(superClass, frame).flatMap((option) =>
            reached(this.#parentMember(option.value, name, of, use), option),
          ),
          use,
          this.file,
        ),
      false,
    );
    return values ?? this.unknown(use);
  }

  #parentMember(value: Value, name: string, of: Owner, use: Node): Possibilities {
    if (value.kind !== 'class') return this.unknown(use);
    if (of === 'class') return this.valueMember(value, name, use, false);
    const parent: InstanceValue = { kind: 'instance', node: value.node, file: value.file };
    return of === 'own'
      ? value.file.ownProperty(parent, name, use)
      : this.valueMember(parent, name, use, false);
  }
}

/** Whether a member has no value where it is declared. */
function isUnset(member: OwnMember | null): boolean {
  return (
    member === null ||
    ((member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
      member.value === null)
  );
}

/** Whether an assignment is run where an object, or the class, is made, if it is. */
function isMaking(node: Node, isStatic: boolean): boolean {
  if (isStatic) return statementAround(node)?.parent?.type === 'StaticBlock';
  const method = functionAround(node)?.parent;
  return method?.type === 'MethodDefinition' && method.kind === 'constructor';
}

/** Whether it is run whenever one is made. */
function isRunOnce(node: Node, isStatic: boolean): boolean {
  let inner = node;
  while (inner.parent?.type === 'AssignmentExpression') inner = inner.parent;
  const block = inner.parent?.type === 'ExpressionStatement' ? inner.parent.parent : null;
  if (isStatic) return block?.type === 'StaticBlock';
  return block != null && block === functionAround(node)?.body;
}
