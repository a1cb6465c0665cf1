/** What is installed in the projects of these tests. As few as can be: each is a whole install. */

import type { Dependencies } from '../helpers/hosts.ts';

/** The oldest ESLint that is supported, and Babel with the preset of React Native. */
export const OLDEST: Dependencies = {
  '@babel/core': '^7.29.0',
  '@babel/eslint-parser': '^7.29.13',
  '@react-native/babel-preset': '~0.81.6',
  '@typescript-eslint/parser': '^8.73.0',
  eslint: '9.15.0',
  jiti: '^2.7.0',
  typescript: '~6.0.3',
};

/** The last of ESLint 9, with the configurations that apps of Expo and of React Native have. */
export const NINE: Dependencies = {
  '@react-native/eslint-config': '^0.87.1',
  '@typescript-eslint/parser': '^8.73.0',
  eslint: '^9.39.4',
  'eslint-config-expo': '^58.0.2',
  jiti: '^2.7.0',
  prettier: '~3.10.1',
  typescript: '~6.0.3',
};

/** The newest ESLint, with all that runs beside the plugin. */
export const TEN: Dependencies = {
  '@eslint/css': '^2.0.0',
  '@eslint/json': '^2.1.1',
  '@eslint/markdown': '^8.0.3',
  '@microsoft/eslint-formatter-sarif': '^3.1.0',
  '@typescript-eslint/parser': '^8.73.0',
  'astro-eslint-parser': '^1.4.0',
  eslint: '^10.15.0',
  'eslint-formatter-gha': '^2.0.1',
  'eslint-formatter-gitlab': '^7.2.0',
  'hermes-eslint': '^0.37.0',
  husky: '^9.1.7',
  jiti: '^2.7.0',
  lefthook: '^2.2.2',
  'lint-staged': '^16.4.0',
  oxlint: '~1.94.0',
  svelte: '^5.0.0',
  'svelte-eslint-parser': '^1.10.1',
  turbo: '^2.11.11',
  typescript: '~6.0.3',
  'typescript-eslint': '^8.73.0',
  'vue-eslint-parser': '^10.4.2',
};

/** TypeScript 7, which has no parser for ESLint. */
export const TYPESCRIPT_7: Dependencies = { eslint: '^10.15.0', typescript: '^7.0.2' };

/** ESLint alone. */
export const NO_TYPESCRIPT: Dependencies = { eslint: '^10.15.0' };
