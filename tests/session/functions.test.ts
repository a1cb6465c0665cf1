/** What calls do, in which states functions are entered, and what a helper counts for. */

import { describe, expect, test } from 'vitest';

import {
  describeTwins,
  expectCorrect,
  expectFaulty,
  reportedLines,
  withClient,
} from '../helpers/verdict.ts';

const MODULE = { wrap: withClient } as const;
const STRICT = { wrap: withClient, helpers: 'every-path' } as const;

describeTwins(
  'the effect of a call',
  {
    'of a declaration': {
      faulty: `
        async function login(t) { Intercom.setUserJwt(t); }
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function login(t) { await Intercom.setUserJwt(t); }
        export async function run(t) {
          await login(t);
          await Intercom.present();
        }`,
    },
    'of an arrow that returns its promise': {
      faulty: `
        const login = (t) => { Intercom.setUserJwt(t); };
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const login = (t) => Intercom.setUserJwt(t);
        export async function run(t) {
          await login(t);
          await Intercom.present();
        }`,
    },
    'through another one': {
      faulty: `
        const set = async (t) => { await Intercom.setUserJwt(t); };
        const login = async (t) => { set(t); };
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const set = async (t) => { await Intercom.setUserJwt(t); };
        const login = async (t) => { await set(t); };
        export async function run(t) {
          await login(t);
          await Intercom.present();
        }`,
    },
    'that throws': {
      faulty: `
        async function login(t) { await Intercom.setUserJwt(t); }
        export async function run(t) {
          try { await login(t); } catch {}
          await Intercom.present(); // bad
        }`,
      correct: `
        async function login(t) { await Intercom.setUserJwt(t); }
        export async function run(t) {
          try { await login(t); } catch { return; }
          await Intercom.present();
        }`,
    },
    'that logs out': {
      faulty: `
        function leave() { Intercom.logout(); }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          leave();
          await Intercom.present(); // bad
        }`,
      correct: `
        function leave() { Intercom.logout(); }
        export async function run(t) {
          leave();
          await Intercom.setUserJwt(t);
          await Intercom.present();
        }`,
    },
    'of a function that is not seen is none': {
      faulty: `
        import { login } from 'somewhere';
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        import { logout } from 'somewhere';
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await logout();
          await Intercom.present();
        }`,
    },
    'of either of two': {
      faulty: `
        const login = web ? async (t) => {} : async (t) => { await Intercom.setUserJwt(t); };
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const login = web
          ? async (t) => { await Intercom.setUserJwt(t.web); }
          : async (t) => { await Intercom.setUserJwt(t.native); };
        export async function run(t) {
          await login(t);
          await Intercom.present();
        }`,
    },
    'by bind, call and apply': {
      faulty: `
        async function login(t) { await Intercom.setUserJwt(t); }
        export async function run(t) {
          login.bind(null, t);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function login(t) { await Intercom.setUserJwt(t); }
        export async function run(t) {
          await login.call(null, t);
          await Intercom.present();
        }`,
    },
  },
  STRICT,
);

describeTwins(
  'recursion',
  {
    'of one function': {
      faulty: `
        async function login(t, tries) {
          if (tries > 3) return;
          try { await Intercom.setUserJwt(t); } catch { await login(t, tries + 1); }
        }
        export async function run(t) {
          await login(t, 0);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function login(t, tries) {
          if (tries > 3) throw new Error('no');
          try { await Intercom.setUserJwt(t); } catch { await login(t, tries + 1); }
        }
        export async function run(t) {
          await login(t, 0);
          await Intercom.present();
        }`,
    },
    'of two': {
      faulty: `
        async function even(t) { if (c()) return odd(t); }
        async function odd(t) { await Intercom.setUserJwt(t); return even(t); }
        export async function run(t) {
          await even(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function even(t) { if (c()) return odd(t); }
        async function odd(t) { await Intercom.setUserJwt(t); return even(t); }
        export async function run(t) {
          await odd(t);
          await Intercom.present();
        }`,
    },
    'that clears on the way': {
      faulty: `
        async function retry(n) {
          if (n > 0) { await retry(n - 1); return; }
          await Intercom.logout();
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await retry(3);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function retry(n) {
          if (n > 0) { await retry(n - 1); return; }
          await f();
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await retry(3);
          await Intercom.present();
        }`,
    },
  },
  STRICT,
);

describeTwins(
  'functions that can be seen',
  {
    'a method of an object': {
      faulty: `
        const chat = { async login(t) { Intercom.setUserJwt(t); } };
        export async function run(t) {
          await chat.login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const chat = { async login(t) { await Intercom.setUserJwt(t); } };
        export async function run(t) {
          await chat.login(t);
          await Intercom.present();
        }`,
    },
    'a method through this': {
      faulty: `
        export class Chat {
          private async login(t: string) { Intercom.setUserJwt(t); }
          async open(t: string) {
            await this.login(t);
            await Intercom.present(); // bad
          }
        }`,
      correct: `
        export class Chat {
          private async login(t: string) { await Intercom.setUserJwt(t); }
          async open(t: string) {
            await this.login(t);
            await Intercom.present();
          }
        }`,
    },
    'a private method': {
      faulty: `
        export class Chat {
          async #login(t) { if (t) await Intercom.setUserJwt(t); }
          async open(t) {
            await this.#login(t);
            await Intercom.present(); // bad
          }
        }`,
      correct: `
        export class Chat {
          async #login(t) { await Intercom.setUserJwt(t); }
          async open(t) {
            await this.#login(t);
            await Intercom.present();
          }
        }`,
    },
    'a static method': {
      faulty: `
        class Chat { static async login(t) { Intercom.setUserJwt(t); } }
        export async function run(t) {
          await Chat.login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        class Chat { static async login(t) { await Intercom.setUserJwt(t); } }
        export async function run(t) {
          await Chat.login(t);
          await Intercom.present();
        }`,
    },
    'a method of an instance': {
      faulty: `
        class Chat { async leave() { await Intercom.logout(); } }
        const chat = new Chat();
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await chat.leave();
          await Intercom.present(); // bad
        }`,
      correct: `
        class Chat { async leave() { await Intercom.logout(); } }
        const chat = new Chat();
        export async function run(t) {
          await chat.leave();
          await Intercom.setUserJwt(t);
          await Intercom.present();
        }`,
    },
    'a method that is inherited': {
      faulty: `
        class Base { async login(t) { Intercom.setUserJwt(t); } }
        class Chat extends Base {}
        export async function run(t) {
          await new Chat().login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        class Base { async login(t) { await Intercom.setUserJwt(t); } }
        class Chat extends Base {}
        export async function run(t) {
          await new Chat().login(t);
          await Intercom.present();
        }`,
    },
    'an arrow in a field': {
      faulty: `
        export class Chat {
          login = async (t) => { Intercom.setUserJwt(t); };
          open = async (t) => {
            await this.login(t);
            await Intercom.present(); // bad
          };
        }`,
      correct: `
        export class Chat {
          login = async (t) => { await Intercom.setUserJwt(t); };
          open = async (t) => {
            await this.login(t);
            await Intercom.present();
          };
        }`,
    },
    'a getter': {
      faulty: `
        const chat = { get ready() { return Intercom.logout(); } };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await chat.ready;
          await Intercom.present(); // bad
        }`,
      correct: `
        const chat = { get ready() { return Intercom.logout(); } };
        export async function run(t) {
          await chat.ready;
          await Intercom.setUserJwt(t);
          await Intercom.present();
        }`,
    },
    'a getter of a class': {
      faulty: `
        export class Chat {
          get #shown() { Intercom.logout(); return true; }
          async open(t) {
            await Intercom.setUserJwt(t);
            if (this.#shown) f();
            await Intercom.present(); // bad
          }
        }`,
      correct: `
        export class Chat {
          get #shown() { return true; }
          async open(t) {
            await Intercom.setUserJwt(t);
            if (this.#shown) f();
            await Intercom.present();
          }
        }`,
    },
    'one wrapped by useCallback': {
      faulty: `
        export function useChat(t) {
          const login = useCallback(async () => { Intercom.setUserJwt(t); }, [t]);
          return useCallback(async () => {
            await login();
            await Intercom.present(); // bad
          }, [login]);
        }`,
      correct: `
        export function useChat(t) {
          const login = useCallback(async () => { await Intercom.setUserJwt(t); }, [t]);
          return useCallback(async () => {
            await login();
            await Intercom.present();
          }, [login]);
        }`,
    },
    'one of a frozen object': {
      faulty: `
        const support = Object.freeze({
          async login(t) { Intercom.setUserJwt(t); },
          async open() { await Intercom.present(); }, // bad
        });
        export async function run(t) {
          await support.login(t);
          await support.open();
        }`,
      correct: `
        const support = Object.freeze({
          async login(t) { await Intercom.setUserJwt(t); },
          async open() { await Intercom.present(); },
        });
        export async function run(t) {
          await support.login(t);
          await support.open();
        }`,
    },
    'a bound method, given to one': {
      faulty: `
        async function first(f, t) { Intercom.setUserJwt(t); await f(); }
        export const run = (t) => first(Intercom.present.bind(Intercom), t); // bad`,
      correct: `
        async function first(f, t) { await Intercom.setUserJwt(t); await f(); }
        export const run = (t) => first(Intercom.present.bind(Intercom), t);`,
    },
    'one held by a ref': {
      faulty: `
        export function Help({ t }) {
          const login = useRef(async () => { Intercom.setUserJwt(t); });
          const open = async () => {
            await login.current();
            await Intercom.present(); // bad
          };
          return <Button onPress={open} />;
        }`,
      correct: `
        export function Help({ t }) {
          const login = useRef(async () => { await Intercom.setUserJwt(t); });
          const open = async () => {
            await login.current();
            await Intercom.present();
          };
          return <Button onPress={open} />;
        }`,
    },
    'one whose promise is held by a ref': {
      faulty: `
        export function Help({ t }) {
          const ready = useRef(null);
          const login = async () => { await Intercom.setUserJwt(t); };
          const ensure = () => {
            ready.current ??= login();
            return ready.current;
          };
          const open = async () => {
            await ready.current;
            await Intercom.present(); // bad
          };
          return <Button onPress={open} onLongPress={ensure} />;
        }`,
      correct: `
        export function Help({ t }) {
          const ready = useRef(null);
          const login = async () => { await Intercom.setUserJwt(t); };
          const ensure = () => {
            ready.current ??= login();
            return ready.current;
          };
          const open = async () => {
            await ensure();
            await Intercom.present();
          };
          return <Button onPress={open} />;
        }`,
    },
    'one made by useMemo': {
      faulty: `
        export function useChat(t) {
          const login = useMemo(() => async () => { Intercom.setUserJwt(t); }, [t]);
          return async () => {
            await login();
            await Intercom.present(); // bad
          };
        }`,
      correct: `
        export function useChat(t) {
          const login = useMemo(() => async () => { await Intercom.setUserJwt(t); }, [t]);
          return async () => {
            await login();
            await Intercom.present();
          };
        }`,
    },
    'one returned by a hook': {
      faulty: `
        function useLogin(t) {
          const login = async () => { Intercom.setUserJwt(t); };
          return { login, other: f };
        }
        export function useChat(t) {
          const { login } = useLogin(t);
          return async () => {
            await login();
            await Intercom.present(); // bad
          };
        }`,
      correct: `
        function useLogin(t) {
          const login = async () => { await Intercom.setUserJwt(t); };
          return { login, other: f };
        }
        export function useChat(t) {
          const { login } = useLogin(t);
          return async () => {
            await login();
            await Intercom.present();
          };
        }`,
    },
    'one returned by a factory': {
      faulty: `
        const makeLogin = (log) => async (t) => { log(t); Intercom.setUserJwt(t); };
        const login = makeLogin(console.log);
        export async function run(t) {
          await login(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const makeLogin = (log) => async (t) => { log(t); await Intercom.setUserJwt(t); };
        const login = makeLogin(console.log);
        export async function run(t) {
          await login(t);
          await Intercom.present();
        }`,
    },
  },
  STRICT,
);

describeTwins(
  'where a function is entered',
  {
    'where it is called': {
      faulty: `
        async function open() {
          await Intercom.present(); // bad
        }
        export async function run(t) {
          await open();
          await Intercom.setUserJwt(t);
        }`,
      correct: `
        async function open() {
          await Intercom.present();
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await open();
        }`,
    },
    'at each of its calls': {
      faulty: `
        async function open() {
          await Intercom.present(); // bad
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await open();
        }
        export const other = () => open();`,
      correct: `
        async function open() {
          await Intercom.present();
        }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await open();
        }
        export async function other(t) {
          await Intercom.setUserJwt(t);
          await open();
        }`,
    },
    'where it is passed on': {
      faulty: `
        export async function run(t) {
          const open = () => Intercom.present(); // bad
          register(open);
          await Intercom.setUserJwt(t);
        }`,
      correct: `
        export async function run(t) {
          const open = () => Intercom.present();
          await Intercom.setUserJwt(t);
          register(open);
        }`,
    },
    'where it is stored': {
      faulty: `
        export async function run(t, user) {
          user.open = () => Intercom.present(); // bad
          await Intercom.setUserJwt(t);
        }`,
      correct: `
        export async function run(t, user) {
          await Intercom.setUserJwt(t);
          user.open = () => Intercom.present();
        }`,
    },
    'where it is returned': {
      faulty: `
        export function run(t) {
          return () => Intercom.present(); // bad
        }`,
      correct: `
        export async function run(t) {
          await Intercom.setUserJwt(t);
          return () => Intercom.present();
        }`,
    },
    'where it is rendered': {
      faulty: `
        export function Help() {
          return <Button onPress={() => Intercom.present()} />; // bad
        }`,
      correct: `
        export function Help({ t }) {
          const onPress = async () => {
            await Intercom.setUserJwt(t);
            await Intercom.present();
          };
          return <Button onPress={onPress} />;
        }`,
    },
    'from outside, if it is exported': {
      faulty: `
        export const open = () => Intercom.present(); // bad
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await open();
        }`,
      correct: `
        const open = () => Intercom.present();
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await open();
        }`,
    },
    'from outside, if it is exported later': {
      faulty: `
        const open = () => Intercom.present(); // bad
        export { open as show };`,
      correct: `
        const open = () => Intercom.present();
        export const other = 1;`,
    },
    'from outside, as the default export': {
      faulty: `
        export default function () {
          Intercom.present(); // bad
        }`,
      correct: `
        export default async function (t) {
          await Intercom.setUserJwt(t);
          Intercom.present();
        }`,
    },
    'from outside, in CommonJS': {
      faulty: `
        const open = () => Intercom.present(); // bad
        module.exports = { open };`,
      correct: `
        const open = () => Intercom.present();
        module.exports = { run: async (t) => { await Intercom.setUserJwt(t); await open(); } };`,
    },
    'from outside, in an object that is exported': {
      faulty: `
        export const chat = {
          open: () => Intercom.present(), // bad
        };`,
      correct: `
        export const chat = {
          open: (t) => Intercom.setUserJwt(t).then(() => Intercom.present()),
        };`,
    },
    'from outside, in a class that is exported': {
      faulty: `
        export class Chat {
          open() { return Intercom.present(); } // bad
        }`,
      correct: `
        export class Chat {
          private open() { return Intercom.present(); }
          async run(t: string) { await Intercom.setUserJwt(t); await this.open(); }
        }`,
    },
    'from outside, through an instance that is exported': {
      faulty: `
        class Chat {
          open() { return Intercom.present(); } // bad
        }
        export const chat = new Chat();`,
      correct: `
        class Chat {
          open() { return Intercom.present(); }
        }
        const chat = new Chat();
        export const run = async (t) => { await Intercom.setUserJwt(t); await chat.open(); };`,
    },
    'from outside, through an instance that gets away': {
      faulty: `
        class Chat {
          open() { return Intercom.present(); } // bad
        }
        register(new Chat());`,
      correct: `
        class Chat {
          open() { return Intercom.present(); }
        }
        new Chat();`,
    },
    'in the state in which the module ends': {
      faulty: `
        export const open = () => Intercom.present(); // bad
        Intercom.setUserJwt(process.env.JWT);`,
      correct: `
        export const open = () => Intercom.present();
        await Intercom.setUserJwt(process.env.JWT);`,
    },
    'never, if nothing refers to it': {
      faulty: `
        const open = () => Intercom.present(); // bad
        open();`,
      correct: `
        const open = () => Intercom.present();
        const same = open;`,
    },
  },
  MODULE,
);

describeTwins(
  'a function given to another that can be seen',
  {
    'runs where that calls it': {
      faulty: `
        async function withJwt(t, action) { await action(); await Intercom.setUserJwt(t); }
        export const run = (t) => withJwt(t, () => Intercom.present()); // bad`,
      correct: `
        async function withJwt(t, action) { await Intercom.setUserJwt(t); await action(); }
        export const run = (t) => withJwt(t, () => Intercom.present());`,
    },
    'has its effect there': {
      faulty: `
        async function safe(action) { action(); }
        export async function run(t) {
          await safe(() => Intercom.setUserJwt(t));
          await safe(() => Intercom.loginUserWithUserAttributes(t)); // bad
        }`,
      correct: `
        async function safe(action) { await action(); }
        export async function run(t) {
          await safe(() => Intercom.setUserJwt(t));
          await safe(() => Intercom.loginUserWithUserAttributes(t));
        }`,
    },
    'in this call, not in any other': {
      faulty: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await safe(() => Intercom.setUserJwt(t));
          await safe(() => Intercom.logout());
          await safe(() => Intercom.present()); // bad
        }`,
      correct: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await safe(() => Intercom.logout());
          await safe(() => Intercom.setUserJwt(t));
          await safe(() => Intercom.present());
        }`,
    },
    'is returned by it': {
      faulty: `
        const safe = (action) => { action(); };
        export async function run(t) {
          await safe(() => Intercom.setUserJwt(t));
          await Intercom.present(); // bad
        }`,
      correct: `
        const safe = (action) => action();
        export async function run(t) {
          await safe(() => Intercom.setUserJwt(t));
          await Intercom.present();
        }`,
    },
    'is handed on by it': {
      faulty: `
        const inner = async (action) => { action(); };
        const outer = async (action) => { await inner(action); };
        export async function run(t) {
          await outer(() => Intercom.setUserJwt(t));
          await Intercom.present(); // bad
        }`,
      correct: `
        const inner = async (action) => { await action(); };
        const outer = async (action) => { await inner(action); };
        export async function run(t) {
          await outer(() => Intercom.setUserJwt(t));
          await Intercom.present();
        }`,
    },
    'is called by a function in it': {
      faulty: `
        const retry = async (action) => {
          const attempt = async () => { if (c()) await action(); };
          await attempt();
        };
        export async function run(t) {
          await retry(() => Intercom.setUserJwt(t));
          await Intercom.present(); // bad
        }`,
      correct: `
        const retry = async (action) => {
          const attempt = async () => { await action(); };
          await attempt();
        };
        export async function run(t) {
          await retry(() => Intercom.setUserJwt(t));
          await Intercom.present();
        }`,
    },
    'is a method of the client': {
      faulty: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await safe(Intercom.present); // bad
        }`,
      correct: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await safe(Intercom.present);
        }`,
    },
    'is a method of the client, in this call only': {
      faulty: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await safe(Intercom.present);
        }
        export const other = () => safe(Intercom.updateUser); // bad`,
      correct: `
        const safe = async (action) => { await action(); };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await safe(Intercom.present);
        }
        export const other = () => safe(() => f());`,
    },
    'comes in an object': {
      faulty: `
        const retry = async ({ action }) => { await action(); };
        export async function run(t) {
          await retry({ action: () => Intercom.present() }); // bad
        }`,
      correct: `
        const retry = async ({ action }) => { await action(); };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await retry({ action: () => Intercom.present() });
        }`,
    },
  },
  STRICT,
);

describeTwins(
  'a callback for later',
  {
    'that a finally hands over': {
      faulty: `
        export async function run(t) {
          await Intercom.setUserJwt(t);
          try { f(); } finally { setTimeout(() => Intercom.present(), 1); } // bad
          await Intercom.logout();
        }`,
      correct: `
        export async function run(t) {
          await Intercom.setUserJwt(t);
          try { f(); } finally { setTimeout(() => Intercom.present(), 1); }
          await Intercom.updateUser(t);
        }`,
    },
  },
  MODULE,
);

describeTwins(
  'a test of what the client is',
  {
    'by its type': {
      faulty: `
        export async function run(t) {
          if (typeof t === 'string') await Intercom.setUserJwt(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        export async function run(t) {
          if (typeof Intercom === 'undefined') return;
          if (typeof Intercom.setUserJwt === 'function') await Intercom.setUserJwt(t);
          await Intercom.present();
        }`,
    },
    'by what it has': {
      faulty: `
        export async function run(t) {
          if ('jwt' in t) await Intercom.setUserJwt(t.jwt);
          await Intercom.present(); // bad
        }`,
      correct: `
        export async function run(t) {
          if ('setUserJwt' in Intercom) await Intercom.setUserJwt(t.jwt);
          await Intercom.present();
        }`,
    },
  },
  MODULE,
);

describeTwins(
  'a queue of promises',
  {
    'enters its jobs where they are queued': {
      faulty: `
        let queue = Promise.resolve();
        export const open = () => {
          queue = queue.catch(log).then(() => Intercom.present()); // bad
        };`,
      correct: `
        let queue = Promise.resolve();
        export const open = (t) => {
          queue = queue.catch(log).then(async () => {
            await Intercom.setUserJwt(t);
            await Intercom.present();
          });
        };`,
    },
    'runs its jobs one after the other': {
      faulty: `
        class Support {
          #queue = Promise.resolve();
          #add(job) {
            const done = this.#queue.then(() => job());
            this.#queue = done.catch(log);
            return done;
          }
          async open(t) {
            this.#add(() => Intercom.setUserJwt(t));
            await this.#add(() => Intercom.present()); // bad
          }
        }
        export const support = new Support();`,
      correct: `
        class Support {
          #queue = Promise.resolve();
          #add(job) {
            const done = this.#queue.then(() => job());
            this.#queue = done.catch(log);
            return done;
          }
          async open(t) {
            await this.#add(() => Intercom.setUserJwt(t));
            await this.#add(() => Intercom.present());
          }
        }
        export const support = new Support();`,
    },
  },
  MODULE,
);

describe('a helper that sets the JWT on some ways only', () => {
  const RUN = `
    export async function run(t) {
      await ensure(t);
      await Intercom.present();
    }`;
  const helpers: Readonly<Record<string, string>> = {
    'returns early': `
      let done = false;
      async function ensure(t) { if (done) return; await Intercom.setUserJwt(t); done = true; }`,
    'swallows the rejection': `
      async function ensure(t) { try { await Intercom.setUserJwt(t); } catch (e) { warn(e); } }`,
    'sets and logs in': `
      async function ensure(t) {
        if (await Intercom.isUserLoggedIn()) return;
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(t);
      }`,
    'calls another': `
      const set = async (t) => { if (t) await Intercom.setUserJwt(t); };
      const ensure = async (t) => { await set(t); };`,
  };
  for (const [name, helper] of Object.entries(helpers)) {
    test(`and ${name} counts as setting it under some-path only`, () => {
      const source = withClient(`${helper}\n${RUN}`);
      expectCorrect(source, { helpers: 'some-path' });
      expectFaulty(source.replace('await Intercom.present();', '$& // bad'), {
        helpers: 'every-path',
      });
    });
  }

  test('and is a generator that another one runs to its end counts so too', () => {
    const source = withClient(`
      import { call } from 'redux-saga/effects';
      function* ensure(t) { if (t) yield call(Intercom.setUserJwt, t); }
      export function* run(t) {
        yield* ensure(t);
        yield call(Intercom.present);
      }`);
    expectCorrect(source, { helpers: 'some-path' });
    expectFaulty(source.replace('yield call(Intercom.present);', '$& // bad'), {
      helpers: 'every-path',
    });
  });

  const failing: Readonly<Record<string, string>> = {
    'never sets it': `async function ensure(t) { if (t) await f(t); }`,
    'has cleared it since': `
      async function ensure(t) { if (c()) return; await Intercom.setUserJwt(t); await Intercom.logout(); }`,
    'does not await it': `async function ensure(t) { if (c()) return; Intercom.setUserJwt(t); }`,
    'throws on every way on which it has set it': `
      async function ensure(t) { if (c()) return; await Intercom.setUserJwt(t); throw t; }`,
  };
  for (const [name, helper] of Object.entries(failing)) {
    test(`counts for nothing if it ${name}`, () => {
      const source = withClient(`${helper}\n${RUN}`).replace(
        'await Intercom.present();',
        '$& // bad',
      );
      expectFaulty(source, { helpers: 'some-path' });
      expectFaulty(source, { helpers: 'every-path' });
    });
  }

  test('counts for nothing if it is not awaited', () => {
    expectFaulty(
      withClient(`
        async function ensure(t) { if (c()) return; await Intercom.setUserJwt(t); }
        export async function run(t) {
          ensure(t);
          await Intercom.present(); // bad
        }`),
    );
  });

  test('is judged with all its ways where it is written', () => {
    const source = withClient(`
      async function ensure(t) {
        if (t) await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(t); // bad
      }
      export const run = (t) => ensure(t);`);
    expectFaulty(source, { helpers: 'some-path' });
    expectFaulty(source, { helpers: 'every-path' });
  });

  test('keeps a session that was there', () => {
    expectCorrect(
      withClient(`
        async function ensure(t) { if (c()) return; await Intercom.setUserJwt(t); }
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await ensure(t);
          await Intercom.present();
        }`),
      { helpers: 'every-path' },
    );
  });
});

describeTwins(
  'the literal result of a helper',
  {
    'that is undefined where something was caught': {
      faulty: `
        async function safely(f) { try { return await f(); } catch (e) { return undefined; } }
        export async function run(t) {
          const isReady = await safely(async () => { await Intercom.setUserJwt(t); return true; });
          if (!isReady) await Intercom.present(); // bad
        }`,
      correct: `
        async function safely(f) { try { return await f(); } catch (e) { return undefined; } }
        export async function run(t) {
          const isReady = await safely(async () => { await Intercom.setUserJwt(t); return true; });
          if (isReady) await Intercom.present();
        }`,
    },
    'that is negated before it is kept': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const failed = !(await ensure(t));
          if (failed) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const failed = !(await ensure(t));
          if (failed) return;
          await Intercom.present();
        }`,
    },
    'that is compared before it is kept': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = (await ensure(t)) === true;
          if (!isReady) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = (await ensure(t)) === true;
          if (isReady) await Intercom.present();
        }`,
    },
    'that is kept with another condition': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = c() && (await ensure(t));
          if (!isReady) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = c() && (await ensure(t));
          if (isReady) await Intercom.present();
        }`,
    },
    'with a handler behind it': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = await ensure(t).catch(() => true);
          if (isReady) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const isReady = await ensure(t).catch(() => false);
          if (isReady) await Intercom.present();
        }`,
    },
    'that is what was awaited': {
      faulty: `
        async function ensure() {
          const t = await f();
          if (!t) return null;
          await Intercom.setUserJwt(t);
          return t;
        }
        export async function run() {
          await ensure();
          await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure() {
          const t = await f();
          if (!t) return null;
          await Intercom.setUserJwt(t);
          return t;
        }
        export async function run() {
          if ((await ensure()) == null) return;
          await Intercom.present();
        }`,
    },
    'that is tested directly': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          if (await ensure(t)) f();
          else await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          if (!(await ensure(t))) return;
          await Intercom.present();
        }`,
    },
    'that is kept': {
      faulty: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const ok = await ensure(t);
          if (!ok) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return false; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          const ok = await ensure(t);
          if (ok) await Intercom.present();
        }`,
    },
    'that is null': {
      faulty: `
        async function ensure(t) { if (!t) return null; await Intercom.setUserJwt(t); return t; }
        export async function run(t) {
          const ok = await ensure(t);
          if (ok == null) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return null; await Intercom.setUserJwt(t); return { t }; }
        export async function run(t) {
          const ok = await ensure(t);
          if (ok == null) return;
          await Intercom.present();
        }`,
    },
    'that is nothing': {
      faulty: `
        async function ensure(t) { if (!t) return; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          if ((await ensure(t)) === undefined) await Intercom.present(); // bad
        }`,
      correct: `
        async function ensure(t) { if (!t) return; await Intercom.setUserJwt(t); return true; }
        export async function run(t) {
          if (await ensure(t)) await Intercom.present();
        }`,
    },
    'that a catch returns': {
      faulty: `
        const ensure = async (t) => { try { await Intercom.setUserJwt(t); return true; } catch { return true; } };
        export async function run(t) {
          if (await ensure(t)) await Intercom.present(); // bad
        }`,
      correct: `
        const ensure = async (t) => { try { await Intercom.setUserJwt(t); return true; } catch { return false; } };
        export async function run(t) {
          if (await ensure(t)) await Intercom.present();
        }`,
    },
    'that is compared with true': {
      faulty: `
        const ensure = async (t) => { if (!t) return false; await Intercom.setUserJwt(t); return true; };
        export async function run(t) {
          if ((await ensure(t)) !== true) await Intercom.present(); // bad
        }`,
      correct: `
        const ensure = async (t) => { if (!t) return false; await Intercom.setUserJwt(t); return true; };
        export async function run(t) {
          if ((await ensure(t)) === true) await Intercom.present();
        }`,
    },
    'that goes on through &&': {
      faulty: `
        const ensure = async (t) => { if (!t) return false; await Intercom.setUserJwt(t); return true; };
        export async function run(t) {
          (await ensure(t)) || (await Intercom.present()); // bad
        }`,
      correct: `
        const ensure = async (t) => { if (!t) return false; await Intercom.setUserJwt(t); return true; };
        export async function run(t) {
          (await ensure(t)) && (await Intercom.present());
        }`,
    },
    'that is told by what it was given': {
      faulty: `
        const ensure = async (t) => { if (t) await Intercom.setUserJwt(t); return !t; };
        export async function run(t) {
          if (await ensure(t)) await Intercom.present(); // bad
        }`,
      correct: `
        const ensure = async (t) => { if (t) await Intercom.setUserJwt(t); return !!t; };
        export async function run(t) {
          if (await ensure(t)) await Intercom.present();
        }`,
    },
  },
  STRICT,
);

describe('the dial is applied to each kind of result', () => {
  const helper = `
    async function ensure(t) {
      if (!t) return false;
      if (c()) return true;
      await Intercom.setUserJwt(t);
      return true;
    }`;
  test('the ways of the other kind count for nothing', () => {
    const source = withClient(`${helper}
      export async function run(t) {
        if (await ensure(t)) await Intercom.present();
        else await Intercom.present(); // bad
      }`);
    expectFaulty(source, { helpers: 'some-path' });
  });
  test('ways that cannot be count for nothing', () => {
    const source = withClient(`
      async function ensure(t) {
        if (!t) return false;
        await Intercom.setUserJwt(t);
        if (!t) return false;
        return true;
      }
      export async function run(t) {
        if (await ensure(t)) await Intercom.present();
        else await Intercom.present(); // bad
      }`);
    expectFaulty(source, { helpers: 'some-path' });
  });
  test('every way of the kind counts under every-path', () => {
    const source = withClient(`${helper}
      export async function run(t) {
        if (await ensure(t)) await Intercom.present(); // bad
      }`);
    expectFaulty(source, { helpers: 'every-path' });
  });
});

describe('a session that is taken to be there', () => {
  const session = { entry: 'session', wrap: withClient } as const;
  describeTwins(
    'is at fault where it is lost',
    {
      'by a logout': {
        faulty: `
          export async function run() {
            await Intercom.logout();
            await Intercom.present(); // bad
          }`,
        correct: `
          export async function run() {
            await Intercom.present();
            await Intercom.logout();
          }`,
      },
      'by a login': {
        faulty: `
          export async function run(user) {
            await Intercom.loginUserWithUserAttributes(user); // bad
          }`,
        correct: `
          export async function run(user) {
            await Intercom.updateUser(user);
            await Intercom.present();
          }`,
      },
      'by a set that may be skipped before a login': {
        faulty: `
          export async function run(t, user) {
            if (t) await Intercom.setUserJwt(t);
            await Intercom.loginUserWithUserAttributes(user); // bad
          }`,
        correct: `
          export async function run(t, user) {
            if (t) await Intercom.setUserJwt(t);
            await Intercom.updateUser(user);
          }`,
      },
      'by a set that is not awaited before a login': {
        faulty: `
          export async function run(t, user) {
            Intercom.setUserJwt(t);
            await Intercom.loginUserWithUserAttributes(user); // bad
          }`,
        correct: `
          export async function run(t, user) {
            Intercom.setUserJwt(t);
            await Intercom.present();
          }`,
      },
    },
    session,
  );
});

describe('which calls are protected', () => {
  const source = withClient(`export function run() {
    Intercom.loginUserWithUserAttributes({});
    Intercom.updateUser({});
    Intercom.present();
    Intercom.searchHelpCenter('x');
    Intercom.logEvent('x');
    Intercom.loginUnidentifiedUser();
    Intercom.initialize('a', 'b');
    Intercom.hideIntercom();
    Intercom.setUserJwtProvider(f);
    Intercom.logout();
  }`);
  test('logins, updates and presents, if nothing else is said', () => {
    expect(reportedLines(source, {})).toEqual([3, 4, 5]);
  });
  test('those that are named', () => {
    expect(reportedLines(source, { protect: ['request'] })).toEqual([6]);
    expect(reportedLines(source, { protect: ['event', 'login'] })).toEqual([3, 7]);
    expect(reportedLines(source, { protect: [] })).toEqual([]);
  });
});

const CHOSEN = `
  async function setIt() { await Intercom.setUserJwt(token()); }
  async function setToo() { await Intercom.setUserJwt(token()); }
  const plain = { setIt };
`;

/** What `h` is declared as, with the functions above; and the twin that has nothing unseen. */
const CHOICES: Readonly<Record<string, readonly [faulty: string, correct: string]>> = {
  'by a conditional': [
    'const h = c ? setIt : unseen; await h();',
    'const h = c ? setIt : setToo; await h();',
  ],
  'by a conditional that is called on the spot': [
    'await (c ? setIt : unseen)();',
    'await (c ? setIt : setToo)();',
  ],
  'by what is there': ['await (opts.h ?? setIt)();', 'await (null ?? setIt)();'],
  'by an assignment': [
    'let h = setIt; if (c) h = unseen; await h();',
    'let h = setIt; if (c) h = setToo; await h();',
  ],
  'by an assignment to what is nothing yet': [
    'let h = null; h = c ? setIt : unseen; await h();',
    'let h = null; h = setIt; await h();',
  ],
  'by the object': [
    'const o = c ? plain : unseen; await o.setIt();',
    'const o = c ? plain : { setIt: setToo }; await o.setIt();',
  ],
  'by the result of a call that is not seen': [
    'const h = c ? setIt : make(); await h();',
    'const h = c ? setIt : undefined; await h();',
  ],
  'by itself': [
    'let h = setIt; h = h ?? unseen; h = unseen; await h();',
    'let h = setIt; h = c ? h : setToo; await h();',
  ],
};

describeTwins(
  'a callee that may be one that is not seen',
  Object.fromEntries(
    Object.entries(CHOICES).map(([name, [faulty, correct]]) => {
      const program = (body: string, mark: string): string => `${CHOSEN}
        export async function run(c, opts) {
          ${body}
          await Intercom.present();${mark}
        }`;
      return [name, { faulty: program(faulty, ' // bad'), correct: program(correct, '') }];
    }),
  ),
  STRICT,
);

describe('a callee that may be one that is not seen, where one way is enough', () => {
  test.each(Object.entries(CHOICES).filter(([name]) => name !== 'by itself'))(
    '%s',
    (_, [faulty]) => {
      expectCorrect(
        withClient(`${CHOSEN}
        export async function run(c, opts) {
          ${faulty}
          await Intercom.present();
        }`),
      );
    },
  );

  test('a client stays one beside what is not seen', () => {
    const program = (set: string): string =>
      withClient(`
      export async function run(mod, t) {
        const sdk = mod?.default ?? Intercom;
        ${set}
        await sdk.present();${set === '' ? ' // bad' : ''}
      }`);
    expectFaulty(program(''), { helpers: 'every-path' });
    expectCorrect(program('await sdk.setUserJwt(t);'), { helpers: 'every-path' });
  });
});

/** What gets the name of a function, with what is called before the JWT is set. */
const NAMED: Readonly<Record<string, readonly [named: string, called: string]>> = {
  'by a conditional': ['const h = c() ? open : open;', 'await h();'],
  'by a conditional that is written in place': [
    'const h = c() ? async () => open() : async () => {};',
    'await h();',
  ],
  'by what is there': ['const h = c() ?? open;', 'await h();'],
  'by `&&`': ['const h = c() && open;', 'await h?.();'],
  'by an assignment': ['let h; h = c() || open;', 'await h();'],
  'in an object': ['const o = { h: c() ? open : null };', 'await o.h?.();'],
  'within another choice': ['const h = c() ? c() || open : null;', 'await h?.();'],
};

describeTwins(
  'a function that gets a name where one of several is chosen',
  Object.fromEntries(
    Object.entries(NAMED).map(([name, [named, called]]) => {
      const program = (before: string, after: string, mark: string): string => `
        const open = async () => {
          await Intercom.present();${mark}
        };
        ${named}
        export async function run(t) {
          ${before}
          await Intercom.setUserJwt(t);
          ${after}
        }`;
      return [name, { faulty: program(called, '', ' // bad'), correct: program('', called, '') }];
    }),
  ),
  STRICT,
);

/** What gives back the function that it is given, and the name that it gets. */
const GIVEN_BACK: Readonly<Record<string, readonly [before: string, open: string]>> = {
  'by an arrow function': ['const tag = (f) => f; const open = tag(OPEN);', 'open'],
  'by a statement': ['function tag(f) { return f; } const open = tag(OPEN);', 'open'],
  'by one of several arguments': [
    "const tag = (name, f) => f; const o = { open: tag('open', OPEN) };",
    'o.open',
  ],
  'by a function that a function gives': [
    "const tag = (name) => (f) => f; const open = tag('open')(OPEN);",
    'open',
  ],
  twice: ['const tag = (f) => f; const open = tag(tag(OPEN));', 'open'],
};

describeTwins(
  'a function that is given back by another',
  Object.fromEntries(
    Object.entries(GIVEN_BACK).map(([name, [before, open]]) => {
      const program = (set: string, mark: string): string => `
        ${before.replace('OPEN', `async () => {\n await Intercom.present();${mark}\n}`)}
        export async function run(t) {
          ${set}
          await ${open}();
        }`;
      return [
        name,
        { faulty: program('', ' // bad'), correct: program('await Intercom.setUserJwt(t);', '') },
      ];
    }),
  ),
  STRICT,
);

describeTwins(
  'a function that is given back, and goes on',
  {
    'to who may export it': {
      faulty: `
        const tag = (f) => f;
        export const open = tag(async () => {
          await Intercom.present(); // bad
        });`,
      correct: `
        const tag = (f) => f;
        export const open = tag(async () => { await Intercom.setUserJwt(t); await Intercom.present(); });`,
    },
    'to who is not seen': {
      faulty: `
        const tag = (f) => f;
        send(tag(async () => {
          await Intercom.present(); // bad
        }));`,
      correct: `
        const tag = (f) => f;
        tag(async () => { await Intercom.present(); });`,
    },
    'after it was handed to who is not seen': {
      faulty: `
        const tag = (f) => { log(f); return f; };
        const open = tag(async () => {
          await Intercom.present(); // bad
        });`,
      correct: `
        const tag = (f) => { log(); return f; };
        const open = tag(async () => { await Intercom.present(); });`,
    },
    'after it was awaited': {
      faulty: `
        async function tag(f) { return f; }
        export async function run(t) {
          const open = await tag(async () => {
            await Intercom.present(); // bad
          });
          await open();
          await Intercom.setUserJwt(t);
        }`,
      correct: `
        async function tag(f) { return f; }
        export async function run(t) {
          const open = await tag(async () => { await Intercom.present(); });
          await Intercom.setUserJwt(t);
          await open();
        }`,
    },
  },
  STRICT,
);
