import { createSessionRule } from '../src/eslint/create-rule.ts';
import { reloginsOf } from '../src/session/findings/relogin.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { reloginWay } from '../src/session/way/relogin.ts';

export default createSessionRule({
  name: 'no-stale-relogin',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow logging in again without a new `setUserJwt` in between',
      recommended: true,
    },
    schema: [],
    messages: {
      afterLogin:
        '`{{method}}` can run after `{{login}}` on line {{line}} logged in, and logs in with the same user JWT again. Await `{{establish}}` with a new one in between.',
      repeated:
        '`{{method}}` can run again, in a loop for example, and logs in with the same user JWT each time. Await `{{establish}}` with a new one before each login.',
    },
  },
  check(context, session) {
    const establish =
      session.calls().find(({ role }) => role === 'establish')?.method ?? 'setUserJwt';
    const source = sourceText(context.sourceCode, session);
    for (const relogin of reloginsOf(session)) {
      const { site, earlier } = relogin;
      const { node, method } = site;
      const told =
        earlier === null
          ? { messageId: 'repeated', data: { method, establish } }
          : {
              messageId: 'afterLogin',
              data: { method, establish, login: earlier.name, line: source.lineOf(earlier.node) },
            };
      reportWay(context, { node, ...told }, () =>
        reloginWay(session, relogin, source, placingIn(context, session)),
      );
    }
  },
});
