/** A module of the project: its tree, and what it exports under which name. */

import { keyName, memberName, unwrap, type Node, type Program } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { declaredNames } from '../syntax/declared.ts';
import { isExports, isModuleExports } from '../syntax/forms.ts';

/** Where the value of an export comes from. */
export type Source =
  /** An expression, a declaration, or a name of the module. */
  | { readonly kind: 'node'; readonly node: Node }
  /** An export of another module; null for all of them, as one object. */
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string | null };

export interface Exports {
  readonly named: ReadonlyMap<string, readonly Source[]>;
  /** The specifiers of `export * from`. */
  readonly stars: readonly string[];
  /** What `module.exports`, or TypeScript's `export =`, is given as a whole. */
  readonly whole: readonly Node[];
}

/** A file that has been parsed. */
export interface Module {
  /** Its absolute path, links followed; the host's name of it for the file that is linted. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly bindings: Bindings;
}

const known = new WeakMap<Program, Exports>();

/** What a module exports, in ESM or CommonJS. */
export function exportsOf(program: Program): Exports {
  let found = known.get(program);
  if (found === undefined) {
    found = findExports(program);
    known.set(program, found);
  }
  return found;
}

function findExports(program: Program): Exports {
  const named = new Map<string, Source[]>();
  const stars: string[] = [];
  const whole: Node[] = [];
  const add = (name: string | null, source: Source): void => {
    if (name === null) return;
    const sources = named.get(name);
    if (sources === undefined) named.set(name, [source]);
    else sources.push(source);
  };
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ExportNamedDeclaration': {
        if (statement.exportKind === 'type') break;
        if (statement.declaration !== null) {
          for (const name of declaredNames(statement.declaration)) {
            if (name.type === 'Identifier') add(name.name, { kind: 'node', node: name });
          }
        }
        const specifier = statement.source?.value ?? null;
        for (const { exported, local, exportKind } of statement.specifiers) {
          if (exportKind === 'type') continue;
          const name = keyName(local, false);
          if (specifier === null) add(keyName(exported, false), { kind: 'node', node: local });
          else if (name !== null) add(keyName(exported, false), { kind: 'from', specifier, name });
        }
        break;
      }
      case 'ExportAllDeclaration': {
        if (statement.exportKind === 'type') break;
        const specifier = statement.source.value;
        if (statement.exported === null) stars.push(specifier);
        else add(keyName(statement.exported, false), { kind: 'from', specifier, name: null });
        break;
      }
      case 'ExportDefaultDeclaration':
        add('default', { kind: 'node', node: statement.declaration });
        break;
      case 'TSExportAssignment':
        whole.push(statement.expression);
        break;
      case 'ExpressionStatement':
        addAssignment(unwrap(statement.expression));
        break;
      default:
        break;
    }
  }
  return { named, stars, whole };

  /** `module.exports = …`, `exports.name = …`, `module.exports.name = …`, and chains of these */
  function addAssignment(node: Node): void {
    for (let inner = node; inner.type === 'AssignmentExpression'; inner = unwrap(inner.right)) {
      const target = unwrap(inner.left);
      if (target.type !== 'MemberExpression') continue;
      if (isModuleExports(target)) whole.push(inner.right);
      else if (isExports(unwrap(target.object))) {
        add(memberName(target), { kind: 'node', node: inner.right });
      }
    }
  }
}
