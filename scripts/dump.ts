/**
 * Prints what the analysis makes of a file: the term of its top level and of each of its functions.
 *
 *     npx tsx scripts/dump.ts app/signIn.tsx
 */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { Linter, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

import { childrenOf, isFunction, isNode, type FunctionNode, type Node } from '../src/flow/ast.ts';
import { Bindings, isScopeManager } from '../src/flow/bindings.ts';
import { dump } from '../src/flow/dump.ts';
import { Lowering } from '../src/flow/lower.ts';
import type { FunctionTerm } from '../src/flow/term.ts';
import { Clients, MOBILE_CLIENT } from '../src/sdk/client.ts';
import type { SourceFile } from '../src/session/analysis.ts';
import { eventsOf, SESSION } from '../src/session/protocol.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? npx tsx scripts/dump.ts <file>');

/** Run as a rule: it is ESLint that links nodes to their parents. */
const problems = new Linter().verify(
  readFileSync(file, 'utf8'),
  {
    files: ['**/*.*'],
    plugins: {
      dump: {
        rules: {
          dump: {
            create: ({ sourceCode }: Rule.RuleContext) => ({
              'Program:exit'() {
                dumpFile(sourceCode);
              },
            }),
          },
        },
      },
    },
    rules: { 'dump/dump': 'error' },
    languageOptions: { parser: parser },
  },
  { filename: basename(file) },
);
for (const { message, line } of problems) console.error(`${file}:${line} ${message}`);

function dumpFile({ ast, scopeManager, text }: SourceFile): void {
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) return;
  const bindings = new Bindings(scopeManager);
  const clients = new Clients(ast, bindings, [MOBILE_CLIENT]);
  const lowering = new Lowering(bindings, clients.values, {
    operation: (call) => {
      const method = clients.called(call);
      return method === null ? null : eventsOf(method.role);
    },
    reference: (node) => {
      const method = clients.method(node);
      return method === null ? null : eventsOf(method.role);
    },
    isSubject: (node) => clients.isClient(node),
    neverReturns: () => false,
  });
  print('module', lowering.module(ast));
  for (const node of functionsIn(ast)) {
    const term = lowering.function(node);
    const line = text.slice(0, node.range?.[0]).split('\n').length;
    print(`line ${line}, ${term.name || 'a function'}`, term);
  }
}

function print(title: string, { body }: FunctionTerm): void {
  const outline = dump(body, (event) => SESSION.events[event]?.name ?? String(event));
  console.log(`${title}\n${outline.replaceAll(/^/gmu, '  ')}\n`);
}

function* functionsIn(node: Node): Generator<FunctionNode> {
  for (const child of childrenOf(node)) {
    if (isFunction(child) && child.body !== null) yield child;
    yield* functionsIn(child);
  }
}
