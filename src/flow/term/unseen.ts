/** The function that is called where it is not seen: it changes nothing, may throw, and gives anything. */

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

/** Stands for whatever else a parameter may hold, beside functions that are seen. */
export const UNSEEN: FunctionTerm = {
  // Those of functions of a file are counted from 0.
  id: -1,
  name: '',
  node: {},
  isAsync: false,
  isGenerator: false,
  isBegun: false,
  canLead: false,
  parameters: [],
  defaultOf: () => null,
  ignores: () => false,
  body: seq(MAY_THROW, exit(returns.any)),
  returns,
  owns: () => false,
  sees: () => false,
  isWithin: () => false,
};
