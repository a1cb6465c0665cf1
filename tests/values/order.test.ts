/** What an expression can be does not depend on what was asked before. */

import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { childrenOf, isNode, type Node } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { Modules } from '../../src/values/host.ts';
import { Values, type Value } from '../../src/values/resolve.ts';
import { NO_VALUES } from '../helpers/dumped.ts';
import { parsed } from '../helpers/parsed.ts';

/** Above the bounds of what is followed, it does: these programs stay below them. */
const SHUFFLES = 4;

const OWN = ['syntax/patterns.ts', 'syntax/bindings.ts', 'project/exports.ts', 'values/guards.ts'];

const PROGRAMS: Readonly<Record<string, string>> = {
  'names that are given each other': `
    let a = 1, b = () => a; let c = b; let d = c; c = d; d = x ? b : c; a = d;
    f(a, b, c, d);`,
  'constants that need each other': `
    const a = x ? 1 : b; const b = y ? 2 : c; const c = z ? 3 : a; f(a, b, c, a + b, [a, b, c]);`,
  'functions that call each other': `
    function a(n) { if (n) return b(n); return 1; }
    function b(n) { if (n) return a(n); return 2; }
    function c() { return x ? d() : 3; } function d() { return y ? c() : 4; }
    f(a(1), b(1), c(), d(), a, b);`,
  'objects that are spread into each other': `
    const o = { a: 1, ...p }; const p = { b: 2, ...q }; const q = { c: 3, ...o };
    const { a, ...rest } = q; const [first, ...others] = [a, ...[o, p], rest];
    f(o.c, p.a, q.b, rest.c, others[0], first, others);`,
  'classes that extend each other': `
    class A { static a = B.b; x = this.y; get y() { return this.z(); } z() { return new B().x; } }
    class B extends A { static b = x ? 1 : A.a; z() { return super.z(); } w = this.x; }
    class C extends B { constructor(readonly p = 1) { super(); this.q = p; } }
    f(A.a, B.b, B.a, new A().x, new B().w, new C(2).p, new C().q, new C().x);`,
  'closures that are handed on': `
    const make = (v) => ({ get: () => v, next: () => make(v) });
    const one = make(1); const two = one.next(); const three = two.next();
    f(one.get(), two.get(), three.get(), make(make(1)).get().get());`,
};

/** Each expression of a program, as it stands in the source. */
function nodesOf(program: Node): readonly Node[] {
  const nodes: Node[] = [];
  const open = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (/Expression$|^Identifier$|Literal$/.test(node.type)) nodes.push(node);
    open.push(...childrenOf(node).toReversed());
  }
  return nodes;
}

function shown(value: Value): string {
  const made = 'made' in value ? value.made.map(({ range }) => String(range)) : [];
  const of = value.kind === 'promise' ? value.of.map(shown).toSorted() : [];
  const node = 'node' in value ? value.node : null;
  return [value.kind, String(node?.range ?? ''), ...made, ...of].join(' ');
}

/** The answers about each node, asked in an order. */
function answers(source: string, order: (nodes: readonly Node[]) => readonly Node[]): string[] {
  const { ast, scopeManager } = parsed(source);
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) return [];
  const bindings = new Bindings(scopeManager);
  const values = new Values(ast, bindings, NO_VALUES);
  const constants = new Modules(null).expressionsOf({ program: ast, bindings });
  const nodes = nodesOf(ast);
  const told = new Map<Node, string>();
  for (const node of order(nodes)) {
    const functions = values.of(node).map(shown).toSorted().join(', ');
    const known = constants.of(node).map(({ value, role }) =>
      JSON.stringify([role, value], (key, part: unknown) => {
        if (key === 'file') return undefined;
        return isNode(part) ? part.range : part;
      }),
    );
    told.set(node, `${functions} | ${known.toSorted().join(', ')}`);
  }
  const line = (node: Node): string =>
    `${source.slice(...(node.range ?? [0, 0]))} @${String(node.range)}`;
  return nodes.map((node) => `${line(node)}: ${told.get(node) ?? ''}`);
}

/** A shuffle that is the same for a seed. */
function shuffledBy(seed: number): (nodes: readonly Node[]) => readonly Node[] {
  return (nodes) => {
    let state = seed;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state;
    };
    return nodes
      .map((node) => ({ node, at: random() }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ node }) => node);
  };
}

describe.each([
  ...Object.entries(PROGRAMS),
  ...OWN.map((file) => [file, readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')]),
])('%s', (_, source) => {
  test('are the same, whatever is asked first', () => {
    const inOrder = answers(source, (nodes) => nodes);
    expect(answers(source, (nodes) => nodes.toReversed())).toEqual(inOrder);
    for (let seed = 1; seed <= SHUFFLES; seed++) {
      expect(answers(source, shuffledBy(seed * 7919))).toEqual(inOrder);
    }
  });
});
