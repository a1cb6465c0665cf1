/**
 * Which expression is an Intercom client, one of its methods, or its package, whatever way it came
 * by its name.
 */

import { basename } from 'node:path';

import {
  childrenOf,
  isNode,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import {
  importOf,
  isNeverReassigned,
  isTypeOnly,
  type Bindings,
  type Definition,
  type Variable,
} from '../syntax/bindings.ts';
import { Values, type Value, type ValueHost } from '../values/resolve.ts';
import { exportsAt, exportsIn, type Export, type Finder } from '../project/exports.ts';
import { exportsOf, type Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { Modules } from '../values/host.ts';
import { isThing, Libraries } from '../values/libraries/libraries.ts';
import type { Wrapper as ToldFunction } from '../values/libraries/shapes.ts';
import { CLIENT_MODULE, METHOD_NAMES, roleOf, type Role } from './roles.ts';

/** A package, or a module of the project, whose export is an Intercom client. */
export interface ClientModule {
  readonly module: string;
  /** The absolute path, without its extension, of a client that is a file of the project. */
  readonly path: string | null;
  /** The export that is the client. */
  readonly export: string;
  /** Whether its `setUserJwt` is known to return a promise. */
  readonly promises: boolean;
  /** How its `setUserJwt` takes the token: as it is, in an object as `jwt`, or in a way not known. */
  readonly takes: 'token' | 'object' | 'any';
  /** Whether what it is told is done in the order in which it is told, with nothing to wait for. */
  readonly isOrdered: boolean;
  /** The global that it is as well; null where there is none. */
  readonly global: string | null;
  /** What the type of the client is exported as; null where it has no name. */
  readonly type: string | null;
  /** The role of a method. */
  readonly role: (method: string) => Role | null;
  /** What a text contains that calls one of its methods. */
  readonly called: RegExp;
}

/**
 * Finds, in a text, what can be a member access or a destructuring by one of these names. A name by
 * itself, as in `onPress={login}`, is none.
 *
 * @param names a pattern
 */
export function memberPattern(names: string): RegExp {
  return new RegExp(`(?:\\.|\\[\\s*['"\`]|(?<![=$])\\{|,)\\s*${names}(?![\\w$])`);
}

/** `@intercom/intercom-react-native`. */
export const MOBILE_CLIENT: ClientModule = {
  module: CLIENT_MODULE,
  path: null,
  export: 'default',
  promises: true,
  takes: 'token',
  isOrdered: false,
  global: 'Intercom',
  type: null,
  role: roleOf,
  called: memberPattern(METHOD_NAMES),
};

/** Something of an Intercom client, or a module of the project as an object, as a value. */
type Part =
  | { readonly kind: 'module'; readonly of: ClientModule }
  | { readonly kind: 'client'; readonly of: ClientModule }
  | Method
  | { readonly kind: 'namespace'; readonly of: Module };

interface Method {
  readonly kind: 'method';
  readonly name: string;
  readonly role: Role;
  /** Its client. */
  readonly of: ClientModule;
}

type Wrapper = NonNullable<ReturnType<ValueHost['wrapper']>>;

/** React's and others' functions that hand on the function, what it returns, or any value. */
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ['useCallback', 'argument'],
  ['useEffectEvent', 'argument'],
  ['useEvent', 'argument'],
  ['useEventCallback', 'argument'],
  ['useMemoizedFn', 'argument'],
  ['memo', 'argument'],
  ['forwardRef', 'argument'],
  ['observer', 'argument'],
  ['useMemo', 'result'],
  ['useRef', 'current'],
]);

/** What a text contains that names a client. */
export function marksOf(clients: readonly ClientModule[]): readonly string[] {
  return [
    'Intercom',
    ...clients.map(({ module, path }) => (path === null ? module : basename(path))),
    ...clients.flatMap(({ global }) => (global === null || global === 'Intercom' ? [] : [global])),
  ];
}

/** Methods of `Object` that give back what they are given. */
const LOCKS: ReadonlySet<string> = new Set(['freeze', 'preventExtensions', 'seal']);

/** Types that are made of others more deeply than this are not looked into. */
const MAX_TYPE_DEPTH = 16;

/** Names that are given by others more deeply than this are not followed to what they stand for. */
const MAX_ALIASES = 4;

const MOCKS = new Set(['jest', 'vi']);
const MOCKING_METHODS = new Set(['mock', 'doMock', 'setMock', 'unstable_mockModule']);

/** The clients of one file. */
export class Clients {
  readonly values: Values;
  /** What the expressions of the file, and of the modules that it leads to, are as constants. */
  readonly constants: Modules;
  /** What the file, and the modules that it leads to, have from libraries. */
  readonly libraries: Libraries;
  readonly #bindings: Bindings;
  readonly #modules: ReadonlyMap<string, ClientModule>;
  readonly #mocked: ReadonlySet<string>;
  readonly #project: Project | null;
  readonly #parts = new Map<string, Value>();
  /** The modules of the project. */
  readonly #sources: Finder = {
    isOutside: () => false,
    modules: (specifier, from) => this.#modulesAt(specifier, from),
  };
  /** The same, where a client is known without its source. */
  readonly #finder: Finder = {
    ...this.#sources,
    isOutside: (specifier, from) => this.#clientModule(specifier, from) !== null,
  };

  /**
   * @param program the file; null for modules that are included later, each of which mocks nothing
   * @param clients the clients to look for; one that the file mocks is none there
   * @param project the modules that imports lead to; null where only this file is looked at
   * @param wrappers the functions that the user has told of
   */
  constructor(
    program: Program | null,
    bindings: Bindings,
    clients: readonly ClientModule[],
    project: Project | null = null,
    wrappers: readonly ToldFunction[] = [],
  ) {
    this.#bindings = bindings;
    this.#project = project;
    this.#mocked = program === null ? new Set() : mockedModules(program);
    this.#modules = new Map(clients.map((client) => [client.module, client]));
    this.values = new Values(program, bindings, this.#host(bindings));
    this.libraries = new Libraries(this.values, wrappers);
    this.constants = new Modules(project, { heedsTests: true, objects: 'seen' });
    if (program !== null) this.constants.expressionsOf({ program, bindings });
  }

  /** The method that an expression is, called or not; null where it is none with a role. */
  method(node: Node): Method | null {
    // Which function a parameter is depends on the call; the analysis follows that.
    if (this.#isParameter(node)) return null;
    for (const value of this.values.of(node)) {
      if (value.kind !== 'external') continue;
      const part = value.external as Part;
      if (part.kind === 'method') return part;
    }
    return null;
  }

  /** The method that a call performs, directly or by `call` or `apply`. */
  called(call: CallExpression): Method | null {
    const callee = unwrap(call.callee);
    if (callee.type === 'MemberExpression') {
      const name = memberName(callee);
      if (name === 'call' || name === 'apply') {
        const applied = this.method(callee.object);
        if (applied !== null) return applied;
      }
    }
    return this.method(callee);
  }

  /** Whether an expression is the member of a client that has this name, with a role or without. */
  isMember(node: Node, name: string): boolean {
    const inner = unwrap(node);
    if (inner.type === 'MemberExpression') {
      return memberName(inner) === name && this.#hasMembers(inner.object);
    }
    const variable = inner.type === 'Identifier' ? this.#bindings.variable(inner) : null;
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition === undefined || !isNeverReassigned(variable)) return false;
    const { node: declarator } = definition;
    if (declarator.type !== 'VariableDeclarator' || declarator.init === null) return false;
    const { id, init } = declarator;
    if (id.type !== 'ObjectPattern') {
      return unwrap(init).type === 'MemberExpression' && this.isMember(init, name);
    }
    return id.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.value === definition.name &&
        keyName(property.key, property.computed) === name &&
        this.#hasMembers(init),
    );
  }

  /** Whether an expression is a client, or a module that may be one by CommonJS interop. */
  #hasMembers(node: Node): boolean {
    return this.values.of(node).some((value) => {
      if (value.kind !== 'external') return false;
      const part = value.external as Part;
      return part.kind === 'client' || (part.kind === 'module' && part.of.export === 'default');
    });
  }

  #isParameter(node: Node): boolean {
    if (node.type !== 'Identifier') return false;
    const [definition] = this.#bindings.variable(node)?.defs ?? [];
    return definition?.type === 'Parameter';
  }

  /**
   * Whether a method with a role is used anywhere in a file, as a member or destructured. Cheaper
   * than an analysis, for files that hardly can.
   */
  isUsedIn(program: Program): boolean {
    const open: Node[] = [program];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.type === 'MemberExpression') {
        const name = memberName(node);
        const canBe = name === null ? node.computed : this.#canBeMethod(name);
        if (canBe && this.method(node) !== null) return true;
      } else if (node.type === 'Property' && node.parent?.type === 'ObjectPattern') {
        if (this.#canBeMethod(keyName(node.key, node.computed))) {
          const target = node.value.type === 'AssignmentPattern' ? node.value.left : node.value;
          if (target.type !== 'Identifier' || this.method(target) !== null) return true;
        }
      }
      open.push(...childrenOf(node));
    }
    return false;
  }

  #canBeMethod(name: string | null): boolean {
    return name !== null && [...this.#modules.values()].some(({ role }) => role(name) !== null);
  }

  /** Whether an expression is a client, its package or a method of it. */
  isClient(node: Node): boolean {
    return this.values
      .of(node)
      .some(
        (value) =>
          value.kind === 'external' &&
          !isThing(value.external) &&
          (value.external as Part).kind !== 'namespace',
      );
  }

  #host(bindings: Bindings): ValueHost {
    return {
      imported: (definition) => (isTypeOnly(definition) ? [] : this.#imported(definition)),
      module: (specifier, from) => this.#required(specifier, from),
      global: (identifier, name) => {
        if (!isReceiver(identifier)) return [];
        const client = this.#global(name);
        return client.length > 0 ? client : this.libraries.global(name);
      },
      member: (external, name) =>
        isThing(external)
          ? this.libraries.member(external, name)
          : this.#member(external as Part, name),
      result: (external, call) => (isThing(external) ? this.libraries.result(external, call) : []),
      given: (external, call, position, index) =>
        isThing(external) ? this.libraries.given(external, call, position, index) : [],
      key: (node) => this.constants.textOf(node),
      origins: (definition) => (isTypeOnly(definition) ? [] : this.#importOrigins(definition)),
      memberOrigins: (external, name) => {
        const part = external as Part;
        return part.kind === 'namespace' ? nodesOf(exportsIn(part.of, name, this.#sources)) : [];
      },
      annotated: (annotation) => this.#annotated(annotation, bindings),
      family: (node) => this.#project?.familyOf(node) ?? null,
      wrapper: (call) => this.#wrapperOf(call),
    };
  }

  /** How a call hands on its first argument, if it is one of {@link WRAPPERS} that is not seen. */
  #wrapperOf({ callee }: CallExpression): Wrapper | null {
    const inner = unwrap(callee);
    if (inner.type === 'MemberExpression') {
      const name = memberName(inner) ?? '';
      if (LOCKS.has(name)) return this.#isGlobal(inner.object, 'Object') ? 'argument' : null;
      if (!WRAPPERS.has(name)) return null;
    } else if (inner.type !== 'Identifier') {
      return null;
    }
    const wrapper = WRAPPERS.get(this.#unseenName(inner) ?? '') ?? null;
    return wrapper === null || this.values.of(inner).length > 0 ? null : wrapper;
  }

  #isGlobal(node: Node, name: string): boolean {
    const inner = unwrap(node);
    return (
      inner.type === 'Identifier' && inner.name === name && this.#bindings.variable(inner) === null
    );
  }

  /**
   * The name under which an expression is exported by the module that it is imported from, or known
   * as a global; null where it is neither.
   */
  #unseenName(node: Node, depth = 0): string | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        if (variable === null) return inner.name;
        return depth < MAX_ALIASES ? this.#importedAs(variable, depth + 1) : null;
      }
      case 'MemberExpression':
        return this.#unseenName(inner.object, depth) === null ? null : memberName(inner);
      case 'AwaitExpression':
        return this.#unseenName(inner.argument, depth);
      case 'ImportExpression':
        return 'default';
      case 'CallExpression':
        return this.#isGlobal(inner.callee, 'require') ? 'default' : null;
      default:
        return null;
    }
  }

  /** The same for what a name is bound to; where it is a whole module, the name itself. */
  #importedAs(variable: Variable, depth: number): string | null {
    const [definition] = variable.defs;
    if (definition === undefined || !isNeverReassigned(variable)) return null;
    const { type, node, name } = definition;
    if (type === 'ImportBinding') return wholeOr(importOf(definition)?.name ?? null, variable);
    if (node.type !== 'VariableDeclarator' || node.init === null) return null;
    const whole = this.#unseenName(node.init, depth);
    if (whole === null || node.id === name) return whole === null ? null : wholeOr(whole, variable);
    const place = name.parent?.type === 'AssignmentPattern' ? name.parent : name;
    const { parent } = place;
    return parent?.type === 'Property' ? keyName(parent.key, parent.computed) : null;
  }

  #part(key: string, part: Part): readonly Value[] {
    let value = this.#parts.get(key);
    if (value === undefined) {
      value = { kind: 'external', external: part };
      this.#parts.set(key, value);
    }
    return [value];
  }

  /** What a whole module is for who requires or imports it as an object. */
  #required(specifier: string, from: Node): readonly Value[] {
    const client = this.#clientModule(specifier, from);
    if (client !== null) return this.#moduleOf(client);
    const told = this.#told(specifier, from, null);
    const modules = this.#modulesAt(specifier, from);
    if (modules.length === 0) return [...told, ...this.#ofLibrary(specifier, null)];
    const found = modules.flatMap((module) => [
      ...exportsOf(module.program).whole.flatMap((node) => this.values.of(node)),
      ...this.#namespace(module),
    ]);
    return [...told, ...found];
  }

  /** What a library exports under a name, or as a whole. */
  #ofLibrary(specifier: string, name: string | null): readonly Value[] {
    return this.#mocked.has(specifier) ? [] : this.libraries.exported(specifier, name);
  }

  /** What the user has told of an export, whatever its source says. */
  #told(specifier: string, from: Node, name: string | null): readonly Value[] {
    if (this.#mocked.has(specifier)) return [];
    return this.libraries.told(
      specifier,
      name,
      (path) => this.#project?.leadsTo(from, specifier, path) ?? false,
    );
  }

  #clientModule(specifier: string, from: Node): ClientModule | null {
    if (this.#mocked.has(specifier)) return null;
    return this.#modules.get(specifier) ?? this.#clientAt(specifier, from);
  }

  /** The client that is a module of the project, by its path. */
  #clientAt(specifier: string, from: Node): ClientModule | null {
    for (const client of this.#modules.values()) {
      if (client.path === null) continue;
      const isHere = this.#project?.leadsTo(from, specifier, client.path) ?? false;
      if (isHere) return client;
    }
    return null;
  }

  /** The modules of the project that an import leads to. Their bindings are known from then on. */
  #modulesAt(specifier: string, from: Node): readonly Module[] {
    if (this.#mocked.has(specifier)) return [];
    const modules = this.#project?.modules(from, specifier) ?? [];
    for (const { bindings, program } of modules) {
      this.#bindings.include(program, bindings);
      this.values.include(program);
    }
    return modules;
  }

  /** What the modules at a specifier export under a name; as an object, where no name is given. */
  #exported(specifier: string, from: Node, name: string | null): readonly Value[] {
    const told = this.#told(specifier, from, name);
    if (told.length > 0) return told;
    return exportsAt(specifier, name, from, this.#finder).flatMap((one) => this.#exportOf(one));
  }

  #exportOf(found: Export): readonly Value[] {
    switch (found.kind) {
      case 'node':
        return this.#valuesOf(found.node);
      case 'whole': {
        const { node, name, module } = found;
        const values = this.values.of(node);
        if (name !== null) return values.flatMap((value) => this.values.member(value, name));
        // The default of a CommonJS module is the object of its exports.
        return values.length > 0 ? values : this.#namespace(module);
      }
      case 'namespace':
        return this.#namespace(found.module);
      case 'outside': {
        const { specifier, name, from } = found;
        const client = this.#clientModule(specifier, from);
        if (client === null) return this.#ofLibrary(specifier, name);
        const module = this.#moduleOf(client);
        return name === null ? module : module.flatMap((value) => this.values.member(value, name));
      }
    }
  }

  #importOrigins(definition: Definition): readonly Node[] {
    const imported = importOf(definition);
    const name = imported?.name ?? null;
    if (imported === null || name === null) return [];
    const { specifier } = imported;
    return nodesOf(exportsAt(specifier, name, definition.node, this.#sources));
  }

  /** What an expression, or a name where it is declared, can be. */
  #valuesOf(node: Node): readonly Value[] {
    const variable = node.type === 'Identifier' ? this.#bindings.variable(node) : null;
    return variable === null ? this.values.of(node) : this.values.ofVariable(variable);
  }

  #namespace(module: Module): readonly Value[] {
    return this.#part(`namespace ${module.path}`, { kind: 'namespace', of: module });
  }

  #moduleOf(client: ClientModule): readonly Value[] {
    return this.#part(`module ${client.module}`, { kind: 'module', of: client });
  }

  #client(client: ClientModule): readonly Value[] {
    return this.#part(`client ${client.module}`, { kind: 'client', of: client });
  }

  #global(name: string): readonly Value[] {
    const client = [...this.#modules.values()].find(({ global }) => global === name);
    // Whatever is put there need not be the package itself.
    return client === undefined
      ? []
      : this.#client({ ...client, module: `global ${name}`, promises: false });
  }

  #imported(definition: Definition): readonly Value[] {
    const imported = importOf(definition);
    if (imported === null) return [];
    const { specifier, name, isRequired } = imported;
    return isRequired
      ? this.#required(specifier, definition.node)
      : this.#exported(specifier, definition.node, name);
  }

  #member(part: Part, name: string): readonly Value[] {
    if (part.kind === 'method') return [];
    if (part.kind === 'namespace') {
      return exportsIn(part.of, name, this.#finder).flatMap((one) => this.#exportOf(one));
    }
    if (part.kind === 'module' && name === part.of.export) return this.#client(part.of);
    // CommonJS interop may leave the client where its module should be, or the reverse.
    if (part.kind === 'client' && name === 'default') return this.#client(part.of);
    // A module that exports its client by name has no methods itself.
    if (part.kind === 'module' && part.of.export !== 'default') return [];
    const role = part.of.role(name);
    return role === null
      ? []
      : this.#part(`method ${part.of.module} ${name}`, {
          kind: 'method',
          name,
          role,
          of: part.of,
        });
  }

  #annotated(annotation: Node, bindings: Bindings, depth = 0): readonly Value[] {
    if (depth > MAX_TYPE_DEPTH) return [];
    const next = (node: Node): readonly Value[] => this.#annotated(node, bindings, depth + 1);
    switch (annotation.type) {
      case 'TSTypeAnnotation':
        return next(annotation.typeAnnotation);
      case 'TSUnionType':
      case 'TSIntersectionType':
        return annotation.types.flatMap((type) => next(type));
      case 'TSTypeQuery':
        return annotation.exprName.type === 'TSImportType'
          ? next(annotation.exprName)
          : this.#typeName(annotation.exprName, next);
      case 'TSImportType': {
        const source: unknown = annotation.source;
        return isNode(source) && source.type === 'Literal'
          ? this.#required(String(source.value), annotation)
          : [];
      }
      case 'TSIndexedAccessType': {
        const key = annotation.indexType;
        const name = key.type === 'TSLiteralType' ? keyName(key.literal, true) : null;
        return name === null
          ? []
          : next(annotation.objectType).flatMap((value) =>
              value.kind === 'external' ? this.#member(value.external as Part, name) : [],
            );
      }
      case 'TSTypeReference': {
        const { typeName } = annotation;
        if (typeName.type !== 'Identifier') return [];
        const definition = bindings.variable(typeName)?.defs[0];
        if (definition?.type === 'ImportBinding') return this.#typed(definition);
        return definition?.node.type === 'TSTypeAliasDeclaration'
          ? next(definition.node.typeAnnotation)
          : [];
      }
      default:
        return [];
    }
  }

  /** The client that an imported type is the type of. */
  #typed(definition: Definition): readonly Value[] {
    const imported = importOf(definition);
    const name = imported?.name ?? null;
    if (imported === null || name === null) return [];
    const client = this.#clientModule(imported.specifier, definition.node);
    return client?.type === name ? this.#client(client) : [];
  }

  #typeName(node: Node, next: (node: Node) => readonly Value[]): readonly Value[] {
    switch (node.type) {
      case 'Identifier': {
        // A type may name what was imported for its type alone.
        const [definition] = this.#bindings.variable(node)?.defs ?? [];
        return definition?.type === 'ImportBinding'
          ? this.#imported(definition)
          : this.values.of(node);
      }
      case 'TSQualifiedName': {
        const name = node.right.name;
        return this.#typeName(node.left, next).flatMap((value) =>
          value.kind === 'external' ? this.#member(value.external as Part, name) : [],
        );
      }
      default:
        return next(node);
    }
  }
}

/** The names and expressions that exports are. */
function nodesOf(exported: readonly Export[]): readonly Node[] {
  return exported.flatMap((found) => (found.kind === 'node' ? [found.node] : []));
}

/** The name of an export; that of the binding, where it holds the default or the whole module. */
function wholeOr(exported: string | null, { name }: Variable): string {
  return exported === null || exported === 'default' ? name : exported;
}

/** Whether a method is called on a name: the web Messenger's global is called itself. */
function isReceiver(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'MemberExpression' && parent.object === identifier;
}

/** The modules that a file replaces by mocks: `jest.mock(…)` and `vi.mock(…)` at its top level. */
export function mockedModules(program: Program): ReadonlySet<string> {
  const mocked = new Set<string>();
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement') continue;
    let call: Node = unwrap(statement.expression);
    // Calls can be chained: `jest.mock('a').mock('b')`.
    while (call.type === 'CallExpression') {
      const callee: Node = unwrap(call.callee);
      if (callee.type !== 'MemberExpression') break;
      const [first] = call.arguments;
      const specifier = first === undefined ? null : mockedSpecifier(first);
      const root = rootOf(callee);
      if (specifier !== null && MOCKS.has(root) && MOCKING_METHODS.has(memberName(callee) ?? '')) {
        mocked.add(specifier);
      }
      call = unwrap(callee.object);
    }
  }
  return mocked;
}

/** Whether a file replaces modules by mocks. */
export function isMocking(program: Program): boolean {
  return mockedModules(program).size > 0;
}

function mockedSpecifier(node: Node): string | null {
  const inner = unwrap(node);
  return inner.type === 'ImportExpression' ? keyName(inner.source, true) : keyName(inner, true);
}

function rootOf(node: Node): string {
  let inner = node;
  for (;;) {
    if (inner.type === 'MemberExpression') inner = unwrap(inner.object);
    else if (inner.type === 'CallExpression') inner = unwrap(inner.callee);
    else return inner.type === 'Identifier' ? inner.name : '';
  }
}
