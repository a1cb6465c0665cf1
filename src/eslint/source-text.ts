/** The lines and texts of the linted file and of the modules that it leads to, for messages. */

import type { Rule } from 'eslint';

import { isNode, type Node } from '../syntax/ast.ts';
import { offsetOf, endOf } from '../syntax/places.ts';
import { baseName } from '../project/names.ts';
import type { Module } from '../project/module.ts';
import type { SourceText } from '../session/findings/words.ts';

/** Knows in which other module a node is. */
interface Placing {
  readonly moduleOf: (node: Node) => Module | null;
}

/** What is in another module is told by its line and name. */
export function sourceText(sourceCode: Rule.RuleContext['sourceCode'], model: Placing): SourceText {
  const moduleOf = (node: object): Module | null => (isNode(node) ? model.moduleOf(node) : null);
  return {
    lineOf(node) {
      const module = moduleOf(node);
      return module === null
        ? String(isNode(node) ? sourceCode.getLocFromIndex(offsetOf(node)).line : 1)
        : `${lineIn(module, node)} of ${baseName(module.path)}`;
    },
    textOf(node) {
      const module = moduleOf(node);
      return module === null || !isNode(node)
        ? sourceCode.getText(node as Rule.Node)
        : module.text.slice(offsetOf(node), endOf(node));
    },
  };
}

function lineIn({ text }: Module, node: object): number {
  const start = isNode(node) ? offsetOf(node) : 0;
  return text.slice(0, start).split('\n').length;
}
