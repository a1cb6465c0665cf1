/**
 * Which expression is the web Messenger, one of its functions, or a package of it, whatever way it
 * came by its name. It is another client than the mobile one, though both are called `Intercom`: a
 * name is looked at by what it is bound to.
 */

import {
  unwrap,
  type CallExpression,
  type NewExpression,
  type Node,
  type Program,
} from '../../syntax/ast.ts';
import { importOf, isTypeOnly, type Bindings } from '../../syntax/bindings.ts';
import type { Project } from '../../project/project.ts';
import { Modules } from '../../values/host.ts';
import { appliedIn } from '../../values/literals.ts';
import { Interned } from '../../values/interned.ts';
import { Values, type Value, type ValueHost } from '../../values/resolve.ts';
import { createHolding, GLOBAL_OBJECTS } from '../holding.ts';
import { mockedModules } from '../mocks.ts';
import { Sources, type Namespace } from '../sources.ts';
import { Wrappers } from '../wrappers.ts';
import { REACT_PACKAGE, SDK_EXPORTS, SDK_PACKAGE, WEB_PACKAGES, type Api } from './apis.ts';

/** Something of the web Messenger, or a module of the project as an object, as a value. */
export type WebPart =
  | { readonly kind: 'package'; readonly api: 'sdk' | 'react' }
  /** The SDK's default export, which takes an object. */
  | { readonly kind: 'start' }
  /** `window.Intercom`, which takes the name of a method. */
  | { readonly kind: 'messenger' }
  | { readonly kind: 'method'; readonly api: 'sdk' | 'react'; readonly name: string }
  /** `useIntercom`, and what it gives. */
  | { readonly kind: 'hook' }
  | { readonly kind: 'context' }
  | { readonly kind: 'provider' }
  /** What holds the globals, and `window.intercomSettings`. */
  | { readonly kind: 'window' }
  | { readonly kind: 'settings' }
  | Namespace;

/** A call of the web Messenger. */
export interface WebCall {
  readonly node: CallExpression;
  readonly api: Api;
  /** The method; null for the SDK's default export. */
  readonly method: string | null;
  /** What it is given, the name of the method left out. */
  readonly args: readonly Node[];
}

/** A function of which only the type is told. */
const DECLARED = 'TSDeclareFunction';

const MESSENGER = 'Intercom';
const SETTINGS = 'intercomSettings';

/** Whether a module can have the web Messenger by itself. */
export const holdsWeb = createHolding(WEB_PACKAGES, [MESSENGER, SETTINGS], GLOBAL_OBJECTS);

/** The type of what `useIntercom` gives. */
const CONTEXT_TYPE = 'IntercomContextValues';

/** The web Messenger as one file knows it. */
export class WebClients {
  readonly values: Values;
  /** What the expressions of the file, and of the modules that it leads to, are as constants. */
  readonly constants: Modules;
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #mocked: ReadonlySet<string>;
  readonly #project: Project | null;
  readonly #parts = new Interned();
  readonly #sources: Sources;
  readonly #wrappers: Wrappers;

  /** @param project the modules that imports lead to; null where only the file is looked at */
  constructor(program: Program, bindings: Bindings, project: Project | null) {
    this.#program = program;
    this.#bindings = bindings;
    this.#project = project;
    this.#mocked = mockedModules(program);
    this.values = new Values(program, bindings, this.#host());
    this.#wrappers = new Wrappers(bindings, this.values, (node) => this.constants.externalOf(node));
    this.#sources = new Sources(this.values, project, this.#mocked, {
      isOutside: (specifier) => this.#packageOf(specifier) !== null,
      exported: (specifier, name) => this.#exported(specifier, name),
      told: () => [],
    });
    this.constants = new Modules(project, { heedsTests: true, objects: 'seen' });
    this.constants.expressionsOf({ program, bindings });
  }

  /** What an expression is of the web Messenger; null where it is nothing of it. */
  partOf(node: Node): WebPart | null {
    for (const value of this.values.of(node)) {
      if (value.kind === 'external') return value.external as WebPart;
    }
    return null;
  }

  /** The call of the web Messenger that a call is; null where it is none. */
  called(call: CallExpression): WebCall | null {
    const applied = appliedIn(call);
    const { target, args } =
      applied !== null && this.#isCallable(applied.target)
        ? applied
        : { target: call.callee, args: call.arguments };
    const part = this.#callee(target);
    switch (part?.kind) {
      case 'start':
        return { node: call, api: 'sdk', method: null, args };
      case 'method':
        return { node: call, api: part.api, method: part.name, args };
      case 'messenger': {
        const [name, ...rest] = this.#unpacked(args);
        const method = name === undefined ? null : this.constants.textOf(name);
        return method === null ? null : { node: call, api: 'global', method, args: rest };
      }
      default:
        return null;
    }
  }

  #callee(target: Node): WebPart | null {
    if (this.#isDeclared(target)) return { kind: 'messenger' };
    // What a parameter is depends on the call: only where it is the same in all, it is known.
    const isKnown =
      !this.#isParameter(target) || this.values.of(target).every(({ kind }) => kind === 'external');
    return isKnown ? this.partOf(target) : null;
  }

  /** Whether a name is that of `declare function Intercom(…): …`. */
  #isDeclared(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier' || inner.name !== MESSENGER) return false;
    const definitions = this.#bindings.variable(inner)?.defs ?? [];
    return definitions.length > 0 && definitions.every((one) => one.node.type === DECLARED);
  }

  /** Whether the element of a name is the provider of `react-use-intercom`. */
  isProvider(name: Node): boolean {
    return this.#elementParts(name).some(({ kind }) => kind === 'provider');
  }

  /** Whether an expression is `window.intercomSettings`. */
  isSettings(node: Node): boolean {
    return this.partOf(node)?.kind === 'settings';
  }

  #isCallable(node: Node): boolean {
    const kind = this.partOf(node)?.kind;
    return kind === 'start' || kind === 'method' || kind === 'messenger';
  }

  #isParameter(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier') return false;
    const [definition] = this.#bindings.variable(inner)?.defs ?? [];
    return definition?.type === 'Parameter' && definition.node.type !== 'CatchClause';
  }

  /** `apply` is given its arguments as a list. */
  #unpacked(args: readonly Node[]): readonly Node[] {
    const [first] = args;
    if (first?.type !== 'SpreadElement') return args;
    const list = unwrap(first.argument);
    if (list.type !== 'ArrayExpression') return args;
    return list.elements.flatMap((element) => element ?? []);
  }

  #elementParts(name: Node): readonly WebPart[] {
    if (name.type === 'JSXMemberExpression') {
      return this.#elementParts(name.object).flatMap((part) =>
        partsIn(this.#member(part, name.property.name)),
      );
    }
    if (name.type !== 'JSXIdentifier') return [];
    const known = partsIn(this.values.of(name));
    if (known.length > 0 || this.#bindings.variable(name) !== null) return known;
    // Not every host tells what the name of an element refers to.
    for (const statement of this.#program.body) {
      if (statement.type !== 'ImportDeclaration') continue;
      const local = statement.specifiers.find((one) => one.local.name === name.name)?.local;
      const variable = local === undefined ? null : this.#bindings.variable(local);
      if (variable !== null) return partsIn(this.values.ofVariable(variable));
    }
    return [];
  }

  #host(): ValueHost {
    return {
      imported: (definition) => (isTypeOnly(definition) ? [] : this.#sources.imported(definition)),
      module: (specifier, from) => this.#sources.required(specifier, from),
      global: (_identifier, name) => this.#global(name),
      member: (external, name) => this.#member(external as WebPart, name),
      key: (node) => this.constants.textOf(node),
      annotated: (annotation) => this.#annotated(annotation),
      family: (node) => this.#project?.familyOf(node) ?? null,
      wrapper: (call) => this.#wrappers.of(call),
      result: (external, call) => this.#result(external as WebPart, call),
    };
  }

  #result(part: WebPart, call: CallExpression | NewExpression): readonly Value[] {
    return part.kind === 'hook' && call.type === 'CallExpression'
      ? this.#parts.of('context', { kind: 'context' })
      : [];
  }

  #global(name: string): readonly Value[] {
    if (name === MESSENGER) return this.#parts.of('messenger', { kind: 'messenger' });
    if (GLOBAL_OBJECTS.has(name)) return this.#parts.of('window', { kind: 'window' });
    return name === SETTINGS ? this.#parts.of('settings', { kind: 'settings' }) : [];
  }

  #method(api: 'sdk' | 'react', name: string): readonly Value[] {
    return this.#parts.of(`${api} ${name}`, { kind: 'method', api, name });
  }

  #packageOf(specifier: string): 'sdk' | 'react' | null {
    if (this.#mocked.has(specifier) || !WEB_PACKAGES.includes(specifier)) return null;
    return specifier === SDK_PACKAGE ? 'sdk' : specifier === REACT_PACKAGE ? 'react' : null;
  }

  #package(api: 'sdk' | 'react'): readonly Value[] {
    return this.#parts.of(`package ${api}`, { kind: 'package', api });
  }

  #exported(specifier: string, name: string | null): readonly Value[] {
    const api = this.#packageOf(specifier);
    if (api === null) return [];
    return name === null ? this.#package(api) : this.#exportedBy(api, name);
  }

  #exportedBy(api: 'sdk' | 'react', name: string): readonly Value[] {
    if (api === 'react') {
      if (name === 'useIntercom') return this.#parts.of('hook', { kind: 'hook' });
      if (name === 'IntercomProvider') return this.#parts.of('provider', { kind: 'provider' });
      // A bundler's interop may leave the package where its default would be.
      return name === 'default' ? this.#package(api) : [];
    }
    if (name === 'default' || name === 'Intercom')
      return this.#parts.of('start', { kind: 'start' });
    return SDK_EXPORTS.has(name) ? this.#method(api, name) : [];
  }

  #member(part: WebPart, name: string): readonly Value[] {
    switch (part.kind) {
      case 'package':
        return this.#exportedBy(part.api, name);
      case 'context':
        return this.#method('react', name);
      case 'window':
        return this.#global(name);
      case 'namespace':
        return this.#sources.member(part, name);
      case 'start':
        // A bundler's interop may leave the function where its module would be.
        return name === 'default' ? this.#parts.of('start', { kind: 'start' }) : [];
      case 'messenger':
      case 'method':
      case 'hook':
      case 'provider':
      case 'settings':
        return [];
    }
  }

  /** What is known by its type: what the hook gives, and a global that the file declares. */
  #annotated(annotation: Node): readonly Value[] {
    if (isAmbient(annotation)) return this.#parts.of('messenger', { kind: 'messenger' });
    if (annotation.type !== 'TSTypeAnnotation') return [];
    const type = annotation.typeAnnotation;
    if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return [];
    const [definition] = this.#bindings.variable(type.typeName)?.defs ?? [];
    const imported = definition?.type === 'ImportBinding' ? importOf(definition) : null;
    return imported?.name === CONTEXT_TYPE && this.#packageOf(imported.specifier) === 'react'
      ? this.#parts.of('context', { kind: 'context' })
      : [];
  }
}

/** Whether an annotation is that of `declare const Intercom: …`. */
function isAmbient({ parent: name }: Node): boolean {
  if (name?.type !== 'Identifier' || name.name !== MESSENGER) return false;
  const declaration = name.parent?.type === 'VariableDeclarator' ? name.parent.parent : null;
  return declaration?.type === 'VariableDeclaration' && declaration.declare === true;
}

function partsIn(values: readonly Value[]): readonly WebPart[] {
  return values.flatMap((value) => (value.kind === 'external' ? [value.external as WebPart] : []));
}
