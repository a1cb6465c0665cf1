/** Where the members of objects are used in the files that are read together, by their names. */

import {
  keyName,
  memberNameOf,
  unwrap,
  type AssignmentExpression,
  type CallExpression,
  type ClassNode,
  type NewExpression,
  type Node,
  type OpeningElement,
} from '../syntax/ast.ts';
import { nodesOf } from '../syntax/by-type.ts';

/** The name of an element of a list. */
const PLACE = /^\d+$/;

/** What an element, by its name, may provide to a context of React. */
export interface Providing {
  readonly context: Node;
  readonly value: Node;
}

/** What the files that are read together do with members, with classes, and with contexts. */
export class Uses {
  readonly #programs = new Set<Node>();
  #index: Index | null = null;

  /** Reads another file together with the others. */
  include(program: Node): void {
    if (this.#programs.has(program)) return;
    this.#programs.add(program);
    if (this.#index !== null) addTo(this.#index, program);
  }

  /** The files that are read together. */
  get programs(): ReadonlySet<Node> {
    return this.#programs;
  }

  /** The assignments to a member of this name. */
  written(name: string): readonly AssignmentExpression[] {
    return this.#all().written.get(name) ?? [];
  }

  /** The assignments to a member whose name is not written. */
  get writtenByKey(): readonly AssignmentExpression[] {
    return this.#all().writtenByKey;
  }

  /** The assignments to an element of a list, by its place. */
  get writtenByPlace(): readonly AssignmentExpression[] {
    return this.#all().writtenByPlace;
  }

  /** The lists whose length is written. */
  get cut(): readonly Node[] {
    return this.#all().cut;
  }

  /** Where a member of this name is deleted. */
  deleted(name: string): readonly Deletion[] {
    return this.#all().deleted.get(name) ?? [];
  }

  /** The calls of a member of this name. */
  called(name: string): readonly CallExpression[] {
    return this.#all().called.get(name) ?? [];
  }

  /** The names that are given to a property of this name by patterns, and to what is imported under it. */
  taken(name: string): readonly Node[] {
    return this.#all().taken.get(name) ?? [];
  }

  /** The other names under which modules export what others export under this one. */
  handedOn(name: string): readonly string[] {
    return this.#all().handedOn.get(name) ?? [];
  }

  /** `new` and `super(…)`, with arguments. */
  get constructing(): readonly (CallExpression | NewExpression)[] {
    return this.#all().constructing;
  }

  /** The classes that extend another. */
  get extending(): readonly ClassNode[] {
    return this.#all().extending;
  }

  /** The elements with a `value`, each of which may be that of a context. */
  get providing(): readonly Providing[] {
    return this.#all().providing;
  }

  /** Whether there is a getter or a setter of this name; null stands for any. */
  hasAccessor(name: string | null): boolean {
    const { accessors } = this.#all();
    return name === null ? accessors.size > 0 : accessors.has(name);
  }

  #all(): Index {
    if (this.#index === null) {
      this.#index = {
        written: new Map(),
        writtenByKey: [],
        writtenByPlace: [],
        cut: [],
        deleted: new Map(),
        called: new Map(),
        taken: new Map(),
        handedOn: new Map(),
        constructing: [],
        extending: [],
        providing: [],
        accessors: new Set(),
      };
      for (const program of this.#programs) addTo(this.#index, program);
    }
    return this.#index;
  }
}

type Deletion = Node & { readonly type: 'UnaryExpression' };

interface Index {
  readonly written: Map<string, AssignmentExpression[]>;
  readonly writtenByKey: AssignmentExpression[];
  readonly writtenByPlace: AssignmentExpression[];
  readonly cut: Node[];
  readonly deleted: Map<string, Deletion[]>;
  readonly called: Map<string, CallExpression[]>;
  readonly taken: Map<string, Node[]>;
  readonly handedOn: Map<string, string[]>;
  readonly constructing: (CallExpression | NewExpression)[];
  readonly extending: ClassNode[];
  readonly providing: Providing[];
  readonly accessors: Set<string>;
}

/** What has a name, and another one. */
interface Named<As> {
  readonly name: string | null;
  readonly as: As;
}

type ImportDeclaration = Node & { readonly type: 'ImportDeclaration' };
type ExportDeclaration = Node & { readonly type: 'ExportNamedDeclaration' };
type ObjectPattern = Node & { readonly type: 'ObjectPattern' };

/** What a file adds to an index. */
interface Found {
  readonly written: readonly AssignmentExpression[];
  readonly cut: readonly Node[];
  readonly deleted: readonly Deletion[];
  readonly called: readonly CallExpression[];
  readonly taken: readonly Named<Node>[];
  readonly handedOn: readonly Named<string>[];
  readonly constructing: readonly (CallExpression | NewExpression)[];
  readonly extending: readonly ClassNode[];
  readonly providing: readonly Providing[];
  readonly accessors: ReadonlySet<string>;
}

const known = new WeakMap<Node, Found>();

function addTo(index: Index, program: Node): void {
  let found = known.get(program);
  if (found === undefined) {
    found = usesIn(program);
    known.set(program, found);
  }
  for (const node of found.written) {
    const name = memberNameOf(node.left);
    if (name === null) index.writtenByKey.push(node);
    else add(index.written, name, node);
    if (name !== null && PLACE.test(name)) index.writtenByPlace.push(node);
  }
  index.cut.push(...found.cut);
  for (const node of found.deleted) add(index.deleted, memberNameOf(node.argument), node);
  for (const node of found.called) add(index.called, memberNameOf(node.callee), node);
  for (const { name, as } of found.taken) add(index.taken, name, as);
  for (const { name, as } of found.handedOn) add(index.handedOn, name, as);
  index.constructing.push(...found.constructing);
  index.extending.push(...found.extending);
  index.providing.push(...found.providing);
  for (const name of found.accessors) index.accessors.add(name);
}

function usesIn(program: Node): Found {
  const written: AssignmentExpression[] = [];
  const deleted: Deletion[] = [];
  const called: CallExpression[] = [];
  const constructing: (CallExpression | NewExpression)[] = [];
  const extending: ClassNode[] = [];
  const accessors = new Set<string>();
  for (const node of nodesOf(program, 'AssignmentExpression')) {
    if (node.left.type === 'MemberExpression') written.push(node);
  }
  const cut = [
    ...written.map(({ left }) => left),
    ...nodesOf(program, 'UpdateExpression').map(({ argument }) => unwrap(argument)),
  ].flatMap((node) =>
    node.type === 'MemberExpression' && memberNameOf(node) === 'length' ? [node.object] : [],
  );
  for (const node of nodesOf(program, 'UnaryExpression')) {
    if (node.operator === 'delete') deleted.push(node);
  }
  for (const node of nodesOf(program, 'CallExpression')) {
    if (unwrap(node.callee).type === 'MemberExpression') called.push(node);
    if (node.callee.type === 'Super' && node.arguments.length > 0) constructing.push(node);
  }
  for (const node of nodesOf(program, 'NewExpression')) {
    if (node.arguments.length > 0) constructing.push(node);
  }
  for (const node of [
    ...nodesOf(program, 'ClassDeclaration'),
    ...nodesOf(program, 'ClassExpression'),
  ]) {
    if (node.superClass !== null) extending.push(node);
  }
  for (const node of [...nodesOf(program, 'Property'), ...nodesOf(program, 'MethodDefinition')]) {
    const name =
      node.kind === 'get' || node.kind === 'set' ? keyName(node.key, node.computed) : null;
    if (name !== null) accessors.add(name);
  }
  const providing = nodesOf(program, 'JSXOpeningElement').flatMap(providedBy);
  const taken = [
    ...nodesOf(program, 'ImportDeclaration').flatMap(importedBy),
    ...nodesOf(program, 'ObjectPattern').flatMap(takenBy),
  ];
  const handedOn = nodesOf(program, 'ExportNamedDeclaration').flatMap(renamedBy);
  return {
    written,
    cut,
    deleted,
    called,
    taken,
    handedOn,
    constructing,
    extending,
    providing,
    accessors,
  };
}

/** The names of the exports that a declaration imports, and those that it gives them. */
function importedBy({ specifiers }: ImportDeclaration): readonly Named<Node>[] {
  return specifiers.flatMap((specifier): readonly Named<Node>[] => {
    const { local } = specifier;
    if (specifier.type === 'ImportDefaultSpecifier') return [{ name: 'default', as: local }];
    if (specifier.type !== 'ImportSpecifier') return [];
    return [{ name: keyName(specifier.imported, false), as: local }];
  });
}

/** The properties that a pattern takes, and the names that it gives them. */
function takenBy({ properties }: ObjectPattern): readonly Named<Node>[] {
  return properties.flatMap((property): readonly Named<Node>[] => {
    if (property.type === 'RestElement') return [];
    const { key, computed, value } = property;
    const as = value.type === 'AssignmentPattern' ? value.left : value;
    return as.type === 'Identifier' ? [{ name: keyName(key, computed), as }] : [];
  });
}

/** The exports of another module that a declaration hands on under other names. */
function renamedBy({ source, specifiers }: ExportDeclaration): readonly Named<string>[] {
  if (source === null) return [];
  return specifiers.flatMap(({ local, exported }): readonly Named<string>[] => {
    const as = keyName(exported, false);
    const name = keyName(local, false);
    return as === null || as === name ? [] : [{ name, as }];
  });
}

/** What an element gives as `value`: `<Context.Provider value={…}>`, or `<Context value={…}>`. */
function providedBy({ name, attributes }: OpeningElement): readonly Providing[] {
  const isMember = name.type === 'JSXMemberExpression';
  if (isMember && name.property.name !== 'Provider') return [];
  const context = isMember ? name.object : name;
  for (const attribute of attributes) {
    if (attribute.type !== 'JSXAttribute' || attribute.name.name !== 'value') continue;
    const { value } = attribute;
    return value?.type === 'JSXExpressionContainer' ? [{ context, value: value.expression }] : [];
  }
  return [];
}

function add<T>(index: Map<string, T[]>, name: string | null, item: T): void {
  if (name === null) return;
  const items = index.get(name);
  if (items === undefined) index.set(name, [item]);
  else items.push(item);
}
