/** Which getters run where properties are read, and which setters where they are written. */

import {
  isFunction,
  keyName,
  memberName,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../syntax/ast.ts';
import type { PatternProperty, RestElement } from '../syntax/patterns.ts';
import type { Value } from './sets.ts';
import type { Uses } from './uses.ts';

export type AccessorKind = 'get' | 'set';

/** What is asked of the values around. */
interface AccessorSources {
  readonly uses: Uses;
  of(node: Node): readonly Value[];
  /** What a pattern takes apart. */
  takenApart(pattern: Node): readonly Value[];
  /** The name of the property that a member expression reads, where that is always the same. */
  nameIn(node: MemberExpression): string | null;
  keyOf(property: PatternProperty): string | null;
}

/** Classes that extend each other more deeply than this are not looked through. */
const MAX_DEPTH = 200;

const NO_FUNCTIONS: readonly FunctionNode[] = [];

/** What can have getters and setters that are seen. */
const HAVE_ACCESSORS: ReadonlySet<Value['kind']> = new Set(['class', 'instance', 'object']);

export class Accessors {
  readonly #sources: AccessorSources;

  constructor(sources: AccessorSources) {
    this.#sources = sources;
  }

  /** The getters that reading a property may run, or the setters that writing it may. */
  ofMember(node: MemberExpression, kind: AccessorKind): readonly FunctionNode[] {
    const { uses } = this.#sources;
    if (!uses.hasAccessor(memberName(node))) return NO_FUNCTIONS;
    const owners = this.#sources.of(node.object).filter((value) => HAVE_ACCESSORS.has(value.kind));
    const name = owners.length === 0 ? null : this.#sources.nameIn(node);
    return name === null ? NO_FUNCTIONS : this.#named(owners, name, kind);
  }

  /** The getters that reading a property may run whose name is not known. */
  ofAny(node: MemberExpression): readonly FunctionNode[] {
    const isNamed = !this.#sources.uses.hasAccessor(null) || this.#sources.nameIn(node) !== null;
    return isNamed ? NO_FUNCTIONS : gettersOf(this.#sources.of(node.object));
  }

  /** The getters that a property of a pattern runs. */
  ofPattern(property: PatternProperty): readonly FunctionNode[] {
    const { uses } = this.#sources;
    const written = keyName(property.key, property.computed);
    if (property.parent?.type !== 'ObjectPattern' || !uses.hasAccessor(written))
      return NO_FUNCTIONS;
    const name = this.#sources.keyOf(property);
    const owners = this.#sources.takenApart(property.parent);
    return name === null ? gettersOf(owners) : this.#named(owners, name, 'get');
  }

  /** The getters that run where all properties of an object are read, that is, its own. */
  ofAll(object: Node): readonly FunctionNode[] {
    return this.#sources.uses.hasAccessor(null)
      ? gettersOf(this.#sources.of(object))
      : NO_FUNCTIONS;
  }

  /** The getters that `...rest` of a pattern runs: those that the pattern does not name. */
  ofRest(rest: RestElement): readonly FunctionNode[] {
    const pattern = rest.parent;
    if (pattern?.type !== 'ObjectPattern' || !this.#sources.uses.hasAccessor(null))
      return NO_FUNCTIONS;
    const named = new Set(
      pattern.properties.map((part) =>
        part.type === 'RestElement' ? null : keyName(part.key, part.computed),
      ),
    );
    return gettersOf(this.#sources.takenApart(pattern), named);
  }

  #named(owners: readonly Value[], name: string, kind: AccessorKind): readonly FunctionNode[] {
    return owners.flatMap((value): readonly FunctionNode[] => {
      switch (value.kind) {
        case 'object':
          return value.node.properties.flatMap((property) =>
            property.type === 'Property' &&
            property.kind === kind &&
            keyName(property.key, property.computed) === name &&
            isFunction(property.value)
              ? [property.value]
              : [],
          );
        case 'class':
          return this.#ofClass(value.node, name, true, kind);
        case 'instance':
          return this.#ofClass(value.node, name, false, kind);
        default:
          return [];
      }
    });
  }

  #ofClass(
    node: ClassNode,
    name: string,
    isStatic: boolean,
    kind: AccessorKind,
    depth = 0,
  ): readonly FunctionNode[] {
    const own: FunctionNode[] = [];
    let isOwn = false;
    for (const member of node.body.body) {
      if (!('key' in member) || member.static !== isStatic) continue;
      if (keyName(member.key, member.computed) !== name) continue;
      isOwn = true;
      if (member.type === 'MethodDefinition' && member.kind === kind) own.push(member.value);
    }
    if (isOwn || node.superClass === null || depth >= MAX_DEPTH) return own;
    return this.#sources
      .of(node.superClass)
      .flatMap((value) =>
        value.kind === 'class' ? this.#ofClass(value.node, name, isStatic, kind, depth + 1) : [],
      );
  }
}

/** The getters of literals among values, but for those of these names. Getters of classes are not enumerable. */
function gettersOf(
  values: readonly Value[],
  without: ReadonlySet<string | null> = new Set(),
): readonly FunctionNode[] {
  return values.flatMap((value) =>
    value.kind === 'object'
      ? value.node.properties.flatMap((property) =>
          property.type === 'Property' &&
          property.kind === 'get' &&
          isFunction(property.value) &&
          !without.has(keyName(property.key, property.computed) ?? '')
            ? [property.value]
            : [],
        )
      : [],
  );
}
