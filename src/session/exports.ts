/** What code outside a file can call. */

import { rootOf, type ClassNode, type Node, type Program } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { declaredNames, exportedFrom } from '../syntax/declared.ts';
import type { Lowering } from '../flow/lower/lowering.ts';
import type { Callee } from '../flow/term/term.ts';
import { offeredBy } from '../values/offered.ts';
import type { Value, Values } from '../values/resolve.ts';
import { exportsOf } from '../project/module.ts';

/** Objects in objects are looked into this deep. */
const MAX_DEPTH = 3;

/**
 * The functions of a module that code outside it can call.
 *
 * @param isComponent whether a template, which is not seen, can use all that the module declares
 */
export function exportedFunctions(
  program: Program,
  bindings: Bindings,
  values: Values,
  lowering: Lowering,
  isComponent: boolean,
): readonly Callee[] {
  const found = new Set<Callee>();
  const addCallee = (callee: Callee | null): void => {
    if (callee !== null) found.add(callee);
  };
  const addOffered = (owner: Value & { readonly node: ClassNode }, depth: number): void => {
    const { methods, fields } = offeredBy(owner.node, (node) => values.of(node));
    for (const method of methods) {
      if (rootOf(method) !== program) continue;
      addCallee(lowering.callee({ kind: 'function', node: method }));
    }
    if (depth >= MAX_DEPTH) return;
    for (const field of fields) {
      for (const next of values.part(owner, field)) add(next, depth + 1);
    }
  };
  const add = (value: Value, depth: number): void => {
    // What another module exports is entered from outside there, but for what is made here of what it is given.
    if ('node' in value && rootOf(value.node) !== program && !isMadeIn(program, value)) return;
    switch (value.kind) {
      case 'function':
        addCallee(lowering.callee(value));
        break;
      case 'class':
        found.add({ functions: [lowering.construction(value.node)], parameter: null, open: false });
        addOffered(value, depth);
        break;
      case 'instance':
        addOffered(value, depth);
        break;
      case 'object':
        if (depth >= MAX_DEPTH) break;
        for (const property of value.node.properties) {
          const inner = property.type === 'SpreadElement' ? property.argument : property.value;
          for (const next of values.part(value, inner)) add(next, depth + 1);
        }
        break;
      case 'array':
        if (depth >= MAX_DEPTH) break;
        for (const element of value.node.elements) {
          if (element === null) continue;
          const inner = element.type === 'SpreadElement' ? element.argument : element;
          for (const next of values.part(value, inner)) add(next, depth + 1);
        }
        break;
      case 'namespace':
        if (depth >= MAX_DEPTH) break;
        for (const { name } of exportedFrom(value.node)) {
          for (const next of values.member(value, name)) add(next, depth + 1);
        }
        break;
      case 'promise':
        for (const next of value.of) add(next, depth);
        break;
      case 'enum':
      case 'map':
      case 'external':
      case 'unknown':
        break;
    }
  };
  const nodes = exportedNodes(program);
  for (const expression of isComponent ? [...nodes, ...declaredIn(program)] : nodes) {
    const variable = bindings.variable(expression);
    const known = variable === null ? values.of(expression) : values.ofVariable(variable);
    for (const value of known) add(value, 0);
  }
  return [...found];
}

/** Whether a closure, or what holds one, is made by a call that stands in a module. */
function isMadeIn(program: Program, value: Value): boolean {
  return 'made' in value && (value.made ?? []).some((call) => rootOf(call) === program);
}

/** The expressions and names that a module exports, in ESM or CommonJS. */
function exportedNodes(program: Program): readonly Node[] {
  const { named, whole } = exportsOf(program);
  const sources = [...named.values()].flat();
  return [...sources.flatMap((source) => (source.kind === 'node' ? [source.node] : [])), ...whole];
}

/** What the top level of a script declares. */
function declaredIn({ body }: Program): readonly Node[] {
  return body.flatMap((statement) => declaredNames(statement));
}
