/** The analyses of the files that are linted, one each: which file gets one, and with what around it. */

import { isNode, type Program } from '../syntax/ast.ts';
import { Bindings, isScopeManager, type ScopeManager } from '../syntax/bindings.ts';
import { CurrentWork } from '../flow/solve/work.ts';
import type { Project } from '../project/project.ts';
import type { Wrapper } from '../values/libraries/shapes.ts';
import { Clients } from '../sdk/client.ts';
import { marksOf, type ClientModule } from '../sdk/client-module.ts';
import { holdingOf } from '../sdk/holding.ts';
import { accompanied } from './companions.ts';
import { Reading } from './reading.ts';
import { ALONE, type SourceFile, type Surroundings } from './source.ts';
import { SessionFile } from './model.ts';

const files = new WeakMap<object, SessionFile | null>();

/** The analysis of a file; null where it has nothing to do with a client. */
export function sessionOf(
  source: SourceFile,
  surroundings: () => Surroundings = () => ALONE,
): SessionFile | null {
  let file = files.get(source.ast);
  if (file === undefined) {
    file = createFile(source, surroundings());
    files.set(source.ast, file);
  }
  return file;
}

/** Drops the analysis of a file, which is then made anew. */
export function forgetSession(ast: object): void {
  files.delete(ast);
}

/** A file that is read by itself, with the modules that its imports lead to if there is a project. */
export function readAlone(
  program: Program,
  text: string,
  manager: ScopeManager,
  clients: readonly ClientModule[],
  project: Project | null = null,
  isComponent = false,
  steps = Infinity,
  wrappers: readonly Wrapper[] = [],
): SessionFile {
  const bindings = new Bindings(manager);
  project?.setLinted({ text, program, bindings });
  const tally = new CurrentWork();
  const reading = new Reading(
    bindings,
    new Clients(program, bindings, clients, project, wrappers),
    project,
    program,
    tally,
  );
  return new SessionFile(program, text, reading, project, isComponent, null, steps, tally);
}

function createFile(
  { ast, text, scopeManager }: SourceFile,
  surroundings: Surroundings,
): SessionFile | null {
  if (!isScopeManager(scopeManager) || !isNode(ast) || ast.type !== 'Program') return null;
  const { clients, wrappers = [], isComponent, project, steps } = surroundings;
  if (!mayCall(text, clients)) return null;
  const isMarked = marksOf(clients).some((mark) => text.includes(mark));
  // A client may come from another module under another name.
  if (!isMarked && project()?.reachesClient(text) !== true) return null;
  const around = project();
  // To speak of a client is not to have one.
  const holds = holdingOf(clients);
  const own = {
    text,
    program: ast,
    get bindings() {
      return new Bindings(scopeManager);
    },
  };
  const hasClient = (isMarked && holds(own)) || around?.reachesSuch(text, holds);
  if (hasClient !== true) return null;
  const together =
    isMarked && !isComponent ? accompanied(around, text, ast, clients, wrappers) : null;
  if (together !== null) {
    const { companions, program } = together;
    const { reading, project: shared } = companions;
    return new SessionFile(program, text, reading, shared, false, companions, steps);
  }
  const file = readAlone(ast, text, scopeManager, clients, around, isComponent, steps, wrappers);
  return isMarked || file.usesClient() ? file : null;
}

/** Whether a text can hold a call of a client's method, or of a client that has no name of its own. */
function mayCall(text: string, clients: readonly ClientModule[]): boolean {
  if (text.includes('Intercom')) return true;
  const patterns = new Set(clients.map(({ called }) => called));
  return [...patterns].some((called) => called.test(text));
}
