/**
 * What calls tell of their arguments, to functions that ask something of these: behind `assert(ok)`,
 * `ok` is true, and `if (isFailed(error)) return` goes by whether there is an error.
 */

import { codeAround, keyName, unwrap, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned } from '../../syntax/bindings.ts';
import { isSpread, LOOPS, strip } from '../../syntax/forms.ts';
import { branch, createLabel, exit, SKIP } from '../term/make.ts';
import type { Answer, Callee, Fact, FunctionTerm, Outcome, Test } from '../term/term.ts';
import type { Asked } from './atoms.ts';
import type { Shape, Sink, Told } from './context.ts';
import { goesOn } from './going-on.ts';
import { isLooking } from './looking.ts';
import type { Answers, CallTarget, Lower, Taken } from './parts.ts';
import { AN_ERROR, distinctOf, literalKind, NO_VALUE, type Question } from './questions.ts';
import { byParts, partOf } from './shapes.ts';

/** A call tells no more than this of its arguments. */
const MAX_TOLD = 3;

/** Through a parameter, no more functions than this are told of what they are given. */
const MAX_GIVEN = 16;

const NOTHING_TOLD: ReturnType<Answers['of']> = { answers: [], evaluated: null };

const NOTHING_TAKEN: readonly Taken[] = [];

export class AnswerLowering implements Answers {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  of(target: Pick<CallTarget, 'callee' | 'args'>, site: Node): ReturnType<Answers['of']> {
    const { args } = target;
    let evaluated: Node | null = null;
    const answers: Answer[] = [];
    for (const { node, index, taken } of this.#taken(target, site)) {
      const evaluates = node === undefined ? null : this.#evaluates(node, taken);
      const isPutOff = evaluates !== null && evaluates !== 'unknown';
      if (evaluates === 'unknown' || (isPutOff && !this.#isLast(args, index))) continue;
      add(answers, this.#answersTo(node, taken));
      if (node === undefined || !isPutOff) continue;
      evaluated = node;
      answers.push(this.#valued(evaluates.node, evaluates.taken));
    }
    if (answers.length === 0) return NOTHING_TOLD;
    // What evaluates comes last among the arguments, and first of what is told.
    return { answers: evaluated === null ? answers : answers.toReversed(), evaluated };
  }

  again(target: Pick<CallTarget, 'callee' | 'args'>, site: Node): readonly Answer[] {
    const answers: Answer[] = [];
    let isHere: boolean | null = null;
    for (const { node, taken } of this.#taken(target, site)) {
      const inner = node === undefined ? null : strip(node);
      const constant = inner === null ? NO_VALUE : this.#constant(inner);
      if (constant !== null) {
        add(answers, [known(this.#facts(taken, constant))]);
      } else if (inner?.type === 'Identifier' && this.#isFixed(inner, codeAround(site))) {
        isHere ??= goesOn(site, this.#lower.bindings);
        const ofWhole = taken.filter(({ part, instead }) => part === null && instead === undefined);
        if (isHere) add(answers, this.#named(inner, null, ofWhole));
      }
    }
    return answers;
  }

  /** The arguments of a call of which something is asked, and who asks it. */
  #taken(
    { callee, args }: Pick<CallTarget, 'callee' | 'args'>,
    site: Node,
  ): readonly {
    readonly node: Node | undefined;
    readonly index: number;
    readonly taken: readonly Taken[];
  }[] {
    const name = site.type === 'CallExpression' ? site.callee : null;
    const functions = this.#functionsOf(callee, name);
    let count = 0;
    for (const { parameters } of functions) count = Math.max(count, parameters.length);
    const all = [];
    for (let index = 0; index < count && !isSpread(args, index); index++) {
      const taken = this.#takenAt(functions, index);
      if (taken.length > 0) all.push({ node: args[index], index, taken });
    }
    return all;
  }

  /** Whether a name has one value as long as a function runs: none that a loop gives it anew. */
  #isFixed(name: Node, code: Node): boolean {
    const variable = this.#lower.bindings.variable(name);
    const declared = variable?.defs[0]?.node;
    return (
      variable !== null &&
      declared !== undefined &&
      isNeverReassigned(variable) &&
      !isInLoop(declared, code)
    );
  }

  given(callee: Callee, name: Node, told: Told): readonly Answer[] {
    const facts = this.#facts(this.#takenAt(this.#functionsOf(callee, name), 0), told);
    return facts.length === 0 ? [] : [known(facts)];
  }

  /**
   * The functions that a callee can be: through a parameter, those that it is seen to be given.
   *
   * @param name the expression that is called
   */
  #functionsOf({ functions, parameter }: Callee, name: Node | null): readonly FunctionTerm[] {
    const inner = name === null || parameter === null ? null : unwrap(name);
    if (inner?.type !== 'Identifier') return functions;
    const { definitions, values } = this.#lower;
    const given = values
      .of(inner)
      .flatMap((value) => (value.kind === 'function' ? definitions.function(value.node) : []));
    return given.length > MAX_GIVEN ? functions : [...functions, ...given];
  }

  #takenAt(functions: CallTarget['callee']['functions'], index: number): readonly Taken[] {
    const { takers, atoms } = this.#lower;
    let all: Taken[] | null = null;
    for (const one of functions) {
      for (const taken of takers.at(one, index)) {
        if (atoms.isAsked(taken.asked)) (all ??= []).push(taken);
      }
    }
    return all ?? NOTHING_TAKEN;
  }

  /** Whether evaluating an argument can be put off: nothing is done by those behind it. */
  #isLast(args: readonly Node[], index: number): boolean {
    return args.slice(index + 1).every((later) => literalKind(unwrap(later)) !== null);
  }

  /**
   * What does something in an argument, whose value is told, and who asks of it; null for an argument
   * that does nothing.
   */
  #evaluates(
    node: Node,
    taken: readonly Taken[],
  ): { readonly node: Node; readonly taken: readonly Taken[] } | 'unknown' | null {
    if (isLooking(node)) return null;
    if (!isWrittenOut(node)) {
      return this.#isTold(node) ? { node: strip(node), taken } : 'unknown';
    }
    const parts = partsIn(unwrap(node));
    const doing = parts.find(({ value }) => !isLooking(value));
    if (doing === undefined || isWrittenOut(doing.value) || !this.#isTold(doing.value)) return null;
    const others = parts.filter((part) => part !== doing);
    const ofPart = whole(taken, doing.name);
    return ofPart.length > 0 && others.every(({ value }) => this.#doesNothing(value))
      ? { node: strip(doing.value), taken: ofPart }
      : null;
  }

  /** Whether something is told of a value: of no function, and of no promise. */
  #isTold(node: Node): boolean {
    return this.#isPlain(node) && this.#lower.telling.isTold(strip(node));
  }

  #doesNothing(node: Node): boolean {
    return isLooking(node) && this.#isPlain(node);
  }

  #isPlain(node: Node): boolean {
    const { callees, settling } = this.#lower;
    return callees.callee(node) === null && !settling.acts(node);
  }

  #answersTo(node: Node | undefined, taken: readonly Taken[]): readonly Answer[] {
    if (node === undefined) return [known(this.#facts(taken, NO_VALUE))];
    const inner = strip(node);
    if (isWrittenOut(inner)) return this.#writtenOut(inner, taken);
    if (!isLooking(inner)) return [];
    const constant = this.#constant(inner);
    const told = constant === null ? [] : [known(this.#facts(taken, constant))];
    const asked = this.#lower.telling.asked(inner);
    if (asked !== null) {
      // What is known to be there can still be one of several literals.
      const isOne = constant?.key !== undefined;
      const parts = isOne ? partsOf(taken) : [null, ...partsOf(taken)];
      const named = parts.flatMap((part) => {
        // What may be nothing has the parts of something else then.
        const ofPart = taken.filter((one) => one.part === part && one.instead === undefined);
        return this.#named(inner, part, ofPart);
      });
      return [...told, ...named];
    }
    if (constant !== null) return told;
    if (!this.#lower.telling.isTold(inner) || this.#lower.effects.effect(inner) !== SKIP) return [];
    return [this.#valued(inner, taken)];
  }

  /** What is told of an object or a list, and of what it is made of. */
  #writtenOut(node: Node, taken: readonly Taken[]): readonly Answer[] {
    const ofParts = partsOf(taken).flatMap((name) => {
      const part = partOf(node, name);
      if (part === null) return [];
      return this.#answersTo(part === 'nothing' ? undefined : part, whole(taken, name));
    });
    return [known(this.#facts(taken, { kind: 'truthy' })), ...ofParts];
  }

  /** What an expression is known to be, whatever runs. */
  #constant(node: Node): Told | null {
    const { host, telling, tests } = this.#lower;
    const constant = tests.constantTold(node);
    if (constant !== null) return constant;
    if (telling.isError(node)) return AN_ERROR;
    return host.isSubject(node) ? { kind: 'truthy' } : null;
  }

  /** What is told of a name, or of a part of what it is bound to, by its tests. */
  #named(node: Node, part: string | null, taken: readonly Taken[]): readonly Answer[] {
    const { atoms } = this.#lower;
    const questions = distinctOf(taken.flatMap(({ asked }) => atoms.questions(asked)));
    return questions.flatMap((question) => {
      const test = this.#test(node, part, question);
      if (test === null) return [];
      const yes = createLabel('yes');
      const no = createLabel('no');
      return {
        effect: branch(test, exit(yes), exit(no)),
        outcomes: [
          { label: yes, facts: this.#answered(taken, question, true) },
          { label: no, facts: this.#answered(taken, question, false) },
        ],
      };
    });
  }

  #test(node: Node, part: string | null, question: Question): Test | null {
    const { atoms, reassigned, telling } = this.#lower;
    if (part !== null) return telling.partTest(node, part, question);
    const asked = telling.asked(node);
    const test = asked === null ? null : atoms.test(asked, question);
    return test ?? (node.type === 'Identifier' ? reassigned.test(node, question) : null);
  }

  /** What is told of an expression where it is evaluated. */
  #valued(node: Node, taken: readonly Taken[]): Answer {
    const { atoms } = this.#lower;
    // What comes of a call is known once that is lowered.
    const outcomes: Outcome[] = [];
    const known = new Map<string, Outcome>();
    const sink: Sink = (kind, key, shape) => {
      const told: Told | null = kind === 'any' ? null : { kind, ...(key !== undefined && { key }) };
      const facts = this.#facts(taken, told, shape);
      const id = facts.map(({ atom, holds }) => `${String(atom)}${holds ? '+' : '-'}`).join();
      let outcome = known.get(id);
      if (outcome === undefined) {
        outcome = { label: createLabel('told'), facts };
        known.set(id, outcome);
        outcomes.push(outcome);
      }
      return exit(outcome.label);
    };
    const parts = partsOf(taken);
    const literals = [...new Set(taken.flatMap(({ asked }) => atoms.literalsAsked(asked)))];
    const isWhole = parts.length === 0 && literals.length === 0;
    const to = isWhole ? sink : byParts(parts, sink, literals);
    return { effect: this.#lower.telling.valued(node, to, true), outcomes };
  }

  /** What parameters hold that are given this. */
  #facts(taken: readonly Taken[], told: Told | null, shape?: Shape): readonly Fact[] {
    return taken.flatMap(({ asked, part, fallback, instead }) => {
      const given =
        part === null
          ? told
          : told === NO_VALUE && instead !== undefined
            ? this.#partInstead(instead, part)
            : (shape?.(part) ?? null);
      const held = given === null ? null : this.#orDefault(given, fallback);
      return held === null ? [] : this.#given(asked, held);
    });
  }

  /** What a part is of the object that stands for what is not given. */
  #partInstead(instead: Node, name: string): Told | null {
    const part = partOf(unwrap(instead), name);
    if (part === null) return null;
    return part === 'nothing' ? NO_VALUE : this.#constant(strip(part));
  }

  #given(asked: Asked, { kind, key }: Told): readonly Fact[] {
    const facts = this.#lower.atoms.given(asked, kind, key);
    return facts === 'never' ? [] : facts;
  }

  /** What a parameter holds that is given this, where it may have a default. */
  #orDefault(told: Told, fallback: Node | null): Told | null {
    if (fallback === null || told.kind !== 'nullish' || told.key === 'null') return told;
    return told.key === 'undefined' ? this.#constant(strip(fallback)) : null;
  }

  /** What parameters hold that are given what a question is answered of. */
  #answered(taken: readonly Taken[], question: Question, isYes: boolean): readonly Fact[] {
    return taken.flatMap(({ asked, fallback }) => {
      const facts = this.#lower.atoms.answered(asked, question, isYes);
      if (fallback === null || !canBeUndefined(question, isYes)) return facts;
      const constant = this.#constant(strip(fallback));
      const held = constant === null ? [] : this.#given(asked, constant);
      return facts.filter(({ atom, holds }) =>
        held.some((other) => other.atom === atom && other.holds === holds),
      );
    });
  }
}

/** Adds answers that tell something, as far as there is room. */
function add(answers: Answer[], others: readonly Answer[]): void {
  for (const answer of others) {
    if (answer.outcomes.every(({ facts }) => facts.length === 0)) continue;
    if (answers.length < MAX_TOLD) answers.push(answer);
  }
}

/** Whether a node is in a loop of some code. */
function isInLoop(node: Node, code: Node): boolean {
  for (let outer = node.parent ?? null; outer !== null && outer !== code;) {
    if (LOOPS.has(outer.type)) return true;
    outer = outer.parent ?? null;
  }
  return false;
}

function known(facts: readonly Fact[]): Answer {
  const label = createLabel('told');
  return { effect: exit(label), outcomes: [{ label, facts }] };
}

/** The parts of an argument that have names where it is given. */
function partsOf(taken: readonly Taken[]): readonly string[] {
  return [...new Set(taken.flatMap(({ part }) => part ?? []))];
}

/** Those who have a name for a part, of which the whole is given. */
function whole(taken: readonly Taken[], name: string | null): readonly Taken[] {
  return taken.flatMap(({ asked, part, fallback }) =>
    part === name ? { asked, part: null, fallback } : [],
  );
}

/** What an object or a list is made of; what is spread, or a method, has no name. */
function partsIn(node: Node): readonly { readonly name: string | null; readonly value: Node }[] {
  if (node.type === 'ArrayExpression') {
    return node.elements.flatMap((value, index) =>
      value === null ? [] : { name: value.type === 'SpreadElement' ? null : String(index), value },
    );
  }
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.map((property) =>
    property.type === 'Property' && property.kind === 'init' && !property.computed
      ? { name: keyName(property.key, false), value: property.value }
      : { name: null, value: property },
  );
}

function canBeUndefined(question: Question, isYes: boolean): boolean {
  switch (question.kind) {
    case 'truthy':
      return !isYes;
    case 'nullish':
      return isYes;
    case 'equals':
      return !isYes || question.key === 'undefined';
  }
}

function isWrittenOut(node: Node): boolean {
  const { type } = unwrap(node);
  return type === 'ObjectExpression' || type === 'ArrayExpression';
}
