/** Which functions are told to lead to an event: all that can, and few others, as each of them costs time. */

import { expect, test } from 'vitest';

import { ALONE } from '../../src/session/source.ts';
import { sessionOf } from '../../src/session/sessions.ts';
import { childrenOf, isFunction, isNode } from '../../src/syntax/ast.ts';
import { parsed } from '../helpers/parsed.ts';
import { withClient } from '../helpers/states.ts';

/** The names of the functions that are told to lead to an event, in the order of the source. */
function leadingIn(source: string): readonly string[] {
  const file = parsed(source);
  const session = sessionOf(file, () => ALONE);
  if (session === null || !isNode(file.ast)) throw new Error('a file that concerns the client');
  const names: string[] = [];
  const open = [file.ast];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node) && node.body !== null) {
      const { name, canLead } = session.termOf(node);
      if (canLead && name !== '') names.push(name);
    }
    open.push(...childrenOf(node).toReversed());
  }
  return names;
}

interface Case {
  readonly of: string;
  readonly code: string;
  /** Those that lead; all others of the code do not. */
  readonly leads: string;
}

const CASES: readonly Case[] = [
  {
    of: 'methods, by their names, of what is known to have some',
    code: `
      const api = { set() { Intercom.logout(); }, quiet() {} };
      const calm = { other() {} };
      const list = [1, 2];
      function named() { return api.set(); }
      function unknown(o) { return o.set(); }
      function ofUnknown(o, k) { return o[k](); }
      function ofCalm(k) { return calm[k](); }
      function inList(k) { return list[k](); }
      function quietly() { return calm.other(); }
      function empty() { return 1; }`,
    leads: 'set named ofCalm',
  },
  {
    of: 'properties that are given later, by name, by any name and by number',
    code: `
      const o = {};
      function fill() { o.set = () => Intercom.logout(); }
      function any(k) { return o[k](); }
      function named() { return o.set(); }
      function other() { return o.unset(); }
      function counted(k) { return o[k - 1]; }
      function next(k) { return o[k++]; }
      function added(k) { return o[k + 1]; }
      function times(k) { return o[k * 2]; }
      function first() { return o[0]; }
      function texted() { return o['set']; }
      function textedOther() { return o['unset']; }
      function wrapped(k) { return o[(k - 1)]; }
      function whole(k) { return o[k | 0]; }
      function half(k) { return o[k / 2]; }
      function rest(k) { return o[k % 2]; }
      function power(k) { return o[k ** 2]; }
      function masked(k) { return o[k & 1]; }
      function mixed(k) { return o[k ^ 1]; }
      function shifted(k) { return o[k << 1]; }
      function back(k) { return o[k >> 1]; }
      function unsigned(k) { return o[k >>> 1]; }
      function compared(k) { return o[k < 1]; }`,
    leads: 'fill any named added texted compared',
  },
  {
    of: 'properties whose names are computed where they are made',
    code: `
      const o = {};
      function fill(k) { return o; }
      const p = { [name()]: () => Intercom.logout() };
      class C { [name()]() { Intercom.logout(); } }
      function name() { return 'a'; }
      function ofLiteral() { return p.set(); }
      function ofAny(k) { return p[k](); }
      function ofClass() { return new C().set(); }
      function noName() { return 1; }`,
    leads: 'ofLiteral ofAny ofClass',
  },
  {
    of: 'parameters that are given objects, and functions',
    code: `
      let kept;
      function runs(api) { return api.set(); }
      function runsOther(api) { return api.unset(); }
      function keeps(api) { kept = api; }
      function calls(f) { return f(); }
      function passes(f) { return calls(f); }
      function compares(f) { return f === null; }
      function negates(f) { return !f; }
      function tests(f) { if (f) return 1; return 2; }
      function chooses(f) { return f ? 1 : 2; }
      function reads(f) { return f.length; }
      function defaulted(f = null) { return f(); }
      function written(f) { f = f ?? null; return f(); }
      function rest(...all) { return all.length; }
      function settles(f) { return f.then(() => 1); }
      function catches(f) { return f.catch(() => 1); }
      function ends(f) { return f.finally(() => 1); }
      function maps(f) { return f.map(() => 1); }
      function chained(f) { return f().then(() => 1); }
      function nothing(f) { return 1; }
      function start() {
        const clear = () => Intercom.logout();
        runs({ set() { Intercom.logout(); } });
        runsOther({ set() { Intercom.logout(); } });
        keeps({ set() { Intercom.logout(); } });
        for (const f of [calls, passes, compares, negates, tests, chooses, reads, defaulted, written, rest, nothing]) f(1);
        calls(clear); passes(clear); compares(clear); negates(clear); tests(clear); chooses(clear); reads(clear);
        defaulted(clear); written(clear); rest(clear); nothing(clear);
        settles(Intercom.logout()); catches(Intercom.logout()); ends(Intercom.logout()); maps(Intercom.logout()); chained(clear);
      }`,
    leads:
      'runs runsOther keeps defaulted written rest settles catches ends start clear set set set',
  },
  {
    of: 'what functions give that parameters hold',
    code: `
      function results(f) { return f().set(); }
      function calm(f) { return f().set(); }
      function forgets(f) { f(); }
      function gives() { return { set() { Intercom.logout(); } }; }
      function givesCalm() { return { set() {} }; }
      results(gives);
      calm(givesCalm);
      forgets(gives);`,
    leads: 'results calm forgets gives set',
  },
  {
    of: 'constructors, and those that hand on what they are given',
    code: `
      class Base { constructor(f) { this.f = f; } run() { this.f(); } other() {} }
      class Heir extends Base { more() {} own() { this.run(); } }
      class Own extends Base { constructor(g) { super(() => 1); this.g = g; } runOwn() { this.g(); } }
      class Calm { constructor(h) { this.h = h; } runCalm() { this.h(); } }
      class Alone { constructor(i) { this.i = i; } runAlone() { this.i(); } }
      class Between extends Alone {}
      class Last extends Between {}
      new Heir(() => Intercom.logout());
      new Own(() => Intercom.logout());
      new Calm(() => 1);
      new Last(() => Intercom.logout());`,
    leads: 'constructor run own constructor runOwn constructor runAlone',
  },
  {
    of: 'instances that are made of a class elsewhere',
    code: `
      class A { constructor(f) { this.f = f; } run() { this.f(); } }
      const B = A;
      new B(() => Intercom.logout());
      function make(C) { return new C(() => Intercom.logout()); }
      class D { constructor(f) { this.g = f; } go() { this.g(); } }
      make(D);`,
    leads: 'constructor run make constructor go',
  },
  {
    of: 'what functions give on',
    code: `
      function set() { return Intercom.logout(); }
      function make() { set(); return 1; }
      function gives() { return set; }
      function has() { const g = gives(); return g; }
      const made = make();
      const madeTwice = [make(), set];
      function readsMade() { return made; }
      function readsList() { return madeTwice; }
      function readsFlag() { return flag; }
      const flag = set === make;
      const either = make() ? make : 1;
      function readsEither() { return either; }
      const both = make() && make();
      function readsBoth() { return both; }
      const last = (set, make());
      function readsLast() { return last; }
      const asserted = make() + 1;
      function readsSum() { return asserted; }
      const text = 'set';
      function readsText() { return text; }
      const method = { make }.make();
      function readsMethod() { return method; }
      const again = readsText();
      function readsAgain() { return again; }
      let changed = make();
      changed = 1;
      function readsChanged() { return changed; }
      const awaited = await make();
      function readsAwaited() { return awaited; }
      const asyncMade = asyncMake();
      async function asyncMake() { set(); return 1; }
      function readsAsync() { return asyncMade; }
      const steps = stepsOf();
      function* stepsOf() { set(); yield 1; }
      function readsSteps() { return steps; }
      const arrow = arrowMake();
      function readsArrow() { return arrow; }
      const arrowed = () => (set(), 1);
      const byArrow = arrowed();
      function readsByArrow() { return byArrow; }`,
    leads:
      'set make gives has readsList readsFlag readsEither readsMethod readsAwaited asyncMake readsAsync stepsOf readsSteps arrowed',
  },
  {
    of: 'what maps and stacks of resources are given',
    code: `
      const map = new Map();
      map.set('a', () => Intercom.logout());
      const idleMap = new Map();
      idleMap.add('a', () => Intercom.logout());
      function gets() { map.get('a')(); }
      function sets() { map.set('b', 1); }
      function has() { return map.has('b'); }
      const stack = new DisposableStack();
      stack.defer(() => Intercom.logout());
      function disposes() { stack.dispose(); }
      const adopting = new DisposableStack();
      adopting.adopt(1, () => Intercom.logout());
      function disposesAdopted() { adopting.dispose(); }
      const using = new DisposableStack();
      using.use({ [Symbol.dispose]() { Intercom.logout(); } });
      function disposesUsed() { using.dispose(); }
      const moved = new DisposableStack();
      moved.move(() => Intercom.logout());
      function disposesMoved() { moved.dispose(); }
      const held = { stack: new DisposableStack() };
      held.stack.defer(() => Intercom.logout());
      function disposesHeld() { held.stack.dispose(); }`,
    leads: 'gets disposes disposesAdopted @@dispose disposesUsed',
  },
  {
    of: 'promises that are settled by hand',
    code: `
      const p = Intercom.setUserJwt('a');
      let resolve;
      const kept = () => new Promise((one) => { resolve = one; });
      const called = () => new Promise((one) => { one(1); });
      const timer = () => new Promise((one) => setTimeout(one, 10));
      const handler = () => new Promise((one) => other.then(one));
      const handlerToo = () => new Promise((one) => other.catch(one));
      const method = () => new Promise((one) => bus.on(one));
      const local = () => new Promise((one) => keep(one));
      function keep(f) { resolve = f; }
      function waiting(p) { return new Promise((one) => p.then(one)); }
      function failing(p) { return new Promise((one) => p.catch(one)); }
      function onEvent(p) { return new Promise((one) => p.on(one)); }
      function reading(p) { return new Promise((one) => p.then); }
      const twoCallbacks = () => new Promise((one) => { one(1); }, (two) => { resolve = two; });
      const twice = () => new Promise((one) => { one(1); resolve = one; });
      const executor = () => new Promise(run);
      function run() {}
      const pattern = () => new Promise(({ a }) => a());
      const second = () => new Promise((one, two) => { one(1); resolve = two; });
      const none = () => new Promise(() => {});
      const withResolvers = () => Promise.withResolvers();
      const other = Promise.resolve(1);`,
    leads:
      'kept handler handlerToo method local onEvent twoCallbacks twice executor pattern second withResolvers',
  },
  {
    of: 'elements of components',
    code: `
      function Page({ onOpen }) { onOpen(); return null; }
      function Shows({ onOpen }) { return <button onClick={onOpen} />; }
      function Idle(props) { return <b a={props.b} />; }
      function Plain({ onOpen }) { onOpen(); return null; }
      function App() { return <Page onOpen={() => Intercom.logout()} />; }
      function AppShows() { return <Shows onOpen={() => Intercom.logout()} />; }
      function AppIdle() { return <Plain a={1} />; }
      function Lower() { return <button onClick={() => Intercom.logout()} />; }`,
    leads: 'Page Shows App AppShows Lower',
  },
  {
    of: 'modules that are loaded',
    code: `
      const sdk = require('@intercom/intercom-react-native');
      const files = require('fs');
      function uses() { sdk.logout(); }
      function reads() { files.logout(); }
      function shadowed(require) { const x = require('@intercom/intercom-react-native'); return x.logout(); }
      async function loads() { const x = await import('@intercom/intercom-react-native'); x.default.logout(); }
      async function loadsOther() { const x = await import('other'); x.default.logout(); }
      function required() { return require('@intercom/intercom-react-native').logout(); }
      function requiredOther() { return require('other').logout(); }
      function demanded() { return demand('@intercom/intercom-react-native').logout(); }`,
    leads: 'uses loads required',
  },
  {
    of: 'globals and imports',
    code: `
      import { helper } from 'somewhere';
      import helperToo, * as all from 'elsewhere';
      function known() { return Intercom; }
      function unknown() { return helper() + helperToo() + all.a(); }
      function ofGlobal() { return fetch('/a'); }
      function ofPromise() { return Promise.resolve(1); }
      function typed(a: string): number { return a.length; }
      function typedClient(client: typeof Intercom) { return client; }
      function typedOther(client: typeof helper) { return client; }
      let late: typeof Intercom;
      function readsLate() { return late; }
      let lateOther: typeof helper;
      function readsLateOther() { return lateOther; }`,
    leads: 'known ofPromise typedClient readsLate',
  },
  {
    of: 'patterns',
    code: `
      const o = { set: () => Intercom.logout(), a: 1 };
      function ofName({ set }) { set(); }
      function ofOther({ unset }) { unset(); }
      function within({ set: { a } }) { a(); }
      function withinOther({ b: { c } }) { c(); }
      function inList([first]) { first(); }
      function inListNamed([{ set }]) { set(); }
      function rest({ ...others }) { others.unset(); }
      function restNamed({ set, ...others }) { others.unset(); }
      function restList([...all]) { all.length; }
      function computed({ ['a' + 1]: b }) { b(); }
      function computedBy({ [Intercom.logout()]: b }) { b(); }
      function defaulted(set = () => Intercom.logout()) { return 1; }
      function defaultedWithin({ b = Intercom.logout() }) { return 1; }
      function defaultedList([b = Intercom.logout()]) { return 1; }
      function defaultedCalm({ b = 1 }) { return b; }
      function declared(p) { const { set } = p; set(); }
      function declaredOther(p) { const { unset } = p; unset(); }
      function assigned(p) { let set; ({ set } = p); set(); }
      function assignedOther(p) { let unset; ({ unset } = p); unset(); }
      function assignedMember(p) { ({ b: p[Intercom.logout()] } = p); }`,
    leads:
      'set ofName within inListNamed restNamed computed computedBy defaulted defaultedWithin defaultedList declared assigned assignedMember',
  },
  {
    of: 'loops',
    code: `
      const o = { set: () => Intercom.logout() };
      const calm = { other: () => 1 };
      function each() { for (const x of [o]) x.set(); }
      function eachCalm() { for (const x of [calm]) x.other(); }
      function names() { for (const x in o) o[x](); }
      function assigned() { let x; for (x of [o]) x.set(); return x; }
      function assignedCalm() { let x; for (x of [calm]) x.other(); return x; }
      function patterned() { for (const { set } of [1]) set(); }
      function inRight() { for (const x of Intercom.logout()) x(); }
      function inBody() { for (const x of [1]) Intercom.logout(); }
      let kept;
      function keeps() { for (kept of [o]); }
      function readsKept() { return kept; }
      let keptCalm;
      function keepsCalm() { for (keptCalm of [calm]); }
      function readsKeptCalm() { return keptCalm; }`,
    leads: 'set each names assigned patterned inRight inBody keeps readsKept',
  },
  {
    of: 'what is assigned',
    code: `
      const o = { set: () => Intercom.logout() };
      let later;
      function fill() { later = o; }
      function reads() { return later; }
      let calmly;
      function fillCalm() { calmly = 1; }
      function readsCalm() { return calmly; }
      function member(p) { p.set = 1; }
      function memberNamed(p) { p.go = () => Intercom.logout(); }
      function readsGo(p) { const q = {}; return q.go(); }
      function readsStay(p) { const q = {}; return q.stay(); }
      function computed(p, k) { p[k] = 1; }
      function computedKey(p) { p[Intercom.logout()] = 1; }`,
    leads: 'set fill reads memberNamed readsGo computedKey',
  },
  {
    of: 'this',
    code: `
      class A { m() { this.n(); } n() { Intercom.logout(); } get g() { return 1; } quiet() {} static s() { this.t(); } static t() {} #p() {} q() { this.#p(); } }
      class C { p = () => Intercom.logout(); c = 1; readsP() { this.p(); } readsC() { return this.c; } }
      class F { constructor(private readonly f: object) {} runs() { return this.f; } calm() { return this.g; } }
      new F({ set() { Intercom.logout(); } });
      const o = { a() { this.b(); }, b() { Intercom.logout(); }, c() {}, d() { return () => this.b(); } };
      function standalone() { this.b(); }`,
    leads: 'm n p readsP runs set a b d',
  },
  {
    of: 'classes',
    code: `
      class A { static { Intercom.logout(); } a() {} }
      class B { x = Intercom.logout(); b() {} }
      class C extends A { c() {} }
      @dec(() => Intercom.logout()) class D { d() {} }
      class E { @dec(() => Intercom.logout()) e() {} }
      class F { [Intercom.logout()]() {} }
      class G { client: typeof Intercom; g() { return this.client; } }
      class H { client: string; h() { return this.client; } }
      class I { i(@dec(() => Intercom.logout()) a) {} }
      abstract class J { abstract j(): void; k() {} }
      function makesA() { return new A(); }
      function makesB() { return new B(); }
      function makesC() { return new C(); }
      function makesD() { return new D(); }
      function makesE() { return new E(); }
      function makesH() { return new H(); }
      function mentionsA() { return A; }
      function mentionsH() { return H; }
      const expr = class Inner { y() { return Inner; } };`,
    leads: 'g h makesA makesB makesC makesD makesE makesH mentionsA mentionsH',
  },
  {
    of: 'names that are called around functions',
    code: `
      const memo = wrap(function go(f) { f(); });
      memo(() => Intercom.logout());
      const calm = wrap(function stay(g) { g(); });
      calm(() => 1);
      function wrap(f) { return f; }
      const { one } = { one(h) { h.set(); } };
      one({ set() { Intercom.logout(); } });
      const outer = () => { const inner = (i) => i.set(); };
      outer({ set() { Intercom.logout(); } });`,
    leads: 'one set set',
  },
  {
    of: 'names that are written in other ways',
    code: `
      const o = {};
      function fill(k) { o[k] = () => Intercom.logout(); }
      const map = { get() {} };
      map.add('a', () => Intercom.logout());
      function named() { return o.set(); }
      function gets() { return map.get('a')(); }
      function other() { Intercom.logout(); }
      function literal() { return { other: 1 }; }
      function computed() { return { [other()]: 1 }; }
      function reads(p) { return p.other; }
      function readsComputed(p) { return p[other()]; }
      function pattern({ other: b }) { return b; }
      function makes() { return class { other = 1; }; }
      function makesComputed() { return class { [other()] = 1; }; }`,
    leads: 'fill other computed readsComputed makesComputed',
  },
  {
    of: 'what is done on one side',
    code: `
      function then(c) { if (c) Intercom.logout(); return 1; }
      function otherwise(c) { if (c) return 1; else Intercom.logout(); return 2; }
      function chosen(c) { return c ? Intercom.logout() : 1; }
      function unchosen(c) { return c ? 1 : Intercom.logout(); }
      function tested() { if (Intercom.logout()) return 1; return 2; }
      function neither(c) { if (c) return 1; else return 2; }
      function compared() { return Intercom.logout() === 1; }
      function comparedRight() { return 1 === Intercom.logout(); }
      function negated() { return !Intercom.logout(); }`,
    leads: 'then otherwise chosen unchosen tested compared comparedRight negated',
  },
  {
    of: 'what callbacks are given',
    code: `
      function each() { [Intercom].forEach(function one(client) { client.logout(); }); }
      function eachCalm(list) { list.forEach(function other(item) { item.logout(); }); }
      function kept() { return 1; }`,
    leads: 'each',
  },
  {
    of: 'what is had of functions whose code is not run',
    code: `
      function gives() { return () => Intercom.logout(); }
      const given = gives();
      function reads() { return given; }
      const arrowGives = () => () => Intercom.logout();
      const arrowGiven = arrowGives();
      function readsArrow() { return arrowGiven; }
      function chooses(c) { return c ? () => Intercom.logout() : 1; }
      const choice = chooses(1);
      function readsChoice() { return choice; }
      function throws() { throw () => Intercom.logout(); }
      const thrown = throws();
      function readsThrown() { return thrown; }`,
    leads: 'gives reads arrowGives readsArrow chooses readsChoice throws',
  },
  {
    of: 'an object itself',
    code: `
      class A { self() { return this; } inner() { return () => this; } n() { Intercom.logout(); } }
      class B { self() { return this; } b() {} }
      const o = { self() { return this; }, b() { Intercom.logout(); } };
      const calm = { self() { return this; }, c() {} };
      const spread = { ...calm, self() { return this; }, d() { Intercom.logout(); } };
      function alone() { return this; }`,
    leads: 'self inner n self b self self d',
  },
  {
    of: 'an object itself, which can be of a class that extends another',
    code: `
      class A { self() { return this; } }
      class B extends A { b() { Intercom.logout(); } }
      function alone() { return this; }`,
    leads: 'self b alone',
  },
  {
    of: 'an object itself, which can be of a class that extends another and does nothing',
    code: `
      class A { self() { return this; } }
      class B extends A { b() {} }
      function alone() { return this; }`,
    leads: '',
  },
  {
    of: 'members whose names are computed',
    code: `
      class D { [k] = () => Intercom.logout(); readsAny(j) { this[j](); } readsX() { this.x(); } }`,
    leads: 'readsAny readsX',
  },
  {
    of: 'parameters that are given what has names',
    code: `
      class A { set() { Intercom.logout(); } }
      class B { static set() { Intercom.logout(); } }
      function ofInstance(a) { return a.set(); }
      function ofClass(b) { return b.set(); }
      function ofClient(c) { return c.logout(); }
      function ofClientNamed(c, k) { return c[k](); }
      function ofLists(d) { return d.set(); }
      function all() { ofInstance(new A()); ofClass(B); ofClient(Intercom); ofClientNamed(Intercom); ofLists([A]); }`,
    leads: 'set set ofInstance ofClass ofClient ofClientNamed ofLists all',
  },
  {
    of: 'parameters of functions that stand within something that is called',
    code: `
      import { useCallback } from 'react';
      let kept;
      const memo = useCallback(function go(f) { kept = f; }, []);
      memo({ set() { Intercom.logout(); } });
      const outer = () => { later(function inner(g) { kept = g; }); };
      outer({ set() { Intercom.logout(); } });
      const block = wrap(function within(a) { if (a) later((b) => { kept = b; }); });
      const named = function own(h) { kept = h; if (h) own({ set() { Intercom.logout(); } }); };
      const { first } = { first: function destructured(i) { kept = i; } };
      first({ set() { Intercom.logout(); } });
      assigned = function notDeclared(j) { kept = j; };
      assigned({ set() { Intercom.logout(); } });`,
    leads: 'go set set own set destructured set set',
  },
];

test.each(CASES.map(({ of, ...rest }) => [of, rest] as const))('%s', (_of, { code, leads }) => {
  expect(leadingIn(withClient(code)).join(' ')).toBe(leads);
});
