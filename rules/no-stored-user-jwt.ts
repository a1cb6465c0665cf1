import type { Rule } from 'eslint';

import type { Node } from '../src/syntax/ast.ts';
import { offsetOf } from '../src/syntax/places.ts';
import { createSessionRule } from '../src/eslint/create-rule.ts';
import { namesWeb } from '../src/sdk/web/apis.ts';
import { setsIn } from '../src/session/findings/misplaced.ts';
import { quote } from '../src/session/findings/words.ts';
import { isMintedBy, jwtsIn } from '../src/web/findings/jwts.ts';
import { storedJwts, type Storing } from '../src/web/findings/stored.ts';

interface Options {
  /** Whether what is kept on a device is looked at, beside what is kept in a page. */
  readonly devices: boolean;
}

const DEFAULTS: Options = { devices: false };

export default createSessionRule({
  name: 'no-stored-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow keeping a user JWT where scripts of the page can read it',
      recommended: true,
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          devices: {
            description: 'Whether `AsyncStorage` and MMKV are looked at as well.',
            type: 'boolean',
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      webStorage:
        '{{jwt}} is a user JWT, and every script of the page can read what `{{store}}` holds. Keep it in a variable, and fetch a new one when the page is opened.',
      cookie:
        '{{jwt}} is a user JWT, and every script of the page can read this cookie (`{{store}}`). Set it with `httpOnly: true` on the server, or do not keep it.',
      deviceStorage:
        '{{jwt}} is a user JWT, and `{{store}}` keeps it in a file that is not encrypted. Keep it in a secure store, or fetch a new one when the app is opened.',
    },
  },
  check(context, session) {
    // What the web Messenger is told is known to the other model.
    if (namesWeb(context.sourceCode.text)) return;
    const { program, bindings, expressions } = session;
    const sets = setsIn(session);
    report(context, { program, bindings, expressions, sets, isMinted: () => false });
  },
  checkWeb(context, file) {
    if (file.session !== null && !namesWeb(context.sourceCode.text)) return;
    const { program, bindings, expressions } = file;
    report(context, { program, bindings, expressions, sets: jwtsIn(file), isMinted: () => false });
  },
  checkMints(context, mints) {
    const { program, bindings, expressions, values } = mints;
    const isMinted = (value: Node): boolean => isMintedBy(mints, value, { bindings, values });
    report(context, { program, bindings, expressions, sets: [], isMinted });
  },
});

/** Where a run of the rule has reported: what one model knows, another may know as well. */
const told = new WeakMap<Rule.RuleContext, Set<number>>();

function report(context: Rule.RuleContext, file: Storing): void {
  const { devices } = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
  const { sourceCode } = context;
  const offsets = told.get(context) ?? new Set();
  told.set(context, offsets);
  for (const { node, kind, store, jwt } of storedJwts(file)) {
    if ((kind === 'deviceStorage' && !devices) || offsets.has(offsetOf(node))) continue;
    offsets.add(offsetOf(node));
    const data = { jwt: quote(sourceCode.getText(jwt as Rule.Node)), store };
    context.report({ node: node, messageId: kind, data });
  }
}
