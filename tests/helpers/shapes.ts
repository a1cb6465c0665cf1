/** Programs of one shape, as large as one likes. In each, `bad` tells how many calls are faulty. */

export interface Shape {
  /** The program with `size` of what it is made of. */
  readonly source: (size: number) => string;
  /** How many calls of it run without a user JWT. */
  readonly bad: (size: number) => number;
}

const IMPORT = "import Intercom from '@intercom/intercom-react-native';\n";
const SET = 'await Intercom.setUserJwt(t);';
const PRESENT = 'Intercom.present();';

const none = (): number => 0;
const each = (size: number): number => size;

function times(size: number, make: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: size }, (_, index) => make(index)).join(separator);
}

/** A function that is entered from outside, unset. */
function inFunction(body: string): string {
  return `${IMPORT}export async function run(t, a) {\n${body}\n}`;
}

/** The JWT is set, and then this is done. */
function behindSet(make: (size: number) => string): Shape {
  return { source: (size) => inFunction(`${SET}\n${make(size)}`), bad: none };
}

function nested(open: (index: number) => string, close: string): (size: number) => string {
  return (size) => `${times(size, open)}\n${PRESENT}\n${close.repeat(size)}`;
}

export const SHAPES = {
  statements: behindSet(
    (size) => `${times(size, (index) => `if (a[${index}]) work(${index});`)}\n${PRESENT}`,
  ),
  'statements, unset': {
    source: (size) => inFunction(`${times(size, (index) => `work(${index});`)}\n${PRESENT}`),
    bad: () => 1,
  },
  'nested blocks': behindSet(nested(() => '{', '}')),
  'nested ifs': behindSet(nested((index) => `if (a[${index}]) { log();`, '}')),
  'nested loops': behindSet(
    nested(
      (index) =>
        [
          'while (more()) {',
          'for (let i = 0; i < 9; i++) {',
          'for (const x of a) {',
          'do {',
          'for (const k in a) {',
        ][index % 2 === 0 ? 0 : 1 + (index % 3 === 0 ? 1 : 0)] ?? '{',
      '}',
    ),
  ),
  'nested try': behindSet(nested(() => 'try { work();', '} catch { log(); }')),
  'nested try with finally': behindSet(nested(() => 'try { work();', '} finally { log(); }')),
  'finally in finally': behindSet(nested(() => 'try { work(); } finally {', '}')),
  'nested catch': behindSet(nested(() => 'try { work(); } catch (error) {', '}')),
  ternaries: behindSet(
    (size) =>
      `${times(size, (index) => `a[${index}] ? work(${index}) : log(${index});`)}\n${PRESENT}`,
  ),
  'nested ternaries': behindSet(
    (size) => `const x = ${times(size, (index) => `a[${index}] ? f() : `, '')}g();\n${PRESENT}`,
  ),
  'awaited ternaries': behindSet(
    (size) =>
      `await (${times(size, (index) => `a[${index}] ? Intercom.presentSpace(${index}) : `, '')}g());\n${PRESENT}`,
  ),
  'else if': behindSet(
    (size) =>
      `${times(size, (index) => `if (a === ${index}) work(${index});`, ' else ')}\n${PRESENT}`,
  ),
  sum: behindSet(
    (size) => `const x = ${times(size, (index) => `f(${index})`, ' + ')};\n${PRESENT}`,
  ),
  and: behindSet((size) => `if (${times(size, (index) => `f(${index})`, ' && ')}) ${PRESENT}`),
  'or, of calls': behindSet(
    (size) => `${times(size, (index) => `f(${index})`, ' || ')};\n${PRESENT}`,
  ),
  'nullish, awaited': behindSet(
    (size) => `await (${times(size, (index) => `f(${index})`, ' ?? ')});\n${PRESENT}`,
  ),
  'promise chain': behindSet(
    (size) => `await f()${times(size, (index) => `.then((x) => x + ${index})`, '')};\n${PRESENT}`,
  ),
  'promise chain, dropped': behindSet(
    (size) =>
      `f()${times(size, (index) => `.then(() => Intercom.presentSpace(${index}))`, '')};\n${PRESENT}`,
  ),
  'nested calls': behindSet((size) => `${'f('.repeat(size)}a${')'.repeat(size)};\n${PRESENT}`),
  'member chain': behindSet((size) => `a${'.b?.c()'.repeat(size)};\n${PRESENT}`),
  'nested arrows': {
    source: (size) => inFunction(`return ${'() => '.repeat(size)}Intercom.present();`),
    bad: () => 1,
  },
  'nested functions': {
    source: (size) =>
      inFunction(
        `${times(size, (index) => `async function f${index}(x${index}) {`)}\n${PRESENT}\n${times(
          size,
          (index) => `} await f${size - 1 - index}(${index});`,
        )}`,
      ),
    bad: () => 1,
  },
  'nested literals': behindSet(
    (size) => `const x = ${'[{ a: '.repeat(size)}f()${' }]'.repeat(size)};\n${PRESENT}`,
  ),
  'calling each other': {
    source: (size) =>
      `${IMPORT}${times(size, (index) => `async function f${index}() { await f${index + 1}(); }`)}
async function f${size}() { ${PRESENT} }
export async function run(t) { ${SET} await f0(); }`,
    bad: none,
  },
  'calling each other, backwards': {
    source: (size) =>
      `${IMPORT}async function f0() { ${PRESENT} }
${times(size, (index) => `async function f${index + 1}() { await f${index}(); }`)}
export async function run() { await f${size}(); }`,
    bad: () => 1,
  },
  knot: {
    source: (size) =>
      `${IMPORT}${times(
        size,
        (index) =>
          `async function f${index}(n) { if (n < 0) return; if (n) await f${(index + 1) % size}(n - 1); else await f${(index * 7 + 3) % size}(n - 1); }`,
      )}
async function open() { ${PRESENT} }
export async function run(t) { ${SET} await f0(9); await open(); }`,
    bad: none,
  },
  'knot that clears': {
    source: (size) =>
      `${IMPORT}${times(
        size,
        (index) =>
          `async function f${index}(n) { if (n < 0) return; if (n) await f${(index + 1) % size}(n - 1); else await f${(index * 7 + 3) % size}(n - 1);${index === size - 1 ? ' await Intercom.logout();' : ''} }`,
      )}
export async function run(t) { ${SET} await f0(9); ${PRESENT} }`,
    bad: () => 1,
  },
  callbacks: {
    source: (size) =>
      `${IMPORT}${times(size, (index) => `async function f${index}(g) { await ${index + 1 === size ? 'g()' : `f${index + 1}(async () => { await g(); })`}; }`)}
export async function run(t) { ${SET} await f0(async () => { ${PRESENT} }); }`,
    bad: none,
  },
  'callbacks, handed on in a knot': {
    source: (size) =>
      `${IMPORT}${times(
        size,
        (index) =>
          `async function f${index}(g) { if (g.a) await f${(index + 1) % size}(g); else await f${(index * 7 + 3) % size}(() => { log(${index}); }); await g(); }`,
      )}
export async function run(t) { ${SET} await f0(async () => { ${PRESENT} }); }`,
    bad: none,
  },
  'an object that is handed on': {
    source: (size) =>
      `${IMPORT}const all = { ${times(size, (index) => `m${index}() { log(${index}); },`)} };
export async function run(t) { ${times(size, () => 'keep(all);')} ${SET} ${PRESENT} }`,
    bad: none,
  },
  timers: {
    source: (size) =>
      inFunction(
        `${SET}\n${times(size, (index) => `setTimeout(() => Intercom.present(), ${index});`)}\nawait Intercom.logout();`,
      ),
    // Of so many, not all are followed; see MAX_LATER.
    bad: (size) => Math.min(size, 64),
  },
  'kept promises': {
    source: (size) =>
      inFunction(
        `${times(size, (index) => `const p${index} = Intercom.setUserJwt(a[${index}]);`)}\n${times(size, (index) => `await p${index};`)}\n${PRESENT}`,
      ),
    bad: none,
  },
  'kept promises, put together': {
    source: (size) =>
      inFunction(
        `${times(size, (index) => `const p${index} = Intercom.setUserJwt(a[${index}]);`)}\nawait Promise.all([${times(size, (index) => `p${index}`, ', ')}]);\n${PRESENT}`,
      ),
    bad: none,
  },
  'kept in each other': {
    source: (size) =>
      inFunction(
        `const p0 = Intercom.setUserJwt(t);\n${times(size, (index) => `const p${index + 1} = a[${index}] ? p${index} : p${index}.then(() => p${Math.floor(index / 2)});`)}\nawait p${size};\n${PRESENT}`,
      ),
    // Kept so deeply, a promise is as good as unknown.
    bad: (size) => (size > 4 ? 1 : 0),
  },
  'given to each other': {
    source: (size) =>
      inFunction(
        `async function settle({ p }, ...ps) { await p; await Promise.all(ps); }
        const p0 = Intercom.setUserJwt(t);\n${times(size, (index) => `const p${index + 1} = settle({ p: p${index} }, p${Math.floor(index / 2)}, p${index}, p0);`)}\nawait p${size};\n${PRESENT}`,
      ),
    bad: none,
  },
  'reassigned promises': {
    source: (size) =>
      inFunction(
        `let p = null;\n${times(size, (index) => `if (a[${index}]) p = Intercom.setUserJwt(a[${index}]);`)}\nawait p;\n${SET}\n${PRESENT}`,
      ),
    bad: none,
  },
  'correlated tests': {
    source: (size) =>
      inFunction(
        `${times(size, (index) => `const c${index} = f(${index}); if (c${index}) ${SET}`)}\n${times(size, (index) => `if (c${index}) ${PRESENT}`)}`,
      ),
    // Those beyond MAX_PER_OWNER are not correlated.
    bad: (size) => Math.max(0, size - 10),
  },
  'one correlated name': {
    source: (size) =>
      inFunction(
        `if (t) ${SET}\n${times(size, (index) => `if (t === 'x${index}') work(${index});`)}\nif (t) ${PRESENT}`,
      ),
    bad: none,
  },
  array: behindSet(
    (size) => `const x = [${times(size, (index) => `f(${index})`, ', ')}];\n${PRESENT}`,
  ),
  'array of functions': {
    source: (size) =>
      `${IMPORT}const all = [${times(size, () => `() => { ${PRESENT} }`, ',\n')}];\nexport function run(i) { all[i](); }`,
    bad: each,
  },
  switch: behindSet(
    (size) =>
      `switch (a) {\n${times(size, (index) => `case ${index}: work(${index}); break;`)}\n}\n${PRESENT}`,
  ),
  'switch, falling through': behindSet(
    (size) =>
      `switch (a.b) {\n${times(size, (index) => `case f(${index}): work(${index});`)}\n}\n${PRESENT}`,
  ),
  'reports in one function': {
    source: (size) => inFunction(times(size, (index) => `Intercom.presentSpace(${index});`)),
    bad: each,
  },
  'reports behind tests': {
    source: (size) =>
      inFunction(
        `if (a) ${SET}\n${times(size, (index) => `if (a[${index}]) Intercom.presentSpace(${index});`)}`,
      ),
    bad: each,
  },
  'reports in functions': {
    source: (size) =>
      `${IMPORT}${times(size, (index) => `export async function open${index}(t) { if (t) ${SET} ${PRESENT} }`)}`,
    bad: each,
  },
  'reports in a helper': {
    source: (size) =>
      `${IMPORT}async function open() { ${PRESENT} }\n${times(size, (index) => `export async function open${index}() { await open(); }`)}`,
    bad: () => 1,
  },
  'one long await': {
    source: (size) =>
      inFunction(
        `${SET}\n${times(size, (index) => `try { await f(${index}); } catch { log(); }`)}\n${PRESENT}`,
      ),
    bad: none,
  },
  assignments: {
    source: (size) =>
      `${IMPORT}const o = {};\n${times(size, (index) => `o.f${index} = async () => { await o.f${index + 1}?.(); };`)}\no.f${size} = async () => { ${PRESENT} };\nexport async function run(t) { ${SET} await o.f0(); }`,
    // What is stored is referred to where it is stored.
    bad: () => 1,
  },
  'one assigned name': {
    source: (size) =>
      `${IMPORT}let f = null;\n${times(size, (index) => `if (a[${index}]) f = () => g(${index});`)}\nexport async function run(t) { ${SET} f(); ${PRESENT} }`,
    bad: none,
  },
  aliases: {
    source: (size) =>
      `${IMPORT}const i0 = Intercom;\n${times(size, (index) => `const i${index + 1} = i${index};`)}\nexport async function run() { i${size}.present(); }`,
    // Deeper than this an alias is not followed.
    bad: (size) => (size < 95 ? 1 : 0),
  },
  classes: {
    source: (size) =>
      `${IMPORT}class C0 { open() { ${PRESENT} } }\n${times(size, (index) => `class C${index + 1} extends C${index} { m${index}() { this.open(); } }`)}\nexport const c = new C${size}();`,
    bad: () => 1,
  },
} as const satisfies Readonly<Record<string, Shape>>;
