import { createSessionRule } from '../src/eslint/create-rule.ts';
import { reloginsOf } from '../src/session/findings/relogin.ts';
import { sourceText } from '../src/eslint/source-text.ts';

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
    for (const { site, earlier } of reloginsOf(session)) {
      const { node, method } = site;
      if (earlier === null) {
        context.report({ node, messageId: 'repeated', data: { method, establish } });
        continue;
      }
      const line = source.lineOf(earlier.node);
      const data = { method, establish, login: earlier.name, line };
      context.report({ node, messageId: 'afterLogin', data });
    }
  },
});
