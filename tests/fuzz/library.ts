/**
 * Functions that programs are given where they need them: those to which promises and functions are
 * passed. They stand in front of the functions of the program.
 *
 * `KEEP(…)` is where a promise goes into a variable: the printer wraps it in the text to run.
 */
export interface LibraryFunction {
  readonly text: string;
  /** A call, where `X` is what is passed. */
  readonly call: string;
}

/** Functions that wait for a promise that they are given, or give it back. */
export const settlers: readonly LibraryFunction[] = [
  { text: 'async function settle(p) {\n  await p;\n}', call: 'settle(X)' },
  { text: 'function same(p) {\n  return p;\n}', call: 'same(X)' },
  { text: 'const pass = async (p) => p;', call: 'pass(X)' },
  { text: 'async function forward(p) {\n  return await p;\n}', call: 'forward(X)' },
  {
    text: 'const box = {\n  async settle(p) {\n    await p;\n  },\n};',
    call: 'box.settle(X)',
  },
  {
    text: 'class Settler {\n  static async settle(p) {\n    await p;\n  }\n}',
    call: 'Settler.settle(X)',
  },
  {
    text: 'async function settleAll(...ps) {\n  await Promise.all(ps);\n}',
    call: 'settleAll(X)',
  },
  {
    text: 'async function settleRest(...ps) {\n  for (const p of ps) await p;\n}',
    call: 'settleRest(X)',
  },
  {
    text: 'async function settleEach(...ps) {\n  for await (const p of ps) void p;\n}',
    call: 'settleEach(X)',
  },
  {
    text: [
      'async function settleEither(p) {',
      "  if (typeof p === 'function') await p();",
      '  else await p;',
      '}',
    ].join('\n'),
    call: 'settleEither(X)',
  },
  {
    text: "async function settleNone(p) {\n  if (typeof p === 'function') await p();\n}",
    call: 'settleNone(X)',
  },
  { text: 'async function settleIn({ p }) {\n  await p;\n}', call: 'settleIn({ p: X })' },
  { text: 'async function settleOf(o) {\n  await o.p;\n}', call: 'settleOf({ p: X })' },
  { text: 'async function settleFirst([p]) {\n  await p;\n}', call: 'settleFirst([X])' },
  { text: 'function after(p) {\n  return p.then(() => 0);\n}', call: 'after(X)' },
  {
    text: 'async function calm(p) {\n  try {\n    await p;\n  } catch {}\n}',
    call: 'calm(X)',
  },
  { text: 'async function ignore(p) {}', call: 'ignore(X)' },
];

/** Functions that tell whether what they are given is truthy. */
export const askers: readonly LibraryFunction[] = [
  { text: 'const isSet = (x) => !!x;', call: 'isSet(X)' },
  { text: 'function isNone(x) {\n  if (x) return false;\n  return true;\n}', call: '!isNone(X)' },
  { text: 'const given = (x) => x;', call: 'given(X)' },
  {
    text: 'const checks = {\n  has({ ok }) {\n    return ok ? 1 : 0;\n  },\n};',
    call: 'checks.has({ ok: X })',
  },
  { text: 'function isOk(r) {\n  return Boolean(r.ok);\n}', call: 'isOk({ n: 0, ok: X })' },
  {
    text: 'function isOff(x) {\n  return !x;\n}\nconst isOn = (x) => !isOff(x);',
    call: 'isOn(X)',
  },
  { text: 'const isEither = (x, y = false) => x || y;', call: 'isEither(X)' },
];

/** Functions that throw unless what they are given is truthy. */
export const asserters: readonly LibraryFunction[] = [
  { text: 'function assert(x) {\n  if (!x) throw 1;\n}', call: 'assert(X);' },
  { text: 'const throwIf = (x) => {\n  if (x) throw 1;\n};', call: 'throwIf(!X);' },
  {
    text: [
      'function invariant(x, message) {',
      '  if (!x) throw message;',
      '}',
      'function must(x) {',
      '  invariant(x, 1);',
      '}',
    ].join('\n'),
    call: 'must(X);',
  },
  {
    text: 'class Must {\n  static be({ ok }) {\n    if (!ok) throw 1;\n  }\n}',
    call: 'Must.be({ ok: X });',
  },
  {
    text: 'const needs = (r, n) => {\n  if (n === 1 && !r.ok) throw 1;\n};',
    call: 'needs({ ok: X }, 1);',
  },
  {
    text: ['function calmly(x) {', '  try {', '    if (!x) throw 1;', '  } catch {}', '}'].join(
      '\n',
    ),
    call: 'calmly(X);',
  },
];

/** One that tells whether a promise was fulfilled. */
export const tester: LibraryFunction = {
  text: [
    'async function succeeds(p) {',
    '  try {',
    '    await p;',
    '    return true;',
    '  } catch {',
    '    return false;',
    '  }',
    '}',
  ].join('\n'),
  call: 'succeeds(X)',
};

/** One that gives a tuple. */
export const tupler: LibraryFunction = {
  text: [
    'async function to(p) {',
    '  try {',
    '    return [null, await p];',
    '  } catch (e) {',
    '    return [e, null];',
    '  }',
    '}',
  ].join('\n'),
  call: 'to(X)',
};

/** What a wrapper makes of a function. */
export interface Wrapper extends LibraryFunction {
  /** Whether what it makes is asynchronous, or what the function is. */
  readonly asynchronous: boolean;
  /** Whether what it makes gives what the function gives. */
  readonly isTransparent: boolean;
  /** Whether the function is called once, and its promise kept. */
  readonly isOnce: boolean;
  /** Whether the function is not called at all. */
  readonly isDropping: boolean;
}

const wrapper = { asynchronous: true, isTransparent: true, isOnce: false, isDropping: false };

export const wrappers: readonly Wrapper[] = [
  {
    ...wrapper,
    text: [
      'const logged = (f) => async (...a) => {',
      '  try {',
      '    return await f(...a);',
      '  } catch (e) {',
      '    void e;',
      '    throw e;',
      '  }',
      '};',
    ].join('\n'),
    call: 'logged(X)',
  },
  {
    ...wrapper,
    text: [
      'function withRetry(f) {',
      '  return async () => {',
      '    try {',
      '      return await f();',
      '    } catch {',
      '      return await f();',
      '    }',
      '  };',
      '}',
    ].join('\n'),
    call: 'withRetry(X)',
  },
  {
    ...wrapper,
    asynchronous: false,
    text: 'const plainly = (f) => () => f();',
    call: 'plainly(X)',
  },
  {
    ...wrapper,
    isTransparent: false,
    text: [
      'const calmly = (f) => async () => {',
      '  try {',
      '    await f();',
      '  } catch {}',
      '};',
    ].join('\n'),
    call: 'calmly(X)',
  },
  {
    ...wrapper,
    isTransparent: false,
    isDropping: true,
    text: 'const memo = (_f) => async () => {};',
    call: 'memo(X)',
  },
  {
    ...wrapper,
    asynchronous: false,
    isOnce: true,
    text: 'function once(f) {\n  let r;\n  return () => (r ??= KEEP(f()));\n}',
    call: 'once(X)',
  },
  {
    ...wrapper,
    asynchronous: false,
    isOnce: true,
    text: [
      'function onceByMap(f) {',
      '  const kept = new Map();',
      '  return () => {',
      "    if (!kept.has('it')) kept.set('it', KEEP(f()));",
      "    return kept.get('it');",
      '  };',
      '}',
    ].join('\n'),
    call: 'onceByMap(X)',
  },
  {
    ...wrapper,
    asynchronous: false,
    isOnce: true,
    text: [
      'class Once {',
      '  #r;',
      '  constructor(f) {',
      '    this.f = f;',
      '  }',
      '  run() {',
      '    return (this.#r ??= KEEP(this.f()));',
      '  }',
      '}',
      'const onceByClass = (f) => {',
      '  const o = new Once(f);',
      '  return () => o.run();',
      '};',
    ].join('\n'),
    call: 'onceByClass(X)',
  },
];

/** Queues of the module. */
export const queues: readonly LibraryFunction[] = [
  {
    text: [
      'let line = Promise.resolve();',
      'function enqueue(job) {',
      '  line = KEEP(line.catch(() => {}).then(job));',
      '  return line;',
      '}',
    ].join('\n'),
    call: 'enqueue(X)',
  },
  {
    text: [
      'let tail = Promise.resolve();',
      'function chain(job) {',
      '  const result = KEEP(tail.then(() => job()));',
      '  tail = KEEP(result.catch(() => {}));',
      '  return result;',
      '}',
    ].join('\n'),
    call: 'chain(X)',
  },
];

/** Inline chains that tell what has become of a promise: its way out, and a test that is true of it. */
export const chainResults: readonly {
  readonly chain: string;
  /** Tests of the result, where `r` is it. */
  readonly tests: readonly string[];
  /** Whether what the promise was fulfilled with can be seen. */
  readonly isValued: boolean;
}[] = [
  { chain: '.catch(() => false)', tests: ['r', '!r', 'r === false'], isValued: true },
  { chain: '.catch(() => null)', tests: ['r === null', 'r !== null', '!r'], isValued: true },
  { chain: ".catch(() => 'failed')", tests: ["r === 'failed'", "r !== 'failed'"], isValued: true },
  { chain: '.then(() => true, () => false)', tests: ['r', '!r', 'r === true'], isValued: false },
  { chain: '.then(() => true).catch(() => false)', tests: ['r', '!r'], isValued: false },
  {
    chain: ".then(() => 'ok', () => 'failed')",
    tests: ["r === 'ok'", "r !== 'ok'", "r === 'failed'"],
    isValued: false,
  },
  {
    chain: '.then(() => null, (e) => e)',
    tests: ['r', '!r', 'r === null', 'r != null', 'r instanceof Error', '!(r instanceof Error)'],
    isValued: false,
  },
  {
    chain: '.then(() => ({ ok: true }), (error) => ({ error }))',
    tests: ["'error' in r", "!('error' in r)", 'r.ok', '!r.error'],
    isValued: false,
  },
  {
    chain: '.then(() => {\n  return true;\n}, () => undefined)',
    tests: ['r', '!r', 'r === undefined'],
    isValued: false,
  },
];

/** Promises that are never fulfilled; `LATER(f)` runs a function at some later time. */
export const neverFulfilled: readonly string[] = [
  'new Promise((_, reject) => LATER(reject))',
  'new Promise(() => {})',
  'new Promise((_, reject) => {\n  g().catch(reject);\n})',
];

/** Executors, where `P` is a promise, `BODY` are statements and `TEST` is a test. */
export const executors: readonly {
  readonly text: string;
  /** Whether the promise is fulfilled only behind the one inside. */
  readonly isBehind: boolean;
}[] = [
  { text: '(resolve, reject) => {\nBODY\nP.then(() => resolve(), reject);\n}', isBehind: true },
  {
    text: '(resolve, reject) => {\nBODY\nP.then(() => resolve()).catch(reject);\n}',
    isBehind: true,
  },
  { text: '(resolve, reject) => {\nBODY\nP.then(resolve, reject);\n}', isBehind: true },
  { text: '(resolve) => {\nBODY\nresolve(P);\n}', isBehind: true },
  { text: '(resolve) => {\nBODY\nvoid P;\nresolve();\n}', isBehind: false },
  { text: '(resolve) => {\nresolve();\nBODY\nvoid P;\n}', isBehind: false },
  { text: '(resolve, reject) => {\nBODY\nP.catch(reject);\n}', isBehind: true },
  { text: '(resolve) => {\nBODY\nP.then(resolve);\n}', isBehind: true },
  { text: '(resolve) => {\nBODY\nP.finally(resolve);\n}', isBehind: true },
  { text: '(resolve) => {\nBODY\nvoid P;\nLATER(resolve);\n}', isBehind: false },
  {
    text: '(resolve, reject) => {\nBODY\nif (TEST) reject(1);\nelse P.then(resolve, reject);\n}',
    isBehind: true,
  },
  { text: '(resolve) => {\nBODY\nif (TEST) resolve();\nelse P.then(resolve);\n}', isBehind: true },
];
