/** Control flow of statements, as the rule sees it: each faulty program beside its correct twin. */

import { describe, test } from 'vitest';

import { describeTwins, expectCorrect, expectFaulty, inFunction } from '../helpers/verdict.ts';

describeTwins('branches', {
  'an if without else': {
    faulty: `
      if (c()) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (c()) await Intercom.setUserJwt(t);
      else await Intercom.setUserJwt(user.jwt);
      await Intercom.present();`,
  },
  'an else that does not go on': {
    faulty: `
      if (c()) await Intercom.setUserJwt(t);
      else console.warn('no token');
      await Intercom.present(); // bad`,
    correct: `
      if (c()) await Intercom.setUserJwt(t);
      else return;
      await Intercom.present();`,
  },
  'a chain of else-ifs': {
    faulty: `
      if (c()) await Intercom.setUserJwt(t);
      else if (d()) f();
      else await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (c()) await Intercom.setUserJwt(t);
      else if (d()) throw new Error('no');
      else await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a call in the other arm': {
    faulty: `
      if (c()) await Intercom.setUserJwt(t);
      else {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      if (c()) f();
      else {
        await Intercom.present();
      }`,
  },
  'two tests of one binding': {
    faulty: `
      if (t) await Intercom.setUserJwt(t);
      if (user) await Intercom.loginUserWithUserAttributes(user); // bad`,
    correct: `
      if (t) await Intercom.setUserJwt(t);
      if (t) await Intercom.loginUserWithUserAttributes(user);`,
  },
  'a test and its negation': {
    faulty: `
      if (!t) await Intercom.setUserJwt(user.jwt);
      if (t) await Intercom.present(); // bad`,
    correct: `
      if (!t) await Intercom.setUserJwt(user.jwt);
      if (!t) await Intercom.present();`,
  },
  'a test of nullishness after one of truthiness': {
    faulty: `
      if (t) await Intercom.setUserJwt(t);
      if (t != null) await Intercom.present(); // bad`,
    correct: `
      if (t != null) await Intercom.setUserJwt(t);
      if (t) await Intercom.present();`,
  },
  'equality with a literal': {
    faulty: `
      if (user === 'a') await Intercom.setUserJwt(t);
      if (user === 'b') await Intercom.present(); // bad`,
    correct: `
      if (user === 'a') await Intercom.setUserJwt(t);
      if (user !== 'a') return;
      await Intercom.present();`,
  },
  'a binding that is reassigned between its tests': {
    faulty: `
      let k = c();
      if (k) await Intercom.setUserJwt(t);
      k = c();
      if (k) await Intercom.present(); // bad`,
    correct: `
      const k = c();
      if (k) await Intercom.setUserJwt(t);
      if (k) await Intercom.present();`,
  },
  'tests of a member, which may change': {
    faulty: `
      if (user.jwt) await Intercom.setUserJwt(user.jwt);
      if (user.jwt) await Intercom.present(); // bad`,
    correct: `
      const { jwt } = user;
      if (jwt) await Intercom.setUserJwt(jwt);
      if (jwt) await Intercom.present();`,
  },
  'a call on two ways, one of which contradicts itself': {
    faulty: `
      if (t) await Intercom.setUserJwt(t);
      if (t || user) await Intercom.present(); // bad`,
    correct: `
      if (t) await Intercom.setUserJwt(t);
      if (t && user) await Intercom.present();`,
  },
});

describeTwins('a returned promise that a finally loses', {
  'what is chained to it runs on by itself': {
    faulty: `
      while (c()) {
        try {
          return g().finally(() => Intercom.updateUser(u)); // bad
        } finally {
          break;
        }
      }`,
    correct: `
      while (c()) {
        try {
          await Intercom.setUserJwt(t);
          return g().finally(() => Intercom.updateUser(u));
        } finally {
          break;
        }
      }`,
  },
  'and may come too late': {
    faulty: `
      for (const t of ts) {
        try {
          return Intercom.setUserJwt(t);
        } finally {
          if (c()) continue;
        }
      }
      await Intercom.present(); // bad`,
    correct: `
      for (const t of ts) {
        try {
          return Intercom.setUserJwt(t);
        } finally {
          f();
        }
      }
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
});

describeTwins('loops', {
  'a while loop may run zero times': {
    faulty: `
      while (c()) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      do await Intercom.setUserJwt(t); while (c());
      await Intercom.present();`,
  },
  'a continue in a do-while goes on to the test': {
    faulty: `
      do {
        if (d()) continue;
        await Intercom.setUserJwt(t);
      } while (c());
      await Intercom.present(); // bad`,
    correct: `
      do {
        await Intercom.setUserJwt(t);
        if (d()) continue;
        f();
      } while (c());
      await Intercom.present();`,
  },
  'a break before the set': {
    faulty: `
      do {
        if (d()) break;
        await Intercom.setUserJwt(t);
      } while (c());
      await Intercom.present(); // bad`,
    correct: `
      do {
        if (d()) return;
        await Intercom.setUserJwt(t);
      } while (c());
      await Intercom.present();`,
  },
  'an endless for is left by its break': {
    faulty: `
      for (;;) {
        if (c()) break;
        await Intercom.setUserJwt(t);
      }
      await Intercom.present(); // bad`,
    correct: `
      for (;;) {
        await Intercom.setUserJwt(t);
        if (c()) break;
      }
      await Intercom.present();`,
  },
  'a while (true) is left by its break': {
    faulty: `
      while (true) {
        if (c()) break;
        await Intercom.setUserJwt(t);
        break;
      }
      await Intercom.present(); // bad`,
    correct: `
      while (true) {
        if (c()) continue;
        await Intercom.setUserJwt(t);
        break;
      }
      await Intercom.present();`,
  },
  'a for loop may run zero times': {
    faulty: `
      for (let i = 0; i < user.tries; i++) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      for (await Intercom.setUserJwt(t); c(); f()) g();
      await Intercom.present();`,
  },
  'the update of a for loop comes after the body': {
    faulty: `
      for (;; await Intercom.setUserJwt(t)) {
        await Intercom.present(); // bad
        if (c()) break;
      }`,
    correct: `
      for (; await Intercom.setUserJwt(t), c(); ) {
        await Intercom.present();
        if (c()) break;
      }`,
  },
  'the test of a for loop comes before the end': {
    faulty: `
      for (; c(); await Intercom.setUserJwt(t)) f();
      await Intercom.present(); // bad`,
    correct: `
      for (; await Intercom.setUserJwt(t), c(); ) f();
      await Intercom.present();`,
  },
  'a for-of loop may run zero times': {
    faulty: `
      for (const x of user.tokens) await Intercom.setUserJwt(x);
      await Intercom.present(); // bad`,
    correct: `
      for (const x of user.tokens) f(x);
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a for-of loop over a list that is written out': {
    faulty: `
      for (const x of []) await Intercom.setUserJwt(x);
      await Intercom.present(); // bad`,
    correct: `
      for (const x of [t, user.jwt]) await Intercom.setUserJwt(x);
      await Intercom.present();`,
  },
  'a for-in loop may run zero times': {
    faulty: `
      for (const key in user.tokens) await Intercom.setUserJwt(user.tokens[key]);
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      for (const key in user.tokens) f(key);
      await Intercom.present();`,
  },
  'a for-await loop may run zero times': {
    faulty: `
      for await (const x of tokens()) await Intercom.setUserJwt(x);
      await Intercom.present(); // bad`,
    correct: `
      for await (const x of (await Intercom.setUserJwt(t), tokens())) f(x);
      await Intercom.present();`,
  },
  'a default in the head of a for-of loop': {
    faulty: `
      for (const { a = await Intercom.setUserJwt(t) } of list()) {
        await Intercom.present(); // bad
      }`,
    correct: `
      for (const { [await Intercom.setUserJwt(t)]: a } of list()) {
        await Intercom.present();
      }`,
  },
  'what one round does, the next one finds': {
    faulty: `
      await Intercom.setUserJwt(t);
      for (const x of list()) {
        await Intercom.present(); // bad
        await Intercom.logout();
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      for (const x of list()) {
        await Intercom.present();
        await Intercom.logout();
        await Intercom.setUserJwt(x);
      }`,
  },
  'a test of what each round makes anew': {
    faulty: `
      for (const x of list()) {
        if (x) await Intercom.setUserJwt(x);
        if (d(x)) await Intercom.present(); // bad
      }`,
    correct: `
      for (const x of list()) {
        if (x) await Intercom.setUserJwt(x);
        if (x) await Intercom.present();
      }`,
  },
});

describeTwins('labels', {
  'a continue of the outer loop': {
    faulty: `
      outer: for (const x of list()) {
        for (;;) {
          if (c()) break;
          await Intercom.setUserJwt(x);
          break;
        }
        await Intercom.present(); // bad
      }`,
    correct: `
      outer: for (const x of list()) {
        for (;;) {
          if (c()) continue outer;
          await Intercom.setUserJwt(x);
          break;
        }
        await Intercom.present();
      }`,
  },
  'a break of the outer loop': {
    faulty: `
      outer: for (;;) {
        for (const x of list()) {
          if (c()) break outer;
        }
        await Intercom.setUserJwt(t);
        break;
      }
      await Intercom.present(); // bad`,
    correct: `
      outer: for (;;) {
        for (const x of list()) {
          if (c()) break;
        }
        await Intercom.setUserJwt(t);
        break outer;
      }
      await Intercom.present();`,
  },
  'a break of a labelled block': {
    faulty: `
      skip: {
        if (c()) break skip;
        await Intercom.setUserJwt(t);
      }
      await Intercom.present(); // bad`,
    correct: `
      skip: {
        await Intercom.setUserJwt(t);
        if (c()) break skip;
        f();
      }
      await Intercom.present();`,
  },
  'a break of a labelled if': {
    faulty: `
      skip: if (c()) {
        if (d()) break skip;
        await Intercom.setUserJwt(t);
      } else await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      skip: if (c()) {
        if (d()) return;
        await Intercom.setUserJwt(t);
      } else await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a break of a labelled try': {
    faulty: `
      skip: try {
        if (c()) break skip;
        await Intercom.setUserJwt(t);
      } finally {
        f();
      }
      await Intercom.present(); // bad`,
    correct: `
      skip: try {
        await Intercom.setUserJwt(t);
        if (c()) break skip;
      } finally {
        f();
      }
      await Intercom.present();`,
  },
  'a break in a switch in a loop means the switch': {
    faulty: `
      for (;;) {
        switch (k()) {
          case 1:
            break;
          default:
            await Intercom.setUserJwt(t);
        }
        break;
      }
      await Intercom.present(); // bad`,
    correct: `
      for (;;) {
        switch (k()) {
          case 1:
            continue;
          default:
            await Intercom.setUserJwt(t);
        }
        break;
      }
      await Intercom.present();`,
  },
});

describeTwins('switch', {
  'without a default': {
    faulty: `
      switch (k()) {
        case 1:
          await Intercom.setUserJwt(t);
          break;
        case 2:
          await Intercom.setUserJwt(user.jwt);
      }
      await Intercom.present(); // bad`,
    correct: `
      switch (k()) {
        case 1:
          await Intercom.setUserJwt(t);
          break;
        default:
          await Intercom.setUserJwt(user.jwt);
      }
      await Intercom.present();`,
  },
  'falling through': {
    faulty: `
      switch (k()) {
        case 1:
          f();
          break;
        case 2:
          await Intercom.setUserJwt(t);
          break;
        default:
          return;
      }
      await Intercom.present(); // bad`,
    correct: `
      switch (k()) {
        case 1:
          f();
        case 2:
          await Intercom.setUserJwt(t);
          break;
        default:
          return;
      }
      await Intercom.present();`,
  },
  'with the default in the middle': {
    faulty: `
      switch (k()) {
        case 1:
          await Intercom.setUserJwt(t);
          break;
        default:
          break;
        case 2:
          await Intercom.setUserJwt(t);
      }
      await Intercom.present(); // bad`,
    correct: `
      switch (k()) {
        case 1:
          await Intercom.setUserJwt(t);
          break;
        default:
          f();
        case 2:
          await Intercom.setUserJwt(t);
      }
      await Intercom.present();`,
  },
  'with the default first': {
    faulty: `
      switch (k()) {
        default:
          await Intercom.present(); // bad
        case 1:
          await Intercom.setUserJwt(t);
      }`,
    correct: `
      switch (k()) {
        default:
          await Intercom.setUserJwt(t);
        case 1:
          f();
          break;
        case 2:
          return;
      }`,
  },
  'whose cases have an effect, made in order': {
    faulty: `
      switch (k()) {
        case 0:
          break;
        case (await Intercom.setUserJwt(t), 1):
          break;
      }
      await Intercom.present(); // bad`,
    correct: `
      switch (k()) {
        case (await Intercom.setUserJwt(t), 1):
          break;
        case 0:
          break;
      }
      await Intercom.present();`,
  },
  'whose discriminant has an effect': {
    faulty: `
      switch (Intercom.present(), await Intercom.setUserJwt(t)) { // bad
        default:
      }`,
    correct: `
      switch (await Intercom.setUserJwt(t), Intercom.present()) {
        default:
      }`,
  },
  'on true': {
    faulty: `
      switch (true) {
        case !t:
          break;
        default:
          await Intercom.setUserJwt(t);
      }
      if (!t) await Intercom.present(); // bad`,
    correct: `
      switch (true) {
        case !t:
          break;
        default:
          await Intercom.setUserJwt(t);
      }
      if (t) await Intercom.present();`,
  },
  'that agrees with tests of what it switches on': {
    faulty: `
      switch (user) {
        case 'a':
          await Intercom.setUserJwt(t);
      }
      if (user !== 'a') await Intercom.present(); // bad`,
    correct: `
      switch (user) {
        case 'a':
          await Intercom.setUserJwt(t);
      }
      if (user === 'a') await Intercom.present();`,
  },
});

describeTwins('try and catch', {
  'a catch that goes on': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch (error) {
        console.warn(error);
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
      } catch (error) {
        throw error;
      }
      await Intercom.present();`,
  },
  'a catch that returns': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch {
        if (c()) return;
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
      } catch {
        return;
      }
      await Intercom.present();`,
  },
  'a catch that logs a guest in': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      } catch {
        f();
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      } catch {
        await Intercom.loginUnidentifiedUser();
      }
      await Intercom.present();`,
  },
  'a catch that tries again': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch {
        Intercom.setUserJwt(user.jwt);
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
      } catch {
        await Intercom.setUserJwt(user.jwt);
      }
      await Intercom.present();`,
  },
  'a call in the catch': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        f();
      } catch {
        await Intercom.present();
      }`,
  },
  'a call before the set may throw': {
    faulty: `
      try {
        f();
        await Intercom.setUserJwt(t);
      } catch {}
      await Intercom.present(); // bad`,
    correct: `
      f();
      await Intercom.setUserJwt(t);
      try {
        g();
      } catch {}
      await Intercom.present();`,
  },
  'not only the first thing in a try can throw': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        f();
        await Intercom.logout();
        await Intercom.setUserJwt(t);
        f();
      } catch {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        f();
        await Intercom.updateUser(user);
        await Intercom.setUserJwt(t);
        f();
      } catch {
        await Intercom.present();
      }`,
  },
  'a set again that is rejected after a logout': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        await Intercom.logout();
        await Intercom.setUserJwt(t);
      } catch {}
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        await Intercom.setUserJwt(t);
      } catch {}
      await Intercom.present();`,
  },
  'a throw in a catch goes to the catch around it': {
    faulty: `
      try {
        try {
          await Intercom.setUserJwt(t);
        } catch (error) {
          throw error;
        }
      } catch {}
      await Intercom.present(); // bad`,
    correct: `
      try {
        try {
          await Intercom.setUserJwt(t);
        } catch (error) {
          throw error;
        }
      } catch {
        return;
      }
      await Intercom.present();`,
  },
  'a call in a catch may throw, too': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        try {
          f();
        } catch {
          await Intercom.logout();
          g();
          return;
        }
      } catch {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        try {
          f();
        } catch {
          g();
          await Intercom.setUserJwt(t);
          return;
        }
      } catch {
        await Intercom.present();
      }`,
  },
  'a default in the parameter of a catch': {
    faulty: `
      try {
        throw f;
      } catch ({ a = await Intercom.setUserJwt(t) }) {
        await Intercom.present(); // bad
      }`,
    correct: `
      try {
        throw f;
      } catch ({ [await Intercom.setUserJwt(t)]: a }) {
        await Intercom.present();
      }`,
  },
  'a thrown value is evaluated first': {
    faulty: `
      try {
        throw Intercom.setUserJwt(t);
      } catch {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        throw Intercom.setUserJwt(t);
      } catch {
        await Intercom.present();
      }`,
  },
});

describeTwins('finally', {
  'runs though the set was rejected': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } finally {
        await Intercom.present(); // bad
      }`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
      } finally {
        f();
      }
      await Intercom.present();`,
  },
  'that sets': {
    faulty: `
      try {
        f();
      } finally {
        if (c()) await Intercom.setUserJwt(t);
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        f();
      } finally {
        await Intercom.setUserJwt(t);
      }
      await Intercom.present();`,
  },
  'that logs out': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } finally {
        await Intercom.logout();
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.logout();
      } finally {
        await Intercom.setUserJwt(t);
      }
      await Intercom.present();`,
  },
  'runs on the way out by return': {
    faulty: `
      try {
        if (c()) return;
        await Intercom.setUserJwt(t);
      } finally {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        if (c()) return;
      } finally {
        await Intercom.present();
      }`,
  },
  'runs after what is returned was evaluated': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        return Intercom.logout();
      } finally {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        return f();
      } finally {
        await Intercom.present();
      }`,
  },
  'does not turn a return into a normal end': {
    faulty: `
      done: try {
        if (c()) break done;
        await Intercom.setUserJwt(t);
      } finally {
        f();
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        if (c()) return;
        await Intercom.setUserJwt(t);
      } finally {
        f();
      }
      await Intercom.present();`,
  },
  'with a break drops what was thrown': {
    faulty: `
      done: try {
        await Intercom.setUserJwt(t);
      } finally {
        break done;
      }
      await Intercom.present(); // bad`,
    correct: `
      done: try {
        await Intercom.setUserJwt(t);
        break done;
      } finally {
        f();
      }
      await Intercom.present();`,
  },
  'with a continue drops what was thrown': {
    faulty: `
      do {
        try {
          await Intercom.setUserJwt(t);
        } finally {
          continue;
        }
      } while (c());
      await Intercom.present(); // bad`,
    correct: `
      do {
        try {
          await Intercom.setUserJwt(t);
          continue;
        } finally {
          f();
        }
      } while (c());
      await Intercom.present();`,
  },
  'with a return drops what was thrown': {
    faulty: `
      await (async () => {
        try {
          await Intercom.setUserJwt(t);
        } finally {
          return;
        }
      })();
      await Intercom.present(); // bad`,
    correct: `
      await (async () => {
        try {
          await Intercom.setUserJwt(t);
          return;
        } finally {
          f();
        }
      })();
      await Intercom.present();`,
  },
  'with a break drops a return': {
    faulty: `
      done: try {
        return;
      } finally {
        break done;
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        return;
      } finally {
        f();
      }
      await Intercom.present();`,
  },
  'after a catch that rethrows': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch (error) {
        f(error);
      } finally {
        g();
      }
      await Intercom.present(); // bad`,
    correct: `
      try {
        await Intercom.setUserJwt(t);
      } catch (error) {
        throw error;
      } finally {
        g();
      }
      await Intercom.present();`,
  },
  'runs when the catch throws': {
    faulty: `
      try {
        await Intercom.setUserJwt(t);
      } catch (error) {
        throw error;
      } finally {
        await Intercom.present(); // bad
      }`,
    correct: `
      try {
        f();
      } catch (error) {
        throw error;
      } finally {
        await Intercom.setUserJwt(t);
        await Intercom.present();
      }`,
  },
  'may throw itself': {
    faulty: `
      await Intercom.setUserJwt(t);
      try {
        try {
          f();
        } finally {
          await Intercom.logout();
          g();
          await Intercom.setUserJwt(t);
        }
      } catch {
        await Intercom.present(); // bad
      }`,
    correct: `
      await Intercom.setUserJwt(t);
      try {
        try {
          f();
        } finally {
          g();
          await Intercom.setUserJwt(t);
        }
      } catch {
        await Intercom.present();
      }`,
  },
  'in finally': {
    faulty: `
      try {
        f();
      } finally {
        try {
          g();
        } finally {
          await Intercom.present(); // bad
        }
        await Intercom.setUserJwt(t);
      }`,
    correct: `
      try {
        f();
      } finally {
        try {
          g();
        } finally {
          await Intercom.setUserJwt(t);
        }
        await Intercom.present();
      }
      await Intercom.present();`,
  },
  'of a loop that is left': {
    faulty: `
      for (;;) {
        try {
          if (c()) break;
          await Intercom.setUserJwt(t);
        } finally {
          f();
        }
      }
      await Intercom.present(); // bad`,
    correct: `
      for (;;) {
        try {
          if (c()) break;
          f();
        } finally {
          await Intercom.setUserJwt(t);
        }
      }
      await Intercom.present();`,
  },
});

describe('what may throw in a try', () => {
  const throws: Readonly<Record<string, string>> = {
    'a call': 'const n = name(user); return n;',
    'an await': 'const n = await user; return n;',
    'a new': 'const n = new Name(user); return n;',
    'a tagged template': 'const n = name`user`; return n;',
    'an import()': 'const n = import(user); return n;',
    'a step of a for-of': 'for (const n of user) return n; return;',
    'a step of a for-await': 'for await (const n of user) return n; return;',
    'a throw': 'if (user) throw user; return;',
    'a call of a method of the client': 'Intercom.hideIntercom(); return;',
  };
  for (const [name, body] of Object.entries(throws)) {
    test(`${name} may`, () => {
      expectFaulty(
        inFunction(`try { ${body} } catch {
          await Intercom.present(); // bad
        }`),
      );
    });
  }

  test('a yield may', () => {
    expectFaulty(`import Intercom from '@intercom/intercom-react-native';
      export function* saga() {
        try { yield 1; return; } catch {
          Intercom.present(); // bad
        }
      }`);
  });

  const silent: Readonly<Record<string, string>> = {
    'a member access': 'const n = user.name.first; return n;',
    'a computed member access': 'const n = user[t]; return n;',
    'an optional member access': 'const n = user?.name; return n;',
    arithmetic: 'const n = user.age * 2 + 1; return n;',
    'a for-in': 'for (const n in user) return n; return;',
    'an assignment': 'user.name = t; return;',
    'a function that is only made': 'const n = () => user(); return n;',
    'a template string': 'const n = `${t}`; return n;',
    'a mention of the client': 'const n = Intercom; return;',
  };
  for (const [name, body] of Object.entries(silent)) {
    test(`${name} does not`, () => {
      expectCorrect(
        inFunction(`try { ${body} } catch {
          await Intercom.present();
        }`),
      );
    });
  }
});

describeTwins('dead code', {
  'after a return': {
    faulty: `
      if (c()) return;
      await Intercom.present(); // bad`,
    correct: `
      return;
      await Intercom.present();`,
  },
  'after a throw': {
    faulty: `
      if (c()) throw new Error('no');
      await Intercom.present(); // bad`,
    correct: `
      throw new Error('no');
      await Intercom.present();`,
  },
  'after the process has ended': {
    faulty: `
      if (!t) process.on('exit', f);
      else await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (!t) process.exit(1);
      else await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'after an endless loop': {
    faulty: `
      for (;;) if (c()) break;
      await Intercom.present(); // bad`,
    correct: `
      for (;;) f();
      await Intercom.present();`,
  },
  'after a function that always throws': {
    faulty: `
      const fail = () => { if (c()) throw new Error('no'); };
      if (!t) fail();
      else await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      const fail = () => { throw new Error('no'); };
      if (!t) fail();
      else await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
});

describeTwins('constant conditions', {
  'a literal': {
    faulty: `
      if (false) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (true) await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a number, a string, null': {
    faulty: `
      if (0 || '' || null) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (1 && 'on') await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a constant that is bound to one': {
    faulty: `
      const on = false;
      if (on) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      const on = true;
      if (on) await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a negated one': {
    faulty: `
      if (!true) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      if (!false) await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a let that is reassigned is none': {
    faulty: `
      let on = true;
      on = c();
      if (on) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      const on = true;
      if (!on) return;
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'in a while': {
    faulty: `
      while (false) await Intercom.setUserJwt(t);
      await Intercom.present(); // bad`,
    correct: `
      while (true) { await Intercom.setUserJwt(t); break; }
      await Intercom.present();`,
  },
  'in a conditional expression': {
    faulty: `
      false ? await Intercom.setUserJwt(t) : f();
      await Intercom.present(); // bad`,
    correct: `
      true ? await Intercom.setUserJwt(t) : f();
      await Intercom.present();`,
  },
  'before ??': {
    faulty: `
      '' ?? (await Intercom.setUserJwt(t));
      await Intercom.present(); // bad`,
    correct: `
      null ?? (await Intercom.setUserJwt(t));
      await Intercom.present();`,
  },
});

describeTwins('classes', {
  'a static block runs where the class is': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A { static { Intercom.logout(); } }
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      class A { static stop() { Intercom.logout(); } }
      await Intercom.present();`,
  },
  'a static field, too': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A { static stopped = Intercom.logout(); }
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      class A { static stop = () => Intercom.logout(); }
      await Intercom.present();`,
  },
  'an instance field runs where an instance is made': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A { stopped = Intercom.logout(); }
      new A();
      await Intercom.present(); // bad`,
    correct: `
      await Intercom.setUserJwt(t);
      class A { stopped = Intercom.logout(); }
      await Intercom.present();`,
  },
  'so does a constructor': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A { constructor() { Intercom.logout(); } }
      const a = new A();
      await Intercom.present(); // bad`,
    correct: `
      class A { constructor() { Intercom.logout(); } }
      const a = new A();
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'and the constructor of the class that it extends': {
    faulty: `
      class A { constructor() { Intercom.logout(); } }
      class B extends A {}
      await Intercom.setUserJwt(t);
      new B();
      await Intercom.present(); // bad`,
    correct: `
      class A { constructor() { Intercom.logout(); } }
      class B {}
      await Intercom.setUserJwt(t);
      new B();
      await Intercom.present();`,
  },
  'a computed key runs where the class is': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A { [Intercom.logout()]() {} }
      await Intercom.present(); // bad`,
    correct: `
      class A { [Intercom.logout()]() {} }
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'what it extends is evaluated': {
    faulty: `
      await Intercom.setUserJwt(t);
      class A extends base(Intercom.logout()) {}
      await Intercom.present(); // bad`,
    correct: `
      class A extends base(Intercom.logout()) {}
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
  'a class expression': {
    faulty: `
      await Intercom.setUserJwt(t);
      f(class { static { Intercom.logout(); } });
      await Intercom.present(); // bad`,
    correct: `
      f(class { static { Intercom.logout(); } });
      await Intercom.setUserJwt(t);
      await Intercom.present();`,
  },
});
