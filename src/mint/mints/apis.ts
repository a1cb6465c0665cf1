/** Which expression is something of a minting library, whatever way it came by it. */

import {
  memberName,
  unwrap,
  type CallExpression,
  type ClassNode,
  type Node,
} from '../../syntax/ast.ts';
import { importOf, isTypeOnly, type Bindings, type Definition } from '../../syntax/bindings.ts';
import { Annotations } from '../../values/annotations.ts';
import { Interned } from '../../values/interned.ts';
import { Values, type Value, type ValueHost } from '../../values/resolve.ts';
import { ELYSIA_LIBRARY, ELYSIA_SIGN, MODULES, type Api } from '../libraries/table.ts';
import { apiOf, readSpecifier } from '../libraries/specifiers.ts';
import type { Creation, Unit, Units } from './units.ts';
import { FASTIFY_APP, FASTIFY_REPLY, type Part, type Setup } from './library-parts.ts';

/** The name of a method that @fastify/jwt adds to replies, its namespaces' names before it. */
const REPLY_METHOD = /^(?:jwtSign|\w+JwtSign)$/;

const NOTHING: readonly Value[] = [];

/** The minting libraries of the files that are looked at. */
export class Apis {
  readonly values: Values;
  readonly #units: Units;
  readonly #bindings: Bindings;
  readonly #parts = new Interned();
  readonly #annotations: Annotations;
  readonly #results = new Map<object, Map<object, Value>>();
  /** The packages that a file imports, by the name that the table has. */
  readonly #imported = new Map<Unit, ReadonlySet<string>>();
  /** The modules of the project, by who imports them. */
  readonly #modules = new Map<Unit, Map<string, Value>>();

  /** @param bindings those of all files */
  constructor(units: Units, bindings: Bindings) {
    this.#units = units;
    this.#bindings = bindings;
    this.values = new Values(units.linted.program, bindings, this.#host());
    this.#annotations = new Annotations(bindings, {
      imported: (definition) => this.#import(definition),
      typed: (definition, name) =>
        name === null ? this.#import(definition).flatMap((value) => this.#instance(value)) : [],
      module: (specifier, from) => this.#module(specifier, from),
      member: (external, name) => this.#member(external as Part, name),
      of: (node) => this.values.of(node),
      instance: (value) => this.#instance(value),
    });
    units.onInclude((program) => {
      this.values.include(program);
    });
  }

  /** Whether the file that a node is in imports a package. */
  #imports(node: Node, name: string): boolean {
    const unit = this.#units.of(node);
    let imported = this.#imported.get(unit);
    if (imported === undefined) {
      imported = new Set(unit.specifiers.flatMap((one) => readSpecifier(one)?.name ?? []));
      this.#imported.set(unit, imported);
    }
    return imported.has(name);
  }

  /** The parts of libraries that an expression can be. */
  of(node: Node): readonly Part[] {
    return this.values
      .of(node)
      .flatMap((value) => (value.kind === 'external' ? [value.external as Part] : []));
  }

  /** The function that a call mints with; null where it does not mint. */
  signer(call: Creation): (Part & { readonly kind: 'signer' }) | null {
    for (const part of this.of(call.callee)) {
      if (part.kind === 'signer') return part;
      if (part.kind === 'api' && part.api.kind === 'sign') {
        const { library, signing } = part.api;
        return { kind: 'signer', library, signing, setup: { kind: 'none' }, version: part.version };
      }
    }
    return this.#decorated(unwrap(call.callee));
  }

  /** The token that a call begins, if it begins one that is made step by step. */
  built(call: Creation): (Part & { readonly kind: 'built' }) | null {
    for (const part of this.of(call)) {
      if (part.kind === 'built' && part.creation === call) return part;
    }
    return null;
  }

  /** The function that sets up a library, or the plugin that does, that an expression is. */
  setup(node: Node): (Api & { readonly kind: 'setup' }) | null {
    for (const part of this.of(node)) {
      if (part.kind === 'api' && part.api.kind === 'setup') return part.api;
    }
    return null;
  }

  /**
   * A signer that a framework hands to its handlers, where only the names tell: `reply.jwtSign`,
   * `fastify.jwt.sign`, the `jwt.sign` of an Elysia context.
   */
  #decorated(callee: Node): (Part & { readonly kind: 'signer' }) | null {
    if (callee.type !== 'MemberExpression') return null;
    const name = memberName(callee);
    if (name === null) return null;
    if (REPLY_METHOD.test(name) && this.#isUnknown(callee.object)) return FASTIFY_REPLY;
    if (name !== 'sign') return null;
    const object = unwrap(callee.object);
    if (object.type === 'MemberExpression' && memberName(object) === 'jwt') {
      const isFastify = this.#imports(callee, 'fastify') || this.#imports(callee, '@fastify/jwt');
      const isNamed = lastName(object.object) === 'fastify';
      if ((isFastify || isNamed) && this.#isUnknown(object.object)) return FASTIFY_APP;
    }
    if (this.#imports(callee, '@elysiajs/jwt') && this.#isFromContext(object)) {
      return {
        kind: 'signer',
        library: ELYSIA_LIBRARY,
        signing: ELYSIA_SIGN,
        setup: { kind: 'elsewhere' },
        version: null,
      };
    }
    return null;
  }

  /** Whether an expression is a parameter, or of one, of which nothing is known. */
  #isUnknown(node: Node): boolean {
    return this.values
      .of(node)
      .every((value) => value.kind === 'external' && (value.external as Part).kind === 'module');
  }

  /** Whether an expression is a property of a parameter: of the context of a handler. */
  #isFromContext(node: Node): boolean {
    if (node.type === 'MemberExpression') return this.#isParameter(unwrap(node.object));
    return this.#isParameter(node);
  }

  #isParameter(node: Node): boolean {
    if (node.type !== 'Identifier') return false;
    return this.#bindings.variable(node)?.defs[0]?.type === 'Parameter';
  }

  #host(): ValueHost {
    return {
      imported: (definition) => (isTypeOnly(definition) ? NOTHING : this.#import(definition)),
      module: (specifier, from) => this.#module(specifier, from),
      global: (_identifier, name) => {
        const { KJUR } = name === 'KJUR' ? namespaceOf('jsrsasign') : {};
        return KJUR === undefined ? NOTHING : this.#api('jsrsasign KJUR', KJUR, null);
      },
      member: (external, name) => this.#member(external as Part, name),
      annotated: (annotation) => this.#annotations.of(annotation),
      inherited: (external, heir, name) => this.#inherited(external as Part, heir, name),
      family: () => null,
      wrapper: (call) => (isPromisify(call) ? 'argument' : null),
      result: (external, call) => this.#result(external as Part, call),
    };
  }

  #api(key: string, api: Api, version: string | null): readonly Value[] {
    return this.#parts.of(key, { kind: 'api', api, version });
  }

  #module(specifier: string, importer: Node): readonly Value[] {
    const read = readSpecifier(specifier);
    const api = read === null ? null : apiOf(read);
    if (api !== null) return this.#api(`module ${specifier}`, api, read?.version ?? null);
    const from = this.#units.of(importer);
    const modules = this.#modules.get(from) ?? new Map<string, Value>();
    this.#modules.set(from, modules);
    const module: Part = { kind: 'module', specifier, from };
    const known: Value = modules.get(specifier) ?? { kind: 'external', external: module };
    modules.set(specifier, known);
    return [known];
  }

  /** What a module of the project exports. */
  #exported(
    { specifier, from }: Part & { readonly kind: 'module' },
    name: string,
  ): readonly Value[] {
    const exported = this.#units.exported(specifier, name, from);
    if (exported !== null) return this.values.of(exported);
    // A member of what `module.exports` is.
    const whole = name === 'default' ? null : this.#units.exported(specifier, 'default', from);
    if (whole === null) return NOTHING;
    return this.values.of(whole).flatMap((value) => this.values.member(value, name));
  }

  #import(definition: Definition): readonly Value[] {
    const imported = importOf(definition);
    if (imported === null) return NOTHING;
    const { specifier, name } = imported;
    const module = this.#module(specifier, definition.node);
    if (name === null) return module;
    return module.flatMap((value) =>
      value.kind === 'external' ? this.#member(value.external as Part, name) : NOTHING,
    );
  }

  #member(part: Part, name: string): readonly Value[] {
    switch (part.kind) {
      case 'api':
        return this.#apiMember(part, name);
      case 'built': {
        const { builder } = part;
        if (name === builder.body) return this.#derived(part, name, { kind: 'body', of: part });
        const isMethod = Object.hasOwn(builder.steps, name) || Object.hasOwn(builder.ends, name);
        return isMethod ? this.#derived(part, name, { kind: 'method', of: part, name }) : NOTHING;
      }
      case 'service': {
        const { api, setup, version } = part;
        const signing = Object.hasOwn(api.methods, name) ? api.methods[name] : undefined;
        if (signing === undefined) return NOTHING;
        const { library } = api;
        return this.#derived(part, name, { kind: 'signer', library, signing, setup, version });
      }
      case 'decorator':
        return name === 'sign'
          ? this.#parts.of('fastify sign', FASTIFY_APP)
          : this.#parts.of('fastify jwt', part);
      case 'module':
        return this.#exported(part, name);
      case 'signer':
      case 'body':
      case 'method':
        return NOTHING;
    }
  }

  #apiMember(part: Part & { readonly kind: 'api' }, name: string): readonly Value[] {
    const { api, version } = part;
    if (api.kind === 'host') {
      if (api.host === 'fastify' && name === 'jwt') {
        return this.#parts.of('fastify jwt', { kind: 'decorator' });
      }
      if (api.host === 'request' && name === 'server') {
        const server = namespaceOf('fastify')['fastify'];
        if (server !== undefined) return this.#api('fastify app', server, null);
      }
      if (api.host === 'reply' && REPLY_METHOD.test(name)) {
        return this.#parts.of('fastify reply', FASTIFY_REPLY);
      }
    }
    if (api.kind === 'namespace') {
      const member = Object.hasOwn(api.members, name) ? api.members[name] : undefined;
      if (member !== undefined)
        return this.#derived(part, name, { kind: 'api', api: member, version });
    }
    // Whether `module.exports` has a property `default` is a matter of the bundler.
    return name === 'default' ? this.#derived(part, name, part) : NOTHING;
  }

  /** A part that another has, or gives: always the same one. */
  #derived(from: object, key: string | object, part: Part): readonly Value[] {
    let known = this.#results.get(from);
    if (known === undefined) {
      known = new Map();
      this.#results.set(from, known);
    }
    const token = typeof key === 'string' ? this.#token(key) : key;
    let value = known.get(token);
    if (value === undefined) {
      value = { kind: 'external', external: part };
      known.set(token, value);
    }
    return [value];
  }

  readonly #tokens = new Map<string, object>();

  #token(name: string): object {
    let token = this.#tokens.get(name);
    if (token === undefined) {
      token = {};
      this.#tokens.set(name, token);
    }
    return token;
  }

  #result(part: Part, call: Creation): readonly Value[] {
    if (part.kind === 'method') {
      return Object.hasOwn(part.of.builder.steps, part.name)
        ? this.#derived(part.of, 'itself', part.of)
        : NOTHING;
    }
    if (part.kind !== 'api') return NOTHING;
    const { api, version } = part;
    switch (api.kind) {
      case 'factory': {
        const { library, signing, setup: options } = api;
        const setup: Setup = { kind: 'call', options, call };
        return this.#derived(part, call, { kind: 'signer', library, signing, setup, version });
      }
      case 'builder':
        return this.#derived(part, call, { kind: 'built', builder: api, creation: call, version });
      case 'service':
        return this.#derived(part, call, {
          kind: 'service',
          api,
          setup: { kind: 'call', options: api.setup, call },
          version,
        });
      case 'host':
        return this.#derived(part, 'itself', part);
      case 'namespace':
      case 'setup':
      case 'sign':
        return NOTHING;
    }
  }

  /** What an object of a class of the project has from a service of a library that it extends. */
  #inherited(part: Part, heir: ClassNode, name: string): readonly Value[] {
    if (part.kind !== 'api' || part.api.kind !== 'service') return NOTHING;
    const { api, version } = part;
    const call = superCallOf(heir);
    const setup: Setup =
      call === null ? { kind: 'elsewhere' } : { kind: 'call', options: api.setup, call };
    const [service] = this.#derived(heir, 'service', { kind: 'service', api, setup, version });
    return service?.kind === 'external' ? this.#member(service.external as Part, name) : NOTHING;
  }

  /** The service that a class extends, where that is one of a library. */
  extended({ superClass }: ClassNode): (Part & { readonly kind: 'api' }) | null {
    if (superClass === null) return null;
    for (const part of this.of(superClass)) {
      if (part.kind === 'api' && part.api.kind === 'service') return part;
    }
    return null;
  }

  /** What has the type that a class or an interface names. */
  #instance(value: Value): readonly Value[] {
    if (value.kind === 'class') return [{ kind: 'instance', node: value.node }];
    if (value.kind !== 'external') return NOTHING;
    const part = value.external as Part;
    if (part.kind !== 'api') return NOTHING;
    const { api, version } = part;
    if (api.kind === 'host') return [value];
    if (api.kind !== 'service') return NOTHING;
    return this.#derived(part, 'instance', {
      kind: 'service',
      api,
      setup: { kind: 'elsewhere' },
      version,
    });
  }
}

function namespaceOf(module: string): Readonly<Record<string, Api>> {
  const api = MODULES[module];
  return api?.kind === 'namespace' ? api.members : {};
}

/** How the constructor of a class calls that of the one that it extends; null where it does not. */
export function superCallOf(heir: ClassNode): CallExpression | null {
  for (const member of heir.body.body) {
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
    for (const statement of member.value.body?.body ?? []) {
      const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : null;
      if (call?.type === 'CallExpression' && call.callee.type === 'Super') return call;
    }
  }
  return null;
}

/** `promisify(jwt.sign)` takes what the function takes. */
function isPromisify(call: CallExpression): boolean {
  return lastName(call.callee) === 'promisify';
}

/** The last name of a dotted path. */
function lastName(node: Node): string | null {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  return inner.type === 'MemberExpression' ? memberName(inner) : null;
}
