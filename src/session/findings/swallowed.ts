/**
 * The handlers that swallow a rejection of `setUserJwt`: behind them their function returns as it
 * does where the JWT is set, so that its caller can't tell.
 */

import {
  isFunction,
  isNode,
  nodesIn,
  rootOf,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { linkOf } from '../../syntax/promises.ts';
import type { States } from '../../flow/algebra/relation.ts';
import { withHandler } from '../../flow/term/only-handler.ts';
import { RESULT_KINDS, type FunctionTerm, type ResultKind } from '../../flow/term/term.ts';
import type { SessionFile, SessionOptions } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import { placeOf } from '../frames.ts';
import { handlersIn, isTold, type Handler } from './handlers.ts';
import { states, WITH_JWT, WITHOUT_JWT, WITHOUT_JWT_FOR_LOGIN } from '../protocol.ts';
import type { SourceText } from './words.ts';

export interface Swallow {
  /** The `catch` clause, or the callback that handles the rejection. */
  readonly node: Node;
  /** The method that sets the JWT. */
  readonly establish: string;
  /** A call that passes because its helper is forgiven this very way; null where none was asked for. */
  readonly reliedOnBy: Site | null;
}

const REJECTED = states('rejected');
const EVERY_PATH: SessionOptions = { helpers: 'every-path', entry: 'unset' };
const SOME_PATH: SessionOptions = { helpers: 'some-path', entry: 'unset' };

/**
 * The handlers of a file that swallow a rejection, in the order of the source.
 *
 * @param when `relied-on`: only those in helpers that a protected call relies on
 */
export function swallowsOf(
  session: SessionFile,
  when: 'relied-on' | 'always',
  text: SourceText,
): readonly Swallow[] {
  const { sites } = session.solve(when === 'always' ? EVERY_PATH : SOME_PATH);
  const set = sites.find(({ role }) => role === 'establish');
  if (set === undefined) return [];
  const handlers = handlersIn(rootOf(set.node), session.bindings).filter(
    ({ owner }) => !isHandedOver(owner, session) && canHide(owner, session),
  );
  if (handlers.length === 0) return [];
  const search = new Search(session, text, when);
  const relying = when === 'always' ? null : search.relying();
  return handlers.flatMap((handler) => {
    const reliedOnBy = relying?.get(handler.owner) ?? null;
    const isAsked = relying === null || reliedOnBy !== null;
    const swallows = isAsked && session.withinWork(() => search.swallows(handler));
    if (swallows === null) session.leaveOut();
    return swallows === true ? [{ node: handler.node, establish: set.method, reliedOnBy }] : [];
  });
}

/** Whether a function may return in the same way where the JWT is set and where it was rejected. */
function canHide(owner: FunctionNode, session: SessionFile): boolean {
  const term = session.termOf(owner);
  if (!term.canLead) return false;
  const results = session.roughResultsOf(term, SOME_PATH);
  return RESULT_KINDS.some((kind) => isHidden(results[kind]));
}

function isHidden(returned: States): boolean {
  return (returned & REJECTED) !== 0 && (returned & WITH_JWT) !== 0;
}

class Search {
  readonly #session: SessionFile;
  readonly #text: SourceText;
  readonly #when: 'relied-on' | 'always';

  constructor(session: SessionFile, text: SourceText, when: 'relied-on' | 'always') {
    this.#session = session;
    this.#text = text;
    this.#when = when;
  }

  get #every(): Solved {
    return this.#session.solve(EVERY_PATH);
  }

  swallows(handler: Handler): boolean {
    const { step } = this.#session;
    const term = this.#session.termOf(handler.owner);
    if (this.#untold(term).length === 0) return false;
    const hidden = this.#untold(withHandler(term, handler.node, step));
    if (hidden.length === 0) return false;
    if (isTold(handler, this.#session.bindings, (part) => this.#text.textOf(part))) return false;
    // What is hidden all the same, were this handler to throw, is not hidden by it.
    const left = this.#untold(withHandler(term, handler.node, step, true));
    return hidden.some((kind) => !left.includes(kind));
  }

  /**
   * The functions that protected calls rely on to set the JWT, though they return without it where
   * it is rejected; for each, the first such call that is found.
   */
  relying(): ReadonlyMap<FunctionNode, Site> {
    const some = this.#session.solve(SOME_PATH);
    const found = new Map<FunctionNode, Site>();
    const canRely = (site: Site): boolean => {
      const faults = faultsAt(site);
      if (faults === 0 || (site.states & REJECTED) === 0) return false;
      return ((some.at(site.node)?.states ?? 0) & faults) === 0;
    };
    // All that is asked further is for nothing where no call can.
    if (!this.#session.roughly(SOME_PATH).some(canRely)) return found;
    for (const site of this.#every.sites) {
      if (!canRely(site)) continue;
      const helpers = this.#session.withinWork(() => this.#helpersBefore(site.node, new Set()));
      if (helpers === null) this.#session.leaveOut();
      for (const helper of helpers ?? []) {
        for (const inner of this.#within(helper)) if (!found.has(inner)) found.set(inner, site);
      }
    }
    return found;
  }

  /** The helpers that lead to a place where the JWT was rejected. */
  #helpersBefore(place: object, seen: Set<object>): readonly FunctionNode[] {
    if (seen.has(place)) return [];
    seen.add(place);
    const way = this.#every.solution.explain(place, REJECTED);
    if (way === null) return [];
    const changes = way.steps.filter(
      (step) =>
        (step.kind === 'called' || step.kind === 'event') && ((1 << step.to) & REJECTED) !== 0,
    );
    if (changes.length === 0) {
      return way.entries.flatMap(({ from, states: at }) =>
        from !== null && (at & REJECTED) !== 0 ? this.#helpersBefore(from.site, seen) : [],
      );
    }
    return changes.flatMap((step) => {
      const node = step.kind === 'called' ? step.callee.term.node : null;
      return isNode(node) && isFunction(node) ? [node] : [];
    });
  }

  /** A helper, and the functions in it and called by it that return where the JWT is rejected. */
  #within(helper: FunctionNode): ReadonlySet<FunctionNode> {
    const found = new Set([helper]);
    for (const outer of found) {
      for (const node of nodesIn(outer)) {
        const inner = isFunction(node)
          ? [node]
          : node.type === 'CallExpression'
            ? this.#session.values.functions(node.callee)
            : [];
        for (const next of inner) {
          if (!found.has(next) && (this.#returned(next) & REJECTED) !== 0) found.add(next);
        }
      }
    }
    return found;
  }

  /** The states in which a function can return. */
  #returned(node: FunctionNode): number {
    if (node.body === null) return 0;
    const results = this.#every.solution.resultsOf(this.#session.termOf(node));
    return RESULT_KINDS.reduce((all, kind) => all | results[kind], 0);
  }

  /** The results that mean both that the JWT is set and that it was rejected. */
  #untold(term: FunctionTerm): readonly ResultKind[] {
    const results = this.#every.solution.resultsOf(term);
    const untold = RESULT_KINDS.filter((kind) => isHidden(results[kind]));
    // Where `true` means that all is well, a caller that takes `false` for it is at fault.
    const isFailure = this.#when === 'always' && (results.true & WITH_JWT) !== 0;
    return untold.filter((kind) => kind !== 'false' || !isFailure);
  }
}

function faultsAt({ role }: Site): number {
  switch (role) {
    case 'login':
      return WITHOUT_JWT_FOR_LOGIN;
    case 'update':
    case 'present':
      return WITHOUT_JWT;
    default:
      return 0;
  }
}

/**
 * Whether a function is given to others and called by nobody here: what it returns is theirs to
 * read, and so is what it does with its errors.
 */
function isHandedOver(node: FunctionNode, session: SessionFile): boolean {
  // A saga is run by the effect that it is given to.
  if (node.generator) return false;
  const place = placeOf(node, session);
  const { parent } = place;
  const name = place.type === 'FunctionDeclaration' ? place.id : null;
  const declared = parent?.type === 'VariableDeclarator' ? parent.id : name;
  if (declared === null) return isArgument(place, session);
  const declaration = parent?.type === 'VariableDeclarator' ? parent.parent?.parent : parent;
  if (declaration?.type.startsWith('Export') === true) return false;
  const reads = session.bindings
    .variable(declared)
    ?.references.filter((reference) => reference.isRead());
  return (
    reads !== undefined &&
    reads.length > 0 &&
    reads.every(({ identifier }) => isArgument(identifier, session))
  );
}

/** Whether an expression is given to a function or a component as it is. */
function isArgument(node: Node, { values }: SessionFile): boolean {
  const { parent } = node;
  if (parent?.type === 'JSXExpressionContainer') return true;
  if (parent?.type !== 'CallExpression' || values.isWrapper(parent)) return false;
  // The callbacks of a promise are part of the function that holds it.
  if (linkOf(parent.callee) !== null) return false;
  return parent.arguments.some((argument) => argument === node);
}
