/** What the shapes of libraries are, by the calls that made them. */

import { isNothing } from '../../syntax/forms.ts';
import type { Value } from '../resolve.ts';
import type { GivenParts } from './given.ts';
import { resultOf, type Ref, type Shape } from './shapes.ts';
import { Things, thingsAmong, type AnyCall, type LibraryReader } from './things.ts';

const NOTHING: readonly Value[] = [];

export class Made {
  readonly #values: LibraryReader;
  readonly #parts: GivenParts;
  readonly #things = new Things();

  constructor(values: LibraryReader, parts: GivenParts) {
    this.#values = values;
    this.#parts = parts;
  }

  /** The values that a shape stands for, by the calls that made it, the last one first. */
  are(shape: Shape, calls: readonly AnyCall[]): readonly Value[] {
    if (shape.any !== undefined) return shape.any.flatMap((one) => this.are(one, calls));
    if (shape.by !== undefined) {
      const { ref, given, otherwise } = shape.by;
      const isGiven = this.#parts.at(ref, calls).some((node) => !isNothing(node));
      return this.are(isGiven ? given : otherwise, calls);
    }
    if (shape.same !== undefined) {
      return this.#parts.at(shape.same, calls).flatMap((node) => this.#values.of(node));
    }
    if (shape.returned !== undefined) {
      return this.#parts
        .at(shape.returned, calls)
        .flatMap((node) =>
          this.#values
            .of(node)
            .flatMap((value) =>
              value.kind === 'function' ? this.#values.returned(value.node) : [],
            ),
        );
    }
    if (shape.of !== undefined) return this.#called(shape.of, calls);
    if (shape.provided !== undefined) return this.#provided(shape.provided, calls);
    return [{ kind: 'external', external: this.#things.of(shape, calls) }];
  }

  /** What the components that are seen provide to the contexts that are given. */
  #provided(ref: Ref, calls: readonly AnyCall[]): readonly Value[] {
    const contexts = new Set(
      this.#parts
        .at(ref, calls)
        .flatMap((node) => thingsAmong(this.#values.of(node)))
        .filter(({ shape }) => shape.isContext === true),
    );
    if (contexts.size === 0) return NOTHING;
    return this.#values.providing.flatMap(({ context, value }) =>
      thingsAmong(this.#values.of(context)).some((one) => contexts.has(one))
        ? this.#values.of(value)
        : NOTHING,
    );
  }

  /** What a method of something that is given gives. */
  #called({ ref, method }: NonNullable<Shape['of']>, calls: readonly AnyCall[]): readonly Value[] {
    return this.#parts.at(ref, calls).flatMap((node) =>
      thingsAmong(this.#values.of(node)).flatMap(({ shape, calls: making }) => {
        const result = shape.members?.[method]?.fn?.result;
        const [call] = calls;
        if (result === undefined || call === undefined) return NOTHING;
        return this.are(resultOf(result), [call, ...making]);
      }),
    );
  }
}
