/** What each mint of a file is told: payload, key, life and start, wherever they are given. */

import {
  isFunction,
  isWithin,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { endOf } from '../../syntax/places.ts';
import type { Expressions } from '../../values/evaluate.ts';
import { handRolled, isHmac } from './handrolled.ts';
import {
  HAND_ROLLED,
  type Api,
  type Library,
  type Options,
  type Place,
} from '../libraries/table.ts';
import type { Apis, Creation, Part, Setup } from './apis.ts';
import {
  blockOf,
  either,
  NOTHING_IN_IT,
  Objects,
  onlyReturn,
  overlay,
  pathOf,
  UNSEEN,
  type Entry,
  type View,
} from './objects.ts';
import { Runs, type Run } from './runs.ts';

/** A mint before it is judged. */
export interface Draft {
  /** The call that takes the payload. */
  readonly node: Node;
  /** How it comes to run, and the expressions of the file in that run. */
  readonly run: Run;
  readonly file: Expressions;
  /** Whether what it mints is given by the calls of that run. */
  readonly isGiven: boolean;
  readonly library: Library;
  readonly version: string | null;
  readonly payload: View;
  readonly header: View | null;
  readonly keys: readonly Node[];
  /** The expression that is the token. */
  readonly token: Node;
  /** What is given as the option that sets the expiry. */
  readonly options: readonly Entry[];
  readonly starts: readonly Entry[];
  /** Whether all options are seen. */
  readonly isWhole: boolean;
}

type DraftParts = Omit<Draft, 'run' | 'file' | 'isGiven'>;
type Built = Part & { readonly kind: 'built' };
type Signer = Part & { readonly kind: 'signer' };

/** What options say. */
interface Given {
  readonly lives: readonly Entry[];
  readonly starts: readonly Entry[];
  readonly keys: readonly Node[];
  readonly isWhole: boolean;
}

/** What is done with a token in the making. */
interface Uses {
  /** The calls of its methods, in the order in which they run. */
  readonly steps: { readonly call: CallExpression; readonly name: string }[];
  /** What its claims are assigned; a name that is not known is null. */
  readonly claims: { readonly name: string | null; readonly value: Node }[];
}

const NO_USES: Uses = { steps: [], claims: [] };

/** A call that sets up a library's service or plugin. */
interface SetupCall {
  readonly call: Creation;
  readonly api: Api & { readonly kind: 'setup' };
}

const NO_OPTIONS: Given = { lives: [], starts: [], keys: [], isWhole: true };
const HIDDEN: Given = { ...NO_OPTIONS, isWhole: false };

/** Reads the mints of one file. */
export class Drafts {
  readonly #expressions: Expressions;
  readonly #apis: Apis;
  readonly #calls: readonly Creation[];
  readonly #assignments: readonly (Node & { readonly type: 'AssignmentExpression' })[];
  readonly #runs: Runs;
  #usesOf: ReadonlyMap<Creation, Uses> | null = null;
  #setupCalls: readonly SetupCall[] | null = null;

  constructor(
    expressions: Expressions,
    apis: Apis,
    calls: readonly Creation[],
    assignments: readonly (Node & { readonly type: 'AssignmentExpression' })[],
  ) {
    this.#expressions = expressions;
    this.#apis = apis;
    this.#calls = calls;
    this.#assignments = assignments;
    this.#runs = new Runs(apis.values, expressions.bindings, calls);
  }

  /** The mints of the file. One in a function that is called in several places is many. */
  all(): readonly Draft[] {
    return this.#calls.flatMap((call): readonly Draft[] => {
      const built = this.#apis.built(call);
      const signer = built === null ? this.#apis.signer(call) : null;
      if (built === null && signer === null && !isHmac(call, this.#expressions.bindings)) return [];
      return this.#runs.of(call).flatMap((run): readonly Draft[] => {
        const objects = this.#objectsIn(run);
        const parts =
          built !== null
            ? this.#builtBy(built, objects)
            : signer !== null
              ? this.#signedBy(signer, call, objects)
              : this.#ownAt(call, objects);
        return parts === null
          ? []
          : [{ ...parts, run, file: objects.file, isGiven: objects.hasUsedArgument }];
      });
    });
  }

  #objectsIn({ calls, args }: Run): Objects {
    const file = calls.length === 0 ? this.#expressions : this.#expressions.inCalls(calls);
    return new Objects((call) => this.#apis.signer(call) !== null, file, args);
  }

  #ownAt(call: Creation, objects: Objects): DraftParts | null {
    const own = handRolled(call, objects.file, objects);
    if (own === null) return null;
    return {
      node: call,
      library: HAND_ROLLED,
      version: null,
      payload: objects.view(own.payload, objects.file),
      header: own.header,
      keys: [own.key],
      token: call,
      options: [],
      starts: [],
      isWhole: true,
    };
  }

  #signedBy(
    { library, signing, setup, version }: Signer,
    call: Creation,
    objects: Objects,
  ): DraftParts {
    const key = signing.key === null ? null : this.#nodeAt(call, signing.key, objects);
    const own = this.#optionsOf(call, signing.options, objects);
    const before = this.#setUp(setup, library, call, objects);
    const keys = [...(key === null ? [] : [key]), ...own.keys];
    return {
      node: call,
      library,
      version,
      payload: this.#viewAt(call, signing.payload, objects) ?? UNSEEN,
      header: signing.header === null ? null : this.#viewAt(call, signing.header, objects),
      keys: keys.length > 0 ? keys : before.keys,
      token: call,
      options: shadowed(own.lives, before.lives),
      starts: shadowed(own.starts, before.starts),
      isWhole: own.isWhole && before.isWhole,
    };
  }

  #builtBy(built: Built, objects: Objects): DraftParts {
    const { builder, creation, version } = built;
    const { file } = objects;
    const initial = this.#viewAt(creation, builder.payload, objects) ?? NOTHING_IN_IT;
    let payload = without(initial, builder.overwritten);
    let header: View | null = null;
    let [lives, starts] = [NOTHING_IN_IT, NOTHING_IN_IT];
    let token: Node = creation;
    const key = builder.key === null ? null : this.#nodeAt(creation, builder.key, objects);
    const keys = key === null ? [] : [key];
    const { steps, claims } = this.#uses().get(creation) ?? NO_USES;
    for (const { call, name } of steps) {
      const [first, second] = call.arguments;
      const end = Object.hasOwn(builder.ends, name) ? builder.ends[name] : undefined;
      if (end !== undefined) {
        token = call;
        const last = end === null ? null : this.#nodeAt(call, end, objects);
        if (last !== null) keys.push(last);
        continue;
      }
      const step = builder.steps[name];
      if (step === undefined || first === undefined) continue;
      const isCertain = isWithin(creation, call) || blockOf(call) === blockOf(creation);
      const put = (under: View, claim: string, value: Node): View => {
        const added = objects.single(claim, value, file, null);
        return overlay(under, isCertain ? added : either(NOTHING_IN_IT, added));
      };
      switch (step.sets) {
        case 'life':
          lives = put(lives, 'it', first);
          break;
        case 'start':
          starts = put(starts, 'it', first);
          break;
        case 'claim':
          payload = put(payload, step.claim, first);
          break;
        case 'named': {
          const claim = keyName(first, true);
          const isSeen = claim !== null && second !== undefined;
          payload = isSeen ? put(payload, claim, second) : { ...payload, isWhole: false };
          break;
        }
        case 'key':
          keys.push(first);
          break;
        case 'header':
          header = objects.view(first, file);
          break;
      }
    }
    for (const { name, value } of claims) {
      payload =
        name === null
          ? { ...payload, isWhole: false }
          : overlay(payload, objects.single(name, value, file, null));
    }
    return {
      node: creation,
      library: builder.library,
      version,
      payload,
      header,
      keys,
      token,
      options: lives.entries.get('it') ?? [],
      starts: starts.entries.get('it') ?? [],
      isWhole: true,
    };
  }

  /** What is done with each token in the making, by the call that begins it. */
  #uses(): ReadonlyMap<Creation, Uses> {
    if (this.#usesOf !== null) return this.#usesOf;
    const uses = new Map<Creation, Uses>();
    const at = (creation: Creation): Uses => {
      let known = uses.get(creation);
      if (known === undefined) {
        known = { steps: [], claims: [] };
        uses.set(creation, known);
      }
      return known;
    };
    for (const call of this.#calls) {
      if (call.type !== 'CallExpression') continue;
      for (const part of this.#apis.of(call.callee)) {
        if (part.kind === 'method') at(part.of.creation).steps.push({ call, name: part.name });
      }
    }
    for (const { left, right } of this.#assignments) {
      if (left.type !== 'MemberExpression') continue;
      for (const part of this.#apis.of(left.object)) {
        if (part.kind !== 'body') continue;
        at(part.of.creation).claims.push({ name: memberName(left), value: right });
      }
    }
    // In a chain, the inner call runs first, and ends first.
    for (const { steps } of uses.values()) {
      steps.sort((one, other) => endOf(one.call) - endOf(other.call));
    }
    this.#usesOf = uses;
    return uses;
  }

  /** What was set up before: at the factory, or for the whole service or application. */
  #setUp(setup: Setup, library: Library, call: Creation, objects: Objects): Given {
    switch (setup.kind) {
      case 'none':
        return NO_OPTIONS;
      case 'call':
        return this.#optionsOf(setup.call, setup.options, objects);
      case 'elsewhere': {
        const [only, ...others] = this.#setupsOf(library, call, objects);
        return only === undefined || others.length > 0 ? HIDDEN : only;
      }
    }
  }

  /** The set-ups of a library in the file that can be that of a call. */
  #setupsOf(library: Library, signing: Creation, objects: Objects): readonly Given[] {
    this.#setupCalls ??= this.#calls.flatMap((call) => this.#setupAt(call));
    return this.#setupCalls.flatMap(({ call, api }): readonly Given[] => {
      if (api.library !== library) return [];
      const options = this.#viewAt(call, api.setup.at, objects);
      if (options !== null && !this.#isNamedFor(options, signing)) return [];
      return [this.#optionsOf(call, api.setup, objects)];
    });
  }

  /** `app.register(plugin, options)` hands the plugin over; others are called themselves. */
  #setupAt(call: Creation): readonly SetupCall[] {
    const own = this.#apis.setup(call.callee);
    if (own !== null) return [{ call, api: own }];
    const [first] = call.arguments;
    const handed = first === undefined ? null : this.#apis.setup(first);
    return handed === null || handed.setup.at[0] === 0 ? [] : [{ call, api: handed }];
  }

  /** Whether a plugin's signer goes by the name that a call uses: of its `name` or `namespace`. */
  #isNamedFor(options: View, signing: Creation): boolean {
    const named = [
      ...(options.entries.get('name') ?? []),
      ...(options.entries.get('namespace') ?? []),
    ].flatMap(({ value }) => keyName(unwrap(value), true) ?? []);
    const path = pathOf(signing.callee).split('.');
    return named.every((name) => path.includes(name) || path.at(-1) === `${name}JwtSign`);
  }

  #optionsOf(call: Creation, options: Options | null, objects: Objects): Given {
    if (options === null) return NO_OPTIONS;
    const [index] = options.at;
    const argument = call.arguments[index];
    if (argument === undefined) return NO_OPTIONS;
    if (options.isCallback === true && this.#isFunction(argument)) return NO_OPTIONS;
    const view = this.#made(this.#viewAt(call, options.at, objects) ?? UNSEEN, objects);
    const at = (
      paths: Options['lives'],
    ): readonly { entries: readonly Entry[]; isWhole: boolean }[] =>
      paths.map((path) => objects.at(view, path));
    const lives = at(options.lives);
    const starts = at(options.starts);
    return {
      lives: lives.flatMap(({ entries }) => entries),
      starts: starts.flatMap(({ entries }) => entries),
      keys: at(options.keys).flatMap(({ entries }) => entries.map(({ value }) => value)),
      isWhole: lives.every(({ isWhole }) => isWhole),
    };
  }

  /** Nest's `registerAsync` takes a function that makes the options. */
  #made(view: View, objects: Objects): View {
    const [factory] = view.entries.get('useFactory') ?? [];
    if (factory === undefined) {
      const isElsewhere = ['useClass', 'useExisting'].some((name) => view.entries.has(name));
      return isElsewhere ? UNSEEN : view;
    }
    const target = unwrap(factory.value);
    const returned = isFunction(target) ? onlyReturn(target) : null;
    return returned === null ? UNSEEN : objects.view(returned, factory.file);
  }

  #isFunction(node: Node): boolean {
    return isFunction(unwrap(node)) || this.#apis.values.functions(node).length > 0;
  }

  /** The object at a place of a call; null where nothing is there. */
  #viewAt(call: Creation, place: Place, objects: Objects): View | null {
    const node = this.#nodeAt(call, place, objects);
    if (node !== null) return objects.view(node, objects.file);
    return hasSpread(call, place[0]) ? UNSEEN : null;
  }

  #nodeAt(call: Creation, [index, ...path]: Place, objects: Objects): Node | null {
    const argument = call.arguments[index];
    if (argument === undefined || argument.type === 'SpreadElement') return null;
    if (hasSpread(call, index)) return null;
    if (path.length === 0) return argument;
    const [entry] = objects.at(objects.view(argument, objects.file), path).entries;
    return entry?.file === objects.file ? entry.value : null;
  }
}

/** What is given in the call itself, and what was given before where that is silent. */
function shadowed(own: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  return own.some(({ isCertain }) => isCertain) ? own : [...own, ...before];
}

function without(view: View, names: readonly string[]): View {
  const entries = new Map(view.entries);
  for (const name of names) entries.delete(name);
  return { ...view, entries };
}

function hasSpread(call: Creation, before: number): boolean {
  return call.arguments.slice(0, before + 1).some(({ type }) => type === 'SpreadElement');
}
