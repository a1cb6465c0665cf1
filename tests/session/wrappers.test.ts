/** Functions that other functions hand on, wrap, or keep. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

const MODULE = { wrap: withClient } as const;

/** A hook in which `wrap` is given the function that sets. */
function hook(imports: string, wrap: string): string {
  return `
    ${imports}
    export function useHelp(t) {
      const ensure = ${wrap}(async () => { await Intercom.setUserJwt(t); }, [t]);
      return async () => {
        await ensure();
        await Intercom.present();
      };
    }`;
}

function faultyHook(imports: string, wrap: string): string {
  return hook(imports, wrap).replace('await Intercom.present();', '$& // bad');
}

describeTwins(
  'a wrapper of React is known by its binding, not by its name:',
  {
    'an import, and a function of the file': {
      faulty: faultyHook('const useCallback = (_f) => async () => {};', 'useCallback'),
      correct: hook("import { useCallback } from 'react';", 'useCallback'),
    },
    'an import, and a function declaration': {
      faulty: faultyHook('function memo(_f) { return async () => {}; }', 'memo'),
      correct: hook("import { memo } from 'preact/compat';", 'memo'),
    },
    'an import under another name, and another import under this one': {
      faulty: faultyHook("import { debounce as useCallback } from 'lodash';", 'useCallback'),
      correct: hook("import { useCallback as cb } from 'react';", 'cb'),
    },
    'a member of the module, and of an object of the file': {
      faulty: faultyHook(
        'const React = { useCallback: (_f) => async () => {} };',
        'React.useCallback',
      ),
      correct: hook("import * as React from 'react';", 'React.useCallback'),
    },
    'what is taken out of the module, and out of an object of the file': {
      faulty: faultyHook(
        'const lib = { useCallback: (_f) => async () => {} };\nconst { useCallback } = lib;',
        'useCallback',
      ),
      correct: hook("import React from 'react';\nconst { useCallback: cb } = React;", 'cb'),
    },
    'what is required, and a parameter': {
      faulty: `
        export function makeHelp(t, memo) {
          const ensure = memo(async () => { await Intercom.setUserJwt(t); });
          return async () => {
            await ensure();
            await Intercom.present(); // bad
          };
        }`,
      correct: hook("const { useCallback } = require('react');", 'useCallback'),
    },
    'a global, and a class of the file': {
      faulty: faultyHook(
        'class Cache { memo(_f) { return async () => {}; } }\nconst cache = new Cache();',
        'cache.memo',
      ),
      correct: hook('', 'useCallback'),
    },
  },
  MODULE,
);
