import type { Rule } from 'eslint';

import { createSessionRule } from '../src/eslint/create-rule.ts';
import { misplacedJwts } from '../src/session/findings/misplaced.ts';
import { quote } from '../src/session/findings/words.ts';

export default createSessionRule({
  name: 'no-user-jwt-as-user-hash',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow handing a user JWT to `setUserHash` or `setAuthTokens`',
      recommended: true,
    },
    schema: [],
    messages: {
      setUserHash:
        '{{jwt}} is a user JWT, but `setUserHash` takes the HMAC of the user id in hex. Give it to `setUserJwt`.',
      setAuthTokens:
        '{{jwt}} is the user JWT of Intercom, but `setAuthTokens` takes tokens of your own services. Give it to `setUserJwt`.',
    },
  },
  check(context, session) {
    const { sourceCode } = context;
    for (const { call, method, jwt } of misplacedJwts(session)) {
      const data = { jwt: quote(sourceCode.getText(jwt as Rule.Node)) };
      context.report({ node: call, messageId: method, data });
    }
  },
});
