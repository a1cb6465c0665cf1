/**
 * The session analysis of a file: made once, and shared by all call-order rules. In this order: names
 * are bound (`syntax/bindings`, `sdk/client`), code is lowered to terms (`flow/lower`), which are
 * solved (`flow/solve`) by the protocol of the user JWT (`protocol`); then the uses of the client are
 * found in what the solution reaches (`sites`). `findings` says what is wrong with them. Which file
 * gets such an analysis is in `sessions`.
 */

import {
  isNode,
  rootOf,
  type CallExpression,
  type FunctionNode,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { nodesOf } from '../syntax/by-type.ts';
import { Solution } from '../flow/solve/solution.ts';
import { Shared, type Solver, type SolveOptions } from '../flow/solve/solver.ts';
import { createSpace, type Protocol } from '../flow/algebra/protocol.ts';
import type { States } from '../flow/algebra/relation.ts';
import type { Lowering } from '../flow/lower/lowering.ts';
import type { Proof } from '../flow/lower/parts.ts';
import { waitsFor } from '../values/libraries/runs.ts';
import type { Callee, FunctionTerm, Term } from '../flow/term/term.ts';
import type { Values } from '../values/resolve.ts';
import { CurrentWork, Work } from '../flow/solve/work.ts';
import type { Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import type { Expressions } from '../values/evaluate.ts';
import { clientCallAt, type ClientCall } from './client-calls.ts';
import type { Companions } from './companions.ts';
import { exportedFunctions } from './exports.ts';
import { proofsIn } from './guards/solved.ts';
import { faultsOf, SESSION, STATES } from './protocol.ts';
import type { Reading } from './reading.ts';
import type { Raisers, UsedClients } from './reading.ts';
import { clearsOf, sitesOf, UNSOLVED, usesReached, type Site, type Solved } from './sites.ts';

/** What a rule's options say of the analysis. */
export interface SessionOptions {
  readonly helpers: SolveOptions['helpers'];
  /** Whether code that is entered from outside is taken to find a live session there. */
  readonly entry: 'unset' | 'session';
  /** Whether what is kept in state proves a JWT; where helpers are forgiven, if left out. */
  readonly guards?: boolean;
}

/** The steps that solving may take: a few for each character, and so many at least. */
const WORK = { least: 2_000_000, each: 30 };

/** Those that the ways may take which are told. */
const WAYS = { least: 300_000, each: 5 };

const NO_PROOFS: ReadonlyMap<Node, Proof> = new Map();

/** A file that may concern an Intercom client. */
export class SessionFile {
  readonly bindings: Bindings;
  /** Whether the file is the script of a component, which runs once for each that is made. */
  readonly isComponent: boolean;
  readonly #program: Program;
  readonly #project: Project | null;
  readonly #clients: UsedClients;
  readonly #reading: Reading;
  readonly #companions: Companions | null;
  readonly #solved = new Map<string, Solved>();
  /** What the solutions have in common. */
  readonly #shared: Shared;
  /** The program, where it was too much work. */
  readonly #unsolved = new Set<Node>();
  /** What solving may take. */
  readonly #work: Work;
  /** What may be taken by the ways that are told. */
  readonly #ways: Work;
  /** What may be taken by analyses by other protocols. */
  readonly #traces: Work;
  readonly #tally: CurrentWork;
  #clientCalls: readonly ClientCall[] | null = null;

  /**
   * @param project the modules that imports lead to; null where the file is looked at by itself
   * @param companions those that are read together with the file, where its tree is one of theirs
   * @param tally tells what lowering and values take, where the file is read by itself
   */
  constructor(
    program: Program,
    text: string,
    reading: Reading,
    project: Project | null,
    isComponent: boolean,
    companions: Companions | null,
    steps = Infinity,
    tally = new CurrentWork(),
  ) {
    this.#program = program;
    this.#tally = tally;
    const workFor = ({ least, each }: typeof WORK): Work =>
      new Work(Math.min(steps, least + each * text.length));
    this.#work = workFor(WORK);
    this.#ways = workFor(WAYS);
    this.#traces = workFor(WORK);
    this.isComponent = isComponent;
    this.#project = project;
    this.#shared = new Shared(companions?.ground.relevance);
    this.#companions = companions;
    this.#reading = reading;
    this.bindings = reading.bindings;
    this.#clients = reading.clients;
  }

  get program(): Program {
    return this.#program;
  }

  /** Whether the nodes of its tree are not those of the host's. */
  get isReadAnew(): boolean {
    return this.#companions !== null;
  }

  /** The module of the project that a node is in; null where it is in the file itself. */
  moduleOf(node: Node): Module | null {
    return this.#isOwn(node) ? null : (this.#project?.moduleOf(node) ?? null);
  }

  #isOwn(node: Node): boolean {
    return rootOf(node) === this.#program;
  }

  /** Whether a method of a client is used here at all, as a member or destructured. */
  usesClient(): boolean {
    return this.#clients.isUsedIn(this.#program);
  }

  /** All calls of the file, in the order of the source. */
  callExpressions(): readonly CallExpression[] {
    return nodesOf(this.#program, 'CallExpression');
  }

  /** The calls of the clients' methods, for those who do not ask how they are reached. */
  calls(): readonly ClientCall[] {
    this.#clientCalls ??= this.callExpressions().flatMap(
      (node) => clientCallAt(node, this.#reading) ?? [],
    );
    return this.#clientCalls;
  }

  /** The calls of a client's member of this name, whether it has a role or not. */
  callsOfMember(name: string): readonly CallExpression[] {
    return this.callExpressions().filter(({ callee }) => this.#clients.isMember(callee, name));
  }

  /** Whether the promise of a call of a library waits for what it was given. */
  readonly isWaitingFor = (call: CallExpression, given: Node): boolean =>
    waitsFor(this.#clients.libraries.runsOf(call), call, given);

  /** What the expressions of the file can be. */
  get values(): Values {
    return this.#clients.values;
  }

  /** What the expressions of the file are, computed as far as they are constant. */
  get expressions(): Expressions {
    return this.#clients.constants.expressionsOf({
      program: this.#program,
      bindings: this.bindings,
    });
  }

  /** A function of the file, as the analysis sees it. */
  termOf(node: FunctionNode): FunctionTerm {
    return this.#reading.lowering.function(node);
  }

  /** What awaiting the value of an expression of the file does, as the analysis sees it. */
  settled(node: Node): Term {
    return this.#reading.lowering.settled(node);
  }

  /**
   * The functions and statements that have been left out, being nested too deeply, and the program
   * where all of it is too much work.
   */
  leftOut(): ReadonlySet<Node> {
    return new Set([...this.#reading.leftOutOf(this.#program), ...this.#unsolved]);
  }

  /** How many steps were taken for the file so far. */
  get taken(): number {
    return this.#work.taken + this.#ways.taken + this.#traces.taken;
  }

  /** Notes that not all was looked at, which is too much work. */
  leaveOut(): void {
    this.#unsolved.add(this.#program);
  }

  /** Counts a step of what follows ways. */
  readonly step = (): void => {
    this.#ways.take();
  };

  /** The same of an action that lowers, too, where the file is read by itself. */
  #within<T>(work: Work, action: () => T): T | null {
    return this.#tally.within(work, action);
  }

  /** What an action gives that follows ways; null where that is too much work. */
  withinWork<T>(action: () => T): T | null {
    return this.#within(this.#ways, action);
  }

  /** What an action gives that traces; null where that is too much work, which is noted. */
  withinTraces<T>(action: () => T): T | null {
    const result = this.#within(this.#traces, action);
    if (result === null) this.leaveOut();
    return result;
  }

  /** The analysis of the file under these options. */
  solve({ helpers, entry, guards = helpers === 'some-path' }: SessionOptions): Solved {
    const key = `${helpers} ${entry} ${String(guards)}`;
    let solved: Solved | null | undefined = this.#solved.get(key);
    if (solved === undefined) {
      solved = this.#within(this.#work, () => this.#analyze(helpers, entry, guards));
      if (solved === null) {
        this.leaveOut();
        solved = UNSOLVED;
      }
      this.#solved.set(key, solved);
    }
    return solved;
  }

  /**
   * The uses of the clients, here or in other modules, in all states in which an analysis of the file
   * by this entry can find them, and maybe more.
   */
  roughly(options: Pick<SessionOptions, 'entry'>): readonly Site[] {
    return this.#coarsely(this.#work, options, [], (coarse) => {
      coarse.finish();
      return usesReached(coarse, this.#reading);
    });
  }

  /**
   * The states in which a function of the file can return by any analysis with this entry, and maybe
   * more, for each kind of its result.
   */
  roughResultsOf(
    term: FunctionTerm,
    options: Pick<SessionOptions, 'entry'>,
  ): ReturnType<Solved['solution']['resultsOf']> {
    const nothing = UNSOLVED.solution.resultsOf(term);
    return this.#coarsely(this.#ways, options, nothing, (coarse) => coarse.resultsOf(term));
  }

  /** What the analysis tells that all of this entry begin with; nothing where that is too much. */
  #coarsely<T>(
    work: Work,
    { entry }: Pick<SessionOptions, 'entry'>,
    nothing: T,
    ask: (coarse: Solver) => T,
  ): T {
    const state = stateOf(entry);
    if (!this.#shared.coarse.has(state)) this.solve({ helpers: 'some-path', entry });
    const coarse = this.#shared.coarse.get(state);
    if (coarse === undefined) return nothing;
    const told = this.#within(work, () => ask(coarse));
    if (told === null) this.leaveOut();
    return told ?? nothing;
  }

  /**
   * An analysis by another protocol, of what a function does in one run, or the module in its own.
   *
   * @param root the function; null for the module
   * @param part the one statement of the function to which it can matter; null for all of it
   * @param faultsAt see {@link Solution}
   */
  trace(
    root: FunctionNode | null,
    part: Node | null,
    protocol: Protocol,
    raisers: Raisers,
    faultsAt: (place: object) => States,
  ): Solution {
    const lowering = this.#reading.lower(raisers);
    const term =
      root === null
        ? lowering.module(this.#program)
        : part === null
          ? lowering.function(root)
          : lowering.part(part, root.async);
    const work = this.#traces;
    const shared = new Shared();
    const options = {
      helpers: 'every-path',
      entry: protocol.initial,
      shared,
      work,
      ways: work,
    } as const;
    return new Solution(createSpace(protocol), term, () => [], options, faultsAt);
  }

  /** From source to sites: what is bound is asked for while it is lowered. */
  #analyze(
    helpers: SessionOptions['helpers'],
    entry: SessionOptions['entry'],
    guards: boolean,
  ): Solved {
    const solved = this.#solveBy(this.#reading.lowering, helpers, entry, this.#shared);
    // What is kept in state is looked at only where something is at fault.
    const isGuarded = guards && solved.sites.some(isAtFault);
    const proofs = isGuarded ? this.#proofs(solved, helpers) : NO_PROOFS;
    return proofs.size === 0
      ? solved
      : this.#solveBy(this.#reading.lowerProving(proofs), helpers, entry, new Shared());
  }

  /** One analysis, from the module to the sites in it. */
  #solveBy(
    lowering: Lowering,
    helpers: SessionOptions['helpers'],
    entry: SessionOptions['entry'],
    shared: Shared,
  ): Solved {
    const program = this.#program;
    const reading = this.#reading;
    const companions = lowering === reading.lowering ? this.#companions : null;
    // Lowered to a term: what a name is bound to is asked of `reading` on the way.
    const module = lowering.module(program);
    // Solved by the protocol, with all that it leads to.
    const solution = new Solution(
      companions?.space ?? createSpace(SESSION),
      module,
      () => this.#exported(lowering),
      {
        helpers,
        entry: stateOf(entry),
        shared,
        work: this.#work,
        ways: this.#ways,
      },
      (place) => {
        const use = isNode(place) && this.#isOwn(place) ? reading.useAt(place) : null;
        return use === null ? 0 : faultsOf(use.role);
      },
      companions?.ground ?? null,
    );
    // Found, among what was reached: the uses of the client.
    return sitesOf(solution, reading, program, (root) => this.#project?.moduleOf(root)?.path ?? '');
  }

  /** What tests tell of the session, by what is kept in state; nothing where that is too much work. */
  #proofs(solved: Solved, helpers: SessionOptions['helpers']): ReadonlyMap<Node, Proof> {
    const work = this.#traces;
    const proofs = this.#within(work, () =>
      proofsIn({
        reading: this.#reading,
        program: this.#program,
        clears: clearsOf(solved),
        helpers,
        work,
        exported: (lowering) => this.#exported(lowering),
      }),
    );
    return proofs ?? NO_PROOFS;
  }

  /** What code outside the file can call. */
  #exported(lowering: Lowering): readonly Callee[] {
    const { bindings, clients } = this.#reading;
    return lowering === this.#reading.lowering && this.#companions !== null
      ? this.#companions.exportedBy(this.#program)
      : exportedFunctions(this.#program, bindings, clients.values, lowering, this.isComponent);
  }
}

/** The state in which code is entered from outside, as its place in the list. */
function stateOf(entry: SessionOptions['entry']): number {
  return STATES.indexOf(entry === 'session' ? 'live' : 'unset');
}

function isAtFault({ role, states }: Site): boolean {
  return (states & faultsOf(role)) !== 0;
}
