/** Patterns of destructurings and parameters: the names in them, and how each is reached. */

import type { Node } from './ast.ts';

export type RestElement = Node & { readonly type: 'RestElement' };
export type DefaultPattern = Node & { readonly type: 'AssignmentPattern' };
export type PatternProperty = Node & { readonly type: 'Property' };

/** What a pattern reads on the way to a name. */
export type Step =
  /** A property, whose key may be computed. */
  | { readonly kind: 'property'; readonly node: PatternProperty }
  | { readonly kind: 'element'; readonly index: number }
  /** All that is left: of an object, of an array or of the arguments of a call. */
  | { readonly kind: 'rest'; readonly node: RestElement }
  /** What is taken instead of `undefined`. */
  | { readonly kind: 'default'; readonly node: DefaultPattern };

/** How a pattern gets from what it is given to a name; null where it does not hold the name. */
export function stepsTo(pattern: Node, name: Node): readonly Step[] | null {
  if (pattern === name) return NO_STEPS;
  const steps: Step[] = [];
  for (let inner = name; inner !== pattern;) {
    const outer: Node | null = inner.parent ?? null;
    switch (outer?.type) {
      case 'AssignmentPattern':
        if (outer.left !== inner) return null;
        steps.push({ kind: 'default', node: outer });
        break;
      case 'Property':
        if (outer.value !== inner) return null;
        steps.push({ kind: 'property', node: outer });
        break;
      case 'ArrayPattern':
        if (inner.type === 'RestElement') break;
        steps.push({
          kind: 'element',
          index: outer.elements.findIndex((element) => element === inner),
        });
        break;
      case 'RestElement':
        steps.push({ kind: 'rest', node: outer });
        break;
      case 'ObjectPattern':
      case 'TSParameterProperty':
        break;
      default:
        return null;
    }
    inner = outer;
  }
  return steps.reverse();
}

const NO_STEPS: readonly Step[] = [];

/** The names that a pattern binds. */
export function namesIn(pattern: Node): readonly Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

/** The pattern of a parameter, without its default. */
export function targetOf(parameter: Node): Node {
  const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  return pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
}

/** The whole of which a pattern is a part: what is declared, assigned to, or a parameter. */
export function wholeOf(pattern: Node): Node {
  let whole = pattern;
  for (let outer = whole.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'AssignmentPattern':
      case 'RestElement':
      case 'Property':
      case 'TSParameterProperty':
        whole = outer;
        break;
      default:
        return whole;
    }
  }
  return whole;
}

/** The assignment that gives a name its value, from within a pattern or not. */
export function assignmentOf(
  identifier: Node,
): (Node & { readonly type: 'AssignmentExpression' }) | null {
  for (let node = identifier.parent ?? null; node !== null; node = node.parent ?? null) {
    switch (node.type) {
      case 'AssignmentExpression':
        return node;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'AssignmentPattern':
      case 'RestElement':
      case 'Property':
        break;
      default:
        return null;
    }
  }
  return null;
}
