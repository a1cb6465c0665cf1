/** That what is told to lead to no event has a term with none, and calls and refers to no other. */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { describe, expect, test, vi } from 'vitest';

import plugin from '../../src/index.ts';
import { ALONE, type SourceFile } from '../../src/session/source.ts';
import { sessionOf } from '../../src/session/sessions.ts';
import { childrenOf, isFunction, isNode, type FunctionNode } from '../../src/syntax/ast.ts';
import { Leads } from '../../src/flow/lower/leads.ts';
import { reached, Relevance } from '../../src/flow/solve/relevance.ts';
import { partsOf } from '../../src/flow/term/make.ts';
import type { FunctionTerm, Term } from '../../src/flow/term/term.ts';
import { GIVEN_AGAIN } from '../../src/session/protocol.ts';
import { defaultFlags, functionFlags, type Flags } from '../fuzz/flags.ts';
import { generatePrograms } from '../fuzz/program.ts';
import { digestOf, filesBelow, parserFor, read } from '../helpers/corpus.ts';
import { injected } from '../helpers/inject.ts';
import { verdictOf } from '../helpers/lint-corpus.ts';
import { parsed } from '../helpers/parsed.ts';
import { filesOfPages } from '../helpers/page-programs.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Whether an event in a term does anything: that a promise is given again does not, where it is all. */
function changes(term: Term): boolean {
  return term.kind === 'event' ? term.event !== GIVEN_AGAIN : partsOf(term).some(changes);
}

/** The functions of a file that lead nowhere, and what is wrong with those of them whose terms do. */
function leadingNowhere(source: SourceFile): {
  readonly idle: number;
  readonly all: number;
  readonly wrong: readonly string[];
} {
  const session = sessionOf(source, () => ALONE);
  const wrong: string[] = [];
  if (session === null || !isNode(source.ast)) return { idle: 0, all: 0, wrong };
  const written: FunctionNode[] = [];
  const open = [source.ast];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node) && node.body !== null) written.push(node);
    open.push(...childrenOf(node));
  }
  const terms = new Set<FunctionTerm>(written.map((node) => session.termOf(node)));
  // It believes what is told of those that it comes to, each of which is looked at here.
  const relevance = new Relevance();
  let idle = 0;
  for (const term of terms) {
    const { next, isRaising } = reached(term, () => undefined);
    for (const other of next) terms.add(other);
    if (term.canLead) continue;
    idle += 1;
    if (isRaising && changes(term.body)) wrong.push(`${term.name} raises an event`);
    for (const other of next) {
      if (relevance.isRelevant(other, () => undefined)) {
        wrong.push(`${term.name} leads to ${other.name}`);
      }
    }
  }
  return { idle, all: terms.size, wrong };
}

function expectSound(sources: Iterable<readonly [name: string, source: SourceFile]>): {
  readonly idle: number;
  readonly all: number;
} {
  const seen = { idle: 0, all: 0 };
  for (const [name, source] of sources) {
    const { idle, all, wrong } = leadingNowhere(source);
    expect(wrong, name).toEqual([]);
    seen.idle += idle;
    seen.all += all;
  }
  return seen;
}

/** One of so many programs of the pages, */
const OF_PAGES = 4;

/** this many generated ones of each sort, */
const GENERATED = 80;

/** and one of so many real files, no larger than this, in bytes. */
const OF_FILES = 900;
const MAX_BYTES = 60_000;

function* ofPages(): Generator<readonly [string, SourceFile]> {
  for (const [place, code] of filesOfPages(OF_PAGES)) {
    const source = attempt(code);
    if (source !== null) yield [place, source];
  }
}

function* generated(flags: Flags): Generator<readonly [string, SourceFile]> {
  for (const { program } of generatePrograms({ count: GENERATED, seed: 5, flags })) {
    yield [program.source, parsed(program.source)];
  }
}

/** Real files, with calls put into them. */
function* real(): Generator<readonly [string, SourceFile]> {
  for (const path of filesBelow(MODULES, MAX_BYTES)) {
    if (/\.d\.[cm]?ts$/.test(path) || parserFor(path, '') === null) continue;
    const name = relative(MODULES, path);
    if (digestOf(name) % OF_FILES !== 7) continue;
    const text = read(path);
    const source = parserFor(path, text)?.(text);
    if (!source) continue;
    const changed = injected(text, source, 4, name);
    const again = parserFor(path, changed)?.(changed);
    if (!again) continue;
    yield [name, { ast: again.program, scopeManager: again.manager, text: changed }];
  }
}

describe('what is told to lead to no event has none, and leads to nothing that has one', () => {
  test('in the programs of the pages', () => {
    const { idle, all } = expectSound(ofPages());
    expect(idle).toBeGreaterThan(50);
    expect(idle).toBeLessThan(all);
  });

  test.each([
    ['within one function', defaultFlags],
    ['across functions', functionFlags],
  ])('in generated programs %s', (_name, flags) => {
    expectSound(generated(flags));
  });

  test('in real files', () => {
    const { idle, all } = expectSound(real());
    expect(idle).toBeGreaterThan(all / 4);
  });
});

describe('what is told of a file is the same where everything is lowered', () => {
  test.each([
    ['generated programs within one function', () => generated(defaultFlags)],
    ['generated programs across functions', () => generated(functionFlags)],
    ['real files', real],
  ])('%s', (_name, sources) => {
    for (const [name, { text }] of sources()) {
      const told = verdictOn(text);
      const spy = vi.spyOn(Leads.prototype, 'canLead').mockReturnValue(true);
      const toldOfAll = verdictOn(text);
      spy.mockRestore();
      expect(told, name).toBe(toldOfAll);
    }
  });
});

function verdictOn(text: string): string {
  return verdictOf(
    new Linter({ configType: 'flat', cwd: '/' }).verify(text, plugin.configs.recommended, 'a.js'),
  );
}

function attempt(text: string): SourceFile | null {
  try {
    return parsed(text);
  } catch {
    return null;
  }
}
