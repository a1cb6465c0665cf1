/**
 * Prints what the analysis makes of a file, stage by stage: the uses of clients, what expressions can
 * be, the term of each function, how it ends, and the states in which each use is reached.
 *
 *     npm run dump app/signIn.tsx
 *     npm run dump app/signIn.tsx -- --graph    which function leads to which, as a Mermaid flowchart
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { Linter, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

import { isNode, type Node } from '../src/syntax/ast.ts';
import { offsetOf } from '../src/syntax/places.ts';
import type { States } from '../src/flow/algebra/relation.ts';
import { partsOf } from '../src/flow/term/make.ts';
import type { Term } from '../src/flow/term/term.ts';
import type { SessionFile } from '../src/session/model.ts';
import { sessionOf } from '../src/session/sessions.ts';
import type { Site } from '../src/session/sites.ts';
import { faultsOf, STATES } from '../src/session/protocol.ts';
import { readSettings } from '../src/eslint/settings.ts';
import { surroundingsOf } from '../src/eslint/surroundings.ts';
import { ON_DISK } from '../src/on-disk.ts';
import { runOn } from '../src/project/machine.ts';
import { functionsIn, nameOf, outlineOf, type Outlined } from './outline.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    graph: { type: 'boolean', default: false },
    helpers: { type: 'string', default: 'some-path' },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error('Which file? npm run dump <file> [-- --graph]');
const text = readFileSync(file, 'utf8');
runOn(ON_DISK);

/** Run as a rule: it is ESLint that links nodes to their parents. */
const create = (context: Rule.RuleContext): Rule.RuleListener => ({
  'Program:exit'() {
    const root: unknown = context.sourceCode.ast;
    const settings = readSettings(context.settings, context.cwd);
    if (!isNode(root) || 'problem' in settings) return;
    const session = sessionOf(context.sourceCode, () => surroundingsOf(context, settings));
    if (session === null) console.log('Nothing in this file concerns a client.');
    else if (flags.graph) console.log(graphOf(root, session));
    else dumpFile(root, session);
  },
});
const problems = new Linter().verify(
  text,
  {
    files: ['**/*.*'],
    plugins: { dump: { rules: { dump: { create } } } },
    rules: { 'dump/dump': 'error' },
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  { filename: resolve(file), allowInlineConfig: false },
);
for (const { message, line } of problems) console.error(`${file}:${line} ${message}`);

function dumpFile(program: Node, session: SessionFile): void {
  const helpers = flags.helpers === 'every-path' ? 'every-path' : 'some-path';
  const { sites, foreign, solution } = session.solve({ helpers, entry: 'unset' });
  const { calls, values, terms } = outlineOf(program, session, text);
  section('calls of clients');
  entries(calls);
  section('what names and callees can be');
  entries(values);
  section('terms');
  entries(
    terms.map(({ node, what }) => ({ node, what: `${what.replaceAll('\n', '\n      ')}\n` })),
  );
  const functions = [...functionsIn(program)].map((node) => [node, session.termOf(node)] as const);
  section('how functions end that are awaited where nothing was set');
  for (const [node, term] of functions) {
    const ends = Object.entries(solution.resultsOf(term)).flatMap(([kind, states]) =>
      states === 0 ? [] : [`${kind}: ${namesOf(states)}`],
    );
    entry(node, `${nameOf(term)}: ${ends.join('; ') || 'never'}`);
  }
  section('states in which calls are reached');
  for (const site of sites) entry(site.node, stateOf(site));
  if (foreign.length > 0) {
    section('and those in other modules');
    for (const site of foreign)
      console.log(`  ${session.moduleOf(site.node)?.path ?? '?'} ${stateOf(site)}`);
  }
}

function stateOf({ method, role, states }: Site): string {
  const isFaulty = (states & faultsOf(role)) !== 0;
  return `${method}: ${namesOf(states) || 'not reached'}${isFaulty ? '  ← can be a fault' : ''}`;
}

function namesOf(states: States): string {
  return STATES.filter((_name, index) => (states & (1 << index)) !== 0).join(', ');
}

/** Which function calls which, and which calls of clients they make. */
function graphOf(program: Node, session: SessionFile): string {
  const { at } = session.solve({ helpers: 'some-path', entry: 'unset' });
  const lines = ['flowchart LR'];
  const functions = [...functionsIn(program)].map((node) => session.termOf(node));
  const ids = new Set(functions.map(({ id }) => id));
  for (const term of functions) {
    lines.push(`  f${term.id}["${nameOf(term)}"]`);
    const open: Term[] = [term.body];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      open.push(...partsOf(next));
      if (next.kind === 'call' || next.kind === 'refer') {
        const arrow = next.kind === 'call' ? `-- ${next.mode} -->` : '-. handed on .->';
        for (const callee of next.callee.functions) {
          if (ids.has(callee.id)) lines.push(`  f${term.id} ${arrow} f${callee.id}`);
        }
      } else if (next.kind === 'event' && next.site !== null) {
        const site = at(next.site);
        if (site === null) continue;
        const id = `s${offsetOf(site.node)}`;
        lines.push(`  f${term.id} --> ${id}(["${site.method}<br/>${namesOf(site.states)}"])`);
        if ((site.states & faultsOf(site.role)) !== 0) lines.push(`  class ${id} fault`);
      }
    }
  }
  return [...lines, '  classDef fault stroke:#c00,stroke-width:2px'].join('\n');
}

function section(title: string): void {
  console.log(`\n${title}`);
}

function entries(all: readonly Outlined[]): void {
  for (const { node, what } of all) entry(node, what);
}

function entry(node: Node, what: string): void {
  console.log(`  ${String(lineOf(node)).padStart(4)}  ${what}`);
}

function lineOf(node: Node): number {
  return text.slice(0, offsetOf(node)).split('\n').length;
}
