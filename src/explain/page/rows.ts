/** The lines of source that a way leads through, as rows: those of each file under its name. */

import type { Step } from '../../way/step.ts';
import { placedAt, type Placed } from '../placed.ts';
import type { Lines } from '../lines.ts';
import type { Texts } from '../texts.ts';
import type { Source, Sources } from './sources.ts';

/** A part of a line, and what is there. */
export interface Segment {
  readonly text: string;
  /** The steps whose places it is in, the innermost last. */
  readonly within: readonly number[];
  /** The steps whose places begin here. */
  readonly begins: readonly number[];
}

/** The name of the file that the rows below it are of. */
export interface FileRow {
  readonly kind: 'file';
  readonly path: string;
  readonly source: Source | null;
}

/** Lines that are left out. */
export interface GapRow {
  readonly kind: 'gap';
  readonly first: number;
  readonly last: number;
  readonly source: Source | null;
}

/** A line, or as much of it as there is room for. */
export interface LineRow {
  readonly kind: 'line';
  readonly number: number;
  readonly segments: readonly Segment[];
  /** Whether there is more of the line before and after. */
  readonly cut: readonly [before: boolean, after: boolean];
  /** The steps that are here. */
  readonly steps: readonly number[];
  readonly source: Source | null;
}

export type Row = FileRow | GapRow | LineRow;

/** A line is shown up to this length; of a longer one what is around the steps, in characters. */
const LONGEST = 400;

/** What is seen of such a line before a place. */
const BEFORE = 80;

/** The rows of a way, and in which of them each step is. */
export function rowsOf(
  steps: readonly Step[],
  texts: Texts,
  sources: Sources,
): { readonly rows: readonly Row[]; readonly rowOf: ReadonlyMap<number, number> } {
  const byPath = new Map<string, Placed[]>();
  for (const step of steps) {
    const placed = byPath.get(step.path) ?? [];
    placed.push(placedAt(step, texts.of(step.path)));
    byPath.set(step.path, placed);
  }
  const rows: Row[] = [];
  for (const [path, placed] of byPath) {
    const source = sources.of(path);
    rows.push({ kind: 'file', path, source });
    rows.push(...linesOf(placed, texts.of(path), source));
  }
  const rowOf = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    if (row.kind !== 'line') continue;
    row.source?.link(row.number);
    for (const n of row.steps) rowOf.set(n, index);
  }
  return { rows, rowOf };
}

function linesOf(
  placed: readonly Placed[],
  lines: Lines,
  source: Source | null,
): readonly (GapRow | LineRow)[] {
  const byLine = new Map<number, Placed[]>();
  for (const one of placed) byLine.set(one.line, [...(byLine.get(one.line) ?? []), one]);
  const rows: (GapRow | LineRow)[] = [];
  let before: number | null = null;
  for (const number of [...byLine.keys()].sort((one, other) => one - other)) {
    if (before !== null && number > before + 1) {
      const [first, last] = [before + 1, number - 1];
      // A single line takes no more room than to leave it out.
      if (first === last) rows.push(...partsOf(first, lines.line(first) ?? '', [], source));
      else rows.push({ kind: 'gap', first, last, source });
    }
    rows.push(...partsOf(number, lines.line(number) ?? '', byLine.get(number) ?? [], source));
    before = number;
  }
  return rows;
}

/** A line in as many rows as it takes to see each of its places. */
function partsOf(
  number: number,
  line: string,
  placed: readonly Placed[],
  source: Source | null,
): readonly LineRow[] {
  const partAt = (from: number, to: number, there: readonly Placed[]): LineRow => ({
    kind: 'line',
    number,
    segments: segmentsOf(line, from, to, there),
    cut: [from > 0, to < line.length],
    steps: there.map(({ step }) => step.n),
    source,
  });
  if (line.length <= LONGEST) return [partAt(0, line.length, placed)];
  const rows: LineRow[] = [];
  let left = [...placed].sort((one, other) => one.from - other.from);
  do {
    const from = Math.max(0, (left[0]?.from ?? 0) - BEFORE);
    const to = Math.min(line.length, from + LONGEST);
    const there = left.filter((one) => one.from < to);
    rows.push(partAt(from, to, there));
    left = left.filter((one) => one.from >= to);
  } while (left.length > 0);
  return rows;
}

/** A line from one column to another, cut where a place begins or ends. */
function segmentsOf(
  line: string,
  from: number,
  to: number,
  placed: readonly Placed[],
): readonly Segment[] {
  const cuts = new Set([from, to]);
  for (const one of placed) {
    if (one.from > from && one.from < to) cuts.add(one.from);
    if (one.to > from && one.to < to) cuts.add(one.to);
  }
  const columns = [...cuts].sort((one, other) => one - other);
  const outermostFirst = [...placed].sort((one, other) => lengthOf(other) - lengthOf(one));
  const segments = columns.slice(0, -1).map((start, index): Segment => {
    const end = columns[index + 1] ?? to;
    return {
      text: line.slice(start, end),
      within: outermostFirst
        .filter((one) => one.from <= start && one.to >= end)
        .map(({ step }) => step.n),
      begins: placed.filter((one) => one.from === start).map(({ step }) => step.n),
    };
  });
  // A place may begin behind the end of its line.
  const begun = new Set(segments.flatMap(({ begins }) => begins));
  const rest = placed.map(({ step }) => step.n).filter((n) => !begun.has(n));
  return rest.length === 0 ? segments : [...segments, { text: ' ', within: rest, begins: rest }];
}

function lengthOf({ from, to }: Placed): number {
  return to - from;
}
