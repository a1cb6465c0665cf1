/** `npm run fuzz -- --mint`: programs that mint, run and compared; see `../README.md`. */

import { randomChoices, givenChoices, shrunk } from './choices.ts';
import { compare, failsAs, type Failure } from './compare.ts';
import { programOf, textOf, type Program } from './program.ts';

export interface Options {
  readonly programs: number;
  readonly seed: number;
  /** Failing programs to print; others are only counted. */
  readonly maxFailures: number;
  readonly isShrunk: boolean;
  /** Prints the smallest programs with this form of which something is left unsaid. */
  readonly unsaid: string | null;
  /** Asked before each program, with the figures so far: whether to leave the rest. */
  readonly isStopped?: (figures: Figures) => boolean;
}

export interface Figures {
  programs: number;
  /** Entries of which some life is seen, and those of which one is not told. */
  entries: number;
  unsaid: number;
  /** Entries of which a fallback is told that no run takes. */
  fallbacks: number;
  /** Programs that go more ways than are gone. */
  capped: number;
  failures: number;
  /** The programs with a failure of each kind. */
  wrong: number;
  missed: number;
  misworded: number;
  crashed: number;
  /** Programs that are at fault themselves, so that they show nothing. */
  faulty: number;
}

/** How often a form is there, and how often something is left unsaid there. */
type Counts = Map<string, { total: number; unsaid: number }>;

/** Compares many programs, and tells of what fails. */
export async function fuzzMints(
  { programs, seed, maxFailures, isShrunk, unsaid, isStopped }: Options,
  print: (text: string) => void,
): Promise<{ readonly figures: Figures; readonly forms: Counts }> {
  const figures: Figures = {
    programs: 0,
    entries: 0,
    unsaid: 0,
    fallbacks: 0,
    capped: 0,
    failures: 0,
    wrong: 0,
    missed: 0,
    misworded: 0,
    crashed: 0,
    faulty: 0,
  };
  const forms: Counts = new Map();
  const printed = new Set<string>();
  let shown = 0;
  for (let index = 0; index < programs && isStopped?.(figures) !== true; index++) {
    const program = programOf(randomChoices(seed * 1_000_003 + index));
    figures.programs += 1;
    let verdict;
    try {
      verdict = await compare(program);
    } catch (error) {
      figures.faulty += 1;
      if (figures.faulty > maxFailures) continue;
      print(`--- program ${index} cannot be run: ${String(error)}\n${textOf(program)}`);
      continue;
    }
    figures.entries += verdict.entries;
    figures.unsaid += verdict.unsaid;
    figures.fallbacks += verdict.fallbacks;
    if (!verdict.isComplete) figures.capped += 1;
    for (const form of program.forms) {
      const counts = forms.get(form) ?? { total: 0, unsaid: 0 };
      forms.set(form, counts);
      if (verdict.entries > 0) counts.total += 1;
      if (verdict.unsaid > 0) counts.unsaid += 1;
    }
    if (unsaid !== null && verdict.unsaid > 0 && program.forms.has(unsaid) && shown < maxFailures) {
      shown += 1;
      const small = await smallest(program, 'unsaid', isShrunk);
      print(`--- unsaid, program ${index}: ${[...small.forms].join(', ')}\n${textOf(small)}`);
    }
    const [failure] = verdict.failures;
    if (failure === undefined) continue;
    figures.failures += 1;
    for (const kind of new Set(verdict.failures.map((one) => one.kind))) figures[kind] += 1;
    if (printed.size >= maxFailures) continue;
    const small = await smallest(program, failure.kind, isShrunk);
    const text = textOf(small);
    if (printed.has(text)) continue;
    printed.add(text);
    const [told = failure] = (await compare(small)).failures;
    print(`--- program ${index}: ${describe(told)}\n${text}`);
  }
  return { figures, forms };
}

async function smallest(
  program: Program,
  kind: Failure['kind'] | 'unsaid',
  isShrunk: boolean,
): Promise<Program> {
  if (!isShrunk) return program;
  return programOf(givenChoices(await shrunk(program.made, (made) => failsAs(made, kind))));
}

function describe(failure: Failure): string {
  if (failure.kind === 'crashed') {
    const { error } = failure;
    return `CRASHED ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const lives = failure.lives.map(String).join(', ');
  if (failure.kind === 'misworded') return `MISWORDED: "${failure.words}" of ${lives}`;
  return failure.kind === 'wrong'
    ? `WRONG: no run of entry${failure.entry} shows ${lives}`
    : `MISSED: entry${failure.entry} shows ${lives} as well`;
}

/** The forms of which something is left unsaid most often, as lines of a table. */
export function tableOf(forms: Counts): readonly string[] {
  const rows = [...forms].map(([form, { total, unsaid }]) => ({
    form,
    total,
    unsaid,
    share: total === 0 ? 0 : unsaid / total,
  }));
  rows.sort((one, other) => other.share - one.share || other.total - one.total);
  return rows.map(
    ({ form, total, unsaid, share }) =>
      `${form.padEnd(46)} ${String(unsaid).padStart(6)} of ${String(total).padStart(6)} ${(share * 100).toFixed(0).padStart(4)} %`,
  );
}
