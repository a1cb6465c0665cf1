/** Which promises prove that a set has been fulfilled, and when. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

describeTwins('awaiting', {
  'a call that is dropped proves nothing': {
    faulty: `
      Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'nor does one that is dropped on purpose': {
    faulty: `
      void Intercom.setUserJwt(t);
      await f();
      await Intercom.present(); // bad`,
    correct: `
      void Intercom.setUserJwt(t);
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a later await of something else proves nothing': {
    faulty: `
      Intercom.setUserJwt(t);
      await Promise.resolve();
      await Intercom.present(); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      await Promise.resolve(p);
      await Intercom.present();`,
  },
  'casts do not matter': {
    faulty: `
      (Intercom.setUserJwt(t) as unknown);
      await Intercom.present(); // bad`,
    correct: `
      await (Intercom.setUserJwt(t) as Promise<boolean>)!;
      await Intercom.present();`,
  },
});

describeTwins('then, catch and finally', {
  'a continuation': {
    faulty: `
      Intercom.setUserJwt(t).then(() => f());
      Intercom.present(); // bad`,
    correct: `
      Intercom.setUserJwt(t).then(() => Intercom.present());`,
  },
  'a chain that is awaited': {
    faulty: `
      void Intercom.setUserJwt(t).then(f);
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t).then(f);
      await Intercom.present();`,
  },
  'the two callbacks of then': {
    faulty: `
      await Intercom.setUserJwt(t).then(
        () => f(),
        () => Intercom.present(), // bad
      );`,
    correct: `
      await Intercom.setUserJwt(t).then(
        () => Intercom.present(),
        () => f(),
      );`,
  },
  'after a second callback that goes on': {
    faulty: `
      await Intercom.setUserJwt(t).then(() => {}, () => {});
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t).then(() => {}, (error) => { throw error; });
      await Intercom.present();`,
  },
  'a catch that goes on': {
    faulty: `
      await Intercom.setUserJwt(t).catch(console.warn);
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t).catch((error) => { throw error; });
      await Intercom.present();`,
  },
  'a catch that tries again': {
    faulty: `
      await Intercom.setUserJwt(t).catch(() => { Intercom.setUserJwt(t); });
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t).catch(() => Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'what follows a catch': {
    faulty: `
      Intercom.setUserJwt(t)
        .catch(f)
        .then(() => Intercom.present()); // bad`,
    correct: `
      Intercom.setUserJwt(t)
        .then(() => Intercom.present())
        .catch(f);`,
  },
  'in the catch': {
    faulty: `
      Intercom.setUserJwt(t)
        .then(f)
        .catch(() => Intercom.present()); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      g()
        .then(f)
        .catch(() => Intercom.present());`,
  },
  'finally runs for both': {
    faulty: `
      await Intercom.setUserJwt(t).finally(() => {
        Intercom.present(); // bad
      });`,
    correct: `
      await Intercom.setUserJwt(t).finally(() => f());
      await Intercom.present();`,
  },
  'a method that is handed over': {
    faulty: `
      f().then(Intercom.present); // bad`,
    correct: `
      Intercom.setUserJwt(t).then(Intercom.present);`,
  },
  'a long chain': {
    faulty: `
      await f()
        .then(() => { Intercom.setUserJwt(t); })
        .then(() => g())
        .then(() => Intercom.loginUserWithUserAttributes(user)) // bad
        .finally(h);`,
    correct: `
      await f()
        .then(() => Intercom.setUserJwt(t))
        .then(() => g())
        .then(() => Intercom.loginUserWithUserAttributes(user))
        .finally(h);`,
  },
  'a callback that is async': {
    faulty: `
      await f().then(async () => { Intercom.setUserJwt(t); });
      await Intercom.present(); // bad`,
    correct: `
      await f().then(async () => { await Intercom.setUserJwt(t); });
      await Intercom.present();`,
  },
  'a callback that returns its promise': {
    faulty: `
      await f().then(() => { void Intercom.setUserJwt(t); });
      await Intercom.present(); // bad`,
    correct: `
      await f().then(() => Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'a callback that returns on one way only': {
    faulty: `
      await f().then((x) => { if (x) return Intercom.setUserJwt(x); });
      await Intercom.present(); // bad`,
    correct: `
      await f().then((x) => { if (!x) throw x; return Intercom.setUserJwt(x); });
      await Intercom.present();`,
  },
  'a callback that is named': {
    faulty: `
      const set = () => { Intercom.setUserJwt(t); };
      await f().then(set);
      await Intercom.present(); // bad`,
    correct: `
      const set = async () => { await Intercom.setUserJwt(t); };
      await f().then(set);
      await Intercom.present();`,
  },
  'a callback that is not given': {
    faulty: `
      await Intercom.setUserJwt(t).then(undefined, f);
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t).then(undefined, undefined);
      await Intercom.present();`,
  },
});

describeTwins('a promise that is kept', {
  'in a constant': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      await Intercom.present(); // bad
      await p;`,
    correct: `
      const p = Intercom.setUserJwt(t);
      f();
      await p;
      await Intercom.present();`,
  },
  'in a variable': {
    faulty: `
      let p;
      p = Intercom.setUserJwt(t);
      await f();
      await Intercom.present(); // bad`,
    correct: `
      let p;
      p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present();`,
  },
  'on some ways only': {
    faulty: `
      let p = null;
      if (c()) p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p = null;
      if (c()) p = Intercom.setUserJwt(t);
      else p = Intercom.setUserJwt(user.jwt);
      await p;
      await Intercom.present();`,
  },
  'that is awaited on some ways only': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      if (c()) await p;
      await Intercom.present(); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      if (c()) await p;
      else return;
      await Intercom.present();`,
  },
  'and awaited twice': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      await p;
      await Intercom.logout();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      await p;
      await p;
      await Intercom.present();`,
  },
  'while the user is logged out': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      Intercom.logout();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      Intercom.logout();
      const p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present();`,
  },
  'and awaited where its rejection is caught': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      try { await p; } catch {}
      await Intercom.present(); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      try { await f(); } catch {}
      await p;
      await Intercom.present();`,
  },
  'with a continuation': {
    faulty: `
      const p = Intercom.setUserJwt(t).then(f, f);
      await p;
      await Intercom.present(); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t).then(f);
      await p;
      await Intercom.present();`,
  },
  'and continued later': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      p.catch(() => Intercom.present()); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      p.then(() => Intercom.present());`,
  },
  'of an async function': {
    faulty: `
      const login = async () => { await Intercom.setUserJwt(t); };
      const p = login();
      await Intercom.present(); // bad
      await p;`,
    correct: `
      const login = async () => { await Intercom.setUserJwt(t); };
      const p = login();
      await p;
      await Intercom.present();`,
  },
  'in a property of an object': {
    faulty: `
      const jobs = { set: Intercom.setUserJwt(t), other: f() };
      await jobs.other;
      await Intercom.present(); // bad`,
    correct: `
      const jobs = { set: Intercom.setUserJwt(t), other: f() };
      await jobs.set;
      await Intercom.present();`,
  },
  'in a list': {
    faulty: `
      const jobs = [f(), Intercom.setUserJwt(t)];
      await jobs;
      await Intercom.present(); // bad`,
    correct: `
      const jobs = [f(), Intercom.setUserJwt(t)];
      await Promise.all(jobs);
      await Intercom.present();`,
  },
  'through an assignment in the await': {
    faulty: `
      let p;
      (p = Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      let p;
      await (p = Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
});

describeTwins(
  'a promise that is kept beyond the function',
  {
    'in a variable of the module': {
      faulty: `
        let ready;
        export const start = (t) => { ready = f(t); };
        export async function open() {
          await ready;
          await Intercom.present(); // bad
        }`,
      correct: `
        let ready = null;
        export async function open(t) {
          ready = Intercom.setUserJwt(t);
          await ready;
          await Intercom.present();
        }`,
    },
    'made once by ??=': {
      faulty: `
        let ready = null;
        const set = (t) => (ready ??= Intercom.setUserJwt(t).catch(() => {}));
        export async function open(t) {
          await set(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        let ready = null;
        const set = (t) => (ready ??= Intercom.setUserJwt(t));
        export async function open(t) {
          await set(t);
          await Intercom.present();
        }`,
    },
    'in a field': {
      faulty: `
        export class Chat {
          #ready;
          async open(t) {
            this.#ready = Intercom.setUserJwt(t);
            await Intercom.present(); // bad
          }
        }`,
      correct: `
        export class Chat {
          #ready;
          async open(t) {
            this.#ready = Intercom.setUserJwt(t);
            await this.#ready;
            await Intercom.present();
          }
        }`,
    },
  },
  { wrap: withClient, helpers: 'every-path' },
);

describeTwins('promises of a list', {
  'all of them': {
    faulty: `
      Promise.all([f(), Intercom.setUserJwt(t)]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.all([f(), Intercom.setUserJwt(t)]);
      await Intercom.present();`,
  },
  'start together': {
    faulty: `
      await Promise.all([
        Intercom.setUserJwt(t),
        Intercom.present(), // bad
      ]);`,
    correct: `
      await Promise.all([
        Intercom.setUserJwt(t).then(() =>
          Intercom.present()),
      ]);`,
  },
  'one of which may be none': {
    faulty: `
      await Promise.all([f(), t ? Intercom.setUserJwt(t) : null]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.all([f(), t ? Intercom.setUserJwt(t) : Intercom.setUserJwt(user.jwt)]);
      await Intercom.present();`,
  },
  'all settled may be rejected': {
    faulty: `
      await Promise.allSettled([Intercom.setUserJwt(t)]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.all([Intercom.setUserJwt(t)]);
      await Intercom.present();`,
  },
  'all, where one that is rejected is caught': {
    faulty: `
      try {
        await Promise.all([f(), Intercom.setUserJwt(t)]);
      } catch {}
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Promise.all([f(), Intercom.setUserJwt(t)]);
      } catch (error) {
        throw error;
      }
      await Intercom.present();`,
  },
  'race proves a set if every element is one': {
    faulty: `
      await Promise.race([Intercom.setUserJwt(t), timeout()]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.race([Intercom.setUserJwt(t)]);
      await Intercom.present();`,
  },
  'any proves a set if every element is one': {
    faulty: `
      await Promise.any([Intercom.setUserJwt(t), f()]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.any([Intercom.setUserJwt(t), Intercom.setUserJwt(t)]);
      await Intercom.present();`,
  },
  'a mapped list may be empty': {
    faulty: `
      await Promise.all(user.tokens.map((x) => Intercom.setUserJwt(x)));
      await Intercom.present(); // bad`,
    correct: `
      await Promise.all([t].map((x) => Intercom.setUserJwt(x)));
      await Intercom.present();`,
  },
  'a continuation of all': {
    faulty: `
      Promise.all([f()]).then(() => Intercom.present()); // bad`,
    correct: `
      Promise.all([f(), Intercom.setUserJwt(t)]).then(() => Intercom.present());`,
  },
});

describeTwins('promises made by hand', {
  'an executor runs at once': {
    faulty: `
      await Intercom.setUserJwt(t);
      await new Promise((resolve) => { Intercom.logout().then(resolve); });
      await Intercom.present(); // bad`,
    correct: `
      await new Promise((resolve) => { Intercom.logout().then(resolve); });
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a promise that is resolved by the set': {
    faulty: `
      await new Promise((resolve) => { Intercom.setUserJwt(t); resolve(); });
      await Intercom.present(); // bad`,
    correct: `
      await new Promise((resolve, reject) => { Intercom.setUserJwt(t).then(resolve, reject); });
      await Intercom.present();`,
  },
  'a promise that is resolved with the set': {
    faulty: `
      await Promise.resolve(f(Intercom.setUserJwt(t)));
      await Intercom.present(); // bad`,
    correct: `
      await Promise.resolve(Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'a continuation of a promise that is there': {
    faulty: `
      await Promise.resolve().then(() => { Intercom.setUserJwt(t); });
      await Intercom.present(); // bad`,
    correct: `
      await Promise.resolve().then(() => Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'one that is rejected': {
    faulty: `
      await Promise.reject(t).catch(() => {});
      await Intercom.present(); // bad`,
    correct: `
      await Promise.reject(t);
      await Intercom.present();`,
  },
});

describeTwins('functions that are called where they are written', {
  'an arrow': {
    faulty: `
      await Intercom.setUserJwt(t);
      (() => { Intercom.logout(); })();
      await Intercom.present(); // bad`,
    correct: `
      (() => { Intercom.logout(); })();
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'one that returns the promise': {
    faulty: `
      (() => Intercom.setUserJwt(t))();
      await Intercom.present(); // bad`,
    correct: `
      await (() => Intercom.setUserJwt(t))();
      await Intercom.present();`,
  },
  'an async one': {
    faulty: `
      (async () => { await Intercom.setUserJwt(t); })();
      await Intercom.present(); // bad`,
    correct: `
      await (async () => { await Intercom.setUserJwt(t); })();
      await Intercom.present();`,
  },
  'an async one sets on every way, or does not': {
    faulty: `
      await (async () => { if (c()) await Intercom.setUserJwt(t); })();
      await Intercom.present(); // bad`,
    correct: `
      await (async () => { if (c()) await Intercom.setUserJwt(t); else throw t; })();
      await Intercom.present();`,
  },
  'an async one that drops the promise': {
    faulty: `
      await (async () => { Intercom.setUserJwt(t); })();
      await Intercom.present(); // bad`,
    correct: `
      await (async () => Intercom.setUserJwt(t))();
      await Intercom.present();`,
  },
  'a function expression': {
    faulty: `
      void (async function () { await Intercom.setUserJwt(t); })();
      await Intercom.present(); // bad`,
    correct: `
      await (async function () { await Intercom.setUserJwt(t); })();
      await Intercom.present();`,
  },
  'a call in it': {
    faulty: `
      (async () => {
        await Intercom.present(); // bad
      })();
      await Intercom.setUserJwt(t);`,
    correct: `
      await Intercom.setUserJwt(t);
      (async () => {
        await Intercom.present();
      })();`,
  },
  'return leaves the try, return await does not': {
    faulty: `
      await (async () => {
        const p = Intercom.setUserJwt(t);
        try { return await p; } catch { return null; }
      })();
      await Intercom.present(); // bad`,
    correct: `
      await (async () => {
        const p = Intercom.setUserJwt(t);
        try { return p; } catch { return null; }
      })();
      await Intercom.present();`,
  },
});

describeTwins('calls that are not awaited', {
  'have set nothing yet': {
    faulty: `
      const login = async () => { await Intercom.setUserJwt(t); };
      login();
      await Intercom.present(); // bad`,
    correct: `
      const login = async () => { await Intercom.setUserJwt(t); };
      await login();
      await Intercom.present();`,
  },
  'may log out at any time, until the next set': {
    faulty: `
      const leave = async () => { await f(); await Intercom.logout(); };
      await Intercom.setUserJwt(t);
      leave();
      await Intercom.present(); // bad`,
    correct: `
      const leave = async () => { await f(); await Intercom.logout(); };
      leave();
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'have their effect up to the first await': {
    faulty: `
      const leave = async () => { Intercom.logout(); await f(); };
      await Intercom.setUserJwt(t);
      const p = leave();
      await Intercom.present(); // bad
      await p;`,
    correct: `
      const leave = async () => { await f(); };
      await Intercom.setUserJwt(t);
      const p = leave();
      await Intercom.present();
      await p;`,
  },
  'are entered where they are': {
    faulty: `
      const open = async () => {
        await f();
        await Intercom.present(); // bad
      };
      open();
      await Intercom.setUserJwt(t);`,
    correct: `
      const open = async () => {
        await f();
        await Intercom.present();
      };
      await Intercom.setUserJwt(t);
      open();`,
  },
});

describeTwins('callbacks of lists', {
  'run once an element, or not at all': {
    faulty: `
      await Intercom.setUserJwt(t);
      user.list.forEach(() => { Intercom.logout(); });
      await Intercom.present(); // bad`,
    correct: `
      user.list.forEach(() => { Intercom.logout(); });
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'find what the one before did': {
    faulty: `
      await Intercom.setUserJwt(t);
      user.list.map(() => {
        Intercom.present(); // bad
        Intercom.logout();
      });`,
    correct: `
      await Intercom.setUserJwt(t);
      user.list.map(() => {
        Intercom.present();
      });`,
  },
  'that are async are not awaited': {
    faulty: `
      user.tokens.forEach(async (x) => { await Intercom.setUserJwt(x); });
      await Intercom.present(); // bad`,
    correct: `
      for (const x of [t]) await Intercom.setUserJwt(x);
      await Intercom.present();`,
  },
  'that do as they are told': {
    faulty: `
      const ok = user.list.every((x) => Intercom.present(x)); // bad
      await Intercom.setUserJwt(t);`,
    correct: `
      await Intercom.setUserJwt(t);
      const ok = user.list.every((x) => Intercom.present(x));`,
  },
});

describeTwins('callbacks for later', {
  'of a timer': {
    faulty: `
      setTimeout(() => Intercom.present(), 500); // bad
      await Intercom.setUserJwt(t);`,
    correct: `
      await Intercom.setUserJwt(t);
      setTimeout(() => Intercom.present(), 500);`,
  },
  'find what comes after them': {
    faulty: `
      await Intercom.setUserJwt(t);
      setTimeout(() => Intercom.present(), 500); // bad
      await Intercom.logout();`,
    correct: `
      await Intercom.logout();
      await Intercom.setUserJwt(t);
      setTimeout(() => Intercom.present(), 500);`,
  },
  'of a listener': {
    faulty: `
      const sub = events.addListener('push', () => { Intercom.present(); }); // bad
      await Intercom.setUserJwt(t);`,
    correct: `
      await Intercom.setUserJwt(t);
      const sub = events.addListener('push', () => { Intercom.present(); });`,
  },
  'that a finalizer hands over': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        f();
      } finally {
        setTimeout(() => Intercom.present(), 500); // bad
      }
      await Intercom.logout();`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        throw f();
      } finally {
        setTimeout(() => Intercom.present(), 500);
      }
      await Intercom.logout();`,
  },
  'that a finalizer hands over on the way to a handler': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        try {
          await f();
        } finally {
          g().then(() => Intercom.present()); // bad
        }
      } catch {
        await Intercom.logout();
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        try {
          await f();
        } finally {
          g().then(() => Intercom.present());
        }
      } catch {
        await f();
      }`,
  },
  'whose set proves nothing': {
    faulty: `
      setTimeout(async () => { await Intercom.setUserJwt(t); }, 0);
      await Intercom.present(); // bad`,
    correct: `
      setTimeout(async () => {
        await Intercom.setUserJwt(t);
        await Intercom.present();
      }, 0);`,
  },
});

describeTwins('a kept promise with a callback, around a loop', {
  'is left under way by a round that the next one follows': {
    faulty: `
      for (const x of user.list) {
        const p = Intercom.setUserJwt(t).then(() => {
          Intercom.updateUser(x); // bad
        });
        if (x) continue;
        await p;
        await Intercom.logout();
      }`,
    correct: `
      for (const x of user.list) {
        const p = Intercom.setUserJwt(t).then(() => {
          Intercom.updateUser(x);
        });
        await p;
        await Intercom.logout();
      }`,
  },
  'is awaited by a finalizer': {
    faulty: `
      while (f()) {
        const p = Intercom.setUserJwt(t).then(() => {
          Intercom.updateUser(u); // bad
        });
        try {
          if (f()) continue;
          await p;
        } finally {
          await Intercom.logout();
        }
      }`,
    correct: `
      while (f()) {
        const p = Intercom.setUserJwt(t).then(() => {
          Intercom.updateUser(u);
        });
        try {
          if (f()) continue;
        } finally {
          await p;
          await Intercom.logout();
        }
      }`,
  },
});

describeTwins('what is left to run excludes what it is not behind', {
  'both handlers of one then': {
    faulty: `
      Intercom.setUserJwt(t).then(() => f(), () => Intercom.logout()).then(
        () => Intercom.updateUser(user), // bad
      );
      Intercom.logEvent('x');`,
    correct: `
      Intercom.setUserJwt(t).then(() => Intercom.updateUser(user), () => Intercom.logout());
      Intercom.logEvent('x');`,
  },
  'both handlers of one then, awaited': {
    faulty: `
      await Intercom.setUserJwt(t).then(() => f(), () => Intercom.logout());
      await Intercom.updateUser(user); // bad`,
    correct: `
      await Intercom.setUserJwt(t).then(() => Intercom.updateUser(user), () => Intercom.logout());
      Intercom.logEvent('x');`,
  },
  'both handlers, by their names': {
    faulty: `
      const ok = () => { Intercom.logout(); Intercom.updateUser(user); }; // bad
      Intercom.setUserJwt(t).then(ok, f);
      Intercom.logEvent('x');`,
    correct: `
      const ok = () => { Intercom.updateUser(user); };
      const failed = () => { Intercom.logout(); };
      Intercom.setUserJwt(t).then(ok, failed);
      Intercom.logEvent('x');`,
  },
  'both handlers, of two that are dropped': {
    faulty: `
      await Intercom.setUserJwt(t);
      f().then(() => Intercom.updateUser(user)); // bad
      g().then(() => Intercom.logout());`,
    correct: `
      await Intercom.setUserJwt(t);
      f().then(() => Intercom.updateUser(user), () => Intercom.logout());
      g().then(() => Intercom.logEvent('x'));`,
  },
  'both handlers, within another': {
    faulty: `
      f().then(() => {
        Intercom.setUserJwt(t).then(() => Intercom.updateUser(user)); // bad
        Intercom.logout();
      });
      Intercom.logEvent('x');`,
    correct: `
      f().then(() => {
        Intercom.setUserJwt(t).then(() => Intercom.updateUser(user), () => Intercom.logout());
      });
      Intercom.logEvent('x');`,
  },
  'then and a catch behind it': {
    faulty: `
      Intercom.setUserJwt(t).then(() => f()).catch(() => Intercom.logout()).finally(
        () => Intercom.updateUser(user), // bad
      );
      Intercom.logEvent('x');`,
    correct: `
      Intercom.setUserJwt(t).then(() => Intercom.updateUser(user)).catch(() => Intercom.logout());
      Intercom.logEvent('x');`,
  },
  'both sides of a branch in a callback': {
    faulty: `
      Intercom.setUserJwt(t).then(() => {
        if (c()) Intercom.logout();
        Intercom.updateUser(user); // bad
      });
      Intercom.logEvent('x');`,
    correct: `
      Intercom.setUserJwt(t).then(() => {
        if (c()) Intercom.logout();
        else Intercom.updateUser(user);
      });
      Intercom.logEvent('x');`,
  },
  'callbacks on both sides of a branch': {
    faulty: `
      await Intercom.setUserJwt(t);
      if (c()) f().then(() => Intercom.logout());
      g().then(() => Intercom.updateUser(user)); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      if (c()) f().then(() => Intercom.logout());
      else g().then(() => Intercom.updateUser(user));
      Intercom.logEvent('x');`,
  },
  'one round of a loop, but not the next': {
    faulty: `
      for (const x of xs) {
        Intercom.setUserJwt(x).then(
          () => Intercom.updateUser(user), // bad
          () => Intercom.logout(),
        );
      }`,
    correct: `
      for (const x of xs) {
        await Intercom.setUserJwt(x).then(
          () => Intercom.updateUser(user),
          () => Intercom.logout(),
        );
      }`,
  },
  'both handlers of a promise that is kept': {
    faulty: `
      const p = Intercom.setUserJwt(t);
      p.finally(() => Intercom.logout());
      p.then(() => Intercom.updateUser(user)); // bad`,
    correct: `
      const p = Intercom.setUserJwt(t);
      p.then(() => Intercom.updateUser(user));
      p.catch(() => Intercom.logout());`,
  },
});

describeTwins('a promise that each way gives', {
  'on two sides': {
    faulty: `
      let p;
      if (c()) p = Intercom.setUserJwt(t);
      else p = f();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      if (c()) p = Intercom.setUserJwt(t);
      else p = Intercom.loginUnidentifiedUser();
      await p;
      await Intercom.present();`,
  },
  'on one side': {
    faulty: `
      let p = null;
      if (c()) p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p = null;
      if (c()) p = Intercom.setUserJwt(t);
      else return;
      await p;
      await Intercom.present();`,
  },
  'on one side, in place of another': {
    faulty: `
      let p = f();
      if (c()) p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p = Intercom.loginUnidentifiedUser();
      if (c()) p = Intercom.setUserJwt(t);
      await p;
      await Intercom.present();`,
  },
  'on three sides': {
    faulty: `
      let p;
      if (c()) p = Intercom.setUserJwt(t);
      else if (d()) p = Intercom.loginUnidentifiedUser();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      if (c()) p = Intercom.setUserJwt(t);
      else if (d()) p = Intercom.loginUnidentifiedUser();
      else p = Intercom.setUserJwt(user);
      await p;
      await Intercom.present();`,
  },
  'on sides within sides': {
    faulty: `
      let p;
      if (c()) { if (d()) { p = Intercom.setUserJwt(t); } else { p = g(); } }
      else p = Intercom.loginUnidentifiedUser();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      if (c()) { if (d()) { p = Intercom.setUserJwt(t); } else { p = Intercom.setUserJwt(user); } }
      else p = Intercom.loginUnidentifiedUser();
      await p;
      await Intercom.present();`,
  },
  'and a later one gives another': {
    faulty: `
      let p;
      if (c()) p = Intercom.setUserJwt(t);
      else p = Intercom.loginUnidentifiedUser();
      if (d()) p = f();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      if (c()) p = f();
      else p = g();
      if (d()) p = Intercom.setUserJwt(t);
      else p = Intercom.loginUnidentifiedUser();
      await p;
      await Intercom.present();`,
  },
  'in a round of a loop': {
    faulty: `
      let p = Intercom.loginUnidentifiedUser();
      for (const x of xs) {
        if (x) p = f();
        await p;
        await Intercom.present(); // bad
      }`,
    correct: `
      for (const x of xs) {
        let p;
        if (x) p = Intercom.setUserJwt(x);
        else p = Intercom.loginUnidentifiedUser();
        await p;
        await Intercom.present();
      }`,
  },
  'with callbacks': {
    faulty: `
      let p;
      if (c()) p = Intercom.setUserJwt(t).then(() => Intercom.logout());
      else p = Intercom.loginUnidentifiedUser().then(() => g());
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      if (c()) p = Intercom.setUserJwt(t).then(() => f());
      else p = Intercom.loginUnidentifiedUser().then(() => g());
      await p;
      await Intercom.present();`,
  },
});

describeTwins('a promise that the cases of a switch keep', {
  'in each of them': {
    faulty: `
      let p;
      switch (t) { case 'a': p = Intercom.setUserJwt(t); break; }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      switch (t) { case 'a': p = Intercom.setUserJwt(t); break; default: p = Intercom.loginUnidentifiedUser(); }
      await p;
      await Intercom.present();`,
  },
  'but for one that gives nothing': {
    faulty: `
      let p;
      switch (t) { case 'a': p = Intercom.setUserJwt(t); break; case 'b': break; default: p = Intercom.loginUnidentifiedUser(); }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      switch (t) { case 'a': case 'c': p = Intercom.setUserJwt(t); break; case 'b': return; default: p = Intercom.loginUnidentifiedUser(); }
      await p;
      await Intercom.present();`,
  },
  'with the default first': {
    faulty: `
      let p;
      switch (t) { default: p = f(); break; case 'a': { p = Intercom.setUserJwt(t); break; } }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      switch (t) { default: p = Intercom.loginUnidentifiedUser(); break; case 'a': { p = Intercom.setUserJwt(t); break; } }
      await p;
      await Intercom.present();`,
  },
  'in place of another': {
    faulty: `
      let p = Intercom.setUserJwt(t);
      switch (t) { case 'a': p = f(); break; default: }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p = f();
      switch (t) { case 'a': p = Intercom.setUserJwt(t); break; default: p = Intercom.loginUnidentifiedUser(); }
      await p;
      await Intercom.present();`,
  },
  'on the sides of an if': {
    faulty: `
      let p;
      switch (t) { case 'a': if (c()) p = Intercom.setUserJwt(t); break; default: throw new Error(); }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      switch (t) { case 'a': if (c()) p = Intercom.setUserJwt(t); else p = Intercom.loginUnidentifiedUser(); break; default: throw new Error(); }
      await p;
      await Intercom.present();`,
  },
  'of what a promise gives': {
    faulty: `
      let p;
      switch (await g().then(() => 'x', () => 'y')) { case 'x': p = Intercom.setUserJwt(t); break; default: p = f(); }
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      switch (await g().then(() => 'x', () => 'y')) { case 'x': p = Intercom.setUserJwt(t); break; default: return; }
      await p;
      await Intercom.present();`,
  },
});

const TRIED = 'try { await Intercom.setUserJwt(t); } catch {}';

describeTwins('a promise that is put where nothing is yet', {
  'and awaited there': {
    faulty: `
      let p = f();
      ${TRIED}
      await (p ??= Intercom.setUserJwt(t));
      await Intercom.loginUserWithUserAttributes(user); // bad`,
    correct: `
      let p;
      ${TRIED}
      await (p ??= Intercom.setUserJwt(t));
      await Intercom.loginUserWithUserAttributes(user);`,
  },
  'by `||=`': {
    faulty: `
      let p = f();
      await (p ||= Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      let p = null;
      await (p ||= Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
  'and awaited by its name': {
    faulty: `
      let p;
      if (c()) p = f();
      p ??= Intercom.setUserJwt(t);
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      p ??= Intercom.setUserJwt(t);
      await p;
      await Intercom.present();`,
  },
  'and under another name': {
    faulty: `
      let p = f();
      const q = (p ??= Intercom.setUserJwt(t));
      await q;
      await Intercom.present(); // bad`,
    correct: `
      let p;
      const q = (p ??= Intercom.setUserJwt(t));
      await q;
      await Intercom.present();`,
  },
});
