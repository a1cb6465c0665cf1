/** The legs of a way as steps: who enters, what is decided, called, thrown and changed there. */

import {
  isFunction,
  isNode,
  isWithin,
  keyName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import {
  RESULT_KINDS,
  type CallMode,
  type FunctionTerm,
  type Refer,
} from '../../flow/term/term.ts';
import type { Called } from '../../flow/solve/explanation.ts';
import type { Turn } from '../../flow/solve/witness.ts';
import type { Change, Step } from '../../flow/solve/ways.ts';
import { stateBehind, type Step as Shown, type Told } from '../../way/step.ts';
import { nameOf, takerOf } from '../frames.ts';
import type { SessionFile } from '../model.ts';
import { roleOf, WITH_JWT } from '../protocol.ts';
import type { Solved } from '../sites.ts';
import { describeHandler, describeOutcome, quote, type SourceText } from '../findings/words.ts';
import { isChange, MAX_DEPTH, placeOf, type Leg } from '../findings/ways.ts';
import { throwerFor } from './throwers.ts';
import { Parts } from './parts.ts';
import { calledText, helperText, isIn, settledText, stateName, withState } from './words.ts';

/** What is known of the steps of a way before they are told. */
export interface Weighing {
  /** Whether a turn is one without which the way would not be. */
  readonly isDecisive: (turn: Turn) => boolean;
  /** What to add to what is told of a turn: what is otherwise. */
  readonly otherwise: (turn: Turn) => string;
}

const NOT_CALLED: readonly FunctionTerm[] = [];

/** Tells the legs of ways of one file. */
export class Legs {
  readonly #session: SessionFile;
  readonly #solved: Solved;
  readonly #text: SourceText;

  constructor(session: SessionFile, solved: Solved, text: SourceText) {
    this.#session = session;
    this.#solved = solved;
    this.#text = text;
  }

  /** The steps of a way, but for the place that it leads to. */
  told(legs: readonly Leg[], weighing: Weighing): readonly Told[] {
    return legs.flatMap((leg, depth) => {
      const before = legs[depth - 1]?.to ?? null;
      const steps = this.#steps(leg.steps, leg.entry, depth, weighing, NOT_CALLED);
      const last = stateBehind(steps, stateName(leg.entry));
      const entered = this.#entered(leg, before, depth);
      return [...entered, ...steps, ...this.#leadingOn(leg, last, depth)];
    });
  }

  /** How the first function is entered, or one that was handed over. */
  #entered(leg: Leg, before: Leg['to'], depth: number): readonly Told[] {
    const { node } = leg.function;
    if (!isNode(node) || before?.kind === 'call') return [];
    const state = stateName(leg.entry);
    const common = { kind: 'entered' as const, depth, stateBefore: state };
    if (node.type === 'Program') {
      const [first] = node.body;
      if (first === undefined) return [];
      const text = `the module is loaded, with ${withState(leg.entry)}`;
      return [{ ...common, node: first, range: lineOf(first), text, essential: false }];
    }
    if (before !== null) {
      // Where it is written where it is handed over, that is told already.
      if (isNode(before.site) && isWithin(node, before.site)) return [];
      const text = `runs with ${withState(leg.entry)}`;
      return [{ ...common, node, range: headOf(node), text, essential: false }];
    }
    return [
      { ...common, node, range: headOf(node), text: this.#entering(leg, node), essential: true },
    ];
  }

  /** Why the outermost function can be entered. */
  #entering({ function: term, entries, entry }: Leg, node: Node): string {
    const into = entries.filter(({ states }) => isIn(entry, states));
    const isOutside = into.some(({ from }) => from === null);
    const from = into.find((one) => one.from !== null)?.from ?? null;
    if (isOutside || from === null) return `can be called from outside, with ${withState(entry)}`;
    const line = this.#text.lineOf(from.site);
    const how = from.kind === 'call' ? 'is called' : this.#handing(term, from);
    const isHere = isNode(from.site) && isWithin(node, from.site);
    return `${how}${isHere ? '' : ` on line ${line}`}, with ${withState(entry)}`;
  }

  /** How a function is handed over. */
  #handing(term: FunctionTerm, { site, returned }: Refer): string {
    const parent = isNode(site) ? site.parent : null;
    if (parent?.type === 'JSXExpressionContainer') {
      const attribute = parent.parent;
      const name = attribute?.type === 'JSXAttribute' ? attribute.name : null;
      return name?.type === 'JSXIdentifier' ? `is given to ${quote(name.name)}` : 'is rendered';
    }
    const taker = takerOf(term, this.#session);
    if (taker !== '') return `is given to ${quote(taker)}`;
    if (parent?.type === 'CallExpression' && isNode(site) && parent.callee !== site) {
      return `is given to ${quote(this.#text.textOf(parent.callee))}`;
    }
    return returned === true ? 'is returned' : 'is handed on';
  }

  /** What leads on to the next leg. */
  #leadingOn({ to }: Leg, state: string | null, depth: number): readonly Told[] {
    if (to === null || !isNode(to.site)) return [];
    const [term] = to.callee.functions;
    const common = { node: to.site, stateBefore: state, depth, essential: true };
    const name = term === undefined ? '' : nameOf(term, this.#session);
    const who = name === '' ? 'the function' : quote(name);
    if (to.kind === 'call') {
      // What is called where it is written goes on there.
      if (to.exact && name === '') return [];
      const isLeft = to.mode === 'started' && term?.isAsync === true;
      const text = `${who} is called${isLeft ? ', and not waited for' : ''}`;
      return [{ ...common, kind: 'called', text }];
    }
    const how = term === undefined ? 'is handed on' : this.#handing(term, to);
    const range = isFunction(to.site) ? headOf(to.site) : null;
    return [
      {
        ...common,
        ...(range && { range }),
        kind: 'handed',
        text: `${who} ${how}, and can run from here on`,
      },
    ];
  }

  /** @param within the functions called on the way that these steps are in, the outermost first */
  #steps(
    steps: readonly Step[],
    entry: number,
    depth: number,
    weighing: Weighing,
    within: readonly FunctionTerm[],
  ): readonly Told[] {
    const told = new Parts();
    let state = entry;
    let last: Node | null = null;
    // What a promise does that was made before is told where it was made, and not where it is awaited.
    let isElsewhere = false;
    let hasThrown = false;
    const turns: Turn[] = [];
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (step === undefined) break;
      if (isChange(step)) {
        const next = steps[index + 1];
        const both = next !== undefined && isSettling(step, next) ? next : null;
        if (both !== null) index++;
        const added = this.#change(step, both, depth, weighing, within);
        told.add(added, step.kind === 'called' ? step : null, depth);
        state = (both ?? step).to;
        hasThrown ||= isThrown(both ?? step);
        last = placeOf(both ?? step) ?? last;
        isElsewhere = both === null && isOfEarlier(step);
        continue;
      }
      if (step.kind === 'caught' && !hasThrown && !isElsewhere) {
        const thrower = this.#thrower(step.site, last, turns);
        if (thrower !== null) {
          const text = thrownText(thrower, this.#text);
          const common = { stateBefore: stateName(state), depth, essential: true };
          told.add([{ kind: 'threw', node: thrower, text, ...common }], null, depth);
        }
      }
      // What a `finally` is entered by goes on behind it.
      hasThrown = step.kind === 'decided' ? hasThrown : isFinalizer(step.site);
      turns.push(step);
      told.add(this.#turn(step, state, depth, weighing), null, depth);
      const place = step.kind === 'decided' ? step.decision.node : step.site;
      if (isNode(place)) last = place;
      isElsewhere = false;
    }
    return told.all;
  }

  #thrower(site: object, last: Node | null, turns: readonly Turn[]): Node | null {
    if (!isNode(site)) return null;
    const isSeen = (call: Node): boolean =>
      call.type === 'CallExpression' && this.#session.values.functions(call.callee).length > 0;
    return throwerFor(site, last, turns, isSeen);
  }

  #turn(turn: Turn, state: number, depth: number, weighing: Weighing): readonly Told[] {
    const common = {
      depth,
      stateBefore: stateName(state),
      essential: weighing.isDecisive(turn),
    };
    if (turn.kind === 'decided') {
      const { node } = turn.decision;
      if (!isNode(node)) return [];
      const text = describeOutcome(turn.decision, turn.outcome, this.#text);
      return [{ ...common, kind: 'decided', node, text: text + weighing.otherwise(turn) }];
    }
    const { site } = turn;
    if (!isNode(site)) return [];
    const handler = describeHandler(site, this.#text).replace(/ on line .*$/u, '');
    const text = `${handler} goes on${weighing.otherwise(turn)}`;
    return [{ ...common, kind: 'caught', node: site, range: handlerHead(site), text }];
  }

  #change(
    step: Change,
    settling: Change | null,
    depth: number,
    weighing: Weighing,
    within: readonly FunctionTerm[],
  ): readonly Told[] {
    const node = placeOf(step);
    if (node === null) return [];
    const { from } = step;
    const { to } = settling ?? step;
    const common = {
      node,
      depth,
      stateBefore: stateName(from),
      stateAfter: stateName(to),
      essential: from !== to || isThrown(settling ?? step),
    };
    switch (step.kind) {
      case 'event': {
        const text = this.#eventText(node, step, settling);
        return text === null ? [] : [{ ...common, kind: 'changed', text }];
      }
      case 'called': {
        const inner = this.#inner(step, depth, weighing, within);
        const name = nameOf(step.callee.term, this.#session);
        // What is called where it is written is part of the function.
        if (name === '' && step.call.exact && inner.length > 0) return inner;
        const canSet = from === to && this.#canSet(step.callee.term);
        const text = helperText(name, step, canSet, modeOf(step));
        const essential = common.essential || canSet;
        const after = inner.length > 0 ? common.stateBefore : common.stateAfter;
        return [{ ...common, kind: 'called', text, essential, stateAfter: after }, ...inner];
      }
      case 'left':
        return [
          { ...common, kind: 'left', text: 'nothing waits for this, which goes on by itself' },
        ];
    }
  }

  #eventText(node: Node, step: Change & { kind: 'event' }, settling: Change | null): string | null {
    const site = this.#solved.at(node);
    const role = site?.role ?? roleOf(step.event.event);
    if (role === null) return null;
    const name = site?.method ?? this.#text.textOf(node);
    const isSettled = step.event.site === null;
    if (settling === null) {
      return isSettled ? settledText(name, role, step) : calledText(name, role, step);
    }
    const both = { from: step.from, to: settling.to, isThrown: isThrown(settling) };
    return settledText(name, role, both);
  }

  /** What happens in a function that is called on the way. */
  #inner(
    step: Called,
    depth: number,
    weighing: Weighing,
    within: readonly FunctionTerm[],
  ): readonly Told[] {
    const { term } = step.callee;
    // Of a function that calls itself, one run is told.
    const isTold = within.length >= MAX_DEPTH || within.includes(term);
    if (isTold || (step.isThrown && step.call.mode !== 'awaited')) return [];
    const steps = this.#solved.solution.within(step, 1 << step.to, true);
    if (steps === null) return [];
    const inner = this.#steps(steps, step.from, depth + 1, weighing, [...within, term]);
    // Where it is only begun, it may not get any further; that is told where it is waited for.
    const isBegun = step.call.mode === 'started' && term.isAsync;
    return isBegun ? inner.slice(0, inner.findLastIndex(isChanging) + 1) : inner;
  }

  /** Whether a function sets the user JWT on some of its ways. */
  #canSet(term: FunctionTerm): boolean {
    const results = this.#solved.solution.resultsOf(term);
    return RESULT_KINDS.some((kind) => (results[kind] & WITH_JWT) !== 0);
  }
}

/** Whether a step is that the promise settles which the step before has made. */
function isSettling(step: Change, next: Step): next is Change {
  return (
    step.kind === 'event' &&
    next.kind === 'event' &&
    !step.isThrown &&
    step.event.site !== null &&
    next.event.site === null &&
    next.event.origin === step.event.site
  );
}

/** Whether a step is what becomes of a promise that was made before. */
function isOfEarlier(step: Change): boolean {
  if (step.kind === 'event') return step.event.site === null;
  return step.kind === 'left' || step.call.mode === 'settled';
}

function isChanging({ stateBefore, stateAfter }: Told): boolean {
  return stateAfter !== undefined && stateAfter !== stateBefore;
}

/** How much of a function a call runs, as it is told. */
function modeOf({ call, callee }: Called): CallMode {
  return call.mode === 'started' && !callee.term.isAsync ? 'awaited' : call.mode;
}

function isFinalizer(site: object): boolean {
  return isNode(site) && site.type === 'BlockStatement';
}

function isThrown(step: Change): boolean {
  return step.kind !== 'left' && step.isThrown;
}

function thrownText(node: Node, text: SourceText): string {
  const inner = unwrap(node);
  if (inner.type === 'ThrowStatement') return 'throws';
  if (inner.type === 'CallExpression') return `${quote(text.textOf(inner.callee))} throws`;
  return 'throws';
}

/** The name of a function where it is written, or else all of it that is before its body. */
export function headOf(node: Node): Shown['range'] {
  if (!isFunction(node)) return lineOf(node);
  const name = namedBy(node);
  if (name !== null) return [offsetOf(name), endOf(name)];
  const start = offsetOf(node);
  return [start, Math.max(start + 1, node.body ? offsetOf(node.body) : endOf(node))];
}

function namedBy(node: FunctionNode): Node | null {
  if (node.id) return node.id;
  const { parent } = node;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id;
  const isMember =
    parent?.type === 'MethodDefinition' ||
    parent?.type === 'Property' ||
    parent?.type === 'PropertyDefinition';
  return isMember && parent.value === node && keyName(parent.key, parent.computed) !== null
    ? parent.key
    : null;
}

/** `catch (error)`, without its block. */
function handlerHead(site: Node): Shown['range'] {
  const start = offsetOf(site);
  if (site.type === 'CatchClause') return [start, Math.max(start + 1, offsetOf(site.body))];
  return isFunction(site) ? headOf(site) : [start, Math.max(start + 1, endOf(site))];
}

/** Where a node begins: what is longer than a line is shown by its first. */
function lineOf(node: Node): Shown['range'] {
  return [offsetOf(node), endOf(node)];
}
