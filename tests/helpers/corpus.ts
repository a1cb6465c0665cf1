/** Real source files: those of the installed dependencies. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

import { parseForESLint } from '@typescript-eslint/parser';
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

import { isNode, linkParents, type Program } from '../../src/syntax/ast.ts';
import { isScopeManager, type ScopeManager } from '../../src/syntax/bindings.ts';

/** A file that a parser has read. */
export interface Source {
  readonly program: Program;
  readonly manager: ScopeManager;
}

interface Parsed {
  readonly ast: object;
  readonly scopeManager: object | null;
}

interface HermesEslint {
  parseForESLint(text: string, options: object): Parsed;
}

const hermes = createRequire(import.meta.url)('hermes-eslint') as HermesEslint;

/** Larger files are bundles. */
const MAX_BYTES = 300_000;

/** What tools keep there is no file of a package. */
const CACHE = '.cache';

/** The files below a folder, in an order that is always the same; links are not followed. */
export function* filesBelow(folder: string, maxBytes = MAX_BYTES): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name === CACHE) continue;
    if (entry.isDirectory()) yield* filesBelow(path, maxBytes);
    else if (entry.isFile() && statSync(path).size <= maxBytes) yield path;
  }
}

/**
 * A number that goes by a file's path alone, for whoever picks some of the files: a package that
 * comes or goes changes nothing for the others.
 *
 * @param path as it is below the folder that all are in
 */
export function digestOf(path: string): number {
  const digest = createHash('sha1').update(path.replaceAll('\\', '/')).digest();
  return digest.readUInt32BE(0);
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** How a file is read, going by its name and text; null where it is no code. */
export function parserFor(path: string, text: string): ((text: string) => Source | null) | null {
  switch (extname(path)) {
    case '.ts':
    case '.tsx':
    case '.mts':
    case '.cts':
      return (code) => parseTypeScript(code, extname(path) === '.tsx');
    case '.js':
    case '.mjs':
    case '.cjs':
    case '.jsx':
      return /@flow\b/.test(text.slice(0, 1000)) ? parseFlow : parseJavaScript;
    case '.flow':
      return parseFlow;
    default:
      return null;
  }
}

function parseTypeScript(text: string, jsx: boolean): Source | null {
  return attempt(() =>
    parseForESLint(text, { ecmaFeatures: { jsx }, range: true, loc: true, sourceType: 'module' }),
  );
}

function parseFlow(text: string): Source | null {
  return attempt(() => hermes.parseForESLint(text, { sourceType: 'module' }));
}

/** A module, or a script where it is none. */
function parseJavaScript(text: string): Source | null {
  return parseAs(text, 'module') ?? parseAs(text, 'script');
}

function parseAs(text: string, sourceType: 'module' | 'script'): Source | null {
  return attempt(() => {
    const ast = parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      ranges: true,
      locations: true,
      allowHashBang: true,
      allowReturnOutsideFunction: sourceType === 'script',
    });
    return { ast, scopeManager: analyze(ast as never, { ecmaVersion: 2022, sourceType }) };
  });
}

/** Files that their parser refuses are none of ours. */
function attempt(parseText: () => Parsed): Source | null {
  let parsed: Parsed;
  try {
    parsed = parseText();
  } catch {
    return null;
  }
  const { ast, scopeManager } = parsed;
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) return null;
  linkParents(ast);
  return { program: ast, manager: scopeManager };
}
