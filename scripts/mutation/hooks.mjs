/** Hooks of the loader: tests get the suite in place of vitest, and the mutated files stand for theirs. */

import { readFile } from 'node:fs/promises';

let suite = '';
let files = new Map();

export function initialize(data) {
  ({ suite } = data);
  files = new Map(data.files);
}

export async function resolve(specifier, context, nextResolve) {
  if (specifier === 'vitest' && context.parentURL !== suite) {
    return { url: suite, shortCircuit: true };
  }
  return nextResolve(specifier, context);
}

export async function load(url, context, nextLoad) {
  const path = files.get(url.split('?', 1)[0]);
  if (path === undefined) return nextLoad(url, context);
  return { format: 'module', source: await readFile(path, 'utf8'), shortCircuit: true };
}
