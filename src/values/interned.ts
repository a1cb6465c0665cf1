/** What only a host knows, as values: the same thing is always the same value. */

import type { Value } from './sets.ts';

export class Interned {
  readonly #values = new Map<string, readonly Value[]>();

  /** @param part what it is, where it is asked for the first time by this key */
  of(key: string, part: object): readonly Value[] {
    let values = this.#values.get(key);
    if (values === undefined) {
      values = [{ kind: 'external', external: part }];
      this.#values.set(key, values);
    }
    return values;
  }
}
