import { describe } from 'vitest';

import rule from '../../rules/no-floating-set-user-jwt.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const STRICT = [{ allowVoid: false, allowCatch: false }];

/** Twins in the body of an async function, so that `await` is all that is suggested. */
function inAsync(twins: Omit<Twins, 'messageId'> & { readonly messageId?: string }): Twins {
  const wrap = (body: string): string => `async function refresh(jwt) { ${body} }`;
  return {
    messageId: 'floating',
    ...twins,
    faulty: wrap(twins.faulty),
    correct: wrap(twins.correct),
    suggestions: (twins.suggestions ?? []).map((one) => one && [one[0], wrap(one[1])]),
  };
}

/** Twins whose faulty program has nothing to suggest. */
function withoutSuggestion(name: string, faulty: string, correct: string): Twins {
  return { name, faulty, correct, messageId: 'floating' };
}

describe('what is dropped', () => {
  testTwins('no-floating-set-user-jwt', rule, [
    inAsync({
      name: 'a call as a statement',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧;',
      data: { method: 'setUserJwt' },
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt);']],
      correct: 'await Intercom.setUserJwt(jwt);',
    }),
    inAsync({
      name: 'a chain that only says what comes next',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.then(() => Intercom.present());',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).then(() => Intercom.present());']],
      correct: 'return Intercom.setUserJwt(jwt).then(() => Intercom.present());',
    }),
    inAsync({
      name: '`finally`, which handles no rejection',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.finally(done);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).finally(done);']],
      correct: 'Intercom.setUserJwt(jwt).catch(report).finally(done);',
    }),
    inAsync({
      name: 'a handler that is not the last of its chain',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.catch(report).then(done);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).catch(report).then(done);']],
      correct: 'Intercom.setUserJwt(jwt).then(done).catch(report);',
    }),
    inAsync({
      name: '`catch` with nothing that could handle a rejection',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.catch(undefined);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).catch(undefined);']],
      correct: 'Intercom.setUserJwt(jwt).catch(report);',
    }),
    inAsync({
      name: '`then` with a null in place of the second handler',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.then(done, null);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).then(done, null);']],
      correct: 'Intercom.setUserJwt(jwt).then(done, report);',
    }),
    inAsync({
      name: 'an expression before a comma',
      faulty: 'return (⟦Intercom.setUserJwt(jwt)⟧, jwt);',
      suggestions: [['addAwait', 'return (await Intercom.setUserJwt(jwt), jwt);']],
      correct: 'return (log(jwt), Intercom.setUserJwt(jwt));',
    }),
    inAsync({
      name: 'the last expression of a dropped comma',
      faulty: 'log(jwt), ⟦Intercom.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'log(jwt), await Intercom.setUserJwt(jwt);']],
      correct: 'log(jwt), await Intercom.setUserJwt(jwt);',
    }),
    inAsync({
      name: 'the branches of a dropped conditional',
      faulty: 'jwt ? ⟦Intercom.setUserJwt(jwt)⟧ : ⟦Intercom.setUserJwt(other)⟧;',
      suggestions: [
        ['addAwait', 'jwt ? await Intercom.setUserJwt(jwt) : Intercom.setUserJwt(other);'],
        ['addAwait', 'jwt ? Intercom.setUserJwt(jwt) : await Intercom.setUserJwt(other);'],
      ],
      correct: 'await (jwt ? Intercom.setUserJwt(jwt) : Intercom.setUserJwt(other));',
    }),
    inAsync({
      name: 'the right side of a dropped `&&`',
      faulty: 'jwt && ⟦Intercom.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'jwt && await Intercom.setUserJwt(jwt);']],
      correct: 'jwt && (await Intercom.setUserJwt(jwt));',
    }),
    inAsync({
      name: 'the left side of a dropped `||`',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧ || log(jwt);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt) || log(jwt);']],
      correct: 'await (Intercom.setUserJwt(jwt) || log(jwt));',
    }),
    inAsync({
      name: 'an optional chain',
      faulty: '⟦Intercom?.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'await Intercom?.setUserJwt(jwt);']],
      correct: 'await Intercom?.setUserJwt(jwt);',
    }),
    inAsync({
      name: 'a computed method',
      faulty: "⟦Intercom['setUserJwt'](jwt)⟧;",
      suggestions: [['addAwait', "await Intercom['setUserJwt'](jwt);"]],
      correct: "await Intercom['setUserJwt'](jwt);",
    }),
    inAsync({
      name: 'the update of a loop',
      faulty: 'for (; jwt; ⟦Intercom.setUserJwt(jwt)⟧) jwt = await next();',
      suggestions: [
        ['addAwait', 'for (; jwt; await Intercom.setUserJwt(jwt)) jwt = await next();'],
      ],
      correct: 'for (; jwt; await Intercom.setUserJwt(jwt)) jwt = await next();',
    }),
    inAsync({
      name: 'a cast',
      faulty: '(⟦Intercom.setUserJwt(jwt)⟧ as Promise<unknown>);',
      suggestions: [['addAwait', '(await Intercom.setUserJwt(jwt) as Promise<unknown>);']],
      correct: '(await (Intercom.setUserJwt(jwt) as Promise<unknown>));',
      typescript: true,
    }),
    {
      name: 'the block of a callback',
      faulty: 'export const onLogin = (jwt) => { ⟦Intercom.setUserJwt(jwt)⟧; };',
      messageId: 'floating',
      suggestions: [
        [
          'addAwaitAndAsync',
          'export const onLogin = async (jwt) => { await Intercom.setUserJwt(jwt); };',
        ],
      ],
      correct: 'export const onLogin = (jwt) => Intercom.setUserJwt(jwt);',
    },
    {
      name: 'a JSX handler with a block, beside one that returns the promise',
      faulty: 'const a = <Row onPress={(jwt) => { ⟦Intercom.setUserJwt(jwt)⟧; }} />;',
      messageId: 'floating',
      suggestions: [
        [
          'addAwaitAndAsync',
          'const a = <Row onPress={async (jwt) => { await Intercom.setUserJwt(jwt); }} />;',
        ],
      ],
      correct: 'const a = <Row onPress={(jwt) => Intercom.setUserJwt(jwt)} />;',
    },
    {
      name: 'the top level of a module',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floating',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt);']],
      correct: 'await Intercom.setUserJwt(jwt);',
    },
    {
      ...withoutSuggestion(
        'the top level of a script, which cannot wait',
        '⟦Intercom.setUserJwt(jwt)⟧;',
        'Intercom.setUserJwt(jwt).catch(report);',
      ),
      sourceType: 'script',
    },
  ]);
});

describe('a call whose promise another promise or an array carries on', () => {
  testTwins('no-floating-set-user-jwt', rule, [
    inAsync({
      name: 'an element of a dropped `Promise.all`',
      faulty: 'Promise.all([⟦Intercom.setUserJwt(jwt)⟧, warmUp()]);',
      suggestions: [['addAwait', 'await Promise.all([Intercom.setUserJwt(jwt), warmUp()]);']],
      correct: 'await Promise.all([Intercom.setUserJwt(jwt), warmUp()]);',
    }),
    inAsync({
      name: 'an element of a dropped `Promise.race` behind `then`',
      faulty: 'Promise.race([⟦Intercom.setUserJwt(jwt)⟧, timeout()]).then(done);',
      suggestions: [
        ['addAwait', 'await Promise.race([Intercom.setUserJwt(jwt), timeout()]).then(done);'],
      ],
      correct: 'Promise.race([Intercom.setUserJwt(jwt), timeout()]).then(done, report);',
    }),
    inAsync({
      name: 'a dropped `Promise.resolve`',
      faulty: 'Promise.resolve(⟦Intercom.setUserJwt(jwt)⟧);',
      suggestions: [['addAwait', 'await Promise.resolve(Intercom.setUserJwt(jwt));']],
      correct: 'await Promise.resolve(Intercom.setUserJwt(jwt));',
    }),
    inAsync({
      name: 'an element of a dropped array',
      faulty: '[⟦Intercom.setUserJwt(jwt)⟧, warmUp()];',
      suggestions: [['addAwait', '[await Intercom.setUserJwt(jwt), warmUp()];']],
      correct: 'return [Intercom.setUserJwt(jwt), warmUp()];',
    }),
    inAsync({
      name: 'an element of an array that is awaited itself',
      faulty: 'await [⟦Intercom.setUserJwt(jwt)⟧];',
      suggestions: [['addAwait', 'await [await Intercom.setUserJwt(jwt)];']],
      correct: 'await Promise.all([Intercom.setUserJwt(jwt)]);',
    }),
    withoutSuggestion(
      'the results of a dropped `map`',
      'async function all(jwts) { jwts.map((jwt) => ⟦Intercom.setUserJwt(jwt)⟧); }',
      'async function all(jwts) { await Promise.all(jwts.map((jwt) => Intercom.setUserJwt(jwt))); }',
    ),
    inAsync({
      name: 'what the callback of a dropped `then` returns',
      faulty: 'fetchJwt().then((fetched) => ⟦Intercom.setUserJwt(fetched)⟧);',
      suggestions: [
        ['addAwait', 'await fetchJwt().then((fetched) => Intercom.setUserJwt(fetched));'],
      ],
      correct: 'await fetchJwt().then((fetched) => Intercom.setUserJwt(fetched));',
    }),
    inAsync({
      name: 'what the block of a dropped `then` returns',
      faulty: 'fetchJwt().then(function (fetched) { return ⟦Intercom.setUserJwt(fetched)⟧; });',
      suggestions: [
        [
          'addAwait',
          'await fetchJwt().then(function (fetched) { return Intercom.setUserJwt(fetched); });',
        ],
      ],
      correct:
        'fetchJwt().then(function (fetched) { return Intercom.setUserJwt(fetched); }).catch(report);',
    }),
    inAsync({
      name: 'a callback that handles its own rejection',
      faulty: 'fetchJwt().then((fetched) => ⟦Intercom.setUserJwt(fetched)⟧.then(done));',
      suggestions: [
        [
          'addAwait',
          'await fetchJwt().then((fetched) => Intercom.setUserJwt(fetched).then(done));',
        ],
      ],
      correct: 'fetchJwt().then((fetched) => Intercom.setUserJwt(fetched).catch(report));',
    }),
    inAsync({
      name: 'what a function called on the spot returns',
      faulty: '(() => ⟦Intercom.setUserJwt(jwt)⟧)();',
      suggestions: [['addAwait', 'await (() => Intercom.setUserJwt(jwt))();']],
      correct: 'await (() => Intercom.setUserJwt(jwt))();',
    }),
    inAsync({
      name: 'a call that an async function on the spot drops, beside one that it awaits',
      faulty: '(async () => { ⟦Intercom.setUserJwt(jwt)⟧; })();',
      suggestions: [['addAwait', '(async () => { await Intercom.setUserJwt(jwt); })();']],
      correct: '(async () => { await Intercom.setUserJwt(jwt); })();',
    }),
    withoutSuggestion(
      'a generator called on the spot, which returns the promise to whoever runs it',
      'function* saga(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; }',
      '(function* saga(jwt) { return Intercom.setUserJwt(jwt); })();',
    ),
  ]);
});

describe('a promise in a variable', () => {
  const inVariable = (name: string, faulty: string, awaited: string, correct: string): Twins =>
    inAsync({
      name,
      faulty,
      messageId: 'floatingVariable',
      data: { method: 'setUserJwt', variable: 'pending' },
      suggestions: [['addAwait', awaited]],
      correct,
    });
  testTwins('no-floating-set-user-jwt', rule, [
    inVariable(
      'a constant that is never read',
      'const pending = ⟦Intercom.setUserJwt(jwt)⟧;',
      'const pending = await Intercom.setUserJwt(jwt);',
      'const pending = Intercom.setUserJwt(jwt); warmUp(); await pending;',
    ),
    inVariable(
      'an assignment that is never read',
      'let pending; pending = ⟦Intercom.setUserJwt(jwt)⟧;',
      'let pending; pending = await Intercom.setUserJwt(jwt);',
      'let pending; await (pending = Intercom.setUserJwt(jwt));',
    ),
    inVariable(
      'one that is read to be dropped',
      'const pending = ⟦Intercom.setUserJwt(jwt)⟧; pending.then(done);',
      'const pending = Intercom.setUserJwt(jwt); await pending.then(done);',
      'const pending = Intercom.setUserJwt(jwt); pending.then(done, report);',
    ),
    inVariable(
      'one that goes into another, which is never read',
      'const pending = ⟦Intercom.setUserJwt(jwt)⟧; const second = pending;',
      'const pending = Intercom.setUserJwt(jwt); const second = await pending;',
      'const pending = Intercom.setUserJwt(jwt); const second = pending; await second;',
    ),
    inVariable(
      'an array that nothing waits for',
      'const pending = [⟦Intercom.setUserJwt(jwt)⟧, warmUp()];',
      'const pending = [await Intercom.setUserJwt(jwt), warmUp()];',
      'const pending = [Intercom.setUserJwt(jwt), warmUp()]; await Promise.all(pending);',
    ),
    {
      name: 'a variable of the module, beside one that is exported',
      faulty: 'const pending = ⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floatingVariable',
      suggestions: [['addAwait', 'const pending = await Intercom.setUserJwt(jwt);']],
      correct: 'export const pending = Intercom.setUserJwt(jwt);',
    },
    {
      name: 'a variable of the module, beside one that is exported by name',
      faulty: 'const pending = ⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floatingVariable',
      suggestions: [['addAwait', 'const pending = await Intercom.setUserJwt(jwt);']],
      correct: 'const pending = Intercom.setUserJwt(jwt); export { pending };',
    },
    {
      name: 'a variable of the module that is given one later, beside one that is exported',
      faulty: 'let pending; pending = ⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floatingVariable',
      suggestions: [['addAwait', 'let pending; pending = await Intercom.setUserJwt(jwt);']],
      correct: 'export let pending; pending = Intercom.setUserJwt(jwt);',
    },
    withoutSuggestion(
      'a queue, in which the next one waits for this one',
      'let queue = start(); function* add(jwt) { queue.then(() => ⟦Intercom.setUserJwt(jwt)⟧); }',
      'let queue = start(); function* add(jwt) { queue = queue.then(() => Intercom.setUserJwt(jwt)); }',
    ),
    inAsync({
      name: 'a property, which others may read',
      faulty: 'state.jwt = jwt; ⟦Intercom.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'state.jwt = jwt; await Intercom.setUserJwt(jwt);']],
      correct: 'state.pending = Intercom.setUserJwt(jwt);',
    }),
  ]);
});

describe('what is handed on', () => {
  const handedOn = (name: string, correct: string): Twins =>
    inAsync({
      name,
      faulty: '⟦Intercom.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt);']],
      correct,
    });
  testTwins('no-floating-set-user-jwt', rule, [
    handedOn('to a caller', 'return Intercom.setUserJwt(jwt);'),
    handedOn('to another function', 'track(Intercom.setUserJwt(jwt));'),
    handedOn('to a function that takes an array', 'settle([Intercom.setUserJwt(jwt)]);'),
    handedOn('as a property', 'return { jwt, pending: Intercom.setUserJwt(jwt) };'),
    handedOn('by a callback', 'await safe(() => Intercom.setUserJwt(jwt));'),
    handedOn(
      'by a callback to a function of which nothing is known',
      'later(() => Intercom.setUserJwt(jwt));',
    ),
    handedOn('by a generator', 'function* saga() { yield Intercom.setUserJwt(jwt); }'),
    handedOn('as a reference to the method, which is no call', 'Intercom.setUserJwt;'),
    handedOn('to a test', 'if (Intercom.setUserJwt(jwt)) log(jwt);'),
    handedOn(
      'to a `Promise` of the file',
      'const Promise = own(); Promise.all([Intercom.setUserJwt(jwt)]);',
    ),
  ]);
});

describe('option `allowVoid`', () => {
  testTwins('no-floating-set-user-jwt', rule, [
    inAsync({
      name: 'by default `void` says that it is on purpose',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt);']],
      correct: 'void Intercom.setUserJwt(jwt);',
    }),
    inAsync({
      name: 'where it is false, `void` drops the promise',
      options: [{ allowVoid: false }],
      faulty: 'void ⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floatingVoid',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt);']],
      correct: 'void Intercom.setUserJwt(jwt).catch(report);',
    }),
    inAsync({
      name: 'where it is false, `void` drops a chain',
      options: STRICT,
      faulty: 'void ⟦Intercom.setUserJwt(jwt)⟧.then(done);',
      messageId: 'floatingVoid',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).then(done);']],
      correct: 'await Intercom.setUserJwt(jwt).then(done);',
    }),
    {
      name: 'where it is false, an arrow function with `void` returns nothing',
      options: [{ allowVoid: false }],
      faulty: 'export const onLogin = (jwt) => void ⟦Intercom.setUserJwt(jwt)⟧;',
      messageId: 'floatingVoid',
      suggestions: [
        [
          'addAwaitAndAsync',
          'export const onLogin = async (jwt) => await Intercom.setUserJwt(jwt);',
        ],
      ],
      correct: 'export const onLogin = (jwt) => Intercom.setUserJwt(jwt);',
    },
    inAsync({
      name: 'where it is false, a variable that is only read behind `void` is lost',
      options: [{ allowVoid: false }],
      faulty: 'const pending = ⟦Intercom.setUserJwt(jwt)⟧; void pending;',
      messageId: 'floatingVoid',
      suggestions: [['addAwait', 'const pending = Intercom.setUserJwt(jwt); await pending;']],
      correct: 'const pending = Intercom.setUserJwt(jwt); await pending;',
    }),
  ]);
});

describe('option `allowCatch`', () => {
  testTwins('no-floating-set-user-jwt', rule, [
    inAsync({
      name: 'by default a handler says that it is on purpose',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.then(done);',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).then(done);']],
      correct: 'Intercom.setUserJwt(jwt).then(done, () => undefined);',
    }),
    inAsync({
      name: 'where it is false, `catch` waits for nothing',
      options: [{ allowCatch: false }],
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.catch(report);',
      messageId: 'floatingCatch',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt).catch(report);']],
      correct: 'await Intercom.setUserJwt(jwt).catch(report);',
    }),
    inAsync({
      name: 'where it is false, the second argument of `then` waits for nothing',
      options: [{ allowCatch: false }],
      faulty: '⟦Intercom.setUserJwt(jwt)⟧.then(done, report).finally(close);',
      messageId: 'floatingCatch',
      suggestions: [
        ['addAwait', 'await Intercom.setUserJwt(jwt).then(done, report).finally(close);'],
      ],
      correct: 'void Intercom.setUserJwt(jwt).then(done, report).finally(close);',
    }),
    {
      name: 'where it is false, a promise that is resolved by it is waited for in its place',
      options: [{ allowCatch: false }],
      faulty:
        'export const set = (jwt) => new Promise(function* (go, reject) { ⟦Intercom.setUserJwt(jwt)⟧.then(reject).catch(reject); });',
      messageId: 'floatingCatch',
      correct:
        'export const set = (jwt) => new Promise(function* (go, reject) { Intercom.setUserJwt(jwt).then(go).catch(reject); });',
    },
  ]);
});

describe('suggestions in a function that is not async', () => {
  const madeAsync = (name: string, faulty: string, output: string): Twins => ({
    name,
    faulty,
    messageId: 'floating',
    suggestions: [['addAwaitAndAsync', output]],
    correct: output,
  });
  testTwins('no-floating-set-user-jwt', rule, [
    madeAsync(
      'a declaration',
      'export default function set(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; }',
      'export default async function set(jwt) { await Intercom.setUserJwt(jwt); }',
    ),
    madeAsync(
      'a function expression',
      'register(function (jwt) { ⟦Intercom.setUserJwt(jwt)⟧; });',
      'register(async function (jwt) { await Intercom.setUserJwt(jwt); });',
    ),
    madeAsync(
      'an arrow function without parentheses',
      'register(jwt => { ⟦Intercom.setUserJwt(jwt)⟧; });',
      'register(async jwt => { await Intercom.setUserJwt(jwt); });',
    ),
    madeAsync(
      'a method of an object',
      'export const api = { set(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; } };',
      'export const api = { async set(jwt) { await Intercom.setUserJwt(jwt); } };',
    ),
    madeAsync(
      'a function in a property',
      'export const api = { set: (jwt) => { ⟦Intercom.setUserJwt(jwt)⟧; } };',
      'export const api = { set: async (jwt) => { await Intercom.setUserJwt(jwt); } };',
    ),
    madeAsync(
      'a static method with a computed name',
      'class Api { static [name](jwt) { ⟦Intercom.setUserJwt(jwt)⟧; } }',
      'class Api { static async [name](jwt) { await Intercom.setUserJwt(jwt); } }',
    ),
    {
      ...madeAsync(
        'a method with modifiers and a result type',
        'class Api { public static set(jwt: string): void { ⟦Intercom.setUserJwt(jwt)⟧; } }',
        'class Api { public static async set(jwt: string): Promise<void> { await Intercom.setUserJwt(jwt); } }',
      ),
      typescript: true,
    },
    {
      ...madeAsync(
        'a generic arrow function that returns a promise already',
        'const set = <T,>(jwt: T): Promise<T> => { ⟦Intercom.setUserJwt(jwt)⟧; return next(jwt); };',
        'const set = async <T,>(jwt: T): Promise<T> => { await Intercom.setUserJwt(jwt); return next(jwt); };',
      ),
      typescript: true,
    },
    {
      ...withoutSuggestion(
        'none where the result type tells of an argument',
        'function isSet(jwt: unknown): jwt is string { ⟦Intercom.setUserJwt(jwt)⟧; return true; }',
        'function isSet(jwt: unknown): jwt is string { void Intercom.setUserJwt(jwt); return true; }',
      ),
      typescript: true,
    },
    withoutSuggestion(
      'none in a constructor',
      'class Api { constructor(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; } }',
      'class Api { constructor(jwt) { this.pending = Intercom.setUserJwt(jwt); } }',
    ),
    withoutSuggestion(
      'none in a setter of a class',
      'class Api { set jwt(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; } }',
      'class Api { set jwt(jwt) { this.pending = Intercom.setUserJwt(jwt); } }',
    ),
    withoutSuggestion(
      'none in a getter of an object',
      'const api = { get jwt() { ⟦Intercom.setUserJwt(jwt)⟧; return jwt; } };',
      'const api = { get jwt() { return Intercom.setUserJwt(jwt); } };',
    ),
    withoutSuggestion(
      'none in a generator',
      'function* saga(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; }',
      'function* saga(jwt) { yield Intercom.setUserJwt(jwt); }',
    ),
    withoutSuggestion(
      'none in a static block',
      'class Api { static { ⟦Intercom.setUserJwt(jwt)⟧; } }',
      'class Api { static { this.pending = Intercom.setUserJwt(jwt); } }',
    ),
    withoutSuggestion(
      'none in a field',
      'class Api { jwt = (⟦Intercom.setUserJwt(jwt)⟧, jwt); }',
      'class Api { pending = Intercom.setUserJwt(jwt); }',
    ),
    withoutSuggestion(
      'none in the default of a parameter, even of an async function',
      'async function set(jwt = (⟦Intercom.setUserJwt(stored)⟧, stored)) {}',
      'async function set(jwt = Intercom.setUserJwt(stored)) {}',
    ),
    withoutSuggestion(
      'none in the callback of an effect, which returns a clean-up function',
      'useEffect(() => { ⟦Intercom.setUserJwt(jwt)⟧; }, []);',
      'useEffect(() => { Intercom.setUserJwt(jwt).catch(report); }, []);',
    ),
    withoutSuggestion(
      'none in the callback of a navigation effect',
      'useFocusEffect(React.useCallback(() => { ⟦Intercom.setUserJwt(jwt)⟧; }, []));',
      'useFocusEffect(React.useCallback(() => { void Intercom.setUserJwt(jwt); }, []));',
    ),
    withoutSuggestion(
      'none in a component',
      'const Chat = memo(({ jwt }) => { ⟦Intercom.setUserJwt(jwt)⟧; return null; });',
      'const Chat = memo(({ jwt }) => { void Intercom.setUserJwt(jwt); return null; });',
    ),
    withoutSuggestion(
      'none in a hook',
      'function useChat(jwt) { ⟦Intercom.setUserJwt(jwt)⟧; return jwt; }',
      'function useChat(jwt) { void Intercom.setUserJwt(jwt); return jwt; }',
    ),
    {
      ...withoutSuggestion(
        'none in a namespace',
        'namespace Api { ⟦Intercom.setUserJwt(jwt)⟧; }',
        'namespace Api { export const pending = Intercom.setUserJwt(jwt); }',
      ),
      typescript: true,
    },
  ]);
});

describe('clients', () => {
  testTwins('no-floating-set-user-jwt', rule, [
    inAsync({
      name: 'other calls of the client may be dropped',
      faulty: '⟦Intercom.setUserJwt(jwt)⟧; Intercom.present();',
      suggestions: [['addAwait', 'await Intercom.setUserJwt(jwt); Intercom.present();']],
      correct: 'await Intercom.setUserJwt(jwt); Intercom.present();',
    }),
    inAsync({
      name: 'a method taken out of the client, beside a setter of that name',
      faulty: 'const { setUserJwt } = Intercom; ⟦setUserJwt(jwt)⟧;',
      suggestions: [['addAwait', 'const { setUserJwt } = Intercom; await setUserJwt(jwt);']],
      correct: 'const [, setUserJwt] = useState(); setUserJwt(jwt);',
    }),
    inAsync({
      name: 'a method that is called by `call`',
      faulty: '⟦Intercom.setUserJwt.call(Intercom, jwt)⟧;',
      suggestions: [['addAwait', 'await Intercom.setUserJwt.call(Intercom, jwt);']],
      correct: 'await Intercom.setUserJwt.call(Intercom, jwt);',
    }),
    {
      name: 'the package, and not a client of the settings that promises nothing',
      settings: {
        'intercom-jwt': {
          clients: [{ module: '@acme/intercom', methods: { setUserJwt: 'establish' } }],
        },
      },
      prologue: '',
      faulty: "import I from '@intercom/intercom-react-native'; ⟦I.setUserJwt(jwt)⟧;",
      messageId: 'floating',
      data: { method: 'setUserJwt' },
      suggestions: [
        ['addAwait', "import I from '@intercom/intercom-react-native'; await I.setUserJwt(jwt);"],
      ],
      correct: "import I from '@acme/intercom'; I.setUserJwt(jwt);",
    },
    {
      name: 'the package, and not a global of which nothing is known',
      prologue: '',
      faulty: "import Intercom from '@intercom/intercom-react-native'; ⟦Intercom.setUserJwt(jwt)⟧;",
      messageId: 'floating',
      data: { method: 'setUserJwt' },
      suggestions: [
        [
          'addAwait',
          "import Intercom from '@intercom/intercom-react-native'; await Intercom.setUserJwt(jwt);",
        ],
      ],
      correct: 'Intercom.setUserJwt(jwt);',
    },
    {
      name: 'a client of the settings',
      settings: {
        'intercom-jwt': {
          clients: [
            {
              module: '@acme/intercom',
              export: 'session',
              promises: true,
              methods: { setToken: 'establish', identify: 'login' },
            },
          ],
        },
      },
      faulty:
        "import { session } from '@acme/intercom'; export async function set(jwt) { ⟦session.setToken(jwt)⟧; }",
      messageId: 'floating',
      data: { method: 'setToken' },
      suggestions: [
        [
          'addAwait',
          "import { session } from '@acme/intercom'; export async function set(jwt) { await session.setToken(jwt); }",
        ],
      ],
      correct:
        "import { session } from '@acme/intercom'; export async function set(jwt) { session.identify(jwt); }",
    },
  ]);
});
