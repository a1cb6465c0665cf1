/** The way of a rejection that is swallowed, to the call that relies on what was not set. */

import { isNode, isWithin, unwrap, type Node } from '../../syntax/ast.ts';
import { stateBehind, stepsOf, type Placing, type Step, type Told } from '../../way/step.ts';
import type { Swallow } from '../findings/swallowed.ts';
import { Ways } from '../findings/ways.ts';
import { describeHandler, quote, type SourceText } from '../findings/words.ts';
import type { SessionFile } from '../model.ts';
import { REJECTED } from '../protocol.ts';
import { Legs } from './legs.ts';

const EVERY_PATH = { helpers: 'every-path', entry: 'unset' } as const;

const PLAIN = { isDecisive: () => true, otherwise: () => '' };

export function swallowedWay(
  session: SessionFile,
  swallow: Swallow,
  text: SourceText,
  placing: Placing,
): readonly Step[] {
  const { reliedOnBy, node } = swallow;
  if (reliedOnBy !== null) {
    const solved = session.solve(EVERY_PATH);
    const told = session.withinWork(() => {
      const legs = new Ways(session, solved, true).to(reliedOnBy.node, REJECTED, REJECTED)?.legs;
      return legs && new Legs(session, solved, text).told(legs, PLAIN);
    });
    if (told?.some((step) => step.node === node && step.kind === 'caught') === true) {
      const last = stateBehind(told, null);
      const end: Told = {
        ...{ kind: 'changed', node: reliedOnBy.node, stateBefore: last, depth: 0, essential: true },
        text: `${quote(reliedOnBy.method)} runs without a user JWT`,
      };
      return stepsOf([...told.map((step) => reportedAt(step, node)), end], placing);
    }
  }
  return stepsOf(plainWay(session, swallow, text), placing);
}

/** The handler's step as that of the finding. */
function reportedAt(step: Told, node: Node): Told {
  if (step.node !== node || step.kind !== 'caught') return step;
  return { ...step, kind: 'reported', text: `${step.text}, and nobody is told` };
}

/** What is guarded, the handler, and what relies on it. */
function plainWay(
  session: SessionFile,
  { node, establish, reliedOnBy }: Swallow,
  text: SourceText,
): readonly Told[] {
  const told: Told[] = [];
  const guarded = guardedBy(node);
  const { sites } = session.solve(EVERY_PATH);
  const set = sites.find(
    (site) => site.role === 'establish' && guarded !== null && isWithin(site.node, guarded),
  );
  const thrower = set?.node ?? guarded;
  if (thrower !== null) {
    told.push({
      ...{ kind: 'threw', node: thrower, depth: 0, essential: true },
      text: `${quote(establish)} is rejected`,
      stateBefore: 'pending',
      stateAfter: 'rejected',
    });
  }
  const handler = describeHandler(node, text).replace(/ on line .*$/u, '');
  told.push({
    ...{ kind: 'reported', node, depth: 0, essential: true, stateBefore: 'rejected' },
    text: `${handler} goes on, and nobody is told`,
  });
  if (reliedOnBy !== null) {
    told.push({
      ...{ kind: 'changed', node: reliedOnBy.node, depth: 0, essential: true },
      text: `${quote(reliedOnBy.method)} runs without a user JWT`,
      stateBefore: 'rejected',
    });
  }
  return told;
}

function guardedBy({ parent }: Node): Node | null {
  if (!isNode(parent)) return null;
  if (parent.type === 'TryStatement') return parent.block;
  if (parent.type !== 'CallExpression') return null;
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' ? callee.object : null;
}
