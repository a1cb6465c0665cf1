/**
 * Measures the house: lines per file, which folder imports which, circles, type imports included, and
 * what is written twice.
 * With `--check` it ends with an error where a layer imports what is above it, or files go round.
 *
 *     npm run house
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What each layer may import beside itself, from the bottom to the top. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  way: ['syntax'],
  project: ['syntax'],
  values: ['project', 'syntax'],
  sdk: ['values', 'project', 'syntax'],
  flow: ['values', 'syntax'],
  mint: ['sdk', 'values', 'project', 'way', 'syntax'],
  session: ['flow', 'sdk', 'values', 'project', 'way', 'syntax'],
  web: ['session', 'mint', 'flow', 'sdk', 'values', 'project', 'way', 'syntax'],
  eslint: ['web', 'session', 'mint', 'flow', 'sdk', 'values', 'project', 'way', 'syntax'],
  explain: ['eslint', 'way', 'syntax'],
};

/** Files that are tables, and may be as long as what they list. */
const TABLES = new Set(['src/mint/libraries/table.ts', 'src/sdk/roles.ts']);

/** A file that is longer than this is better two. */
const LONG = 400;

/** So many lines in a row that stand somewhere else, too, are written twice. */
const RUN = 6;

interface Line {
  readonly number: number;
  readonly text: string;
}

interface File {
  readonly path: string;
  readonly lines: number;
  /** The lines that can be written twice: those with words in them, without imports and comments. */
  readonly code: readonly Line[];
  readonly imports: readonly string[];
}

const files = new Map(pathsOf('src', 'rules').map((path) => [path, read(path)]));
const problems = [
  ...transgressions(),
  ...circles().map((circle) => `goes round: ${circle.join(' → ')}`),
];

if (process.argv.includes('--check')) {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} else {
  print();
}

function pathsOf(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .sort(),
  );
}

function read(path: string): File {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(dirname(path), specifier));
  return { path, lines: text.split('\n').length - 1, code: codeOf(text), imports };
}

function codeOf(text: string): readonly Line[] {
  const blank = (found: string): string => found.replaceAll(/[^\n]/g, '');
  return text
    .replaceAll(/^(?:import|export) [^;]*? from '[^']+';$/gm, blank)
    .replaceAll(/\/\*[^]*?\*\//g, blank)
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => /\w/.test(line.text) && !line.text.startsWith('//'));
}

/** The places of runs of lines that stand elsewhere word by word, with the place where they do. */
function duplicates(): readonly (readonly [string, string])[] {
  const places = new Map<string, string>();
  const found: [string, string][] = [];
  for (const { path, code } of files.values()) {
    let repeatedTo = 0;
    for (let start = 0; start + RUN <= code.length; start++) {
      const run = code.slice(start, start + RUN);
      const key = run.map((line) => line.text).join('\n');
      const place = `${path}:${String(run[0]?.number)}`;
      const other = places.get(key);
      if (other === undefined) places.set(key, place);
      else if (start >= repeatedTo) {
        found.push([place, other]);
        repeatedTo = start + RUN;
      }
    }
  }
  return found;
}

/** The folder of `src` that a file is in; null for those that are beside the layers. */
function layerOf(path: string): string | null {
  const [, layer = ''] = path.split('/');
  return path.startsWith('src/') && layer in LAYERS ? layer : null;
}

function* transgressions(): Generator<string> {
  for (const { path, imports } of files.values()) {
    const layer = layerOf(path);
    if (layer === null) continue;
    for (const imported of imports) {
      const other = layerOf(imported);
      const isAbove = other === null ? imported.startsWith('rules/') : other !== layer;
      if (isAbove && !LAYERS[layer]?.includes(other ?? '')) {
        yield `${path} imports ${imported}, which is not below it`;
      }
    }
  }
}

/** The groups of files that import each other, by Tarjan's algorithm. */
function circles(): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];
  const visit = (path: string): number => {
    const place = order.size;
    order.set(path, place);
    stack.push(path);
    open.add(path);
    let low = place;
    for (const next of files.get(path)?.imports ?? []) {
      if (!files.has(next)) continue;
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.has(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
    }
    lowest.set(path, low);
    if (low === place) {
      const group = stack.splice(stack.indexOf(path));
      for (const member of group) open.delete(member);
      if (group.length > 1) found.push(group);
    }
    return low;
  };
  for (const path of files.keys()) if (!order.has(path)) visit(path);
  return found;
}

function print(): void {
  const all = [...files.values()];
  const sum = (some: readonly File[]): number =>
    some.reduce((lines, file) => lines + file.lines, 0);
  for (const layer of [...Object.keys(LAYERS), 'cli']) {
    const own = all.filter(({ path }) => path.startsWith(`src/${layer}/`));
    const below = new Set(own.flatMap(({ imports }) => imports.map((path) => layerOf(path) ?? '')));
    below.delete(layer);
    below.delete('');
    const imports = [...below].sort().join(', ') || 'nothing';
    console.log(
      `${layer.padEnd(8)} ${pad(own.length)} files ${pad(sum(own))} lines, imports ${imports}`,
    );
  }
  const src = all.filter(({ path }) => path.startsWith('src/'));
  console.log(`src      ${pad(src.length)} files ${pad(sum(src))} lines\n`);
  const long = src.filter(({ path, lines }) => lines > LONG && !TABLES.has(path));
  console.log(`${long.length} files of more than ${LONG} lines, tables aside:`);
  for (const { path, lines } of long.sort((one, other) => other.lines - one.lines)) {
    console.log(`${pad(lines)}  ${path}`);
  }
  const twice = duplicates();
  console.log(`\n${twice.length} pairs of places with ${RUN} lines that are the same:`);
  for (const [one, other] of twice) console.log(`        ${one} and ${other}`);
  console.log(`\n${circles().length} circles, type imports included; ${problems.length} problems`);
  for (const problem of problems) console.log(`  ${problem}`);
}

function pad(count: number): string {
  return String(count).padStart(6);
}
