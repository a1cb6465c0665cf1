/** Puts mutants into the source that they change, to be switched on one by one. */

import ts from 'typescript';

import type { Mutant } from './mutants.ts';

/** A mutant with the number by which it is switched on. */
export type Numbered = Mutant & { readonly id: number };

interface Group {
  readonly start: number;
  readonly end: number;
  readonly form: Mutant['place']['form'];
  readonly mutants: Numbered[];
}

/**
 * JavaScript that does what the file does, as long as no mutant is active.
 *
 * @param mutants those of this file that can be switched on
 */
export function instrumented(file: string, text: string, mutants: readonly Numbered[]): string {
  const groups = new Map<string, Group>();
  for (const mutant of mutants) {
    const { start, end, form } = mutant.place;
    const key = `${String(start)}-${String(end)}-${form}`;
    const group = groups.get(key) ?? { start, end, form, mutants: [] };
    group.mutants.push(mutant);
    groups.set(key, group);
  }
  // Outer before inner: statements that are one expression begin where it does.
  const open = [...groups.values()].sort(
    (a, b) => a.start - b.start || b.end - a.end || Number(a.form === 'expression') - 1,
  );
  const written = `const $m = globalThis.mutation;${between(0, text.length)}`;
  const { outputText } = ts.transpileModule(written, {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      useDefineForClassFields: true,
    },
  });
  return outputText;

  /** The text from one offset to another, with the groups that lie in it. */
  function between(start: number, end: number): string {
    let made = '';
    let at = start;
    for (let group = open[0]; group !== undefined && group.end <= end; group = open[0]) {
      open.shift();
      made += text.slice(at, group.start) + grouped(group);
      at = group.end;
    }
    return made + text.slice(at, end);
  }

  function grouped({ start, end, form, mutants: own }: Group): string {
    const inner = between(start, end);
    if (form !== 'expression') {
      return own.reduce((made, { id }) => `if (!$m.is(${String(id)})) {${made}}`, inner);
    }
    let made = `(${inner})`;
    for (const { id, shows } of own) {
      if (shows.kind === 'unless') made = `$m.saw(${made}, ${String(id)}, ${String(shows.value)})`;
    }
    for (const mutant of own) {
      const { id, shows } = mutant;
      const changed =
        text.slice(start, mutant.start) + mutant.replacement + text.slice(mutant.end, end);
      if (shows.kind === 'if') {
        made = `($m.notes && (${shows.test}) && $m.note(${String(id)}), ${made})`;
      }
      const asked = shows.kind === 'always' ? 'is' : 'has';
      made = `($m.${asked}(${String(id)}) ? (${changed}) : ${made})`;
    }
    return made;
  }
}
