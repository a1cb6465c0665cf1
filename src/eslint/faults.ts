/** What is done with a fault of the plugin itself: it is told once a file, and the run goes on. */

import type { Rule } from 'eslint';

import { ISSUES } from '../about.ts';
import { machine } from '../project/machine.ts';

/** The message id under which a fault is told. */
export const INTERNAL_FAULT = 'internalFault';

export const INTERNAL_FAULT_MESSAGE =
  '`{{rule}}` failed in this file, which may hold more than is told: {{thrown}}. This is a fault of the plugin, please tell us: {{issues}}';

/** What becomes of faults. */
export const faults = {
  /** Whether they are thrown on, which ends the run: for tests, where no fault may go unseen. */
  areThrown: false,
};

/** So much of what was thrown is told, in characters. */
const MAX_TOLD = 200;

/** Files of which a fault has been told. */
const told = new WeakSet<object>();

/** Tells of what a rule, or a model that it asked, has thrown. */
export function tellFault(context: Rule.RuleContext, rule: string, thrown: unknown): void {
  if (faults.areThrown) throw thrown;
  const { ast } = context.sourceCode;
  if (told.has(ast)) return;
  told.add(ast);
  machine().debug('%s failed in %s: %o', rule, context.filename, thrown);
  context.report({
    node: ast.body[0] ?? ast,
    messageId: INTERNAL_FAULT,
    data: { rule, thrown: describeThrown(thrown), issues: ISSUES },
  });
}

/** Warns of what was thrown outside of any file. */
export function warnOfFault(name: string, thrown: unknown): void {
  if (faults.areThrown) throw thrown;
  process.emitWarning(
    `${name} failed: ${describeThrown(thrown)}. This is a fault of the plugin, please tell us: ${ISSUES}`,
    'eslint-plugin-intercom-jwt',
  );
}

/** The first line of what was thrown, which can be anything. */
function describeThrown(thrown: unknown): string {
  let text: string;
  try {
    text = String(thrown);
  } catch {
    text = typeof thrown;
  }
  const [line = ''] = text.split('\n', 1);
  return line.length > MAX_TOLD ? `${line.slice(0, MAX_TOLD)}…` : line;
}

/** Whether something was thrown because code is nested more deeply than the stack allows. */
export function isTooDeep(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes('call stack');
}
