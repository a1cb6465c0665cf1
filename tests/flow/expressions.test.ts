/** The order in which expressions are evaluated, and what of them may be left out. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

describeTwins('short circuits', {
  '&& may leave out its right side': {
    faulty: `
      c() && (await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      (await Intercom.setUserJwt(t), c()) && f();
      await Intercom.present();`,
  },
  '|| may leave out its right side': {
    faulty: `
      c() || (await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      (await Intercom.setUserJwt(t), c()) || f();
      await Intercom.present();`,
  },
  '?? may leave out its right side': {
    faulty: `
      c() ?? (await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      (await Intercom.setUserJwt(t), c()) ?? f();
      await Intercom.present();`,
  },
  '&& as a condition': {
    faulty: `
      if (c() && (await Intercom.setUserJwt(t), true)) f();
      else await Intercom.present(); // bad`,
    correct: `
      if (c() && (await Intercom.setUserJwt(t), d())) await Intercom.present();`,
  },
  '|| as a condition': {
    faulty: `
      if (c() || (await Intercom.setUserJwt(t), d())) await Intercom.present(); // bad`,
    correct: `
      if (c() || (await Intercom.setUserJwt(t), d())) f();
      else await Intercom.present();`,
  },
  'a negated compound condition': {
    faulty: `
      if (!(c() || (await Intercom.setUserJwt(t), d()))) return;
      await Intercom.present(); // bad`,
    correct: `
      if (!(c() && (await Intercom.setUserJwt(t), d()))) return;
      await Intercom.present();`,
  },
  'a guard and what it guards': {
    faulty: `
      t && (await Intercom.setUserJwt(t));
      user && (await Intercom.present()); // bad`,
    correct: `
      t && (await Intercom.setUserJwt(t));
      t && (await Intercom.present());`,
  },
  '?: as a statement': {
    faulty: `
      c() ? await Intercom.setUserJwt(t) : f();
      await Intercom.present(); // bad`,
    correct: `
      c() ? await Intercom.setUserJwt(t) : await Intercom.setUserJwt(user.jwt);
      await Intercom.present();`,
  },
  '?: whose arms are awaited together': {
    faulty: `
      await (c() ? Intercom.setUserJwt(t) : f());
      await Intercom.present(); // bad`,
    correct: `
      await (c() ? Intercom.setUserJwt(t) : Intercom.setUserJwt(user.jwt));
      await Intercom.present();`,
  },
  '?: as a condition': {
    faulty: `
      if (t ? c() : (await Intercom.setUserJwt(user.jwt), d())) await Intercom.present(); // bad`,
    correct: `
      if (t ? false : (await Intercom.setUserJwt(user.jwt), d())) await Intercom.present();`,
  },
  'awaiting what && gives': {
    faulty: `
      await (t && Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      await (t && Intercom.setUserJwt(t));
      if (t) await Intercom.present();`,
  },
});

describeTwins('optional chains', {
  'may leave out their arguments': {
    faulty: `
      user?.save(await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      user.save(await Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'may be cut off further left': {
    faulty: `
      user?.list.first.save(await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      user.list.first.save(await Intercom.setUserJwt(t))?.done;
      await Intercom.present();`,
  },
  'end at their parentheses': {
    faulty: `
      (user?.list).save?.(await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      (user?.list).save(await Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'of a call': {
    faulty: `
      user.save?.(await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      user.save(await Intercom.setUserJwt(t))?.();
      await Intercom.present();`,
  },
  'of a computed key': {
    faulty: `
      user?.[await Intercom.setUserJwt(t)];
      await Intercom.present(); // bad`,
    correct: `
      user[await Intercom.setUserJwt(t)];
      await Intercom.present();`,
  },
  'on the client are taken to be passed': {
    faulty: `
      Intercom?.setUserJwt(t);
      await Intercom?.present(); // bad`,
    correct: `
      await Intercom?.setUserJwt(t);
      await Intercom?.present();`,
  },
  'on a method of the client are taken to be passed': {
    faulty: `
      Intercom.setUserJwt?.(t);
      await Intercom.present?.(); // bad`,
    correct: `
      await Intercom.setUserJwt?.(t);
      await Intercom.present?.();`,
  },
});

describeTwins('assignments', {
  'a logical one may leave out its right side': {
    faulty: `
      user.done ||= await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      user.done = await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'so may &&=': {
    faulty: `
      user.done &&= await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      user.done += await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'and ??=': {
    faulty: `
      user.done ??= await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      user[await Intercom.setUserJwt(t)] ??= f();
      await Intercom.present();`,
  },
  'the target comes first': {
    faulty: `
      user[Intercom.present()] = await Intercom.setUserJwt(t); // bad`,
    correct: `
      user[await Intercom.setUserJwt(t)] = Intercom.present();`,
  },
});

describeTwins('defaults', {
  'of a destructured property': {
    faulty: `
      const { a = await Intercom.setUserJwt(t) } = user;
      await Intercom.present(); // bad`,
    correct: `
      const { [await Intercom.setUserJwt(t)]: a } = user;
      await Intercom.present();`,
  },
  'of a destructured element': {
    faulty: `
      const [a = await Intercom.setUserJwt(t)] = user;
      await Intercom.present(); // bad`,
    correct: `
      const [a] = (await Intercom.setUserJwt(t), user);
      await Intercom.present();`,
  },
  'of an assignment': {
    faulty: `
      ({ a: user.a = await Intercom.setUserJwt(t) } = f());
      await Intercom.present(); // bad`,
    correct: `
      ({ [await Intercom.setUserJwt(t)]: user.a } = f());
      await Intercom.present();`,
  },
  nested: {
    faulty: `
      const { a: { b = await Intercom.setUserJwt(t) } = {} } = user;
      await Intercom.present(); // bad`,
    correct: `
      const { a: { [await Intercom.setUserJwt(t)]: b } = {} } = user;
      await Intercom.present();`,
  },
});

describeTwins(
  'defaults of parameters',
  {
    'run where the function is called': {
      faulty: `
        export function open(shown = Intercom.present()) { return shown; } // bad`,
      correct: `
        function open(shown = Intercom.present()) { return shown; }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          open();
        }`,
    },
    'may be left out': {
      faulty: `
        async function open(t, set = Intercom.setUserJwt(t)) {
          await set;
          await Intercom.present(); // bad
        }
        export const run = (t) => open(t, null);`,
      correct: `
        async function open(t) {
          const set = Intercom.setUserJwt(t);
          await set;
          await Intercom.present();
        }
        export const run = (t) => open(t);`,
    },
    'run before the body': {
      faulty: `
        export function open(x = Intercom.present()) { // bad
          return Intercom.setUserJwt(x);
        }`,
      correct: `
        export async function open(t, x = f()) {
          await Intercom.setUserJwt(t);
          return Intercom.present(x);
        }`,
    },
  },
  { wrap: withClient },
);

describeTwins('the order of evaluation', {
  'a sequence': {
    faulty: `
      (await Intercom.present(), // bad
        await Intercom.setUserJwt(t));`,
    correct: `
      (await Intercom.setUserJwt(t),
        await Intercom.present());`,
  },
  'arguments, from left to right': {
    faulty: `
      f(
        Intercom.present(), // bad
        await Intercom.setUserJwt(t),
      );`,
    correct: `
      f(
        await Intercom.setUserJwt(t),
        Intercom.present(),
      );`,
  },
  'an argument comes before the call': {
    faulty: `
      await Intercom.updateUser(Intercom.setUserJwt(t)); // bad`,
    correct: `
      await Intercom.updateUser(await Intercom.setUserJwt(t));`,
  },
  'a callee comes before its arguments': {
    faulty: `
      g(Intercom.present())( // bad
        await Intercom.setUserJwt(t),
      );`,
    correct: `
      g(await Intercom.setUserJwt(t))(
        Intercom.present(),
      );`,
  },
  'a spread argument': {
    faulty: `
      f(...list(Intercom.present()), // bad
        await Intercom.setUserJwt(t));`,
    correct: `
      f(...list(await Intercom.setUserJwt(t)),
        Intercom.present());`,
  },
  'the properties of an object': {
    faulty: `
      const o = {
        shown: Intercom.present(), // bad
        [await Intercom.setUserJwt(t)]: 1,
      };`,
    correct: `
      const o = {
        [await Intercom.setUserJwt(t)]: 1,
        shown: Intercom.present(),
      };`,
  },
  'the elements of an array': {
    faulty: `
      const a = [
        Intercom.present(), // bad
        await Intercom.setUserJwt(t),
      ];`,
    correct: `
      const a = [
        await Intercom.setUserJwt(t),
        Intercom.present(),
      ];`,
  },
  'the sides of an operator': {
    faulty: `
      const sum = Intercom.present() // bad
        + (await Intercom.setUserJwt(t));`,
    correct: `
      const sum = (await Intercom.setUserJwt(t))
        + Intercom.present();`,
  },
  'a template string': {
    faulty: `
      const s = \`\${Intercom.present()}\${await Intercom.setUserJwt(t)}\`; // bad`,
    correct: `
      const s = \`\${await Intercom.setUserJwt(t)}\${Intercom.present()}\`;`,
  },
  'a tagged template': {
    faulty: `
      tag\`\${Intercom.present()}\${await Intercom.setUserJwt(t)}\`; // bad`,
    correct: `
      tag\`\${await Intercom.setUserJwt(t)}\`;
      await Intercom.present();`,
  },
  'the arguments of new': {
    faulty: `
      new Chat(Intercom.present(), await Intercom.setUserJwt(t)); // bad`,
    correct: `
      new Chat(await Intercom.setUserJwt(t), Intercom.present());`,
  },
  'the source of an import()': {
    faulty: `
      await import(Intercom.present()); // bad
      await Intercom.setUserJwt(t);`,
    correct: `
      await import(await Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'a unary operator': {
    faulty: `
      if (!Intercom.setUserJwt(t)) return;
      await Intercom.present(); // bad`,
    correct: `
      if (!(await Intercom.setUserJwt(t))) return;
      await Intercom.present();`,
  },
  'typeof, void and delete': {
    faulty: `
      void typeof Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      void typeof (await Intercom.setUserJwt(t));
      delete user[await Intercom.present()];`,
  },
  'the attributes and children of an element': {
    faulty: `
      return (
        <View id={
          Intercom.present() // bad
        }>
          {await Intercom.setUserJwt(t)}
        </View>
      );`,
    correct: `
      return (
        <View id={await Intercom.setUserJwt(t)}>
          {Intercom.present()}
        </View>
      );`,
  },
});

describeTwins(
  'generators',
  {
    'run when they are read': {
      faulty: `
        export function* chat() {
          yield f();
          yield Intercom.present(); // bad
        }`,
      correct: `
        function* chat() {
          yield Intercom.present();
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          for (const shown of chat()) await shown;
        }`,
    },
    'may be done with at a yield': {
      faulty: `
        export async function* chat(t) {
          try {
            yield 1;
            await Intercom.setUserJwt(t);
          } finally {
            await Intercom.present(); // bad
          }
        }`,
      correct: `
        export async function* chat(t) {
          await Intercom.setUserJwt(t);
          try {
            yield 1;
          } finally {
            await Intercom.present();
          }
        }`,
    },
    'an async generator awaits what it yields': {
      faulty: `
        export async function* chat(t) {
          Intercom.setUserJwt(t);
          yield 1;
          yield Intercom.present(); // bad
        }`,
      correct: `
        export async function* chat(t) {
          yield Intercom.setUserJwt(t);
          yield Intercom.present();
        }`,
    },
    'a yield* runs the other one to its end': {
      faulty: `
        async function* login(t) {
          yield 1;
          if (c()) await Intercom.setUserJwt(t);
        }
        export async function* chat(t) {
          yield* login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function* login(t) {
          yield 1;
          await Intercom.setUserJwt(t);
        }
        export async function* chat(t) {
          yield* login(t);
          await Intercom.present();
        }`,
    },
    'a saga that calls': {
      faulty: `
        import { call, fork } from 'redux-saga/effects';
        export function* chat(t) {
          yield fork(Intercom.setUserJwt, t);
          yield call(Intercom.present); // bad
        }`,
      correct: `
        import { call } from 'redux-saga/effects';
        export function* chat(t) {
          yield call(Intercom.setUserJwt, t);
          yield call(Intercom.present);
        }`,
    },
    'a saga that calls with a context': {
      faulty: `
        import { call } from 'redux-saga/effects';
        export function* chat(t) {
          call([Intercom, Intercom.setUserJwt], t);
          yield call([Intercom, Intercom.present]); // bad
        }`,
      correct: `
        import { call } from 'redux-saga/effects';
        export function* chat(t) {
          yield call([Intercom, Intercom.setUserJwt], t);
          yield call([Intercom, Intercom.present]);
        }`,
    },
    'a flow of MobX, which waits for the promises that it yields': {
      faulty: `
        import { observable } from 'unknown';
        export function* chat(t) {
          yield Intercom.setUserJwt(t);
          yield Intercom.present(); // bad
        }`,
      correct: `
        import { flow } from 'mobx';
        export const chat = flow(function* (t) {
          yield Intercom.setUserJwt(t);
          yield Intercom.present();
        });`,
    },
    'a saga that calls a method by its name': {
      faulty: `
        import { apply, call } from 'redux-saga/effects';
        class Support {
          async start(t) { await Intercom.setUserJwt(t); }
        }
        const support = new Support();
        export function* chat(t) {
          yield call([Intercom, 'present']); // bad
          call([support, 'start'], t);
          yield apply(Intercom, 'present'); // bad
        }`,
      correct: `
        import { apply, call } from 'redux-saga/effects';
        class Support {
          async start(t) { await Intercom.setUserJwt(t); }
        }
        const support = new Support();
        export function* chat(t) {
          yield call({ context: support, fn: 'start' }, t);
          yield call([Intercom, 'present']);
          yield apply(Intercom, 'present');
        }`,
    },
    'the result of a saga': {
      faulty: `
        import { call } from 'redux-saga/effects';
        function* login(t) {
          if (!t) return false;
          yield call(Intercom.setUserJwt, t);
          return true;
        }
        export function* chat(t) {
          const isIn = yield call(login, t);
          if (isIn) f();
          else yield call(Intercom.present); // bad
          if (!(yield* login(t))) yield call(Intercom.present); // bad
        }`,
      correct: `
        import { call } from 'redux-saga/effects';
        function* login(t) {
          if (!t) return false;
          yield call(Intercom.setUserJwt, t);
          return true;
        }
        export function* chat(t) {
          const isIn = yield call(login, t);
          if (isIn) yield call(Intercom.present);
        }
        export function* help(t) {
          if (!(yield call(login, t))) return;
          yield call(Intercom.present);
        }
        export function* news(t) {
          const isIn = yield* login(t);
          if (!isIn) return;
          yield call(Intercom.present);
        }`,
    },
    'a saga that calls a saga': {
      faulty: `
        import { call, spawn } from 'redux-saga/effects';
        function* login(t) {
          yield call(Intercom.setUserJwt, t);
        }
        export function* chat(t) {
          yield spawn(login, t);
          yield call(Intercom.present); // bad
        }`,
      correct: `
        import { call } from 'redux-saga/effects';
        function* login(t) {
          yield call(Intercom.setUserJwt, t);
        }
        export function* chat(t) {
          yield call(login, t);
          yield call(Intercom.present);
        }`,
    },
  },
  { wrap: withClient, helpers: 'every-path' },
);
