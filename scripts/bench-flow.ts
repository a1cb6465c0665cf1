/**
 * What lowering and evaluating cost, against parsing: all functions of `typescript.js`, with one
 * function name in twenty taken for an event. Then what the reasons of 1,000 reports cost.
 *
 *     npm run bench:flow
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { parse as parseWithAcorn } from 'acorn';
import { analyze } from 'eslint-scope';
import { parse as parseWithMeriyah } from 'meriyah';
import { parseSync } from 'oxc-parser';

import { childrenOf, isFunction, isNode, type FunctionNode, type Node } from '../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../src/syntax/bindings.ts';
import { relationDomain } from '../src/flow/algebra/domain.ts';
import { summarize } from '../src/flow/algebra/evaluate.ts';
import { Closures, type Calls } from '../src/flow/algebra/walk.ts';
import { Lowering, type LowerHost, type Resolver } from '../src/flow/lower/lowering.ts';
import { createSpace } from '../src/flow/algebra/protocol.ts';
import { sessionOf } from '../src/session/model.ts';
import { SESSION } from '../src/session/protocol.ts';
import { violationsOf } from '../src/session/findings/unset-calls.ts';

const ROUNDS = 5;

const file = createRequire(import.meta.url).resolve('typescript');
const text = readFileSync(file, 'utf8');

function fastest<T>(action: () => T): { readonly result: T; readonly milliseconds: number } {
  let result = action();
  let milliseconds = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    result = action();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { result, milliseconds };
}

const parsers = {
  acorn: () => parseWithAcorn(text, { ecmaVersion: 'latest', sourceType: 'script', ranges: true }),
  meriyah: () => parseWithMeriyah(text, { ranges: true, next: true }),
  oxc: () => parseSync('typescript.js', text, { range: true, preserveParens: false }).program,
};

const times = Object.entries(parsers).map(([name, parse]) => ({
  name,
  milliseconds: fastest<object>(parse).milliseconds,
}));
times.sort((one, other) => one.milliseconds - other.milliseconds);

const program: unknown = parsers.acorn();
if (!isNode(program) || program.type !== 'Program') throw new Error('no program');
const functions: FunctionNode[] = [];
let nodes = 0;
link(program, (node) => {
  nodes++;
  if (isFunction(node)) functions.push(node);
});
const manager: object = analyze(program as never, { ecmaVersion: 2022, sourceType: 'script' });
if (!isScopeManager(manager)) throw new Error('no scopes');
const bindings = new Bindings(manager);

/** Links nodes to their parents. */
function link(root: Node, visit?: (node: Node) => void): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit?.(node);
    for (const child of childrenOf(node)) {
      child.parent = node;
      open.push(child);
    }
  }
}

/** One name in twenty is an event, which one is told by a hash of the name. */
function eventOf(name: string): number | null {
  let hash = 7;
  for (let index = 0; index < name.length; index++) hash = (hash * 31 + name.charCodeAt(index)) | 0;
  return hash % 20 === 0 ? Math.abs(hash >> 5) % (SESSION.events.length / 2) : null;
}

const host: LowerHost = {
  operation: ({ callee }) => {
    const name =
      callee.type === 'Identifier'
        ? callee.name
        : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
          ? callee.property.name
          : null;
    const event = name === null ? null : eventOf(name);
    return event === null ? null : { call: event * 2, settle: event * 2 + 1 };
  },
  reference: () => null,
  isSubject: () => false,
  neverReturns: () => false,
};

/** Names of functions are followed. The value analysis is run only in files that name a client. */
const resolver: Resolver = {
  of: (node) => {
    if (isFunction(node)) return [{ kind: 'function', node }];
    const [definition] = node.type === 'Identifier' ? (bindings.variable(node)?.defs ?? []) : [];
    if (definition === undefined) return [];
    const bound =
      definition.node.type === 'VariableDeclarator' ? definition.node.init : definition.node;
    return bound !== null && isFunction(bound) ? [{ kind: 'function', node: bound }] : [];
  },
  member: () => [],
  isWrapper: () => false,
  part: () => [],
  entries: () => null,
  areVariants: () => false,
  accessors: () => [],
  sources: () => null,
  origins: () => null,
};

/** Functions by themselves: a call of one that is seen has no effect. */
const calls: Calls = {
  step: () => undefined,
  resolve: () => ({ instances: [], open: true }),
  bind: (callee) => callee,
  summary: () => {
    throw new Error('nothing is resolved');
  },
};

let events = 0;
const lowered = fastest(() => {
  const lowering = new Lowering(bindings, resolver, host);
  const terms = functions
    .filter(({ body }) => body !== null)
    .map((node) => lowering.function(node));
  terms.forEach(({ body }) => body);
  return terms;
});
const evaluated = fastest(() => {
  const space = createSpace(SESSION);
  const domain = relationDomain(space, false);
  events = 0;
  for (const term of lowered.result) {
    const instance = { term, env: new Map() };
    const summary = summarize(space, domain, instance, 'awaited', calls, new Closures());
    if (summary.results.nullish !== space.algebra.identity) events++;
  }
});

const [parser] = times;
const total = lowered.milliseconds + evaluated.milliseconds;
console.log(
  `typescript.js: ${String(nodes)} nodes, ${String(functions.length)} functions, ${String(events)} with an effect`,
);
for (const { name, milliseconds } of times)
  console.log(`parse (${name}): ${milliseconds.toFixed(0)} ms`);
console.log(
  `lower: ${lowered.milliseconds.toFixed(0)} ms, evaluate: ${evaluated.milliseconds.toFixed(0)} ms`,
);
if (parser !== undefined) {
  console.log(
    `lower and evaluate / parse with ${parser.name}: ${(total / parser.milliseconds).toFixed(2)} (target: under 0.33)`,
  );
}

/** Functions with faults of several kinds, three in each, and what real code has around them. */
const block = (index: number): string => `
async function ensure${index}(session) {
  if (!session.jwt) return false;
  await Intercom.setUserJwt(session.jwt);
  return true;
}

export async function open${index}(session, user, tab) {
  try {
    if (session.isReady && user) await Intercom.setUserJwt(session.jwt);
    for (const item of session.items) await prepare(item, tab);
  } catch (error) {
    report(error);
  }
  if (tab === 'profile') await Intercom.updateUser(user);
  switch (tab) {
    case 'help':
      await Intercom.presentSpace('HELP_CENTER');
      break;
    default:
      await Intercom.present();
  }
  if (await ensure${index}(session)) await Intercom.presentContent(user.content);
}

export async function leave${index}(session, user) {
  if (!(await ensure${index}(session))) return;
  if (user.isLeaving) await Intercom.logout();
  await Intercom.present();
}
`;

const BLOCKS = 250;

/** What the reasons of reports cost, against the analysis that finds them. */
function benchWitnesses(): void {
  const source = [
    "import Intercom from '@intercom/intercom-react-native';",
    ...Array.from({ length: BLOCKS }, (_, index) => block(index)),
  ].join('\n');
  const ast: unknown = parseWithAcorn(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    ranges: true,
  });
  if (!isNode(ast)) throw new Error('no program');
  link(ast);
  const scopeManager = analyze(ast as never, { ecmaVersion: 2022, sourceType: 'module' });
  const options = {
    helpers: 'every-path',
    entry: 'unset',
    protect: ['login', 'update', 'present'],
  } as const;
  const quoted = { lineOf: () => '1', textOf: () => '' };
  let analysis = Infinity;
  let witnesses = Infinity;
  let reports = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // Another object each time: what is known of a file is kept.
    const copy = { ...ast };
    for (const child of childrenOf(copy)) child.parent = copy;
    const session = sessionOf({ ast: copy, text: source, scopeManager });
    if (session === null) throw new Error('no session');
    const start = performance.now();
    session.solve(options);
    const solved = performance.now();
    reports = violationsOf(session, options, quoted).length;
    analysis = Math.min(analysis, solved - start);
    witnesses = Math.min(witnesses, performance.now() - solved);
  }
  console.log(
    `${String(reports)} reports in one file: analysis ${analysis.toFixed(0)} ms, witnesses ${witnesses.toFixed(0)} ms`,
  );
  console.log(`witnesses / analysis: ${(witnesses / analysis).toFixed(2)} (target: under 1)`);
}

benchWitnesses();
