import { createSessionRule } from '../src/eslint/create-rule.ts';
import { swallowsOf } from '../src/session/findings/swallowed.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { swallowedWay } from '../src/session/way/swallowed.ts';

interface Options {
  readonly when: 'relied-on' | 'always';
}

const DEFAULTS: Options = { when: 'relied-on' };

export default createSessionRule({
  name: 'no-swallowed-set-user-jwt',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow handling a rejection of `setUserJwt` so that the caller cannot tell',
      recommended: true,
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          when: {
            description:
              'Whether to report only where a call that needs the user JWT relies on it, or always.',
            type: 'string',
            enum: ['relied-on', 'always'],
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      reliedOn:
        'When `{{establish}}` rejects, it is swallowed here, and `{{method}}` on line {{line}} runs without a user JWT. Rethrow, or return what tells the caller.',
      swallowed:
        'When `{{establish}}` rejects, it is swallowed here, and the caller cannot tell. Rethrow, or return what tells the caller.',
    },
  },
  check(context, session) {
    const { when } = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
    const text = sourceText(context.sourceCode, session);
    for (const swallow of swallowsOf(session, when, text)) {
      const { node, establish, reliedOnBy } = swallow;
      const data =
        reliedOnBy === null
          ? { establish }
          : { establish, method: reliedOnBy.method, line: text.lineOf(reliedOnBy.node) };
      const messageId = reliedOnBy === null ? 'swallowed' : 'reliedOn';
      reportWay(context, { node, messageId, data }, () =>
        swallowedWay(session, swallow, text, placingIn(context, session)),
      );
    }
  },
});
