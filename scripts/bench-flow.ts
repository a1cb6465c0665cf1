/**
 * What lowering and evaluating cost, against parsing: all functions of `typescript.js`, with one
 * function name in twenty taken for an event; then those alone that can lead to an event, where one
 * function in a hundred has one. Then what the reasons of 1,000 reports cost.
 *
 *     npm run bench:flow
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { parseForESLint } from '@typescript-eslint/parser';
import { parse as parseWithAcorn } from 'acorn';
import { analyze } from 'eslint-scope';
import { parse as parseWithMeriyah } from 'meriyah';
import { parseSync } from 'oxc-parser';

import {
  childrenOf,
  isFunction,
  isNode,
  type FunctionNode,
  type Node,
  type Program,
} from '../src/syntax/ast.ts';
import { offsetOf } from '../src/syntax/places.ts';
import { Bindings, isScopeManager } from '../src/syntax/bindings.ts';
import { relationDomain } from '../src/flow/algebra/domain.ts';
import { summarize } from '../src/flow/algebra/evaluate.ts';
import { Closures, type Calls } from '../src/flow/algebra/observer.ts';
import { Leads } from '../src/flow/lower/leads.ts';
import { Lowering, type LowerHost, type Resolver } from '../src/flow/lower/lowering.ts';
import { createSpace } from '../src/flow/algebra/protocol.ts';
import { sessionOf } from '../src/session/sessions.ts';
import { SESSION } from '../src/session/protocol.ts';
import { violationsOf } from '../src/session/findings/unset-calls.ts';

const ROUNDS = 5;

/** Of what takes many seconds. */
const FEW_ROUNDS = 2;

/** One function in so many calls the client, where not all are lowered. */
const SPARSE = 100;

const file = createRequire(import.meta.url).resolve('typescript');
const text = readFileSync(file, 'utf8');

function fastest<T>(
  action: () => T,
  rounds = ROUNDS,
): { readonly result: T; readonly milliseconds: number } {
  let result = action();
  let milliseconds = Infinity;
  for (let round = 0; round < rounds; round++) {
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

/** The parser that a lint run of TypeScript uses. */
const linting = fastest(
  () => parseForESLint(text, { range: true, loc: true, comment: true, tokens: true }),
  FEW_ROUNDS,
).milliseconds;

const times = Object.entries(parsers).map(([name, parse]) => ({
  name,
  milliseconds: fastest<object>(parse).milliseconds,
}));
times.sort((one, other) => one.milliseconds - other.milliseconds);

/** A text as a program, with its functions and bindings. */
function read(code: string): {
  readonly program: Program;
  readonly functions: readonly FunctionNode[];
  readonly nodes: number;
  readonly bindings: Bindings;
} {
  const program: unknown = parseWithAcorn(code, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    ranges: true,
  });
  if (!isNode(program) || program.type !== 'Program') throw new Error('no program');
  const functions: FunctionNode[] = [];
  let nodes = 0;
  link(program, (node) => {
    nodes++;
    if (isFunction(node)) functions.push(node);
  });
  const manager: object = analyze(program as never, { ecmaVersion: 2022, sourceType: 'script' });
  if (!isScopeManager(manager)) throw new Error('no scopes');
  return { program, functions, nodes, bindings: new Bindings(manager) };
}

const { functions, nodes, bindings } = read(text);

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
function resolverOf(known: Bindings): Resolver {
  return {
    of: (node) => {
      if (isFunction(node)) return [{ kind: 'function', node }];
      if (node.type !== 'Identifier') return [];
      const variable = known.variable(node);
      if (variable === null) {
        return node.name === 'Intercom' ? [{ kind: 'external', external: node }] : [];
      }
      const [definition] = variable.defs;
      if (definition?.type === 'Parameter') return [];
      const bound =
        definition?.node.type === 'VariableDeclarator'
          ? definition.node.init
          : (definition?.node ?? null);
      return bound !== null && isFunction(bound) ? [{ kind: 'function', node: bound }] : [];
    },
    member: () => [],
    isWrapper: () => false,
    part: () => [],
    kept: () => null,
    partsIn: () => [],
    isRearranged: () => false,
    areVariants: () => false,
    accessors: () => [],
    gettersOfAny: () => [],
    gettersTaken: () => [],
    gettersOfAll: () => [],
    sources: () => null,
    origins: () => null,
  };
}

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
  const lowering = new Lowering(bindings, resolverOf(bindings), host);
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

/** The text, with a call of the client where one function in so many begins. */
function sparse(): string {
  let result = '';
  let end = 0;
  const bodies = functions
    .flatMap(({ body }) => (body?.type === 'BlockStatement' ? [offsetOf(body) + 1] : []))
    .sort((one, other) => one - other)
    .filter((_, index) => index % SPARSE === 0);
  for (const offset of bodies) {
    result += `${text.slice(end, offset)} Intercom.present();`;
    end = offset;
  }
  return result + text.slice(end);
}

const rare = read(sparse());
const byRelevance = fastest(() => {
  const values = resolverOf(rare.bindings);
  const leads = new Leads(rare.program, rare.bindings, {
    of: (node) => values.of(node),
    typed: () => [],
  });
  const lowering = new Lowering(rare.bindings, values, {
    ...host,
    operation: ({ callee }) =>
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      callee.object.name === 'Intercom'
        ? { call: 0, settle: 1 }
        : null,
  });
  const terms = rare.functions
    .filter((node) => node.body !== null && leads.canLead(node))
    .map((node) => lowering.function(node));
  terms.forEach(({ body }) => body);
  return terms;
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
console.log(`parse (@typescript-eslint/parser): ${linting.toFixed(0)} ms`);
console.log(
  `by relevance: ${String(byRelevance.result.length)} of ${String(rare.functions.length)} functions lowered, ${byRelevance.milliseconds.toFixed(0)} ms`,
);
const fast = parser?.milliseconds ?? NaN;
const against = (name: string, spent: number, targets: readonly [number, number]): void => {
  const [toLinting, toFastest] = targets;
  console.log(
    `${name} / parse with @typescript-eslint/parser: ${(spent / linting).toFixed(2)} (target: under ${String(toLinting)}), with ${parser?.name ?? ''}: ${(spent / fast).toFixed(2)} (target: under ${String(toFastest)})`,
  );
};
against('lower all and evaluate', total, [0.25, 1]);
against('by relevance', byRelevance.milliseconds, [0.1, 0.4]);

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
