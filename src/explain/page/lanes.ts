/**
 * The arrows of a way, from each step to the next, in a gutter beside the rows: each keeps to a lane,
 * and two that would lie upon each other have lanes of their own.
 */

import type { Tone } from '../states.ts';

/** An arrow from one row to another. */
export interface Arrow {
  /** The step that it leads to; it comes from the one before. */
  readonly to: number;
  /** The rows that it begins and ends at. */
  readonly start: number;
  readonly end: number;
  /** Its lane: 0 is the one nearest to the rows. */
  readonly lane: number;
  /** What the session is in on the way. */
  readonly tone: Tone;
}

/**
 * What an arrow is in one row: it passes through; or it leaves or enters the row, and is above or
 * below it otherwise.
 */
export type Shape = 'through' | 'leaves-up' | 'leaves-down' | 'enters-above' | 'enters-below';

export interface Piece {
  readonly shape: Shape;
  readonly lane: number;
  readonly tone: Tone;
}

/** What an arrow needs to be drawn. */
export interface Leg {
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly tone: Tone;
}

/** The arrows of a way. Those that stay within a row need none. */
export function arrowsOf(legs: readonly Leg[]): readonly Arrow[] {
  const lanes: Leg[][] = [];
  const arrows = new Map<Leg, Arrow>();
  const drawn = legs.filter(({ start, end }) => start !== end);
  // Short ones are nearest to the rows, so that long ones cross as few as can be.
  for (const leg of [...drawn].sort((one, other) => lengthOf(one) - lengthOf(other))) {
    let lane = lanes.findIndex((others) => !others.some((other) => overlap(leg, other)));
    if (lane === -1) lane = lanes.push([]) - 1;
    lanes[lane]?.push(leg);
    arrows.set(leg, { ...leg, lane });
  }
  return drawn.flatMap((leg) => arrows.get(leg) ?? []);
}

function lengthOf({ start, end }: Leg): number {
  return Math.abs(end - start);
}

/** Whether two arrows have more in common than the row where one ends and the other begins. */
function overlap(one: Leg, other: Leg): boolean {
  return (
    Math.max(Math.min(one.start, one.end), Math.min(other.start, other.end)) <
    Math.min(Math.max(one.start, one.end), Math.max(other.start, other.end))
  );
}

/** What of the arrows is in each row. */
export function piecesOf(
  arrows: readonly Arrow[],
  rowCount: number,
): readonly (readonly Piece[])[] {
  const rows = Array.from({ length: rowCount }, (): Piece[] => []);
  for (const { start, end, lane, tone } of arrows) {
    const isDown = start < end;
    rows[start]?.push({ shape: isDown ? 'leaves-down' : 'leaves-up', lane, tone });
    for (let row = Math.min(start, end) + 1; row < Math.max(start, end); row++) {
      rows[row]?.push({ shape: 'through', lane, tone });
    }
    rows[end]?.push({ shape: isDown ? 'enters-above' : 'enters-below', lane, tone });
  }
  return rows;
}
