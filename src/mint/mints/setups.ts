/** What sets up signers, services and plugins before they mint, and what their options say. */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Expressions } from '../../values/evaluate.ts';
import { OPTIONS_METHOD, type Library, type Options, type Place } from '../libraries/table.ts';
import { superCallOf, type Apis } from './apis.ts';
import type { Setup } from './library-parts.ts';
import { isSpread, pathOf } from '../../syntax/forms.ts';
import type { Objects } from './objects.ts';
import { UNSEEN, type Entry, type View } from './views.ts';
import type { Creation, Unit, Units } from './units.ts';

/** What options say. */
export interface Given {
  /** What they are of, where it is a set-up. */
  readonly setup: Node | null;
  readonly lives: readonly Entry[];
  readonly starts: readonly Entry[];
  readonly keys: readonly Node[];
  readonly isWhole: boolean;
}

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
/** The set-up is elsewhere, and not seen. */
export const HIDDEN: Given = { ...NO_OPTIONS, isWhole: false };

/** Reads the set-ups of the files that are looked at. */
export class Setups {
  readonly #units: Units;
  readonly #apis: Apis;
  readonly #known = new Map<Unit, readonly SetupPlace[]>();

  constructor(units: Units, apis: Apis) {
    this.#units = units;
    this.#apis = apis;
  }

  /** What was set up before: at the factory, or for the whole service or application. */
  setUp(setup: Setup, library: Library, call: Creation, objects: Objects): Given {
    switch (setup.kind) {
      case 'none':
        return NO_OPTIONS;
      case 'call':
        return { ...this.optionsOf(setup.call, setup.options, objects), setup: setup.call };
      case 'elsewhere': {
        const [only, ...others] = this.#setupsOf(library, call, objects);
        return only === undefined || others.length > 0 ? HIDDEN : only;
      }
    }
  }

  /** The set-ups of a library in the file that can be that of a call. */
  #setupsOf(library: Library, signing: Creation, objects: Objects): readonly Given[] {
    const shared = this.of(this.#units.of(signing)).filter(({ isShared }) => isShared);
    return shared.flatMap((setup): readonly Given[] => {
      if (setup.library !== library) return [];
      const { node, options } = setup;
      const view = isFunction(node) ? null : this.viewAt(node, options.at, objects);
      if (view !== null && !this.#isNamedFor(view, signing)) return [];
      return [{ ...this.givenBy(setup, objects), setup: node }];
    });
  }

  /** The set-ups in a file. */
  of(unit: Unit): readonly SetupPlace[] {
    let setups = this.#known.get(unit);
    if (setups === undefined) {
      setups = [
        ...unit.calls.flatMap((call) => this.#setupAt(call)),
        ...unit.classes.flatMap((node) => this.#setupsOfClass(node)),
      ];
      this.#known.set(unit, setups);
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

  optionsOf(call: Creation, options: Options | null, objects: Objects): Given {
    if (options === null) return NO_OPTIONS;
    const [index] = options.at;
    const argument = call.arguments[index];
    if (argument === undefined) return NO_OPTIONS;
    if (options.isCallback === true && this.#isFunction(argument)) return NO_OPTIONS;
    const config = registeredConfig(argument);
    const view =
      config === null
        ? this.#made(this.viewAt(call, options.at, objects) ?? UNSEEN, objects)
        : this.#madeBy(config, objects.frames.of(config), objects);
    return this.#givenIn(view, options, objects);
  }

  givenBy({ node, options }: SetupPlace, objects: Objects): Given {
    return isFunction(node)
      ? this.#givenIn(this.#returnedBy(node, objects), options, objects)
      : this.optionsOf(node, options, objects);
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
    const returned = this.#returnOf(made.node);
    const isHere = made.file.bindings === file.bindings;
    return returned === null ? UNSEEN : objects.view(returned, made.file, isHere ? null : factory);
  }

  /** The one expression that a function returns; null where it has more, or none. */
  #returnOf(target: FunctionNode): Node | null {
    const [only, ...others] = this.#apis.values.returnsOf(target);
    return only === undefined || others.length > 0 || target.generator ? null : only;
  }

  #returnedBy(target: FunctionNode, objects: Objects): View {
    const returned = this.#returnOf(target);
    return returned === null ? UNSEEN : this.view(returned, objects);
  }

  #isFunction(node: Node): boolean {
    return isFunction(unwrap(node)) || this.#apis.values.functions(node).length > 0;
  }

  /** The object at a place of a call; null where nothing is there. */
  viewAt(call: Creation, place: Place, objects: Objects): View | null {
    const node = this.nodeAt(call, place, objects);
    if (node !== null) return this.view(node, objects);
    return isSpread(call.arguments, place[0]) ? UNSEEN : null;
  }

  nodeAt(call: Creation, [index, ...path]: Place, objects: Objects): Node | null {
    const argument = call.arguments[index];
    if (argument === undefined || argument.type === 'SpreadElement') return null;
    if (isSpread(call.arguments, index)) return null;
    if (path.length === 0) return argument;
    const [entry] = objects.at(this.view(argument, objects), path).entries;
    return entry?.file === objects.frames.of(entry?.value ?? call) ? entry.value : null;
  }

  view(node: Node, objects: Objects): View {
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
