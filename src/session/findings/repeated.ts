/** Tokens that are set again after they were set before, in one run of the code that got them. */

import {
  childrenOf,
  functionAround,
  isFunction,
  isNode,
  isWithin,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { LOOPS } from '../../syntax/forms.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';
import { promiseMethod } from '../../syntax/promises.ts';
import type { Explanation } from '../../flow/solve/explanation.ts';
import type { EventEffect, Protocol } from '../../flow/algebra/protocol.ts';
import type { ClientCall } from '../client-calls.ts';
import type { SessionFile } from '../model.ts';
import { scopeOf } from './origins.ts';

/** The life of the value that one binding holds. */
const STATES = ['untouched', 'unset', 'pending', 'set'] as const;
type State = (typeof STATES)[number];

const SET = 1 << STATES.indexOf('set');

type Change = Partial<Record<State, State>>;

function effect(name: string, normal: Change, thrown: Change | 'never'): EventEffect {
  const change = (by: Change) => (state: number) => {
    const from = STATES[state];
    return from === undefined ? 0 : 1 << STATES.indexOf(by[from] ?? from);
  };
  return {
    name,
    normal: change(normal),
    thrown: thrown === 'never' ? () => 0 : change(thrown),
  };
}

const RENEWED: Change = { untouched: 'unset', pending: 'unset', set: 'unset' };

const EVENTS = [
  effect('set', { untouched: 'pending', unset: 'pending' }, { untouched: 'unset' }),
  effect('fulfilled', { pending: 'set' }, { pending: 'unset' }),
  effect('renewed', RENEWED, RENEWED),
  effect('nothing', {}, {}),
  effect('no throw', {}, 'never'),
];

const PROTOCOL: Protocol = {
  states: STATES,
  events: EVENTS,
  initial: STATES.indexOf('untouched'),
  established: SET,
};

const SETTING = { call: 0, settle: 1 };
const RENEWING = { call: 2, settle: 3 };
const NOTHING = { call: 3, settle: 3 };
const NO_THROW = { call: 4, settle: 4 };

/**
 * Of the calls that set the value of one binding, those that can be reached when it was set before,
 * with the call that did. Between two runs of the function whose binding it is, nothing is carried
 * over, and no more between two rounds of a loop that makes the binding anew.
 */
export function repeatedSets(
  session: SessionFile,
  variable: Variable,
  calls: readonly ClientCall[],
): ReadonlyMap<CallExpression, Node> {
  const repeated = new Map<CallExpression, Node>();
  const sets = calls.map(({ node }) => node);
  const sites = calls.map(siteOf);
  const root = scopeOf(variable);
  const [first, ...others] = sets;
  if (first === undefined || !isNeverReassigned(variable)) return repeated;
  if (others.length === 0 && !canRunAgain(first, root)) return repeated;
  const renewal = renewalOf(variable, root, session.bindings);
  if (renewal === 'unknown') return repeated;

  const part = partOf(sites, renewal, root, session);
  const setting = new Set<Node>(sites);
  const holding = nodesAround(sets);
  const isRoot = (node: Node): boolean =>
    root !== null && session.values.functions(node).includes(root);
  const solution = session.trace(
    root,
    part,
    PROTOCOL,
    {
      operation(call) {
        if (setting.has(call)) return SETTING;
        if (call === renewal) return RENEWING;
        // Another run has a binding of its own.
        if (isRoot(call.callee)) return NOTHING;
        // What is caught around a call that sets is taken for the rejection of that call.
        return isTriedWith(call, holding, session) ? NO_THROW : null;
      },
      reference: (node) => {
        if (setting.has(node)) return SETTING;
        return isRoot(node) ? NOTHING : null;
      },
    },
    (place) => (isNode(place) && setting.has(place) ? SET : 0),
  );
  const flags = new Flags(session.bindings);
  for (const one of calls) {
    const call = one.node;
    const way = solution.explain(siteOf(one), SET);
    if (way === null || handlesRejectionOf(call, holding)) continue;
    const earlier = earlierSet(way) ?? sets.find((other) => other !== call) ?? call;
    if (!flags.tell(way, earlier)) repeated.set(call, earlier);
  }
  return repeated;
}

/**
 * The one statement of a function that a run has to go through to set a value twice; null where it
 * is not told: there can be very many values, and the function can be long.
 */
function partOf(
  sites: readonly Node[],
  renewal: Node | null,
  root: FunctionNode | null,
  { bindings }: SessionFile,
): Node | null {
  if (root === null || root.generator || root.body?.type !== 'BlockStatement') return null;
  const { body } = root;
  const statements = new Set(sites.map((site) => statementIn(body, site)));
  if (renewal !== null) statements.add(statementIn(body, renewal));
  const [part, ...others] = statements;
  if (part === undefined || part === null || others.length > 0) return null;
  // What is tested outside can tell whether the value was set.
  const isWithinPart = ({ identifier }: { readonly identifier: Node }): boolean =>
    isWithin(identifier, part) || !isWithin(identifier, root);
  const isOwn = assignedIn(root, bindings).every(({ references }) =>
    references.every(isWithinPart),
  );
  return isOwn ? part : null;
}

/** The statement of a body that a node is in; null where the node is in a function within. */
function statementIn(body: Node, node: Node): Node | null {
  for (let inner = node; inner.parent; inner = inner.parent) {
    if (inner.parent === body) return inner;
    if (isFunction(inner) && inner !== node) return null;
  }
  return null;
}

const assigned = new WeakMap<Node, readonly Variable[]>();

/** The variables that a function assigns. */
function assignedIn(root: FunctionNode, bindings: Bindings): readonly Variable[] {
  let variables = assigned.get(root);
  if (variables === undefined) {
    const found = new Set<Variable>();
    const open: Node[] = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const variable =
        node.type === 'AssignmentExpression' && node.left.type === 'Identifier'
          ? bindings.variable(node.left)
          : null;
      if (variable !== null) found.add(variable);
      open.push(...childrenOf(node));
    }
    variables = [...found];
    assigned.set(root, variables);
  }
  return variables;
}

/** Where the analysis finds a call: redux-saga calls what is handed to it. */
function siteOf({ node, effect }: ClientCall): Node {
  return effect === null ? node : unwrap(effect.target);
}

/** Whether a call can run more than once in a run of a function around it. */
function canRunAgain(call: Node, root: FunctionNode | null): boolean {
  for (
    let outer = call.parent ?? null;
    outer !== root && outer !== null;
    outer = outer.parent ?? null
  ) {
    if (isFunction(outer) || LOOPS.has(outer.type)) return true;
  }
  return false;
}

/** The call whose result the binding gets in each round of a loop; null where there is no loop. */
function renewalOf(
  variable: Variable,
  root: FunctionNode | null,
  bindings: Bindings,
): CallExpression | null | 'unknown' {
  const [definition] = variable.defs;
  if (definition === undefined) return 'unknown';
  if (definition.type === 'Parameter' || !canRunAgain(definition.name, root)) return null;
  const { node } = definition;
  const init = node.type === 'VariableDeclarator' ? node.init : initializerOf(variable);
  const inner = init === null ? null : unwrap(init);
  const call = inner?.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
  if (call?.type !== 'CallExpression') return 'unknown';
  return promiseMethod(call, bindings) === null ? call : 'unknown';
}

/** Some nodes, and all that they are in. */
function nodesAround(nodes: readonly Node[]): ReadonlySet<Node> {
  const around = new Set<Node>();
  for (const node of nodes) {
    let outer: Node | null = node;
    for (; outer !== null && !around.has(outer); outer = outer.parent ?? null) around.add(outer);
  }
  return around;
}

/**
 * Whether a call stands beside one that sets, in the same `try`, and sets nothing itself.
 *
 * @param holding the calls that set, and all that they are in
 */
function isTriedWith(
  call: CallExpression,
  holding: ReadonlySet<Node>,
  { values }: SessionFile,
): boolean {
  const isTried = (): boolean => {
    for (let inner: Node = call; inner.parent; inner = inner.parent) {
      const outer: Node = inner.parent;
      if (outer.type === 'TryStatement' && outer.block === inner && holding.has(inner)) return true;
    }
    return false;
  };
  if (holding.has(call) || !isTried()) return false;
  return !values.functions(call.callee).some((node) => holding.has(node));
}

/** Whether a call runs in a handler of a promise chain that sets: `set(t).catch(() => set(t))`. */
function handlesRejectionOf(call: CallExpression, holding: ReadonlySet<Node>): boolean {
  for (let outer = call.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type !== 'CallExpression') continue;
    const callee = unwrap(outer.callee);
    if (callee.type !== 'MemberExpression' || isWithin(call, callee)) continue;
    const { property } = callee;
    const method = property.type === 'Identifier' ? property.name : '';
    const handler = method === 'catch' ? outer.arguments[0] : outer.arguments[1];
    if (method !== 'catch' && method !== 'then') continue;
    if (handler === undefined || !isWithin(call, handler)) continue;
    if (holding.has(callee.object)) return true;
  }
  return false;
}

/** The last call on a way that set the value. */
function earlierSet({ steps }: Explanation): Node | null {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step === undefined) break;
    const site =
      step.kind === 'event' ? step.event.site : step.kind === 'called' ? step.call.site : null;
    if (site !== null && isNode(site)) return site;
  }
  return null;
}

/** The variables that tests ask. */
class Flags {
  readonly #bindings: Bindings;
  /** Where the variables of a test are assigned. */
  readonly #assigned = new Map<Node, readonly Node[]>();
  /** Where a variable is assigned. */
  readonly #written = new Map<Variable, readonly Node[]>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Whether a way goes by what a variable says that is assigned where the value was set. */
  tell({ steps, entries }: Explanation, earlier: Node): boolean {
    const owner = functionAround(earlier);
    const isBehind = (assignment: Node): boolean =>
      offsetOf(assignment) >= endOf(earlier) && functionAround(assignment) === owner;
    return (
      steps.some(
        (step) =>
          step.kind === 'decided' &&
          isNode(step.decision.node) &&
          this.#assignments(step.decision.node).some(isBehind),
      ) ||
      // A function that sets can be called again by what a test around the call says.
      entries.some(({ from }) => {
        const site = from?.site ?? null;
        if (site === null || !isNode(site)) return false;
        const caller = functionAround(site);
        return testsAround(site).some((test) =>
          this.#assignments(test).some((assignment) => functionAround(assignment) === caller),
        );
      })
    );
  }

  #assignments(test: Node): readonly Node[] {
    let assigned = this.#assigned.get(test);
    if (assigned === undefined) {
      assigned = variablesIn(test, this.#bindings).flatMap((variable) => this.#writes(variable));
      this.#assigned.set(test, assigned);
    }
    return assigned;
  }

  #writes(variable: Variable): readonly Node[] {
    let written = this.#written.get(variable);
    if (written === undefined) {
      written = variable.references.map(({ identifier }) => identifier).filter(isAssigned);
      this.#written.set(variable, written);
    }
    return written;
  }
}

/** Whether a name is assigned where it stands. */
function isAssigned(identifier: Node): boolean {
  const { parent } = identifier;
  return (
    parent?.type === 'AssignmentExpression' && parent.operator === '=' && parent.left === identifier
  );
}

/** What is tested around a node in its function. */
function testsAround(node: Node): readonly Node[] {
  const tests: Node[] = [];
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (outer.type === 'LogicalExpression') tests.push(outer.left);
    else if ('test' in outer && isNode(outer.test)) tests.push(outer.test);
  }
  return tests;
}

function variablesIn(node: Node, bindings: Bindings): readonly Variable[] {
  const found: Variable[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const variable = next.type === 'Identifier' ? bindings.variable(next) : null;
    if (variable !== null) found.push(variable);
    open.push(...childrenOf(next));
  }
  return found;
}
