import type { Rule } from 'eslint';

import { createWebRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { offered } from '../src/eslint/suggest.ts';
import {
  EXPORT_MESSAGES,
  NAME_MESSAGES,
  suggestExport,
  suggestName,
} from '../src/eslint/suggest-web.ts';
import { NAMES, REACT_PACKAGE, SDK_PACKAGE, type Api } from '../src/sdk/web/apis.ts';
import { misusesIn } from '../src/web/findings/misused.ts';

/** What a message calls an API. */
const CALLED: Readonly<Record<Api, string>> = {
  sdk: SDK_PACKAGE,
  react: REACT_PACKAGE,
  global: 'window.Intercom',
};

export default createWebRule({
  name: 'valid-web-messenger',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'disallow calls of the web Messenger that its packages drop',
      recommended: true,
    },
    schema: [],
    messages: {
      notObject:
        'The default export of `@intercom/messenger-js-sdk` takes an object: given the text `{{method}}` it only logs a warning. Call the export of that name.',
      wrongName:
        '`{{name}}` is no attribute that `{{api}}` knows, so the user JWT is not sent. It is called `{{right}}` there.',
      tooOld:
        '`react-use-intercom` {{version}} drops `intercomUserJwt`, so the user JWT is not sent. Install 5.5 or later.',
      hashAndJwt:
        '`{{method}}` is given `{{hash}}` and `{{jwt}}`, two proofs of who the user is. Give it the user JWT alone.',
      alreadyBooted:
        '`boot` does nothing with its user JWT: the `IntercomProvider` on line {{line}} has booted by itself (`autoBoot`). Give the JWT to `update`, or leave `autoBoot` out.',
      ...NAME_MESSAGES,
      ...EXPORT_MESSAGES,
    },
  },
  check(context, file, trials) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    const told = new Set<object>();
    for (const misuse of misusesIn(file)) {
      const { node, kind } = misuse;
      // One object can be told in several places.
      if (told.has(node)) continue;
      told.add(node);
      const report = (
        data: Readonly<Record<string, string>>,
        suggest: Rule.SuggestionReportDescriptor[] = [],
      ): void => {
        context.report({ node: node, messageId: kind, data, suggest });
      };
      switch (misuse.kind) {
        case 'notObject': {
          const { method } = misuse;
          const changes = () => suggestExport(misuse.node, method, file, text);
          report({ method }, offered(changes, node, trials));
          break;
        }
        case 'wrongName': {
          const { name, right, property, api } = misuse;
          const changes = () => suggestName(property, right);
          report({ name, right, api: CALLED[api] }, offered(changes, node, trials));
          break;
        }
        case 'tooOld':
          report({ version: misuse.version });
          break;
        case 'hashAndJwt': {
          const { name, api } = misuse.telling;
          report({ method: name, hash: NAMES[api].hash, jwt: NAMES[api].jwt });
          break;
        }
        case 'alreadyBooted':
          report({ line: sourceText(sourceCode, file).lineOf(misuse.provider.node) });
          break;
      }
    }
  },
});
