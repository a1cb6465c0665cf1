/** Reads modules of the project into syntax trees with their bindings. */

import { createRequire } from 'node:module';

import type * as scopeManagement from '@typescript-eslint/scope-manager';
import type * as eslintScope from 'eslint-scope';
import type * as oxcParser from 'oxc-parser';

import { isNode, linkParents, type Program } from '../syntax/ast.ts';
import { Bindings, isScopeManager } from '../syntax/bindings.ts';
import { debug } from './debug.ts';
import { isTooDeep } from './nesting.ts';
import { scopesOf } from './scopes.ts';

export interface Parsed {
  readonly program: Program;
  readonly bindings: Bindings;
}

/**
 * The parser that the host was configured with, for what ours cannot read, such as Flow. It throws
 * where it cannot either.
 */
export type HostParser = (
  path: string,
  text: string,
) => { readonly ast: object; readonly scopeManager: object | null };

/** The extension of a file in which `<a>` is a type. */
const TYPESCRIPT = /\.[cm]?ts$/;

type Oxc = typeof oxcParser;
type ScopeManagement = typeof scopeManagement;

let tools: { readonly oxc: Oxc; readonly scopes: ScopeManagement } | null | undefined;

/**
 * A module as a tree; null where nothing can read it. Where our parser cannot be loaded, as out of the
 * archives of Yarn, or where its binary is missing, that of the host reads what it can.
 */
export function parse(path: string, text: string, host: HostParser | null): Parsed | null {
  if (tools === undefined) tools = loadTools();
  if (isTooDeep(text, !TYPESCRIPT.test(path))) {
    debug('%s is not read: it is nested too deeply', path);
    return null;
  }
  try {
    const program = tools === null ? null : parseWithOxc(tools.oxc, path, text);
    if (tools !== null && program !== null) {
      linkParents(program);
      return withScopes(program, tools.scopes.analyze(program as never, { sourceType: 'module' }));
    }
    if (host !== null) {
      const { ast, scopeManager } = host(path, text);
      if (!isNode(ast) || ast.type !== 'Program') return null;
      linkParents(ast);
      return withScopes(ast, scopeManager ?? scopesOf(eslintScopes(), ast));
    }
  } catch (error) {
    debug('%s cannot be read: %s', path, error);
  }
  return null;
}

function withScopes(program: Program, manager: object): Parsed | null {
  return isScopeManager(manager) ? { program, bindings: new Bindings(manager) } : null;
}

function parseWithOxc({ parseSync }: Oxc, path: string, text: string): Program | null {
  const { program, errors } = parseSync(path, text, {
    range: true,
    astType: 'ts',
    preserveParens: false,
  });
  return errors.length === 0 ? program : null;
}

let linterScopes: typeof eslintScope | undefined;

/** What finds scopes for the linter. It is loaded when it is needed. */
export function eslintScopes(): typeof eslintScope {
  linterScopes ??= createRequire(import.meta.url)('eslint-scope') as typeof eslintScope;
  return linterScopes;
}

function loadTools(): { readonly oxc: Oxc; readonly scopes: ScopeManagement } | null {
  const require = createRequire(import.meta.url);
  try {
    return {
      oxc: require('oxc-parser') as Oxc,
      scopes: require('@typescript-eslint/scope-manager') as ScopeManagement,
    };
  } catch (error) {
    debug('oxc-parser cannot be loaded, so modules are read by the parser of the host: %s', error);
    return null;
  }
}
