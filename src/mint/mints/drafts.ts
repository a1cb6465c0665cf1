/** What each mint of a file is told: payload, key, life and start, wherever they are given. */

import {
  isFunction,
  isWithin,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { endOf } from '../../syntax/places.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Expressions } from '../../values/evaluate.ts';
import { handRolled, isHmac } from './handrolled.ts';
import {
  HAND_ROLLED,
  OPTIONS_METHOD,
  type Library,
  type Options,
  type Place,
} from '../libraries/table.ts';
import { superCallOf, type Apis, type Part, type Setup } from './apis.ts';
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
import { Frames, type Creation, type Unit, type Units } from './units.ts';

/** A mint before it is judged. */
export interface Draft {
  /** The call that takes the payload; of a set-up by itself, what sets up. */
  readonly node: Node;
  /** How it comes to run, and the expressions of the files in that run. */
  readonly run: Run;
  readonly frames: Frames;
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
  /** What has set up before what is not said in the mint; null where there is none. */
  readonly setup: Node | null;
  /** Whether it is a set-up by itself, of which no mint is seen. */
  readonly isSetup: boolean;
  /** Whether what it does not say is set up in a file that is not seen from here. */
  readonly isSetElsewhere: boolean;
}

type DraftParts = Omit<Draft, 'run' | 'frames' | 'isGiven' | 'isSetup'>;
type Built = Part & { readonly kind: 'built' };
type Signer = Part & { readonly kind: 'signer' };

/** What options say. */
interface Given {
  /** What they are of, where it is a set-up. */
  readonly setup: Node | null;
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

/** What sets up a library's signer, service or plugin. */
export interface SetupPlace {
  /** The call that takes the options, or the function that returns them. */
  readonly node: Creation | FunctionNode;
  readonly library: Library;
  readonly options: Options;
  readonly version: string | null;
  /** Whether mints get it by what the framework hands them, and not by what the call gives. */
  readonly isShared: boolean;
}

const NO_OPTIONS: Given = { setup: null, lives: [], starts: [], keys: [], isWhole: true };
const HIDDEN: Given = { ...NO_OPTIONS, isWhole: false };

/** Reads the mints of the files that are looked at. */
export class Drafts {
  readonly #units: Units;
  readonly #bindings: Bindings;
  readonly #apis: Apis;
  readonly #runs: Runs;
  readonly #usesIn = new Map<Unit, ReadonlyMap<Creation, Uses>>();
  readonly #setupsIn = new Map<Unit, readonly SetupPlace[]>();
  readonly #own = new Map<Unit, readonly Draft[]>();

  /** @param bindings those of all files */
  constructor(units: Units, bindings: Bindings, apis: Apis) {
    this.#units = units;
    this.#bindings = bindings;
    this.#apis = apis;
    this.#runs = new Runs(apis.values, bindings, units, (call) => this.#isSite(call));
  }

  /** The mints of a file. One in a function that is called in several places is many. */
  own(unit: Unit): readonly Draft[] {
    let drafts = this.#own.get(unit);
    if (drafts === undefined) {
      drafts = unit.calls.flatMap((call) =>
        this.#isSite(call)
          ? this.#runs.of(call).flatMap((run) => this.#draft(call, run) ?? [])
          : [],
      );
      this.#own.set(unit, drafts);
    }
    return drafts;
  }

  /** The mints of other files that the calls in a file lead to. */
  called(unit: Unit): readonly Draft[] {
    return unit.calls.flatMap((call) =>
      this.#isSite(call)
        ? []
        : this.#runs.from(call).flatMap((run) => this.#draft(run.site, run) ?? []),
    );
  }

  /** The set-ups in a file that no mint in it uses, each as if it were a mint. */
  setups(unit: Unit): readonly (Draft & { readonly by: SetupPlace })[] {
    const used = new Set(this.own(unit).map(({ setup }) => setup));
    return this.#setups(unit)
      .filter(({ node }) => !used.has(node))
      .flatMap((by) => {
        const { node, library, version } = by;
        return this.#runs.of(node).map((run) => {
          const objects = this.#objectsIn(run);
          const { lives, starts, keys } = this.#givenBy(by, objects);
          return {
            ...{ node, library, version, keys, by, run, frames: objects.frames },
            ...{ payload: UNSEEN, header: null, token: node, options: lives, starts },
            ...{
              isWhole: false,
              setup: null,
              isSetElsewhere: false,
              isSetup: true,
              isGiven: objects.hasUsedArgument,
            },
          };
        });
      });
  }

  /** Whether a call takes the payload of a token, or may. */
  #isSite(call: Creation): boolean {
    return (
      this.#apis.built(call) !== null ||
      this.#apis.signer(call) !== null ||
      isHmac(call, this.#bindings)
    );
  }

  #draft(call: Creation, run: Run): Draft | null {
    const objects = this.#objectsIn(run);
    const built = this.#apis.built(call);
    const signer = built === null ? this.#apis.signer(call) : null;
    const parts =
      built !== null
        ? this.#builtBy(built, objects)
        : signer !== null
          ? this.#signedBy(signer, call, objects)
          : this.#ownAt(call, objects);
    if (parts === null) return null;
    const { frames, hasUsedArgument: isGiven } = objects;
    return { ...parts, run, frames, isGiven, isSetup: false };
  }

  #objectsIn({ calls, args }: Run): Objects {
    const frames = new Frames(this.#units, calls);
    return new Objects((call) => this.#apis.signer(call) !== null, frames, args);
  }

  #ownAt(call: Creation, objects: Objects): DraftParts | null {
    const own = handRolled(call, this.#bindings, objects);
    if (own === null) return null;
    return {
      node: call,
      library: HAND_ROLLED,
      version: null,
      payload: this.#view(own.payload, objects),
      header: own.header,
      keys: [own.key],
      token: call,
      options: [],
      starts: [],
      isWhole: true,
      setup: null,
      isSetElsewhere: false,
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
      setup: before.setup,
      isSetElsewhere: setup.kind === 'elsewhere' && before === HIDDEN,
    };
  }

  #builtBy(built: Built, objects: Objects): DraftParts {
    const { builder, creation, version } = built;
    const file = objects.frames.of(creation);
    const initial = this.#viewAt(creation, builder.payload, objects) ?? NOTHING_IN_IT;
    let payload = without(initial, builder.overwritten);
    let header: View | null = null;
    let [lives, starts] = [NOTHING_IN_IT, NOTHING_IN_IT];
    let token: Node = creation;
    const key = builder.key === null ? null : this.#nodeAt(creation, builder.key, objects);
    const keys = key === null ? [] : [key];
    const { steps, claims } = this.#uses(this.#units.of(creation)).get(creation) ?? NO_USES;
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
      setup: null,
      isSetElsewhere: false,
    };
  }

  /** What is done with each token in the making, by the call that begins it. */
  #uses(unit: Unit): ReadonlyMap<Creation, Uses> {
    const known = this.#usesIn.get(unit);
    if (known !== undefined) return known;
    const uses = new Map<Creation, Uses>();
    const at = (creation: Creation): Uses => {
      let known = uses.get(creation);
      if (known === undefined) {
        known = { steps: [], claims: [] };
        uses.set(creation, known);
      }
      return known;
    };
    for (const call of unit.calls) {
      if (call.type !== 'CallExpression') continue;
      for (const part of this.#apis.of(call.callee)) {
        if (part.kind === 'method') at(part.of.creation).steps.push({ call, name: part.name });
      }
    }
    for (const { left, right } of unit.assignments) {
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
    this.#usesIn.set(unit, uses);
    return uses;
  }

  /** What was set up before: at the factory, or for the whole service or application. */
  #setUp(setup: Setup, library: Library, call: Creation, objects: Objects): Given {
    switch (setup.kind) {
      case 'none':
        return NO_OPTIONS;
      case 'call':
        return { ...this.#optionsOf(setup.call, setup.options, objects), setup: setup.call };
      case 'elsewhere': {
        const [only, ...others] = this.#setupsOf(library, call, objects);
        return only === undefined || others.length > 0 ? HIDDEN : only;
      }
    }
  }

  /** The set-ups of a library in the file that can be that of a call. */
  #setupsOf(library: Library, signing: Creation, objects: Objects): readonly Given[] {
    const shared = this.#setups(this.#units.of(signing)).filter(({ isShared }) => isShared);
    return shared.flatMap((setup): readonly Given[] => {
      if (setup.library !== library) return [];
      const { node, options } = setup;
      const view = isFunction(node) ? null : this.#viewAt(node, options.at, objects);
      if (view !== null && !this.#isNamedFor(view, signing)) return [];
      return [{ ...this.#givenBy(setup, objects), setup: node }];
    });
  }

  /** The set-ups in a file. */
  #setups(unit: Unit): readonly SetupPlace[] {
    let setups = this.#setupsIn.get(unit);
    if (setups === undefined) {
      setups = [
        ...unit.calls.flatMap((call) => this.#setupAt(call)),
        ...unit.classes.flatMap((node) => this.#setupsOfClass(node)),
      ];
      this.#setupsIn.set(unit, setups);
    }
    return setups;
  }

  /** What a class that extends a service gives to its constructor, and what it tells Nest. */
  #setupsOfClass(node: ClassNode): readonly SetupPlace[] {
    const service = this.#apis.extended(node);
    const call = service === null ? null : superCallOf(node);
    const setups: SetupPlace[] = [];
    if (service?.api.kind === 'service' && call !== null) {
      const { library, setup } = service.api;
      setups.push(setupBy(call, library, setup, service.version, false));
    }
    const method = methodOf(node, OPTIONS_METHOD.name);
    if (method !== null) {
      const { library, options } = OPTIONS_METHOD;
      setups.push(setupBy(method, library, options, null, true));
    }
    return setups;
  }

  /** `app.register(plugin, options)` hands the plugin over; others are called themselves. */
  #setupAt(call: Creation): readonly SetupPlace[] {
    for (const part of this.#apis.of(call.callee)) {
      if (part.kind !== 'api') continue;
      const { api, version } = part;
      switch (api.kind) {
        case 'setup':
          return [setupBy(call, api.library, api.setup, version, true)];
        case 'factory':
          return [setupBy(call, api.library, api.setup, version, false)];
        case 'service':
          if (call.type !== 'NewExpression') continue;
          return [setupBy(call, api.library, api.setup, version, false)];
        default:
      }
    }
    const [first] = call.arguments;
    const handed = first === undefined ? null : this.#apis.setup(first);
    return handed === null || handed.setup.at[0] === 0
      ? []
      : [setupBy(call, handed.library, handed.setup, null, true)];
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
    const config = registeredConfig(argument);
    const view =
      config === null
        ? this.#made(this.#viewAt(call, options.at, objects) ?? UNSEEN, objects)
        : this.#madeBy(config, objects.frames.of(config), objects);
    return this.#givenIn(view, options, objects);
  }

  #givenBy({ node, options }: SetupPlace, objects: Objects): Given {
    return isFunction(node)
      ? this.#givenIn(this.#returnedBy(node, objects), options, objects)
      : this.#optionsOf(node, options, objects);
  }

  #givenIn(view: View, options: Options, objects: Objects): Given {
    const at = (
      paths: Options['lives'],
    ): readonly { entries: readonly Entry[]; isWhole: boolean }[] =>
      paths.map((path) => objects.at(view, path));
    const lives = at(options.lives);
    const starts = at(options.starts);
    return {
      setup: null,
      lives: lives.flatMap(({ entries }) => entries),
      starts: starts.flatMap(({ entries }) => entries),
      keys: at(options.keys).flatMap(({ entries }) => entries.map(({ value }) => value)),
      isWhole: lives.every(({ isWhole }) => isWhole),
    };
  }

  /** Nest's `registerAsync` takes a function that makes the options, or a class with a method that does. */
  #made(view: View, objects: Objects): View {
    const [factory] = view.entries.get('useFactory') ?? [];
    if (factory !== undefined) return this.#madeBy(factory.value, factory.file, objects);
    const [maker] = view.entries.get('useClass') ?? view.entries.get('useExisting') ?? [];
    if (maker === undefined) return view;
    const [made, ...others] = this.#apis.values.of(maker.value);
    const method =
      made?.kind === 'class' && others.length === 0
        ? methodOf(made.node, OPTIONS_METHOD.name)
        : null;
    return method === null ? UNSEEN : this.#returnedBy(method, objects);
  }

  /** The options that a function makes which an expression is. */
  #madeBy(factory: Node, file: Expressions, objects: Objects): View {
    const [{ value: made }, ...others] = file.of(factory);
    if (made.kind !== 'function' || others.length > 0) return UNSEEN;
    const returned = onlyReturn(made.node);
    const isHere = made.file.bindings === file.bindings;
    return returned === null ? UNSEEN : objects.view(returned, made.file, isHere ? null : factory);
  }

  #returnedBy(target: FunctionNode, objects: Objects): View {
    const returned = onlyReturn(target);
    return returned === null ? UNSEEN : this.#view(returned, objects);
  }

  #isFunction(node: Node): boolean {
    return isFunction(unwrap(node)) || this.#apis.values.functions(node).length > 0;
  }

  /** The object at a place of a call; null where nothing is there. */
  #viewAt(call: Creation, place: Place, objects: Objects): View | null {
    const node = this.#nodeAt(call, place, objects);
    if (node !== null) return this.#view(node, objects);
    return hasSpread(call, place[0]) ? UNSEEN : null;
  }

  #nodeAt(call: Creation, [index, ...path]: Place, objects: Objects): Node | null {
    const argument = call.arguments[index];
    if (argument === undefined || argument.type === 'SpreadElement') return null;
    if (hasSpread(call, index)) return null;
    if (path.length === 0) return argument;
    const [entry] = objects.at(this.#view(argument, objects), path).entries;
    return entry?.file === objects.frames.of(entry?.value ?? call) ? entry.value : null;
  }

  #view(node: Node, objects: Objects): View {
    return objects.view(node, objects.frames.of(node));
  }
}

function setupBy(
  node: SetupPlace['node'],
  library: Library,
  options: Options,
  version: string | null,
  isShared: boolean,
): SetupPlace {
  return { node, library, options, version, isShared };
}

/** The config of Nest's that is handed over whole, `jwtConfig.asProvider()`; null for others. */
function registeredConfig(argument: Node): Node | null {
  const call = unwrap(argument);
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
  const isWhole = callee?.type === 'MemberExpression' && memberName(callee) === 'asProvider';
  return isWhole ? callee.object : null;
}

function methodOf(owner: ClassNode, name: string): FunctionNode | null {
  for (const member of owner.body.body) {
    if (member.type !== 'MethodDefinition' || member.kind !== 'method' || member.static) continue;
    if (keyName(member.key, member.computed) === name) return member.value;
  }
  return null;
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
