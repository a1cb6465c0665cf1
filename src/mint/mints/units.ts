/** The files whose mints are looked at: the one that is linted, and those of which it calls helpers. */

import { keyName, nodesIn, rootOf, unwrap, type Node, type Program } from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Module } from '../../project/module.ts';
import type { Project } from '../../project/project.ts';
import type { CallExpression, ClassNode, NewExpression } from '../../syntax/ast.ts';
import { isClass } from '../../syntax/ast.ts';
import type { Expressions, FollowedCall } from '../../values/evaluate.ts';
import type { Modules } from '../../values/host.ts';

export type Creation = CallExpression | NewExpression;

/** What a file has of each kind, in the order of the source. */
export interface Survey {
  readonly calls: readonly Creation[];
  readonly assignments: readonly (Node & { readonly type: 'AssignmentExpression' })[];
  readonly classes: readonly ClassNode[];
  /** The modules that it imports for more than their types. */
  readonly specifiers: readonly string[];
  /** The nodes by which a program can read something by its name. */
  readonly reads: readonly Node[];
}

/** A file that is looked at. */
export interface Unit extends Survey {
  readonly program: Program;
  readonly expressions: Expressions;
}

/** What the text of a module has that mints a token, for a search of its importers. */
export const MARKS: readonly string[] = [
  'jsonwebtoken',
  'jose',
  'nestjs/jwt',
  'fast-jwt',
  'fastify',
  'jwtSign',
  'JwtSign',
  'hono/',
  'jwt-simple',
  'njwt',
  'jsrsasign',
  'KJUR',
  'jws',
  'worker-jwt',
  'elysia',
  'hapi/jwt',
  'oslo/jwt',
  'jwt-encode',
  'djwt',
  'createHmac',
  'subtle.',
  'HmacSHA256',
  'CryptoHasher',
];

/** Exports of so many modules around a file are looked for mints. */
const MAX_AROUND = 32;

/** The files that are looked at together. */
export class Units {
  readonly linted: Unit;
  readonly #bindings: Bindings;
  readonly #project: Project | null;
  readonly #modules: Modules;
  readonly #units = new Map<Node, Unit>();
  readonly #include: ((program: Program) => void)[] = [];

  /** @param bindings those of the linted file, which learn of the other files */
  constructor(program: Program, bindings: Bindings, project: Project | null, modules: Modules) {
    this.#bindings = bindings;
    this.#project = project;
    this.#modules = modules;
    this.linted = {
      program,
      expressions: modules.expressionsOf({ program, bindings }),
      ...survey(program),
    };
    this.#units.set(program, this.linted);
  }

  /** Has something told of each file that is looked at from now on. */
  onInclude(listener: (program: Program) => void): void {
    this.#include.push(listener);
  }

  /** The file that a node is in. */
  of(node: Node): Unit {
    return this.#units.get(rootOf(node)) ?? this.linted;
  }

  /** The module of the project that a node is in; null where it is in the linted file. */
  moduleOf(node: Node): Module | null {
    const root = rootOf(node);
    return root === this.linted.program ? null : (this.#project?.moduleOf(root) ?? null);
  }

  /** The expression or declaration that a module of the project exports; null where none is known. */
  exported(specifier: string, name: string, from: Unit): Node | null {
    if (this.#project?.leadsToMark(from.program, specifier, MARKS) !== true) return null;
    const found = this.#modules.exported(specifier, name, [], from.expressions);
    return found === null || found.members.length > 0 || this.#including(found.node) === null
      ? null
      : found.node;
  }

  /** The modules that a file imports, directly or not, which may mint: the nearest ones. */
  around(unit: Unit): readonly Unit[] {
    const found = new Set([unit]);
    for (const { program, specifiers } of found) {
      for (const specifier of specifiers) {
        if (this.#project?.leadsToMark(program, specifier, MARKS) !== true) continue;
        for (const module of this.#project.modules(program, specifier)) {
          if (found.size > MAX_AROUND) break;
          const other = this.#including(module.program);
          if (other !== null) found.add(other);
        }
      }
    }
    found.delete(unit);
    return [...found];
  }

  #including(node: Node): Unit | null {
    const root = rootOf(node);
    const known = this.#units.get(root);
    if (known !== undefined) return known;
    const module = this.#project?.moduleOf(root) ?? null;
    if (module === null) return null;
    const { program, bindings } = module;
    const unit = { program, expressions: this.#modules.expressionsOf(module), ...survey(program) };
    this.#units.set(program, unit);
    this.#bindings.include(program, bindings);
    for (const listener of this.#include) listener(program);
    return unit;
  }
}

/** The expressions of the files that calls lead through, as they are when these are under way. */
export class Frames {
  readonly #units: Units;
  readonly #known = new Map<Unit, Expressions>();

  /** @param calls the outermost first */
  constructor(units: Units, calls: readonly FollowedCall[]) {
    this.#units = units;
    for (const { call, target } of calls) {
      const [here, there] = [units.of(call), units.of(target)];
      const from = this.#at(here);
      const followed = here === there ? { call, target } : { call, target, from };
      this.#known.set(there, this.#at(there).inCalls([followed]));
    }
  }

  /** Those of the file that a node is in. */
  of(node: Node): Expressions {
    return this.#at(this.#units.of(node));
  }

  #at(unit: Unit): Expressions {
    return this.#known.get(unit) ?? unit.expressions;
  }
}

function isTypeOnly({ importKind, specifiers }: Node & { type: 'ImportDeclaration' }): boolean {
  return (
    importKind === 'type' ||
    (specifiers.length > 0 &&
      specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type'))
  );
}

function survey(program: Program): Survey {
  const calls: Creation[] = [];
  const assignments: (Node & { readonly type: 'AssignmentExpression' })[] = [];
  const classes: ClassNode[] = [];
  const specifiers: string[] = [];
  const reads: Node[] = [];
  for (const node of nodesIn(program)) {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression': {
        calls.push(node);
        const [first] = node.arguments;
        const callee = unwrap(node.callee);
        const isRequire = callee.type === 'Identifier' && callee.name === 'require';
        const specifier = isRequire && first !== undefined ? keyName(first, true) : null;
        if (specifier !== null) specifiers.push(specifier);
        reads.push(node);
        break;
      }
      case 'ImportDeclaration':
        if (!isTypeOnly(node)) specifiers.push(node.source.value);
        reads.push(node);
        break;
      case 'ImportExpression': {
        const specifier = keyName(node.source, true);
        if (specifier !== null) specifiers.push(specifier);
        break;
      }
      case 'AssignmentExpression':
        assignments.push(node);
        break;
      case 'MemberExpression':
      case 'VariableDeclarator':
        reads.push(node);
        break;
      default:
        if (isClass(node)) classes.push(node);
        break;
    }
  }
  return { calls, assignments, classes, specifiers, reads };
}
