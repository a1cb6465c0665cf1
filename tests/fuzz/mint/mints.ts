/** The code that mints: the libraries, and the shapes of functions around them. */

import { atomic, carried } from './carriers.ts';
import { leaf, lengthOf, type Kind } from './lives.ts';
import type { Writer } from './writer.ts';

const KEY = "'0123456789abcdef0123456789abcdef'";

const MAX_CARRIERS = 3;

/** A way to mint. */
interface Library {
  readonly form: string;
  /** The property of the options, or of the claims, that says how long it lasts. */
  readonly property: string;
  /** Whether it is one of the claims. */
  readonly isClaim: boolean;
  /** What can be said there, the most usual first. */
  readonly kinds: readonly Kind[];
  /** The property of the claims or of the options that says when it begins, with its kinds. */
  readonly start: { readonly property: string; readonly kinds: readonly Kind[] } | null;
  /**
   * An expression that is the token, or a promise of it.
   *
   * @param claims an expression, as the other
   */
  readonly mint: (w: Writer, claims: string, options: string | null, key: string) => string;
}

const SPAN = ['seconds', 'text'] as const;
const CLAIM = ['time', 'time', 'time', 'time', 'time', 'millisecondTime', 'seconds'] as const;

function jsonwebtoken(w: Writer): string {
  return w.choices.pick([
    (): string => `${w.import('jsonwebtoken', 'default', 'jwt')}.sign`,
    (): string => w.import('jsonwebtoken', 'sign'),
    (): string => `${w.import('jsonwebtoken', '*')}.sign`,
    (): string => `require('jsonwebtoken').sign`,
  ])();
}

const signed =
  (callee: (w: Writer) => string): Library['mint'] =>
  (w, claims, options, key) =>
    `${callee(w)}(${[claims, key, ...(options === null ? [] : [options])].join(', ')})`;

const nest: Library['mint'] = (w, claims, options, key) => {
  const service = `new ${w.import('@nestjs/jwt', 'JwtService')}({ secret: ${key} })`;
  const given = options === null ? claims : `${claims}, ${options}`;
  return w.choices.pick([
    (): string => `${service}.sign(${given})`,
    (): string => `${service}.signAsync(${given})`,
  ])();
};

const byHand: Library['mint'] = (w, claims, _, key) => {
  const createHmac = w.import('node:crypto', 'createHmac');
  const encode = w.atTop(() =>
    w.constant('encode', "(value) => Buffer.from(JSON.stringify(value)).toString('base64url')"),
  );
  const name = w.name('signed');
  w.atTop(() => {
    w.declare(
      w.choices.pick([
        `function ${name}(claims, key) { const input = \`\${${encode}({ alg: 'HS256', typ: 'JWT' })}.\${${encode}(claims)}\`; return \`\${input}.\${${createHmac}('sha256', key).update(input).digest('base64url')}\`; }`,
        `function ${name}(claims, key) { const head = ${encode}({ alg: 'HS256' }); const body = ${encode}(claims); const input = head + '.' + body; return input + '.' + ${createHmac}('sha256', key).update(input).digest('base64url'); }`,
        `const ${name} = (claims, key) => { const input = [${encode}({ alg: 'HS256' }), ${encode}(claims)].join('.'); return [input, ${createHmac}('sha256', key).update(input).digest('base64url')].join('.'); };`,
      ]),
    );
  });
  return `${name}(${claims}, ${key})`;
};

const inBrowser: Library['mint'] = (w, claims, _, key) => {
  const name = w.name('signed');
  w.atTop(() => {
    w.declare(`async function ${name}(claims, key) {
  const encode = (value) => Buffer.from(value).toString('base64url');
  const input = \`\${encode(JSON.stringify({ alg: 'HS256' }))}.\${encode(JSON.stringify(claims))}\`;
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return \`\${input}.\${encode(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(input)))}\`;
}`);
  });
  return `${name}(${claims}, ${key})`;
};

const jose: Library['mint'] = (w, claims, options, key) => {
  const made = `new ${w.import('jose', 'SignJWT')}(${claims}).setProtectedHeader({ alg: 'HS256' })`;
  const issued = w.choices.pick(['', '.setIssuedAt()']);
  const life = options === null ? '' : `.setExpirationTime(${options})`;
  const bytes = `new TextEncoder().encode(${key})`;
  const name = w.isLocal ? w.name('token') : null;
  if (name === null || w.choices.int(3) > 0) return `${made}${issued}${life}.sign(${bytes})`;
  w.form('jose, step by step');
  w.local(`const ${name} = ${made}${issued};`);
  if (options !== null) w.local(`${name}${life};`);
  return `${name}.sign(${bytes})`;
};

/** jose's life is an argument: it is told by a property that stands for none. */
const ARGUMENT = '';

const NOT_BEFORE = { property: 'notBefore', kinds: ['text', 'seconds'] } as const;

const LIBRARIES: readonly Library[] = [
  {
    form: 'jsonwebtoken',
    property: 'expiresIn',
    isClaim: false,
    kinds: [...SPAN, 'text', 'milliseconds'],
    start: NOT_BEFORE,
    mint: signed(jsonwebtoken),
  },
  {
    form: 'jsonwebtoken, claim',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: signed(jsonwebtoken),
  },
  {
    form: 'jose',
    property: ARGUMENT,
    isClaim: false,
    kinds: ['text', 'text', 'time', 'date', 'seconds'],
    start: null,
    mint: jose,
  },
  {
    form: 'jose, claim',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: jose,
  },
  {
    form: 'fast-jwt',
    property: 'expiresIn',
    isClaim: false,
    kinds: ['milliseconds', 'text', 'milliseconds', 'seconds'],
    start: null,
    mint(w, claims, options, key) {
      const create = w.import('fast-jwt', 'createSigner');
      const all = options === null ? `{ key: ${key} }` : `{ key: ${key}, ...${options} }`;
      return `${create}(${all})(${claims})`;
    },
  },
  {
    form: 'fast-jwt, claim',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: (w, claims, _, key) =>
      `${w.import('fast-jwt', 'createSigner')}({ key: ${key} })(${claims})`,
  },
  {
    form: '@nestjs/jwt',
    property: 'expiresIn',
    isClaim: false,
    kinds: SPAN,
    start: NOT_BEFORE,
    mint: nest,
  },
  {
    form: '@nestjs/jwt, set up',
    property: 'expiresIn',
    isClaim: false,
    kinds: SPAN,
    start: NOT_BEFORE,
    mint(w, claims, options, key) {
      const service = w.import('@nestjs/jwt', 'JwtService');
      const own = options === null ? '' : `, signOptions: ${options}`;
      return `new ${service}({ secret: ${key}${own} }).sign(${claims})`;
    },
  },
  {
    form: 'hono',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: signed((w) => w.import('hono/jwt', 'sign', 'honoSign')),
  },
  {
    form: 'jwt-simple',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: signed((w) => `${w.import('jwt-simple', 'default', 'simple')}.encode`),
  },
  {
    form: 'by hand',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: byHand,
  },
  {
    form: 'by hand, WebCrypto',
    property: 'exp',
    isClaim: true,
    kinds: CLAIM,
    start: { property: 'nbf', kinds: ['time'] },
    mint: inBrowser,
  },
];

/** A closed expression of a kind. */
function value(w: Writer, kind: Kind, length = lengthOf(w), depth = MAX_CARRIERS): string {
  return carried(w, () => part(w, kind, length, depth), depth);
}

/** As {@link value}, of one length, with fewer carriers the deeper it is. */
function part(w: Writer, kind: Kind, length: number, depth: number): string {
  return leaf(w, kind, length, (inner, its) =>
    depth === 0
      ? atomic(part(w, inner, its, 0))
      : carried(w, () => part(w, inner, its, depth - 1), depth - 1),
  );
}

type Properties = readonly (readonly [name: string, value: string])[];

/** An object of properties, whose values can have names of the function around it. */
interface ObjectForm {
  readonly form: string;
  readonly isLocal?: boolean;
  readonly isStatements?: boolean;
  readonly write: (w: Writer, properties: Properties) => string;
}

const literal = (properties: Properties): string =>
  properties.length === 0
    ? '{}'
    : `{ ${properties.map(([name, value]) => (name === value ? name : `${name}: ${value}`)).join(', ')} }`;

/** Takes names for values, which stand for them in a function. */
function parameters(properties: Properties): {
  readonly names: string;
  readonly object: string;
  readonly values: string;
} {
  const names = properties.map((_, index) => `p${index}`);
  return {
    names: names.join(', '),
    object: literal(properties.map(([name], index) => [name, names[index] ?? ''])),
    values: properties.map(([, value]) => value).join(', '),
  };
}

const OBJECTS: readonly ObjectForm[] = [
  { form: 'object in place', isLocal: true, write: (_, properties) => literal(properties) },
  {
    form: 'object with a spread',
    isLocal: true,
    write: (_, [first, ...others]) =>
      first === undefined ? '{}' : `{ ...${literal(others)}, ...${literal([first])} }`,
  },
  {
    form: 'object over its defaults',
    isLocal: true,
    write: (_, properties) =>
      `{ ...${literal(properties.map(([name]) => [name, '7']))}, ...${literal(properties)} }`,
  },
  {
    form: 'object with a conditional spread',
    isLocal: true,
    write: (w, properties) =>
      `{ ...(${w.choices.pick(['true', 'flip()'])} && ${literal(properties)}) }`,
  },
  {
    form: 'object with a chosen spread',
    isLocal: true,
    write: (_, properties) => `{ ...(flip() ? ${literal(properties)} : ${literal(properties)}) }`,
  },
  {
    form: 'Object.assign()',
    isLocal: true,
    write: (_, properties) => `Object.assign({}, ${literal(properties)})`,
  },
  {
    form: 'object of a helper',
    isLocal: true,
    write(w, properties) {
      const { names, object, values } = parameters(properties);
      const name = w.name('build');
      w.atTop(() => {
        w.declare(
          w.choices.pick([
            `const ${name} = (${names}) => (${object});`,
            `function ${name}(${names}) { return ${object}; }`,
            `function ${name}(${names}) { const made = ${object}; return made; }`,
            `function ${name}(${names}) { const made = {}; Object.assign(made, ${object}); return made; }`,
          ]),
        );
      });
      return `${name}(${values})`;
    },
  },
  {
    form: 'object of a helper with a default',
    isLocal: true,
    write(w, properties) {
      const name = w.name('build');
      w.atTop(() => {
        w.declare(`const ${name} = (own, more = {}) => ({ ...own, ...more });`);
      });
      return `${name}(${literal(properties)})`;
    },
  },
  {
    form: 'object of a class',
    isLocal: true,
    write(w, properties) {
      const { names, values } = parameters(properties);
      const name = w.name('Options');
      const sets = properties.map(([property], index) => `this.${property} = p${index};`).join(' ');
      w.atTop(() => {
        w.declare(`class ${name} { constructor(${names}) { ${sets} } }`);
      });
      return `{ ...new ${name}(${values}) }`;
    },
  },
  {
    form: 'object of a factory',
    isLocal: true,
    write(w, properties) {
      const { names, object, values } = parameters(properties);
      const name = w.name('factory');
      w.atTop(() => {
        w.declare(`const ${name} = (${names}) => () => (${object});`);
      });
      return `${name}(${values})()`;
    },
  },
  {
    form: 'object by statements',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const name = w.name('made');
      w.local(`const ${name} = {};`);
      for (const [property, value] of properties) w.local(`${name}.${property} = ${value};`);
      return name;
    },
  },
  {
    form: 'object that is changed',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const name = w.name('made');
      w.local(`const ${name} = ${literal(properties.map(([property]) => [property, '7']))};`);
      for (const [property, value] of properties) w.local(`${name}['${property}'] = ${value};`);
      return name;
    },
  },
  {
    form: 'object that may be changed',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const name = w.name('made');
      w.local(`const ${name} = ${literal(properties)};`);
      for (const [property, value] of properties) {
        w.local(`if (flip()) { ${name}.${property} = ${value}; }`);
      }
      return name;
    },
  },
  {
    form: 'object that is changed in another',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const name = w.name('draft');
      const before = w.choices.pick([
        '{}',
        literal(properties.map(([property]) => [property, '7'])),
      ]);
      w.local(`const ${name} = { part: ${before} };`);
      for (const [property, value] of properties) w.local(`${name}.part.${property} = ${value};`);
      return w.choices.pick([`${name}.part`, `{ ...${name}.part }`]);
    },
  },
  {
    form: 'object that is changed by another name',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const [name, same] = [w.name('made'), w.name('same')];
      w.local(`const ${name} = ${literal(properties.map(([property]) => [property, '7']))};`);
      w.local(`const ${same} = ${name};`);
      for (const [property, value] of properties) w.local(`${same}.${property} = ${value};`);
      return w.choices.pick([name, same]);
    },
  },
  {
    form: 'object that a function fills',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const { names } = parameters(properties);
      const [fill, name] = [w.name('fill'), w.name('made')];
      const sets = properties.map(([property], index) => `made.${property} = p${index};`).join(' ');
      w.atTop(() => {
        w.declare(`function ${fill}(made, ${names}) { ${sets} return true; }`);
      });
      w.local(`const ${name} = {};`);
      const values = properties.map(([, value]) => value);
      const call = `${fill}(${[name, ...values].join(', ')})`;
      w.local(w.choices.pick([`${call};`, `if (!${call}) throw new Error();`]));
      return name;
    },
  },
  {
    form: 'object in a field that a method changes',
    isLocal: true,
    write(w, properties) {
      const { names, values } = parameters(properties);
      const name = w.name('Draft');
      const sets = properties
        .map(([property], index) => `this.part.${property} = p${index};`)
        .join(' ');
      w.atTop(() => {
        w.declare(`class ${name} { part = {}; fill(${names}) { ${sets} return this; } }`);
      });
      return `new ${name}().fill(${values}).part`;
    },
  },
  {
    form: 'constant object',
    isLocal: true,
    isStatements: true,
    write(w, properties) {
      const name = w.name('made');
      w.local(`const ${name} = ${literal(properties)};`);
      return w.choices.pick([name, `{ ...${name} }`]);
    },
  },
  {
    form: 'closed object',
    write(w, properties) {
      const text = literal(properties);
      // An `await` cannot stand in any function.
      const isClosed = !/\blocal\d/u.test(text);
      return text.includes('await ') ? text : carried(w, () => text, MAX_CARRIERS, isClosed, false);
    },
  },
];

function object(w: Writer, properties: Properties, isClosed: boolean): string {
  const fitting = OBJECTS.filter(
    ({ isLocal, isStatements }) =>
      (isClosed || isLocal === true) && (w.isLocal || isStatements !== true),
  );
  const { form, write } = w.choices.pick(fitting);
  w.form(form);
  return write(w, properties);
}

/** What a token is told of its times, as expressions. */
interface Times {
  readonly life: string;
  /** `iat` and what says when it begins. */
  readonly others: Properties;
  readonly starts: Properties;
}

/** An expression that mints a token, in a function. */
function minted(
  w: Writer,
  library: Library,
  { life, others, starts }: Times,
  isClosed: boolean,
  key: string,
): string {
  const own: Properties = [[library.property, life]];
  const claims: Properties = [['user_id', "'u'"], ...others, ...(library.isClaim ? own : [])];
  const all = library.isClaim ? claims : [...own, ...starts];
  const given = library.isClaim && starts.length > 0 ? [...all, ...starts] : all;
  if (library.isClaim) return library.mint(w, object(w, given, isClosed), null, key);
  const payload = object(w, claims, isClosed);
  const options = library.property === ARGUMENT ? life : object(w, all, isClosed);
  return library.mint(w, payload, options, key);
}

function timesOf(w: Writer, library: Library): Properties {
  switch (w.choices.int(12)) {
    case 10:
      w.form('iat before now');
      return [['iat', `Math.floor(Date.now() / 1000) - ${w.choices.pick([30, 240])}`]];
    case 11:
      w.form('iat of now');
      return [['iat', value(w, 'time', 0, 0)]];
    default:
      return library.property === ARGUMENT && w.choices.once(12)
        ? [['iat', 'Math.floor(Date.now() / 1000)']]
        : [];
  }
}

function startsOf(w: Writer, { start }: Library): Properties {
  if (start === null || !w.choices.once(8)) return [];
  w.form('a start in the future');
  const kind = w.choices.pick(start.kinds);
  return [[start.property, value(w, kind, w.choices.pick([60, 30, 600]), 1)]];
}

/** The signing key, as an argument. */
function keyOf(w: Writer): string {
  return w.choices.pick([
    (): string => KEY,
    (): string => w.atTop(() => w.constant('KEY', KEY)),
    (): string => {
      const name = w.name('secret');
      w.atTop(() => {
        w.declare(`function ${name}() { return ${KEY}; }`);
      });
      return `${name}()`;
    },
    (): string => `(process.env.INTERCOM_SECRET ?? ${KEY})`,
  ])();
}

/** A function that mints, and how it is called with a life. */
type Shape = (w: Writer, library: Library) => (life: () => string) => string;

/** Writes the function `name` with these parameters, and what it mints of `life`. */
function minter(
  w: Writer,
  library: Library,
  head: (body: string) => string,
  life: string,
  key = KEY,
): void {
  const others = w.concise(false, () => timesOf(w, library));
  const starts = w.concise(false, () => startsOf(w, library));
  w.atTop(() => {
    const body = w.body(false, () => minted(w, library, { life, others, starts }, false, key));
    w.declare(head(body));
  });
}

interface NamedShape {
  readonly form: string;
  readonly shape: Shape;
}

const SHAPES: readonly NamedShape[] = [
  {
    form: 'helper with the life as a parameter',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `function ${name}(id, life) { ${body} }`, 'life');
      return (life) => `${name}('u', ${life()})`;
    },
  },
  {
    form: 'helper with the key and the life as parameters',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `const ${name} = (key, life) => { ${body} };`, 'life', 'key');
      return (life) => `${name}(${keyOf(w)}, ${life()})`;
    },
  },
  {
    form: 'helper with named parameters',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `function ${name}({ id, life }) { ${body} }`, 'life');
      return (life) => `${name}({ id: 'u', life: ${life()} })`;
    },
  },
  {
    form: 'helper with an object as a parameter',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `function ${name}(options) { ${body} }`, 'options.life');
      return (life) => `${name}(${object(w, [['life', life()]], true)})`;
    },
  },
  {
    form: 'helper with a default',
    shape(w, library) {
      const name = w.name('mint');
      const usual = w.atTop(() => w.concise(false, () => value(w, w.choices.pick(library.kinds))));
      minter(w, library, (body) => `function ${name}(id, life = ${usual}) { ${body} }`, 'life');
      return (life) =>
        w.choices.pick([
          (): string => `${name}('u')`,
          (): string => `${name}('u', ${life()})`,
          (): string => `${name}('u', undefined)`,
        ])();
    },
  },
  {
    form: 'helper with rest parameters',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `function ${name}(...[id, life]) { ${body} }`, 'life');
      return (life) => `${name}('u', ${life()})`;
    },
  },
  {
    form: 'helper that is given a spread',
    shape(w, library) {
      const name = w.name('mint');
      minter(w, library, (body) => `function ${name}(id, life) { ${body} }`, 'life');
      return (life) => `${name}(...['u', ${life()}])`;
    },
  },
  {
    form: 'helper that calls a helper',
    shape(w, library) {
      const [inner, outer] = [w.name('mint'), w.name('mint')];
      minter(w, library, (body) => `function ${inner}(id, life) { ${body} }`, 'life');
      w.atTop(() => {
        w.declare(`const ${outer} = (life) => ${inner}('u', life);`);
      });
      return (life) => `${outer}(${life()})`;
    },
  },
  {
    form: 'closure that mints',
    shape(w, library) {
      const name = w.name('minter');
      minter(w, library, (body) => `const ${name} = (life) => () => { ${body} };`, 'life');
      return (life) => `${name}(${life()})()`;
    },
  },
  {
    form: 'closure that mints, with a name',
    shape(w, library) {
      const [name, made] = [w.name('minter'), w.name('made')];
      minter(
        w,
        library,
        (body) => `const ${name} = (key) => (life) => { ${body} };`,
        'life',
        'key',
      );
      w.atTop(() => {
        w.declare(`const ${made} = ${name}(${keyOf(w)});`);
      });
      return (life) => `${made}(${life()})`;
    },
  },
  {
    form: 'closures that mint, each with a life',
    shape(w, library) {
      const name = w.name('minter');
      minter(
        w,
        library,
        (body) => `function ${name}(life) { return (id) => { ${body} }; }`,
        'life',
      );
      return (life) => {
        const made = w.name('made');
        const text = w.atTop(() => w.concise(false, life));
        w.atTop(() => {
          w.declare(`const ${made} = ${name}(${text});`);
        });
        return `${made}('u')`;
      };
    },
  },
  {
    form: 'object of functions that mint',
    shape(w, library) {
      const [name, made] = [w.name('minters'), w.name('made')];
      const head = w.choices.pick([
        (body: string): string =>
          `function ${name}(key) { return { mint: (life) => { ${body} }, other: () => 1 }; }`,
        (body: string): string =>
          `const ${name} = (key) => { function mint(life) { ${body} } return { mint, other: 1 }; };`,
      ]);
      minter(w, library, head, 'life', 'key');
      const [text, callee] = w.choices.pick([
        [`const ${made} = ${name}(${keyOf(w)});`, `${made}.mint`],
        [`const { mint: ${made} } = ${name}(${keyOf(w)});`, made],
      ]);
      w.atTop(() => {
        w.declare(text);
      });
      return (life) => `${callee}(${life()})`;
    },
  },
  {
    form: 'class with the life in a field',
    shape(w, library) {
      const name = w.name('Minter');
      minter(
        w,
        library,
        (body) => `class ${name} { constructor(life) { this.life = life; } mint() { ${body} } }`,
        'this.life',
      );
      return (life) => `new ${name}(${life()}).mint()`;
    },
  },
  {
    form: 'static method that mints',
    shape(w, library) {
      const name = w.name('Minter');
      minter(w, library, (body) => `class ${name} { static mint(life) { ${body} } }`, 'life');
      return (life) => `${name}.mint(${life()})`;
    },
  },
  {
    form: 'helper that chooses',
    shape(w, library) {
      const name = w.name('mint');
      const other = w.atTop(() => w.concise(false, () => value(w, w.choices.pick(library.kinds))));
      minter(
        w,
        library,
        (body) => `function ${name}(isShort, life) { ${body} }`,
        `(isShort ? life : ${other})`,
      );
      return (life) => `${name}(${w.choices.pick(['true', 'false', 'flip()'])}, ${life()})`;
    },
  },
];

/** A function that mints, in a module of its own. */
function imported(
  w: Writer,
  library: Library,
  head: (body: string) => string,
  life: string,
  key = KEY,
): string {
  const from = w.module('mint', () =>
    w.concise(false, () => {
      const others = timesOf(w, library);
      const starts = startsOf(w, library);
      const times: Times = { life, others, starts };
      return head(w.body(false, () => minted(w, library, times, false, key)));
    }),
  );
  return w.import(from, 'mint', w.name('mint'));
}

const IMPORTED: readonly NamedShape[] = [
  {
    form: 'imported helper with the life as a parameter',
    shape(w, library) {
      const name = imported(w, library, (body) => `(id, life) => { ${body} }`, 'life');
      return (life) => `${name}('u', ${life()})`;
    },
  },
  {
    form: 'imported helper with the key and the life as parameters',
    shape(w, library) {
      const name = imported(w, library, (body) => `(key, life) => { ${body} }`, 'life', 'key');
      return (life) => `${name}(${keyOf(w)}, ${life()})`;
    },
  },
  {
    form: 'imported helper with an object as a parameter',
    shape(w, library) {
      const name = imported(w, library, (body) => `(options) => { ${body} }`, 'options.life');
      return (life) => `${name}(${object(w, [['life', life()]], true)})`;
    },
  },
  {
    form: 'imported helper behind a helper',
    shape(w, library) {
      const inner = imported(w, library, (body) => `(life, id) => { ${body} }`, 'life');
      const name = w.name('mint');
      w.atTop(() => {
        w.declare(`function ${name}(id, life) { return ${inner}(life, id); }`);
      });
      return (life) => `${name}('u', ${life()})`;
    },
  },
  {
    form: 'imported helper behind another module',
    shape(w, library) {
      const from = w.module('issue', () => {
        const inner = imported(w, library, (body) => `(id, life) => { ${body} }`, 'life');
        return `(life) => ${inner}('u', life)`;
      });
      const name = w.import(from, 'issue', w.name('issue'));
      return (life) => `${name}(${life()})`;
    },
  },
  {
    form: 'static method of an imported class',
    shape(w, library) {
      const name = imported(
        w,
        library,
        (body) => `class { static mint(life) { ${body} } }`,
        'life',
      );
      return (life) => `${name}.mint(${life()})`;
    },
  },
  {
    form: 'imported class with the life in a field',
    shape(w, library) {
      const name = imported(
        w,
        library,
        (body) => `class { constructor(life) { this.life = life; } mint() { ${body} } }`,
        'this.life',
      );
      return (life) => `new ${name}(${life()}).mint()`;
    },
  },
];

/** What is set up in one place, and signs in another. */
interface Setup {
  readonly form: string;
  readonly kinds: readonly Kind[];
  readonly write: (w: Writer, life: () => string) => string;
  /** An expression that is the token. */
  readonly sign: (signer: string, claims: string) => string;
}

const SETUPS: readonly Setup[] = [
  {
    form: 'fast-jwt',
    kinds: ['milliseconds', 'text'],
    write: (w, life) =>
      `${w.import('fast-jwt', 'createSigner')}({ key: ${KEY}, expiresIn: ${life()} })`,
    sign: (signer, claims) => `${signer}(${claims})`,
  },
  {
    form: '@nestjs/jwt',
    kinds: SPAN,
    write: (w, life) =>
      `new ${w.import('@nestjs/jwt', 'JwtService')}({ secret: ${KEY}, signOptions: { expiresIn: ${life()} } })`,
    sign: (signer, claims) => `${signer}.sign(${claims})`,
  },
  {
    form: '@nestjs/jwt, extended',
    kinds: SPAN,
    write(w, life) {
      const service = w.import('@nestjs/jwt', 'JwtService');
      // A constructor waits for nothing.
      const expiresIn = w.concise(false, life);
      return `new (class extends ${service} { constructor() { super({ secret: ${KEY}, signOptions: { expiresIn: ${expiresIn} } }); } })()`;
    },
    sign: (signer, claims) => `${signer}.sign(${claims})`,
  },
];

/** Writes a program in which what mints is set up in one module, or out of sight of the mint. */
function writeSetup(w: Writer): void {
  const { form, kinds, write, sign } = w.choices.pick(SETUPS);
  w.form(`set up, ${form}`);
  const claims = "{ user_id: 'u' }";
  const setup = (): string => write(w, () => value(w, w.choices.pick(kinds)));
  w.choices.pick([
    (): void => {
      w.form('set up in another module');
      const signer = w.import(w.module('signer', setup), 'signer', w.name('signer'));
      addEntry(w, () => sign(signer, claims));
    },
    (): void => {
      w.form('set up in another module, signing in a third');
      const from = w.module('sign', () => {
        const signer = w.import(w.module('signer', setup), 'signer', w.name('signer'));
        return `(id) => ${sign(signer, '{ user_id: id }')}`;
      });
      const name = w.import(from, 'sign', w.name('sign'));
      addEntry(w, () => `${name}('u')`);
    },
    (): void => {
      w.form('set up, with the mint out of sight');
      const signer = w.atTop(() => w.constant('signer', setup()));
      addEntry(w, () => sign(`[${signer}].filter(() => true)[0]`, claims));
    },
  ])();
}

/** Writes a program with one place that mints. */
export function writeProgram(w: Writer): void {
  if (w.choices.int(10) === 9) {
    writeSetup(w);
    return;
  }
  const library = w.choices.pick(LIBRARIES);
  w.form(library.form);
  const life = (): string => value(w, w.choices.pick(library.kinds));
  if (w.choices.int(3) === 0) {
    w.form('in place');
    addEntry(w, () =>
      minted(
        w,
        library,
        { life: life(), others: timesOf(w, library), starts: startsOf(w, library) },
        true,
        keyOf(w),
      ),
    );
    return;
  }
  const { form, shape } = w.choices.pick(w.choices.int(4) === 3 ? IMPORTED : SHAPES);
  w.form(form);
  const call = shape(w, library);
  const count = 1 + w.choices.int(3);
  for (let index = 0; index < count; index++) addEntry(w, () => call(life));
}

function addEntry(w: Writer, write: () => string): void {
  const name = `entry${w.entries.length}`;
  const body = w.body(true, write);
  w.entries.push({ name, text: `async function ${name}() { ${body} }` });
}
