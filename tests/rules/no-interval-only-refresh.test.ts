import { describe } from 'vitest';

import rule from '../../rules/no-interval-only-refresh.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const NAME = 'no-interval-only-refresh';

function twins(pair: Omit<Twins, 'messageId'>): Twins {
  return { messageId: 'timerOnly', ...pair };
}

/** A call that waits for the JWT: with it, no timer is alone. */
const OPEN = `
export async function open(jwt) {
  await Intercom.setUserJwt(jwt);
  await Intercom.present();
}`;

/** Twins that differ in nothing but a call that waits for the JWT. */
function alone(name: string, faulty: string, more: Partial<Twins> = {}): Twins {
  const correct = faulty.replaceAll(/[⟦⟧]/gu, '') + OPEN;
  return twins({ name, faulty, correct, ...more });
}

describe('what the clock runs', () => {
  testTwins(NAME, rule, [
    alone(
      'a callback of setInterval',
      `const timer = setInterval(async () => {
        await ⟦Intercom.setUserJwt(await fetchJwt())⟧;
      }, 60_000);`,
      { data: { method: 'setUserJwt', timer: 'setInterval', line: '2' } },
    ),
    alone(
      'a named callback',
      `async function refresh() { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; }
       setInterval(refresh, 60_000);`,
      { data: { method: 'setUserJwt', timer: 'setInterval', line: '3' } },
    ),
    alone(
      'a helper that the callback calls',
      `const apply = (jwt) => ⟦Intercom.setUserJwt(jwt)⟧;
       const refresh = async () => { await apply(await fetchJwt()); };
       setInterval(() => { void refresh(); }, 60_000);`,
    ),
    alone(
      'a helper that the callback hands on',
      `const apply = (jwt) => ⟦Intercom.setUserJwt(jwt)⟧;
       setInterval(() => fetchJwt().then(apply), 60_000);`,
    ),
    alone(
      'an effect',
      `export function useRefresh() {
        const refresh = useCallback(async () => ⟦Intercom.setUserJwt(await fetchJwt())⟧, []);
        useEffect(() => {
          const timer = setInterval(refresh, 60_000);
          return () => clearInterval(timer);
        }, [refresh]);
      }`,
    ),
    alone(
      'a method of a class, by the global object',
      `export class Refresher {
        start() { this.timer = globalThis.setInterval(() => this.refresh(), 60_000); }
        async refresh() { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; }
      }`,
    ),
    alone(
      'a timer of a package',
      `import BackgroundTimer from 'react-native-background-timer';
       BackgroundTimer.setInterval(() => ⟦Intercom.setUserJwt(jwt)⟧, 60_000);`,
    ),
    alone(
      'a task of Expo',
      `import * as TaskManager from 'expo-task-manager';
       TaskManager.defineTask('refresh', async () => {
         await ⟦Intercom.setUserJwt(await fetchJwt())⟧;
       });
       BackgroundFetch.registerTaskAsync('refresh', { minimumInterval: 900 });`,
      { data: { method: 'setUserJwt', timer: 'defineTask', line: '3' } },
    ),
    alone(
      'a task of Expo by a named import and a named function',
      `import { defineTask } from 'expo-task-manager';
       const refresh = async () => { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; };
       defineTask('refresh', refresh);`,
    ),
    alone(
      'a callback of registerTaskAsync',
      'BackgroundTask.registerTaskAsync(async () => ⟦Intercom.setUserJwt(await fetchJwt())⟧);',
    ),
    twins({
      name: 'a timeout that sets itself again, and one that does not',
      faulty: `async function tick() {
        await ⟦Intercom.setUserJwt(await fetchJwt())⟧;
        setTimeout(tick, 60_000);
      }
      tick();`,
      data: { method: 'setUserJwt', timer: 'setTimeout', line: '4' },
      correct: `async function tick() {
        await Intercom.setUserJwt(await fetchJwt());
      }
      setTimeout(tick, 60_000);`,
    }),
    twins({
      name: 'a timeout that is set again by the function around it, and one that is set once',
      faulty: `const schedule = () => {
        setTimeout(async () => {
          await ⟦Intercom.setUserJwt(await fetchJwt())⟧;
          schedule();
        }, 60_000);
      };`,
      correct: `const schedule = () => {
        setTimeout(async () => {
          await Intercom.setUserJwt(await fetchJwt());
          done();
        }, 60_000);
      };`,
    }),
    twins({
      name: 'a timeout that is set again whatever happens, and one that is set by another event',
      faulty: `function arm() {
        setTimeout(() => refresh().catch(report).finally(arm), 60_000);
      }
      const refresh = async () => { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; };`,
      correct: `function arm() {
        setTimeout(() => refresh().catch(report), 60_000);
      }
      AppState.addEventListener('change', arm);
      const refresh = async () => { await Intercom.setUserJwt(await fetchJwt()); };`,
    }),
    twins({
      name: 'setInterval, and a listener',
      faulty: 'setInterval(async () => ⟦Intercom.setUserJwt(await fetchJwt())⟧, 60_000);',
      correct:
        "AppState.addEventListener('change', async () => Intercom.setUserJwt(await fetchJwt()));",
    }),
    twins({
      name: 'a timer that sets the JWT, and one that does something else',
      faulty: `setInterval(async () => { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; }, 60_000);`,
      correct: `setInterval(async () => { await ping(); }, 60_000);
        export const refresh = async () => { await Intercom.setUserJwt(await fetchJwt()); };`,
    }),
    twins({
      name: 'the timer of the platform, and a function of the file that is called so',
      faulty: 'setInterval(() => ⟦Intercom.setUserJwt(jwt)⟧, 60_000);',
      correct: `function setInterval(callback) { callback(); }
        setInterval(() => Intercom.setUserJwt(jwt), 60_000);`,
    }),
    twins({
      name: 'two timers',
      faulty: `setInterval(() => ⟦Intercom.setUserJwt(jwt)⟧, 60_000);
        setInterval(() => ⟦Intercom.setUserJwt(other)⟧, 90_000);`,
      correct: 'setInterval(ping, 60_000);',
    }),
    twins({
      name: 'types around it',
      faulty: `const refresh = async (): Promise<void> => { await ⟦Intercom.setUserJwt(await fetchJwt())⟧; };
        setInterval(refresh as () => void, 60_000 as number);`,
      correct: 'setInterval(ping as () => void, 60_000 as number);',
      typescript: true,
    }),
  ]);
});

describe('what else the file does', () => {
  const TIMER = 'setInterval(async () => { await ⟦Intercom.setUserJwt(jwt)⟧; }, 60_000);';
  const plain = TIMER.replaceAll(/[⟦⟧]/gu, '');
  testTwins(NAME, rule, [
    twins({
      name: 'a call that waits for no JWT, and one that does',
      faulty: `${TIMER} export const open = () => Intercom.present();`,
      correct: `${plain} export const open = async () => {
        await Intercom.setUserJwt(jwt);
        await Intercom.present();
      };`,
    }),
    twins({
      name: 'a call that waits on some ways, and one that does on each',
      faulty: `${TIMER} export const open = async (t) => {
        if (t) await Intercom.setUserJwt(t);
        await Intercom.present();
      };`,
      correct: `${plain} export const open = async (t) => {
        if (!t) return;
        await Intercom.setUserJwt(t);
        await Intercom.present();
      };`,
    }),
    twins({
      name: 'a guest, and a user',
      faulty: `${TIMER} export const open = async () => {
        await Intercom.loginUnidentifiedUser();
        await Intercom.present();
      };`,
      correct: `${plain} export const open = async (user) => {
        await Intercom.setUserJwt(jwt);
        await Intercom.loginUserWithUserAttributes(user);
      };`,
    }),
    twins({
      name: 'a helper that is not awaited, and one that is',
      faulty: `const ensure = async () => { if (!done) await Intercom.setUserJwt(jwt); };
        ${TIMER} export const open = async () => { ensure(); await Intercom.present(); };`,
      correct: `const ensure = async () => { if (!done) await Intercom.setUserJwt(jwt); };
        ${plain} export const open = async () => { await ensure(); await Intercom.present(); };`,
    }),
    twins({
      name: 'a call that needs no JWT, and one that does',
      faulty: `${TIMER} export const track = async () => {
        await Intercom.setUserJwt(jwt);
        await Intercom.logEvent('opened');
      };`,
      correct: `${plain} export const track = async (user) => {
        await Intercom.setUserJwt(jwt);
        await Intercom.updateUser(user);
      };`,
    }),
  ]);
});
