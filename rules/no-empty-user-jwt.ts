import { createSessionRule } from '../src/eslint/create-rule.ts';
import { quote } from '../src/session/findings/words.ts';
import { faultOf, faultOfObject, givenTo } from '../src/session/findings/tokens.ts';
import { NAMES } from '../src/sdk/web/apis.ts';
import { emptyJwts } from '../src/web/findings/empty.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { valueWay } from '../src/session/way/values.ts';

const ATTRIBUTE_IDS = {
  empty: 'attributeEmpty',
  maybeEmpty: 'attributeMaybeEmpty',
  notString: 'attributeNotString',
  hardcoded: 'attributeHardcoded',
  missingInObject: 'attributeNotString',
  notObject: 'attributeNotString',
} as const;

/** What is told of the expression that is at fault. */
const WHAT = {
  empty: 'is no token',
  maybeEmpty: 'is no token',
  notString: 'is no string',
  hardcoded: 'is a token that all can read',
  missingInObject: 'has no token in it',
  notObject: 'is no object with a token in it',
} as const;

export default createSessionRule({
  name: 'no-empty-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow giving what is, or may be, no token as the user JWT',
      recommended: true,
    },
    schema: [],
    messages: {
      missing:
        '`{{method}}` gets no token, so the session keeps the old one, or none. Pass it the user JWT that your server minted.',
      missingInObject:
        '`{{method}}` gets no token: it takes an object with the token in it, as `{ jwt }`, and the session keeps the old one, or none. Pass it the user JWT that your server minted.',
      notObject:
        '`{{method}}` can get {{value}} (line {{line}}), but takes an object with the token in it: the session gets no token. Write `{ jwt: … }`.',
      empty:
        '`{{method}}` gets {{value}}, which is no token: it can resolve all the same, and the session keeps the old one. Pass it a token, or do not call it.',
      maybeEmpty:
        '`{{method}}` gets {{value}} (line {{line}}) where there is no token: it can resolve all the same, and the session keeps the old one. Return or throw before this call instead.',
      notString:
        '`{{method}}` can get {{value}} (line {{line}}), which is no string, so the session gets no token. Pass it the token itself.',
      hardcoded:
        '`{{method}}` can get a token that is written into the code (line {{line}}), where all who have the app can read it. Fetch one from your server instead.',
      attributeEmpty:
        '`{{name}}` is {{value}}, which is no token, so `{{method}}` tells of a user without a proof. Give it a token, or leave the user out as well.',
      attributeMaybeEmpty:
        '`{{name}}` is {{value}} (line {{line}}) where there is no token, and `{{method}}` then tells of a user without a proof. Return or throw before that instead.',
      attributeNotString:
        '`{{name}}` can be {{value}} (line {{line}}), which is no string. Give `{{method}}` the token itself.',
      attributeHardcoded:
        '`{{name}}` can be a token that is written into the code (line {{line}}), where all who open the page can read it. Fetch one from your server instead.',
    },
  },
  checkWeb(context, file) {
    const source = sourceText(context.sourceCode, file);
    for (const { node, telling, fault } of emptyJwts(file)) {
      const { id, culprit } = fault;
      const data = {
        name: NAMES[telling.api].jwt,
        method: telling.name,
        value: quote(source.textOf(culprit)),
        line: source.lineOf(culprit),
      };
      context.report({ node: node, messageId: ATTRIBUTE_IDS[id], data });
    }
  },
  check(context, session) {
    const source = sourceText(context.sourceCode, session);
    for (const call of session.calls()) {
      const { node, role, method, of } = call;
      if (role !== 'establish') continue;
      const argument = givenTo(call, session.bindings);
      if (argument === null && of.takes !== 'any') {
        const messageId = of.takes === 'object' ? 'missingInObject' : 'missing';
        context.report({ node, messageId, data: { method } });
      }
      if (argument === null || argument === 'unknown') continue;
      const fault =
        of.takes === 'object'
          ? faultOfObject(argument, session.expressions)
          : faultOf(argument, of.takes === 'any', session.expressions);
      if (fault === null) continue;
      const { id, culprit } = fault;
      const value = quote(source.textOf(culprit));
      const line = source.lineOf(culprit);
      const what = `${value} ${WHAT[id]}`;
      reportWay(context, { node, messageId: id, data: { method, value, line } }, () =>
        valueWay(session, call, argument, { culprit, what }, source, placingIn(context, session)),
      );
    }
  },
});
