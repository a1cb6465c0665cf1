/**
 * Which expression is an Intercom client, one of its methods, or its package, whatever way it came
 * by its name.
 */

import {
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { nodesOf } from '../syntax/by-type.ts';
import { importOf, isTypeOnly, type Bindings, type Definition } from '../syntax/bindings.ts';
import { Annotations, type ObjectType } from '../values/annotations.ts';
import { Interned } from '../values/interned.ts';
import { Values, type Value, type ValueHost } from '../values/resolve.ts';
import { isGlobal } from '../syntax/promises.ts';
import type { Project } from '../project/project.ts';
import { Modules } from '../values/host.ts';
import { Libraries } from '../values/libraries/libraries.ts';
import { isThing } from '../values/libraries/things.ts';
import type { Wrapper as ToldFunction } from '../values/libraries/shapes.ts';
import { mockedModules } from './mocks.ts';
import type { Role } from './roles.ts';
import { Sources, type Namespace } from './sources.ts';
import { Wrappers } from './wrappers.ts';
import type { ClientModule } from './client-module.ts';

/** Something of an Intercom client, or a module of the project as an object, as a value. */
type Part =
  | { readonly kind: 'module'; readonly of: ClientModule }
  | { readonly kind: 'client'; readonly of: ClientModule }
  | Method
  | Other
  | Typed
  | Namespace;

/** An object of which nothing is known but its type. */
interface Typed {
  readonly kind: 'typed';
  readonly type: ObjectType;
}

interface Method {
  readonly kind: 'method';
  readonly name: string;
  readonly role: Role;
  /** Its client. */
  readonly of: ClientModule;
}

/** A member without a role. */
interface Other {
  readonly kind: 'other';
  readonly name: string;
  /** Its client. */
  readonly of: ClientModule;
}

const NO_METHODS: readonly Method[] = [];

/** What is a client, or leads to one whatever is done with it. */
const IS_CLIENT: ReadonlySet<Part['kind']> = new Set(['module', 'client', 'method']);

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
  readonly #parts = new Interned();
  readonly #typedObjects = new Map<ObjectType, readonly Value[]>();
  readonly #sources: Sources;
  readonly #annotations: Annotations;
  readonly #wrappers: Wrappers;
  readonly #isAlone: boolean;
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
    this.#isAlone = program !== null;
    this.#mocked = program === null ? new Set() : mockedModules(program);
    this.#modules = new Map(clients.map((client) => [client.module, client]));
    this.values = new Values(program, bindings, this.#host());
    this.#sources = new Sources(this.values, project, this.#mocked, {
      isOutside: (specifier, from) => this.#clientModule(specifier, from) !== null,
      exported: (specifier, name, from) => this.#exported(specifier, name, from),
      told: (specifier, name, from) => this.#told(specifier, from, name),
    });
    this.#annotations = new Annotations(bindings, {
      imported: (definition) => this.#sources.imported(definition),
      module: (specifier, from) => this.#sources.required(specifier, from),
      member: (external, name) => this.#memberOf(external, name),
      of: (node) => this.values.of(node),
      typed: (definition, name) => this.#typed(definition, name),
      object: (type) => this.#objectOf(type),
      // A client is an object of no class that has a name.
      instance: () => [],
    });
    this.#wrappers = new Wrappers(bindings, this.values, (node) => this.constants.externalOf(node));
    this.libraries = new Libraries(this.values, wrappers);
    this.constants = new Modules(project, { heedsTests: true, objects: 'seen' });
    if (program !== null) this.constants.expressionsOf({ program, bindings });
  }

  /** The method that an expression is, called or not; null where it is none with a role. */
  method(node: Node): Method | null {
    return this.#methods(node)[0] ?? null;
  }

  /** The methods that an expression can be which can be some other function, too. */
  choices(node: Node): readonly Method[] {
    const methods = this.#methods(node);
    const inner = unwrap(node);
    // Of what can be a client, a method is taken to be one of the client.
    const isMember = inner.type === 'MemberExpression' && this.#hasMembers(inner.object);
    if (methods.length === 0 || isMember) return NO_METHODS;
    const isAlone =
      methods.length === 1 &&
      this.values.of(node).every(({ kind }) => kind !== 'function' && kind !== 'unknown');
    return isAlone ? NO_METHODS : methods;
  }

  #methods(node: Node): readonly Method[] {
    // Which function a parameter is, or has, depends on the call; the analysis follows that.
    const inner = unwrap(node);
    const isPart =
      inner.type === 'MemberExpression' &&
      this.#isParameter(unwrap(inner.object)) &&
      !this.#hasMembers(inner.object);
    if (isPart || this.#isParameter(node)) return NO_METHODS;
    let methods = NO_METHODS;
    for (const value of this.values.of(node)) {
      const part = partOf(value);
      if (part?.kind === 'method' && !methods.includes(part)) methods = [...methods, part];
    }
    return methods;
  }

  /** The method that a call performs, directly or by `call` or `apply`. */
  called(call: CallExpression): Method | null {
    const callee = unwrap(call.callee);
    if (callee.type === 'MemberExpression') {
      const name = memberName(callee);
      if (name === 'call' || name === 'apply') {
        const [first] = call.arguments;
        const isReflected = name === 'apply' && isGlobal(callee.object, 'Reflect', this.#bindings);
        const applied = this.method(isReflected && first ? first : callee.object);
        if (applied !== null) return applied;
      }
    }
    return this.method(callee);
  }

  /** Whether an expression is the member of a client that has this name, with a role or without. */
  isMember(node: Node, name: string): boolean {
    return this.values.of(node).some((value) => {
      const part = partOf(value);
      return (part?.kind === 'method' || part?.kind === 'other') && part.name === name;
    });
  }

  /** Whether an expression is a client, or a module that may be one by CommonJS interop. */
  #hasMembers(node: Node): boolean {
    return this.values.of(node).some((value) => {
      const part = partOf(value);
      return part?.kind === 'client' || (part?.kind === 'module' && part.of.export === 'default');
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
    const isUsed = nodesOf(program, 'MemberExpression').some((node) => {
      const name = memberName(node);
      const canBe = name === null ? node.computed : this.#canBeMethod(name);
      return canBe && this.method(node) !== null;
    });
    if (isUsed) return true;
    return nodesOf(program, 'Property').some(({ parent, key, computed, value }) => {
      if (parent?.type !== 'ObjectPattern' || !this.#canBeMethod(keyName(key, computed)))
        return false;
      const target = value.type === 'AssignmentPattern' ? value.left : value;
      return target.type !== 'Identifier' || this.method(target) !== null;
    });
  }

  #canBeMethod(name: string | null): boolean {
    return name !== null && [...this.#modules.values()].some(({ role }) => role(name) !== null);
  }

  /** Whether one of these packages is installed, or meant to be. */
  isNamed(packages: readonly string[]): boolean {
    return this.#project?.isNamed(packages) ?? false;
  }

  /** Whether an import leads to a file of the project, which may not be read. */
  isOwn(from: Node, specifier: string): boolean {
    return this.#project?.isOwn(from, specifier) ?? false;
  }

  /** Reads the modules together with the file, too, from which it has nothing but types. */
  includeTypes(): void {
    // What is read together for several files is not added to by one.
    if (this.#isAlone) this.#sources.includeTypes();
  }

  /** Whether an expression is a client, its package or a method of it. */
  isClient(node: Node): boolean {
    return this.values.of(node).some((value) => {
      const part = partOf(value);
      return part !== null && IS_CLIENT.has(part.kind);
    });
  }

  #host(): ValueHost {
    return {
      imported: (definition) => (isTypeOnly(definition) ? [] : this.#sources.imported(definition)),
      module: (specifier, from) => this.#sources.required(specifier, from),
      global: (identifier, name) => {
        if (!isReceiver(identifier)) return [];
        const client = this.#global(name);
        return client.length > 0 ? client : this.libraries.global(name);
      },
      member: (external, name) => this.#memberOf(external, name),
      result: (external, call) => (isThing(external) ? this.libraries.result(external, call) : []),
      given: (external, call, position, index) =>
        isThing(external) ? this.libraries.given(external, call, position, index) : [],
      key: (node) => this.constants.textOf(node),
      origins: (definition) => (isTypeOnly(definition) ? [] : this.#sources.origins(definition)),
      memberOrigins: (external, name) => {
        const part = external as Part;
        return part.kind === 'namespace' ? this.#sources.memberOrigins(part, name) : [];
      },
      annotated: (annotation) => this.#annotations.of(annotation),
      family: (node) => this.#project?.familyOf(node) ?? null,
      wrapper: (call) => this.#wrappers.of(call),
    };
  }

  /** The client that an imported type is the type of, by itself or by the name of its module. */
  #typed(definition: Definition, member: string | null): readonly Value[] {
    const imported = importOf(definition);
    if (imported === null || (imported.name !== null && member !== null)) return [];
    const client = this.#clientModule(imported.specifier, definition.node);
    const name = imported.name ?? member;
    return client !== null && name !== null && client.type === name ? this.#client(client) : [];
  }

  #objectOf(type: ObjectType): readonly Value[] {
    let values = this.#typedObjects.get(type);
    if (values === undefined) {
      const external: Typed = { kind: 'typed', type };
      values = [{ kind: 'external', external }];
      this.#typedObjects.set(type, values);
    }
    return values;
  }

  #memberOf(external: object, name: string): readonly Value[] {
    return isThing(external)
      ? this.libraries.member(external, name)
      : this.#member(external as Part, name);
  }

  /** What a client, or a library, that is known without its source exports. */
  #exported(specifier: string, name: string | null, from: Node): readonly Value[] {
    const client = this.#clientModule(specifier, from);
    if (client === null) return this.#ofLibrary(specifier, name);
    const module = this.#moduleOf(client);
    return name === null ? module : module.flatMap((value) => this.values.member(value, name));
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

  #moduleOf(client: ClientModule): readonly Value[] {
    return this.#parts.of(`module ${client.module}`, { kind: 'module', of: client });
  }

  #client(client: ClientModule): readonly Value[] {
    return this.#parts.of(`client ${client.module}`, { kind: 'client', of: client });
  }

  #global(name: string): readonly Value[] {
    const client = [...this.#modules.values()].find(({ global }) => global === name);
    // Whatever is put there need not be the package itself.
    return client === undefined
      ? []
      : this.#client({ ...client, module: `global ${name}`, promises: false });
  }

  #member(part: Part, name: string): readonly Value[] {
    if (part.kind === 'method' || part.kind === 'other') return [];
    if (part.kind === 'namespace') {
      return this.#sources.member(part, name);
    }
    if (part.kind === 'typed') return this.#annotations.memberOf(part.type, name);
    if (part.kind === 'module' && name === part.of.export) return this.#client(part.of);
    // CommonJS interop may leave the client where its module should be, or the reverse.
    if (part.kind === 'client' && name === 'default') return this.#client(part.of);
    // A module that exports its client by name has no methods itself.
    if (part.kind === 'module' && part.of.export !== 'default') return [];
    const role = part.of.role(name);
    const member: Part =
      role === null
        ? { kind: 'other', name, of: part.of }
        : { kind: 'method', name, role, of: part.of };
    return this.#parts.of(`member ${part.of.module} ${name}`, member);
  }
}

/** What of a client a value is; null for any other. */
function partOf(value: Value): Part | null {
  return value.kind === 'external' && !isThing(value.external) ? (value.external as Part) : null;
}

/** Whether a method is called on a name: the web Messenger's global is called itself. */
function isReceiver(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'MemberExpression' && parent.object === identifier;
}
