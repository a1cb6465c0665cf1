/** Functions, the module and the constructions of classes: whatever has a term of its own. */

import {
  isFunction,
  isNode,
  type ClassNode,
  type FunctionNode,
  type Node,
  type Program,
} from '../../syntax/ast.ts';
import type { Asked } from './atoms.ts';
import { namesIn } from './questions.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { isTooDeep } from '../../syntax/depth.ts';
import {
  NEVER_RETURNS,
  newContext,
  type Context,
  type Exits,
  type Shape,
  type Told,
} from './context.ts';
import { nameOf } from '../../syntax/forms.ts';
import { handledParameter, isFollowed, takerOf } from './handled.ts';
import { BoundFunction, LazyFunction, type FunctionLowering } from './lazy.ts';
import { Coding } from './shapes.ts';
import type { Lower, DefinedCode, Definitions, Coded, Operation } from './parts.ts';
import { hasSagas } from './sagas.ts';
import {
  block,
  choice,
  createLabel,
  exit,
  MAY_THROW,
  seq,
  sequence,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import {
  RESULT_KINDS,
  type Callee,
  type FunctionTerm,
  type Fact,
  type Facts,
  type Term,
} from '../term/term.ts';
import { functionName } from '../../syntax/forms.ts';

/** More functions than this that are lowered once more in a file are not told apart by parts. */
const MAX_CODED = 256;

/** What a function asks of its first parameter: of the whole, and of the first part that it asks for. */
interface FirstAsked {
  readonly whole: Asked | null;
  readonly part: { readonly name: string; readonly asked: Asked } | null;
}

const NOTHING_ASKED: FirstAsked = { whole: null, part: null };

const NO_PARAMETERS: readonly (Variable | null)[] = [];

export class DefinitionLowering implements Definitions, FunctionLowering {
  readonly #lower: Lower;
  readonly #functions = new Map<Node, LazyFunction>();
  /** Functions that tell their results apart by parts, by the functions that they are and the parts. */
  readonly #coded = new Map<string, Coded>();
  /** Functions of whose first argument something is told, by the functions that they are and that. */
  readonly #told = new Map<string, LazyFunction>();
  /** Functions that `bind` has given something, by the last of the calls that did, and by what they are. */
  readonly #bound = new Map<Node, Map<FunctionTerm, FunctionTerm>>();
  #nextId = 0;
  /** Of how many expressions and statements the host was told. */
  #toldOf = 0;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  module(program: Program): FunctionTerm {
    return this.define(program, {
      ...{ name: 'module', isAsync: true, isGenerator: false },
      lower: () =>
        this.#lower.statements.statements(
          program.body.filter((statement) => !this.#isLeftOut(statement)),
        ),
    });
  }

  function(node: FunctionNode): LazyFunction {
    return (
      this.#functions.get(node) ??
      this.define(node, {
        name: functionName(node),
        isAsync: node.async,
        isGenerator: node.generator,
        lower: null,
      })
    );
  }

  part(statement: Node, isAsync: boolean): FunctionTerm {
    return this.define(statement, {
      ...{ name: '', isAsync, isGenerator: false },
      lower: () =>
        this.#isLeftOut(statement) ? SKIP : this.#lower.statements.statement(statement),
    });
  }

  construction(node: ClassNode): FunctionTerm {
    const method = node.body.body.find(
      (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
    );
    const body = method?.type === 'MethodDefinition' ? method.value : null;
    const parents = (
      node.superClass === null ? [] : this.#lower.values.of(node.superClass)
    ).flatMap((value) => (value.kind === 'class' && value.node !== node ? [value.node] : []));
    const lower = (): Term => {
      if (this.#isLeftOut(node)) return SKIP;
      return sequence([
        ...parents.map((parent) =>
          this.#lower.calls.invoke(
            {
              callee: { functions: [this.construction(parent)], parameter: null, open: false },
              args: [],
              isExact: true,
            },
            node,
            'started',
          ),
        ),
        ...node.body.body.map((member) =>
          (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
          !member.static &&
          member.value !== null
            ? this.#lower.effects.bound(member.value)
            : SKIP,
        ),
        body === null ? SKIP : this.functionBody(body),
      ]);
    };
    const name = node.id?.name ?? 'constructor';
    return this.define(node.body, { name, isAsync: false, isGenerator: false, lower });
  }

  /** Whether code is nested too deeply. What is left out does nothing, and its calls are not seen. */
  #isLeftOut(node: Node): boolean {
    if (!isTooDeep(node)) return false;
    this.#lower.host.leftOut?.(node);
    return true;
  }

  functionBody(node: FunctionNode): Term {
    const { body } = node;
    if (body === null) return SKIP;
    return seq(
      this.#lower.patterns.patterns(node.params),
      body.type === 'BlockStatement'
        ? this.#lower.statements.statements(body.body)
        : this.#lower.returning.return(body),
    );
  }

  inlined(node: FunctionNode, context: Context, facts: Facts = []): Term {
    const outer = this.#lower.context;
    this.#lower.context = context;
    try {
      const code = this.functionBody(node);
      let body = facts.length === 0 ? code : seq({ kind: 'assume', facts }, code);
      for (const { label, settle } of context.pending) {
        body = seq(block(label, seq(body, exit(context.returns.nullish))), SUSPEND, settle);
      }
      for (const kind of RESULT_KINDS) body = block(context.returns[kind], body);
      return this.#lower.loops.copy([node], block(context.returns.any, body));
    } finally {
      this.#lower.context = outer;
    }
  }

  define(node: Node, code: DefinedCode): LazyFunction {
    const known = this.#functions.get(node);
    if (known !== undefined) return known;
    const term = this.#made(node, { ...code, isAsync: code.isAsync || code.isGenerator });
    this.#functions.set(node, term);
    return term;
  }

  performing(node: Node, name: string, { call, settle }: Operation): FunctionTerm {
    const settled = seq(SUSPEND, { kind: 'event', event: settle, site: null, origin: node });
    return this.#made(node, {
      ...{ name, isAsync: false, isGenerator: false },
      lower: (returns) =>
        seq(
          { kind: 'event', event: call, site: node },
          { kind: 'use', awaited: settled, started: SKIP, settled },
          // What it gives is not known.
          exit(returns.any),
        ),
    });
  }

  unnamed(node: Node, lower: (returns: Exits) => Term): LazyFunction {
    return this.#made(node, { name: '', isAsync: true, isGenerator: false, lower });
  }

  #made(node: Node, code: DefinedCode, coding: Coding | null = null): LazyFunction {
    const { atoms } = this.#lower;
    const id = this.#nextId++;
    const { name, isAsync, isGenerator, lower } = code;
    return new LazyFunction(id, node, name, isAsync, isGenerator, lower, atoms, this, coding);
  }

  bound(target: LazyFunction, by: Node, args: readonly Node[]): FunctionTerm {
    const known = this.#bound.get(by) ?? new Map<FunctionTerm, FunctionTerm>();
    this.#bound.set(by, known);
    let term = known.get(target);
    if (term === undefined) {
      term = new BoundFunction(this.#nextId++, target, args.length, () => {
        const to = { callee: target.alone, args, isExact: true };
        const { args: known, held = [] } = this.#lower.calls.invoke(to, by, 'started');
        const given = known.flatMap((callee, index) => {
          const parameter = target.parameters[index] ?? null;
          return callee === null || parameter === null ? [] : [{ parameter, callee }];
        });
        return [...given, ...held];
      });
      known.set(target, term);
    }
    return term;
  }

  coded(
    functions: readonly FunctionTerm[],
    parts: readonly string[],
    literals?: readonly string[],
  ): Coded | null {
    const all = functions.flatMap((one) => {
      const known = isNode(one.node) ? this.#functions.get(one.node) : undefined;
      return known === one && !known.isGenerator ? [known] : [];
    });
    if (all.length < functions.length || all.length === 0) return null;
    const asked = literals === undefined ? '' : ` ${JSON.stringify(literals)}`;
    const key = [...all.map(({ id }) => id), ...parts].join() + asked;
    let coded = this.#coded.get(key);
    if (coded === undefined) {
      if (this.#coded.size >= MAX_CODED) return null;
      const coding = new Coding(parts, literals);
      const made = all.map((one) =>
        this.#made(
          one.node,
          { name: one.name, isAsync: one.isAsync, isGenerator: false, lower: one.lower },
          coding,
        ),
      );
      coded = { functions: made, coding };
      this.#coded.set(key, coded);
    }
    return coded;
  }

  told(term: FunctionTerm, told: Told | null, shape?: Shape): FunctionTerm {
    const { node } = term;
    const isWritten = isNode(node) && isFunction(node) && this.#functions.get(node) === term;
    if (!isWritten || node.generator) return term;
    const { whole, part } = this.#firstAsked(node);
    const ofPart = part === null ? null : (shape?.(part.name) ?? null);
    const facts = [...this.#facts(whole, told), ...this.#facts(part?.asked ?? null, ofPart)];
    if (facts.length === 0) return term;
    const key = [term.id, ...facts.map(({ atom, holds }) => `${atom}=${String(holds)}`)].join();
    let made = this.#told.get(key);
    if (made === undefined) {
      made = this.#made(node, {
        ...{ name: term.name, isAsync: term.isAsync, isGenerator: false },
        lower: () => seq({ kind: 'assume', facts }, this.#written(node)),
      });
      made.whole = term;
      this.#told.set(key, made);
    }
    return made;
  }

  #facts(asked: Asked | null, told: Told | null): readonly Fact[] {
    if (asked === null || told === null) return [];
    const facts = this.#lower.atoms.given(asked, told.kind, told.key);
    return facts === 'never' ? [] : facts;
  }

  asksFirst({ node }: FunctionTerm): ReturnType<Definitions['asksFirst']> {
    if (!isNode(node) || !isFunction(node)) return null;
    const { whole, part } = this.#firstAsked(node);
    if (whole === null && part === null) return null;
    const asked = [whole, part?.asked ?? null].filter((one) => one !== null);
    const literals = asked.flatMap((one) => this.#lower.atoms.literalsAsked(one));
    return { part: part?.name ?? null, literals };
  }

  #firstAsked({ params: [first] }: FunctionNode): FirstAsked {
    const { atoms, names, telling } = this.#lower;
    if (first === undefined) return NOTHING_ASKED;
    const name = first.type === 'Identifier' ? names.of(first) : null;
    const parts = new Map(name === null ? [] : telling.partsAsked(name));
    for (const [part, named] of namesIn(first)) {
      const asked = names.of(named);
      if (asked !== null && atoms.isAsked(asked)) parts.set(part, asked);
    }
    const [part] = parts;
    return {
      whole: name !== null && atoms.isAsked(name) ? name : null,
      part: part === undefined ? null : { name: part[0], asked: part[1] },
    };
  }

  /** The whole term of a function. */
  body(term: LazyFunction): Term {
    const { lowered, host } = this.#lower;
    const more = lowered - this.#toldOf;
    this.#toldOf = lowered;
    host.lowers?.(more);
    const { node, returns, isGenerator } = term;
    if (!isFunction(node)) return this.#within(newContext(null, term.isAsync, returns), term);
    return isGenerator
      ? this.#generator(node, returns, term)
      : this.#within(newContext(node, node.async, returns), term);
  }

  parameters(node: Node): readonly (Variable | null)[] {
    const taker = takerOf({ node });
    if (taker === null || taker.params.length === 0) return NO_PARAMETERS;
    return taker.params.map((parameter) => handledParameter(parameter, this.#lower.bindings));
  }

  defaultOf(node: Node, index: number): Callee | null {
    const parameter = takerOf({ node })?.params[index];
    if (parameter?.type !== 'AssignmentPattern') return null;
    const { callees, calls, settling } = this.#lower;
    const name = nameOf(parameter);
    const variable = name === null ? null : this.#lower.bindings.variable(name);
    const isAwaited = variable !== null && calls.awaits(variable);
    return (
      callees.callee(parameter.right) ?? (isAwaited ? settling.argument(parameter.right) : null)
    );
  }

  follows(node: Node, index: number): boolean {
    const { bindings, held } = this.#lower;
    return isFollowed(node, index, bindings) || held.takesRest({ node }, index);
  }

  canLead(node: Node): boolean {
    return this.#lower.host.canLead?.(node) ?? true;
  }

  #ownBody({ node, lower, returns }: LazyFunction): Term {
    if (lower !== null) return lower(returns);
    return isFunction(node) ? this.#written(node) : SKIP;
  }

  #written(node: FunctionNode): Term {
    return this.#isLeftOut(node) ? SKIP : this.functionBody(node);
  }

  #within(context: Context, term: LazyFunction): Term {
    const outer = this.#lower.context;
    this.#lower.context = context;
    try {
      return this.#returning(this.#ownBody(term), context);
    } finally {
      this.#lower.context = outer;
    }
  }

  /** A reader that has done with a generator runs its `finally`, and does not come back to it. */
  #generator(node: FunctionNode, returns: Exits, term: LazyFunction): Term {
    const abandoned = createLabel('abandoned');
    const isLeft = choice(SKIP, exit(abandoned));
    // Into a saga nothing is thrown but what it yielded was rejected with.
    const read = hasSagas(node) ? isLeft : seq(MAY_THROW, isLeft);
    const body = this.#within(newContext(node, node.async, returns, read), term);
    return seq(block(abandoned, seq(body, exit(returns.nullish))), NEVER_RETURNS);
  }

  /** Adds what happens to promises that are returned from within a `try`. */
  #returning(body: Term, { pending, returns }: Context): Term {
    if (pending.length === 0) return body;
    let whole = seq(body, exit(returns.nullish));
    for (const { label, settle } of pending) {
      const settled = seq(SUSPEND, settle);
      whole = seq(
        block(label, whole),
        { kind: 'use', awaited: settled, started: this.#asyncOnly(settled), settled },
        exit(returns.any),
      );
    }
    return whole;
  }

  #asyncOnly(term: Term): Term {
    return this.#lower.context.isAsync ? term : SKIP;
  }
}
