/** Terms as text, for people who debug the analysis. */

import type { Callee, Facts, Label, Term, Test } from './term.ts';

/** What events are called; those of a protocol, or any others. */
export type EventName = (event: number) => string;

/**
 * A term as an indented outline: one line a term, what it holds below it.
 *
 * @param nameOf what to call each event
 */
export function dump(term: Term, nameOf: EventName = String): string {
  const labels = new Map<Label, string>();
  const lines: string[] = [];
  const labelOf = (label: Label): string => {
    let name = labels.get(label);
    if (name === undefined) {
      name = `${label.name}#${String(labels.size + 1)}`;
      labels.set(label, name);
    }
    return name;
  };
  const write = (depth: number, text: string): void => {
    lines.push(`${'  '.repeat(depth)}${text}`);
  };
  const test = (made: Test): string => {
    switch (made.kind) {
      case 'opaque':
        return '?';
      case 'facts':
        return facts(made.whenTrue);
      case 'given':
        return `given or ${test(made.test)}`;
      case 'not':
        return `not ${test(made.test)}`;
      case 'and':
      case 'or':
        return `(${test(made.left)} ${made.kind} ${test(made.right)})`;
      case 'conditional':
        return `(${test(made.test)} ? ${test(made.then)} : ${test(made.else)})`;
      case 'after':
        return `(${inline(made.effect)}; ${test(made.test)})`;
      case 'result':
        return `${made.call.mode} ${callee(made.call.callee)} is ${[...made.kinds].join('|')}`;
      case 'told':
        return `${labelOf(made.whenTrue)}, not ${labelOf(made.whenFalse)}, of (${inline(made.effect)})`;
    }
  };
  const inline = (effect: Term): string =>
    dump(effect, nameOf)
      .split('\n')
      .map((line) => line.trim())
      .join('; ');
  const visit = (next: Term, depth: number): void => {
    switch (next.kind) {
      case 'skip':
      case 'suspend':
      case 'raise':
      case 'join':
        write(depth, next.kind);
        break;
      case 'mayThrow':
        write(depth, 'may throw');
        break;
      case 'event':
        write(depth, `event ${nameOf(next.event)}`);
        break;
      case 'seq':
        for (const part of next.terms) visit(part, depth);
        break;
      case 'branch':
        write(depth, `if ${test(next.test)}`);
        visit(next.then, depth + 1);
        if (next.else.kind === 'skip') break;
        write(depth, 'else');
        visit(next.else, depth + 1);
        break;
      case 'loop':
        write(depth, 'loop');
        visit(next.body, depth + 1);
        break;
      case 'block':
        write(depth, `block ${labelOf(next.label)}`);
        visit(next.body, depth + 1);
        break;
      case 'exit':
        write(depth, `exit ${labelOf(next.label)}`);
        break;
      case 'try':
        write(depth, 'try');
        visit(next.body, depth + 1);
        if (next.handler !== null) {
          write(depth, 'catch');
          visit(next.handler, depth + 1);
        }
        if (next.finalizer !== null) {
          write(depth, 'finally');
          visit(next.finalizer, depth + 1);
        }
        break;
      case 'switch':
        write(depth, 'switch');
        for (const { test: made, body } of next.cases)
          write(depth + 1, `${test(made)} -> ${String(body)}`);
        write(depth + 1, `otherwise -> ${String(next.otherwise)}`);
        next.bodies.forEach((body, index) => {
          write(depth + 1, `${String(index)}:`);
          visit(body, depth + 2);
        });
        break;
      case 'detach':
        write(depth, 'detach');
        visit(next.body, depth + 1);
        break;
      case 'resume':
        write(depth, 'made before');
        visit(next.body, depth + 1);
        break;
      case 'elsewhere':
        write(depth, 'which goes on by itself');
        visit(next.body, depth + 1);
        break;
      case 'use':
        for (const mode of ['awaited', 'started', 'settled'] as const) {
          write(depth, `if ${mode}`);
          visit(next[mode], depth + 1);
        }
        break;
      case 'call':
        for (const { effect, outcomes } of next.answers ?? []) {
          write(depth, 'tells');
          visit(effect, depth + 2);
          for (const { label, facts: told } of outcomes)
            write(depth + 1, `${labelOf(label)} -> ${facts(told)}`);
        }
        write(depth, `${next.mode} ${callee(next.callee)}`);
        if (next.results === null) break;
        for (const [kind, follow] of Object.entries(next.results)) {
          write(depth + 1, `${kind}:`);
          visit(follow, depth + 2);
        }
        break;
      case 'refer':
        write(depth, `refer ${callee(next.callee)}${next.later ? ' later' : ''}`);
        break;
      case 'assume':
        write(depth, `assume ${facts(next.facts)}`);
        break;
      case 'assign':
        write(depth, `assign ${next.changes.map(({ atom }) => atom).join()}: ${facts(next.facts)}`);
        break;
    }
  };
  visit(term, 0);
  return lines.join('\n');
}

function facts(known: Facts): string {
  if (known === 'never') return 'never';
  if (known.length === 0) return 'always';
  return known.map(({ atom, holds }) => `${holds ? '' : '!'}a${String(atom)}`).join(' & ');
}

function callee({ functions, parameter, open }: Callee): string {
  const names = functions.map(({ name }) => (name === '' ? 'function' : name));
  if (parameter !== null) names.push('parameter');
  if (open) names.push('…');
  return names.join(' | ');
}
