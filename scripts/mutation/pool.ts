/** Processes that run tests with mutants, and are ended where these do not end by themselves. */

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { Answer, Asked, Setup, TestPlace } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** In megabytes: who takes more has lost its way. */
const MEMORY = 3000;

/** A test may take so many times as long as without a mutant, and so many milliseconds more. */
const PATIENCE = { times: 10, more: 5000 };

/** The first test of a file waits for what the file loads. */
const LOADING = 120_000;

export interface Timed {
  readonly place: TestPlace;
  /** How long it took with no mutant, and how long it really worked. */
  readonly milliseconds: number;
  readonly work: number;
}

export type Outcome =
  | {
      readonly kind: 'killed' | 'timed out' | 'crashed';
      readonly by: TestPlace;
      readonly why: string;
    }
  | { readonly kind: 'survived' };

/** One process at a time, made anew when it is needed. */
export class Runner {
  readonly #setup: Setup;
  #child: ChildProcess | null = null;
  /** The mutants that were met while the source was loaded. */
  loading: readonly number[] = [];

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  async record(file: string): Promise<Answer & { kind: 'recorded' }> {
    const child = await this.#started();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(new Error(`ended while it ran ${file}`));
      };
      child.once('exit', leave);
      child.once('message', (answer: Answer) => {
        child.off('exit', leave);
        if (answer.kind === 'recorded') resolve(answer);
      });
      child.send({ kind: 'record', file } satisfies Asked);
    });
  }

  /** Runs tests with a mutant up to the first that fails. */
  async judge(id: number, tests: readonly Timed[]): Promise<Outcome> {
    const outcome = await this.#judgeOnce(id, tests);
    if (outcome.kind !== 'tainted') return outcome;
    // What an earlier mutant left behind may have failed it.
    this.end();
    const again = await this.#judgeOnce(id, tests);
    if (again.kind !== 'tainted') return again;
    this.end();
    return again.outcome;
  }

  async #judgeOnce(
    id: number,
    tests: readonly Timed[],
  ): Promise<Outcome | { readonly kind: 'tainted'; readonly outcome: Outcome }> {
    const child = await this.#started().catch(() => null);
    if (child === null) {
      const by = tests[0]?.place ?? (['', 0] as const);
      return { kind: 'crashed', by, why: 'the source cannot be loaded' };
    }
    return new Promise((resolve) => {
      let at = 0;
      let timer: NodeJS.Timeout | undefined;
      const place = (index: number): TestPlace => tests[index]?.place ?? ['', 0];
      const finish = (outcome: Awaited<ReturnType<Runner['judge']>>, isTainted = false): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(isTainted ? { kind: 'tainted', outcome } : outcome);
      };
      const wait = (limit: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          finish({ kind: 'timed out', by: place(at), why: '' });
          this.end();
        }, limit);
      };
      child.on('message', (answer: Answer) => {
        if (answer.kind === 'at') {
          at = answer.index;
          const { times, more } = PATIENCE;
          wait(answer.isLoading ? LOADING : more + times * (tests[at]?.milliseconds ?? 0));
        } else if (answer.kind === 'judged') {
          if (answer.fault === null) finish({ kind: 'survived' });
          else {
            const by = place(answer.index);
            finish({ kind: 'killed', by, why: answer.fault }, answer.isTainted);
          }
        }
      });
      child.on('exit', () => {
        this.#child = null;
        finish({ kind: 'crashed', by: place(at), why: '' });
      });
      wait(LOADING);
      child.send({ kind: 'judge', id, tests: tests.map((test) => test.place) } satisfies Asked);
    });
  }

  async #started(): Promise<ChildProcess> {
    if (this.#child !== null) return this.#child;
    const child = fork(WORKER, [JSON.stringify(this.#setup)], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${String(MEMORY)}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', (answer: Answer) => {
        if (answer.kind === 'ready') this.loading = answer.loading;
        resolve();
      });
      child.once('exit', () => {
        this.#child = null;
        reject(new Error('a process that does not start'));
      });
    });
    child.removeAllListeners();
    return child;
  }
}
