/**
 * What the objects of claims and options hold: a layer on the resolver of `src/values`, which says
 * what an expression is and where it has that from. Here, the properties of what it finds are listed,
 * with where a report about each stands, and what is written to an object later, in that order.
 */

import {
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { initializerOf, type Variable } from '../../syntax/bindings.ts';
import { blockOf, usedIn } from '../../syntax/forms.ts';
import type { Expressions, InstanceValue, Source } from '../../values/evaluate.ts';
import { isAbsent } from '../../values/literals.ts';
import { textOf } from '../../values/operators.ts';
import { isLater } from '../../values/writes.ts';
import { changedIn, globalName, isAssign, mayChange } from './changed.ts';
import type { Run } from './runs.ts';
import type { Frames } from './units.ts';
import {
  either,
  NOTHING_IN_IT,
  opened,
  overlay,
  single,
  uncertain,
  UNSEEN,
  without,
  type Entry,
  type View,
} from './views.ts';

/** Objects that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 12;

/** Functions that a value goes through and comes out of as it is. */
const HANDED_ON = new Set(['JSON.stringify', 'Object.freeze', 'Object.seal', 'structuredClone']);

/** Where an object is read: the expressions there, and where reports about its properties stand. */
interface Reading {
  readonly file: Expressions;
  /** Null where they stand at what is read. */
  readonly place: Node | null;
  readonly depth: number;
}

/** Reads objects. Each node is read once. */
export class Objects {
  readonly #known = new Map<Expressions, Map<Node, View>>();
  readonly #isMint: (call: CallExpression) => boolean;
  /** The expressions of the files, in the run that is looked at. */
  readonly frames: Frames;
  readonly #run: Run;
  /** The calls behind which objects are as they may be: they have been read. */
  readonly #uses: readonly Node[];
  /** The literals whose changes are being read: what they are given may be made of themselves. */
  readonly #open = new Set<Node>();
  #hasUsedArgument = false;

  /**
   * @param isMint whether a call takes claims and leaves them as they are
   * @param run the run that is looked at
   * @param signing the call that reads the objects; null where they are read later than by one call
   */
  constructor(
    isMint: (call: CallExpression) => boolean,
    frames: Frames,
    run: Run,
    signing: Node | null,
  ) {
    this.#isMint = isMint;
    this.frames = frames;
    this.#run = run;
    // An asynchronous function may read them when the code behind its call has run.
    const leading = run.calls.filter(({ target }) => !target.async && !target.generator);
    this.#uses = [...(signing === null ? [] : [signing]), ...leading.map(({ call }) => call)];
  }

  /** Whether something that was asked for depends on the calls of the run. */
  get hasUsedArgument(): boolean {
    return this.#hasUsedArgument;
  }

  /** The one expression that a name has its value from; null where there is none. */
  source(name: Node): Node | null {
    const [source, ...others] = this.#sources(name, this.frames.of(name)) ?? [];
    return source === undefined || others.length > 0 ? null : source.node;
  }

  /** @param place where reports about properties stand if the object is of another file */
  view(node: Node, file: Expressions, place: Node | null = null): View {
    return this.#view(node, { file, place, depth: 0 });
  }

  #view(node: Node, reading: Reading): View {
    const inner = unwrap(node);
    const { file, place } = reading;
    if (place !== null) return this.#read(inner, reading);
    const known = this.#known.get(file) ?? new Map<Node, View>();
    this.#known.set(file, known);
    const view = known.get(inner) ?? this.#read(inner, reading);
    known.set(inner, view);
    return view;
  }

  /** What is found on a path of property names: the options below `signOptions`, for example. */
  at(
    view: View,
    path: readonly string[],
  ): { readonly entries: readonly Entry[]; readonly isWhole: boolean } {
    const [name, ...rest] = path;
    const entries = name === undefined ? [] : (view.entries.get(name) ?? []);
    if (rest.length === 0) return { entries, isWhole: view.isWhole };
    let { isWhole } = view;
    const found: Entry[] = [];
    for (const entry of entries) {
      const place = entry.place === entry.value ? null : entry.place;
      const below = this.at(this.view(entry.value, entry.file, place), rest);
      isWhole &&= below.isWhole;
      found.push(...below.entries.map((one) => (entry.isCertain ? one : uncertain(one))));
    }
    return { entries: found, isWhole };
  }

  #read(node: Node, reading: Reading): View {
    if (reading.depth > MAX_DEPTH) return UNSEEN;
    if (node.type === 'ObjectExpression') return this.#literal(node, reading, true);
    const made = node.type === 'CallExpression' ? this.#made(node, reading) : null;
    if (made !== null) return made;
    const sources = this.#sources(node, reading.file);
    if (sources === null) return this.#computed(node, reading);
    const view = sources.map((source) => this.#from(source, node, reading)).reduce(either);
    const held = node.type === 'Identifier' ? reading.file.bindings.variable(node) : null;
    return held === null ? view : this.#changed(held, view, reading);
  }

  /** The object of one of the expressions that another has its value from. */
  #from({ node, file, by, isFalsy }: Source, use: Node, reading: Reading): View {
    if (isFalsy) return NOTHING_IN_IT;
    const isHere = by !== null || file.bindings === reading.file.bindings;
    const place = isHere ? reading.place : (reading.place ?? use);
    return this.#view(node, { file, place, depth: reading.depth + 1 });
  }

  /**
   * Where an expression has its value from. What the calls of the run give is read in the file as
   * it is in that run.
   */
  #sources(node: Node, file: Expressions): readonly Source[] | null {
    const sources = file.sources(node);
    return (
      sources?.map((source) => (this.#isOfRun(source) ? this.#given(source, file) : source)) ?? null
    );
  }

  #isOfRun({ by }: Source): boolean {
    return by !== null && this.#run.calls.some(({ call }) => call === by);
  }

  #given(source: Source, file: Expressions): Source {
    this.#hasUsedArgument = true;
    const from = this.frames.of(source.node);
    return { ...source, file: from.bindings === file.bindings ? file : from };
  }

  /** What `Object.assign` makes of objects, or a function that gives back what it is given. */
  #made({ callee, arguments: args }: CallExpression, reading: Reading): View | null {
    const name = globalName(callee, reading.file);
    if (name === null) return null;
    if (name === 'Object.assign') return this.#merged(NOTHING_IN_IT, args, reading);
    if (!HANDED_ON.has(name)) return null;
    return args[0] === undefined ? UNSEEN : this.#argument(args[0], reading);
  }

  #merged(view: View, args: CallExpression['arguments'], reading: Reading): View {
    return args.map((argument) => this.#argument(argument, reading)).reduce(overlay, view);
  }

  #argument(node: Node, reading: Reading): View {
    return node.type === 'SpreadElement'
      ? UNSEEN
      : this.#view(node, { ...reading, depth: reading.depth + 1 });
  }

  /** The objects that an expression can be of which no way to them is known. */
  #computed(node: Node, { file, place, depth }: Reading): View {
    const views = file.of(node).map(({ value }): View => {
      switch (value.kind) {
        case 'undefined':
        case 'null':
        case 'boolean':
          return NOTHING_IN_IT;
        case 'instance':
          return this.#instance(value, place ?? node);
        case 'object': {
          if (value.node === node) return UNSEEN;
          const isHere = value.file.bindings === file.bindings;
          const reading = { file: value.file, place: isHere ? place : (place ?? node) };
          return this.#literal(value.node, { ...reading, depth: depth + 1 }, false);
        }
        default:
          return UNSEEN;
      }
    });
    return views.reduce(either);
  }

  /** The properties of an object of a class, as its fields and its constructor give them. */
  #instance({ node, file }: InstanceValue, place: Node): View {
    let view: View = node.superClass === null ? NOTHING_IN_IT : UNSEEN;
    const put = (name: string | null, value: Node | null): void => {
      view =
        name === null || value === null
          ? opened(view)
          : overlay(view, single(name, value, file, place));
    };
    const members = node.body.body;
    for (const member of members) {
      if (member.type !== 'PropertyDefinition' || member.static) continue;
      put(keyName(member.key, member.computed), member.value);
    }
    for (const member of members) {
      if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
      for (const statement of member.value.body?.body ?? []) {
        const set = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : null;
        const target =
          set?.type === 'AssignmentExpression' && set.operator === '=' ? set.left : null;
        if (target?.type === 'MemberExpression' && target.object.type === 'ThisExpression') {
          put(memberName(target), set?.type === 'AssignmentExpression' ? set.right : null);
        } else {
          view = opened(view);
        }
      }
    }
    return view;
  }

  /** @param isByName whether it is reached by the name that it was given first, which is looked at then */
  #literal(node: ObjectExpression, reading: Reading, isByName: boolean): View {
    const { file, place, depth } = reading;
    let view: View = place === null ? { ...NOTHING_IN_IT, literal: node } : NOTHING_IN_IT;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        view = overlay(view, this.#view(property.argument, { ...reading, depth: depth + 1 }));
        continue;
      }
      const name = keyName(property.key, property.computed) ?? textOf(file.of(property.key));
      if (name !== null && isAbsent(property)) {
        view = without(view, [name]);
        continue;
      }
      view =
        name === null
          ? opened(view)
          : overlay(view, this.#property(name, property.value, file, place, 0));
    }
    return this.#changedElsewhere(node, view, reading, isByName);
  }

  /** What is done to an object by other names than the first, and where it is a part of another. */
  #changedElsewhere(
    node: ObjectExpression,
    initial: View,
    reading: Reading,
    isByName: boolean,
  ): View {
    const { file } = reading;
    const isFirst = (target: Node): boolean => {
      const name = unwrap(target);
      if (!isByName || name.type !== 'Identifier') return false;
      const variable = file.bindings.variable(name);
      const first = variable === null ? null : initializerOf(variable);
      return first !== null && unwrap(first) === node;
    };
    if (this.#open.has(node)) return opened(initial);
    this.#open.add(node);
    let view = initial;
    const home = blockOf(node);
    for (const { node: change, value } of file.changes(node)) {
      const target = changedIn(change);
      if (target === null || isFirst(target) || this.#isPast(change)) continue;
      view = this.#written(view, change, value, home, reading);
    }
    for (const { call, argument } of file.handings(node)) {
      if (call.type !== 'CallExpression' || isFirst(argument) || this.#isPast(call)) continue;
      if (isAssign(call, file) && call.arguments[0] === argument) continue;
      if (mayChange(call, argument, file, this.#isMint)) view = opened(view);
    }
    this.#open.delete(node);
    return view;
  }

  /** An object once a change has been made to it, which need not be made outside of the block that it is of. */
  #written(
    view: View,
    change: Node,
    value: Node | null,
    home: Node | null,
    reading: Reading,
  ): View {
    const added = this.#addedBy(change, value, reading);
    return overlay(view, blockOf(change) === home ? added : either(NOTHING_IN_IT, added));
  }

  #addedBy(change: Node, value: Node | null, reading: Reading): View {
    const { file, place } = reading;
    if (change.type === 'CallExpression' && isAssign(change, file)) {
      return this.#merged(NOTHING_IN_IT, change.arguments.slice(1), reading);
    }
    const target = change.type === 'AssignmentExpression' ? unwrap(change.left) : null;
    if (target?.type !== 'MemberExpression') return UNSEEN;
    const name = memberName(target) ?? textOf(file.of(target.property));
    return name === null ? UNSEEN : this.#property(name, value ?? change, file, place, 0);
  }

  /** Whether objects have been read when code runs. */
  #isPast(change: Node): boolean {
    return this.#uses.some((one) => isLater(change, one));
  }

  /** An object with one property, whose value may be an argument. */
  single(name: string, value: Node, file: Expressions): View {
    return this.#property(name, value, file, null, 0);
  }

  #property(name: string, value: Node, file: Expressions, place: Node | null, depth: number): View {
    const sources = unwrap(value).type === 'Identifier' ? file.sources(value) : null;
    const [source, ...others] = sources ?? [];
    if (source === undefined || depth > MAX_DEPTH || !this.#isOfRun(source)) {
      return single(name, value, file, place);
    }
    const given = this.#given(source, file);
    // What may be missing may be the default as well: both are found by the parameter.
    return others.length > 0
      ? single(name, value, file, place ?? given.node)
      : // An argument can be a parameter itself, of a helper further out.
        this.#property(name, given.node, given.file, place, depth + 1);
  }

  /** What the uses of a variable put into the object that it holds. */
  #changed(variable: Variable, initial: View, reading: Reading): View {
    const { file } = reading;
    let view = initial;
    const home = blockOf(variable.defs[0]?.node ?? null);
    for (const { identifier, init } of variable.references) {
      if (init === true) continue;
      const use = usedIn(identifier);
      const { parent } = use;
      if (parent?.type === 'MemberExpression' && parent.object === use) {
        const target = usedIn(parent);
        const outer = target.parent;
        if (!outer || this.#isPast(outer)) continue;
        if (outer.type === 'AssignmentExpression' && outer.left === target) {
          const value = outer.operator === '=' ? outer.right : null;
          view = this.#written(view, outer, value, home, reading);
        } else if (outer.type === 'UnaryExpression' && outer.operator === 'delete') {
          view = opened(view);
        }
      } else if (parent?.type === 'CallExpression' && parent.callee !== use) {
        if (this.#isPast(parent)) continue;
        if (isAssign(parent, file) && parent.arguments[0] === use) {
          view = this.#written(view, parent, null, home, reading);
        } else if (mayChange(parent, use, file, this.#isMint)) {
          view = opened(view);
        }
      }
    }
    return view;
  }
}
