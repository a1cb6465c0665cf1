import type { Rule } from 'eslint';

import { createWebRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { NAMES } from '../src/sdk/web/apis.ts';
import { openSignOuts, unprovenIn, unprovenWays, WAYS } from '../src/web/findings/unproven.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { wayOf } from '../src/session/way/unset.ts';

interface Options {
  readonly boots: boolean;
  readonly enforced: boolean;
  readonly signOut: readonly string[];
}

const DEFAULTS: Options = { boots: false, enforced: false, signOut: [] };

export default createWebRule({
  name: 'require-web-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'require the user JWT wherever the web Messenger is told of a user',
      recommended: true,
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          boots: {
            description:
              'Whether boots are followed, too: in a program that obtains a user JWT, each has to have it on every way.',
            type: 'boolean',
          },
          enforced: {
            description:
              'Whether Messenger Security is enforced, so that a user without a JWT is refused whatever the program does.',
            type: 'boolean',
          },
          signOut: {
            description: 'The names of functions that have to shut the Messenger down.',
            type: 'array',
            uniqueItems: true,
            items: { type: 'string' },
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      unproven:
        '`{{method}}` tells of a user (`{{by}}`) without `{{jwt}}`, which this program gives on line {{line}}: Intercom refuses it where Messenger Security is enforced. Give the JWT as well.',
      unprovenEnforced:
        '`{{method}}` tells of a user (`{{by}}`) without `{{jwt}}`, so Intercom refuses it. Give the JWT as well.',
      notShutDown:
        '`{{name}}` can end without a `shutdown` of the Messenger, so the next user of the page finds the conversations of this one. Call it on every way.',
      cleared:
        '`{{method}}` can run after `{{clear}}()` on line {{line}} took the user JWT away{{when}}. Obtain it again before it.',
      notAwaited:
        '`{{method}}` can run before `{{establish}}` on line {{line}} has obtained the user JWT{{when}}. Await it first.',
      rejected:
        '`{{method}}` tells of a user without a user JWT when `{{establish}}` fails: {{catch}} goes on. Return or rethrow before this call.',
      skippedOnPath:
        '`{{method}}` tells of a user without a user JWT when {{condition}}. Give it on that way too, or return before this call.',
      helperMaySkip:
        '`{{method}}` tells of a user without a user JWT when `{{helper}}` on line {{line}} returns without obtaining it. Test what it returns.',
      callbackMayNotRun:
        '`{{method}}` can tell of a user without a user JWT: `{{establish}}` on line {{line}} runs only if `{{taker}}` calls and awaits its callback. Obtain it outside of it.',
      calledUnset:
        '{{entered}} before the user JWT is obtained, and `{{method}}` then tells of a user without one. Obtain it before that.',
      setTooLate:
        '`{{method}}` tells of a user without a user JWT: it is obtained on line {{line}}, after this call. Obtain it first.',
      neverSet:
        '`{{method}}` tells of a user without a user JWT: it is not obtained before it {{where}}.{{elsewhere}}',
      onSomeWay: '`{{method}}` tells of a user without a user JWT on some way to it.',
    },
  },
  check(context, file) {
    const options = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
    const source = sourceText(context.sourceCode, file);
    for (const { telling, by, proven } of unprovenIn(file, options)) {
      const data = { method: telling.name, by, jwt: NAMES[telling.api].jwt };
      const node = telling.node as Rule.Node;
      if (proven === null) {
        context.report({ node, messageId: 'unprovenEnforced', data });
      } else {
        const line = source.lineOf(proven.telling.node);
        context.report({ node, messageId: 'unproven', data: { ...data, line } });
      }
    }
    if (options.boots || options.enforced) {
      for (const violation of unprovenWays(file, context.sourceCode.text, source)) {
        const { site, cause, data, session } = violation;
        reportWay(context, { node: site.node, messageId: cause, data }, () =>
          wayOf(session, WAYS, violation, source, placingIn(context, session)),
        );
      }
    }
    for (const { node, name } of openSignOuts(file, options.signOut)) {
      context.report({ node: node, messageId: 'notShutDown', data: { name } });
    }
  },
});
