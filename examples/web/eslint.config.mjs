import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import intercomJwt from 'eslint-plugin-intercom-jwt';

export default defineConfig([
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    plugins: { 'intercom-jwt': intercomJwt },
    extends: ['intercom-jwt/recommended'],
  },
]);
