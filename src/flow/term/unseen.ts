/** Functions that are not seen: they change nothing, may throw, and give anything. Those of a file have ids from 0. */

import { createLabel, exit, MAY_THROW, seq } from './make.ts';
import type { FunctionTerm, Returns } from './term.ts';

const returns: Returns = {
  true: createLabel('return true'),
  false: createLabel('return false'),
  nullish: createLabel('return nullish'),
  truthy: createLabel('return truthy'),
  falsy: createLabel('return falsy'),
  any: createLabel('return'),
};

const unseen: Omit<FunctionTerm, 'id'> = {
  name: '',
  node: {},
  isAsync: false,
  isGenerator: false,
  isBegun: false,
  canLead: false,
  parameters: [],
  defaultOf: () => null,
  follows: () => false,
  body: seq(MAY_THROW, exit(returns.any)),
  returns,
  owns: () => false,
  takes: () => false,
  sees: () => false,
  isWithin: () => false,
};

/** Stands for whatever else a parameter may hold, beside functions that are seen. */
export const UNSEEN: FunctionTerm = { ...unseen, id: -1 };

/** Stands for something that is known of a call, where it is asked whether it is. */
export const KNOWN: FunctionTerm = { ...unseen, id: -2 };
