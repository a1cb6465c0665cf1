/** Which tests prove what of a value, where it is used behind them. */

import { describe, expect, test } from 'vitest';

import { isNode, nodesIn, type Node } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { isTested } from '../../src/values/guards.ts';
import { parsed } from '../helpers/parsed.ts';

/** What is proved of the argument of `use(…)`, in a function that has `v`, `o` and `d`. */
function provedIn(code: string): string {
  const { ast, scopeManager } = parsed(`function f(v, o, d, k) { ${code} }`);
  if (!isNode(ast) || !isScopeManager(scopeManager)) throw new Error('no program');
  const bindings = new Bindings(scopeManager);
  const used = nodesIn(ast).flatMap((node): readonly Node[] =>
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'use'
      ? node.arguments
      : [],
  );
  const [only] = used;
  if (only === undefined || used.length > 1) throw new Error('nothing is used, or too much');
  if (isTested(only, 'truthy', bindings)) {
    return isTested(only, 'notNullish', bindings) ? 'truthy' : 'truthy alone';
  }
  return isTested(only, 'notNullish', bindings) ? 'there' : 'nothing';
}

const FORMS: Readonly<Record<string, readonly (readonly [code: string, proved: string])[]>> = {
  'a place': [
    ['if (v) use(v);', 'truthy'],
    ['if (v) {} else use(v);', 'nothing'],
    ['if (!v) {} else use(v);', 'truthy'],
    ['if (!v) use(v);', 'nothing'],
    ['v ? use(v) : 0;', 'truthy'],
    ['v ? 0 : use(v);', 'nothing'],
    ['!v ? 0 : use(v);', 'truthy'],
    ['v && use(v);', 'truthy'],
    ['v || use(v);', 'nothing'],
    ['!v || use(v);', 'truthy'],
    ['v ?? use(v);', 'nothing'],
    ['d && use(v);', 'nothing'],
    ['while (v) use(v);', 'truthy'],
    ['while (d) use(v);', 'nothing'],
    ['while (!v) use(v);', 'nothing'],
    ['while (use(v)) {}', 'nothing'],
    ['do use(v); while (v);', 'nothing'],
    ['for (; v; ) use(v);', 'truthy'],
    ['for (; d; ) use(v);', 'nothing'],
    ['for (;;) use(v);', 'nothing'],
    ['for (; v; use(v)) {}', 'nothing'],
    ['if (use(v)) {}', 'nothing'],
    ['use(v) ? 1 : 2;', 'nothing'],
    ['use(v) && v;', 'nothing'],
    ['if (d) use(v);', 'nothing'],
    ['use(v);', 'nothing'],
  ],
  'what stands before': [
    ['if (!v) return; use(v);', 'truthy'],
    ['if (v) return; use(v);', 'nothing'],
    ['if (!v) throw d; use(v);', 'truthy'],
    ['if (!v) d(); use(v);', 'nothing'],
    ['if (!v) { d(); return; } use(v);', 'truthy'],
    ['if (v) d(); else return; use(v);', 'truthy'],
    ['if (!v) d(); else return; use(v);', 'nothing'],
    ['if (v) d(); else d(); use(v);', 'nothing'],
    ['use(v); if (!v) return;', 'nothing'],
    ['if (!v) return; { use(v); }', 'truthy'],
    ['{ if (!v) return; } use(v);', 'nothing'],
    ['switch (d) { case 1: if (!v) return; use(v); }', 'truthy'],
    ['switch (d) { case 1: if (!v) return; case 2: use(v); }', 'nothing'],
    ['class A { static { if (!v) throw d; use(v); } }', 'truthy'],
    ['assert(v); use(v);', 'truthy'],
    ['assert(!v); use(v);', 'nothing'],
    ['assert(d); use(v);', 'nothing'],
    ['assert(); use(v);', 'nothing'],
    ['assert.ok(v); use(v);', 'truthy'],
    ['d.assert(v); use(v);', 'nothing'],
    ['assert.ok.x(v); use(v);', 'nothing'],
    ['invariant(v, d); use(v);', 'truthy'],
    ['invariant(d, v); use(v);', 'nothing'],
    ['check(v); use(v);', 'nothing'],
    ['v; use(v);', 'nothing'],
    ['(() => v)(); use(v);', 'nothing'],
  ],
  'a comparison': [
    ['if (v !== undefined) use(v);', 'there'],
    ['if (v === undefined) use(v);', 'nothing'],
    ['if (undefined !== v) use(v);', 'there'],
    ['if (v !== null) use(v);', 'there'],
    ['if (null !== v) use(v);', 'there'],
    ['if (v === null) use(v);', 'nothing'],
    ['if (v != null) use(v);', 'there'],
    ['if (v == null) use(v);', 'nothing'],
    ["if (v !== '') use(v);", 'truthy alone'],
    ["if (v === '') use(v);", 'nothing'],
    ["if (v === 'x') use(v);", 'truthy'],
    ["if (v !== 'x') use(v);", 'nothing'],
    ["if ('x' === v) use(v);", 'truthy'],
    ['if (v !== d) use(v);', 'nothing'],
    ['if (v === d) use(v);', 'nothing'],
    ["if (typeof v === 'string') use(v);", 'there'],
    ["if (typeof v !== 'string') use(v);", 'nothing'],
    ["if ('string' === typeof v) use(v);", 'there'],
    ["if (typeof v !== 'undefined') use(v);", 'there'],
    ["if ('undefined' !== typeof v) use(v);", 'there'],
    ["if (typeof v === 'undefined') use(v);", 'nothing'],
    ["if (typeof v === 'undefined') return; use(v);", 'there'],
    ["if (typeof d === 'string') use(v);", 'nothing'],
    ['if (v > 0) use(v);', 'truthy'],
    ['if (v.length > 0) use(v);', 'truthy'],
    ['if (d > 0) use(v);', 'nothing'],
    ['if (v === undefined) return; use(v);', 'there'],
    ['if (v == null) return; use(v);', 'there'],
    ["if (v === '') return; use(v);", 'truthy alone'],
  ],
  'several tests': [
    ['if (v && d) use(v);', 'truthy'],
    ['if (d && v) use(v);', 'truthy'],
    ['if (v || d) use(v);', 'nothing'],
    ['if (d || v) use(v);', 'nothing'],
    ['if (!v || d) return; use(v);', 'truthy'],
    ['if (!v && d) return; use(v);', 'nothing'],
    ['if (d || !v) return; use(v);', 'truthy'],
    ['if (v ?? d) use(v);', 'truthy'],
    ['if (d ?? v) use(v);', 'truthy'],
    ['if (!(v && d)) return; use(v);', 'truthy'],
    ['if (!(v || d)) return; use(v);', 'nothing'],
    ['if (v && !v) use(v);', 'truthy'],
    ['if (!!v) use(v);', 'truthy'],
    ['if (-v) use(v);', 'truthy'],
    ['if (v, d) use(v);', 'truthy'],
  ],
  'a test that is not understood': [
    ['if (isValid(v)) use(v);', 'truthy'],
    ['if (!isValid(v)) use(v);', 'truthy'],
    ['if (d(() => v)) use(v);', 'nothing'],
    ['if (isValid(d)) use(v);', 'nothing'],
    ['if (v.x) use(v);', 'truthy'],
  ],
  'a property': [
    ['if (o.a) use(o.a);', 'truthy'],
    ['if (o.a) use(o.b);', 'nothing'],
    ['if (o.a.b) use(o.a.b);', 'truthy'],
    ['if (o.a) use(o.a.b);', 'nothing'],
    ['if (o.a.b) use(o.a);', 'truthy'],
    ['if (o.a.b) use(o.b.a);', 'nothing'],
    ['if (o.a.b) use(o.a.c);', 'nothing'],
    ['if (v.a) use(o.a);', 'nothing'],
    ["if (o['a']) use(o.a);", 'truthy'],
    ['if (o[k]) use(o[k]);', 'nothing'],
    ['if (o?.a) use(o.a);', 'truthy'],
    ['if (o) use(o.a);', 'nothing'],
    ['if (x) use(x);', 'nothing'],
    ['if (this.a) use(this.a);', 'nothing'],
  ],
  'a function around it': [
    ['if (v) d(() => use(v));', 'truthy'],
    ['if (v) { d(function () { use(v); }); }', 'truthy'],
  ],
};

describe.each(Object.entries(FORMS))('%s', (_group, forms) => {
  test.each(forms)('%s', (code, proved) => {
    expect(provedIn(code)).toBe(proved);
  });
});
