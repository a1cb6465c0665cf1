/**
 * Which elements call nothing of what they are given for where they are pressed, as they are disabled:
 * those of the host and of packages, and components that hand both on to such an element.
 */

import {
  isFunction,
  isNode,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
  type OpeningElement,
} from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import type { Lower } from './parts.ts';
import { attributeOf, partOf } from './shapes.ts';

/** The properties by which an element is told not to be pressed, */
const DISABLING = ['disabled', 'isDisabled'] as const;

/** and those that it calls where it is. */
const PRESSES: ReadonlySet<string> = new Set([
  'onClick',
  'onDoubleClick',
  'onLongPress',
  'onPress',
  'onPressIn',
  'onPressOut',
]);

/** The name of an element of the host's own. */
const INTRINSIC = /^[a-z]/;

/** To evaluate these does nothing. */
const READ: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'Identifier',
  'MemberExpression',
]);

/** Components that hand on to each other more deeply than this are not looked into. */
const MAX_DEPTH = 4;

/** What an element is told. */
export interface Disabling {
  /** The attributes that are called only where it is not so, */
  readonly presses: readonly Node[];
  /** and the element with the others, but for the one that tells it. */
  readonly others: OpeningElement;
  /** What has to be falsy for these to be called. */
  readonly value: Node;
}

/** What a component gets, as far as it goes by names. */
interface Given {
  /** The expressions that are the properties as a whole, or what is left of them. */
  readonly wholes: readonly Node[];
  /** Those that are the property of a name. */
  readonly named: (name: string) => readonly Node[];
  /** Whether what is left has a property of a name. */
  readonly isLeft: (name: string) => boolean;
}

export class DisabledElements {
  readonly #lower: Lower;
  readonly #known = new Map<FunctionNode, Map<string, boolean>>();
  readonly #told = new Map<OpeningElement, Disabling | null>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /**
   * What has to be falsy for an element to call what it is given for where it is pressed; null where
   * that is not told.
   */
  of(element: OpeningElement): Disabling | null {
    let told = this.#told.get(element);
    if (told === undefined) this.#told.set(element, (told = this.#disabling(element)));
    return told;
  }

  #disabling(element: OpeningElement): Disabling | null {
    for (const name of DISABLING) {
      const value = partOf(element, name);
      if (value === null || value === 'nothing') continue;
      const by = value.parent?.parent ?? null;
      if (by?.type !== 'JSXAttribute') continue;
      const presses = element.attributes.filter(
        (one) => isPress(one) && this.#heeds(element.name, name, nameOf(one), 0),
      );
      if (presses.length === 0) return null;
      const left = element.attributes.filter((one) => one !== by && !presses.includes(one));
      return { presses, others: { ...element, attributes: left }, value };
    }
    return null;
  }

  /** Whether an element calls a property of its own only where another is falsy. */
  #heeds(name: Node, disabling: string, press: string, depth: number): boolean {
    const components = this.#functions(name);
    if (components.length === 0) return this.#isOfHost(name);
    return components.every((one) => this.#handsOn(one, disabling, press, depth));
  }

  #isOfHost(name: Node): boolean {
    if (name.type !== 'JSXIdentifier') return false;
    if (INTRINSIC.test(name.name)) return true;
    const module = this.#lower.host.outside?.(name)?.module ?? null;
    return module !== null && !module.startsWith('.');
  }

  /** Whether a component calls a property only by elements that are disabled by another. */
  #handsOn(code: FunctionNode, disabling: string, press: string, depth: number): boolean {
    if (depth >= MAX_DEPTH) return false;
    const key = `${disabling} ${press}`;
    const known = this.#known.get(code) ?? new Map<string, boolean>();
    this.#known.set(code, known);
    let isSo = known.get(key);
    if (isSo === undefined) {
      // Components can render each other.
      known.set(key, false);
      isSo = this.#handsOnBy(code, disabling, press, depth);
      known.set(key, isSo);
    }
    return isSo;
  }

  #handsOnBy(code: FunctionNode, disabling: string, press: string, depth: number): boolean {
    const given = this.#givenTo(code);
    if (given === null) return false;
    const isDisabled = (element: OpeningElement): boolean =>
      DISABLING.some((name) => {
        const value = partOf(element, name);
        return value !== null && value !== 'nothing' && isOneOf(value, given.named(disabling));
      });
    const passed = given.named(press).every((use) => {
      const attribute = attributeAround(use, code);
      const element = attribute?.parent;
      if (attribute === null || element?.type !== 'JSXOpeningElement') return false;
      const next = nameOf(attribute);
      const isLeft = given.isLeft(disabling) && isSpread(element, given.wholes);
      if (!isPress(attribute) || !(isLeft || isDisabled(element))) return false;
      return this.#heeds(element.name, disabling, next, depth + 1);
    });
    if (!passed) return false;
    return given.wholes.every((use) => {
      if (!given.isLeft(press)) return true;
      const spread = use.parent;
      const element = spread?.parent;
      if (spread?.type !== 'JSXSpreadAttribute' || element?.type !== 'JSXOpeningElement') {
        return false;
      }
      const isTold = given.isLeft(disabling)
        ? isSpread(element, given.wholes)
        : isDisabled(element);
      return isTold && this.#heeds(element.name, disabling, press, depth + 1);
    });
  }

  /** The functions that a component is, if all of it is seen; none for any other. */
  #functions(name: Node): readonly FunctionNode[] {
    const callee = this.#lower.callees.callee(name);
    if (callee === null || callee.open || callee.parameter !== null) return [];
    return callee.functions.flatMap(({ node }) => (isNode(node) && isFunction(node) ? [node] : []));
  }

  /** What a component gets; null where it has that by other means than names. */
  #givenTo({ params: [first] }: FunctionNode): Given | null {
    if (first === undefined) return null;
    const uses = (name: Node): readonly Node[] | null => {
      const variable: Variable | null = this.#lower.bindings.variable(name);
      if (variable?.defs.length !== 1) return null;
      // Its default is written to it, too.
      const references = variable.references.filter(({ init }) => init !== true);
      return references.some((one) => one.isWrite())
        ? null
        : references.map((one) => one.identifier);
    };
    if (first.type === 'Identifier') {
      const all = uses(first);
      if (all === null) return null;
      const members = all.flatMap(({ parent }) =>
        parent?.type === 'MemberExpression' ? [parent] : [],
      );
      return {
        wholes: all.filter(({ parent }) => parent?.type !== 'MemberExpression'),
        named: (name) => members.filter((member) => memberName(member) === name),
        isLeft: () => true,
      };
    }
    if (first.type !== 'ObjectPattern') return null;
    const taken = new Map<string, readonly Node[]>();
    let wholes: readonly Node[] = [];
    let hasRest = false;
    for (const property of first.properties) {
      const isRest = property.type === 'RestElement';
      const target = isRest ? property.argument : property.value;
      const name = isRest ? null : keyName(property.key, property.computed);
      const bound = target.type === 'AssignmentPattern' ? target.left : target;
      const all = bound.type === 'Identifier' ? uses(bound) : null;
      if (all === null || (!isRest && name === null)) return null;
      if (name === null) [wholes, hasRest] = [all, true];
      else taken.set(name, all);
    }
    return {
      wholes,
      named: (name) => taken.get(name) ?? [],
      isLeft: (name) => hasRest && !taken.has(name),
    };
  }
}

/** Whether an attribute does nothing but to give a function that is called where the element is pressed. */
function isPress(node: Node): boolean {
  const attribute = attributeOf(node);
  return (
    attribute !== null && PRESSES.has(attribute.name) && READ.has(unwrap(attribute.value).type)
  );
}

/** The name of an attribute; empty where it has none of its own. */
function nameOf(attribute: Node): string {
  return attributeOf(attribute)?.name ?? '';
}

/** The attribute of an element that a use stands in, within some code. */
function attributeAround(use: Node, code: FunctionNode): Node | null {
  for (
    let outer = use.parent ?? null;
    outer !== null && outer !== code;
    outer = outer.parent ?? null
  ) {
    if (outer.type === 'JSXAttribute') return outer;
  }
  return null;
}

/** Whether an expression is truthy where one of these is. */
function isOneOf(value: Node, uses: readonly Node[]): boolean {
  const inner = unwrap(value);
  if (inner.type === 'LogicalExpression' && inner.operator === '||') {
    return isOneOf(inner.left, uses) || isOneOf(inner.right, uses);
  }
  return uses.includes(inner);
}

/** Whether the last that an element is told of being disabled is among what is spread into it. */
function isSpread(element: OpeningElement, wholes: readonly Node[]): boolean {
  for (const attribute of element.attributes.toReversed()) {
    if (attribute.type === 'JSXSpreadAttribute') return wholes.includes(attribute.argument);
    if (DISABLING.some((name) => nameOf(attribute) === name)) return false;
  }
  return false;
}
