/**
 * Forms of promises that are fulfilled once the JWT is set, or are not, each with each form in which they
 * are waited for, against programs that are really run.
 */

import { expect, test } from 'vitest';

import { wrongOf } from './formed.ts';

/** The programs that are made of forms, with the call behind where it is not in them. */
function madeOf(bodies: readonly string[], isExact = true): Parameters<typeof wrongOf>[0] {
  return bodies.map((body) => ({
    body: (body.includes('PRESENT') ? body : `${body}\nPRESENT`)
      .replaceAll('SET', 'Intercom.setUserJwt(t)')
      .replaceAll('PRESENT', 'await Intercom.present();'),
    isExact,
  }));
}

/** Promises that others settle. */
const DEFERRED: readonly string[] = [
  'let done, failed; const p = new Promise((a, b) => { done = a; failed = b; });',
  'let done, failed; const p = new Promise(function (a, b) { [done, failed] = [a, b]; });',
  `function make() { let done, failed; const p = new Promise((a, b) => { done = a; failed = b; }); return { p, done, failed }; }
const { p, done, failed } = make();`,
];

const SETTLED: readonly string[] = [
  'SET.then(done, failed);',
  'SET.then(() => done(), failed);',
  'SET.then(() => done(), (error) => failed(error));',
  'SET.then(() => { done(); }).catch(failed);',
  'SET.then(done);',
  'SET.then(done, done);',
  'SET.then(failed, done);',
  'SET.finally(done);',
  'done();',
  'failed(1);',
  'done(SET);',
  'SET; done();',
  'if (c()) done(); else SET.then(done, failed);',
  'if (c()) failed(1); else SET.then(done, failed);',
  '(async () => { try { await SET; done(); } catch (error) { failed(error); } })();',
  '(async () => { try { await SET; } catch (error) { failed(error); } done(); })();',
  'const go = async () => { await SET; done(); }; go();',
  'const go = async () => { done(); await SET; }; go();',
];

const WAITED: readonly string[] = [
  'await p;',
  'try { await p; } catch { return; }',
  'try { await p; } catch {}',
  'await Promise.all([p, g()]);',
  'await p.then(() => f());',
  'await p.catch(() => {});',
  'await p.finally(() => f());',
  'const wait = async () => { await p; }; await wait();',
];

test.each(DEFERRED)('a promise that is settled from outside, `%s`', async (deferred) => {
  const bodies = SETTLED.flatMap((settled) =>
    WAITED.map((waited) => `${deferred}\n${settled}\n${waited}`),
  );
  // What is assigned in another way is not followed, nor what another function gives.
  const isFollowed = deferred.includes('done = a') && !deferred.includes('make');
  expect(await wrongOf(madeOf(bodies, isFollowed))).toEqual([]);
});

const GENERATORS: readonly string[] = [
  'function* gen() { yield SET; }',
  'function* gen() { yield g(); yield SET; }',
  'function* gen() { yield SET; yield g(); }',
  'function* gen() { if (c()) yield SET; }',
  'function* gen() { if (c()) return; yield SET; }',
  'function* gen() { for (const x of xs()) yield SET; }',
  'function* gen() { try { yield SET; } finally { f(); } }',
  'function* inner() { yield SET; } function* gen() { yield* inner(); }',
  'async function* gen() { await SET; yield 1; }',
  'async function* gen() { yield 1; await SET; }',
  'async function* gen() { yield SET; }',
  'async function* gen() { yield await SET; }',
  'const o = { *gen() { yield SET; } }; const gen = () => o.gen();',
];

const READ: readonly string[] = [
  'for (const x of gen()) await x;',
  'for (const x of gen()) f();',
  'for (const x of gen()) { await x; if (c()) break; }',
  'for (const x of gen()) { if (c()) continue; await x; }',
  'for await (const x of gen()) f();',
  'for await (const x of gen()) { break; }',
  'const it = gen(); await it.next();',
  'const it = gen(); await it.next().value;',
  'const it = gen(); await it.next(); await it.next();',
  'const [x] = gen(); await x;',
  'await Promise.all([...gen()]);',
  'await Promise.all(gen());',
  'for (const x of [...gen()]) await x;',
  'gen();',
];

test.each(GENERATORS)('the generator `%s`', async (generator) => {
  // What of an async one cannot be read so throws.
  const isAsync = generator.includes('async');
  const read = READ.filter((one) => !isAsync || /await \(|next\(\);|^gen/u.test(one));
  // Promises that are yielded are not followed, nor steps that are taken by hand.
  const isFollowed = (one: string): boolean =>
    generator.includes('await SET') && one.startsWith('for await');
  for (const one of read) {
    expect(await wrongOf(madeOf([`${generator}\n${one}`], isFollowed(one)))).toEqual([]);
  }
});

const PROMISES: readonly string[] = [
  'SET',
  'g()',
  'g().then(() => SET)',
  'SET.then(() => g())',
  'SET.then(() => { f(); })',
  'SET.then(() => { throw 1; })',
  'SET.then(() => 1, () => { throw 1; })',
  'SET.then(() => 1, () => 2)',
  'SET.then(f, f)',
  'SET.then(null, () => { throw 1; })',
  'SET.catch(() => SET)',
  'SET.catch((error) => { throw error; })',
  'SET.catch(() => { f(); })',
  'SET.catch(() => { if (c()) throw 1; })',
  'SET.finally(() => g())',
  'SET.finally(() => { throw 1; })',
  'Promise.resolve(SET)',
  'Promise.resolve().then(() => SET)',
  'Promise.resolve(1).then(async () => { await SET; })',
  'Promise.resolve(1).then(async () => { SET; })',
  'Promise.reject(1).catch(() => SET)',
  'Promise.all([SET])',
  'Promise.all([g(), SET])',
  'Promise.all([SET.catch(() => {}), g()])',
  'Promise.race([SET])',
  'Promise.race([SET, g()])',
  'Promise.any([SET])',
  'Promise.any([SET, g()])',
  'Promise.allSettled([SET])',
  '(async () => SET)()',
  '(async () => { return SET; })()',
  '(async () => { return await SET; })()',
  '(async () => { SET; })()',
  '(async () => { try { return SET; } catch {} })()',
  '(async () => { try { return await SET; } catch {} })()',
  '(async () => { try { await SET; } finally { return; } })()',
  '(() => SET)()',
  'new Promise((done) => done(SET))',
  '(f(), SET)',
  '(c() ? SET : SET)',
  '(c() ? SET : g())',
];

const USED: readonly string[] = [
  'await X;',
  'X;',
  'const r = await X;',
  'if (await X) f();',
  'try { await X; } catch { return; }',
  'try { await X; } catch {}',
  'try { await X; } finally { f(); }',
  'await X.then(() => f());',
  'await X.then(() => g());',
  'await X.catch(() => {});',
  'await X.finally(() => f());',
  'await X.then(() => {}).catch((error) => { throw error; });',
  'await Promise.all([X, g()]);',
  'await (async () => { await X; })();',
  'await (async () => { X; })();',
  'const go = () => X; await go();',
  'const go = async () => X; await go();',
  'for await (const r of [X]) f();',
  'const p = X; await g(); await p;',
  'return X.then(async () => { PRESENT });',
  'await X.then(async () => { PRESENT }, async () => {});',
  'await X.then(async () => {}, async () => { PRESENT });',
  'await X.catch(async () => { PRESENT });',
  'await X.finally(async () => { PRESENT });',
  'await X.then(() => {}).then(async () => { PRESENT });',
  'await X.catch(() => {}).then(async () => { PRESENT });',
];

test.each(PROMISES)('the promise `%s`', async (promise) => {
  expect(await wrongOf(madeOf(USED.map((used) => used.replace('X', promise))))).toEqual([]);
});
