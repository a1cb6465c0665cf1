/**
 * Ways in which a program can tell whether the JWT was set, each with each way to ask, against programs
 * that are really run: a call that is made with no JWT in some run has to be reported, and no other.
 */

import { expect, test } from 'vitest';

import { wrongOf, type Form } from './formed.ts';

/** What a helper returns when the JWT was set, and when it was not. */
const RESULTS: readonly (readonly [kind: Kind, yes: string, no: string])[] = [
  ['whole', 'true', 'false'],
  ['whole', "'ok'", "''"],
  ['whole', "'ok'", "'failed'"],
  ['whole', '1', '0'],
  ['whole', '0', '1'],
  ['whole', '{}', 'null'],
  ['whole', '{}', 'undefined'],
  ['whole', 'null', 'new Error()'],
  ['whole', 'undefined', "'failed'"],
  ['part', '{ ok: true }', '{ ok: false }'],
  ['part', '{ ok: true }', '{}'],
  ['part', '{ ok: true }', '{ ok: null }'],
  ['part', "{ ok: 'ok' }", "{ ok: 'failed' }"],
  ['part', '{ ok: 1 }', '{ ok: 0 }'],
  ['part', '{ ok: undefined }', '{ ok: new Error() }'],
  ['part', '{ ok: null }', '{ ok: new Error() }'],
  ['part', '{}', "{ ok: 'failed' }"],
  ['item', '[true]', '[false]'],
  ['item', '[null]', '[new Error()]'],
];

/** How it is asked of something whether it is as it is when the JWT was set. */
const ASKED: readonly string[] = [
  '_',
  '!_',
  '!!_',
  '_ === true',
  '_ !== true',
  '_ === false',
  'true === _',
  "_ === 'ok'",
  "_ !== 'ok'",
  "'failed' === _",
  "_ === ''",
  '_ === 1',
  '_ === 0',
  '_ == null',
  '_ != null',
  '_ === null',
  '_ !== undefined',
  '_ instanceof Error',
  'Boolean(_)',
  '_ ? true : false',
  '_ ? false : true',
  '_ && true',
  '_ || false',
  '!_ || false',
  '_ === null || _ === undefined',
  '_ !== null && _ !== undefined',
];

type Kind = 'whole' | 'part' | 'item';

const PLACES: Readonly<Record<Kind | 'truthy', readonly string[]>> = {
  whole: [
    'const r = await login();\nif («r») PRESENT',
    'if («await login()») PRESENT',
    'const r = await login();\nconst is = «r»;\nif (is) PRESENT',
    'let r = null;\nr = await login();\nif («r») PRESENT',
    'return login().then(async (r) => { if («r») PRESENT });',
  ],
  part: [
    'const r = await login();\nif («r.ok») PRESENT',
    'const r = await login();\nif («r?.ok») PRESENT',
    "const r = await login();\nif («r['ok']») PRESENT",
    'const { ok } = await login();\nif («ok») PRESENT',
    'if («(await login()).ok») PRESENT',
  ],
  // Of these, it is told whether they are truthy, and no more.
  truthy: [
    'const r = await login();\nconst { ok: is } = r;\nif («is») PRESENT',
    'const r = await login();\nconst is = r.ok;\nif («is») PRESENT',
    'return login().then(async (r) => { if («r.ok») PRESENT });',
    'return login().then(async ({ ok }) => { if («ok») PRESENT });',
  ],
  item: [
    'const r = await login();\nif («r[0]») PRESENT',
    'const [ok] = await login();\nif («ok») PRESENT',
    'if («(await login())[0]») PRESENT',
  ],
};

function withGuard(place: string, asked: string): string {
  const [before = '', of = '', behind = ''] = place.split(/[«»]/u);
  return (before + asked.replaceAll('_', of) + behind).replace(
    'PRESENT',
    '{\nawait Intercom.present(1);\n} else {\nawait Intercom.present(2);\n}',
  );
}

function helper(yes: string, no: string): string {
  return `async function login() {
try { await Intercom.setUserJwt(t); return ${yes}; } catch { return ${no}; }
}`;
}

/** Whether it is told of the results which of them is meant. */
function isTold(asked: string, results: string, place: string): boolean {
  // Which of the two nothing is, is not, but for a call; nor is what errors are besides.
  const isOfNothing =
    /[!=]== (?:null|undefined)/u.test(asked) &&
    /null|undefined|\{\}/u.test(results) &&
    !place.includes('«await');
  const isOfLiteral = /[!=]==/u.test(asked) && results.includes('Error');
  return !isOfNothing && !isOfLiteral;
}

test.each(RESULTS)('what %s is told by %s and %s', async (kind, yes, no) => {
  const isTruthiness = (asked: string): boolean => !/[!=]=|instanceof/u.test(asked);
  const at = (places: readonly string[], isAll: boolean): readonly Form[] =>
    places.flatMap((place) =>
      ASKED.filter((asked) => asked.split('_').length === 2 || !/«\(?await/u.test(place)).map(
        (asked) => ({
          body: `${helper(yes, no)}\n${withGuard(place, asked)}`,
          isExact: (isAll && isTold(asked, `${yes} ${no}`, place)) || isTruthiness(asked),
        }),
      ),
    );
  const forms = [...at(PLACES[kind], true), ...at(kind === 'part' ? PLACES.truthy : [], false)];
  expect(await wrongOf(forms)).toEqual([]);
});

const LISTS: readonly (readonly [list: string, index: number])[] = [
  ['Intercom.setUserJwt(t), g()', 0],
  ['g(), Intercom.setUserJwt(t)', 1],
  ['Intercom.setUserJwt(t)', 0],
];

/** How one of the results is got, at a place. */
const ITEMS: readonly ((index: number) => readonly [code: string, item: string])[] = [
  (index) => [`const [${'before, '.repeat(index)}r] = await Promise.allSettled(LIST);`, 'r'],
  (index) => [`const rs = await Promise.allSettled(LIST);`, `rs[${String(index)}]`],
  (index) => [`const rs = await Promise.allSettled(LIST);\nconst r = rs[${String(index)}];`, 'r'],
  (index) => [
    `const rs = await Promise.allSettled(LIST);\nconst [${', '.repeat(index)}r] = rs;`,
    'r',
  ],
];

const ITEM_TESTS: readonly string[] = [
  "_.status === 'fulfilled'",
  "_.status !== 'fulfilled'",
  "'rejected' === _.status",
  "!(_.status === 'rejected')",
  "_['status'] === 'fulfilled'",
  "_?.status === 'fulfilled'",
  "_.status === 'fulfilled' && true",
  "_.status === 'fulfilled' ? true : false",
];

const LIST_TESTS: readonly string[] = [
  "rs.every((r) => r.status === 'fulfilled')",
  "rs.every((r) => r.status !== 'rejected')",
  "rs.every(({ status }) => status === 'fulfilled')",
  "rs.every(({ status: is }) => is === 'fulfilled')",
  "rs.every(function (r) { return r.status === 'fulfilled'; })",
  "rs.every((r) => { return r.status === 'fulfilled'; })",
  "!rs.every((r) => r.status === 'fulfilled')",
  "rs.every((r) => r.status === 'rejected')",
  "rs.every((r) => !(r.status === 'rejected'))",
  "rs.some((r) => r.status === 'rejected')",
  "!rs.some((r) => r.status === 'rejected')",
  "rs.some((r) => r.status !== 'fulfilled')",
  "rs.some((r) => r.status === 'fulfilled')",
  "!rs.some(({ status }) => status === 'rejected')",
  "rs.find((r) => r.status === 'rejected')",
  "!rs.find((r) => r.status === 'rejected')",
  "rs.find((r) => r.status === 'rejected') === undefined",
  "rs.find((r) => r.status === 'rejected') != null",
  "rs.filter((r) => r.status === 'rejected').length",
  "rs.filter((r) => r.status === 'rejected').length === 0",
  "rs.filter((r) => r.status === 'rejected').length > 0",
  "rs.filter((r) => r.status === 'rejected').length < 1",
  "rs.filter((r) => r.status === 'fulfilled').length === rs.length",
  "rs.filter((r) => r.status === 'fulfilled').length > 0",
  "rs.filter((r) => r.status === 'fulfilled').length >= 1",
  "rs.findIndex((r) => r.status === 'rejected') === -1",
  "rs.findIndex((r) => r.status === 'rejected') >= 0",
  "rs.findIndex((r) => r.status === 'rejected') < 0",
  "rs.findIndex((r) => r.status === 'rejected') !== -1",
  "rs.flatMap((r) => (r.status === 'rejected' ? [r.reason] : [])).length > 0",
  "rs.flatMap((r) => (r.status === 'fulfilled' ? [] : [r.reason])).length === 0",
];

/** What is asked so is not told. */
const UNTOLD: readonly string[] = [
  "_.status != 'rejected'",
  "_.status == 'rejected'",
  '_.reason',
  '!_.reason',
  '_.reason === undefined',
  '_.value',
  "rs.every((r) => { if (r.status === 'rejected') return false; return true; })",
  'rs.every((r) => !r.reason)',
  'rs.every((r) => r)',
  "0 === rs.filter((r) => r.status === 'rejected').length",
  "rs.findLast((r) => r.status === 'rejected')",
  "rs.map((r) => r.status).includes('rejected')",
  'rs.length',
];

const LOOPS_OVER: readonly string[] = [
  "for (const r of rs) if (r.status === 'rejected') return;",
  "for (const r of rs) { if (r.status === 'rejected') { return; } }",
  "for (const { status } of rs) if (status !== 'fulfilled') return;",
  "for (const r of rs) if (r.status === 'fulfilled') return;",
  "for (const r of rs) if (r.status === 'rejected') throw 1;",
  "for (const r of rs) if (r.status === 'rejected') break;",
  "for (const r of rs) if (r.status === 'rejected') continue;",
  "rs.forEach((r) => { if (r.status === 'rejected') throw 1; });",
  "rs.forEach(({ status }) => { if (status === 'rejected') throw 1; });",
  "rs.forEach((r) => { if (r.status === 'rejected') return; });",
];

test.each(LISTS)('how %s came out is told of each, and of all', async (list, index) => {
  const all = `const rs = await Promise.allSettled([${list}]);`;
  const ofItem = (asked: string): readonly string[] =>
    ITEMS.map((get) => {
      const [code, item] = get(index);
      return withGuard(`${code.replace('LIST', `[${list}]`)}\nif («${item}») PRESENT`, asked);
    });
  const ofAll = (asked: string): string => withGuard(`${all}\nif («rs») PRESENT`, asked);
  const byName = (asked: string): string =>
    withGuard(`${all}\nconst is = «rs»;\nif (is) PRESENT`, asked);
  const told = [
    ...ITEM_TESTS.flatMap(ofItem),
    ...LIST_TESTS.map(ofAll),
    ...LIST_TESTS.filter((asked) => /every|some|find\(/u.test(asked)).map(byName),
    ...LOOPS_OVER.map((loop) => `${all}\n${loop}\nawait Intercom.present();`),
  ];
  const untold = [
    ...UNTOLD.flatMap((asked) => (asked.includes('_') ? ofItem(asked) : [ofAll(asked)])),
    ...LIST_TESTS.map(byName),
    `${all}\nfor (let i = 0; i < rs.length; i++) if (rs[i].status === 'rejected') return;\nawait Intercom.present();`,
  ];
  expect(
    await wrongOf([
      ...told.map((body) => ({ body, isExact: true })),
      ...untold.map((body) => ({ body, isExact: false })),
    ]),
  ).toEqual([]);
});

/** How a flag comes to tell whether the JWT was set. */
const FLAGS: readonly string[] = [
  'let ok = false;\ntry { await Intercom.setUserJwt(t); ok = true; } catch {}',
  `${helper('true', 'false')}\nconst ok = await login();`,
  `${helper('{ ok: true }', '{ ok: false }')}\nconst { ok } = await login();`,
];

/** Functions that give what they are given, and their calls. */
const CHECKS: readonly (readonly [declaration: string, call: string])[] = [
  ['function check(x) { return x; }', 'check(ok)'],
  ['function check(x) { return !!x; }', 'check(ok)'],
  ['function check(x) { return x === true; }', 'check(ok)'],
  ['function check(x) { return x !== false; }', 'check(ok)'],
  ['function check(x) { if (x) return true; return false; }', 'check(ok)'],
  ['function check(x) { if (!x) return false; return true; }', 'check(ok)'],
  ['function check(x) { return x ? true : false; }', 'check(ok)'],
  ['function check(x) { return Boolean(x); }', 'check(ok)'],
  [
    'function check(x) { switch (x) { case true: return true; default: return false; } }',
    'check(ok)',
  ],
  ['function check(x) { return x && true; }', 'check(ok)'],
  ['function check(x) { return x || false; }', 'check(ok)'],
  ['function check(x) { const y = x; return y; }', 'check(ok)'],
  ['function check(x) { let is = false; if (x) is = true; return is; }', 'check(ok)'],
  ['const check = (x) => x;', 'check(ok)'],
  ['const check = (x) => !x;', '!check(ok)'],
  ['const check = (x) => x;', '!check(!ok)'],
  ['const check = ({ x }) => x;', 'check({ x: ok })'],
  ['const check = ({ x: y }) => y;', 'check({ a: 1, x: ok })'],
  ['const check = (o) => o.x;', 'check({ x: ok })'],
  ['const check = (a, x) => x;', 'check(0, ok)'],
  ['const check = (x = false) => x;', 'check(ok)'],
  ['const check = (x) => { const inner = (y) => y; return inner(x); };', 'check(ok)'],
  ['const inner = (y) => y === true; const check = (x) => inner(x);', 'check(ok)'],
];

/** Functions that throw where they are given no truth. */
const ASSERTING: readonly string[] = [
  'function must(x) { if (!x) throw 1; }',
  'function must(x) { if (x) return; throw 1; }',
  'function must(x) { if (x === false) { throw 1; } }',
  'function must(x) { if (x !== true) throw 1; f(); }',
  'const must = (x) => { if (!x) { throw 1; } };',
  'const inner = (x) => { if (!x) throw 1; }; const must = (y) => { inner(y); };',
  'function must(x) { if (x) throw 1; }',
  'function must(x) { if (c()) throw 1; }',
  'function must(x) { f(); }',
];

test.each(FLAGS)('what is told to functions, with %s', async (flag) => {
  const bodies = [
    ...CHECKS.flatMap(([declaration, call]) =>
      [`if (${call})`, `if (!${call})`, `const is = ${call};\nif (is)`].map((asked) =>
        withGuard(`${declaration}\n${flag}\n${asked} PRESENT`, ''),
      ),
    ),
    ...ASSERTING.map(
      (declaration) => `${declaration}\n${flag}\nmust(ok);\nawait Intercom.present();`,
    ),
  ];
  expect(await wrongOf(bodies.map((body) => ({ body, isExact: true })))).toEqual([]);
});

/** Names for the promise, */
const KEPT: readonly string[] = [
  'const p = Intercom.setUserJwt(t);',
  'let p; p = Intercom.setUserJwt(t);',
  'let p = null; if (c()) p = Intercom.setUserJwt(t);',
  'let p = null; p ??= Intercom.setUserJwt(t);',
  'const p = c() ? Intercom.setUserJwt(t) : null;',
  'const p = c() && Intercom.setUserJwt(t);',
  'const o = { p: Intercom.setUserJwt(t) }; const { p } = o;',
  'const [p] = [Intercom.setUserJwt(t)];',
  'const first = Intercom.setUserJwt(t); const p = first;',
  'const p = (async () => { await Intercom.setUserJwt(t); })();',
  'const p = Intercom.setUserJwt(t).then(() => f());',
  'const p = Intercom.setUserJwt(t).catch(() => f());',
  'const p = Promise.resolve(Intercom.setUserJwt(t));',
  'const p = Promise.all([Intercom.setUserJwt(t), g()]);',
  'const p = Promise.race([Intercom.setUserJwt(t), g()]);',
  'const make = () => Intercom.setUserJwt(t); const p = make();',
  'const make = (x) => x; const p = make(Intercom.setUserJwt(t));',
];

/** and how it is waited for. */
const WAITED: readonly string[] = [
  'await p;',
  'f();',
  'await g();',
  'await Promise.all([p]);',
  'await Promise.all([g(), p]);',
  'await Promise.allSettled([p]);',
  'await Promise.race([p, g()]);',
  'await Promise.resolve(p);',
  'try { await p; } catch { return; }',
  'try { await p; } catch {}',
  'try { await p; } finally { f(); }',
  'if (c()) await p;',
  'await (c() ? p : p);',
  'await (c() ? p : g());',
  'await (f(), p);',
  'const q = p; await q;',
  'const wait = async () => { await p; }; await wait();',
  'const wait = (x) => x; await wait(p);',
  'const wait = async (x) => { await x; }; await wait(p);',
  'const wait = async (x) => { try { await x; } catch {} }; await wait(p);',
  'for (const x of [p]) await x;',
  'for await (const x of [p]) f();',
];

test.each(KEPT)('a promise that is kept as %s', async (kept) => {
  // Promises that are taken out of something else are not followed, nor those that others wait for.
  const isTakenOut = /[\]}] = /u.test(kept);
  const forms = WAITED.map((waited) => ({
    body: `${kept}\n${waited}\nawait Intercom.present();`,
    isExact: !isTakenOut && !(kept.startsWith('let') && waited.includes('() =>')),
  }));
  // Nor is it told that a promise is something.
  const asked = ['if (p) await p;', 'await (p ?? g());'].map((waited) => ({
    body: `${kept}\n${waited}\nawait Intercom.present();`,
    isExact: false,
  }));
  expect(await wrongOf([...forms, ...asked])).toEqual([]);
});

const EXECUTORS: readonly string[] = [
  '(resolve, reject) => { SET.then(resolve, reject); }',
  '(resolve, reject) => { SET.then(resolve).catch(reject); }',
  '(resolve, reject) => SET.then(resolve, reject)',
  '(resolve, reject) => { SET.then(() => resolve(), reject); }',
  '(resolve, reject) => { SET.then(() => { resolve(1); }, (e) => { reject(e); }); }',
  '(resolve, reject) => { SET.then(() => { f(); resolve(); }, reject); }',
  '(resolve) => { SET.then(resolve); }',
  '(resolve) => { SET.then(resolve, resolve); }',
  '(resolve) => { SET.catch(resolve); }',
  '(resolve) => { SET.finally(resolve); }',
  '(resolve) => { SET.finally(() => resolve()); }',
  '(resolve) => { resolve(SET); }',
  '(resolve) => { resolve(); SET; }',
  '(resolve) => { SET; resolve(); }',
  '(resolve, reject) => { if (c()) { reject(1); return; } SET.then(resolve, reject); }',
  '(resolve, reject) => { if (c()) { resolve(); return; } SET.then(resolve, reject); }',
  '(resolve, reject) => { const done = () => resolve(); SET.then(done, reject); }',
  '(resolve, reject) => { function done() { resolve(); } SET.then(done, done); }',
  'async (resolve, reject) => { try { await SET; resolve(); } catch (e) { reject(e); } }',
  'async (resolve, reject) => { try { await SET; } catch (e) { reject(e); } resolve(); }',
  'async (resolve) => { try { await SET; } finally { resolve(); } }',
  'async (resolve) => { await SET; resolve(); }',
  'async (resolve) => { resolve(); await SET; }',
  '(resolve, reject) => { (async () => { await SET; resolve(); })().catch(reject); }',
  '(resolve, reject) => { g().then(() => SET).then(resolve, reject); }',
  '(resolve, reject) => { SET.then(() => g()).then(resolve, reject); }',
  'function (resolve, reject) { SET.then(resolve, reject); }',
  '(done, failed) => { SET.then(done, failed); }',
  '(resolve, reject) => { SET.then(reject, resolve); }',
  '(resolve, reject) => { SET.then(() => (c() ? resolve() : reject(1)), reject); }',
];

const AWAITED: readonly string[] = [
  'await MADE;',
  'const p = MADE;\nawait p;',
  'try { await MADE; } catch { return; }',
  'try { await MADE; } catch {}',
  'const make = () => MADE;\nawait make();',
  'async function make() { await MADE; }\nawait make();',
];

test.each(EXECUTORS)('a promise that is settled by %s', async (executor) => {
  const made = `new Promise(${executor.replaceAll('SET', 'Intercom.setUserJwt(t)')})`;
  const bodies = AWAITED.map(
    (awaited) => `${awaited.replace('MADE', made)}\nawait Intercom.present();`,
  );
  expect(await wrongOf(bodies.map((body) => ({ body, isExact: true })))).toEqual([]);
});
