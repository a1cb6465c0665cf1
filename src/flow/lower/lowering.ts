/**
 * From source to terms: which events a piece of code raises, in which order, and where control can
 * go. This and its parts, the files beside it, are the one place that knows in which order JavaScript
 * runs; they know no protocol. `parts` says what each part is asked by the others.
 *
 * Three questions are asked of an expression. Its *effect* is what evaluating it does. To *settle*
 * it is what awaiting its value does, once it has been evaluated. As a *test* it tells two outcomes
 * apart.
 */

import type { CallExpression, ClassNode, FunctionNode, Node, Program } from '../../syntax/ast.ts';
import { AccessorLowering } from './accessors.ts';
import { AnswerLowering } from './answers.ts';
import { Atoms } from './atoms.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { AwaitLowering } from './awaiting.ts';
import { CalleeLowering } from './callees.ts';
import { CallLowering } from './calls.ts';
import { ChoiceLowering } from './choices.ts';
import { ClassLowering } from './classes.ts';
import { Exits, newContext, type Context } from './context.ts';
import { ComponentLowering } from './components.ts';
import { Counters } from './counters.ts';
import { DefinitionLowering } from './definitions.ts';
import { EffectLowering } from './effects.ts';
import { ExecutorLowering } from './executors.ts';
import { FilledLists } from './filled-lists.ts';
import { GeneratorLowering } from './generators.ts';
import { HandedLowering } from './handed.ts';
import { InPlaceLowering } from './in-place.ts';
import { LibraryLowering } from './libraries.ts';
import { HeldLowering } from './held.ts';
import { KeptLowering } from './kept.ts';
import { LoopLowering } from './loops.ts';
import { Lists } from './lists.ts';
import { constantsOf } from './constants.ts';
import type { Constants } from './questions.ts';
import { Names } from './names.ts';
import { GeneratorReading } from './read-generators.ts';
import { ReturnLowering } from './returns.ts';
import { SettlingLowering } from './settling.ts';
import { Sides } from './sides.ts';
import { StatementLowering } from './statements.ts';
import { SwitchLowering } from './switches.ts';
import { TakerLowering } from './takers.ts';
import { TellingLowering } from './telling.ts';
import { TestLowering } from './tests.ts';
import { PatternLowering } from './patterns.ts';
import { Reassigned } from './reassigned.ts';
import type {
  AccessorCalls,
  Answers,
  Lower,
  LowerHost,
  Resolver,
  Awaiting,
  Callees,
  Calls,
  Choices,
  Classes,
  Components,
  Definitions,
  Effects,
  Executors,
  Generators,
  HandedFunctions,
  LibraryCalls,
  HeldPromises,
  FilledPromises,
  InPlace,
  KeptPromises,
  Loops,
  Outcomes,
  Patterns,
  ReadGenerators,
  Resources,
  Returning,
  Settling,
  Statements,
  Switches,
  Takers,
  Telling,
  Tests,
} from './parts.ts';
import { OutcomeLowering } from './outcomes.ts';
import { ResourceLowering } from './resources.ts';
import { SKIP } from '../term/make.ts';
import type { Callee, FunctionTerm, Term } from '../term/term.ts';
import type { Runs } from '../../values/libraries/runs.ts';
import type { Value } from '../../values/resolve.ts';

export type { LowerHost, Operation, Resolver } from './parts.ts';

/** Makes the terms of one file. */
export class Lowering {
  readonly #definitions: Definitions;
  readonly #callees: Callees;
  readonly #settling: Settling;
  readonly #libraries: LibraryCalls;

  constructor(bindings: Bindings, values: Resolver, host: LowerHost) {
    const { definitions, callees, settling, libraries } = new Parts(bindings, values, host);
    this.#definitions = definitions;
    this.#callees = callees;
    this.#settling = settling;
    this.#libraries = libraries;
  }

  /** The top level of a module or script. */
  module(program: Program): FunctionTerm {
    return this.#definitions.module(program);
  }

  /** The top level of a module that does nothing. */
  idle(program: Program): FunctionTerm {
    return this.#definitions.unnamed(program, () => SKIP);
  }

  /** A function. */
  function(node: FunctionNode): FunctionTerm {
    return this.#definitions.function(node);
  }

  /** A statement of a function by itself, as if it were all that the function does. */
  part(statement: Node, isAsync: boolean): FunctionTerm {
    return this.#definitions.part(statement, isAsync);
  }

  /** The function that a value is, as it was made; null where it is none. */
  callee(value: Value): Callee | null {
    return this.#callees.amongValues([value]);
  }

  /** What awaiting the value of an expression does, once it has been evaluated. */
  settled(node: Node): Term {
    return this.#settling.settle(node);
  }

  /** What a library runs by something that a call made, each to its end, as a function. */
  run(call: Node, runs: Runs): FunctionTerm {
    return this.#libraries.run(call, runs);
  }

  /** What constructing a class does: its fields, then its constructor. */
  construction(node: ClassNode): FunctionTerm {
    return this.#definitions.construction(node);
  }
}

/** A name that is given another is followed back through so many. */
const MAX_DERIVED = 16;

class Parts implements Lower {
  readonly bindings: Bindings;
  readonly values: Resolver;
  readonly host: LowerHost;
  readonly constants: Constants;
  readonly atoms: Atoms;
  readonly reassigned: Reassigned;
  readonly names: Names;
  lowered = 0;
  #asking = 0;
  context: Context = newContext(null, false, new Exits());
  readonly definitions: Definitions = new DefinitionLowering(this);
  readonly statements: Statements = new StatementLowering(this);
  readonly sides: Sides;
  readonly switches: Switches = new SwitchLowering(this);
  readonly returning: Returning = new ReturnLowering(this);
  readonly resources: Resources = new ResourceLowering(this);
  readonly loops: Loops = new LoopLowering(this);
  readonly counters: Counters;
  readonly lists: Lists;
  readonly filled: FilledPromises;
  readonly inPlace: InPlace = new InPlaceLowering(this);
  readonly generators: Generators = new GeneratorLowering(this);
  readonly readGenerators: ReadGenerators = new GeneratorReading(this);
  readonly effects: Effects = new EffectLowering(this);
  readonly accessors: AccessorCalls = new AccessorLowering(this);
  readonly patterns: Patterns = new PatternLowering(this);
  readonly classes: Classes = new ClassLowering(this);
  readonly components: Components = new ComponentLowering(this);
  readonly calls: Calls = new CallLowering(this);
  readonly callees: Callees = new CalleeLowering(this);
  readonly takers: Takers = new TakerLowering(this);
  readonly answers: Answers = new AnswerLowering(this);
  readonly awaiting: Awaiting = new AwaitLowering(this);
  readonly settling: Settling = new SettlingLowering(this);
  readonly kept: KeptPromises = new KeptLowering(this);
  readonly held: HeldPromises = new HeldLowering(this);
  readonly handed: HandedFunctions = new HandedLowering(this);
  readonly libraries: LibraryCalls = new LibraryLowering(this);
  readonly executors: Executors = new ExecutorLowering(this);
  readonly tests: Tests = new TestLowering(this);
  readonly choices: Choices = new ChoiceLowering(this);
  readonly outcomes: Outcomes = new OutcomeLowering(this);
  readonly telling: Telling = new TellingLowering(this);

  constructor(bindings: Bindings, values: Resolver, host: LowerHost) {
    this.bindings = bindings;
    const constants = constantsOf(bindings, host);
    this.constants = constants;
    const isSeen = (call: CallExpression): boolean => this.callees.target(call) !== null;
    this.atoms = new Atoms(
      bindings,
      (node) => this.telling.isPart(node),
      constants,
      (identifier, part) => this.takers.questions(identifier, part),
      (call) =>
        isSeen(call) ||
        host.runs?.(call)?.steps.some((step) => step.isErrorFirst === true) === true,
      (identifier) => this.#isAsked(identifier),
    );
    this.reassigned = new Reassigned(
      bindings,
      this.atoms,
      constants,
      (identifier) => this.takers.questions(identifier, undefined),
      (reference, code) => this.inPlace.assigns(reference, code),
    );
    this.sides = new Sides(this.atoms);
    this.names = new Names(bindings);
    this.counters = new Counters(bindings);
    this.lists = new Lists(bindings, this.atoms, isSeen);
    this.filled = new FilledLists(this, bindings);
    this.values = values;
    this.host = host;
  }

  /** Whether anything is asked of a name: no where it is derived from others in very many steps. */
  #isAsked(identifier: Node): boolean {
    const name = this.#asking < MAX_DERIVED ? this.names.of(identifier) : null;
    if (name === null) return false;
    this.#asking++;
    const isAsked = this.atoms.isAsked(name) || this.reassigned.isAsked(identifier);
    this.#asking--;
    return isAsked;
  }
}
