/**
 * Which functions of a file can lead to an event at all, told by one walk over its tree, with nothing
 * lowered: a function leads to whatever its code names, and a name to whatever is given to it. Too
 * much is found, and never too little: bindings are followed, properties go by their names alone. What
 * leads nowhere has a term with no event, and calls and refers to nothing that has one.
 */

import {
  childrenOf,
  constructorOf,
  functionAround,
  isClass,
  isFunction,
  keyName,
  memberName,
  memberNameOf,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type OpeningElement,
  type Program,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { isTooDeep } from '../../syntax/depth.ts';
import { exportedFrom } from '../../syntax/declared.ts';
import { isExports } from '../../syntax/forms.ts';
import { namesIn, targetOf } from '../../syntax/patterns.ts';
import { isNewPromise, isWithResolvers, linkOf } from '../../syntax/promises.ts';
import type { Value } from '../../values/resolve.ts';
import { functionOf, partsOf } from './had.ts';

/** What tells of things that code does not show. */
export interface Sources {
  /** What an expression can be. */
  of(node: Node): readonly Value[];
  /** What something can be by its type annotation alone. */
  typed(annotation: Node): readonly Value[];
}

/** What stands for a piece of code, a binding, or all properties of a name. */
type Unit = number;

/** What code can get that does not come from this file: the subject of the protocol, other modules. */
const OUTSIDE: Unit = 0;

/** Any property, for who reads one whose name is not written. */
const ANY_NAME: Unit = 1;

/** A property whose name is computed where it is made: it can be of any name. */
const COMPUTED: Unit = 2;

/** The classes that extend others: `this` can be of one of these. */
const HEIRS: Unit = 3;

/** Stands for a binding that is no parameter which is called or given on. */
const NO_PART = -1;

/** Operators that give a number. */
const NUMERIC: ReadonlySet<string> = new Set([
  '-',
  '*',
  '/',
  '%',
  '**',
  '|',
  '&',
  '^',
  '<<',
  '>>',
  '>>>',
]);

/** Methods that wait for a promise. */
const SETTLING: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** Methods that give a stack of resources something to do when it is disposed of. */
const DEFERRING: ReadonlySet<string> = new Set(['adopt', 'defer', 'use']);

export class Leads {
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #values: Sources;
  readonly #events: ReadonlySet<Node>;
  /** For each unit, the last of those that lead to it, as a place in the lists; none below 0. */
  readonly #heads: number[] = [-1, -1, -1, -1];
  readonly #froms: Unit[] = [];
  readonly #nexts: number[] = [];
  /** By the numbers of bindings; 0 for none. */
  readonly #variables: Int32Array;
  readonly #names = new Map<string, Unit>();
  /** What is given to what a binding holds. */
  readonly #givenTo: Int32Array;
  /** For each unit, the last of those that read a property of its name, as a place in the lists. */
  readonly #lastReads: number[] = [-1, -1, -1, -1];
  readonly #readObjects: Node[] = [];
  readonly #readFroms: Unit[] = [];
  readonly #nextReads: number[] = [];
  /** What stands for all that a call gives, where it goes by the values who gets it. */
  readonly #takers = new Map<Unit, CallExpression | NewExpression>();
  readonly #parameters = new Map<FunctionNode, Unit>();
  /** For what stands for a parameter, the parameter, and what stands for its own part. */
  readonly #parts = new Map<Unit, { readonly own: Unit; readonly name: Node }>();
  /** That part, by the numbers of bindings: 0 for what is not known yet, and {@link NO_PART}. */
  readonly #own: Int32Array;
  /** For parameters, the calls of what they hold, and who makes them. */
  readonly #results = new Map<Unit, { readonly call: Node; readonly from: Unit }[]>();
  /** What stands for all that calls of a function give. */
  readonly #returned = new Map<FunctionNode, Unit>();
  readonly #code = new Map<Node, Unit>();
  /** What is to be visited, and for whom. */
  readonly #open: Node[] = [];
  readonly #openFroms: Unit[] = [];
  #reached: Uint8Array | null = null;

  /** @param events what raises an event, besides what comes from outside */
  constructor(
    program: Program,
    bindings: Bindings,
    values: Sources,
    events: ReadonlySet<Node> = new Set(),
  ) {
    this.#program = program;
    this.#events = events;
    this.#bindings = bindings;
    this.#values = values;
    this.#variables = new Int32Array(bindings.count);
    this.#givenTo = new Int32Array(bindings.count);
    this.#own = new Int32Array(bindings.count);
  }

  /** Whether a function, or the construction of a class, can lead to an event; its body stands for that. */
  canLead(code: Node): boolean {
    this.#reached ??= this.#walk();
    const unit = this.#code.get(code);
    return unit === undefined || this.#reached[unit] === 1;
  }

  #walk(): Uint8Array {
    this.#lead(ANY_NAME, COMPUTED);
    const top = this.#unit();
    this.#push(this.#program, top);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      this.#visit(next, this.#openFroms.pop() ?? top);
    }
    const reached = new Uint8Array(this.#heads.length);
    const open: Unit[] = [];
    const reach = (unit: Unit): void => {
      if (reached[unit] === 1) return;
      reached[unit] = 1;
      open.push(unit);
    };
    reach(OUTSIDE);
    for (let unit = open.pop(); unit !== undefined; unit = open.pop()) {
      for (let at = this.#heads[unit] ?? -1; at >= 0; at = this.#nexts[at] ?? -1) {
        reach(this.#froms[at] ?? OUTSIDE);
      }
      // Whose property it is, and what is called by a method's name, is only asked where it matters.
      for (let at = this.#lastReads[unit] ?? -1; at >= 0; at = this.#nextReads[at] ?? -1) {
        const from = this.#readFroms[at] ?? OUTSIDE;
        const object = this.#readObjects[at];
        if (reached[from] === 0 && object !== undefined && this.#canRead(object, unit)) reach(from);
      }
      const part = this.#parts.get(unit);
      if (part !== undefined && this.#values.of(part.name).some(hasNames)) reach(part.own);
      for (const { call: made, from } of this.#results.get(unit) ?? []) {
        if (reached[from] === 0 && this.#values.of(made).length > 0) reach(from);
      }
      const call = this.#takers.get(unit);
      if (call !== undefined) for (const taker of this.#calledBy(call)) reach(taker);
    }
    return reached;
  }

  /** Whether a property of an expression can be one that the file gives to something. */
  #canRead(object: Node, name: Unit): boolean {
    if (isExports(unwrap(object))) return true;
    const owners = this.#values.of(object);
    return name === ANY_NAME ? owners.some(hasNames) : owners.length > 0;
  }

  /** What stands for the parameters of what a call calls. */
  #calledBy(call: CallExpression | NewExpression): readonly Unit[] {
    const takers: Unit[] = [];
    const add = (node: FunctionNode | null): void => {
      const unit = node === null ? undefined : this.#parameters.get(node);
      if (unit !== undefined) takers.push(unit);
    };
    const constructed = new Set<ClassNode>();
    for (const value of this.#values.of(call.callee)) {
      if (value.kind === 'function') add(value.node);
      if (value.kind === 'class') constructed.add(value.node);
      if (value.kind === 'instance') constructed.add(value.node);
    }
    // A class with no constructor of its own hands on what it is given.
    for (const node of constructed) {
      const own = constructorOf(node);
      add(own);
      if (own !== null || node.superClass === null) continue;
      for (const value of this.#values.of(node.superClass)) {
        if (value.kind === 'class') constructed.add(value.node);
      }
    }
    return takers;
  }

  #unit(): Unit {
    this.#heads.push(-1);
    this.#lastReads.push(-1);
    return this.#heads.length - 1;
  }

  #lead(from: Unit, to: Unit): void {
    this.#froms.push(from);
    this.#nexts.push(this.#heads[to] ?? -1);
    this.#heads[to] = this.#froms.length - 1;
  }

  #push(node: Node, from: Unit): void {
    this.#open.push(node);
    this.#openFroms.push(from);
  }

  #pushAll(nodes: readonly (Node | null)[], from: Unit): void {
    for (const node of nodes) if (node !== null) this.#push(node, from);
  }

  /**
   * An expression whose value is given to somebody: to evaluate it leads to all of its code, to have
   * its value only to what that can be.
   *
   * @param from who evaluates it
   */
  #given(node: Node, from: Unit, takers: readonly Unit[]): void {
    if (takers.length === 0) {
      this.#push(node, from);
      return;
    }
    const open = [node];
    const whole: Node[] = [];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const parts = this.#events.has(next) ? null : partsOf(next);
      if (parts !== null) open.push(...parts);
      else if (!this.#had(next, takers)) whole.push(next);
    }
    // What is had as a whole is evaluated with it.
    if (whole.length === 1 && whole[0] === node) {
      this.#shared(node, [from, ...takers]);
      return;
    }
    this.#push(node, from);
    for (const one of whole) this.#shared(one, takers);
  }

  /** Tells takers of a value without a look at the code that makes it; false where that is due. */
  #had(node: Node, takers: readonly Unit[]): boolean {
    if (node.type !== 'CallExpression' || this.#events.has(node)) return false;
    const { callee } = node;
    const variable = callee.type === 'Identifier' ? this.#bindings.variable(callee) : null;
    const called = variable === null ? null : functionOf(variable);
    if (called === null) return false;
    const unit = this.#of(called, this.#returned);
    for (const taker of takers) this.#lead(taker, unit);
    return true;
  }

  /** Code that several lead to. */
  #shared(node: Node, from: readonly Unit[]): void {
    if (node.type === 'Literal') return;
    const [only, ...others] = from;
    if (only !== undefined && others.length === 0) {
      this.#push(node, only);
      return;
    }
    const unit = this.#unit();
    for (const one of from) this.#lead(one, unit);
    this.#push(node, unit);
  }

  #variable(identifier: Node): Unit | null {
    const number = this.#bindings.number(identifier);
    if (number < 0) return null;
    const known = this.#variables[number] ?? 0;
    if (known > 0) return known;
    const unit = this.#numbered(number, this.#variables);
    // A class has its name twice: around it, and within.
    for (const { type, node } of this.#bindings.variable(identifier)?.defs ?? []) {
      if (type === 'FunctionName') this.#lead(unit, this.#of(node, this.#code));
      if (isClass(node)) this.#lead(unit, this.#of<Node>(node.body, this.#code));
    }
    return unit;
  }

  /** What is given to what a name is bound to; null for a global. */
  #takenBy(identifier: Node): Unit | null {
    const number = this.#bindings.number(identifier);
    return number < 0 ? null : this.#numbered(number, this.#givenTo);
  }

  #numbered(number: number, units: Int32Array): Unit {
    const known = units[number] ?? 0;
    if (known > 0) return known;
    return (units[number] = this.#unit());
  }

  #of<Key>(key: Key, units: Map<Key, Unit>): Unit {
    let unit = units.get(key);
    if (unit === undefined) {
      unit = this.#unit();
      units.set(key, unit);
    }
    return unit;
  }

  /** All properties of a name. */
  #name(name: string | null): Unit {
    if (name === null) return COMPUTED;
    let unit = this.#names.get(name);
    if (unit === undefined) {
      unit = this.#of(name, this.#names);
      this.#lead(unit, COMPUTED);
      this.#lead(ANY_NAME, unit);
    }
    return unit;
  }

  #visit(node: Node, from: Unit): void {
    if (this.#events.has(node)) this.#lead(from, OUTSIDE);
    if (isFunction(node)) {
      this.#function(node, from);
      return;
    }
    switch (node.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSTypeAnnotation':
      case 'TSTypeParameterDeclaration':
      case 'TSTypeParameterInstantiation':
        return;
      case 'Literal':
      case 'PrivateIdentifier':
        return;
      case 'Identifier':
      case 'JSXIdentifier':
        this.#mention(node, from);
        return;
      case 'ThisExpression':
        this.#self(node, from);
        return;
      case 'MemberExpression':
        this.#member(node, from);
        return;
      case 'CallExpression':
      case 'NewExpression':
        this.#call(node, from);
        return;
      case 'JSXOpeningElement':
        this.#element(node, from);
        return;
      case 'ImportExpression':
        this.#outside(node, from);
        this.#push(node.source, from);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node, from);
        return;
      case 'VariableDeclarator':
        this.#declarator(node, from);
        return;
      case 'ReturnStatement':
        this.#return(node, from);
        return;
      case 'BinaryExpression':
        this.#looked(node.left, from);
        this.#looked(node.right, from);
        return;
      case 'UnaryExpression':
        this.#looked(node.argument, from);
        return;
      case 'IfStatement':
      case 'ConditionalExpression':
        this.#looked(node.test, from);
        this.#pushAll([node.consequent, node.alternate], from);
        return;
      case 'AssignmentExpression':
        this.#assignment(node, from);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.#forEach(node, from);
        return;
      case 'Property':
        this.#property(node, from);
        return;
      case 'TSModuleDeclaration':
        for (const name of exportedFrom(node)) {
          const unit = this.#variable(name);
          if (unit !== null) this.#lead(this.#name(name.name), unit);
        }
        this.#pushAll(childrenOf(node), from);
        return;
      case 'ImportDeclaration':
        for (const { local } of node.specifiers) this.#imported(local);
        return;
      case 'TSImportEqualsDeclaration':
        this.#imported(node.id);
        return;
      default:
        this.#pushAll(childrenOf(node), from);
    }
  }

  /** An import leads outside where something is known of it. */
  #imported(name: Node): void {
    const unit = this.#variable(name);
    if (unit !== null) this.#outside(name, unit);
  }

  #outside(node: Node, from: Unit): void {
    const isKnown = this.#values
      .of(node)
      .some((value) => value.kind !== 'promise' || value.of.length > 0);
    if (isKnown) this.#lead(from, OUTSIDE);
  }

  #mention(node: Node, from: Unit): void {
    const unit = this.#variable(node);
    if (unit !== null) this.#lead(from, unit);
    else if (this.#values.of(node).length > 0) this.#lead(from, OUTSIDE);
  }

  #member(node: MemberExpression, from: Unit): void {
    const object = unwrap(node.object);
    const name = memberName(node);
    // A property of `this` goes by its name.
    if (object.type !== 'ThisExpression' || node.computed) {
      if (name !== null && !SETTLING.has(name)) this.#looked(node.object, from);
      else this.#push(node.object, from);
    }
    if (name === null) this.#push(node.property, from);
    if (name === null && isNumber(node.property)) return;
    const unit = name === null ? ANY_NAME : this.#name(name);
    this.#nextReads.push(this.#lastReads[unit] ?? -1);
    this.#lastReads[unit] = this.#readObjects.push(node.object) - 1;
    this.#readFroms.push(from);
  }

  /** What is only looked at: a property of it is read, or it is compared. */
  #looked(node: Node, from: Unit): void {
    const parameter = this.#events.has(node) ? null : this.#parameterAt(node);
    if (parameter === null) this.#push(node, from);
    else this.#lead(from, parameter);
  }

  /** `this` is an object of the class or literal around it, or of a class that extends that. */
  #self(node: Node, from: Unit): void {
    this.#lead(from, HEIRS);
    for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (outer.type === 'ClassBody') {
        this.#lead(from, this.#of(outer, this.#code));
        return;
      }
      if (outer.type === 'ObjectExpression') {
        for (const property of outer.properties) {
          if (property.type !== 'Property') continue;
          this.#lead(from, this.#name(keyName(property.key, property.computed)));
        }
      }
    }
  }

  #call(node: CallExpression | NewExpression, from: Unit): void {
    const callee = unwrap(node.callee);
    const isRequire = callee.type === 'Identifier' && callee.name === 'require';
    if (isRequire && this.#bindings.variable(callee) === null) this.#outside(node, from);
    const callbacks = node.arguments.map(unwrap).filter(isFunction);
    // Who settles a promise by hand may be anybody.
    const isKept =
      isNewPromise(node, this.#bindings) &&
      (callbacks.length === 0 || callbacks.some((one) => this.#isKept(one)));
    if (isKept || isWithResolvers(node, this.#bindings)) this.#lead(from, OUTSIDE);
    let unit = from;
    if (callbacks.length > 0) {
      // What a callback is given can come from all of the call.
      unit = this.#unit();
      this.#lead(from, unit);
      for (const callback of callbacks) this.#lead(this.#parametersOf(callback), unit);
    }
    const called = this.#parameterAt(callee);
    if (called === null) {
      this.#push(node.callee, unit);
    } else {
      this.#lead(unit, called);
      const all = this.#variable(callee);
      if (all !== null) this.#gives(all, node, unit);
    }
    const taker = this.#taker(node, callee);
    const takers = taker === null ? [unit] : [unit, taker];
    // What a map is given is what can be got of it.
    if (memberNameOf(callee) === 'set') takers.push(this.#name('get'));
    // What a stack of resources is given is called by whoever disposes of it.
    const isDeferred =
      callee.type === 'MemberExpression' && DEFERRING.has(memberNameOf(callee) ?? '');
    const stack = isDeferred ? unwrap(callee.object) : null;
    const holder = stack?.type === 'Identifier' ? this.#variable(stack) : null;
    if (holder !== null) takers.push(holder);
    for (const argument of node.arguments) {
      const given = this.#parameterAt(argument);
      if (given === null) {
        this.#given(argument, unit, takers.slice(1));
        continue;
      }
      this.#lead(unit, given);
      const all = this.#variable(argument);
      if (all !== null) for (const one of takers) if (one !== unit) this.#lead(one, all);
    }
  }

  /** What a parameter holds is called, whose result somebody has. */
  #gives(parameter: Unit, call: Node, from: Unit): void {
    const results = this.#results.get(parameter);
    if (results === undefined) this.#results.set(parameter, [{ call, from }]);
    else results.push({ call, from });
  }

  /** Whether what an executor is given is kept, so that other code can settle the promise. */
  #isKept({ params }: FunctionNode): boolean {
    return params.some((parameter) => {
      if (parameter.type !== 'Identifier') return true;
      const references = this.#bindings.variable(parameter)?.references ?? [];
      return references.some(({ identifier: { parent }, identifier }) => {
        if (parent?.type !== 'CallExpression') return true;
        const { callee } = parent;
        if (callee === identifier) return false;
        const isHandler = callee.type === 'MemberExpression' && linkOf(callee) !== null;
        const isTimer = callee.type === 'Identifier' && this.#bindings.isGlobal(callee);
        return !isHandler && !isTimer;
      });
    });
  }

  /** A component is given what its element has. */
  #element(node: OpeningElement, from: Unit): void {
    this.#push(node.name, from);
    const given = node.name.type === 'JSXIdentifier' ? this.#takenBy(node.name) : null;
    const takers = given === null ? [from] : [from, given];
    for (const attribute of node.attributes) this.#shared(attribute, takers);
  }

  /**
   * What stands for the own part of a parameter that is called or given on; null for anything else.
   * Which functions it holds is told where it is given them; its own part are the objects among what it
   * is given, with their methods.
   */
  #parameterAt(node: Node): Unit | null {
    if (node.type !== 'Identifier') return null;
    const number = this.#bindings.number(node);
    if (number < 0) return null;
    let own = this.#own[number] ?? NO_PART;
    if (own === 0) {
      own = this.#ownPart(node, number);
      this.#own[number] = own;
    }
    return own === NO_PART ? null : own;
  }

  #ownPart(node: Node, number: number): Unit {
    const variable = this.#bindings.variable(node);
    const [definition, ...others] = variable?.defs ?? [];
    if (variable === null || definition?.type !== 'Parameter' || others.length > 0) return NO_PART;
    const { node: owner, name } = definition;
    const isWhole = isFunction(owner) && owner.params.some((parameter) => parameter === name);
    if (!isWhole || !isNeverReassigned(variable)) return NO_PART;
    const own = this.#unit();
    this.#parts.set(this.#numbered(number, this.#variables), { own, name: node });
    return own;
  }

  /** What stands for all that is given to what a call calls. */
  #taker(node: CallExpression | NewExpression, callee: Node): Unit | null {
    if (node.arguments.length === 0) return null;
    if (isFunction(callee)) return this.#parametersOf(callee);
    const isNamed = callee.type === 'Identifier' && node.type === 'CallExpression';
    const given = isNamed ? this.#takenBy(callee) : null;
    if (given !== null) return given;
    const unit = this.#unit();
    this.#takers.set(unit, node);
    return unit;
  }

  /** What is given to the parameters of a function. */
  #parametersOf(node: FunctionNode): Unit {
    let unit = this.#parameters.get(node);
    if (unit === undefined) {
      unit = this.#unit();
      this.#parameters.set(node, unit);
      for (const taker of this.#takersOf(node)) this.#lead(unit, taker);
    }
    return unit;
  }

  /** The names by which a function is called. */
  #takersOf(node: FunctionNode): readonly Unit[] {
    const takers: Unit[] = [];
    const add = (name: Node): void => {
      const unit = this.#takenBy(name);
      if (unit !== null) takers.push(unit);
    };
    if (node.type !== 'ArrowFunctionExpression' && node.id) add(node.id);
    // A name may stand around functions that hand it on.
    for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (outer.type === 'VariableDeclarator') {
        for (const name of namesIn(outer.id)) add(name);
        break;
      }
      if (isFunction(outer) || outer.type.endsWith('Statement')) break;
    }
    return takers;
  }

  /** Of code that is nested too deeply, it is told that it is left out where something leads to it. */
  #noteDepth(node: Node, unit: Unit): void {
    if (isTooDeep(node)) this.#lead(unit, OUTSIDE);
  }

  #function(node: FunctionNode, from: Unit): void {
    const unit = this.#of<Node>(node, this.#code);
    this.#lead(from, unit);
    this.#noteDepth(node, unit);
    for (const parameter of node.params) {
      const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      for (const name of namesIn(target)) {
        const variable = this.#variable(name);
        if (variable === null) continue;
        this.#lead(variable, this.#parametersOf(node));
        this.#annotated(targetOf(parameter), variable);
        if (parameter.type === 'TSParameterProperty')
          this.#lead(this.#name(keyName(name, false)), variable);
      }
      this.#pattern(target, unit);
    }
    const returned = this.#of(node, this.#returned);
    // What goes on behind a promise, or in a generator, is the function's own code.
    if (node.async || node.generator) this.#lead(returned, unit);
    if (node.body !== null && node.body.type !== 'BlockStatement') {
      this.#given(node.body, unit, [returned]);
    } else if (node.body !== null) {
      this.#push(node.body, unit);
    }
    this.#pushAll(decoratorsOf(node), unit);
  }

  #return(node: Node & { type: 'ReturnStatement' }, from: Unit): void {
    if (node.argument === null) return;
    const around = functionAround(node);
    this.#given(node.argument, from, around === null ? [] : [this.#of(around, this.#returned)]);
  }

  #named(name: Node, unit: Unit): void {
    const variable = this.#variable(name);
    if (variable !== null) this.#lead(variable, unit);
  }

  /** The keys, defaults and members of a pattern: the names in it and the code around go by them. */
  #pattern(pattern: Node, from: Unit): void {
    switch (pattern.type) {
      case 'Identifier':
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            this.#pattern(property, from);
            continue;
          }
          const { key, computed, value } = property;
          const name = keyName(key, computed);
          const unit = name === null ? ANY_NAME : this.#name(name);
          this.#lead(from, unit);
          for (const one of namesIn(value)) this.#named(one, unit);
          if (computed) this.#push(key, from);
          this.#pattern(value, from);
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) {
          if (element !== null) this.#pattern(element, from);
        }
        return;
      case 'AssignmentPattern': {
        const units = namesIn(pattern.left).flatMap((name) => this.#variable(name) ?? []);
        this.#given(pattern.right, from, units);
        this.#pattern(pattern.left, from);
        return;
      }
      case 'RestElement':
        this.#pattern(pattern.argument, from);
        return;
      default:
        this.#push(pattern, from);
    }
  }

  #declarator(node: Node & { type: 'VariableDeclarator' }, from: Unit): void {
    this.#assigned(node.id, node.init, from);
  }

  #assignment(node: Node & { type: 'AssignmentExpression' }, from: Unit): void {
    const { left, right } = node;
    if (left.type === 'MemberExpression') {
      this.#push(left, from);
      const name = memberName(left);
      this.#given(right, from, name === null ? [] : [this.#name(name)]);
      return;
    }
    this.#assigned(left, right, from);
  }

  #forEach(node: Node & { type: 'ForInStatement' | 'ForOfStatement' }, from: Unit): void {
    const { left, right, body } = node;
    if (left.type === 'VariableDeclaration') {
      for (const { id } of left.declarations) this.#assigned(id, null, from, right);
    } else {
      this.#assigned(left, null, from, right);
    }
    this.#push(right, from);
    this.#push(body, from);
  }

  /** The names of a pattern are given a value, or the elements of a list. */
  #assigned(pattern: Node, value: Node | null, from: Unit, list: Node | null = null): void {
    const names = namesIn(pattern);
    const units = names.flatMap((name) => this.#variable(name) ?? []);
    for (const unit of units) this.#annotated(pattern, unit);
    this.#pattern(pattern, from);
    if (value !== null) this.#given(value, from, units);
    if (list !== null && units.length > 0) this.#shared(list, units);
  }

  /** A type can be that of the subject. */
  #annotated(typed: Node, from: Unit): void {
    if (!('typeAnnotation' in typed) || !typed.typeAnnotation) return;
    if (this.#values.typed(typed.typeAnnotation).length > 0) this.#lead(from, OUTSIDE);
  }

  #property(node: Node & { type: 'Property' }, from: Unit): void {
    const { key, computed, value } = node;
    if (computed) this.#push(key, from);
    this.#given(value, from, [this.#name(keyName(key, computed))]);
  }

  #class(node: ClassNode, from: Unit): void {
    const unit = this.#of<Node>(node.body, this.#code);
    this.#lead(from, unit);
    this.#noteDepth(node, unit);
    if (node.superClass !== null) {
      this.#push(node.superClass, unit);
      this.#lead(HEIRS, unit);
    }
    this.#pushAll(decoratorsOf(node), unit);
    for (const member of node.body.body) {
      if (
        member.type !== 'MethodDefinition' &&
        member.type !== 'PropertyDefinition' &&
        member.type !== 'AccessorProperty'
      ) {
        this.#push(member, unit);
        continue;
      }
      const name = this.#name(keyName(member.key, member.computed));
      if (member.computed) this.#push(member.key, unit);
      if (member.value !== null) this.#given(member.value, unit, [name]);
      if (member.type !== 'MethodDefinition') this.#annotated(member, name);
      this.#pushAll(decoratorsOf(member), unit);
    }
  }
}

/** What has properties that can be asked for by any name. */
function hasNames({ kind }: { readonly kind: string }): boolean {
  return HAVE_NAMES.has(kind);
}

const HAVE_NAMES: ReadonlySet<string> = new Set([
  'class',
  'external',
  'instance',
  'namespace',
  'object',
]);

/** Whether an expression is sure to give a number. */
function isNumber(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'UpdateExpression':
      return true;
    case 'BinaryExpression':
      return NUMERIC.has(inner.operator);
    case 'Literal':
      return typeof inner.value === 'number';
    default:
      return false;
  }
}

function decoratorsOf(node: Node): readonly Node[] {
  return childrenOf(node).filter(({ type }) => type === 'Decorator');
}
