/**
 * What a message says, taken by its words: the methods, helpers, handlers and lines that it names are
 * looked up in the program, and a run must show them doing what the message says.
 */
import { isFunction, isWithin, rootOf, unwrap, type Node } from '../../src/syntax/ast.ts';
import { offsetOf } from '../../src/syntax/places.ts';
import type { ToldViolation } from '../../src/session/findings/unset-calls.ts';
import type { Instrumentation } from './instrument.ts';
import { calleeName, isHandler, lineOf, nodesIn, placeOf } from './places.ts';
import type { ClientCall } from './print.ts';
import type { Made, SessionLog } from './session-log.ts';

/** A time at which a run passed a place, and whether a user JWT was in place then. */
interface Passed {
  readonly at: number;
  readonly hadJwt: boolean;
  /** How a test came out there; null where there is none. */
  readonly outcome: boolean | null;
}

/** Whether what is claimed holds; `later` where the run has yet to show it. */
type Holding = boolean | 'later';

export class Claim {
  readonly #log: SessionLog;
  /** The client's methods that are called, by line and column. */
  readonly #clientCalls: ReadonlyMap<string, string>;
  readonly #nodes: readonly Node[];
  readonly #site: Node;
  readonly #way: ToldViolation['way'];
  readonly #instrumentation: Instrumentation;
  readonly #marks = new Map<string, number>();
  /** The marks of the client's calls, by line and column. */
  readonly #clientMarks = new Map<string, number>();
  readonly #passed: Passed[][] = [];
  readonly #holds: () => Holding;
  /** Whether it is about what comes after the call, whatever the way there. */
  readonly isOfAnyWay: boolean;
  #reachedAt: number | null = null;

  constructor(
    { cause, data, site, way }: ToldViolation,
    calls: readonly ClientCall[],
    log: SessionLog,
    marked: Instrumentation,
  ) {
    this.isOfAnyWay = cause === 'setTooLate';
    this.#log = log;
    this.#clientCalls = new Map(
      calls.map(({ line, column, method }) => [`${line}:${column}`, method]),
    );
    this.#site = site.node;
    this.#way = way;
    this.#instrumentation = marked;
    this.#nodes = nodesIn(rootOf(site.node));
    const word = (name: string): string => data[name] ?? '';
    this.#holds = (() => {
      switch (cause) {
        case 'cleared':
          return this.#cleared(word('clear'), word('line'));
        case 'notAwaited':
          return this.#notAwaited(word('establish'), word('line'));
        case 'rejected':
          return this.#rejected(word('catch'));
        case 'skippedOnPath':
          return this.#skipped(word('condition'));
        case 'helperMaySkip':
          return this.#helperSkips(word('helper'), word('line'));
        case 'callbackMayNotRun':
          return this.#notRun(word('establish'), word('line'));
        case 'calledUnset':
          return this.#calledUnset(word('entered'));
        case 'setTooLate':
          return this.#tooLate(word('establish'), word('line'));
        case 'neverSet':
          return this.#neverSet(word('where'), word('elsewhere'));
        case 'onSomeWay':
          return () => true;
      }
    })();
  }

  /** How many places are marked. */
  get marks(): number {
    return this.#passed.length;
  }

  begin(): void {
    for (const times of this.#passed) times.length = 0;
    this.#reachedAt = null;
  }

  /** The client is called. */
  called({ line, column }: ClientCall): void {
    const mark = this.#clientMarks.get(`${line}:${column}`);
    if (mark !== undefined) this.pass(mark);
  }

  /** A place that is marked is passed. */
  pass(mark: number, outcome: boolean | null = null): void {
    this.#passed[mark]?.push({ at: this.#log.tick(), hadJwt: this.#log.hasJwt, outcome });
  }

  /** The violation has been reached, on the way that is told if that matters. */
  reach(): void {
    this.#reachedAt ??= this.#log.tick();
  }

  /** Whether a run that has followed the way into the violation may show more of what is claimed. */
  get isOpen(): boolean {
    return this.#reachedAt !== null && this.#holds() === 'later';
  }

  /** Whether this run has followed the way, and shows what is claimed. */
  get holds(): boolean {
    return this.#reachedAt !== null && this.#holds() === true;
  }

  #cleared(name: string, line: string): () => Holding {
    const helper = name === 'logout' ? null : this.#calls(line, name);
    return () => {
      const last = this.#log.of('logout').findLast(({ hadJwt }) => hadJwt);
      if (last === undefined) return false;
      return helper === null
        ? isOn(last, line)
        : this.#times(helper).some(({ at }) => at < last.at);
    };
  }

  #notAwaited(name: string, line: string): () => Holding {
    if (name !== 'setUserJwt') {
      const helper = this.#calls(line, name);
      return () =>
        this.#times(helper).some(({ at }) => {
          const begun = this.#log.sets.filter((set) => set.at > at);
          return begun.length === 0 || begun.some(({ outcome }) => outcome === null);
        });
    }
    const sets = this.#named(line, name);
    // What has not called it yet: a chain of promises, or a function, that was left to run.
    const around = this.#nodes.filter(
      (node) =>
        (node.type === 'CallExpression' || isFunction(node)) &&
        sets.some((set) => set !== node && isWithin(set, node)),
    );
    const begun = this.#mark(around);
    return () => {
      const made = this.#log.sets.filter((set) => isOn(set, line));
      return made.some(({ outcome }) => outcome === null) || this.#times(begun).length > 0;
    };
  }

  #rejected(handler: string): () => Holding {
    const passed = this.#handled(handler);
    return () => {
      const rejected = this.#log.sets.filter(({ outcome }) => outcome?.isFulfilled === false);
      return rejected.some(passed);
    };
  }

  /** Whether what a message tells of a handler is so of a rejection. */
  #handled(told: string): (set: Made) => boolean {
    if (told === 'what handles the rejection') return () => true;
    const line = /on line (\d+)$/.exec(told)?.[1] ?? '';
    const [, name = ''] = /^`([^`]+)`/.exec(told) ?? [];
    if (name !== '' && told.startsWith('`')) {
      // A helper, or a combinator, that goes on by itself: it may be given the promise of the set.
      const calls = this.#calls(line, name.replace(/^Promise\./, ''));
      return ({ at: set, outcome }) =>
        this.#times(calls).some(({ at }) => at < (outcome?.at ?? set) || name.startsWith('P'));
    }
    const handlers = this.#nodes.filter(
      (node) => lineOf(node) === line && isHandler(node, told.startsWith('the handler')),
    );
    const marks = this.#mark(handlers);
    return ({ outcome }) =>
      this.#times(marks).some(({ at }) => outcome !== null && at > outcome.at);
  }

  #skipped(condition: string): () => Holding {
    const told = [...condition.matchAll(/is (truthy|falsy|true|false|\S+) \(line (\d+)\)/g)];
    const steps = this.#way.flatMap((leg) => leg.steps);
    const followed = steps.flatMap((step) => (step.kind === 'decided' ? [step.decision.node] : []));
    // Those of the way are followed; others are in a function that is called on the way.
    const others = told
      .filter(([, , line]) => !followed.some((node) => lineOf(node) === line))
      .map(([, outcome = '', line = '']) =>
        outcome === 'empty' ? this.#empty(line) : this.#decisions(line, outcome.startsWith('tru')),
      );
    const thrown = [...condition.matchAll(/something throws and (.+? on line \d+) goes on/g)].map(
      ([, handler = '']) => this.#marked(handler),
    );
    const [, name = '', line = ''] = /^`([^`]+)` on line (\d+) is not run$/.exec(condition) ?? [];
    const omitted = name === '' ? [] : this.#calls(line, name);
    return () =>
      !this.#log.hasJwt &&
      others.every((isShown) => isShown()) &&
      thrown.every((marks) => this.#times(marks).length > 0) &&
      this.#times(omitted).length === 0;
  }

  /** Whether a test on a line has had an outcome. */
  #decisions(line: string, outcome: boolean): () => boolean {
    const tests = this.#nodes.flatMap((node) => {
      if (!isTest(node) || lineOf(node) !== line) return [];
      let asked = unwrap(node);
      while (asked.type === 'UnaryExpression' && asked.operator === '!') {
        asked = unwrap(asked.argument);
      }
      return this.#mark([asked], true);
    });
    return () => this.#times(tests).some((passed) => passed.outcome === outcome);
  }

  /** Whether a loop on a line has had no element. */
  #empty(line: string): () => boolean {
    const bodies = this.#nodes.flatMap((node) =>
      /^For(?:Of|In)/.test(node.type) && lineOf(node) === line && 'body' in node
        ? [node.body as Node]
        : [],
    );
    const rounds = this.#mark(bodies);
    return () => bodies.length > 0 && this.#times(rounds).length === 0;
  }

  #marked(handler: string): readonly number[] {
    const line = /on line (\d+)$/.exec(handler)?.[1] ?? '';
    const [, combinator] = /^`Promise\.([^`]+)`/.exec(handler) ?? [];
    if (combinator !== undefined) return this.#calls(line, combinator);
    return this.#mark(
      this.#nodes.filter(
        (node) => lineOf(node) === line && isHandler(node, handler.startsWith('the handler')),
      ),
    );
  }

  #helperSkips(name: string, line: string): () => Holding {
    const helper = this.#calls(line, name);
    return () => !this.#log.hasJwt && this.#times(helper).length > 0;
  }

  #notRun(name: string, line: string): () => Holding {
    const set = this.#calls(line, name);
    return () => !this.#log.hasJwt && this.#times(set).length === 0;
  }

  #calledUnset(entered: string): () => Holding {
    const [, name = '', line = ''] =
      /(?:`([^`]+)`|function) (?:can be called from|on) line (\d+)/.exec(entered) ?? [];
    const calls = this.#calls(line, name);
    const isThere = calls.length > 0 || this.#nodes.some((node) => lineOf(node) === line);
    return () =>
      isThere && (calls.length === 0 || this.#times(calls).some(({ hadJwt }) => !hadJwt));
  }

  #tooLate(name: string, line: string): () => Holding {
    const behind = (node: Node): boolean => offsetOf(node) > offsetOf(this.#site);
    const waiting = this.#nodes.filter(
      (node) =>
        lineOf(node) === line &&
        (node.type === 'AwaitExpression' || calleeName(node) === 'then') &&
        behind(node),
    );
    const named = this.#named(line, name);
    const marks = this.#mark([...waiting, ...named]);
    const isThere = [...waiting, ...named].length > 0;
    return () => {
      const reached = this.#reachedAt ?? Infinity;
      if (!isThere) return false;
      // What a callback does can come before what it was left for.
      if (this.#log.pending.some((set) => isOn(set, line))) return true;
      return this.#times(marks).some(({ at }) => at > reached) || 'later';
    };
  }

  #neverSet(where: string, elsewhere: string): () => Holding {
    const [, name = '', line = ''] = /^since `([^`]+)\(\)` on line (\d+)$/.exec(where) ?? [];
    const other = /on line (\d+) is not/.exec(elsewhere)?.[1];
    const isThere =
      other === undefined ||
      this.#nodes.some(
        (node) => lineOf(node) === other && this.#clientCalls.get(placeOf(node)) === 'setUserJwt',
      );
    if (name === '') return () => isThere && this.#log.sets.length === 0;
    const helper = name === 'logout' ? null : this.#calls(line, name);
    const isNamed = (made: Made): boolean =>
      helper === null ? isOn(made, line) : this.#times(helper).some(({ at }) => at < made.at);
    return () =>
      isThere &&
      this.#log
        .of('logout')
        .some((made) => isNamed(made) && this.#log.sets.every(({ at }) => at < made.at));
  }

  /** The calls on a line of something by its name. */
  #named(line: string, name: string): readonly Node[] {
    return this.#nodes.filter(
      (node) =>
        (node.type === 'CallExpression' || isRead(node)) &&
        lineOf(node) === line &&
        (this.#clientCalls.get(placeOf(node)) ?? calleeName(node)) === name,
    );
  }

  /** Marks those; or all calls on the line, where what they call goes by another name there. */
  #calls(line: string, name: string): readonly number[] {
    const named = this.#named(line, name);
    const isMeant = ({ type }: Node): boolean =>
      type === 'NewExpression' || (type === 'CallExpression' && name !== 'constructor');
    const all = this.#nodes.filter((node) => isMeant(node) && lineOf(node) === line);
    return this.#mark(named.length > 0 ? named : all);
  }

  #mark(nodes: readonly Node[], isAsked = false): readonly number[] {
    return nodes.flatMap((node) => {
      const key = `${node.type} ${String(offsetOf(node))} ${String(isAsked)}`;
      const known = this.#marks.get(key);
      if (known !== undefined) return [known];
      const mark = this.#passed.length;
      const place = placeOf(node);
      if (isAsked) {
        if (!this.#instrumentation.markValue(node, mark)) return [];
      } else if (this.#clientCalls.has(place)) {
        this.#clientMarks.set(place, mark);
      } else if (!this.#instrumentation.mark(node, mark)) {
        return [];
      }
      this.#marks.set(key, mark);
      this.#passed.push([]);
      return [mark];
    });
  }

  #times(marks: readonly number[]): readonly Passed[] {
    return marks.flatMap((mark) => this.#passed[mark] ?? []);
  }
}

function isOn({ call }: Made, line: string): boolean {
  return String(call.line) === line;
}

/** Whether a property is read, by which a getter may be called. */
function isRead(node: Node): boolean {
  const { parent } = node;
  if (node.type !== 'MemberExpression') return false;
  if (parent?.type === 'CallExpression' && parent.callee === node) return false;
  return parent?.type !== 'AssignmentExpression' || parent.left !== node;
}

/** What decides which way the code goes. */
function isTest(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === node;
    case 'LogicalExpression':
      return parent.left === node || isTest(parent);
    case 'UnaryExpression':
      return parent.operator === '!' && isTest(parent);
    default:
      return false;
  }
}
