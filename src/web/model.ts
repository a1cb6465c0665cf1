/**
 * What a file tells the web Messenger: the places at which it does, and the attributes that it gives
 * there. Made once a file, and shared by the rules that ask for it.
 */

import {
  isNode,
  keyName,
  nodesIn,
  rootOf,
  unwrap,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { Bindings, isScopeManager } from '../syntax/bindings.ts';
import { offsetOf } from '../syntax/places.ts';
import type { Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { isComponent } from '../project/names.ts';
import {
  mayBorrowWeb,
  namesWeb,
  WEB_MARKS,
  webRoleOf,
  type Api,
  type WebRole,
} from '../sdk/web/apis.ts';
import { holdsWeb, WebClients, type WebCall } from '../sdk/web/clients.ts';
import type { MintFile } from '../mint/model.ts';
import type { SessionFile } from '../session/model.ts';
import type { SourceFile } from '../session/source.ts';
import type { Expressions } from '../values/evaluate.ts';
import { Writes } from '../values/writes.ts';
import {
  AttributeReader,
  NOTHING_TOLD,
  UNSEEN_ATTRIBUTES,
  type Attributes,
  type Changes,
} from './attributes.ts';

/** A place at which the Messenger is told of a user. */
export interface WebTelling {
  /** The call, the attribute of a provider, or the assignment. */
  readonly node: Node;
  readonly api: Api;
  /** What it does; `settings` are what the next boot without any takes. */
  readonly role: WebRole | 'settings';
  /** What a message calls it. */
  readonly name: string;
  /** What it is told; null where that is nothing. */
  readonly told: Node | null;
  /** Whether something is told that is not seen. */
  readonly isUnseen: boolean;
}

/** An `IntercomProvider`. */
export interface Provider {
  readonly node: Node;
  /** Whether it boots by itself; null where that is not known. */
  readonly isBooting: boolean | null;
  readonly props: WebTelling | null;
}

/** What a file is looked at with. */
export interface WebSurroundings {
  readonly filename: string;
  /** The modules that imports lead to; null where the file is looked at by itself. */
  readonly project: () => Project | null;
  /** The file as other models see it; null where it does not concern them. */
  readonly session: () => SessionFile | null;
  readonly mints: () => MintFile | null;
}

export class WebFile {
  readonly program: Program;
  readonly bindings: Bindings;
  readonly clients: WebClients;
  readonly #around: WebSurroundings;
  readonly project: Project | null;
  readonly #readers = new Map<Api, AttributeReader>();
  #changes: Changes | null = null;
  readonly #attributes = new Map<WebTelling, Attributes>();
  #nodes: Found | null = null;
  #tellings: readonly WebTelling[] | null = null;
  #files: readonly WebFile[] | null = null;

  constructor(
    program: Program,
    bindings: Bindings,
    around: WebSurroundings,
    project: Project | null,
  ) {
    this.program = program;
    this.bindings = bindings;
    this.#around = around;
    this.project = project;
    this.clients = new WebClients(program, bindings, project);
  }

  get filename(): string {
    return this.#around.filename;
  }

  /** Whether the file is the script of a component, which runs once for each that is made. */
  get isComponent(): boolean {
    return isComponent(this.filename);
  }

  get session(): SessionFile | null {
    return this.#around.session();
  }

  get mints(): MintFile | null {
    return this.#around.mints();
  }

  /** What the expressions of the file are, computed as far as they are constant. */
  get expressions(): Expressions {
    const { program, bindings } = this;
    return this.clients.constants.expressionsOf({ program, bindings });
  }

  /** The module of the project that a node is in; null where it is in the file itself. */
  moduleOf(node: Node): Module | null {
    return this.isOwn(node) ? null : (this.project?.moduleOf(node) ?? null);
  }

  isOwn(node: Node): boolean {
    return rootOf(node) === this.program;
  }

  /** The calls of the web Messenger, in the order of the source. */
  calls(): readonly WebCall[] {
    return this.#found().calls;
  }

  providers(): readonly Provider[] {
    return this.#found().providers;
  }

  /** The places at which the Messenger is told of a user, in the order of the source. */
  tellings(): readonly WebTelling[] {
    this.#tellings ??= [
      ...this.calls().flatMap((call) => tellingOf(call) ?? []),
      ...this.providers().flatMap(({ props }) => props ?? []),
      ...this.#found().settings,
    ].sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
    return this.#tellings;
  }

  attributesOf(telling: WebTelling): Attributes {
    let attributes = this.#attributes.get(telling);
    if (attributes === undefined) {
      attributes = this.#read(telling);
      this.#attributes.set(telling, attributes);
    }
    return attributes;
  }

  #read({ told, isUnseen, api }: WebTelling): Attributes {
    if (isUnseen) return UNSEEN_ATTRIBUTES;
    if (told === null) return NOTHING_TOLD;
    // What the settings hold is told where they are given it.
    if (this.clients.isSettings(told)) return UNSEEN_ATTRIBUTES;
    let reader = this.#readers.get(api);
    if (reader === undefined) {
      this.#changes ??= this.#findChanges();
      reader = new AttributeReader(api, this.#changes);
      this.#readers.set(api, reader);
    }
    return reader.read(told, this.expressions);
  }

  /** This file and the others of its program that name the web Messenger. */
  inProgram(): readonly WebFile[] {
    const { project } = this;
    this.#files ??= [
      this,
      ...(project?.neighbours(holdsWeb) ?? []).map(
        (module) =>
          new WebFile(
            module.program,
            module.bindings,
            { ...this.#around, session: () => null, mints: () => null, filename: module.path },
            project,
          ),
      ),
    ];
    return this.#files;
  }

  #findChanges(): Changes {
    const writes = new Writes(this.program, this.bindings, this.clients.values, {
      external: (callee) => this.expressions.external(callee),
      isHarmless: (callee) => this.#isHarmless(callee),
    });
    return {
      writes: (owner, name) => writes.of(owner, name),
      isHandedOut: (owner) => writes.isHandedOut(owner),
    };
  }

  /** Whether a function leaves its arguments as they are. */
  #isHarmless(callee: Node): boolean {
    if (this.clients.partOf(callee) !== null) return true;
    const external = this.expressions.external(callee);
    return external?.module === null && HARMLESS.has(external.path[0] ?? '');
  }

  #found(): Found {
    this.#nodes ??= this.#find();
    return this.#nodes;
  }

  #find(): Found {
    const calls: WebCall[] = [];
    const providers: Provider[] = [];
    const settings: WebTelling[] = [];
    for (const node of nodesIn(this.program)) {
      switch (node.type) {
        case 'CallExpression': {
          const call = this.clients.called(node);
          if (call !== null) calls.push(call);
          const [component, props] = node.arguments;
          if (component === undefined || component.type === 'SpreadElement') break;
          if (call === null && this.#isElement(node.callee) && this.#isProvider(component)) {
            providers.push(this.#created(node, props ?? null));
          }
          break;
        }
        case 'JSXOpeningElement':
          if (this.clients.isProvider(node.name)) providers.push(this.#opened(node));
          break;
        case 'AssignmentExpression': {
          const telling = this.#assigned(node.left, node);
          if (telling !== null) settings.push({ ...telling, told: node.right });
          break;
        }
        default:
          break;
      }
    }
    return { calls, providers, settings };
  }

  /** `window.intercomSettings = …` */
  #assigned(target: Node, node: Node): WebTelling | null {
    if (unwrap(target).type !== 'MemberExpression' || !this.clients.isSettings(target)) return null;
    const name = 'intercomSettings';
    return { node, api: 'global', role: 'settings', name, told: null, isUnseen: false };
  }

  #isElement(callee: Node): boolean {
    const inner = unwrap(callee);
    const name = inner.type === 'MemberExpression' ? inner.property : inner;
    return name.type === 'Identifier' && /^(?:createElement|jsxs?|jsxDEV)$/.test(name.name);
  }

  #isProvider(component: Node): boolean {
    return this.clients.partOf(component)?.kind === 'provider';
  }

  #created(node: Node, props: Node | null): Provider {
    const inner = props === null ? null : unwrap(props);
    if (inner?.type !== 'ObjectExpression') return { node, isBooting: null, props: null };
    let isBooting: boolean | null = false;
    let told: Node | null = null;
    for (const part of inner.properties) {
      const name = part.type === 'Property' ? keyName(part.key, part.computed) : null;
      if (part.type === 'SpreadElement' || name === null) isBooting = null;
      else if (name === 'autoBoot') isBooting = this.#outcome(part.value);
      else if (name === 'autoBootProps') told = part.value;
    }
    return this.#provider(node, isBooting, told);
  }

  #opened(node: Node & { readonly type: 'JSXOpeningElement' }): Provider {
    let isBooting: boolean | null = false;
    let told: Node | null = null;
    for (const attribute of node.attributes) {
      if (attribute.type === 'JSXSpreadAttribute') {
        isBooting = null;
        continue;
      }
      const { name, value } = attribute;
      const given = value?.type === 'JSXExpressionContainer' ? value.expression : value;
      if (name.name === 'autoBoot') isBooting = given === null || this.#outcome(given);
      else if (name.name === 'autoBootProps' && given !== null) told = given;
    }
    return this.#provider(node, isBooting, told);
  }

  #provider(node: Node, isBooting: boolean | null, told: Node | null): Provider {
    const of = { api: 'react', role: 'boot', name: 'autoBootProps', isUnseen: false } as const;
    return { node, isBooting, props: told === null ? null : { ...of, node: told, told } };
  }

  /** Whether a value is always truthy, or always falsy; null for others. */
  #outcome(node: Node): boolean | null {
    return this.expressions.outcome(node);
  }
}

interface Found {
  readonly calls: readonly WebCall[];
  readonly providers: readonly Provider[];
  readonly settings: readonly WebTelling[];
}

/** Globals whose methods only read what they are given. */
const HARMLESS: ReadonlySet<string> = new Set(['console', 'JSON', 'Object']);

function tellingOf({ node, api, method, args }: WebCall): WebTelling | null {
  const role = method === null ? 'start' : webRoleOf(method);
  if (role === null || role === 'shutdown') return null;
  const [told] = args;
  return {
    node,
    api,
    role,
    name: method ?? 'Intercom',
    told: told ?? null,
    isUnseen: told?.type === 'SpreadElement',
  };
}

const files = new WeakMap<object, WebFile | null>();

/** The model of a file; null where it has nothing to do with the web Messenger. */
export function webOf(source: SourceFile, around: () => WebSurroundings): WebFile | null {
  let file = files.get(source.ast);
  if (file === undefined) {
    file = read(source, around);
    files.set(source.ast, file);
  }
  return file;
}

/** Drops the model of a file, which is then made anew. */
export function forgetWeb(ast: object): void {
  files.delete(ast);
}

function read(
  { ast, text, scopeManager }: SourceFile,
  around: () => WebSurroundings,
): WebFile | null {
  const isNamed = namesWeb(text);
  if (!isNamed && !mayBorrowWeb(text)) return null;
  if (!isScopeManager(scopeManager) || !isNode(ast) || ast.type !== 'Program') return null;
  const surroundings = around();
  const project = surroundings.project();
  if (!isNamed && (project === null || !isLent(text, project))) return null;
  const bindings = new Bindings(scopeManager);
  const own = { program: ast, text, bindings };
  // To speak of the Messenger is not to have it.
  if (!holdsWeb(own) && project?.reachesSuch(text, holdsWeb) !== true) return null;
  project?.setLinted(own);
  return new WebFile(ast, bindings, surroundings, project);
}

/** Whether what a file imports leads to the web Messenger. */
function isLent(text: string, project: Project): boolean {
  return text.includes('ntercom') ? project.reaches(text, WEB_MARKS) : project.reachesClient(text);
}
