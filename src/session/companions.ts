/**
 * Files that are read together: many that use a client, all of which lead to each other. Each of them
 * would be analysed with all the others; so what does not depend on which of them is linted is worked
 * out once, in an order that is always the same.
 */

import type { Program } from '../syntax/ast.ts';
import { Bindings } from '../syntax/bindings.ts';
import { Groundwork } from '../flow/solve/solution.ts';
import { createSpace, type Space } from '../flow/algebra/protocol.ts';
import type { Callee } from '../flow/term/term.ts';
import { Work } from '../flow/solve/work.ts';
import type { Company, Project } from '../project/project.ts';
import { Clients } from '../sdk/client.ts';
import type { ClientModule } from '../sdk/client-module.ts';
import { isMocking } from '../sdk/mocks.ts';
import type { Wrapper } from '../values/libraries/shapes.ts';
import { exportedFunctions } from './exports.ts';
import { SESSION } from './protocol.ts';
import { Reading } from './reading.ts';

/** The steps that their summaries may take: a few for each character, and so many at least. */
const WORK = { least: 2_000_000, each: 30 };

export class Companions {
  readonly project: Project;
  readonly reading: Reading;
  readonly space: Space = createSpace(SESSION);
  readonly ground: Groundwork;
  readonly #exported = new Map<Program, readonly Callee[]>();

  constructor(
    { project, modules, marked }: Company,
    clients: readonly ClientModule[],
    wrappers: readonly Wrapper[],
  ) {
    this.project = project;
    const bindings = new Bindings({ scopes: [] });
    const found = new Clients(null, bindings, clients, project, wrappers);
    for (const { program, bindings: own } of modules) {
      bindings.include(program, own);
      found.values.include(program);
    }
    this.reading = new Reading(bindings, found, project, null);
    const length = modules.reduce((sum, { text }) => sum + text.length, 0);
    const terms = marked.flatMap(({ program }) => [
      this.reading.lowering.module(program),
      ...this.exportedBy(program).flatMap(({ functions }) => functions),
    ]);
    const work = (): Work => new Work(WORK.least + WORK.each * length);
    this.ground = new Groundwork(this.space, terms, work);
  }

  /** What code outside a module of theirs can call. */
  exportedBy(program: Program): readonly Callee[] {
    let exported = this.#exported.get(program);
    if (exported === undefined) {
      const { bindings, clients, lowering } = this.reading;
      exported = exportedFunctions(program, bindings, clients.values, lowering, false);
      this.#exported.set(program, exported);
    }
    return exported;
  }
}

const known = new WeakMap<Company, Map<readonly ClientModule[], Companions | null>>();

/** A file among those that it is read together with. */
export interface Accompanied {
  readonly companions: Companions;
  /** The tree of the file that is one of theirs. */
  readonly program: Program;
}

/**
 * The files that one is read together with; null where it is read by itself, as all are that replace
 * modules by mocks.
 */
export function accompanied(
  project: Project | null,
  text: string,
  program: Program,
  clients: readonly ClientModule[],
  wrappers: readonly Wrapper[],
): Accompanied | null {
  const found = project === null || isMocking(program) ? null : project.company(text);
  if (found === null) return null;
  const { company, own } = found;
  const byClients = known.get(company) ?? new Map<readonly ClientModule[], Companions | null>();
  let companions = byClients.get(clients);
  if (companions === undefined) {
    const made = new Companions(company, clients, wrappers);
    // Too much work for all of them may not be so for each.
    companions = made.ground.coarse === null ? null : made;
    known.set(company, byClients.set(clients, companions));
  }
  return companions === null ? null : { companions, program: own.program };
}
