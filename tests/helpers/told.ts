/** What an expression can be, as text. */

import type { Possibility, Value } from '../../src/values/evaluate.ts';
import { constantOf, sinceNow, timeUnit } from '../../src/values/linear.ts';
import { evaluated } from './minted.ts';

/** A number as a test writes it: the unit of a time and its seconds from now, or a plain number. */
export function told(value: Value): string | number | null {
  switch (value.kind) {
    case 'number': {
      if (value.linear === null) return 'a number';
      const unit = timeUnit(value.linear);
      if (unit === 'none') return constantOf(value.linear) ?? 'a number';
      return `${unit} ${String(sinceNow(value.linear))}`;
    }
    case 'string':
      if (value.joined) return 'joined';
      if (value.environment !== null) return `env ${value.environment}`;
      return value.text === null ? 'a text' : JSON.stringify(value.text);
    default:
      return value.kind;
  }
}

export const tell = ({ value, role }: Possibility): string =>
  role === 'written' ? String(told(value)) : `${role} ${String(told(value))}`;

/** All that `result` can be. */
export function allOf(source: string): readonly string[] {
  return evaluated(source).values.map(tell);
}
