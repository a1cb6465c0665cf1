/** What happens to the session in a run, for those who ask whether a cause that is told was there. */
import type { ClientCall } from './print.ts';

/** A call of the client that was made, and what became of it. */
export interface Made {
  readonly call: ClientCall;
  /** Whether a user JWT was in place when it was made. */
  readonly hadJwt: boolean;
  /** Counts the logouts before it. */
  readonly epoch: number;
  /** When it was made, in the order of all that the log is told. */
  readonly at: number;
  /** Null as long as it has not been settled. */
  outcome: { readonly isFulfilled: boolean; readonly at: number } | null;
}

export class SessionLog {
  readonly #calls: readonly ClientCall[];
  #made: Made[] = [];
  #hasJwt = false;
  #epoch = 0;
  #time = 0;

  constructor(calls: readonly ClientCall[]) {
    this.#calls = calls;
  }

  begin(): void {
    this.#made = [];
    this.#hasJwt = false;
    this.#epoch = 0;
    this.#time = 0;
  }

  get hasJwt(): boolean {
    return this.#hasJwt;
  }

  /** The `setUserJwt` calls so far. */
  get sets(): readonly Made[] {
    return this.of('setUserJwt');
  }

  /** The calls of a method so far. */
  of(method: ClientCall['method']): readonly Made[] {
    return this.#made.filter(({ call }) => call.method === method);
  }

  /** The `setUserJwt` calls that can still set the JWT. */
  get pending(): readonly Made[] {
    return this.sets.filter(({ outcome, epoch }) => outcome === null && epoch === this.#epoch);
  }

  /** A moment of its own. */
  tick(): number {
    return (this.#time += 1);
  }

  called(id: number): void {
    const call = this.#calls[id];
    if (call === undefined) return;
    const [hadJwt, epoch] = [this.#hasJwt, this.#epoch];
    this.#made.push({ call, hadJwt, epoch, at: this.tick(), outcome: null });
    if (call.method !== 'logout') return;
    this.#hasJwt = false;
    this.#epoch += 1;
  }

  settled(id: number, isFulfilled: boolean): void {
    const call = this.#calls[id];
    const made = this.#made.find((one) => one.call === call && one.outcome === null);
    if (made === undefined) return;
    made.outcome = { isFulfilled, at: this.tick() };
    const isSet = isFulfilled && call?.method === 'setUserJwt' && made.epoch === this.#epoch;
    this.#hasJwt ||= isSet;
  }
}
