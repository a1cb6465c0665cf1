/**
 * The executor: really runs a program against a mock client, in every way in which it can go.
 *
 * All that the environment decides is a *draw* from a few choices: what an opaque function returns,
 * whether a call throws, which outstanding promise is settled next and how. A run is named by its
 * draws; {@link enumerate} goes through all of them depth first, by running the program again with
 * another draw at the end.
 *
 * Promises of the environment are adversarially slow: one is settled only when the program has come
 * to rest. That is how "counts only once its promise is known to be fulfilled" is put into practice:
 * whatever can happen before somebody sees the fulfilment does happen in some run. A promise that
 * nobody looks at is never settled: that is one of the things that may happen to it, and no other
 * is worse.
 */
import { setFlagsFromString } from 'node:v8';

import type { ClientCall, Program } from './print.ts';
import type { Method } from './syntax.ts';

/** What is run: a program of the generator, or one written by hand (see {@link fromSource}). */
export type Executable = Pick<Program, 'executable' | 'calls' | 'domains'>;

export interface Enumeration {
  readonly executions: number;
  /** False if not all ways were gone to their end, so that there may be more violations. */
  readonly isComplete: boolean;
  /** Calls that were made in some run, by index. */
  readonly called: ReadonlySet<number>;
  /** Protected calls that were a violation in some run, with the draws of the first such run. */
  readonly violations: ReadonlyMap<number, readonly number[]>;
}

/** Somebody who looks for one run, and follows each as it goes. */
export interface Monitor {
  /** What the text to run refers to besides the environment. */
  readonly globals: Readonly<Record<string, unknown>>;
  /** A new run begins. */
  begin(): void;
  called(id: number, isViolation: boolean): void;
  /** A client call threw at once. */
  threw(id: number): void;
  /** The promise of a client call was settled. */
  settled(id: number, isFulfilled: boolean): void;
  /** Whether this run is the one, or cannot become it any more; either way it is given up. */
  readonly verdict: 'open' | 'found' | 'hopeless';
}

/** A loop is left (or the run given up) after so many rounds. */
const maxRounds = 3;

/** A run is given up after so many draws; only programs written by hand get there. */
const maxDraws = 200;

/** A run is given up after so many calls of functions that may be calling each other. */
const maxRecursions = 2;

const maxItems = 2;

/** How many draws the runs have that are tried first when one is looked for. */
const shortest = 6;

/** What is looked for can be more rounds away than what any run does. */
const moreRounds = 3;

/** After so many runs the event loop gets its turn: rejected promises pile up until then. */
const runsPerTurn = 200;

/** All ways of a program, up to `cap` of them. */
export async function enumerate(program: Executable, cap = 20_000): Promise<Enumeration> {
  const called = new Set<number>();
  const violations = new Map<number, readonly number[]>();
  const draws = new Draws();
  const machine = new Machine(program, draws, (id, isViolation) => {
    called.add(id);
    if (isViolation && !violations.has(id)) violations.set(id, draws.choices());
  });
  const sites = program.calls.filter((call) => call.protected).length;
  return withoutRejectionEvents(async () => {
    let executions = 0;
    let hasMore = true;
    // When every protected call is known to be a violation, there is nothing left to find out.
    while (hasMore && executions < cap && violations.size < sites) {
      const budget = Math.min(runsPerTurn, cap - executions);
      const batch = await inOneTurn(() => runSome(machine, draws, budget));
      executions += batch.executions;
      hasMore = batch.hasMore;
    }
    const isComplete = violations.size === sites || !(hasMore || machine.isTruncated);
    return { executions, isComplete, called, violations };
  });
}

/**
 * Looks for a run: in order, among the short ones first, then among `cap` runs by chance.
 *
 * @returns null if it was not found, though not all runs have been tried
 */
export async function search(
  program: Executable,
  monitor: Monitor,
  cap = 20_000,
): Promise<boolean | null> {
  const tryAll = async (draws: Draws, length: number): Promise<boolean | null> => {
    const machine = new Machine(program, draws, ignore, monitor, length);
    let hasMore = true;
    for (let runs = 0; hasMore && runs < cap;) {
      const count = Math.min(runsPerTurn, cap - runs);
      const batch = await inOneTurn(() => runSome(machine, draws, count));
      if (monitor.verdict === 'found') return true;
      runs += batch.executions;
      hasMore = batch.hasMore;
    }
    return hasMore || machine.isTruncated ? null : false;
  };
  return withoutRejectionEvents(async () => {
    for (let length = shortest; length <= maxDraws; length *= 2) {
      const isFound = await tryAll(new Draws(), length);
      if (isFound !== null) return isFound;
    }
    return tryAll(new Draws([], null, chance()), maxDraws);
  });
}

/** Numbers in [0, 1), always the same ones: a linear congruential generator. */
function chance(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs the one way that the draws name, and tells what was drawn for what. */
export async function trace(program: Executable, choices: readonly number[]): Promise<string[]> {
  const notes: string[] = [];
  const draws = new Draws(choices, (note) => notes.push(note));
  const machine = new Machine(program, draws, (id, isViolation) => {
    const call = program.calls[id];
    const name = call === undefined ? '' : `${call.method}@${call.line}:${call.column}`;
    notes.push(isViolation ? `${name} is a VIOLATION` : `${name} is called`);
  });
  return withoutRejectionEvents(async () => {
    await inOneTurn(() => runSome(machine, draws, 1));
    return notes;
  });
}

/** Runs up to `budget` ways, one after the other. */
function runSome(
  machine: Machine,
  draws: Draws,
  budget: number,
): { executions: number; hasMore: boolean } {
  for (let executions = 1; ; executions += 1) {
    machine.start();
    drain();
    while (machine.settleOne()) drain();
    if (machine.isFound) return { executions, hasMore: false };
    const hasMore = draws.next();
    if (!hasMore || executions >= budget) return { executions, hasMore };
  }
}

/**
 * Runs all microtasks that are queued, so that the program comes to rest, without a turn of the
 * event loop for each step: that is what makes it fast. Only the engine itself can do this.
 */
const drain = (() => {
  setFlagsFromString('--allow-natives-syntax');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- no other syntax for it
  return new Function('%PerformMicrotaskCheckpoint();') as () => void;
})();

/** Does something in a turn of the event loop, since microtasks are not run by a microtask. */
function inOneTurn<T>(action: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(action());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

/**
 * Programs drop rejected promises by design; neither Node nor a test runner is to hear of it. An
 * error that the environment did not throw is a defect of the generator, though.
 */
async function withoutRejectionEvents<T>(run: () => Promise<T>): Promise<T> {
  const event = 'unhandledRejection';
  const listeners = process.rawListeners(event) as NodeJS.UnhandledRejectionListener[];
  const defects: unknown[] = [];
  const onRejection = (reason: unknown): void => {
    if (!isExpected(reason)) defects.push(reason);
  };
  process.removeAllListeners(event);
  process.on(event, onRejection);
  try {
    const result = await run();
    // What a run has left behind that was given up in its middle may take some turns to fail.
    for (let turns = 0; turns < 4; turns += 1) await inOneTurn(ignore);
    const [defect] = defects;
    if (defect !== undefined) throw new Error('The program fails by itself', { cause: defect });
    return result;
  } finally {
    process.removeListener(event, onRejection);
    for (const listener of listeners) process.on(event, listener);
  }
}

/** Whether this may be thrown: by the environment, by `throw 1`, or by `Promise.any`. */
export function isExpected(reason: unknown): boolean {
  return (
    reason === failure || reason === givenUp || reason === 1 || reason instanceof AggregateError
  );
}

function ignore(): void {
  // Nothing is to happen.
}

/** The draws of the current run: a prefix that is given, then zeros; and the way to the next run. */
class Draws {
  readonly #choices: number[];
  readonly #arities: number[] = [];
  readonly #note: ((note: string) => void) | null;
  readonly #chance: (() => number) | null;
  #position = 0;

  /** @param chance where given, runs are drawn by it in place of in order, without end */
  constructor(
    choices: readonly number[] = [],
    note: ((note: string) => void) | null = null,
    chance: (() => number) | null = null,
  ) {
    this.#choices = [...choices];
    this.#note = note;
    this.#chance = chance;
  }

  get position(): number {
    return this.#position;
  }

  draw(arity: number, label: string): number {
    if (arity === 1) return 0;
    const first = this.#chance === null ? 0 : Math.floor(this.#chance() * arity);
    const choice = this.#choices[this.#position] ?? first;
    this.#choices[this.#position] = choice;
    this.#arities[this.#position] = arity;
    this.#position += 1;
    if (label !== '') this.#note?.(`${label} = ${choice}`);
    return choice;
  }

  note(text: () => string): void {
    this.#note?.(text());
  }

  choices(): readonly number[] {
    return this.#choices.slice(0, this.#position);
  }

  /** Goes on to the next run; false if this was the last one. */
  next(): boolean {
    let length = this.#position;
    if (length < this.#choices.length) throw new Error('The program is not deterministic');
    this.#position = 0;
    if (this.#chance !== null) {
      this.#choices.length = 0;
      return true;
    }
    while (length > 0 && this.#choices[length - 1] === (this.#arities[length - 1] ?? 1) - 1)
      length -= 1;
    this.#choices.length = length;
    this.#arities.length = length;
    if (length === 0) return false;
    this.#choices[length - 1] = (this.#choices[length - 1] ?? 0) + 1;
    return true;
  }
}

type State = 'unset' | 'pending' | 'guest' | 'fresh' | 'used';

/** The session, as the server sees it. */
class Session {
  #state: State = 'unset';
  /** Counts logouts: a `setUserJwt` that was called before the last one has no effect. */
  #epoch = 0;
  /** Counts fulfilled `setUserJwt`s. */
  #token = 0;
  #setsInFlight = 0;

  isViolation(method: Method): boolean {
    switch (method) {
      case 'loginUserWithUserAttributes':
        return this.#isBare() || this.#state === 'guest';
      case 'updateUser':
      case 'present':
        return this.#isBare();
      default:
        return false;
    }
  }

  logOut(): void {
    this.#state = 'unset';
    this.#epoch += 1;
    this.#setsInFlight = 0;
  }

  /** A call has been made; what is returned is to be told how its promise is settled. */
  call(method: Method): ((isFulfilled: boolean) => void) | null {
    switch (method) {
      case 'setUserJwt':
        return this.#set();
      case 'loginUserWithUserAttributes':
        return this.#logIn();
      case 'loginUnidentifiedUser':
        return () => {
          if (this.#isBare()) this.#state = 'guest';
        };
      default:
        return null;
    }
  }

  #set(): (isFulfilled: boolean) => void {
    const epoch = this.#epoch;
    this.#setsInFlight += 1;
    if (this.#state === 'unset') this.#state = 'pending';
    return (isFulfilled) => {
      if (epoch !== this.#epoch) return;
      this.#setsInFlight -= 1;
      if (isFulfilled) {
        this.#token += 1;
        this.#state = 'fresh';
      } else if (this.#state === 'pending' && this.#setsInFlight === 0) {
        this.#state = 'unset';
      }
    };
  }

  #logIn(): (isFulfilled: boolean) => void {
    const token = this.#token;
    return (isFulfilled) => {
      if (isFulfilled && this.#state === 'fresh' && this.#token === token) this.#state = 'used';
    };
  }

  #isBare(): boolean {
    return this.#state === 'unset' || this.#state === 'pending';
  }
}

/** What a slow promise may turn out to be. */
interface Outcome {
  readonly isFulfilled: boolean;
  readonly value: unknown;
}

/**
 * A promise of the environment. Each `then` (and each `await`, which calls `then` because the
 * promise is of a subclass) is delivered by itself, so that two who wait for the same promise go on
 * in any order: a program must not lean on the order of continuations.
 */
class SlowPromise extends Promise<unknown> {
  static override get [Symbol.species]() {
    return Promise;
  }

  readonly source: Source;
  readonly #machine: Machine;

  constructor(machine: Machine, source: Source) {
    super(ignore);
    this.#machine = machine;
    this.source = source;
  }

  override then<A = unknown, B = never>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#machine.delivery(this.source).then(onFulfilled, onRejected);
  }
}

/** Where the outcome of a slow promise comes from. */
interface Source {
  readonly label: string;
  outcome: Outcome | null;
  /** Undecided: what can be drawn. Empty while it waits for something else. */
  choices: readonly Outcome[];
  readonly onSettled: ((isFulfilled: boolean) => void) | null;
}

interface Delivery {
  readonly source: Source;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

function isReady({ source }: Delivery): boolean {
  return source.outcome !== null || source.choices.length > 0;
}

const failure = new Error('A failure of the environment');

/** Thrown to leave a loop for good when a run is given up. */
const givenUp = new Error('The run was given up');

const fulfilled: Outcome = { isFulfilled: true, value: undefined };
const rejected: Outcome = { isFulfilled: false, value: failure };
const either: readonly Outcome[] = [fulfilled, rejected];
/** Where the value is looked at: something truthy, or nothing. */
const valued: readonly Outcome[] = [fulfilled, { isFulfilled: true, value: true }, rejected];
const lastStep: Outcome = { isFulfilled: true, value: { done: true, value: undefined } };
const oneStep: Outcome = { isFulfilled: true, value: { done: false, value: undefined } };

/** An object whose members are drawn when they are read: `a`, `b`, `n` and `m` may be undefined. */
class Drawn {
  readonly #draw: (arity: number, label: string) => number;

  constructor(draw: (arity: number, label: string) => number) {
    this.#draw = draw;
  }

  get a(): number | undefined {
    return this.#draw(2, '.a is there') === 1 ? 1 : undefined;
  }

  set a(_value: unknown) {
    // What is assigned is never read.
  }

  get b(): number | undefined {
    return this.a;
  }

  set b(_value: unknown) {
    // What is assigned is never read.
  }

  get n(): Drawn | undefined {
    return this.#draw(2, '.n is there') === 1 ? this.r : undefined;
  }

  get r(): Drawn {
    return new Drawn(this.#draw);
  }

  get m(): (() => Drawn) | undefined {
    return this.#draw(2, '.m is there') === 1 ? this.h : undefined;
  }

  /** A function that may throw. */
  get h(): () => Drawn {
    return () => {
      if (this.#draw(2, '.h()') === 1) throw failure;
      return this.r;
    };
  }

  *[Symbol.iterator](): Generator<Drawn | undefined> {
    for (let left = 3; left > 0; left -= 1) yield this.n;
  }
}

/** The environment of a program, and its runs. */
class Machine {
  readonly #draws: Draws;
  readonly #calls: readonly ClientCall[];
  readonly #labels: readonly string[];
  readonly #domains: Executable['domains'];
  readonly #onCall: (id: number, isViolation: boolean) => void;
  readonly #main: () => Promise<unknown>;
  readonly #monitor: Monitor | null;
  readonly #maxDraws: number;
  readonly #maxItems: number;
  readonly #maxRounds: number;
  #session = new Session();
  #deliveries: Delivery[] = [];
  #handlers = new Set<() => void>();
  #recursions = 0;
  #isGivenUp = false;
  #isTruncated = false;

  constructor(
    program: Executable,
    draws: Draws,
    onCall: (id: number, isViolation: boolean) => void,
    monitor: Monitor | null = null,
    length = maxDraws,
  ) {
    this.#maxDraws = length;
    this.#monitor = monitor;
    this.#maxItems = maxItems + (monitor === null ? 0 : moreRounds);
    this.#maxRounds = maxRounds + (monitor === null ? 0 : moreRounds);
    this.#draws = draws;
    this.#calls = program.calls;
    this.#labels = program.calls.map(({ method, line }) => `${method}@${line}`);
    this.#domains = program.domains;
    this.#onCall = onCall;
    const environment = { ...this.#environment(), ...monitor?.globals };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running programs is the point
    const load = new Function(...Object.keys(environment), program.executable) as (
      ...values: unknown[]
    ) => () => Promise<unknown>;
    this.#main = load(...Object.values(environment));
  }

  /** Whether a run was given up because it had too many draws. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  get isFound(): boolean {
    return this.#monitor?.verdict === 'found';
  }

  start(): void {
    this.#monitor?.begin();
    this.#session = new Session();
    this.#deliveries = [];
    this.#handlers.clear();
    this.#recursions = 0;
    this.#isGivenUp = false;
    try {
      void this.#main();
    } catch (error) {
      // The top level of the module throws at once: nothing else of it runs.
      if (!isExpected(error)) throw error;
    }
  }

  /** The program has come to rest: settles one promise. False if there is none, so the run is over. */
  settleOne(): boolean {
    try {
      return this.#settleOne();
    } catch (error) {
      if (error === givenUp) return false;
      throw error;
    }
  }

  #settleOne(): boolean {
    if (this.#isGivenUp || this.#isDecided()) return false;
    if (this.#draws.position >= this.#maxDraws) {
      this.#isTruncated = true;
      return false;
    }
    const ready = this.#ready();
    const count = ready.length + this.#handlers.size;
    if (count === 0) return false;
    const choice = this.#draw(count, '');
    const delivery = ready[choice];
    if (delivery === undefined) {
      [...this.#handlers][choice - ready.length]?.();
      return true;
    }
    this.#deliveries.splice(this.#deliveries.indexOf(delivery), 1);
    const { source } = delivery;
    const outcome = source.outcome ?? this.#decide(source);
    this.#draws.note(
      () => `${source.label} ${outcome.isFulfilled ? 'is fulfilled' : 'is rejected'}`,
    );
    if (outcome.isFulfilled) delivery.resolve(outcome.value);
    else delivery.reject(outcome.value);
    return true;
  }

  /** Who can be told something. */
  #ready(): readonly Delivery[] {
    return this.#deliveries.every(isReady) ? this.#deliveries : this.#deliveries.filter(isReady);
  }

  delivery(source: Source): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#deliveries.push({ source, resolve, reject });
    });
  }

  #decide(source: Source): Outcome {
    const outcome = source.choices[this.#draw(source.choices.length, '')] ?? fulfilled;
    source.outcome = outcome;
    source.onSettled?.(outcome.isFulfilled);
    return outcome;
  }

  #draw(arity: number, label: string): number {
    if (this.#isGivenUp || this.#isDecided()) this.#giveUp();
    if (this.#draws.position >= this.#maxDraws) {
      this.#isTruncated = true;
      this.#giveUp();
    }
    return this.#draws.draw(arity, label);
  }

  #isDecided(): boolean {
    return this.#monitor !== null && this.#monitor.verdict !== 'open';
  }

  #giveUp(): never {
    this.#isGivenUp = true;
    throw givenUp;
  }

  #mayThrow(label: string, onThrow: () => void = ignore): void {
    if (this.#draw(2, label) !== 1) return;
    onThrow();
    throw failure;
  }

  #promise(
    label: string,
    choices: readonly Outcome[],
    onSettled: Source['onSettled'] = null,
  ): SlowPromise {
    return new SlowPromise(this, { label, outcome: null, choices, onSettled });
  }

  #client(id: number): SlowPromise {
    if (this.#isGivenUp) this.#giveUp();
    const method = this.#calls[id]?.method ?? 'logEvent';
    const label = this.#labels[id] ?? method;
    const isViolation = this.#session.isViolation(method);
    this.#onCall(id, isViolation);
    this.#monitor?.called(id, isViolation);
    if (method === 'logout') this.#session.logOut();
    // A guest login that fails is no fault: that it was tried is known only when it does not throw.
    if (method !== 'loginUnidentifiedUser') {
      this.#mayThrow(label, () => this.#monitor?.threw(id));
    }
    const onSettled = this.#session.call(method);
    return this.#promise(label, either, (isFulfilled) => {
      onSettled?.(isFulfilled);
      this.#monitor?.settled(id, isFulfilled);
    });
  }

  /** All that a program's text to run refers to. */
  #environment(): Record<string, unknown> {
    const draw = (arity: number, label: string): number => this.#draw(arity, label);
    const mayThrow = (label: string): void => {
      this.#mayThrow(label);
    };
    const client: Record<string, unknown> = {};
    for (const { method } of this.#calls) client[method] = (id: number) => this.#client(id);

    return {
      Intercom: client,
      t: 'a token',
      u: {},
      f: () => {
        mayThrow('f()');
      },
      c: () => {
        const choice = draw(3, 'c()');
        if (choice === 2) throw failure;
        return choice === 1;
      },
      v: (id = 0) => {
        const domain = this.#domains[id] ?? [];
        const choice = draw(domain.length + 1, 'v()');
        if (choice === domain.length) throw failure;
        return domain[choice];
      },
      s: (cases: number) => {
        const choice = draw(cases + 2, 's()');
        if (choice > cases) throw failure;
        return choice;
      },
      g: () => {
        mayThrow('g()');
        return this.#promise('g()', either);
      },
      dyn: () => this.#promise('import()', either),
      o: () => {
        mayThrow('o()');
        return new Drawn(draw);
      },
      ks: () => {
        const choice = draw(this.#maxItems + 2, 'ks()');
        if (choice > this.#maxItems) throw failure;
        return Object.fromEntries(Array.from({ length: choice }, (_, key) => [`k${key}`, 1]));
      },
      xs: () => {
        mayThrow('xs()');
        let left = this.#maxItems;
        return {
          [Symbol.iterator]: () => ({
            next: () => {
              const choice = draw(left > 0 ? 3 : 2, 'next of xs()');
              if (choice === 1) throw failure;
              left -= 1;
              return { done: choice === 0, value: new Drawn(draw) };
            },
          }),
        };
      },
      ax: () => {
        mayThrow('ax()');
        let left = this.#maxItems;
        const next = () => {
          left -= 1;
          const choices = left < 0 ? [lastStep, rejected] : [lastStep, rejected, oneStep];
          return this.#promise('next of ax()', choices);
        };
        return { [Symbol.asyncIterator]: () => ({ next }) };
      },
      tag: () => {
        mayThrow('tag``');
      },
      C: function Opaque() {
        mayThrow('new C()');
      },
      enter: () => {
        let rounds = 0;
        return {
          step: () => {
            rounds += 1;
            if (this.#isGivenUp || rounds > this.#maxRounds + 1) this.#giveUp();
            return true;
          },
        };
      },
      rec: () => {
        this.#recursions += 1;
        if (this.#isGivenUp || this.#recursions > maxRecursions) this.#giveUp();
      },
      activate: () => this.#activate(),
      either: () => draw(2, 'c()') === 1,
      process: {
        exit: () => {
          this.#draws.note(() => 'the process ends');
          this.#giveUp();
        },
      },
      later: (callback: (value: unknown) => void) => {
        void this.#promise('a timer', [fulfilled]).then(() => {
          callback(failure);
        });
      },
      valued: (promise: SlowPromise) => {
        promise.source.choices = valued;
        return promise;
      },
      slow: (value: unknown) => this.#slow(value),
    };
  }

  /**
   * The functions that a call hands over to functions which are not seen. Each runs once or never:
   * at once, when the program has come to rest before the call ends, or just when it does.
   */
  #activate() {
    const handlers = new Set<() => void>();
    const register = (callback: () => unknown): void => {
      const handler = (): void => {
        handlers.delete(handler);
        this.#handlers.delete(handler);
        this.#draws.note(() => 'a handler runs');
        // What it throws is nobody's business, unless it is a defect.
        void new Promise((resolve) => {
          resolve(callback());
        });
      };
      if (this.#draw(2, 'a handler runs at once') === 1) {
        handler();
        return;
      }
      handlers.add(handler);
      this.#handlers.add(handler);
    };
    const end = (): void => {
      if (this.#isGivenUp) return;
      for (const handler of [...handlers]) {
        if (this.#draw(2, 'a handler runs at the end') === 1) handler();
        this.#handlers.delete(handler);
      }
    };
    return { on: register, setTimeout: register, subscribe: register, end };
  }

  /**
   * A kept promise that is delivered like one of the environment. Without this, two who wait for it
   * would go on in the order in which they began to wait.
   */
  #slow(value: unknown): unknown {
    if (!(value instanceof Promise) || value instanceof SlowPromise) return value;
    const source: Source = { label: 'kept promise', outcome: null, choices: [], onSettled: null };
    value.then(
      (result: unknown) => {
        source.outcome = { isFulfilled: true, value: result };
      },
      (reason: unknown) => {
        source.outcome = { isFulfilled: false, value: reason };
      },
    );
    return new SlowPromise(this, source);
  }
}

/**
 * A program written by hand, for tests of the executor: the body of `main`. Its loops must be finite
 * by themselves (`for…of` over `xs()`), or else its runs are given up after {@link maxDraws} draws.
 */
export function fromSource(body: string): Executable {
  const calls: ClientCall[] = [];
  const text = body.replaceAll(/\bIntercom\.(\w+)\(/g, (_match, name: string, offset: number) => {
    const before = body.slice(0, offset).split('\n');
    const method = name as Method;
    const id = calls.push({
      method,
      protected: ['loginUserWithUserAttributes', 'updateUser', 'present'].includes(name),
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    });
    return `Intercom.${name}(${id - 1}, `;
  });
  return {
    executable: `'use strict';\nreturn async () => {\n${text}\n};`,
    calls,
    domains: [[true, false]],
  };
}
