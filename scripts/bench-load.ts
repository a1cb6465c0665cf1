/** Measures what it costs to load the plugin, in processes of their own, and what of it is native. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RUNS = 21;

/** What loading may cost, in milliseconds. */
const BOUND = 40;

const PLUGIN = new URL('../dist/index.js', import.meta.url);

if (!existsSync(PLUGIN)) {
  console.error('Build the plugin first: npm run build');
  process.exit(1);
}

/** ESLint is loaded beforehand, as it is wherever the plugin is loaded. */
const PROGRAM = `
import 'eslint';
const natives = [];
const { dlopen } = process;
process.dlopen = (module, path, ...rest) => { natives.push(path); return dlopen.call(process, module, path, ...rest); };
const start = performance.now();
await import(${JSON.stringify(PLUGIN.href)});
console.log(JSON.stringify({ time: performance.now() - start, natives }));
`;

interface Load {
  readonly time: number;
  readonly natives: readonly string[];
}

const cwd = fileURLToPath(new URL('../', import.meta.url));
const loads = Array.from({ length: RUNS }, () => {
  const args = ['--input-type=module', '--eval', PROGRAM];
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })) as Load;
});
const times = loads.map(({ time }) => time).sort((a, b) => a - b);
const at = (part: number): string =>
  `${(times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(1)} ms`;

console.log(`loading the plugin: median ${at(0.5)}, fastest ${at(0)}, slowest ${at(1)} of ${RUNS}`);
console.log(
  `native modules: ${[...new Set(loads.flatMap(({ natives }) => natives))].join(', ') || 'none'}`,
);
// The fastest is the one that other programs disturbed least.
if ((times[0] ?? 0) > BOUND) {
  console.error(`That is more than ${BOUND} ms.`);
  process.exitCode = 1;
}
