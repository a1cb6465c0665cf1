/** Asks the process that checks types. */

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { ChangedFile, TypeFault } from './types.ts';

export class TypeChecker {
  readonly #root: string;
  readonly #waiting = new Map<number, (fault: string | null) => void>();
  #child: ChildProcess | null = null;
  #asked = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** The first fault of a file with another text; null where there is none. */
  faultOf(file: string, text: string): Promise<string | null> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#started().send({ id, file, text } satisfies ChangedFile);
    });
  }

  end(): void {
    this.#child?.kill();
  }

  #started(): ChildProcess {
    if (this.#child !== null) return this.#child;
    const child = fork(fileURLToPath(new URL('types.ts', import.meta.url)), [this.#root], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', ({ id, fault }: TypeFault) => {
      this.#waiting.get(id)?.(fault);
      this.#waiting.delete(id);
    });
    this.#child = child;
    return child;
  }
}
