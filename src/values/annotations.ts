/** What something is by the type that it is declared with, as far as that names values. */

import { isClass, isNode, keyName, type Node } from '../syntax/ast.ts';
import type { Bindings, Definition } from '../syntax/bindings.ts';
import type { Value } from './sets.ts';

type Values = readonly Value[];

/** What the types of a file are read by. */
export interface TypeHost {
  /** What an import binding is; one of types alone, too. */
  imported(definition: Definition): Values;
  /** What has the type that an import binding is. */
  typed(definition: Definition): Values;
  /** What a module is as an object. */
  module(specifier: string, from: Node): Values;
  /** What a property of an external value is. */
  member(external: object, name: string): Values;
  /** What an expression is. */
  of(node: Node): Values;
  /** What has the type that a class, or something of a package, is as a type. */
  instance(value: Value): Values;
}

/** Types that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 16;

export class Annotations {
  readonly #bindings: Bindings;
  readonly #host: TypeHost;

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
      case 'TSTypeReference': {
        const definition = this.#definition(type.typeName);
        if (definition?.type === 'ImportBinding') return this.#host.typed(definition);
        const alias = definition?.node;
        return alias?.type === 'TSTypeAliasDeclaration'
          ? next(alias.typeAnnotation)
          : this.#named(type.typeName).flatMap((value) => this.#host.instance(value));
      }
      default:
        return [];
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
