import type { Rule } from 'eslint';

import { createSessionRule } from '../src/eslint/create-rule.ts';
import { misplacedJwts } from '../src/session/findings/misplaced.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { offered } from '../src/eslint/suggest.ts';
import { NAME_MESSAGES, suggestName } from '../src/eslint/suggest-web.ts';
import { NAMES } from '../src/sdk/web/apis.ts';
import { hashedJwts } from '../src/web/findings/hashed.ts';
import { quote } from '../src/session/findings/words.ts';

export default createSessionRule({
  name: 'no-user-jwt-as-user-hash',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow handing a user JWT to `setUserHash`, `user_hash` or `setAuthTokens`',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      setUserHash:
        '{{jwt}} is a user JWT, but `setUserHash` takes the HMAC of the user id in hex. Give it to `setUserJwt`.',
      setAuthTokens:
        '{{jwt}} is the user JWT of Intercom, but `setAuthTokens` takes tokens of your own services. Give it to `setUserJwt`.',
      attribute:
        '{{jwt}} is a user JWT, but `{{hash}}` takes the HMAC of the user id in hex. Give it as `{{right}}`.',
      ...NAME_MESSAGES,
    },
  },
  checkWeb(context, file, trials) {
    const { sourceCode } = context;
    const source = sourceText(sourceCode, file);
    for (const { node, api, property, jwt } of hashedJwts(file)) {
      const { hash, jwt: right } = NAMES[api];
      const data = { jwt: quote(source.textOf(jwt)), hash, right };
      const suggest = offered(() => suggestName(property, right), node, trials);
      context.report({ node: node, messageId: 'attribute', data, suggest });
    }
  },
  check(context, session) {
    const { sourceCode } = context;
    for (const { call, method, jwt } of misplacedJwts(session)) {
      const data = { jwt: quote(sourceCode.getText(jwt as Rule.Node)) };
      context.report({ node: call, messageId: method, data });
    }
  },
});
