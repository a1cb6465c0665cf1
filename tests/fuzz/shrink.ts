/**
 * A greedy shrinker over program trees: as long as a smaller tree still fails, take it.
 *
 * It knows the shape of a tree only by the sorts of its nodes, so it needs no change when a kind of
 * node is added: a node can be replaced by one of the same sort that is inside it, or by the
 * smallest of its sort; a statement also by the statements inside it; list elements can be left out.
 */
import type {
  AnyNode,
  Body,
  Callback,
  Expression,
  Promised,
  Sort,
  Statement,
  Test,
} from './syntax.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The smallest tree, by the steps of {@link reductions}, that still fails. */
export async function shrink(
  body: Body,
  fails: (body: Body) => Promise<boolean>,
  maxTries = 4000,
): Promise<Body> {
  let smallest = body;
  let tries = 0;
  let isShrinking = true;
  while (isShrinking) {
    isShrinking = false;
    for (const candidate of listReductions(smallest)) {
      if (tries >= maxTries) return smallest;
      tries += 1;
      if (await fails(candidate as Body)) {
        smallest = candidate as Body;
        isShrinking = true;
        break;
      }
    }
  }
  return smallest;
}

const smallest: Readonly<{
  S: Statement;
  E: Expression;
  T: Test;
  P: Promised;
  F: Callback;
}> = {
  S: { sort: 'S', kind: 'empty' },
  E: { sort: 'E', kind: 'value' },
  T: { sort: 'T', kind: 'draw', arguments: [] },
  P: { sort: 'P', kind: 'opaque' },
  F: {
    sort: 'F',
    kind: 'expression',
    asynchronous: false,
    value: { sort: 'E', kind: 'value' },
  },
};

/** The fields that may be null, by the kind of node (or the field that holds a part of one). */
const nullable: Readonly<Record<string, readonly string[]>> = {
  if: ['otherwise'],
  for: ['init', 'test', 'update'],
  forOf: ['fallback'],
  throw: ['value'],
  try: ['handler', 'finalizer'],
  branchKeep: ['otherwise'],
  then: ['fulfilled', 'rejected'],
  assign: ['key'],
  delegate: ['generator'],
  iife: ['parameter'],
  asyncIife: ['parameter'],
  entries: ['nested', 'key'],
  cases: ['test'],
  test: ['effect'],
  parts: [
    'heritage',
    'methodKey',
    'staticBlock',
    'staticField',
    'fieldKey',
    'field',
    'constructorBody',
  ],
};

/** Smaller trees in place of `value`, the smallest ones first; `role` is the field that holds it. */
function* reductions(value: unknown, role: string): Generator {
  if (Array.isArray(value)) {
    yield* listReductions(value, role);
  } else if (isTree(value)) {
    if (isNode(value)) yield* replacements(value);
    const optional = nullable[isNode(value) ? value.kind : role] ?? [];
    for (const name of optional) if (value[name] != null) yield { ...value, [name]: null };
    for (const [name, field] of Object.entries(value)) {
      if (name === 'sort' || name === 'kind') continue;
      for (const reduced of reductions(field, name)) yield { ...value, [name]: reduced };
    }
  } else if (value === true) {
    yield false;
  } else if (typeof value === 'number' && value > 0) {
    yield* [0, 1, 2].filter((smaller) => smaller < value);
  } else if (role === 'spelling' && value !== 'plain') {
    yield 'plain';
  }
}

function* listReductions(items: readonly unknown[], role = 'body'): Generator {
  for (let size = items.length; size >= 1; size = Math.floor(size / 2)) {
    // An empty `Promise.all` and its kin would be another program than the generator makes.
    if (size === items.length && (role === 'elements' || role === 'callbacks')) continue;
    for (let start = 0; start + size <= items.length; start += size) {
      yield [...items.slice(0, start), ...items.slice(start + size)];
    }
  }
  for (const [index, item] of items.entries()) {
    for (const lifted of statementLists(item)) {
      yield [...items.slice(0, index), ...lifted, ...items.slice(index + 1)];
    }
    for (const reduced of reductions(item, role)) {
      yield [...items.slice(0, index), reduced, ...items.slice(index + 1)];
    }
  }
}

/** The nodes that may stand in the place of this one. */
function* replacements(node: Tree & AnyNode): Generator<AnyNode> {
  const minimum = smallest[node.sort];
  if (JSON.stringify(node) !== JSON.stringify(minimum)) yield minimum;
  yield* nodesInside(node, node.sort);
}

/** The outermost nodes of a sort inside a tree. */
function* nodesInside(tree: Tree, sort: Sort): Generator<AnyNode> {
  for (const child of Object.values(tree)) {
    if (!isTree(child)) continue;
    if (isNode(child) && child.sort === sort) yield child;
    else yield* nodesInside(child, sort);
  }
}

/** The outermost statement lists inside a statement. */
function* statementLists(item: unknown): Generator<readonly unknown[]> {
  if (!isTree(item) || !isNode(item) || item.sort !== 'S') return;
  yield* listsInside(item);
}

function* listsInside(tree: Tree): Generator<readonly unknown[]> {
  for (const child of Object.values(tree)) {
    if (
      Array.isArray(child) &&
      child.some((one) => isTree(one) && isNode(one) && one.sort === 'S')
    ) {
      yield child;
    } else if (isTree(child)) {
      yield* listsInside(child);
    }
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

function isNode(tree: Tree): tree is Tree & AnyNode {
  return typeof tree['sort'] === 'string';
}
