import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/fixtures/**'],
    setupFiles: ['tests/setup.ts'],
    // Tests of the hosts spawn ESLint and oxlint.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
