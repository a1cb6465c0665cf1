/**
 * What tests tell of the session: where something is truthy, or equal to a literal, that is so only
 * where a JWT has been set.
 */

import {
  calledName,
  isFunction,
  keyName,
  memberName,
  rootOf,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';
import { strip } from '../../syntax/forms.ts';
import { stepsTo, type Step } from '../../syntax/patterns.ts';
import { isGlobal } from '../../syntax/promises.ts';
import {
  equalityQuestion,
  literalQuestion,
  NULLISH,
  TRUTHY,
  type Constants,
  type Question,
} from '../../flow/lower/questions.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Values, Value } from '../../values/resolve.ts';
import { membersNamed } from '../../values/members.ts';
import { initialOf } from './objects.ts';
import type { Place } from './place.ts';
import type { Owner, Places } from './places.ts';
import {
  BEFORE,
  canAnswer,
  NONE,
  NOW,
  RENDERED,
  rendered,
  UNDEFINED,
  VACUOUS,
  type Ask,
  type Evidence,
} from './asks.ts';
import { conditionsAt } from './conditions.ts';
import { Connected, type Given } from './connected.ts';
import { Contexts } from './contexts.ts';
import { runOf } from './runs.ts';
import { States } from './states.ts';
import { Together } from './together.ts';

/** Whether a place answers so only where a JWT has been set. */
export type Believes = (place: Place, ask: Ask) => boolean;

/** Evidence that is further away than this is not looked for. */
const MAX_DEPTH = 24;

const IS_THERE: Ask = { question: TRUTHY, answer: true };

/** Steps that may be taken for one test. */
const MAX_STEPS = 400;

/** What names and expressions mean. */
interface Meanings {
  readonly bindings: Bindings;
  readonly values: Values;
  readonly constants: Constants;
}

export class Witnesses {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #constants: Constants;
  readonly #places: Places;
  readonly #stores: Keeping;
  readonly #connected: Connected;
  readonly #contexts: Contexts;
  readonly #states: States;
  readonly #believed: Believes;
  readonly #step: () => void;
  #depth = 0;
  #steps = 0;
  readonly #together = new Together();

  constructor(
    { bindings, values, constants }: Meanings,
    places: Places,
    stores: Keeping,
    believes: Believes,
    step: () => void,
  ) {
    this.#bindings = bindings;
    this.#values = values;
    this.#constants = constants;
    this.#places = places;
    this.#stores = stores;
    this.#connected = new Connected(bindings, values, stores, places);
    this.#contexts = new Contexts(bindings, values, places);
    this.#states = new States(bindings, values, stores);
    this.#believed = believes;
    this.#step = step;
  }

  /** What it tells that a test turns out so. */
  of(test: Node, outcome: boolean): Evidence {
    this.#together.clear();
    const told = this.#alone(test, outcome);
    if (told !== NONE) return told;
    const isProven = this.#together.proves(
      () => conditionsAt(test, outcome),
      (ended) => this.#believed(ended, IS_THERE),
      (one) => this.#alone(one.test, one.outcome) >= RENDERED,
    );
    return isProven ? RENDERED : NONE;
  }

  #alone(test: Node, outcome: boolean): Evidence {
    this.#steps = 0;
    const chosen = test.parent?.type === 'SwitchCase' ? test.parent : null;
    const question = chosen?.test === test ? this.#literal(test) : null;
    const whole = chosen?.parent;
    const told =
      question !== null && whole?.type === 'SwitchStatement'
        ? this.#answers(whole.discriminant, { question, answer: outcome })
        : this.#answers(test, { question: TRUTHY, answer: outcome });
    return told === VACUOUS ? NONE : told;
  }

  #literal(node: Node): Question | null {
    return literalQuestion(node, this.#constants);
  }

  /** What it tells that the value of an expression answers so. */
  #answers(node: Node, ask: Ask): Evidence {
    if (this.#depth >= MAX_DEPTH || ++this.#steps > MAX_STEPS) return NONE;
    this.#step();
    this.#depth++;
    try {
      return this.#expression(strip(node), ask);
    } finally {
      this.#depth--;
    }
  }

  #expression(node: Node, ask: Ask): Evidence {
    const literal = this.#literal(node);
    if (literal !== null) return canAnswer(literal, ask) ? NONE : VACUOUS;
    switch (node.type) {
      case 'UnaryExpression':
        return node.operator === '!' && ask.question === TRUTHY
          ? this.#answers(node.argument, { question: TRUTHY, answer: !ask.answer })
          : NONE;
      case 'LogicalExpression':
        return this.#logical(node, ask);
      case 'ConditionalExpression':
        return Math.min(
          Math.max(this.#truthy(node.test, true), this.#answers(node.consequent, ask)),
          Math.max(this.#truthy(node.test, false), this.#answers(node.alternate, ask)),
        );
      case 'BinaryExpression': {
        if (ask.question !== TRUTHY) return NONE;
        const question = equalityQuestion(node.operator, node.left, node.right, this.#constants);
        if (question === null) return NONE;
        const subject = this.#literal(node.right) === null ? node.right : node.left;
        return this.#answers(subject, {
          question,
          answer: node.operator.startsWith('!') !== ask.answer,
        });
      }
      case 'ChainExpression':
        // There may be nothing at all.
        return canAnswer(UNDEFINED, ask) ? NONE : this.#answers(node.expression, ask);
      case 'Identifier':
        return this.#stated(node, ask) ?? this.#name(node, ask);
      case 'MemberExpression':
        return this.#member(node, ask);
      case 'CallExpression':
        return this.#call(node, ask, false);
      case 'AwaitExpression': {
        const inner = strip(node.argument);
        return inner.type === 'CallExpression' ? this.#call(inner, ask, true) : NONE;
      }
      case 'YieldExpression': {
        const selected = this.#states.selectedBy(node);
        return selected === null ? NONE : this.#call(selected, ask, true);
      }
      default:
        return NONE;
    }
  }

  /** A name that a part of the state of Redux has been given; null for any other. */
  #stated(node: Node, ask: Ask): Evidence | null {
    const state = this.#states.of(node);
    const name = state?.path.at(-1);
    if (state === null || name === undefined) return null;
    const place = this.#places.reduced({ ...state, path: state.path.slice(0, -1) }, name);
    return place !== null && this.#believes(place, ask) ? state.told : NONE;
  }

  #truthy(node: Node, answer: boolean): Evidence {
    return this.#answers(node, { question: TRUTHY, answer });
  }

  #logical(node: Node & { readonly type: 'LogicalExpression' }, ask: Ask): Evidence {
    const { left, right, operator } = node;
    const other = this.#answers(right, ask);
    if (operator === '??') return Math.min(this.#answers(left, ask), other);
    const isAnd = operator === '&&';
    // Where the right side is what counts, the left one is known.
    const byRight = Math.max(this.#truthy(left, isAnd), other);
    const byLeft =
      ask.question === TRUTHY && ask.answer === isAnd ? VACUOUS : this.#answers(left, ask);
    return Math.min(byLeft, byRight);
  }

  #name(node: Node, ask: Ask): Evidence {
    const variable = this.#bindings.variable(node);
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition === undefined) return NONE;
    if (definition.type === 'ImportBinding') {
      return this.#all(this.#values.origins(node) ?? [], (origin) => this.#answers(origin, ask));
    }
    const place = this.#places.variable(variable);
    if (place !== null) return this.#told(place, ask);
    const { node: declarator, name } = definition;
    const property = this.#connected.property(definition);
    if (property !== null) return this.#given(property, ask);
    if (declarator.type !== 'VariableDeclarator' || declarator.init === null) return NONE;
    if (!isNeverReassigned(variable)) return NONE;
    const steps = stepsTo(declarator.id, name);
    if (steps === null) return NONE;
    const told = this.#taken(declarator.init, steps, ask);
    return this.#kept(told, node, declarator);
  }

  /** A property that a component is given of the state of Redux. */
  #given({ selector, name }: Given, ask: Ask): Evidence {
    const told = this.#states.opened(selector, (functions) =>
      this.#all(this.#returnedBy(functions), (one) =>
        one === null ? NONE : this.#made(one, name, ask),
      ),
    );
    return rendered(told);
  }

  /** What was read where a name was declared, and is tested elsewhere. */
  #kept(told: Evidence, use: Node, declarator: Node): Evidence {
    if (told >= RENDERED || told === NONE) return told;
    const isSame = runOf(use) === runOf(declarator) && rootOf(use) === rootOf(declarator);
    return isSame ? BEFORE : NONE;
  }

  /** What it tells that the part of a value answers so to which these steps lead. */
  #taken(given: Node, steps: readonly Step[], ask: Ask): Evidence {
    const [step, next, ...others] = steps;
    if (step === undefined) return this.#answers(given, ask);
    const name =
      step.kind === 'property'
        ? keyName(step.node.key, step.node.computed)
        : step.kind === 'element'
          ? String(step.index)
          : null;
    if (name === null) return NONE;
    if (next === undefined) return this.#part(given, name, ask);
    if (next.kind !== 'default' || others.length > 0) return NONE;
    return Math.min(this.#part(given, name, ask), this.#answers(next.node.right, ask));
  }

  #member(node: Node & { readonly type: 'MemberExpression' }, ask: Ask): Evidence {
    const name = memberName(node);
    if (name === null) return NONE;
    const origins = this.#values.origins(node) ?? [];
    if (origins.length > 0) return this.#all(origins, (origin) => this.#answers(origin, ask));
    const told = this.#part(node.object, name, ask);
    // Nothing has no properties.
    return told !== NONE || canAnswer(UNDEFINED, ask)
      ? told
      : this.#answers(node.object, { question: NULLISH, answer: false });
  }

  /** What it tells that a property of what an expression gives answers so. */
  #part(node: Node, name: string, ask: Ask): Evidence {
    if (this.#depth >= MAX_DEPTH || ++this.#steps > MAX_STEPS) return NONE;
    this.#step();
    this.#depth++;
    try {
      return this.#partOf(strip(node), name, ask);
    } finally {
      this.#depth--;
    }
  }

  #partOf(node: Node, name: string, ask: Ask): Evidence {
    const state = this.#states.of(node);
    if (state !== null) {
      const place = this.#places.reduced(state, name);
      return place !== null && this.#believes(place, ask) ? state.told : NONE;
    }
    const part = (of: Node): Evidence => this.#part(of, name, ask);
    switch (node.type) {
      case 'Identifier': {
        const variable = this.#bindings.variable(node);
        if (variable === null) return NONE;
        const ref = name === 'current' ? this.#places.ref(variable) : null;
        if (ref !== null) return this.#told(ref, ask);
        if (variable.defs[0]?.type === 'ImportBinding') {
          const origins = this.#values.origins(node) ?? [];
          return origins.length > 0 ? this.#all(origins, part) : NONE;
        }
        return this.#partOfName(node, variable, name, ask);
      }
      case 'ConditionalExpression':
        return Math.min(part(node.consequent), part(node.alternate));
      case 'LogicalExpression':
        return Math.min(node.operator === '&&' ? VACUOUS : part(node.left), part(node.right));
      case 'YieldExpression': {
        const selected = this.#states.selectedBy(node);
        return selected === null ? NONE : part(selected);
      }
      case 'AwaitExpression':
      case 'ChainExpression':
        break;
      case 'CallExpression': {
        const queried = this.#places.queried(node, name);
        if (queried !== null) return this.#told(queried, ask);
        const state = name === '0' ? this.#places.state(node) : null;
        if (state !== null) return this.#told(state, ask);
        const atom = name === '0' ? this.#stores.held(node) : null;
        if (atom !== null) return this.#atom(atom.atom, ask);
        const provided = this.#contexts.provided(node);
        if (provided !== null) return this.#all(provided, part);
        const selected = this.#selected(node, (one) =>
          one === null ? VACUOUS : this.#made(one, name, ask),
        );
        if (selected !== null && selected !== NONE) return selected;
        const returns = this.#returnsOf(node, false);
        // Nothing has no properties.
        if (returns !== null) {
          return this.#together.within(node, () =>
            this.#all(returns, (one) => (one === null ? VACUOUS : part(one))),
          );
        }
        break;
      }
      default: {
        const literal = literalQuestion(node);
        if (literal?.kind === 'equals' && literal.literal === 'nullish') return VACUOUS;
        break;
      }
    }
    return this.#partOfValues(node, name, ask);
  }

  #partOfName(node: Node, variable: Variable, name: string, ask: Ask): Evidence {
    const state = this.#stateNamed(variable);
    if (state !== null) {
      const place = this.#places.state(state, name);
      return place === null ? NONE : this.#told(place, ask);
    }
    const [definition] = variable.defs;
    const given = definition === undefined ? null : this.#connected.whole(definition, name);
    if (given !== null) return this.#given(given, ask);
    const initializer = isNeverReassigned(variable) ? initializerOf(variable) : null;
    const call = initializer === null ? null : strip(initializer);
    // What a library's hook gives is of the render.
    if (initializer !== null && call?.type === 'CallExpression') {
      const told = this.#part(initializer, name, ask);
      if (told !== NONE) return told >= RENDERED ? told : BEFORE;
    }
    return this.#partOfValues(node, name, ask);
  }

  /** The call whose state a name stands for: the first of a pattern. */
  #stateNamed(variable: Variable): CallExpression | null {
    const [definition] = variable.defs;
    const declarator = definition?.node;
    if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'ArrayPattern') {
      return null;
    }
    const call = declarator.init === null ? null : unwrap(declarator.init);
    const isState = declarator.id.elements[0] === definition?.name && isNeverReassigned(variable);
    return isState && call?.type === 'CallExpression' ? call : null;
  }

  #partOfValues(node: Node, name: string, ask: Ask): Evidence {
    const values = this.#values.of(node);
    const told = this.#all(values, (value) =>
      isOwner(value) ? this.#property(value, name, ask) : NONE,
    );
    return this.#isLibraryHook(node) ? rendered(told) : told;
  }

  /** Whether an expression is what a hook of a library gives, which renders again when that changes. */
  #isLibraryHook(node: Node): boolean {
    if (node.type !== 'CallExpression' || !/^use[A-Z]/.test(calledName(node) ?? '')) return false;
    return this.#values.of(node.callee).every(({ kind }) => kind === 'external');
  }

  #property(owner: Owner, name: string, ask: Ask): Evidence {
    const got = (getter: Node): Evidence => {
      const returns = isFunction(getter) ? this.#returned(getter) : [];
      return this.#all(returns, (one) => this.#value(one, ask));
    };
    if (owner.kind === 'object') {
      const own = owner.node.properties.findLast(
        (property) =>
          property.type === 'Property' && keyName(property.key, property.computed) === name,
      );
      if (own?.type === 'Property' && own.kind === 'get') return got(own.value);
      const initial = initialOf(owner.node, name, this.#values);
      if (initial === 'unseen') return NONE;
      const place = this.#places.property(owner, name, initial ?? null);
      if (place !== null) return this.#told(place, ask);
      const told = initial === undefined ? NONE : this.#answers(initial, ask);
      // What was read when the object was made may be long ago.
      return told >= RENDERED ? told : NONE;
    }
    const members = membersNamed(owner.node, name, owner.kind === 'class');
    const [member, ...others] = members;
    if (others.length > 0 || member === undefined) return NONE;
    if (member.type === 'MethodDefinition') return member.kind === 'get' ? got(member.value) : NONE;
    if (member.type !== 'PropertyDefinition') return NONE;
    const place = this.#places.property(owner, name, member.value);
    return place === null ? NONE : this.#told(place, ask);
  }

  #call(node: CallExpression, ask: Ask, isAwaited: boolean): Evidence {
    const [first] = node.arguments;
    if (first !== undefined && isGlobal(node.callee, 'Boolean', this.#bindings)) {
      return ask.question === TRUTHY ? this.#answers(first, ask) : NONE;
    }
    const held = this.#stores.held(node);
    if (held !== null) return held.isSetter ? NONE : this.#atom(held.atom, ask);
    const provided = this.#contexts.provided(node);
    if (provided !== null) return this.#all(provided, (value) => this.#answers(value, ask));
    const selected = this.#selected(node, (one) => this.#value(one, ask));
    if (selected !== null) return selected;
    const returns = this.#returnsOf(node, isAwaited);
    if (returns === null && !this.#states.isSelector(node.callee)) return NONE;
    const told = this.#together.within(node, () =>
      this.#states.calling(node, (functions) =>
        this.#all(this.#returnedBy(functions), (one) => this.#value(one, ask)),
      ),
    );
    return isAwaited && told === NOW ? BEFORE : told;
  }

  /** What it tells of all that a selector gives; null for a call that does not select. */
  #selected(node: CallExpression, tell: (given: Node | null) => Evidence): Evidence | null {
    const selector = this.#stores.selected(node);
    if (selector === null) return null;
    const told = this.#states.selecting(selector, node, (functions) =>
      this.#all(this.#returnedBy(functions), tell),
    );
    return /^use[A-Z]/.test(calledName(node) ?? '') ? rendered(told) : told;
  }

  /** A property of what has just been made. */
  #made(node: Node, name: string, ask: Ask): Evidence {
    const inner = unwrap(node);
    if (inner.type !== 'ObjectExpression') return this.#part(node, name, ask);
    const value = initialOf(inner, name, this.#values);
    return value === 'unseen' ? NONE : this.#value(value ?? null, ask);
  }

  #value(node: Node | null, ask: Ask): Evidence {
    if (node !== null) return this.#answers(node, ask);
    return canAnswer(UNDEFINED, ask) ? NONE : VACUOUS;
  }

  /** What an atom keeps, or what it works out of others. */
  #atom(made: CallExpression, ask: Ask): Evidence {
    const [first] = made.arguments;
    const reading = first === undefined ? [] : this.#values.functions(first);
    if (reading.length > 0) {
      const told = this.#all(this.#returnedBy(reading), (one) => this.#value(one, ask));
      return rendered(told);
    }
    const place = this.#places.atom(made);
    return place !== null && this.#believes(place, ask) ? RENDERED : NONE;
  }

  /** What a call can give, null for nothing; null where the function is not seen. */
  #returnsOf(node: CallExpression, isAwaited: boolean): readonly (Node | null)[] | null {
    const targets = this.#values.of(node.callee);
    if (targets.length === 0) return null;
    const functions: FunctionNode[] = [];
    for (const target of targets) {
      if (target.kind !== 'function' || target.node.generator) return null;
      // A promise is always truthy.
      if (target.node.async && !isAwaited) return null;
      functions.push(target.node);
    }
    return this.#returnedBy(functions);
  }

  #returned(node: FunctionNode): readonly (Node | null)[] {
    return this.#values.endsOf(node);
  }

  #returnedBy(functions: readonly FunctionNode[]): readonly (Node | null)[] {
    return functions.flatMap((one) => this.#returned(one));
  }

  #told(place: Place, ask: Ask): Evidence {
    if (!this.#believes(place, ask)) return NONE;
    return place.isRendered ? RENDERED : NOW;
  }

  #believes(place: Place, ask: Ask): boolean {
    return this.#together.answers(place, ask, () => this.#believed(place, ask));
  }

  /** What all of these tell, of which there is one at least. */
  #all<T>(items: readonly T[], tell: (item: T) => Evidence): Evidence {
    let told: Evidence = items.length === 0 ? NONE : VACUOUS;
    for (const item of items) {
      if (told === NONE) break;
      told = Math.min(told, tell(item));
    }
    return told;
  }
}

function isOwner(value: Value): value is Owner {
  return value.kind === 'object' || value.kind === 'instance' || value.kind === 'class';
}
