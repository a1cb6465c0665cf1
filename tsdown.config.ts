import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli/main.ts',
    sarif: 'src/cli/sarif.ts',
    explain: 'src/cli/explain.ts',
    browser: 'src/browser.ts',
    html: 'src/cli/html.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  outDir: 'dist',
  fixedExtension: false,
  dts: true,
  clean: true,
  // Where a part of the source begins, nobody asks of what is built.
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
  // What is read is the source; a fault tells its place by the names of functions, which stay.
  outputOptions: { comments: { annotation: true, legal: true, jsdoc: false } },
});
