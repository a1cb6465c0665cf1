/** The page's side of the worker: one run at a time, of what was asked last. */

import type { Answer, Outcome, Request } from './protocol.ts';
import type { State } from './state.ts';

/** A run that takes longer is given up, in milliseconds. What is loaded before takes its own time. */
const PATIENCE = 10_000;

export class Linting {
  readonly #tell: (state: State, outcome: Outcome) => void;
  #worker: Worker | null = null;
  #running: Request | null = null;
  #next: State | null = null;
  #timer = 0;
  #ids = 0;

  /** @param tell is told what became of the last state that was asked for; of others, nothing */
  constructor(tell: (state: State, outcome: Outcome) => void) {
    this.#tell = tell;
  }

  /** Asks what is found in a state. What was asked before and is not answered is dropped. */
  ask(state: State): void {
    this.#next = state;
    if (this.#running === null) this.#run();
  }

  #run(): void {
    const state = this.#next;
    if (state === null) return;
    this.#next = null;
    this.#running = { id: ++this.#ids, state };
    this.#worker ??= this.#launch();
    this.#worker.postMessage(this.#running);
  }

  #launch(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.id !== this.#running?.id) return;
      if (data.outcome === null) this.#wait();
      else this.#end(data.outcome);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const { message = '' } = event as { readonly message?: string };
      this.#fail(message === '' ? 'The linter could not be loaded. Is there a network?' : message);
    });
    return worker;
  }

  #wait(): void {
    this.#timer = window.setTimeout(() => {
      this.#fail('It took too long to look at this, and was given up.');
    }, PATIENCE);
  }

  /** The worker may be stuck, or broken: the next run gets another. */
  #fail(problem: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#end({ kind: 'failed', problem });
  }

  #end(outcome: Outcome): void {
    clearTimeout(this.#timer);
    const run = this.#running;
    this.#running = null;
    if (run !== null && this.#next === null) this.#tell(run.state, outcome);
    this.#run();
  }
}
