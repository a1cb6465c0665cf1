/**
 * What it costs to lint modules that all lead to each other: many in a circle, and fewer that all
 * import each other. All of them are linted by ESLint in one process.
 *
 *     npm run bench:knots
 *
 * A ratio of 2 between a size and its double is linear; for those that all import each other the
 * code grows by 4.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';

import type source from '../src/index.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

/** How many modules, and which of them each imports. */
const SHAPES = {
  'in a circle': { size: 500, imports: (index: number, size: number) => [(index + 1) % size] },
  'each imports all': {
    size: 80,
    imports: (index: number, size: number) =>
      Array.from({ length: size }, (_, other) => other).filter((other) => other !== index),
  },
} as const;

type Shape = keyof typeof SHAPES;

function moduleText(index: number, imports: readonly number[]): string {
  const from = imports.map(
    (other) => `import { go${String(other)} } from './m${String(other)}.js';`,
  );
  const calls = imports.map(
    (other) => `  if (user.flags > ${String(other)}) await go${String(other)}(user);`,
  );
  const set = index % 10 === 0 ? '  await Intercom.setUserJwt(user.jwt);\n' : '';
  return `${SDK}${from.join('\n')}
export async function go${String(index)}(user) {
${calls.join('\n')}
${set}  await Intercom.present();
}
`;
}

/** Milliseconds of all rules of the recommended configuration, and of ESLint itself. */
async function lint(shape: Shape, size: number): Promise<number> {
  const built = new URL('../dist/index.js', import.meta.url).href;
  const { default: plugin } = (await import(built)) as { readonly default: typeof source };
  const root = mkdtempSync(join(tmpdir(), 'bench-knots-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'package-lock.json'), '"@intercom/intercom-react-native"');
  for (let index = 0; index < size; index++) {
    const text = moduleText(index, SHAPES[shape].imports(index, size));
    writeFileSync(join(root, 'src', `m${String(index)}.js`), text);
  }
  try {
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: plugin.configs.recommended,
    });
    const start = performance.now();
    await eslint.lintFiles(['src']);
    return performance.now() - start;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The same in a process of its own, in which nothing is known yet. */
function measure(shape: Shape, size: number): number {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), shape, String(size)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const [, , asked, size] = process.argv;
const found = Object.keys(SHAPES).find((shape): shape is Shape => shape === asked);
if (found !== undefined) {
  console.log(await lint(found, Number(size)));
} else {
  const shapes: readonly Shape[] = ['in a circle', 'each imports all'];
  console.table(
    shapes.map((shape) => {
      const { size: whole } = SHAPES[shape];
      const [half, all] = [measure(shape, whole / 2), measure(shape, whole)];
      return {
        modules: shape,
        size: whole,
        'half (ms)': Math.round(half),
        'whole (ms)': Math.round(all),
        'whole / half': Number((all / half).toFixed(2)),
      };
    }),
  );
}
