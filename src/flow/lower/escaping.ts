/** Functions that go with an object, a class or an instance where it is handed to who is not seen. */

import { unwrap, type ClassNode, type Node } from '../../syntax/ast.ts';
import { offeredBy } from '../../values/offered.ts';
import { sameValue, type Value } from '../../values/resolve.ts';
import type { Callee, FunctionTerm } from '../term/term.ts';
import type { Lower } from './parts.ts';

const NO_CALLEES: readonly Callee[] = [];

/** Expressions that can be an object with methods, and are handed on as they are. */
const CAN_HAVE_METHODS: ReadonlySet<string> = new Set([
  'ClassDeclaration',
  'ClassExpression',
  'Identifier',
  'MemberExpression',
  'NewExpression',
  'ThisExpression',
]);

/** Objects in objects more deeply than this are not looked into. */
const MAX_NESTING = 3;

/** What has been looked into, and how deep it lay. */
class Seen {
  readonly #known = new Map<Node, { readonly value: Value; depth: number }[]>();

  /** Whether a value is new, or lies less deep than before. */
  add(value: Value, depth: number): boolean {
    const node = 'node' in value ? value.node : null;
    if (node === null) return false;
    const others = this.#known.get(node) ?? [];
    const known = others.find((other) => sameValue(other.value, value));
    if (known === undefined) {
      others.push({ value, depth });
      this.#known.set(node, others);
      return true;
    }
    if (known.depth <= depth) return false;
    known.depth = depth;
    return true;
  }
}

export class Escaping {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** The methods of what is handed to somebody: of a class, an instance or an object. */
  of(node: Node): readonly Callee[] {
    const inner = unwrap(node);
    if (!CAN_HAVE_METHODS.has(inner.type)) return NO_CALLEES;
    const values = this.#lower.callees.values(inner);
    if (!values.some(hasMethods)) return NO_CALLEES;
    const escaping = new Set<Callee>();
    const seen = new Seen();
    for (const value of values) this.#collect(value, escaping, seen, 0);
    return escaping.size === 0 ? NO_CALLEES : [...escaping];
  }

  #collect(value: Value, escaping: Set<Callee>, seen: Seen, depth: number): void {
    // Objects that are made from each other are reached on very many ways.
    if (!hasMethods(value) || !seen.add(value, depth)) return;
    switch (value.kind) {
      case 'class':
        escaping.add(only(this.#lower.definitions.construction(value.node)));
        this.#collectOffered(value, escaping, seen, depth);
        break;
      case 'instance':
        this.#collectOffered(value, escaping, seen, depth);
        break;
      case 'object':
        for (const property of value.node.properties) {
          const held = property.type === 'SpreadElement' ? property.argument : property.value;
          const inners = this.#lower.values.part(value, held);
          const made = value.made === undefined ? null : this.#lower.callees.amongValues(inners);
          const callee = made ?? this.#lower.callees.callee(held);
          if (callee !== null) escaping.add(callee);
          if (depth >= MAX_NESTING) continue;
          for (const inner of inners) this.#collect(inner, escaping, seen, depth + 1);
        }
        break;
      default:
        break;
    }
  }

  #collectOffered(
    owner: Value & { readonly node: ClassNode },
    escaping: Set<Callee>,
    seen: Seen,
    depth: number,
  ): void {
    const { values, definitions } = this.#lower;
    const { methods, fields } = offeredBy(owner.node, (node) => values.of(node));
    for (const method of methods) escaping.add(definitions.function(method).alone);
    if (depth >= MAX_NESTING) return;
    for (const field of fields) {
      for (const inner of values.part(owner, field)) {
        this.#collect(inner, escaping, seen, depth + 1);
      }
    }
  }
}

function only(term: FunctionTerm): Callee {
  return { functions: [term], parameter: null, open: false };
}

/** Whether a value has functions that go with it where it is handed on. */
function hasMethods({ kind }: Value): boolean {
  return kind === 'class' || kind === 'instance' || kind === 'object';
}
