/** Functions of ECMAScript that call what they are given. */

import type { Shape } from './shapes.ts';

export const LANGUAGE: Readonly<Record<string, Shape>> = {
  Promise: {
    members: { try: { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true } } },
  },
  Array: {
    members: {
      fromAsync: {
        fn: {
          runs: [
            { of: '0.*', how: 'promise' },
            { of: '1', how: 'many' },
          ],
        },
      },
    },
  },
};
