/** Functions that are given to a parameter of which nobody knows what it holds. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

/** A program in which a parameter is handed a callback, without a session and with one. */
function handed(before: string, after: string) {
  const program = (login: string, mark: string): string => `
    ${before.replace('LOGIN', login)}
      ${after}${mark}`;
  return { faulty: program('', ' // bad'), correct: program('await Intercom.setUserJwt(t);', '') };
}

describeTwins(
  'a callback of a parameter that nothing is known of',
  {
    'of an exported function': handed(
      'export async function run(f, t) { LOGIN',
      'f(() => Intercom.present()); }',
    ),
    'by `call`': handed(
      'export async function run(f, t) { LOGIN',
      'f.call(null, () => Intercom.present()); }',
    ),
    'that may be missing': handed(
      'export async function run(f, t) { LOGIN',
      'f?.(() => Intercom.present()); }',
    ),
    'with a default': handed(
      'export async function run(t, f = (g) => {}) { LOGIN',
      'f(() => Intercom.present()); }',
    ),
    'of a method': handed(
      'export class Runner { async run(f, t) { LOGIN',
      'f(() => Intercom.present()); } }',
    ),
    'of a function around': handed(
      'export function run(f) { return async (t) => { LOGIN',
      'f(() => Intercom.present()); }; }',
    ),
    'of a callback that is handed on itself': handed(
      'export function run(f, t) { f(async (g) => { LOGIN',
      'g(() => Intercom.present()); }); }',
    ),
    'whose result is tested': handed(
      'export async function run(f, t) { LOGIN',
      'if (f(() => Intercom.present())) return; }',
    ),
    'that is given something unknown': handed(
      'async function run(f, t) { LOGIN',
      'f(() => Intercom.present()); } run(window.f, window.t);',
    ),
    'that each call binds': {
      faulty: `
        function run(f) {
          f(() => Intercom.present()); // bad
        }
        export async function go(t) { run((g) => g()); }`,
      correct: `
        function run(f) { f(() => Intercom.present()); }
        export async function go(t) { await Intercom.setUserJwt(t); run((g) => g()); }`,
    },
    'that each call binds to what may call it': {
      faulty: `
        function run(f) {
          f(() => Intercom.present()); // bad
        }
        export function go() { run((g) => g()); }`,
      correct: `
        function run(f) { f(() => Intercom.present()); }
        export function go() { run(() => {}); }`,
    },
  },
  { wrap: withClient },
);
