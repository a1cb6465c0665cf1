/**
 * Lists and objects that are made without a literal, as the literals that they could be written as:
 * what `Object.assign({ … }, …)` makes, what a pattern takes, and what it leaves over, the arguments of
 * a call. Each is made once, and stands where it is made.
 */

import {
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import { endOf } from '../syntax/places.ts';
import { stepsTo, type RestElement } from '../syntax/patterns.ts';

type Expression = MemberExpression['object'];
type Part = ObjectExpression['properties'][number];
type Argument = CallExpression['arguments'][number];
type Item = ArrayExpression['elements'][number];

/** Arrays that are spread into each other more deeply than this are not told item by item. */
const MAX_SPREAD = 8;

/** A list with more items than this is not told item by item. */
const MAX_ITEMS = 64;

/** Makes a literal once for two nodes. */
function memoized<One extends Node, Other extends Node, Made, More extends readonly unknown[]>(
  make: (one: One, other: Other, ...more: More) => Made,
): (one: One, other: Other, ...more: More) => Made {
  const known = new WeakMap<One, WeakMap<Other, Made>>();
  return (one, other, ...more) => {
    let made = known.get(one);
    if (made === undefined) {
      made = new WeakMap();
      known.set(one, made);
    }
    let literal = made.get(other);
    if (literal === undefined) {
      literal = make(one, other, ...more);
      made.set(other, literal);
    }
    return literal;
  };
}

/** Where a node is that is not written: where another is. */
interface At {
  readonly start: number;
  readonly end: number;
  readonly range?: [number, number];
  readonly parent?: Node;
}

function placeAt({ start, end, range, parent }: Node): At {
  return { start, end, ...(range && { range }), ...(parent && { parent }) };
}

function property(name: string, value: Expression, at: Node): Part {
  const place = placeAt(at);
  const key = { ...place, type: 'Identifier' as const, name };
  const form = { kind: 'init', method: false, shorthand: false, computed: false } as const;
  return { ...place, type: 'Property', key, value, ...form };
}

const mergedOf = memoized((call: CallExpression, target: ObjectExpression): ObjectExpression => {
  const spread = call.arguments.slice(1).map((argument): Part => {
    if (argument.type === 'SpreadElement') return argument;
    return { ...argument, type: 'SpreadElement', argument };
  });
  return { ...call, type: 'ObjectExpression', properties: [...target.properties, ...spread] };
});

/**
 * The object that `Object.assign({ … }, …)` makes, as if it were written with spreads; null where it
 * is another one that is changed.
 */
export function mergedLiteral(call: CallExpression): ObjectExpression | null {
  const [target] = call.arguments;
  return target?.type === 'ObjectExpression' ? mergedOf(call, target) : null;
}

const refOf = memoized((call: CallExpression): ObjectExpression => {
  const [value] = call.arguments;
  const isGiven = value !== undefined && value.type !== 'SpreadElement';
  const properties = isGiven ? [property('current', value, value)] : [];
  return { ...call, type: 'ObjectExpression', properties };
});

/** The object that `useRef(first)` makes, as if it were written `{ current: first }`. */
export function refLiteral(call: CallExpression): ObjectExpression {
  return refOf(call, call);
}

const absent = new WeakSet<Node>();

function leftOut(part: Part): Part {
  absent.add(part);
  return part;
}

/** Whether a part of a literal says that it has no such property. */
export function isAbsent(part: Part): boolean {
  return absent.has(part);
}

/**
 * What `...rest` gets of an object, as `{ ...object, taken: void 0 }`; null where it is not known
 * which properties the pattern takes.
 */
const othersOf = memoized(
  (rest: RestElement, object: ObjectExpression): ObjectExpression | null => {
    const pattern = rest.parent;
    if (pattern?.type !== 'ObjectPattern') return null;
    const taken: string[] = [];
    for (const part of pattern.properties) {
      if (part.type === 'RestElement') continue;
      const name = keyName(part.key, part.computed);
      if (name === null) return null;
      taken.push(name);
    }
    const place = placeAt(rest);
    const zero = { ...place, type: 'Literal' as const, value: 0, raw: '0' };
    const nothing = {
      ...place,
      type: 'UnaryExpression' as const,
      operator: 'void' as const,
      argument: zero,
      prefix: true as const,
    };
    const whole = { ...place, type: 'ParenthesizedExpression' as const, expression: object };
    return {
      ...place,
      type: 'ObjectExpression',
      properties: [
        { ...place, type: 'SpreadElement', argument: whole },
        ...taken.map((name) => leftOut(property(name, nothing, rest))),
      ],
    };
  },
);

/**
 * What `...rest` gets of an array, item by item where it stands; null where it is not known how many
 * there are.
 */
const tailOf = memoized((rest: RestElement, array: ArrayExpression): ArrayExpression | null => {
  const pattern = rest.parent;
  if (pattern?.type !== 'ArrayPattern') return null;
  const { elements } = array;
  const isCounted = elements.every((element) => element?.type !== 'SpreadElement');
  if (!isCounted || elements.length > MAX_ITEMS) return null;
  const place = placeAt(rest);
  const items = elements.map((_element, index) => memberAt(place, array, index));
  return {
    ...place,
    type: 'ArrayExpression',
    elements: items.slice(pattern.elements.length - 1),
  };
});

/** The literal that `...rest` gets of one; null where it is not known what is left. */
export function leftOf(
  rest: RestElement,
  from: ObjectExpression | ArrayExpression,
): ObjectExpression | ArrayExpression | null {
  return from.type === 'ObjectExpression' ? othersOf(rest, from) : tailOf(rest, from);
}

/** What a parameter `...rest` gets of a call, which gives these arguments. */
export const argumentsOf = memoized(
  (
    rest: RestElement,
    call: CallExpression | NewExpression,
    args: readonly Argument[],
  ): ArrayExpression => {
    const around = rest.parent;
    const index = around && 'params' in around ? around.params.findIndex((one) => one === rest) : 0;
    const elements = args.slice(Math.max(index, 0));
    return { ...placeAt(call), parent: call, type: 'ArrayExpression', elements };
  },
);

/** What a call of `Promise.all` gives of a list, where nothing is spread in it: an item awaited each. */
export const awaitedOf = memoized(
  (call: CallExpression, list: ArrayExpression): ArrayExpression | null => {
    const elements: Item[] = [];
    for (const item of list.elements) {
      if (item?.type === 'SpreadElement') return null;
      elements.push(item && { ...placeAt(item), type: 'AwaitExpression', argument: item });
    }
    return { ...placeAt(call), parent: call, type: 'ArrayExpression', elements };
  },
);

const memberOf = memoized(
  (_name: Node, object: Expression, key: string, given: Node): MemberExpression => {
    // It is read once what is given is there.
    const end = endOf(given);
    const place = { start: end, end, range: [end, end] as [number, number], parent: given };
    return memberAt(place, object, key);
  },
);

/** What `list.at(0)` gives, as a member that is read; null for any other call. */
export function elementOf(call: CallExpression): MemberExpression | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'at') return null;
  const [index] = call.arguments;
  const key = index === undefined ? '0' : keyName(unwrap(index), true);
  // From the end, it depends on how many there are.
  return key !== null && /^\d+$/.test(key) ? memberOf(call, callee.object, key, call) : null;
}

/**
 * What a pattern gives to a name, as members that are read where the name stands, and the defaults that
 * it may have instead; null where it is not known which those are.
 *
 * @param given what the pattern is given, and the declaration or assignment that does so
 * @param isThere whether a member is sure to be there, so that its default is not taken
 */
export function takenBy(
  pattern: Node,
  name: Node,
  given: { readonly value: Expression; readonly by: Node },
  isThere: (member: MemberExpression) => boolean,
): readonly Expression[] | null {
  let taken: readonly Expression[] = [given.value];
  for (const step of stepsTo(pattern, name) ?? []) {
    if (step.kind === 'rest') return null;
    if (step.kind === 'default') {
      const isLeft = taken.every((one) => one.type === 'MemberExpression' && isThere(one));
      if (!isLeft) taken = [...taken, step.node.right];
      continue;
    }
    const key =
      step.kind === 'element' ? String(step.index) : keyName(step.node.key, step.node.computed);
    if (key === null) return null;
    taken = taken.map((one) => memberOf(name, one, key, given.by));
  }
  return taken;
}

/** A member that is read there by a literal. */
function memberAt(place: At, object: Expression, key: string | number): MemberExpression {
  const property = { ...place, type: 'Literal' as const, value: key, raw: JSON.stringify(key) };
  return { ...place, type: 'MemberExpression', object, property, computed: true, optional: false };
}

/** What stands at a place of a list: an expression, a hole or nothing, or what is not known. */
export type Place = Node | 'nothing' | 'unknown';

/**
 * What a list holds at an index, in which arrays may be spread.
 *
 * @param arrayOf the array that an expression is; null where that is not known
 */
export function itemAt(
  items: readonly (Node | null)[],
  index: number,
  arrayOf: (node: Node) => ArrayExpression | null,
): Place {
  const found = search(items, index, arrayOf, 0);
  return typeof found === 'number' ? 'nothing' : found;
}

/** What is at an index, or how many items there are before it. */
function search(
  items: readonly (Node | null)[],
  index: number,
  arrayOf: (node: Node) => ArrayExpression | null,
  depth: number,
): Place | number {
  let before = 0;
  for (const item of items) {
    if (item?.type === 'SpreadElement') {
      const array = depth < MAX_SPREAD ? arrayOf(item.argument) : null;
      if (array === null) return 'unknown';
      const found = search(array.elements, index - before, arrayOf, depth + 1);
      if (typeof found !== 'number') return found;
      before += found;
      continue;
    }
    if (before === index) return item ?? 'nothing';
    before += 1;
  }
  return before;
}

/**
 * The arguments that `callee.call(…)` or `callee.apply(…)` gives to its function, with that; null
 * for any other call.
 */
export function appliedIn(
  call: CallExpression,
): { readonly target: Node; readonly args: readonly Argument[] } | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const [first, ...args] = call.arguments;
  if (first?.type === 'SpreadElement') return null;
  switch (memberName(callee)) {
    case 'call':
      return { target: callee.object, args };
    case 'apply': {
      const [list] = args;
      if (list === undefined || list.type === 'SpreadElement') {
        return list === undefined ? { target: callee.object, args: [] } : null;
      }
      return {
        target: callee.object,
        args: [{ ...placeAt(list), type: 'SpreadElement', argument: list }],
      };
    }
    default:
      return null;
  }
}
