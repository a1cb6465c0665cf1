/** Ways that are told by where values come from, and by which code runs them. */

import { codeAround, isWithin, unwrap, type Node } from '../../syntax/ast.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { chainOf } from '../../values/chain.ts';
import { stepsOf, type Placing, type Step, type Told } from '../../way/step.ts';
import type { ClientCall } from '../client-calls.ts';
import type { StaleSet } from '../findings/stale.ts';
import type { TimedSet } from '../findings/timers.ts';
import { quote, type SourceText } from '../findings/words.ts';
import type { SessionFile } from '../model.ts';
import { PENDING } from '../protocol.ts';

/** The way to a set of a stale token. */
export function staleWay(
  { call, token, declared, cause }: StaleSet,
  placing: Placing,
): readonly Step[] {
  const { node, method } = call;
  const quoted = quote(token);
  const told: Told[] = [];
  const made = (text: string): void => {
    if (declared === null) return;
    told.push({ kind: 'value', node: declared, text, depth: 0, essential: true });
  };
  const reported = (text: string): void => {
    told.push({ kind: 'reported', node, text, depth: 0, essential: true });
  };
  switch (cause.kind) {
    case 'constant':
      made(`${quoted} gets its value once, as the module is loaded`);
      reported(`${quote(method)} is given it whenever this runs`);
      break;
    case 'captured': {
      made(`${quoted} is obtained here`);
      const { call: registered, name } = cause.by;
      const text = `${quote(name)} keeps the callback, and runs it later`;
      const range = [offsetOf(registered), endOf(registered.callee)] as const;
      told.push({ kind: 'handed', node: registered, range, text, depth: 0, essential: true });
      reported(`${quote(method)} is given the ${quoted} of then`);
      break;
    }
    case 'alreadySet':
      made(`${quoted} is obtained here`);
      told.push({
        kind: 'changed',
        node: cause.earlier,
        text: `${quote(method)} sets ${quoted}`,
        depth: 0,
        essential: true,
      });
      reported(`${quote(method)} is given the same ${quoted} again`);
      break;
    case 'setAgain':
      made(`${quoted} is obtained here`);
      reported(`${quote(method)} is given the same ${quoted} each time`);
      break;
  }
  return stepsOf(told, placing);
}

/** The way to a promise that is dropped, and to what can then run too early. */
export function floatingWay(
  session: SessionFile,
  { node, method }: { readonly node: Node; readonly method: string },
  variable: string | null,
  placing: Placing,
): readonly Step[] {
  const into = variable === null ? 'is dropped' : `goes into ${quote(variable)}, and no further`;
  const told: Told[] = [
    {
      ...{ kind: 'reported', node, depth: 0, essential: true },
      text: `the promise of ${quote(method)} ${into}`,
      stateBefore: 'unset',
      stateAfter: 'pending',
    },
  ];
  const { sites } = session.solve({ helpers: 'some-path', entry: 'unset' });
  const early = sites.find(
    (site) =>
      (site.states & PENDING) !== 0 &&
      site.role !== 'establish' &&
      offsetOf(site.node) >= endOf(node) &&
      codeAround(site.node) === codeAround(node),
  );
  if (early !== undefined) {
    told.push({
      ...{ kind: 'changed', node: early.node, depth: 0, essential: true },
      text: `${quote(early.method)} can run before it is fulfilled`,
      stateBefore: 'pending',
    });
  }
  return stepsOf(told, placing);
}

/** The way to a set that the clock makes. */
export function timedWay({ call, timer, start }: TimedSet, placing: Placing): readonly Step[] {
  const told: Told[] = [];
  if (!isWithin(call.node, start) || start.type === 'CallExpression') {
    const end = start.type === 'CallExpression' ? endOf(start.callee) : endOf(start);
    told.push({
      ...{ kind: 'handed', node: start, range: [offsetOf(start), end], depth: 0 },
      ...{ essential: true, text: `${quote(timer)} runs its callback when its time has come` },
    });
  }
  told.push({
    ...{ kind: 'reported', node: call.node, depth: 0, essential: true },
    text: `${quote(call.method)} is called there, and nowhere before a call that needs it`,
  });
  return stepsOf(told, placing);
}

/** What is wrong with a value, and where it is written. */
interface Fault {
  readonly culprit: Node;
  readonly what: string;
}

/** The way of a value to the method that it is given to. */
export function valueWay(
  { expressions }: Pick<SessionFile, 'expressions'>,
  { node, method }: Pick<ClientCall, 'node' | 'method'>,
  argument: Node,
  { culprit, what }: Fault,
  text: SourceText,
  placing: Placing,
): readonly Step[] {
  const of = expressions.of(argument);
  const chosen = of.find((one) => unwrap(one.node) === unwrap(culprit)) ?? null;
  const told: Told[] = [
    { kind: 'value', node: culprit, text: what, depth: 0, essential: true },
    ...chainOf(argument, expressions, chosen)
      .filter(({ value }) => unwrap(value) !== unwrap(culprit))
      .map(({ read, value }): Told => ({
        ...{ kind: 'value', node: value, depth: 0, essential: true },
        text: `the value of ${quote(text.textOf(read))}`,
      })),
    {
      ...{ kind: 'reported', node, depth: 0, essential: true },
      text: `${quote(method)} is given it`,
    },
  ];
  return stepsOf(told, placing);
}
