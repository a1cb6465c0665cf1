import type { Rule } from 'eslint';

import { createSessionRule } from '../src/eslint/create-rule.ts';
import { MOBILE_CLIENT } from '../src/sdk/client.ts';
import { quote } from '../src/session/findings/words.ts';
import { faultOf, tokenOf } from '../src/session/findings/tokens.ts';
import { readSettings } from '../src/eslint/settings.ts';
import { sourceText } from '../src/eslint/source-text.ts';

export default createSessionRule({
  name: 'no-empty-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow calling `setUserJwt` with what is, or may be, no token',
      recommended: true,
    },
    schema: [],
    messages: {
      missing:
        '`{{method}}` gets no token, so the session keeps the old one, or none. Pass it the user JWT that your server minted.',
      empty:
        '`{{method}}` gets {{value}}, which is no token: it can resolve all the same, and the session keeps the old one. Pass it a token, or do not call it.',
      maybeEmpty:
        '`{{method}}` gets {{value}} (line {{line}}) where there is no token: it can resolve all the same, and the session keeps the old one. Return or throw before this call instead.',
      notString:
        '`{{method}}` can get {{value}} (line {{line}}), which is no string, so the session gets no token. Pass it the token itself.',
      hardcoded:
        '`{{method}}` can get a token that is written into the code (line {{line}}), where all who have the app can read it. Fetch one from your server instead.',
    },
  },
  check(context, session) {
    const source = sourceText(context.sourceCode, session);
    for (const call of session.calls()) {
      const { node, role, method } = call;
      if (role !== 'establish') continue;
      const isForeign = isMethodOfWrapper(context, method);
      const argument = tokenOf(call, session.bindings);
      if (argument === null && !isForeign) {
        context.report({ node, messageId: 'missing', data: { method } });
      }
      if (argument === null || argument === 'unknown') continue;
      const fault = faultOf(argument, isForeign, session.expressions);
      if (fault === null) continue;
      const { id, culprit } = fault;
      const value = quote(source.textOf(culprit));
      const line = source.lineOf(culprit);
      context.report({ node, messageId: id, data: { method, value, line } });
    }
  },
});

/** Whether a client from the settings may be meant, whose method can take what it likes. */
function isMethodOfWrapper({ settings, cwd }: Rule.RuleContext, method: string): boolean {
  const ours = readSettings(settings, cwd);
  return (
    'clients' in ours &&
    ours.clients.some((client) => client !== MOBILE_CLIENT && client.role(method) === 'establish')
  );
}
