/** Tables: the names of their entries, and the literals that are made of these. */

import {
  keyName,
  unwrap,
  type ArrayExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';

type Part = ObjectExpression['properties'][number];
type Property = Part & { readonly type: 'Property' };

/** A table of more entries is as good as none. */
const MAX_ENTRIES = 16;

const objects = new WeakMap<Node, ObjectExpression | null>();
const arrays = new WeakMap<Node, Map<string, ArrayExpression>>();

/** The names of the properties of an object literal; null where one of them is not known. */
export function namesOf({ properties }: ObjectExpression): readonly string[] | null {
  const names: string[] = [];
  for (const property of properties) {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : null;
    if (name === null || name === '__proto__') return null;
    names.push(name);
  }
  return names.length > MAX_ENTRIES ? null : [...new Set(names)];
}

/** `Object.fromEntries([['a', 1], …])` as an object literal; null where a pair is not seen. */
export function objectOfPairs(pairs: ArrayExpression): ObjectExpression | null {
  let object = objects.get(pairs);
  if (object === undefined) {
    const properties = pairs.elements.map((element) => propertyOfPair(element));
    const isSeen = properties.every((property) => property !== null);
    object = isSeen ? { ...pairs, type: 'ObjectExpression', properties } : null;
    objects.set(pairs, object);
  }
  return object;
}

function propertyOfPair(pair: ArrayExpression['elements'][number]): Property | null {
  const inner = pair === null || pair.type === 'SpreadElement' ? null : unwrap(pair);
  if (inner?.type !== 'ArrayExpression') return null;
  const [key, value] = inner.elements;
  if (!key || !value || key.type === 'SpreadElement' || value.type === 'SpreadElement') return null;
  if (keyName(key, true) === null) return null;
  const form = { kind: 'init', method: false, shorthand: false, computed: true } as const;
  return { ...inner, type: 'Property', key, value, ...form };
}

/** What `Object.values` or `Object.entries` makes of a literal; null where a property is not seen. */
export function listOf(object: ObjectExpression, what: string): ArrayExpression | null {
  if (namesOf(object) === null || (what !== 'values' && what !== 'entries')) return null;
  const known = arrays.get(object) ?? new Map<string, ArrayExpression>();
  arrays.set(object, known);
  let list = known.get(what);
  if (list === undefined) {
    const elements = object.properties.flatMap(
      (property): readonly ArrayExpression['elements'][number][] => {
        if (property.type !== 'Property') return [];
        const { key, value, start, end } = property;
        const text: ArrayExpression['elements'][number] = {
          ...{ type: 'Literal', start, end, parent: property },
          ...{ value: keyName(key, property.computed) ?? '', raw: '' },
        };
        const pair: ArrayExpression = {
          ...{ type: 'ArrayExpression', start, end, parent: property },
          elements: [text, value],
        };
        return what === 'values' ? [value] : [pair];
      },
    );
    list = { ...object, type: 'ArrayExpression', elements };
    known.set(what, list);
  }
  return list;
}
