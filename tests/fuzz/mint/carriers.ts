/** The ways by which a value gets from where it is written to where it is used. */

import type { Writer } from './writer.ts';

/** Writes another value of the same kind, which can stand where the carrier writes it. */
type Inner = () => string;

interface Carrier {
  readonly form: string;
  /** Whether the value can have names of the function around it. */
  readonly isLocal?: boolean;
  /** Whether an `await` stands before it. */
  readonly isAwaited?: boolean;
  /** Whether a module is made for it. */
  readonly isModule?: boolean;
  readonly write: (w: Writer, inner: Inner) => string;
}

function declared(w: Writer, prefix: string, text: (name: string) => string): string {
  const name = w.name(prefix);
  w.atTop(() => {
    w.declare(text(name));
  });
  return name;
}

/** A key of which nothing is known but that it is `a` or `b`. */
function unknownKey(w: Writer): string {
  return `${declared(w, 'key', (name) => `const ${name} = () => ['a', 'b'].filter(() => flip())[0] ?? 'b';`)}()`;
}

const top = (w: Writer, inner: Inner): string => w.atTop(inner);

/** A value that is written into a function, or a class, at the top level. */
const within = (w: Writer, inner: Inner): string => w.atTop(() => w.concise(false, inner));

const CARRIERS: readonly Carrier[] = [
  {
    form: 'constant',
    write: (w, inner) => w.atTop(() => w.constant('value', inner())),
  },
  {
    form: 'member of a constant',
    write(w, inner) {
      const value = top(w, inner);
      return `${declared(w, 'config', (name) => `const ${name} = { life: ${value}, other: 1 };`)}.life`;
    },
  },
  {
    form: 'member below a member',
    write(w, inner) {
      const value = top(w, inner);
      const name = declared(w, 'config', (name) => `const ${name} = { jwt: { life: ${value} } };`);
      return w.choices.pick([`${name}.jwt.life`, `${name}['jwt'].life`, `${name}?.jwt?.life`]);
    },
  },
  {
    form: 'frozen member',
    write(w, inner) {
      const value = top(w, inner);
      return `${declared(w, 'frozen', (name) => `const ${name} = Object.freeze({ life: ${value} });`)}.life`;
    },
  },
  {
    form: 'destructured constant',
    write(w, inner) {
      const value = top(w, inner);
      const name = w.name('life');
      w.atTop(() => {
        w.declare(
          w.choices.pick([
            `const { a: ${name} } = { a: ${value}, b: 2 };`,
            `const [${name}] = [${value}, 2];`,
            `const { [0]: ${name} = 9 } = [${value}];`,
          ]),
        );
      });
      return name;
    },
  },
  {
    form: 'destructured default',
    write(w, inner) {
      const value = top(w, inner);
      const name = w.name('life');
      w.atTop(() => {
        w.declare(`const { ${name} = ${value} } = {};`);
      });
      return name;
    },
  },
  {
    form: 'element',
    isLocal: true,
    write: (_, inner) => `[7, ${inner()}][1]`,
  },
  {
    form: 'member in place',
    isLocal: true,
    write: (_, inner) => `({ life: ${inner()}, other: 1 }).life`,
  },
  {
    form: 'member of a spread',
    isLocal: true,
    write: (_, inner) => `({ life: 7, ...{ life: ${inner()} } }).life`,
  },
  {
    form: 'member of Object.assign',
    isLocal: true,
    write: (_, inner) => `Object.assign({ life: 7 }, { life: ${inner()} }).life`,
  },
  {
    form: 'function',
    write(w, inner) {
      const name = w.name('get');
      w.atTop(() => {
        const body = w.body(false, inner);
        w.declare(`function ${name}() { ${body} }`);
      });
      return w.choices.pick([`${name}()`, `${name}?.()`]);
    },
  },
  {
    form: 'arrow function',
    write(w, inner) {
      const name = w.name('get');
      w.atTop(() => {
        w.declare(`const ${name} = () => (${w.concise(false, inner)});`);
      });
      return `${name}()`;
    },
  },
  {
    form: 'local constant',
    write(w, inner) {
      const name = w.name('get');
      w.atTop(() => {
        const body = w.body(false, () => {
          const local = w.name('local');
          w.local(`const ${local} = ${inner()};`);
          return local;
        });
        w.declare(`function ${name}() { ${body} }`);
      });
      return `${name}()`;
    },
  },
  {
    form: 'constant of the function around',
    isLocal: true,
    write(w, inner) {
      const value = inner();
      if (!w.isLocal) return value;
      const name = w.name('local');
      w.local(`const ${name} = ${value};`);
      return name;
    },
  },
  {
    form: 'identity',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'same', (name) => `const ${name} = (x) => x;`)}(${inner()})`,
  },
  {
    form: 'identity by two calls',
    isLocal: true,
    write(w, inner) {
      const one = declared(w, 'same', (name) => `function ${name}(x) { return x; }`);
      const two = declared(w, 'again', (name) => `function ${name}(y) { return ${one}(y); }`);
      return `${two}(${inner()})`;
    },
  },
  {
    form: 'destructured parameter',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'take', (name) => `function ${name}({ life }) { return life; }`)}({ life: ${inner()} })`,
  },
  {
    form: 'rest parameter',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'first', (name) => `function ${name}(...all) { return all[0]; }`)}(${inner()})`,
  },
  {
    form: 'spread argument',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'same', (name) => `const ${name} = (x) => x;`)}(...[${inner()}])`,
  },
  {
    form: 'default parameter',
    write(w, inner) {
      const value = within(w, inner);
      const name = declared(w, 'get', (name) => `function ${name}(x = ${value}) { return x; }`);
      return w.choices.pick([`${name}()`, `${name}(undefined)`]);
    },
  },
  {
    form: 'destructured default parameter',
    write(w, inner) {
      const value = within(w, inner);
      const name = declared(
        w,
        'get',
        (name) => `const ${name} = ({ life = ${value} } = {}) => life;`,
      );
      return w.choices.pick([`${name}({})`, `${name}()`]);
    },
  },
  {
    form: 'parameter over a default',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'get', (name) => `const ${name} = ({ life = 77 } = {}) => life;`)}({ life: ${inner()} })`,
  },
  {
    form: 'static field',
    write(w, inner) {
      const value = within(w, inner);
      return `${declared(w, 'Config', (name) => `class ${name} { static life = ${value}; }`)}.life`;
    },
  },
  {
    form: 'static field by this',
    write(w, inner) {
      const value = within(w, inner);
      return `${declared(w, 'Config', (name) => `class ${name} { static life = ${value}; static get() { return this.life; } }`)}.get()`;
    },
  },
  {
    form: 'static getter',
    write(w, inner) {
      const body = w.atTop(() => w.body(false, inner));
      return `${declared(w, 'Config', (name) => `class ${name} { static get life() { ${body} } }`)}.life`;
    },
  },
  {
    form: 'field of an instance',
    write(w, inner) {
      const value = within(w, inner);
      return `new ${declared(w, 'Config', (name) => `class ${name} { life = ${value}; }`)}().life`;
    },
  },
  {
    form: 'getter of an instance',
    write(w, inner) {
      const value = within(w, inner);
      const made = declared(
        w,
        'Config',
        (name) => `class ${name} { #life = ${value}; get life() { return this.#life; } }`,
      );
      return `new ${made}().life`;
    },
  },
  {
    form: 'field set by the constructor',
    isLocal: true,
    write(w, inner) {
      const made = declared(
        w,
        'Config',
        (name) =>
          `class ${name} { constructor(life) { this.life = life; } get() { return this.life; } }`,
      );
      return `new ${made}(${inner()}).${w.choices.pick(['life', 'get()'])}`;
    },
  },
  {
    form: 'parameter property',
    write(w, inner) {
      w.isTyped = true;
      const value = within(w, inner);
      const made = declared(
        w,
        'Config',
        (name) => `class ${name} { constructor(readonly life: any = ${value}) {} }`,
      );
      return `new ${made}().life`;
    },
  },
  {
    form: 'getter of an object',
    write(w, inner) {
      const body = w.atTop(() => w.body(false, inner));
      return `${declared(w, 'config', (name) => `const ${name} = { get life() { ${body} } };`)}.life`;
    },
  },
  {
    form: 'method of an object',
    write(w, inner) {
      const body = w.atTop(() => w.body(false, inner));
      return `${declared(w, 'config', (name) => `const ${name} = { life() { ${body} } };`)}.life()`;
    },
  },
  {
    form: 'closure',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'make', (name) => `const ${name} = (x) => () => x;`)}(${inner()})()`,
  },
  {
    form: 'function called in place',
    isLocal: true,
    write: (w, inner) => `(() => ${w.concise(false, inner)})()`,
  },
  {
    form: 'conditional',
    isLocal: true,
    write: (_, inner) => `(flip() ? ${inner()} : ${inner()})`,
  },
  {
    form: 'conditional by a constant',
    write(w, inner) {
      const flag = w.atTop(() => w.constant('flag', 'flip()'));
      return `(${flag} ? ${inner()} : ${inner()})`;
    },
  },
  {
    form: 'decided conditional',
    isLocal: true,
    write(w, inner) {
      const value = inner();
      return w.choices.pick([`(1 < 2 ? ${value} : 7)`, `(!true ? 7 : ${value})`]);
    },
  },
  {
    form: 'if',
    write(w, inner) {
      const name = w.name('get');
      w.atTop(() => {
        const [one, other] = [w.body(false, inner), w.body(false, inner)];
        w.declare(`function ${name}() { if (flip()) { ${one} } ${other} }`);
      });
      return `${name}()`;
    },
  },
  {
    form: 'if by a parameter',
    isLocal: true,
    write(w, inner) {
      const other = within(w, inner);
      const name = declared(
        w,
        'get',
        (name) => `function ${name}(x, isIt) { if (isIt) return x; return ${other}; }`,
      );
      return `${name}(${inner()}, ${w.choices.pick(['true', 'flip()', 'false'])})`;
    },
  },
  {
    form: 'switch',
    write(w, inner) {
      const [one, other] = [within(w, inner), within(w, inner)];
      return `${declared(w, 'get', (name) => `function ${name}() { switch (flip()) { case true: return ${one}; default: return ${other}; } }`)}()`;
    },
  },
  {
    form: 'or',
    isLocal: true,
    write: (_, inner) => `(${inner()} || 7)`,
  },
  {
    form: 'or after nothing',
    isLocal: true,
    write: (w, inner) => `(${w.choices.pick(['undefined', 'null', '0'])} || ${inner()})`,
  },
  {
    form: 'nullish',
    isLocal: true,
    write: (w, inner) => `(${w.choices.pick(['undefined', 'null'])} ?? ${inner()})`,
  },
  {
    form: 'and, or',
    isLocal: true,
    write: (_, inner) => `((flip() && ${inner()}) || ${inner()})`,
  },
  {
    form: 'sequence',
    isLocal: true,
    write: (_, inner) => `(0, ${inner()})`,
  },
  {
    form: 'try',
    write(w, inner) {
      const value = within(w, inner);
      return `${declared(w, 'get', (name) => `function ${name}() { try { if (flip()) throw 0; return ${value}; } catch { return 7; } }`)}()`;
    },
  },
  {
    form: 'assigned later',
    write(w, inner) {
      const value = top(w, inner);
      return declared(w, 'later', (name) => `let ${name} = 7; ${name} = ${value};`);
    },
  },
  {
    form: 'given by one branch or another',
    write(w, inner) {
      const [one, other] = [top(w, inner), top(w, inner)];
      const name = w.name('later');
      w.atTop(() => {
        w.declare(
          w.choices.pick([
            `let ${name}; if (flip()) ${name} = ${one}; else ${name} = ${other};`,
            `let ${name} = ${one}; if (flip()) { ${name} = ${other}; }`,
            `let ${name} = 7; switch (flip()) { case true: ${name} = ${one}; break; default: ${name} = ${other}; }`,
            `let ${name} = 7; try { ${name} = ${one}; } finally { if (flip()) ${name} = ${other}; }`,
          ]),
        );
      });
      return name;
    },
  },
  {
    form: 'given in a function, which may leave before',
    write(w, inner) {
      const [one, other] = [top(w, inner), top(w, inner)];
      const name = w.name('get');
      w.atTop(() => {
        w.declare(
          `function ${name}() { let later = ${one}; if (flip()) { later = 7; return ${other}; } return later; }`,
        );
      });
      return `${name}()`;
    },
  },
  {
    form: 'member assigned later',
    write(w, inner) {
      const value = top(w, inner);
      return `${declared(w, 'config', (name) => `const ${name} = { life: 7 }; ${name}.life = ${value};`)}.life`;
    },
  },
  {
    form: 'member that may be assigned later',
    write(w, inner) {
      const [one, other] = [top(w, inner), top(w, inner)];
      return `${declared(w, 'config', (name) => `const ${name} = { life: ${one} }; if (flip()) ${name}.life = ${other};`)}.life`;
    },
  },
  {
    form: 'member by a computed key',
    isLocal: true,
    write(w, inner) {
      const key = declared(w, 'key', (name) => `const ${name} = 'life';`);
      return `({ life: ${inner()}, other: 7 })[${key}]`;
    },
  },
  {
    form: 'member by a key of a choice',
    isLocal: true,
    write: (_, inner) => `({ a: ${inner()}, b: ${inner()} })[flip() ? 'a' : 'b']`,
  },
  {
    form: 'table by an unknown key',
    isLocal: true,
    write: (w, inner) => `({ a: ${inner()}, b: ${inner()} })[${unknownKey(w)}]`,
  },
  {
    form: 'map by an unknown key',
    isLocal: true,
    write: (w, inner) => `new Map([['a', ${inner()}], ['b', ${inner()}]]).get(${unknownKey(w)})`,
  },
  {
    form: 'object of entries',
    isLocal: true,
    write: (w, inner) =>
      `Object.fromEntries([['a', ${inner()}], ['b', ${inner()}]])${w.choices.pick(['.a', `[${unknownKey(w)}]`])}`,
  },
  {
    form: 'values of an object',
    isLocal: true,
    write: (_, inner) => `Object.values({ a: ${inner()}, b: 7 })[0]`,
  },
  {
    form: 'rest of an object',
    isLocal: true,
    write: (w, inner) =>
      `${declared(w, 'rest', (name) => `const ${name} = ({ other, ...rest }) => rest.life;`)}({ other: 1, life: ${inner()} })`,
  },
  {
    form: 'default of convict',
    isLocal: true,
    write(w, inner) {
      const convict = w.import('convict', 'default', 'convict');
      return `${convict}({ jwt: { life: { default: ${inner()}, format: '*' } } }).get('jwt.life')`;
    },
  },
  {
    form: 'registered config of Nest',
    write(w, inner) {
      const register = w.import('@nestjs/config', 'registerAs');
      const value = within(w, inner);
      return `${declared(w, 'config', (name) => `const ${name} = ${register}('jwt', () => ({ life: ${value} }));`)}().life`;
    },
  },
  {
    form: 'map',
    isLocal: true,
    write: (_, inner) => `new Map([['life', ${inner()}]]).get('life')`,
  },
  {
    form: 'as const',
    write(w, inner) {
      w.isTyped = true;
      const value = top(w, inner);
      return `${declared(w, 'config', (name) => `const ${name} = { life: ${value} } as const;`)}.life`;
    },
  },
  {
    form: 'cast',
    isLocal: true,
    write(w, inner) {
      w.isTyped = true;
      const value = inner();
      return w.choices.pick([`(${value} as any)`, `${value}!`, `(${value} satisfies unknown)`]);
    },
  },
  {
    form: 'environment, with a fallback',
    isLocal: true,
    write: (w, inner) => `(process.env.${w.name('LIFE')} ?? ${inner()})`,
  },
  {
    form: 'number of the environment, with a fallback',
    isLocal: true,
    write: (w, inner) => `(Number(process.env.${w.name('LIFE')}) || ${inner()})`,
  },
  {
    form: 'async function',
    isAwaited: true,
    write(w, inner) {
      const name = w.name('load');
      w.atTop(() => {
        const body = w.body(true, inner);
        w.declare(`async function ${name}() { ${body} }`);
      });
      return `(await ${name}())`;
    },
  },
  {
    form: 'promise',
    isLocal: true,
    isAwaited: true,
    write: (_, inner) => `(await Promise.resolve(${inner()}))`,
  },
  {
    form: 'await of no promise',
    isLocal: true,
    isAwaited: true,
    write: (_, inner) => `(await ${inner()})`,
  },
  {
    form: 'named import',
    isModule: true,
    write: (w, inner) => w.import(w.module('LIFE', inner), 'LIFE', w.name('LIFE')),
  },
  {
    form: 'default import',
    isModule: true,
    write: (w, inner) => w.import(w.module('default', inner), 'default'),
  },
  {
    form: 'member of a default import',
    isModule: true,
    write(w, inner) {
      const from = w.module('default', () => `{ life: ${inner()} }`);
      return `${w.import(from, 'default')}.life`;
    },
  },
  {
    form: 'namespace import',
    isModule: true,
    write: (w, inner) => `${w.import(w.module('LIFE', inner), '*')}.LIFE`,
  },
  {
    form: 'imported function',
    isModule: true,
    write(w, inner) {
      const from = w.module('life', () => `() => (${w.concise(false, inner)})`);
      return `${w.import(from, 'life', w.name('life'))}()`;
    },
  },
  {
    form: 'imported function with a parameter',
    isModule: true,
    isLocal: true,
    write(w, inner) {
      const from = w.module('same', () => '(x) => x');
      return `${w.import(from, 'same', w.name('same'))}(${inner()})`;
    },
  },
  {
    form: 'imported class',
    isModule: true,
    write(w, inner) {
      const from = w.module('Config', () => `class { static life = ${w.concise(false, inner)}; }`);
      return `${w.import(from, 'Config', w.name('Config'))}.life`;
    },
  },
  {
    form: 'require',
    isModule: true,
    write: (w, inner) => `require('${w.module('LIFE', inner)}').LIFE`,
  },
  {
    form: 'import()',
    isModule: true,
    isAwaited: true,
    write: (w, inner) => `(await import('${w.module('LIFE', inner)}')).LIFE`,
  },
];

/**
 * A value, by way of carriers.
 *
 * @param depth how many may be put into each other
 * @param isClosed whether the value has no names of the function around it
 * @param mayMove whether it may stand in another module
 */
export function carried(
  w: Writer,
  write: Inner,
  depth: number,
  isClosed = true,
  mayMove = true,
): string {
  const inner: Inner = () => {
    // Few programs are knotted, so that most show what a form by itself comes to.
    if (depth === 0 || w.choices.int(10) < 7) return write();
    const fitting = CARRIERS.filter(
      ({ isLocal, isAwaited, isModule }) =>
        (isClosed || isLocal === true) &&
        (w.canAwait || isAwaited !== true) &&
        ((w.canAddModule && mayMove) || isModule !== true),
    );
    const carrier = w.choices.pick(fitting);
    w.form(carrier.form);
    return carrier.write(w, () => carried(w, write, depth - 1, isClosed, mayMove));
  };
  return atomic(inner());
}

/** An expression that can stand anywhere. */
export function atomic(text: string): string {
  return /^(?:[\w$.]+|'[^']*')$/u.test(text) && !/^\d.*\.$/u.test(text) ? text : `(${text})`;
}
