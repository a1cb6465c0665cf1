/** What happens to the session in a run, for those who ask whether a cause that is told was there. */
import type { Violation } from '../../src/session/violations.ts';
import type { Program } from './print.ts';

/** A call of the client that was made, and what became of it. */
interface Made {
  readonly id: number;
  /** Whether a user JWT was in place when it was made. */
  readonly hadJwt: boolean;
  /** Counts the logouts before it. */
  readonly epoch: number;
  isFulfilled: boolean | null;
}

export class SessionLog {
  readonly #program: Pick<Program, 'calls'>;
  #made: Made[] = [];
  #hasJwt = false;
  #epoch = 0;

  constructor(program: Pick<Program, 'calls'>) {
    this.#program = program;
  }

  begin(): void {
    this.#made = [];
    this.#hasJwt = false;
    this.#epoch = 0;
  }

  called(id: number): void {
    this.#made.push({ id, hadJwt: this.#hasJwt, epoch: this.#epoch, isFulfilled: null });
    if (this.#methodOf(id) !== 'logout') return;
    this.#hasJwt = false;
    this.#epoch += 1;
  }

  settled(id: number, isFulfilled: boolean): void {
    const made = this.#made.find((one) => one.id === id && one.isFulfilled === null);
    if (made === undefined) return;
    made.isFulfilled = isFulfilled;
    const isSet = isFulfilled && this.#methodOf(id) === 'setUserJwt' && made.epoch === this.#epoch;
    this.#hasJwt ||= isSet;
  }

  /** Whether a cause was there, as far as its words can be checked. */
  shows({ cause, data, site, way }: Violation): boolean {
    const sets = this.#made.filter(({ id }) => this.#methodOf(id) === 'setUserJwt');
    const steps = way.flatMap((leg) => leg.steps);
    const isCallLine = (id: number, line: unknown): boolean =>
      String(this.#program.calls[id]?.line) === line;
    switch (cause) {
      case 'cleared':
        // A helper is named by itself.
        return this.#made.some(
          ({ id, hadJwt }) =>
            hadJwt &&
            this.#methodOf(id) === 'logout' &&
            (data['clear'] !== 'logout' || isCallLine(id, data['line'])),
        );
      case 'rejected':
        // That the handler was passed is a step of the way.
        return sets.some(({ isFulfilled }) => isFulfilled === false);
      case 'notAwaited':
        // That a helper was called, or something left to run, is a step of the way.
        return (
          data['establish'] !== 'setUserJwt' ||
          sets.some(({ id }) => isCallLine(id, data['line'])) ||
          steps.some(({ kind }) => kind === 'left' || kind === 'called')
        );
      case 'neverSet':
        return data['where'] !== 'on any way' || sets.length === 0;
      case 'setTooLate': {
        const line = 'loc' in site.node ? site.node.loc : null;
        return line !== undefined && !this.#hasJwt;
      }
      case 'skippedOnPath':
      case 'helperMaySkip':
      case 'calledUnset':
      case 'onSomeWay':
        // Outcomes and calls are steps of the way.
        return !this.#hasJwt;
    }
  }

  #methodOf(id: number): string | undefined {
    return this.#program.calls[id]?.method;
  }
}
