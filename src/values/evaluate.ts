/**
 * The values of the expressions of a file, computed without running them: numbers as functions of
 * the clock, texts, dates, lengths of time. {@link Value} lists what there is to find.
 *
 * A name means what its binding is given, if it is given one thing; what a parameter is given is not
 * known, but its default is. A function of the project is worked out anew for each call.
 */

import {
  functionAround,
  isFunction,
  memberName,
  unwrap,
  type MemberExpression,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import {
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../syntax/bindings.ts';
import { Work } from './work.ts';
import { constantExternal } from './time/calls.ts';
import { mutated } from './time/methods.ts';
import { Externals } from './externals.ts';
import { textOf } from './operators.ts';
import { chosen, computed, distinct } from './possibilities.ts';
import { Schemas } from './schemas.ts';
import {
  string,
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type External,
  type Expressions,
  type Possibilities,
  type Value,
  type Written,
} from './value.ts';
import { Sources } from './sources.ts';
import { START, TRUSTING, frameOf, type Frame, type Trust } from './frames.ts';
import { isHarmless, environmentOf, isMetaEnv } from './globals.ts';
import { mutationsOf, Writes, type GivenAway, type Mutation } from './writes.ts';

export type * from './value.ts';
export { TRUSTING, type Trust } from './frames.ts';

/** What a module exports, and the members that are read of it. */
export interface Exported {
  readonly node: Node;
  readonly file: Expressions;
  readonly members: readonly string[];
}

/** What lies outside the file. */
export interface ExpressionHost {
  /**
   * The expression (or the declaration of a function, class or enum) that a module exports under a
   * name, `default` for the default export, with the expressions of that module's own file, and the
   * members that are left to be read of it; where the export is a whole module, the first of them is
   * an export of that. Null where it is not known.
   */
  exported(
    specifier: string,
    name: string,
    members: readonly string[],
    from: Expressions,
  ): Exported | null;
  /** How much is taken for constant; minting trusts all, as it reads configurations. */
  readonly trust?: Trust;
}

const NOTHING_KNOWN: ExpressionHost = { exported: () => null };

/** What runs in a file when it is read as a part of certain calls. */
interface Run {
  readonly of: Evaluator;
  readonly frame: Frame;
}

/** Expressions that are nested more deeply than this are unknown. */
const MAX_DEPTH = 400;

/** The expressions of one file. Each is worked out once. */
export class Evaluator extends Sources implements Expressions {
  readonly #program: Program;
  protected readonly externals: Externals;
  readonly #host: ExpressionHost;
  protected readonly trust: Trust;
  protected readonly writes: Writes;
  protected readonly schemas: Schemas;
  /** These expressions without the calls that they are read in. */
  readonly #whole: Evaluator;
  /** The run of the file or, if these are read in calls, of the function that the last one calls. */
  protected readonly frame: Frame;
  readonly #mutations = new Map<Variable, readonly (Mutation | GivenAway)[] | null>();
  protected readonly work: Work;

  /**
   * @param host knows other files; by default none is known
   * @param run see {@link inCalls}
   */
  constructor(
    program: Program,
    bindings: Bindings,
    host: ExpressionHost = NOTHING_KNOWN,
    run: Run | null = null,
  ) {
    super(bindings);
    this.#program = program;
    this.#host = host;
    this.trust = host.trust ?? TRUSTING;
    this.schemas = new Schemas(bindings);
    this.#whole = run?.of ?? this;
    this.work = run === null ? new Work(MAX_DEPTH) : run.of.work;
    this.externals =
      run === null
        ? new Externals(program, bindings, (key) => textOf(this.of(key)))
        : run.of.externals;
    this.writes =
      run === null ? new Writes(program, bindings, this.externals.values, this) : run.of.writes;
    this.frame = run?.frame ?? {
      known: new Map(),
      runs: null,
      given: null,
      outer: null,
      reach: START,
      view: this,
    };
  }

  protected get file(): Expressions {
    return this;
  }

  /** The expressions of the file as they are in a run. */
  protected viewOf(frame: Frame): Expressions {
    frame.view ??= new Evaluator(this.#program, this.bindings, this.#host, {
      of: this.#whole,
      frame,
    });
    return frame.view;
  }

  /** How many answers were worked out so far. */
  get answers(): number {
    return this.work.answers;
  }

  of(node: Node): Possibilities {
    return this.ask(node, this.frame);
  }

  external(node: Node, members: readonly string[] = []): External | null {
    return this.#isGivenOnce(node) ? this.externals.of(node, members) : null;
  }

  /**
   * Whether what an expression begins with is one thing: a parameter is what each call gives, and a
   * function of the file can return what is no package's as well.
   */
  #isGivenOnce(node: Node): boolean {
    let root = unwrap(node);
    for (;;) {
      if (root.type === 'MemberExpression') {
        root = unwrap(root.object);
      } else if (root.type === 'CallExpression') {
        root = unwrap(root.callee);
        if (this.externals.values.functions(root).length > 0) return false;
      } else break;
    }
    const variable = root.type === 'Identifier' ? this.bindings.variable(root) : null;
    if (variable === null) return true;
    const [definition] = variable.defs;
    const isParameter = definition?.type === 'Parameter' && isFunction(definition.node);
    const isGiven = isParameter && this.externals.values.callsOf(definition.node).length > 0;
    return isNeverReassigned(variable) && !isGiven;
  }

  override ask(node: Node, frame: Frame): Possibilities {
    const inner = unwrap(node);
    return (
      frame.known.get(inner) ?? this.#once(inner, inner, frame, () => this.expression(inner, frame))
    );
  }

  /** Works something out once in a frame. */
  #once(key: object, node: Node, frame: Frame, work: () => Possibilities): Possibilities {
    const known = frame.known.get(key);
    if (known !== undefined) return known;
    return this.work.once(key, frame.known, work) ?? this.told(UNKNOWN, node);
  }

  protected written(what: Written<object>, node: Node, frame: Frame): Possibilities {
    return this.told({ ...what, file: this.viewOf(frame) }, node);
  }

  outcome(test: Node): boolean | null {
    return this.outcomeIn(test, this.frame);
  }

  /** Whether a function leaves its arguments as they are, or is seen to change them. */
  isHarmless(callee: Node): boolean {
    const inner = unwrap(callee);
    const isApplied = inner.type === 'MemberExpression' && APPLYING.has(memberName(inner) ?? '');
    const values = this.externals.values.of(isApplied ? inner.object : inner);
    const isSeen = values.length > 0 && values.every(({ kind }) => kind === 'function');
    return isSeen || isHarmless(this.external(callee));
  }

  protected global(node: Node, name: string): Possibilities {
    const external: External = { module: null, specifier: null, path: [name] };
    return this.told(constantExternal(external) ?? UNKNOWN, node);
  }

  protected variable(variable: Variable, node: Node, frame: Frame): Possibilities {
    const home = frameOf(variable, frame);
    const last = isNeverReassigned(variable) ? null : this.#givenLast(variable, node, home);
    if (last !== null) return this.tested(node, last, frame);
    const values = this.#once(variable, node, home, () => this.binding(variable, node, home));
    const changes = values.some(({ value }) => isMutable(value));
    const now = changes ? this.#afterMutations(variable, values, node, home) : values;
    return this.tested(node, now, frame);
  }

  /** What a variable that is given several values can be where it is read; null where that is not known. */
  #givenLast(variable: Variable, node: Node, frame: Frame): Possibilities | null {
    const given = this.reaching(variable, node);
    if (given === null) return null;
    const values = given.flatMap((value, way) => {
      const these = value === null ? this.told(UNDEFINED, node) : this.ask(value, frame);
      return given.length === 1 ? these : chosen(these, node, way);
    });
    const last = distinct(values, node, this);
    const changes = last.some(({ value }) => isMutable(value));
    return changes ? this.#sinceGiven(variable, given, last, node, frame) : last;
  }

  /**
   * What a date is that a variable was given among others: as it was given, or as the last call since
   * has left it; null where that goes by the way.
   */
  #sinceGiven(
    variable: Variable,
    given: readonly (Node | null)[],
    values: Possibilities,
    node: Node,
    frame: Frame,
  ): Possibilities | null {
    const mutations = this.#mutationsOf(variable);
    if (mutations === null || !isHere(variable, node))
      return mutations?.length === 0 ? values : null;
    const last = mutations.findLast(({ call }) => endOf(call) <= offsetOf(node));
    const isSince = (value: Node | null): boolean =>
      last === undefined || (value !== null && offsetOf(value) > offsetOf(last.call));
    if (given.every(isSince)) return values;
    if (last === undefined || last.callee === null || given.some(isSince)) return null;
    return this.#mutated(last, this.ask(last.callee.object, frame), frame);
  }

  /** What a binding is that is given one thing. */
  protected override binding(variable: Variable, node: Node, frame: Frame): Possibilities {
    const [definition] = variable.defs;
    return definition === undefined || !isNeverReassigned(variable)
      ? this.unknown(node)
      : this.declared(definition, node, frame);
  }

  protected imported(_definition: Definition, node: Node): Possibilities {
    return this.outside(node);
  }

  protected annotated(): null {
    return null;
  }

  protected taken(of: Possibilities, key: string, use: Node, name: Node): Possibilities {
    const read = this.memberOf(of, key, use, false);
    // `const { X } = process.env`
    return read.every(({ value }) => value.kind === 'unknown') ? this.outside(name) : read;
  }

  protected override memberExpression(node: MemberExpression, frame: Frame): Possibilities {
    if (this.external(node.object) !== null) return this.outside(node);
    const name = memberName(node);
    if (isMetaEnv(node.object) && name !== null) {
      return this.told(string({ environment: name }), node);
    }
    const values = super.memberExpression(node, frame);
    const isKnown = values.some(({ value }) => value.kind !== 'unknown');
    return isKnown ? this.tested(node, values, frame) : this.unknown(node);
  }

  /** What `this` is, if that is one thing. */
  protected thisAt(node: Node, frame: Frame): Possibilities {
    const [only, ...others] = this.externals.values.of(node);
    const isKnown = only !== undefined && others.length === 0;
    return isKnown && 'node' in only && only.kind !== 'map'
      ? this.written(only, node, frame)
      : this.unknown(node);
  }

  /** A constant of a package, of the environment, or of another file of the project. */
  protected outside(node: Node): Possibilities {
    const external = this.external(node);
    if (external === null) return this.told(UNKNOWN, node);
    const known = constantExternal(external) ?? environmentOf(external);
    if (known !== null) return this.told(known, node);
    const { specifier, path } = external;
    if (specifier === null) return this.told(UNKNOWN, node);
    const [name = 'default', ...members] = path;
    const named = this.#host.exported(specifier, name, members, this.#whole);
    if (named !== null) return this.membersAt(named.file.of(named.node), named.members, node);
    const whole = this.#host.exported(specifier, 'default', path, this.#whole);
    return whole === null
      ? this.told(UNKNOWN, node)
      : this.membersAt(whole.file.of(whole.node), whole.members, node);
  }

  protected membersAt(
    values: Possibilities,
    members: readonly string[],
    node: Node,
  ): Possibilities {
    return members.reduce((objects, name) => this.memberOf(objects, name, node, false), values);
  }

  /** What a date is after the calls that changed it, up to where it is read. */
  #afterMutations(
    variable: Variable,
    values: Possibilities,
    node: Node,
    frame: Frame,
  ): Possibilities {
    const mutations = this.#mutationsOf(variable);
    if (mutations === null) return this.told(UNKNOWN, node);
    if (mutations.length > 0 && !isHere(variable, node)) return this.told(UNKNOWN, node);
    let current = values;
    for (const mutation of mutations) {
      if (endOf(mutation.call) > offsetOf(node)) break;
      if (mutation.callee === null) return this.told(UNKNOWN, node);
      current = this.#mutated(mutation, current, frame);
    }
    return current;
  }

  #mutationsOf(variable: Variable): readonly (Mutation | GivenAway)[] | null {
    let mutations = this.#mutations.get(variable);
    if (mutations === undefined) {
      mutations = mutationsOf(variable, this.bindings, (callee) =>
        isHarmless(this.external(callee)),
      );
      this.#mutations.set(variable, mutations);
    }
    return mutations;
  }

  #mutated({ call, callee, name }: Mutation, before: Possibilities, frame: Frame): Possibilities {
    // The call itself stands for what it returns.
    return this.#once(callee, call, frame, () => {
      const args = this.argumentsIn(call.arguments, frame);
      if (args === null) return this.told(UNKNOWN, call);
      return computed<Argument>(call, this, [before, ...args], ([of, ...rest]) => {
        if (of === undefined || of.kind === 'record') return UNKNOWN;
        return mutated(of, name, rest) ?? of;
      });
    });
  }
}

/** Whether a name is read in the function that declares it. */
function isHere({ defs: [definition] }: Variable, node: Node): boolean {
  return definition !== undefined && functionAround(definition.name) === functionAround(node);
}

function isMutable(value: Value): boolean {
  return value.kind === 'instant' && (value.library === 'date' || value.library === 'moment');
}

/** Methods of functions that call them. */
const APPLYING: ReadonlySet<string> = new Set(['apply', 'call']);
