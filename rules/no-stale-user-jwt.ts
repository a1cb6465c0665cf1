import { createSessionRule } from '../src/eslint/create-rule.ts';
import { staleSets } from '../src/session/findings/stale.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { staleWay } from '../src/session/way/values.ts';

export default createSessionRule({
  name: 'no-stale-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow setting a user JWT that was not obtained for this call',
      recommended: true,
    },
    schema: [],
    messages: {
      constant:
        '`{{method}}` is given `{{token}}`, a constant of the module that holds one token for as long as the app runs. Get a new token in the function that sets it.',
      captured:
        '`{{method}}` is run by `{{callback}}` on line {{line}} with `{{token}}`, which was obtained outside the callback and can have expired by then. Get a new token in the callback.',
      alreadySet:
        '`{{method}}` is given `{{token}}` again, which was set on line {{line}} already and is no newer now. Get a new token before this call.',
      setAgain:
        '`{{method}}` can run again with the same `{{token}}`, in a loop for example. Get a new token each time.',
    },
  },
  check(context, session) {
    const source = sourceText(context.sourceCode, session);
    for (const stale of staleSets(session)) {
      const { call, token, cause } = stale;
      const { node, method } = call;
      const report = (data: Record<string, string>): void => {
        const told = { node, messageId: cause.kind, data: { method, token, ...data } };
        reportWay(context, told, () => staleWay(stale, placingIn(context, session)));
      };
      switch (cause.kind) {
        case 'constant':
        case 'setAgain':
          report({});
          break;
        case 'captured':
          report({ callback: cause.by.name, line: source.lineOf(cause.by.call) });
          break;
        case 'alreadySet':
          report({ line: source.lineOf(cause.earlier) });
          break;
      }
    }
  },
});
