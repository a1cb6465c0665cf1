/** The way into a login under a user JWT that was used for one before. */

import { stepsOf, type Placing, type Step, type Told } from '../../way/step.ts';
import type { Relogin } from '../findings/relogin.ts';
import { Ways } from '../findings/ways.ts';
import { quote, type SourceText } from '../findings/words.ts';
import type { SessionFile } from '../model.ts';
import { states } from '../protocol.ts';
import { Legs } from './legs.ts';

const USED = states('used');
const OPTIONS = { helpers: 'some-path', entry: 'unset' } as const;

/** All that is told of the way is on it: there is no other to compare it with. */
const PLAIN = { isDecisive: () => true, otherwise: () => '' };

export function reloginWay(
  session: SessionFile,
  { site, earlier }: Relogin,
  text: SourceText,
  placing: Placing,
): readonly Step[] {
  const solved = session.solve(OPTIONS);
  const legs =
    session.withinWork(() => new Ways(session, solved, true).to(site.node, USED, USED)?.legs) ?? [];
  const told = session.withinWork(() => new Legs(session, solved, text).told(legs, PLAIN)) ?? [];
  const again = earlier === null ? ' each time' : ' again';
  const end: Told = {
    kind: 'reported',
    node: site.node,
    text: `${quote(site.method)} logs in with the same user JWT${again}`,
    stateBefore: 'used',
    depth: Math.max(0, legs.length - 1),
    essential: true,
  };
  return stepsOf([...told, end], placing);
}
