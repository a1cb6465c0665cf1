/** Puts probes into the text to run, where the functions of a way decide something. */
import { isFunction, isNode, type FunctionNode, type Node } from '../../src/syntax/ast.ts';
import { partsOf } from '../../src/flow/term/make.ts';
import type { Decision, FunctionTerm, Term } from '../../src/flow/term/term.ts';
import type { Piece, Program } from './print.ts';

/** A place of the text at which something is told. */
export interface Probe {
  readonly node: Node;
  /** A handler of a rejection: it runs once, however often its promise is awaited. */
  readonly isHandler: boolean;
  /** In a default, of which the analysis does not know whether it is needed. */
  readonly isInParameter: boolean;
  /** In a loop that counts to a number: a way tells of its first round, and of others what matters. */
  readonly isInCounted: boolean;
  /** What is asked further in, in an optional chain that is cut short there. */
  readonly inner: Probe | null;
}

/** A change of the text to run: `text` goes in at an offset, in place of what is removed there. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
  /** At the same offset: what ends there comes first, what begins there last; what was put in first is outside. */
  readonly order: readonly [rank: number, breadth: number, turn: number];
}

const ends = 0;
const inserted = 1;
const begins = 2;

export class Instrumentation {
  /** What the text calls where a function is entered, with the function's place in the list. */
  readonly enterName = '$enter';
  /** What it calls where a place is passed that is marked, with the number of the mark. */
  readonly markName = '$mark';
  readonly #program: Program;
  readonly #functions: FunctionTerm[] = [];
  readonly #probes = new Map<string, Probe>();
  readonly #registered: Probe[] = [];
  readonly #edits: Edit[] = [];
  /** Where the calls end that have been given an argument. */
  readonly #given = new Set<number>();

  constructor(program: Program) {
    this.#program = program;
  }

  get functions(): readonly FunctionTerm[] {
    return this.#functions;
  }

  /** The text to run, with the probes in it. */
  text(): string {
    const sorted = this.#edits.toSorted(
      (one, other) =>
        one.at - other.at ||
        one.order[0] - other.order[0] ||
        one.order[1] - other.order[1] ||
        one.order[2] - other.order[2],
    );
    const { executable } = this.#program;
    let text = '';
    let from = 0;
    for (const { at, removed, text: piece } of sorted) {
      text += executable.slice(from, at) + piece;
      from = at + removed;
    }
    return text + executable.slice(from);
  }

  /** Has a function tell each of its calls, and all that it decides. */
  add(term: FunctionTerm): void {
    if (this.#functions.includes(term)) return;
    const index = this.#functions.push(term) - 1;
    this.#enter(term.node, `${this.#name(term)} = ${this.enterName}(${index})`);
    for (const decision of decisionsIn(term.body)) this.decision(term, decision);
    for (const site of catchesIn(term.body)) this.caught(term, site);
  }

  decision(term: FunctionTerm, { node, asks }: Decision): Probe {
    if (!isNode(node)) throw new Error('a decision is made at a node');
    return this.#probe(term, node, asks, (name, probe) => {
      switch (asks) {
        case 'truthy':
          this.#wrap(node, `((value) => (${name}.decide(${probe}, !!value), value))(`);
          break;
        case 'nullish':
          this.#wrap(node, `((value) => (${name}.decide(${probe}, value == null), value))(`);
          break;
        case 'element':
          this.#elements(node, `(outcome) => ${name}.decide(${probe}, outcome)`);
          break;
        case 'case': {
          const { parent } = node;
          const outer = parent?.type === 'SwitchCase' ? parent.parent : null;
          if (outer?.type !== 'SwitchStatement') throw new Error('a case is in a switch');
          const kept = `${name}.switch${rangeOf(outer)[0]}`;
          this.#once(`${name} ${rangeOf(outer)[0]}`, () => {
            this.#wrap(outer.discriminant, `(${kept} = `);
          });
          this.#wrap(node, `((value) => (${name}.decide(${probe}, ${kept} === value), value))(`);
          break;
        }
      }
    });
  }

  /** Where something is caught; null for what has no place of its own in the source. */
  caught(term: FunctionTerm, site: object): Probe | null {
    // `Promise.allSettled(…)` tells nothing of what it handles.
    if (!isNode(site) || site.type === 'CallExpression') return null;
    return this.#probe(term, site, 'caught', (name, probe) => {
      const tell = `${name}.catch(${probe}, true)`;
      if (site.type === 'CatchClause') {
        this.#insert(this.#after(rangeOf(site.body)[0] + 1), `${name}.catch(${probe}, false);`);
        return;
      }
      const { parent } = site;
      if (parent?.type === 'TryStatement' && parent.finalizer !== null) {
        // A finalizer is entered by what is thrown in the handler, too.
        const again = ` catch ($thrown) { ${tell}; throw $thrown; } `;
        if (parent.handler !== null) {
          this.#insert(this.#before(rangeOf(parent)[0]), 'try { ');
        }
        const [end] = rangeOf(parent.finalizer);
        const start = this.#program.source.lastIndexOf('finally', end);
        this.#insert(this.#before(start), parent.handler === null ? again : `}${again}`);
      } else {
        this.#wrap(
          site,
          `((handler) => typeof handler === 'function' ? (...given) => (${tell}, handler(...given)) : handler)(`,
        );
      }
    });
  }

  /** Tells when a call is made, behind its arguments. */
  pass(term: FunctionTerm, call: Node & { type: 'CallExpression' }): Probe {
    return this.#probe(term, call, 'pass', (name, probe) => {
      this.#argument(call, `${name}.pass(${probe})`);
    });
  }

  /** One more argument of a call, behind its own. */
  #argument(call: Node & { type: 'CallExpression' | 'NewExpression' }, text: string): void {
    const [, end] = rangeOf(call);
    const isFirst = call.arguments.length === 0 && !this.#given.has(end);
    this.#given.add(end);
    this.#insert(this.#before(end - 1), `${isFirst ? '' : ', '}${text}`);
  }

  /** Tells when an expression has been evaluated, and whether it is truthy; or false, as below. */
  markValue(node: Node, mark: number): boolean {
    if (!this.#isSame(node)) return false;
    this.#wrap(node, `((value) => (${this.markName}(${mark}, !!value), value))(`);
    return true;
  }

  /** Tells when an expression is about to be evaluated; or false, as below. */
  markBefore(node: Node, mark: number): boolean {
    if (!this.#isSame(node)) return false;
    this.#wrap(node, `(${this.markName}(${mark}), `);
    return true;
  }

  /** Tells when a place is passed, in whatever function; false where that cannot be told. */
  mark(node: Node, mark: number): boolean {
    if (!this.#isSame(node)) return false;
    const told = `${this.markName}(${mark})`;
    const { parent } = node;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      this.#argument(node, told);
    } else if (parent?.type === 'CallExpression' && parent.callee === node) {
      // A method that is taken out of its call loses what it is called on.
      this.#argument(parent, told);
    } else if (node.type === 'AwaitExpression' || node.type === 'MemberExpression') {
      this.#wrap(node, `(${told}, `);
    } else if (isFunction(node)) {
      if (node.body?.type === 'BlockStatement') {
        this.#insert(this.#after(rangeOf(node.body)[0] + 1), `${told};`);
      } else if (node.body) {
        this.#wrap(node.body, `(${told}, `);
      }
    } else if (node.type === 'CatchClause') {
      this.#insert(this.#after(rangeOf(node.body)[0] + 1), `${told};`);
    } else if (node.type === 'BlockStatement') {
      this.#insert(this.#after(rangeOf(node)[0] + 1), `${told};`);
    } else {
      this.#wrap(
        node,
        `((handler) => typeof handler === 'function' ? (...given) => (${told}, handler(...given)) : handler)(`,
      );
    }
    return true;
  }

  /** The probe with this number, which is what the text calls it by. */
  get probes(): readonly Probe[] {
    return this.#registered;
  }

  #probe(
    term: FunctionTerm,
    node: Node,
    purpose: string,
    place: (name: string, probe: string) => void,
  ): Probe {
    const name = this.#name(term);
    const key = keyOf(name, node, purpose);
    let probe = this.#probes.get(key);
    if (probe === undefined) {
      const inner = purpose === 'nullish' ? askedInside(node) : null;
      probe = {
        node,
        isHandler: purpose === 'caught' && !isClause(node),
        isInParameter: isInParameter(node),
        isInCounted: isInCounted(node),
        inner: inner && (this.#probes.get(keyOf(name, inner, purpose)) ?? null),
      };
      this.#probes.set(key, probe);
      const index = this.#registered.push(probe) - 1;
      place(name, String(index));
    }
    return probe;
  }

  #once(key: string, action: () => void): void {
    if (this.#done.has(key)) return;
    this.#done.add(key);
    action();
  }

  readonly #done = new Set<string>();

  #name(term: FunctionTerm): string {
    return `$way${this.#functions.indexOf(term)}`;
  }

  /** A binding that is made where a function is entered, before its parameters. */
  #enter(node: object, binding: string): void {
    if (!isNode(node)) throw new Error('a function is a node');
    if (node.type === 'Program') {
      this.#insert(this.#start, `const ${binding};\n`);
      return;
    }
    if (node.type === 'ClassBody') {
      // What initializes the fields sees no binding of its own.
      const [name = ''] = binding.split(' ');
      this.#insert(this.#start, `let ${name};\n`);
      this.#insert(this.#after(rangeOf(node)[0] + 1), `$entered = (${binding});`);
      return;
    }
    if (!isFunction(node) || node.body === null) throw new Error(`${node.type} is not entered`);
    if (node.parent?.type === 'MethodDefinition' || node.parent?.type === 'Property') {
      if (node.parent.kind === 'get') {
        this.#insert(this.#after(rangeOf(node.body)[0] + 1), `const ${binding};`);
        return;
      }
    }
    const [open, close] = this.#parentheses(node);
    this.#insert(this.#after(open + 1), `...{ ${binding}, `);
    node.params.forEach((parameter, index) => {
      this.#insert(this.#before(rangeOf(parameter)[0]), `${index}: `);
    });
    this.#insert(this.#before(close), ' }');
  }

  /** Where the program itself starts in the text to run. */
  get #start(): number {
    return this.#program.pieces.find(({ isSame }) => isSame)?.runFrom ?? 0;
  }

  /** The offsets of the parentheses around a function's parameters. */
  #parentheses({ range, start, id, params, ...node }: FunctionNode): readonly [number, number] {
    const { source } = this.#program;
    const from = id ? rangeOf(id)[1] : (range?.[0] ?? start);
    const open = source.indexOf('(', from);
    const last = params.at(-1);
    const close = source.indexOf(')', last === undefined ? open : rangeOf(last)[1]);
    if (open < 0 || close < 0) throw new Error(`${node.type} has no parentheses`);
    return [open, close];
  }

  /** What a loop goes through, which tells whether there is another element. */
  #elements(node: Node, decide: string): void {
    const { parent } = node;
    if (parent?.type === 'ForInStatement') {
      const start = this.#after(rangeOf(parent.left)[1]);
      const { executable } = this.#program;
      this.#edit({ at: executable.indexOf('in', start), removed: 2, text: 'of' });
      this.#wrap(
        node,
        `(function* (object, decide) {
        for (const key in object) { decide(true); yield key; }
        decide(false);
      })(`,
        `, ${decide})`,
      );
      return;
    }
    const isAsync = parent?.type === 'ForOfStatement' && parent.await;
    const symbol = isAsync ? 'Symbol.asyncIterator' : 'Symbol.iterator';
    const wait = isAsync ? 'await ' : '';
    this.#wrap(
      node,
      `((iterable, decide) => {
      const iterator = iterable[${symbol}]();
      return { [${symbol}]: () => ({
        next: ${isAsync ? 'async ' : ''}() => {
          const step = ${wait}iterator.next();
          decide(!step.done);
          return step;
        },
        return: () => iterator.return?.() ?? {},
      }) };
    })(`,
      `, ${decide})`,
    );
  }

  #wrap(node: Node, before: string, after = ')'): void {
    const [from, to] = rangeOf(node);
    const turn = this.#edits.length;
    this.#edits.push(
      { at: this.#before(from), removed: 0, text: `${before}(`, order: [begins, -to, turn] },
      { at: this.#after(to), removed: 0, text: `)${after}`, order: [ends, -from, -turn] },
    );
  }

  #insert(at: number, text: string): void {
    this.#edit({ at, removed: 0, text });
  }

  #edit(edit: Omit<Edit, 'order'>): void {
    this.#edits.push({ ...edit, order: [inserted, 0, 0] });
  }

  /** Where what begins at an offset of the module begins in the text to run. */
  #before(offset: number): number {
    const piece = this.#piece(({ from, to }) => from <= offset && offset < to);
    return piece.isSame ? piece.runFrom + offset - piece.from : piece.runFrom;
  }

  /** Where what ends at an offset of the module ends in the text to run. */
  #after(offset: number): number {
    const piece = this.#piece(({ from, to }) => from < offset && offset <= to);
    return piece.isSame ? piece.runFrom + offset - piece.from : piece.runTo;
  }

  /** Whether a node begins and ends in what is the same in the text to run. */
  #isSame(node: Node): boolean {
    return rangeOf(node).every((offset, index) => {
      const at = index === 0 ? offset : offset - 1;
      return this.#piece(({ from, to }) => from <= at && at < to).isSame;
    });
  }

  #piece(holds: (piece: Piece) => boolean): Piece {
    const piece = this.#program.pieces.find(holds);
    if (piece === undefined) throw new Error('no such offset');
    return piece;
  }
}

/** Whether a call of this function can be told. */
export function isEntered(node: object): boolean {
  return isNode(node) && (isFunction(node) || node.type === 'Program' || node.type === 'ClassBody');
}

function isClause({ type, parent }: Node): boolean {
  return type === 'CatchClause' || parent?.type === 'TryStatement';
}

/** Whether a place is in the body of a `for` that compares what it counts with a number. */
function isInCounted(node: Node): boolean {
  for (let inner = node; inner.parent && !isFunction(inner); inner = inner.parent) {
    const { parent } = inner;
    if (parent.type !== 'ForStatement' || parent.body !== inner) continue;
    const { test } = parent;
    if (test?.type !== 'BinaryExpression') continue;
    if (test.left.type === 'Literal' || test.right.type === 'Literal') return true;
  }
  return false;
}

function isInParameter(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer.params.some((parameter) => parameter === inner);
    inner = outer;
  }
  return false;
}

function keyOf(name: string, node: Node, purpose: string): string {
  return `${name} ${rangeOf(node).join()} ${purpose}`;
}

/** What the link before asks for in an optional chain. */
function askedInside(node: Node): Node | null {
  let inner: Node = node;
  for (;;) {
    if (inner.type === 'MemberExpression') {
      if (inner.optional) return inner.object;
      inner = inner.object;
    } else if (inner.type === 'CallExpression') {
      if (inner.optional) return inner.callee;
      inner = inner.callee;
    } else {
      return null;
    }
  }
}

function rangeOf(node: Node): readonly [number, number] {
  return node.range ?? [node.start, node.end];
}

function decisionsIn(root: Term): readonly Decision[] {
  const decisions: Decision[] = [];
  visit(root, (term) => {
    if (term.kind === 'branch' && term.decision !== null) decisions.push(term.decision);
    if (term.kind === 'switch') decisions.push(...term.cases.map(({ decision }) => decision));
  });
  return decisions;
}

function catchesIn(root: Term): readonly object[] {
  const sites: object[] = [];
  visit(root, (term) => {
    if (term.kind !== 'try') return;
    if (term.handler !== null && term.site !== null) sites.push(term.site);
    if (term.finalizer !== null && term.finalSite !== null) sites.push(term.finalSite);
  });
  return sites;
}

/** Each term in a term, those in its tests included. */
function visit(term: Term, action: (term: Term) => void): void {
  action(term);
  for (const part of partsOf(term)) visit(part, action);
}
