/** Sets of possible values: how they are put together, and kept small. */

import type { Node } from '../syntax/ast.ts';
import {
  UNKNOWN,
  type Expressions,
  type Option,
  type Possibilities,
  type Possibility,
  type Role,
  type Value,
} from './value.ts';

/** More possibilities than this are as good as none. */
export const MAX_POSSIBILITIES = 16;

const NO_CHOICES: ReadonlyMap<object, number> = new Map();

/** A table that is read by a key that is not known, as a choice that all of its values share. */
class TableKey {
  /** Which of its properties the key names, as a choice. */
  readonly property = {};
}

const tableKeys = new WeakMap<Node, TableKey>();

/** The values of a table, one of which an expression has, by a key that is not known. */
export function tabled(
  values: readonly Possibility[],
  node: Node,
  file: Expressions,
): readonly Possibility[] {
  let key = tableKeys.get(node);
  if (key === undefined) {
    key = new TableKey();
    tableKeys.set(node, key);
  }
  const at = key;
  // A table need not be read by a key that it has not.
  return distinct(values, node, file).flatMap((one, way) =>
    chosen(
      chosen([one], at, 0),
      at.property,
      way,
      one.value.kind === 'undefined' ? 'default' : 'written',
    ),
  );
}

/**
 * What a call returns. What was decided inside is decided anew in each call; that a value is one of
 * a table stays.
 */
export function returnedBy(call: object, results: readonly Possibility[]): readonly Possibility[] {
  return results.map((result, way) => {
    const tables = [...result.choices].filter(([key]) => key instanceof TableKey);
    return { ...result, choices: new Map<object, number>([...tables, [call, way]]) };
  });
}

/** The table that a value is one of, where nothing tells which; null for others. */
export function tableOf({ choices }: Option<unknown>): object | null {
  for (const key of choices.keys()) if (key instanceof TableKey) return key;
  return null;
}

/** How far a role is from what is written. */
const DISTANCE: Readonly<Record<Role, number>> = {
  written: 0,
  fallback: 1,
  default: 2,
  bound: 3,
};

function weaker(left: Role, right: Role): Role {
  return DISTANCE[left] >= DISTANCE[right] ? left : right;
}

function certain<T>(value: T): Option<T> {
  return { value, role: 'written', choices: NO_CHOICES };
}

/** The one value that an expression has. */
export function single(value: Value, node: Node, file: Expressions): Possibilities {
  return [{ ...certain(value), node, file }];
}

/** Both sets of choices; null where they contradict each other. */
function agreed(
  left: ReadonlyMap<object, number>,
  right: ReadonlyMap<object, number>,
): ReadonlyMap<object, number> | null {
  if (right.size === 0) return left;
  if (left.size === 0) return right;
  const all = new Map(left);
  for (const [key, way] of right) {
    const other = all.get(key);
    if (other !== undefined && other !== way) return null;
    all.set(key, way);
  }
  return all;
}

/** Every way to take one option of each part; null where there are too many. */
export function combined<T>(
  parts: readonly (readonly Option<T>[])[],
): Option<readonly T[]>[] | null {
  let combinations: Option<readonly T[]>[] = [certain([])];
  for (const part of parts) {
    const next: Option<readonly T[]>[] = [];
    for (const { value: values, role, choices } of combinations) {
      for (const option of part) {
        const all = agreed(choices, option.choices);
        if (all === null) continue;
        if (next.length >= MAX_POSSIBILITIES) return null;
        next.push({
          value: [...values, option.value],
          role: weaker(role, option.role),
          choices: all,
        });
      }
    }
    combinations = next;
  }
  return combinations;
}

/** The values of an expression that is computed from others. */
export function computed<T>(
  node: Node,
  file: Expressions,
  parts: readonly (readonly Option<T>[])[],
  compute: (values: readonly T[]) => Value,
): Possibilities {
  const combinations = combined(parts);
  if (combinations === null) return single(UNKNOWN, node, file);
  return distinct(
    combinations.map(({ value, role, choices }) => ({
      value: compute(value),
      role,
      choices,
      node,
      file,
    })),
    node,
    file,
  );
}

/** The possibilities that remain when a choice is made, with that choice. */
export function chosen(
  possibilities: readonly Possibility[],
  key: object,
  way: number,
  role: Role = 'written',
): readonly Possibility[] {
  const choice = new Map([[key, way]]);
  return possibilities.flatMap((possibility) => {
    const choices = agreed(possibility.choices, choice);
    return choices === null
      ? []
      : [{ ...possibility, choices, role: weaker(possibility.role, role) }];
  });
}

/** As possibilities of a value that `option` led to. */
export function reached(
  possibilities: readonly Possibility[],
  option: Option<unknown>,
): readonly Possibility[] {
  return possibilities.flatMap((possibility) => {
    const choices = agreed(possibility.choices, option.choices);
    return choices === null
      ? []
      : [{ ...possibility, choices, role: weaker(possibility.role, option.role) }];
  });
}

/** The possibilities with each value once; unknown where there are none, or too many. */
export function distinct(
  possibilities: readonly Possibility[],
  node: Node,
  file: Expressions,
): Possibilities {
  const kept: Possibility[] = [];
  for (const possibility of possibilities) {
    const index = kept.findIndex(
      (other) => other.role === possibility.role && sameValue(other.value, possibility.value),
    );
    const known = kept[index];
    if (known === undefined) {
      if (kept.length >= MAX_POSSIBILITIES) return single(UNKNOWN, node, file);
      kept.push(possibility);
    } else {
      kept[index] = { ...known, choices: shared(known.choices, possibility.choices) };
    }
  }
  const [first, ...others] = kept;
  return first === undefined ? single(UNKNOWN, node, file) : [first, ...others];
}

/** The choices that two ways have in common. */
function shared(
  left: ReadonlyMap<object, number>,
  right: ReadonlyMap<object, number>,
): ReadonlyMap<object, number> {
  if (left.size === 0 || right.size === 0) return NO_CHOICES;
  return new Map([...left].filter(([key, way]) => right.get(key) === way));
}

function sameOption(left: Possibility, right: Possibility | undefined): boolean {
  return right?.role === left.role && sameValue(left.value, right.value);
}

function sameValue(left: Value, right: Value): boolean {
  switch (left.kind) {
    case 'function':
    case 'class':
    case 'enum':
    case 'namespace':
    case 'instance':
    case 'object':
    case 'array':
      return left.kind === right.kind && left.node === right.node && left.file === right.file;
    case 'promise':
      return (
        left.kind === right.kind &&
        left.of.length === right.of.length &&
        left.of.every((one, index) => sameOption(one, right.of[index]))
      );
    case 'settings':
      return (
        left.kind === right.kind &&
        left.file === right.file &&
        left.shapes.every((shape, index) => shape === right.shapes[index])
      );
    default:
      // These hold numbers and texts alone.
      return left.kind === right.kind && sameParts(left, right);
  }
}

/** Whether all parts are the same, however deep. */
function sameParts(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  const [one, other] = [Object.entries(left), new Map(Object.entries(right))];
  return one.length === other.size && one.every(([key, part]) => sameParts(part, other.get(key)));
}
