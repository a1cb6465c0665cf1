/** What the first stages of the analysis make of a file: what its expressions can be, and its terms. */

import { childrenOf, isFunction, rootOf, type FunctionNode, type Node } from '../src/syntax/ast.ts';
import { endOf, offsetOf } from '../src/syntax/places.ts';
import { dump } from '../src/flow/term/dump.ts';
import type { FunctionTerm } from '../src/flow/term/term.ts';
import type { Value } from '../src/values/resolve.ts';
import type { SessionFile } from '../src/session/model.ts';
import { SESSION } from '../src/session/protocol.ts';

/** What is made of a node, as text. */
export interface Outlined {
  readonly node: Node;
  readonly what: string;
}

export interface Outline {
  readonly calls: readonly Outlined[];
  /** Of what names and callees that are read. */
  readonly values: readonly Outlined[];
  /** Of what each function does. */
  readonly terms: readonly Outlined[];
}

/** @param text that of the file, for what is shown of it */
export function outlineOf(program: Node, session: SessionFile, text: string): Outline {
  const lineOf = (node: Node): number => text.slice(0, offsetOf(node)).split('\n').length;
  const told = (value: Value): string => {
    if (!('node' in value)) return value.kind;
    const made = 'made' in value ? ', made by calls' : '';
    const place = rootOf(value.node) === program ? `on line ${lineOf(value.node)}` : 'elsewhere';
    return `${value.kind} ${place}${made}`;
  };
  return {
    calls: session
      .calls()
      .map(({ node, method, role }) => ({ node, what: `${method}, a ${role}` })),
    values: [...askedIn(program)].flatMap((node) => {
      const values = session.values.of(node);
      const what = `${sourceOf(node, text)}: ${values.map(told).join(', ')}`;
      return values.length === 0 ? [] : [{ node, what }];
    }),
    terms: [...functionsIn(program)].map((node) => {
      const term = session.termOf(node);
      const outline = dump(term.body, (event) => SESSION.events[event]?.name ?? String(event));
      return { node, what: `${nameOf(term)}\n${outline}` };
    }),
  };
}

export function nameOf({ name }: FunctionTerm): string {
  return name || 'a function';
}

/** The functions in some code that have a body. */
export function* functionsIn(node: Node): Generator<FunctionNode> {
  for (const child of childrenOf(node)) {
    if (isFunction(child) && child.body !== null) yield child;
    yield* functionsIn(child);
  }
}

/** The names that are given a value, and what is called. */
function* askedIn(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    if (child.type === 'CallExpression') yield child.callee;
    if (child.type === 'VariableDeclarator') yield child.id;
    yield* askedIn(child);
  }
}

function sourceOf(node: Node, text: string): string {
  const [first = '', ...others] = text.slice(offsetOf(node), endOf(node)).split('\n');
  return others.length > 0 ? `${first} …` : first;
}
