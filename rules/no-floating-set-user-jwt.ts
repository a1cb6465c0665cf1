import { createSessionRule } from '../src/eslint/create-rule.ts';
import { dropOf, type Deliberate, type Drop } from '../src/session/findings/floating.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { floatingWay } from '../src/session/way/values.ts';
import { AWAIT_MESSAGES, offered, suggestAwait, type Suggestion } from '../src/eslint/suggest.ts';

const DEFAULTS: Deliberate = { allowVoid: true, allowCatch: true };

export default createSessionRule({
  name: 'no-floating-set-user-jwt',
  meta: {
    type: 'problem',
    docs: { description: 'disallow dropping the promise of `setUserJwt`', recommended: true },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allowVoid: {
            description: 'Whether a promise may be dropped by `void`.',
            type: 'boolean',
          },
          allowCatch: {
            description:
              'Whether a promise may be dropped whose rejection is handled, as by `.catch(…)`.',
            type: 'boolean',
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      floating:
        'The promise of `{{method}}` is dropped, so what follows can run before the user JWT is set. Await or return it.',
      floatingVariable:
        'The promise of `{{method}}` goes into `{{variable}}`, where nothing waits for it, so what follows can run before the user JWT is set. Await it.',
      floatingVoid:
        '`void` drops the promise of `{{method}}`, so what follows can run before the user JWT is set. Await it instead.',
      floatingCatch:
        'A rejection of `{{method}}` is handled, but nothing waits for the user JWT to be set. Await the whole chain.',
      ...AWAIT_MESSAGES,
    },
  },
  check(context, session, trials) {
    const options = { ...DEFAULTS, ...(context.options as readonly Partial<Deliberate>[])[0] };
    for (const { node, role, method, of, effect } of session.calls()) {
      if (role !== 'establish' || !of.promises || effect !== null) continue;
      const drop = dropOf(node, session, options);
      if (drop === null) continue;
      const { promise, operator, variable } = drop;
      const awaited = (): readonly Suggestion[] =>
        promise === null
          ? []
          : suggestAwait(promise, operator, session.bindings, context.sourceCode);
      const told = {
        node,
        messageId: reasonOf(drop),
        data: { method, variable },
        suggest: offered(awaited, node, trials),
      };
      reportWay(context, told, () =>
        floatingWay(session, { node, method }, variable, placingIn(context, session)),
      );
    }
  },
});

function reasonOf({ operator, variable, isCaught }: Drop): string {
  if (operator !== null) return 'floatingVoid';
  if (isCaught) return 'floatingCatch';
  return variable === null ? 'floating' : 'floatingVariable';
}
