/** The properties of objects, the elements of lists, and what is written to them. */

import {
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type MemberExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import type { RestElement } from '../syntax/patterns.ts';
import { leftOf } from './literals.ts';
import { propertyOf } from './time/methods.ts';
import type { Externals } from './externals.ts';
import { textOf, toText } from './operators.ts';
import { chosen, combined, distinct, MAX_POSSIBILITIES, reached, tabled } from './possibilities.ts';
import { listOf, namesOf, objectOfPairs } from './tables.ts';
import {
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type ArrayValue,
  type External,
  type ObjectValue,
  type Expressions,
  type Option,
  type Possibilities,
  type Possibility,
  type SettingsValue,
  type Value,
} from './value.ts';
import type { Spread } from './reading.ts';
import { isFrozen, isHeld, isLater, statementAround } from './writes.ts';

import { ClassMembers } from './class-members.ts';
import type { Frame } from './frames.ts';

/** A property that is written more often than this is unknown. */
const MAX_WRITES = 64;

export abstract class Properties extends ClassMembers {
  protected abstract setting(settings: SettingsValue, name: string, node: Node): Possibilities;

  protected abstract viewOf(frame: Frame): Expressions;

  protected abstract readonly externals: Externals;

  abstract external(node: Node): External | null;

  property(object: ObjectValue, name: string, use: Node | null = null): Possibilities {
    return object.file === this.file
      ? this.#property(object.node, name, use, this.frame)
      : object.file.property(object, name, use);
  }

  protected restOf(of: Possibilities, rest: RestElement, name: Node): Possibilities {
    return distinct(
      of.map((one) => ({ ...one, value: this.#restOf(rest, one.value) })),
      name,
      this.file,
    );
  }

  /** What `...rest` gets of a value. */
  #restOf(rest: RestElement, value: Value): Value {
    if (value.kind !== 'object' && value.kind !== 'array') return UNKNOWN;
    const { file } = value;
    const isHere = file.bindings === this.bindings && !this.isChanged(value);
    const node = value.kind === 'object' || isHere ? leftOf(rest, value.node) : null;
    if (node === null) return UNKNOWN;
    return node.type === 'ObjectExpression'
      ? { kind: 'object', node, file }
      : { kind: 'array', node, file };
  }

  /** Whether an object of this file is something else than its literal says, or may be. */
  protected isChanged({ node, file }: ObjectValue | ArrayValue): boolean {
    const isHere = file.bindings === this.bindings;
    return isHere && (this.#isInDoubt(node) || this.writes.isChanged(node));
  }

  protected computedMember(node: MemberExpression, frame: Frame): Possibilities {
    const options = combined<Value>([this.ask(node.object, frame), this.ask(node.property, frame)]);
    if (options === null) return this.told(UNKNOWN, node);
    return distinct(
      options.flatMap((option) => {
        const [object = UNKNOWN, key = UNKNOWN] = option.value;
        const name = key.kind === 'unknown' ? null : toText(key).text;
        return name === null
          ? reached(this.anyMember(object, node), option)
          : reached(this.valueMember(object, name, node, node.optional), option);
      }),
      node,
      this.file,
    );
  }

  /** What any property of a table is, or `undefined`, where nothing tells which is meant. */
  protected anyMember(of: Value, node: Node): readonly Possibility[] {
    const names = this.trust.objects === 'all' ? keysOf(of) : null;
    if (names === null || !('file' in of)) return this.told(UNKNOWN, node);
    return tabled(
      [...names.flatMap((name) => of.file.member(of, name, node)), ...this.told(UNDEFINED, node)],
      node,
      this.file,
    );
  }

  /** What a property of each of these is. */
  protected memberOf(
    objects: Possibilities,
    name: string,
    node: Node,
    isOptional: boolean,
  ): Possibilities {
    return distinct(
      objects.flatMap((object) =>
        reached(this.valueMember(object.value, name, node, isOptional), object),
      ),
      node,
      this.file,
    );
  }

  member(of: Value, name: string, use: Node): Possibilities {
    return this.valueMember(of, name, use, false);
  }

  protected valueMember(of: Value, name: string, node: Node, isOptional: boolean): Possibilities {
    if ('file' in of && of.file !== this.file) return of.file.member(of, name, node);
    switch (of.kind) {
      case 'object':
        return this.#property(of.node, name, node, this.frame);
      case 'array':
        return this.#element(of, name, this.frame);
      case 'class':
        return this.classMember(of.node, name, 'class', node, this.frame);
      case 'enum':
        return this.enumMember(of.node, name, node, this.frame);
      case 'namespace':
        return this.namespaceMember(of.node, name, node, this.frame);
      case 'instance':
        return this.classMember(of.node, name, 'instance', node, this.frame);
      case 'settings':
        return this.setting(of, name, node);
      case 'undefined':
      case 'null':
        return this.told(isOptional ? UNDEFINED : UNKNOWN, node);
      default:
        return this.told(propertyOf(of, name) ?? UNKNOWN, node);
    }
  }

  #element({ node }: ArrayValue, name: string, frame: Frame): Possibilities {
    const index = Number(name);
    if (
      this.#isInDoubt(node) ||
      this.writes.of(node, name).length > 0 ||
      !Number.isInteger(index)
    ) {
      return this.told(UNKNOWN, node);
    }
    return this.element(node, index, node, frame);
  }

  #property(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    // An object can be spread into itself.
    const key = this.work.key(node, name);
    return (
      this.work.once(key, frame.known, () => this.#propertyOf(node, name, use, frame), false) ??
      this.told(UNKNOWN, node)
    );
  }

  #propertyOf(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    let values: readonly Possibility[] = this.literalProperty(node, name, frame);
    const home = statementAround(node);
    const writes = this.writes.of(node, name);
    if (writes.length > MAX_WRITES) return this.told(UNKNOWN, node);
    for (const { node: change, value } of writes) {
      if (use !== null && isLater(change, use)) continue;
      const key = this.#keyWritten(change, frame);
      if (key !== null && key !== name) continue;
      const written = value === null ? this.told(UNKNOWN, change) : this.ask(value, frame);
      const statement = statementAround(change);
      const isCertain =
        statement?.parent === home?.parent &&
        statement?.type === 'ExpressionStatement' &&
        unwrap(statement.expression) === change &&
        key !== null &&
        value !== null;
      values = isCertain ? written : [...chosen(values, change, 0), ...chosen(written, change, 1)];
      if (values.length > MAX_POSSIBILITIES) values = distinct(values, node, this.file);
    }
    return this.#isInDoubt(node) ? this.told(UNKNOWN, node) : distinct(values, node, this.file);
  }

  /** The property that an assignment gives a value; null where that is not known. */
  #keyWritten(change: Node, frame: Frame): string | null {
    const target = change.type === 'AssignmentExpression' ? unwrap(change.left) : null;
    if (target?.type !== 'MemberExpression') return null;
    return memberName(target) ?? this.keyText(target.property, frame);
  }

  /** Whether somebody who is not seen may have changed an object. */
  #isInDoubt(node: ObjectExpression | ArrayExpression): boolean {
    switch (this.trust.objects) {
      case 'all':
        return false;
      case 'seen':
        return this.writes.isHandedOut(node);
      case 'frozen':
        return isHeld(node) && !isFrozen(node, this);
    }
  }

  protected spread(node: Node, name: string, frame: Frame): Spread<Possibilities> | null {
    const spread = this.#spreadProperty(node, name, frame);
    const isOpen = spread.some(({ value }) => value.kind === 'unknown');
    if (isOpen && this.trust.objects !== 'all') return null;
    if (this.#isWritten(node, name, frame)) return { answer: spread, isSure: true };
    const [first, ...others] = spread.filter(({ value }) => value.kind !== 'undefined');
    if (first === undefined) return { answer: null, isSure: false };
    return {
      answer: [first, ...others],
      isSure: !isOpen && others.length + 1 === spread.length,
    };
  }

  /** Whether an expression is an object literal with a property of this name, whatever its value. */
  #isWritten(node: Node, name: string, frame: Frame): boolean {
    return this.ask(node, frame).every(({ value }) => {
      if (value.kind !== 'object') return false;
      return value.node.properties.some(
        (part) => part.type === 'Property' && keyName(part.key, part.computed) === name,
      );
    });
  }

  /** A computed key that is a constant. */
  protected keyText(node: Node, frame: Frame): string | null {
    return textOf(this.ask(node, frame));
  }

  /** What an object that is spread adds: `undefined` where it has no such property. */
  #spreadProperty(node: Node, name: string, frame: Frame): Possibilities {
    return distinct(
      this.ask(node, frame).flatMap((option) => {
        const { value } = option;
        switch (value.kind) {
          case 'object':
            return reached(value.file.property(value, name, node), option);
          case 'unknown':
            return value.known === 'falsy'
              ? [{ ...option, value: UNDEFINED }]
              : [{ ...option, value: UNKNOWN }];
          case 'settings':
            return [{ ...option, value: UNKNOWN }];
          case 'instance':
            return reached(value.file.ownProperty(value, name, node), option);
          default:
            return [{ ...option, value: UNDEFINED }];
        }
      }),
      node,
      this.file,
    );
  }

  /** `Object.entries`, `Object.values` and `Object.fromEntries` of literals. */
  protected madeOfEntries(
    { module, path }: External,
    node: CallExpression,
    frame: Frame,
  ): Value | null {
    const [owner, name = ''] = path;
    const [first] = node.arguments;
    if (module !== null || owner !== 'Object' || path.length !== 2) return null;
    if (first === undefined || first.type === 'SpreadElement') return null;
    if (name === 'fromEntries') {
      const inner = unwrap(first);
      const pairs = inner.type === 'NewExpression' ? (inner.arguments[0] ?? inner) : inner;
      if (pairs !== inner && !this.externals.values.of(inner).every(({ kind }) => kind === 'map')) {
        return null;
      }
      const [{ value }, ...others] = this.ask(pairs, frame);
      if (value.kind !== 'array' || others.length > 0 || this.isChanged(value)) return null;
      const object = objectOfPairs(value.node);
      return object === null ? null : { kind: 'object', node: object, file: value.file };
    }
    const [{ value }, ...others] = this.ask(first, frame);
    if (value.kind !== 'object' || others.length > 0 || this.isChanged(value)) return null;
    const list = listOf(value.node, name);
    return list === null ? null : { kind: 'array', node: list, file: value.file };
  }

  /** What `map.get(key)` gives of the entries that it can find. */
  protected entry(entries: readonly Node[], node: CallExpression, frame: Frame): Possibilities {
    const [key] = node.arguments;
    const isNamed = key !== undefined && this.keyText(key, frame) !== null;
    const values = distinct(
      isNamed
        ? entries.flatMap((entry, way) => chosen(this.ask(entry, frame), node.callee, way))
        : tabled(
            [...entries.flatMap((entry) => this.ask(entry, frame)), ...this.told(UNDEFINED, node)],
            node,
            this.file,
          ),
      node,
      this.file,
    );
    // Others can put something else into a map.
    return this.trust.objects === 'all' ? values : this.told(UNKNOWN, node);
  }

  /** The arguments of a call; null where it is not known how many there are. */
  protected argumentsIn(
    nodes: readonly Node[],
    frame: Frame,
  ): (readonly Option<Argument>[])[] | null {
    const args: (readonly Option<Argument>[])[] = [];
    for (const node of nodes) {
      if (node.type === 'SpreadElement') return null;
      args.push(
        this.ask(node, frame).flatMap((possibility): readonly Option<Argument>[] => {
          const { value } = possibility;
          return value.kind === 'object'
            ? value.file.records(value, node, possibility)
            : [possibility];
        }),
      );
    }
    return args;
  }

  records(object: ObjectValue, use: Node, option: Option<unknown>): readonly Option<Argument>[] {
    const names: string[] = [];
    for (const property of object.node.properties) {
      const key = property.type === 'Property' ? keyName(property.key, property.computed) : null;
      if (key === null) return [{ ...option, value: UNKNOWN }];
      names.push(key);
    }
    const combinations = combined<Value>([
      [{ ...option, value: UNKNOWN }],
      ...names.map((name) => this.#property(object.node, name, use, this.frame)),
    ]);
    if (combinations === null) return [{ ...option, value: UNKNOWN }];
    return combinations.map(({ value: [, ...values], role, choices }) => ({
      value: {
        kind: 'record',
        fields: new Map(names.map((name, index) => [name, values[index] ?? UNKNOWN])),
      },
      role,
      choices,
    }));
  }
}

/** The names of what a table holds; null where they are not all seen. */
function keysOf(of: Value): readonly string[] | null {
  switch (of.kind) {
    case 'object':
      return namesOf(of.node);
    case 'array':
      return of.node.elements.length > MAX_POSSIBILITIES
        ? null
        : of.node.elements.map((_, index) => String(index));
    case 'enum':
      return of.node.body.members.flatMap(({ id }) => keyName(id, false) ?? []);
    default:
      return null;
  }
}
