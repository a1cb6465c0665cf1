/**
 * Which expression is an Intercom client, one of its methods, or its package, whatever way it came
 * by its name.
 */

import {
  isNode,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type Program,
} from '../flow/ast.ts';
import { isNeverReassigned, type Bindings, type Definition } from '../flow/bindings.ts';
import { Values, type Value, type ValueHost } from '../flow/values.ts';
import { CLIENT_MODULE, roleOf, type Role } from './roles.ts';

/** A package, or a module of the project, whose export is an Intercom client. */
export interface ClientModule {
  readonly module: string;
  /** The export that is the client. */
  readonly export: string;
  /** The role of a method. */
  readonly role: (method: string) => Role | null;
}

/** `@intercom/intercom-react-native`. */
export const MOBILE_CLIENT: ClientModule = {
  module: CLIENT_MODULE,
  export: 'default',
  role: roleOf,
};

/** Something of an Intercom client, as a value. */
export type ClientPart =
  | { readonly kind: 'module'; readonly of: ClientModule }
  | { readonly kind: 'client'; readonly of: ClientModule }
  | { readonly kind: 'method'; readonly name: string; readonly role: Role };

/** React's and others' functions that hand on the function, or what it returns. */
const WRAPPERS: ReadonlyMap<string, 'argument' | 'result'> = new Map([
  ['useCallback', 'argument'],
  ['useEffectEvent', 'argument'],
  ['useEvent', 'argument'],
  ['useEventCallback', 'argument'],
  ['useMemoizedFn', 'argument'],
  ['memo', 'argument'],
  ['forwardRef', 'argument'],
  ['observer', 'argument'],
  ['useMemo', 'result'],
]);

/** Types that are made of others more deeply than this are not looked into. */
const MAX_TYPE_DEPTH = 16;

const MOCKS = new Set(['jest', 'vi']);
const MOCKING_METHODS = new Set(['mock', 'doMock', 'setMock', 'unstable_mockModule']);

/** The clients of one file. */
export class Clients {
  readonly values: Values;
  readonly #bindings: Bindings;
  readonly #modules: ReadonlyMap<string, ClientModule>;
  readonly #parts = new Map<string, Value>();

  /**
   * @param clients the clients to look for; one that the file mocks is none there
   */
  constructor(program: Program, bindings: Bindings, clients: readonly ClientModule[]) {
    this.#bindings = bindings;
    const mocked = mockedModules(program);
    this.#modules = new Map(
      clients.filter(({ module }) => !mocked.has(module)).map((client) => [client.module, client]),
    );
    this.values = new Values(program, bindings, this.#host(bindings));
  }

  /** The method that an expression is, called or not; null where it is none with a role. */
  method(node: Node): (ClientPart & { kind: 'method' }) | null {
    // Which function a parameter is depends on the call; the analysis follows that.
    if (this.#isParameter(node)) return null;
    for (const value of this.values.of(node)) {
      if (value.kind !== 'external') continue;
      const part = value.external as ClientPart;
      if (part.kind === 'method') return part;
    }
    return null;
  }

  /** The method that a call performs, directly or by `call` or `apply`. */
  called(call: CallExpression): (ClientPart & { kind: 'method' }) | null {
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
      const part = value.external as ClientPart;
      return part.kind === 'client' || (part.kind === 'module' && part.of.export === 'default');
    });
  }

  #isParameter(node: Node): boolean {
    if (node.type !== 'Identifier') return false;
    const [definition] = this.#bindings.variable(node)?.defs ?? [];
    return definition?.type === 'Parameter';
  }

  /** Whether an expression is a client, its package or a method of it. */
  isClient(node: Node): boolean {
    return this.values.of(node).some((value) => value.kind === 'external');
  }

  #host(bindings: Bindings): ValueHost {
    return {
      imported: (definition) => (isTypeOnly(definition) ? [] : this.#imported(definition)),
      module: (specifier) => this.#module(specifier),
      global: (identifier, name) =>
        name === 'Intercom' && isReceiver(identifier) ? this.#global() : [],
      member: (external, name) => this.#member(external as ClientPart, name),
      annotated: (annotation) => this.#annotated(annotation, bindings),
      wrapper: (call) => wrapperOf(call),
    };
  }

  #part(key: string, part: ClientPart): readonly Value[] {
    let value = this.#parts.get(key);
    if (value === undefined) {
      value = { kind: 'external', external: part };
      this.#parts.set(key, value);
    }
    return [value];
  }

  #module(specifier: string): readonly Value[] {
    const client = this.#modules.get(specifier);
    return client === undefined
      ? []
      : this.#part(`module ${specifier}`, { kind: 'module', of: client });
  }

  #client(client: ClientModule): readonly Value[] {
    return this.#part(`client ${client.module}`, { kind: 'client', of: client });
  }

  #global(): readonly Value[] {
    const client = this.#modules.get(CLIENT_MODULE);
    return client === undefined ? [] : this.#client(client);
  }

  #imported({ node, parent }: Definition): readonly Value[] {
    if (node.type === 'TSImportEqualsDeclaration') {
      const reference = node.moduleReference;
      return reference.type === 'TSExternalModuleReference'
        ? this.#module(reference.expression.value)
        : [];
    }
    if (!isNode(parent) || parent.type !== 'ImportDeclaration') return [];
    const [module] = this.#module(parent.source.value);
    if (module?.kind !== 'external') return [];
    switch (node.type) {
      case 'ImportDefaultSpecifier':
        return this.#member(module.external as ClientPart, 'default');
      case 'ImportNamespaceSpecifier':
        return [module];
      case 'ImportSpecifier': {
        const name = keyName(node.imported, false);
        if (name === null) return [];
        return this.#member(module.external as ClientPart, name);
      }
      default:
        return [];
    }
  }

  #member(part: ClientPart, name: string): readonly Value[] {
    if (part.kind === 'method') return [];
    if (part.kind === 'module' && name === part.of.export) return this.#client(part.of);
    // CommonJS interop may leave the client where its module should be, or the reverse.
    if (part.kind === 'client' && name === 'default') return this.#client(part.of);
    // A module that exports its client by name has no methods itself.
    if (part.kind === 'module' && part.of.export !== 'default') return [];
    const role = part.of.role(name);
    return role === null
      ? []
      : this.#part(`method ${part.of.module} ${name}`, { kind: 'method', name, role });
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
          ? this.#module(String(source.value))
          : [];
      }
      case 'TSIndexedAccessType': {
        const key = annotation.indexType;
        const name = key.type === 'TSLiteralType' ? keyName(key.literal, true) : null;
        return name === null
          ? []
          : next(annotation.objectType).flatMap((value) =>
              value.kind === 'external' ? this.#member(value.external as ClientPart, name) : [],
            );
      }
      case 'TSTypeReference': {
        const { typeName } = annotation;
        if (typeName.type !== 'Identifier') return [];
        const definition = bindings.variable(typeName)?.defs[0];
        return definition?.node.type === 'TSTypeAliasDeclaration'
          ? next(definition.node.typeAnnotation)
          : [];
      }
      default:
        return [];
    }
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
          value.kind === 'external' ? this.#member(value.external as ClientPart, name) : [],
        );
      }
      default:
        return next(node);
    }
  }
}

function isTypeOnly({ node, parent }: Definition): boolean {
  return (
    (parent?.type === 'ImportDeclaration' && parent.importKind === 'type') ||
    (node.type === 'ImportSpecifier' && node.importKind === 'type') ||
    (node.type === 'TSImportEqualsDeclaration' && node.importKind === 'type')
  );
}

/** Whether a method is called on a name: the web Messenger's global is called itself. */
function isReceiver(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'MemberExpression' && parent.object === identifier;
}

function wrapperOf(call: CallExpression): 'argument' | 'result' | null {
  const callee = unwrap(call.callee);
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression'
        ? memberName(callee)
        : null;
  return name === null ? null : (WRAPPERS.get(name) ?? null);
}

/** The modules that a file replaces by mocks: `jest.mock(…)` and `vi.mock(…)` at its top level. */
function mockedModules(program: Program): ReadonlySet<string> {
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
