/**
 * Draws the pictures of `docs/how-it-decides.md`: the term of each function behind a
 * `<!-- picture -->`, with the states in which its calls are reached.
 *
 *     npx tsx scripts/diagrams.ts [--check]
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Linter, type Rule } from 'eslint';

import { childrenOf, isFunction, isNode, type FunctionNode, type Node } from '../src/syntax/ast.ts';
import { offsetOf } from '../src/syntax/places.ts';
import type { Decision, FunctionTerm, Label, Term, Test } from '../src/flow/term/term.ts';
import type { SessionFile } from '../src/session/model.ts';
import { sessionOf } from '../src/session/sessions.ts';
import { SESSION, STATES, WITHOUT_JWT } from '../src/session/protocol.ts';

const PAGE = fileURLToPath(new URL('../docs/how-it-decides.md', import.meta.url));

/** Puts the client's import in front of an example, on the line of its first statement. */
export const IMPORT = "import Intercom from '@intercom/intercom-react-native'; ";

/** A page with its pictures drawn anew. */
export function withPictures(page: string): string {
  return page.replaceAll(
    /(<!-- picture -->\n\n```js\n([^]*?)```\n\n)(?:```mermaid\n[^]*?```\n\n)?/gu,
    (_whole, before: string, code: string) =>
      `${before}\`\`\`mermaid\n${pictureOf(code)}\n\`\`\`\n\n`,
  );
}

/** The picture of the first function of a program. */
function pictureOf(code: string): string {
  let picture = '';
  const draw: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      'Program:exit'() {
        const session = sessionOf(sourceCode);
        const root: unknown = sourceCode.ast;
        const node = isNode(root) ? firstFunction(root) : null;
        if (session === null || node === null) throw new Error(`Nothing to draw in\n${code}`);
        picture = new Picture(session, sourceCode.text).draw(session.termOf(node));
      },
    }),
  };
  const [problem] = new Linter().verify(IMPORT + code, {
    plugins: { picture: { rules: { draw } } },
    rules: { 'picture/draw': 'error' },
  });
  if (problem !== undefined) throw new Error(problem.message);
  return picture;
}

function firstFunction(node: Node): FunctionNode | null {
  if (isFunction(node)) return node;
  for (const child of childrenOf(node)) {
    const found = firstFunction(child);
    if (found !== null) return found;
  }
  return null;
}

/** An arrow that leads from a box to one that is yet to be drawn. */
interface Arrow {
  readonly from: string;
  readonly label: string;
  readonly isThrown: boolean;
}

const EVENTS: Readonly<Record<string, string>> = {
  established: 'its promise is fulfilled',
};

class Picture {
  readonly #session: SessionFile;
  readonly #text: string;
  readonly #lines = ['flowchart TD'];
  readonly #jumps = new Map<Label, Arrow[]>();
  #thrown: Arrow[] = [];
  #boxes = 0;

  constructor(session: SessionFile, text: string) {
    this.#session = session;
    this.#text = text;
  }

  draw({ name, body, returns }: FunctionTerm): string {
    const entry = this.#box(`([${quoted(name === '' ? 'the function' : name)}])`, []);
    const ends = this.#term(body, [arrow(entry)]);
    for (const label of new Set(Object.values(returns))) ends.push(...this.#landing(label));
    if (ends.length > 0) this.#box('([returns])', ends);
    if (this.#thrown.length > 0) this.#box('([throws])', this.#thrown);
    if (this.#lines.some((line) => line.includes(':::bad'))) {
      this.#lines.push('  classDef bad stroke:#c00,stroke-width:3px');
    }
    return this.#lines.join('\n');
  }

  /** Draws a term behind some arrows; the arrows that lead on from it. */
  #term(term: Term, from: readonly Arrow[]): Arrow[] {
    if (from.length === 0) return [];
    switch (term.kind) {
      case 'skip':
      case 'suspend':
      case 'join':
      case 'refer':
      case 'assign':
        return [...from];
      case 'assume':
        return term.facts === 'never' ? [] : [...from];
      case 'mayThrow': {
        const box = this.#box('[a call, or the like]', from);
        this.#thrown.push(arrow(box, 'throws', true));
        return [arrow(box)];
      }
      case 'raise':
        this.#thrown.push(...from.map((one) => ({ ...one, isThrown: true })));
        return [];
      case 'event':
        return this.#event(term.event, term.site, from);
      case 'seq':
        return term.terms.reduce<Arrow[]>((arrows, part) => this.#term(part, arrows), [...from]);
      case 'branch': {
        const [yes, no] = this.#test(term.test, term.decision, from);
        return [...this.#term(term.then, yes), ...this.#term(term.else, no)];
      }
      case 'loop': {
        const head = this.#box('((again))', from);
        this.#connect(this.#term(term.body, [arrow(head)]), head);
        return [];
      }
      case 'block':
        return [...this.#term(term.body, from), ...this.#landing(term.label)];
      case 'resume':
      case 'elsewhere':
        return this.#term(term.body, from);
      case 'exit':
        this.#jumps.set(term.label, [...(this.#jumps.get(term.label) ?? []), ...from]);
        return [];
      case 'try':
        return this.#try(term, from);
      case 'switch': {
        const entries = term.bodies.map((): Arrow[] => []);
        let arrows = [...from];
        for (const { test, body, decision } of term.cases) {
          const [yes, no] = this.#test(test, decision, arrows);
          entries[body]?.push(...yes);
          arrows = no;
        }
        const end = entries[term.otherwise] === undefined ? arrows : [];
        entries[term.otherwise]?.push(...arrows);
        return [
          ...term.bodies.reduce<Arrow[]>(
            (before, body, index) => this.#term(body, [...before, ...(entries[index] ?? [])]),
            [],
          ),
          ...end,
        ];
      }
      case 'detach':
        return [...from];
      case 'use':
        return this.#term(term.awaited, from);
      case 'call': {
        const [callee] = term.callee.functions;
        const box = this.#box(`[${quoted(`${callee?.name ?? 'a function'}()`)}]`, from);
        this.#thrown.push(arrow(box, 'throws', true));
        return [arrow(box)];
      }
    }
  }

  #try(term: Term & { readonly kind: 'try' }, from: readonly Arrow[]): Arrow[] {
    const outer = this.#thrown;
    this.#thrown = [];
    let arrows = this.#term(term.body, from);
    if (term.handler !== null && this.#thrown.length > 0) {
      const handler = this.#box('[/catch/]', this.#thrown);
      this.#thrown = [];
      arrows = [...arrows, ...this.#term(term.handler, [arrow(handler)])];
    }
    const thrown = this.#thrown;
    this.#thrown = [...outer];
    if (term.finalizer === null) {
      this.#thrown.push(...thrown);
      return arrows;
    }
    const finalizer = this.#box('[/finally/]', [...arrows, ...thrown]);
    const ends = this.#term(term.finalizer, [arrow(finalizer)]);
    if (thrown.length > 0)
      this.#thrown.push(...ends.map(({ from: box }) => arrow(box, 'throws on', true)));
    return arrows.length > 0 ? ends : [];
  }

  #event(event: number, site: object | null, from: readonly Arrow[]): Arrow[] {
    const name = SESSION.events[event]?.name ?? '';
    const known = this.#session.solve({ helpers: 'every-path', entry: 'unset' });
    const place = site === null ? null : known.at(site);
    if (place === null) {
      // Of the other promises, only that of `setUserJwt` changes what the session is.
      if (EVENTS[name] === undefined) return [...from];
      const box = this.#box(`[${quoted(EVENTS[name])}]`, from);
      this.#thrown.push(arrow(box, 'is rejected', true));
      return [arrow(box)];
    }
    const states = STATES.filter((_, state) => (place.states & (1 << state)) !== 0);
    const isBad = place.role !== 'establish' && (place.states & WITHOUT_JWT) !== 0;
    const label = quoted(`${place.method}()<br>in: ${states.join(', ')}`);
    const box = this.#box(`[${label}]${isBad ? ':::bad' : ''}`, from);
    this.#thrown.push(arrow(box, 'throws', true));
    return [arrow(box)];
  }

  #test(test: Test, decision: Decision | null, from: readonly Arrow[]): [Arrow[], Arrow[]] {
    const before = effectsOf(test).reduce<Arrow[]>(
      (arrows, effect) => this.#term(effect, arrows),
      [...from],
    );
    const box = this.#box(
      `{${quoted(decision === null ? '?' : this.#question(decision))}}`,
      before,
    );
    return [[arrow(box, 'yes')], [arrow(box, 'no')]];
  }

  #question({ node, asks }: Decision): string {
    const code = isNode(node) ? this.#text.slice(...rangeOf(node)) : '?';
    switch (asks) {
      case 'truthy':
        return code;
      case 'nullish':
        return `${code} == null`;
      case 'element':
        return `another of ${code}`;
      case 'case':
        return `case ${code}`;
    }
  }

  #landing(label: Label): Arrow[] {
    const jumps = this.#jumps.get(label) ?? [];
    this.#jumps.delete(label);
    return jumps;
  }

  #box(shape: string, from: readonly Arrow[]): string {
    const box = `b${this.#boxes++}`;
    this.#lines.push(`  ${box}${shape}`);
    this.#connect(from, box);
    return box;
  }

  #connect(from: readonly Arrow[], to: string): void {
    for (const { from: box, label, isThrown } of from) {
      const line = isThrown ? '-.->' : '-->';
      this.#lines.push(`  ${box} ${line}${label === '' ? '' : `|${label}|`} ${to}`);
    }
  }
}

function arrow(from: string, label = '', isThrown = false): Arrow {
  return { from, label, isThrown };
}

function effectsOf(test: Test): readonly Term[] {
  switch (test.kind) {
    case 'after':
      return [test.effect, ...effectsOf(test.test)];
    case 'result':
      return [test.call];
    case 'not':
      return effectsOf(test.test);
    default:
      return [];
  }
}

function rangeOf(node: Node): [number, number] {
  return [offsetOf(node), node.range?.[1] ?? node.end];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = readFileSync(PAGE, 'utf8');
  const drawn = withPictures(page);
  if (!process.argv.includes('--check')) writeFileSync(PAGE, drawn);
  else if (drawn !== page)
    throw new Error('The pictures are out of date: npx tsx scripts/diagrams.ts');
}
