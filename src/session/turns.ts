/** The turns of a way, and how a message tells those at which it parts from another one. */

import { isNode, type Node } from '../syntax/ast.ts';
import type { Turn } from '../flow/solve/witness.ts';
import type { Step } from '../flow/solve/ways.ts';
import { describeDecision, describeHandler, QUOTES, type SourceText } from './findings/words.ts';

/** A message tells no more conditions than this. */
const MAX_TOLD = 3;

/** So few turns are each looked for by themselves. */
const FEW = 3;

function isTurn(step: Step): step is Turn {
  return step.kind === 'decided' || step.kind === 'caught';
}

/** The decisions of a way that one on which the JWT is set does not share. */
export function decisive(way: readonly Step[], good: readonly Step[]): readonly Turn[] {
  const turns = way.filter(isTurn);
  const others = good.filter(isTurn);
  const parting = turns.findIndex((turn, index) => !isSameTurn(turn, others[index]));
  if (parting < 0) return [];
  const told: Turn[] = [];
  // What the other way holds is most often asked for once or twice.
  const asked = turns.length - parting;
  const known = asked > FEW ? new Turns(others) : null;
  for (let index = parting; index < turns.length && told.length < MAX_TOLD; index++) {
    const turn = turns[index];
    if (turn === undefined) break;
    const isSame = (other: Turn): boolean => isSameTurn(turn, other);
    const isNew = known?.add(turn) ?? !(others.some(isSame) || told.some(isSame));
    if (index === parting || isNew) told.push(turn);
  }
  return told;
}

/** Whether a turn leaves a loop by its head, to which all of its rounds lead. */
export function isEndOfLoop(turn: Turn): boolean {
  if (turn.kind === 'caught' || turn.outcome) return false;
  const { node, asks } = turn.decision;
  if (asks === 'element') return true;
  let part = isNode(node) ? node : null;
  while (part?.parent?.type === 'LogicalExpression' || part?.parent?.type === 'UnaryExpression')
    part = part.parent;
  const { parent } = part ?? {};
  const isLoop =
    parent?.type === 'ForStatement' ||
    parent?.type === 'WhileStatement' ||
    parent?.type === 'DoWhileStatement';
  return isLoop && parent.test === part;
}

/** Where the code decides for turns. */
export function placesOf(turns: readonly Turn[]): readonly Node[] {
  return turns
    .map((turn) => (turn.kind === 'decided' ? turn.decision.node : turn.site))
    .filter(isNode);
}

/** Turns that are told apart by their places and outcomes. */
class Turns {
  readonly #decided = { true: new Set<unknown>(), false: new Set<unknown>() };
  readonly #caught = new Set<unknown>();

  constructor(turns: readonly Turn[]) {
    for (const turn of turns) this.add(turn);
  }

  /** Adds a turn; whether it was not among them. */
  add(turn: Turn): boolean {
    const [turns, place] =
      turn.kind === 'decided'
        ? [this.#decided[`${turn.outcome}`], turn.decision.node]
        : [this.#caught, turn.site];
    const isNew = !turns.has(place);
    turns.add(place);
    return isNew;
  }
}

function isSameTurn(one: Turn, other: Turn | undefined): boolean {
  if (one.kind === 'decided') {
    return (
      other?.kind === 'decided' &&
      one.decision.node === other.decision.node &&
      one.outcome === other.outcome
    );
  }
  return other?.kind === 'caught' && one.site === other.site;
}

/**
 * The turns of a way in words; the last of them are left out where there is no room.
 *
 * @param room how long it may get, but for a single turn
 */
export function describeTurns(turns: readonly Turn[], text: SourceText, room: number): string {
  for (let count = turns.length; count > 0; count--) {
    for (const length of QUOTES) {
      const told = listed(turns.slice(0, count).map((turn) => described(turn, text, length)));
      if (told.length <= room || (count === 1 && length === QUOTES.at(-1))) return told;
    }
  }
  return '';
}

function described(turn: Turn, text: SourceText, length: number): string {
  return turn.kind === 'decided'
    ? describeDecision(turn.decision, turn.outcome, text, length)
    : `something throws and ${describeHandler(turn.site, text)} goes on`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
