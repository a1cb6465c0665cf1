/** Whether the static verdict on a program agrees with what really happens when it runs. */
import { enumerate, type Enumeration } from './execute.ts';
import type { ClientCall, Program } from './print.ts';

/** Gives the reported calls of a module, as `line:column`; throws if it fails. */
export type Verdict = (source: string) => ReadonlySet<string>;

export type Disagreement =
  /** A violation in the run with these draws is not reported. */
  | { readonly kind: 'missed'; readonly call: ClientCall; readonly draws: readonly number[] }
  /** A call that is no violation in any run is reported. */
  | { readonly kind: 'spurious'; readonly place: string }
  /** A call that is made in no run is reported. */
  | { readonly kind: 'unreached'; readonly place: string }
  /** The rule crashed, or the program does not parse. */
  | { readonly kind: 'crashed'; readonly error: string };

export interface Comparison {
  readonly enumeration: Enumeration;
  readonly disagreements: readonly Disagreement[];
}

export async function compare(
  program: Program,
  verdict: Verdict,
  cap?: number,
): Promise<Comparison> {
  const enumeration = await enumerate(program, cap);
  let reported: ReadonlySet<string>;
  try {
    reported = verdict(program.source);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { enumeration, disagreements: [{ kind: 'crashed', error: text }] };
  }
  return { enumeration, disagreements: disagreements(program, enumeration, reported) };
}

function disagreements(
  program: Program,
  { violations, called, isComplete }: Enumeration,
  reported: ReadonlySet<string>,
): Disagreement[] {
  const found: Disagreement[] = [];
  const bad = new Set<string>();
  for (const [id, draws] of violations) {
    const call = program.calls[id];
    if (call === undefined) continue;
    bad.add(placeOf(call));
    if (!reported.has(placeOf(call))) found.push({ kind: 'missed', call, draws });
  }
  // A run that was not made may yet show the violation that is reported.
  if (!isComplete) return found;
  const reached = new Set([...called].map((id) => program.calls[id]).map(placeOf));
  for (const place of reported) {
    if (!bad.has(place)) found.push({ kind: reached.has(place) ? 'spurious' : 'unreached', place });
  }
  return found;
}

function placeOf(call: ClientCall | undefined): string {
  return call === undefined ? '' : `${call.line}:${call.column}`;
}
