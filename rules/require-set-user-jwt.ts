import { createSessionRule } from '../src/eslint/create-rule.ts';
import { PROTECTABLE_ROLES, type ProtectableRole } from '../src/sdk/roles.ts';
import type { SessionOptions } from '../src/session/model.ts';
import { faultsIn, violationsOf } from '../src/session/findings/unset-calls.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { SET_MESSAGES, suggestSet } from '../src/eslint/suggest-set.ts';
import { offered } from '../src/eslint/suggest.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { wayOf } from '../src/session/way/unset.ts';

interface Options extends SessionOptions {
  readonly protect: readonly ProtectableRole[];
}

const DEFAULTS: Options = {
  protect: ['login', 'update', 'present'],
  helpers: 'some-path',
  entry: 'unset',
};

export default createSessionRule({
  name: 'require-set-user-jwt',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'require an awaited `setUserJwt` on every way to a call that needs the user JWT',
      recommended: true,
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          protect: {
            description: 'The kinds of calls that need the user JWT.',
            type: 'array',
            uniqueItems: true,
            items: { type: 'string', enum: [...PROTECTABLE_ROLES] },
          },
          helpers: {
            description:
              'Whether an awaited helper that sets the JWT on some of its ways counts as setting it, or only one that sets it on every way.',
            type: 'string',
            enum: ['some-path', 'every-path'],
          },
          entry: {
            description:
              'What code that is entered from outside finds: no JWT, or a session that is alive.',
            type: 'string',
            enum: ['unset', 'session'],
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      cleared:
        '`{{method}}` can run after `{{clear}}()` on line {{line}} cleared the user JWT{{when}}. Await `{{establish}}` again before it.',
      notAwaited:
        '`{{method}}` can run before `{{establish}}` on line {{line}} has set the user JWT{{when}}. Await its promise first.',
      rejected:
        '`{{method}}` runs without a user JWT when `{{establish}}` rejects: {{catch}} goes on. Return or rethrow before this call.',
      skippedOnPath:
        '`{{method}}` runs without a user JWT when {{condition}}. Await `{{establish}}` on that way too, or return before this call.',
      helperMaySkip:
        '`{{method}}` runs without a user JWT when `{{helper}}` on line {{line}} returns without setting it. Await `{{establish}}` on all its ways, or test what it returns.',
      callbackMayNotRun:
        '`{{method}}` can run without a user JWT: `{{establish}}` on line {{line}} runs only if `{{taker}}` calls and awaits its callback. Await `{{establish}}` outside of it.',
      calledUnset:
        '{{entered}} before the user JWT is set, and `{{method}}` then runs without one. Await `{{establish}}` before that, or in the function.',
      setTooLate:
        '`{{method}}` runs without a user JWT: it is set on line {{line}}, after this call. Await `{{establish}}` first.',
      neverSet:
        '`{{method}}` runs without a user JWT: no `{{establish}}` comes before it {{where}}. Await `{{establish}}` first.{{elsewhere}}',
      onSomeWay:
        '`{{method}}` runs without a user JWT on some way to it. Await `{{establish}}` on each of them.',
      ...SET_MESSAGES,
    },
  },
  check(context, session, trials) {
    const { sourceCode } = context;
    const text = sourceText(sourceCode, session);
    const options = optionsOf(context.options);
    for (const violation of violationsOf(session, options, text)) {
      const { node } = violation.site;
      reportWay(
        context,
        {
          node,
          messageId: violation.cause,
          data: violation.data,
          suggest: offered(() => suggestSet(violation, session, sourceCode), node, trials),
        },
        () => wayOf(session, options, violation, text, placingIn(context, session)),
      );
    }
  },
  places: (options, session) => faultsIn(session, optionsOf(options)).map(({ node }) => node),
});

function optionsOf(options: readonly unknown[]): Options {
  const [given] = options as readonly Partial<Options>[];
  return { ...DEFAULTS, ...given };
}
