/**
 * Forms of code in which the JWT is set, each with each form in which it is used, against programs that
 * are really run: a call that is made with no JWT in some run has to be reported, and no other.
 */

import { expect, test } from 'vitest';

import { wrongOf } from './formed.ts';

/**
 * One form with each of others, and the call behind.
 *
 * @param isExact whether no call is reported that is right
 */
async function expectTold(first: string, others: readonly string[], isExact = true): Promise<void> {
  const forms = others.map((other) => ({
    body: `${first}\n${other}\n${other.includes('PRESENT') ? '' : 'PRESENT'}`
      .replaceAll('SET', 'Intercom.setUserJwt(t)')
      .replaceAll('PRESENT', 'await Intercom.present();'),
    isExact,
  }));
  expect(await wrongOf(forms)).toEqual([]);
}

const STEPS: readonly string[] = [
  'const steps = [() => SET];',
  'const steps = [() => SET, () => g()];',
  'const steps = [() => g(), () => SET];',
  'const steps = [async () => { await SET; }];',
  'const steps = [async () => { SET; }];',
  'const one = () => SET; const steps = [one];',
  'const steps = [function () { return SET; }];',
];

const RUN: readonly string[] = [
  'for (const step of steps) await step();',
  'for (const step of steps) step();',
  'for (const step of steps) { await step(); f(); }',
  'for (const step of steps) { if (c()) await step(); }',
  'for (const step of steps) { if (c()) break; await step(); }',
  'for (const step of steps) { if (c()) continue; await step(); }',
  'for (const step of steps) { if (c()) return; await step(); }',
  'for (const step of steps) { try { await step(); } catch {} }',
  'for (const step of steps) { try { await step(); } catch { return; } }',
  'steps.forEach((step) => step());',
  'steps.forEach(async (step) => { await step(); });',
  'await Promise.all(steps.map(async (step) => { step(); }));',
  'await Promise.allSettled(steps.map((step) => step()));',
  'await steps.reduce((before, step) => before.then(step), Promise.resolve());',
  'await steps.reduce((before, step) => before.then(() => step()), Promise.resolve());',
  'await steps.reduce(async (before, step) => { await before; await step(); }, Promise.resolve());',
  'await steps.reduce(async (before, step) => { await before; step(); }, Promise.resolve());',
];

/** Runs in which not all steps are known to be made. */
const RUN_SOMEHOW: readonly string[] = [
  'for (const step of [...steps]) await step();',
  'for (const step of steps) await step?.();',
  'for await (const done of steps.map((step) => step())) f();',
  'await Promise.all(steps.map((step) => step()));',
  'await Promise.all(steps.map(async (step) => { await step(); }));',
  'for (const step of steps) { const run = step; await run(); }',
  'const go = async (all) => { for (const step of all) await step(); }; await go(steps);',
];

test.each(STEPS)('the steps of `%s`', async (steps) => {
  await expectTold(steps, RUN);
  await expectTold(steps, RUN_SOMEHOW, false);
});

/** How a promise comes to a name. */
const STORED: readonly string[] = [
  'if (c()) p = SET; else p = SET;',
  'if (c()) p = SET;',
  'if (c()) p = SET; else return;',
  'if (c()) { p = SET; } else { throw 1; }',
  'if (c()) p = SET; else if (c()) p = SET; else return;',
  'if (c()) return; p = SET;',
  'switch (c()) { case true: p = SET; break; default: p = SET; }',
  'switch (c()) { case true: p = SET; }',
  'switch (c()) { case true: p = SET; break; default: }',
  'switch (c()) { case true: p = SET; break; default: return; }',
  'switch (c()) { case true: case false: p = SET; break; default: p = SET; }',
  'switch (c()) { default: p = SET; break; case true: p = SET; }',
  'switch (c()) { default: p = SET; }',
  'switch (c()) { case true: f(); default: p = SET; }',
  'try { p = SET; } catch { return; }',
  'try { p = SET; } catch { p = SET; }',
  'try { p = SET; } finally { f(); }',
  'try { f(); p = SET; } catch {}',
  'try { f(); } finally { p = SET; }',
  'for (const x of xs()) p = SET;',
  'while (c()) { p = SET; break; }',
  '{ p = SET; }',
  'if (!p) p = SET;',
  'p ??= SET;',
  'p ||= SET;',
  'p = p ?? SET;',
  'p = p || SET;',
  'p = p ? p : SET;',
  'p = p === null ? SET : p;',
  'p = c() ? p : SET;',
  'p = p && SET;',
  'p = c() ? SET : SET;',
  'p = c() ? SET : g();',
  'p = SET; p = g();',
  'p = g(); p = SET;',
  'p = SET; if (c()) p = g();',
  'p = SET; if (c()) p = SET;',
  'p = SET; if (c()) p = null;',
  'p = SET; if (c()) { f(); p = undefined; }',
  'p = SET; if (c()) { p = null; return; }',
  'block: { if (c()) break block; p = SET; }',
  'block: { if (c()) { p = SET; break block; } p = SET; }',
  'f(p = SET);',
  'p = (f(), SET);',
];

const AWAITED: readonly string[] = [
  'await p;',
  'await Promise.all([p, g()]);',
  'try { await p; } catch { return; }',
  'try { await p; } catch {}',
  'if (c()) { await p; PRESENT }',
  'await p; p = null; PRESENT',
  'const q = p; await q;',
  'await (async () => { f(); })(); await p;',
  'p = g(); await p;',
];

test.each(STORED)('a promise that is stored by `%s`', async (stored) => {
  await expectTold(`let p = null;\n${stored}`, AWAITED);
});

/** How a flag is raised. */
const RAISED: readonly string[] = [
  'await SET; ok = true;',
  'if (c()) { await SET; ok = true; }',
  'try { await SET; ok = true; } catch {}',
  'try { await SET; ok = true; } catch { ok = false; }',
  'try { ok = true; await SET; } catch {}',
  'ok = true; try { await SET; } catch { ok = false; }',
  'ok = true; await SET;',
  'try { await SET; } catch {} ok = true;',
  'try { await SET; } finally { ok = true; }',
  'for (const x of xs()) { await SET; ok = true; }',
  'for (const x of xs()) { try { await SET; ok = true; } catch {} }',
  'for (let i = 0; i < 2 && !ok; i++) { try { await SET; ok = true; } catch {} }',
  'switch (c()) { case true: await SET; ok = true; }',
  'await SET; ok = true; if (c()) ok = false;',
  'await SET; ok = true; if (c()) await Intercom.logout();',
  'await SET; ok = true; if (c()) { await Intercom.logout(); ok = false; }',
  'if (c()) { await SET; ok = true; } else ok = false;',
  'if (c()) { await SET; ok = 1; }',
  "if (c()) { await SET; ok = 'set'; }",
  'if (c()) { await SET; ok = c(); }',
  'if (c()) { await SET; ok = !ok; }',
  'if (c()) { await SET; ok ||= true; }',
  'const go = async () => { await SET; ok = true; }; await go();',
  'await SET.then(() => { ok = true; }, () => {});',
];

const ASKED: readonly string[] = [
  'if (ok) { PRESENT }',
  'if (!ok) return; PRESENT',
  'if (!ok) { PRESENT }',
  'if (ok && c()) { PRESENT }',
  'if (ok || c()) { PRESENT }',
  'if (!ok || c()) return; PRESENT',
  'const is = ok; if (is) { PRESENT }',
  'const not = !ok; if (!not) { PRESENT }',
  'if (ok ? true : false) { PRESENT }',
  'if (ok ? false : true) { PRESENT }',
  'if (Boolean(ok)) { PRESENT }',
  'if (!!ok) { PRESENT }',
  'if (c()) ok = false; if (ok) { PRESENT }',
  'while (ok) { PRESENT break; }',
  'if (ok) { f(); } else { return; } PRESENT',
  'const is = ok; ok = false; if (is) { PRESENT }',
];

test.each(RAISED)('a flag that is raised by `%s`', async (raised) => {
  await expectTold(`let ok = false;\n${raised}`, ASKED);
});

/** Functions that set it, and their names. */
const DECLARED: readonly (readonly [declaration: string, name: string])[] = [
  ['function set() { return SET; }', 'set'],
  ['async function set() { await SET; }', 'set'],
  ['async function set() { SET; }', 'set'],
  ['async function set() { return SET; }', 'set'],
  ['async function set() { try { await SET; } catch {} }', 'set'],
  ['async function set() { if (c()) await SET; }', 'set'],
  ['async function set() { if (c()) return; await SET; }', 'set'],
  ['const set = () => SET;', 'set'],
  ['const set = async () => { await SET; };', 'set'],
  ['const set = function () { return SET; };', 'set'],
  ['const o = { set: () => SET };', 'o.set'],
  ['const o = { set() { return SET; } };', 'o.set'],
  ['const o = { async set() { await SET; } };', 'o.set'],
  ['const o = { in: { set: () => SET } };', 'o.in.set'],
  ["const o = { ['set']: () => SET };", 'o.set'],
  ['class O { static set() { return SET; } }', 'O.set'],
  ['class O { set() { return SET; } } const o = new O();', 'o.set'],
  ['class O { set = () => SET; } const o = new O();', 'o.set'],
  ['class O { set() { return SET; } } class P extends O {} const o = new P();', 'o.set'],
  [
    'class O { set() { return g(); } } class P extends O { set() { return SET; } } const o = new P();',
    'o.set',
  ],
  ['const make = () => () => SET; const set = make();', 'set'],
  ['const make = () => ({ set: () => SET }); const o = make();', 'o.set'],
  ['const make = () => ({ set: () => SET }); const { set } = make();', 'set'],
  ['const set = (() => () => SET)();', 'set'],
  ['const all = [() => SET]; const [set] = all;', 'set'],
  ['const inner = () => SET; const set = inner;', 'set'],
  ['const inner = () => SET; const set = () => inner();', 'set'],
  ['const inner = () => SET; const set = async () => { await inner(); };', 'set'],
  ['const inner = () => SET; const set = async () => { inner(); };', 'set'],
  ['const set = c() ? () => SET : () => SET;', 'set'],
  ['const set = c() ? () => SET : () => g();', 'set'],
];

const CALLED: readonly string[] = [
  'await NAME();',
  'NAME();',
  'void NAME();',
  'await NAME(1, 2);',
  'await NAME(...[]);',
  'await (f(), NAME)();',
  'await (c() ? NAME : NAME)();',
  'await (c() ? NAME : g)();',
  'const other = NAME; await other();',
  'await NAME.call(null);',
  'await NAME.apply(null, []);',
  'await NAME.bind(null)();',
  'await Promise.resolve().then(NAME);',
  'await g().then(() => NAME());',
  'await g().then(() => { NAME(); });',
  'await NAME().then(() => f());',
  'await NAME().then(() => {}, () => {});',
  'await NAME().catch(() => {});',
  'await NAME().finally(() => f());',
  'const run = (it) => it(); await run(NAME);',
  'const run = async (it) => { await it(); }; await run(NAME);',
  'const run = async (it) => { it(); }; await run(NAME);',
  'const run = async ({ it }) => { await it(); }; await run({ it: NAME });',
  'const run = async (...its) => { await its[0](); }; await run(NAME);',
  'await Promise.all([NAME(), g()]);',
  'await Promise.race([NAME(), g()]);',
  'try { await NAME(); } catch { return; }',
  'try { await NAME(); } catch { f(); }',
  'const p = NAME(); await g(); await p;',
  'if (await NAME()) f();',
  'await new Promise((done, failed) => { NAME().then(done, failed); });',
  'await (async () => { await NAME(); })();',
  '(async () => { await NAME(); })();',
  'await (async () => NAME())();',
  'const wait = () => NAME(); await wait();',
];

test.each(DECLARED)('a function that is declared by `%s`', async (declared, name) => {
  await expectTold(
    declared,
    CALLED.map((called) => called.replaceAll('NAME', name)),
  );
});
