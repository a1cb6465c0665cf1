/**
 * The ways of findings, for those who ask. A rule hands over how to tell the way together with its
 * report; nothing of it is worked out in a run that nobody has asked for ways.
 */

import type { Rule } from 'eslint';

import { machine } from '../project/machine.ts';
import { isNode, type Node } from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import { stepsOf, type Placing, type Step } from '../way/step.ts';

/** A report, and the way into it. */
export interface Explained {
  /** The rule, as the configuration names it. */
  readonly ruleId: string;
  /** The absolute path of the file. */
  readonly path: string;
  readonly messageId: string;
  /** The place that is reported, as offsets in the text. */
  readonly range: readonly [start: number, end: number];
  /** Works the way out. It tells the place alone where that fails. */
  readonly steps: () => readonly Step[];
}

/** Is told of the reports that are made while it asks. */
export type Asking = (explained: Explained) => void;

let asking: Asking | null = null;

/** Has somebody told of each report that is made until an action is done. */
export async function whileAsking<T>(ask: Asking, action: () => Promise<T>): Promise<T> {
  const before = asking;
  asking = ask;
  try {
    return await action();
  } finally {
    asking = before;
  }
}

/** The same of an action that is done at once. */
export function askingOf<T>(ask: Asking, action: () => T): T {
  const before = asking;
  asking = ask;
  try {
    return action();
  } finally {
    asking = before;
  }
}

/** The contexts of rules that are run by ESLint: what is reported where changes are tried is not told. */
const told = new WeakSet<object>();

/** A context whose reports are told of. */
export function telling(context: Rule.RuleContext): Rule.RuleContext {
  told.add(context);
  return context;
}

/** A report at a node, with its message by its id. */
type Descriptor = Rule.ReportDescriptor & {
  readonly node: object;
  readonly messageId: string;
};

/**
 * Reports as the context does.
 *
 * @param way tells the way into what is reported; it is asked only if somebody asks
 */
export function reportWay(
  context: Rule.RuleContext,
  descriptor: Descriptor,
  way: () => readonly Step[],
): void {
  context.report(descriptor);
  const { node, messageId } = descriptor;
  if (asking === null || !told.has(context) || !isNode(node)) return;
  const placing = placingIn(context, NOWHERE_ELSE);
  const plain = (): readonly Step[] => stepsOf([{ ...PLACE, node }], placing);
  asking({
    ruleId: context.id,
    path: placing.path,
    messageId,
    range: [offsetOf(node), endOf(node)],
    steps() {
      try {
        const steps = way();
        return steps.length === 0 ? plain() : steps;
      } catch {
        // What goes wrong here must take nothing from the report.
        return plain();
      }
    },
  });
}

const PLACE = { kind: 'reported', text: 'here', depth: 0, essential: true } as const;

const NOWHERE_ELSE = { moduleOf: () => null };

/** Where the nodes of a linted file, and of what it leads to, are. */
export function placingIn(
  { cwd, physicalFilename }: Rule.RuleContext,
  model: { moduleOf(node: Node): { readonly path: string } | null },
): Placing {
  return {
    path: machine().resolve(cwd, physicalFilename),
    moduleOf: (node) => model.moduleOf(node),
  };
}
