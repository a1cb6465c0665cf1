import { createSessionRule } from '../src/eslint/create-rule.ts';
import { hasDominatedCall, timedSets } from '../src/session/findings/timers.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { timedWay } from '../src/session/way/values.ts';

export default createSessionRule({
  name: 'no-interval-only-refresh',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow refreshing the user JWT by a timer alone',
      recommended: false,
    },
    schema: [],
    messages: {
      timerOnly:
        '`{{method}}` is left to `{{timer}}` on line {{line}}, so the user JWT can be missing or expired when a call needs it. Await it right before the calls that do.',
    },
  },
  check(context, session) {
    const sets = timedSets(session);
    if (sets.length === 0 || hasDominatedCall(session)) return;
    const source = sourceText(context.sourceCode, session);
    for (const timed of sets) {
      const { call, timer, start } = timed;
      const line = source.lineOf(start);
      const data = { method: call.method, timer, line };
      reportWay(context, { node: call.node, messageId: 'timerOnly', data }, () =>
        timedWay(timed, placingIn(context, session)),
      );
    }
  },
});
