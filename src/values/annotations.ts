/** What something is by the type that it is declared with, as far as that names values. */

import { isClass, isNode, keyName, type Node } from '../syntax/ast.ts';
import type { Bindings, Definition } from '../syntax/bindings.ts';
import type { Value } from './sets.ts';

type Values = readonly Value[];

/** What the types of a file are read by. */
export interface TypeHost {
  /** What an import binding is; one of types alone, too. */
  imported(definition: Definition): Values;
  /** What has the type that an import binding is, or that is in the module that it is under a name. */
  typed(definition: Definition, name: string | null): Values;
  /** What a module is as an object. */
  module(specifier: string, from: Node): Values;
  /** What a property of an external value is. */
  member(external: object, name: string): Values;
  /** What an expression is. */
  of(node: Node): Values;
  /** What has the type that a class, or something of a package, is as a type. */
  instance(value: Value): Values;
  /** An object of which nothing is known but a type that is written out; of no host that left this out. */
  object?(type: ObjectType): Values;
}

/** A type that says which properties an object has. */
export type ObjectType = Node & { readonly type: 'TSTypeLiteral' | 'TSInterfaceDeclaration' };

function membersOf(type: ObjectType) {
  return type.type === 'TSTypeLiteral' ? type.members : type.body.body;
}

/** Types that are made of another one, and have properties of that. */
const LIKE_ANOTHER: ReadonlySet<string> = new Set([
  'NonNullable',
  'Omit',
  'Partial',
  'Pick',
  'Readonly',
  'Required',
]);

/** Types that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 16;

export class Annotations {
  readonly #bindings: Bindings;
  readonly #host: TypeHost;
  /** Whether a type that is written out has properties of which something is known. */
  readonly #telling = new Map<ObjectType, boolean>();

  constructor(bindings: Bindings, host: TypeHost) {
    this.#bindings = bindings;
    this.#host = host;
  }

  /** What has a type: `typeof client`, `typeof import('a')`, the name of a class, and what is made of these. */
  of(type: Node, depth = 0): Values {
    if (depth > MAX_DEPTH) return [];
    const next = (node: Node): Values => this.of(node, depth + 1);
    switch (type.type) {
      case 'TSTypeAnnotation':
        return next(type.typeAnnotation);
      case 'TSUnionType':
      case 'TSIntersectionType':
        return type.types.flatMap((part) => next(part));
      case 'TSTypeQuery':
        return type.exprName.type === 'TSImportType'
          ? next(type.exprName)
          : this.#named(type.exprName);
      case 'TSImportType': {
        const source: unknown = type.source;
        return isNode(source) && source.type === 'Literal'
          ? this.#host.module(String(source.value), type)
          : [];
      }
      case 'TSIndexedAccessType': {
        const key = type.indexType;
        const name = key.type === 'TSLiteralType' ? keyName(key.literal, true) : null;
        return name === null ? [] : this.#members(next(type.objectType), name);
      }
      case 'TSTypeReference':
        return this.#reference(type, next);
      case 'TSInterfaceDeclaration':
      case 'TSTypeLiteral':
        return this.#object(type, depth);
      default:
        return [];
    }
  }

  /** What a property of an object has of which a type is known that is written out. */
  memberOf(type: ObjectType, name: string, depth = 0): Values {
    if (depth > MAX_DEPTH) return [];
    for (const member of membersOf(type)) {
      if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) continue;
      if (keyName(member.key, member.computed) === name) {
        return this.of(member.typeAnnotation, depth + 1);
      }
    }
    return this.#parents(type).flatMap((parent) => this.memberOf(parent, name, depth + 1));
  }

  /** The interfaces of the file that one extends. */
  #parents(type: ObjectType): readonly ObjectType[] {
    // Babel leaves it out where there are none.
    const parents = 'extends' in type ? type.extends : [];
    return parents.flatMap(({ expression }) => {
      const parent = this.#definition(expression)?.node;
      return parent?.type === 'TSInterfaceDeclaration' ? [parent] : [];
    });
  }

  /** An object of a type that is written out, where something is known of what is in it. */
  #object(type: ObjectType, depth: number): Values {
    if (this.#host.object === undefined) return [];
    let isTelling = this.#telling.get(type);
    if (isTelling === undefined) {
      // A type can have properties that have it.
      this.#telling.set(type, false);
      isTelling = this.#names(type).some((name) => this.memberOf(type, name, depth).length > 0);
      this.#telling.set(type, isTelling);
    }
    return isTelling ? this.#host.object(type) : [];
  }

  /** The properties of a type, and of the interfaces that it extends. */
  #names(type: ObjectType, depth = 0): readonly string[] {
    if (depth > MAX_DEPTH) return [];
    const own = membersOf(type).flatMap((member) =>
      member.type === 'TSPropertySignature' ? (keyName(member.key, member.computed) ?? []) : [],
    );
    return [...own, ...this.#parents(type).flatMap((parent) => this.#names(parent, depth + 1))];
  }

  #reference(
    { typeName, typeArguments }: Node & { readonly type: 'TSTypeReference' },
    next: (node: Node) => Values,
  ): Values {
    const isQualified = typeName.type === 'TSQualifiedName';
    const definition = this.#definition(isQualified ? typeName.left : typeName);
    if (definition?.type === 'ImportBinding') {
      return this.#host.typed(definition, isQualified ? typeName.right.name : null);
    }
    if (definition === undefined && typeName.type === 'Identifier') {
      const [of] = typeArguments?.params ?? [];
      if (of !== undefined && LIKE_ANOTHER.has(typeName.name)) return next(of);
    }
    const declared = isQualified ? undefined : definition?.node;
    switch (declared?.type) {
      case 'TSTypeAliasDeclaration':
        return next(declared.typeAnnotation);
      case 'TSInterfaceDeclaration':
        return next(declared);
      default:
        return this.#named(typeName).flatMap((value) => this.#host.instance(value));
    }
  }

  #definition(name: Node): Definition | undefined {
    return name.type === 'Identifier' ? this.#bindings.variable(name)?.defs[0] : undefined;
  }

  #named(name: Node): Values {
    if (name.type === 'TSQualifiedName') {
      return this.#members(this.#named(name.left), name.right.name);
    }
    const definition = this.#definition(name);
    if (definition?.type === 'ImportBinding') return this.#host.imported(definition);
    const node = definition?.node;
    return node && isClass(node) ? [{ kind: 'class', node }] : this.#host.of(name);
  }

  #members(of: Values, name: string): Values {
    return of.flatMap((value) =>
      value.kind === 'external' ? this.#host.member(value.external, name) : [],
    );
  }
}
