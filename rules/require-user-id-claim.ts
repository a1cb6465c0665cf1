import type { Rule } from 'eslint';

import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { mintWay } from '../src/mint/way.ts';

/** What the user's id is called in tokens of other kinds. */
const OTHER_NAMES = ['sub', 'id', 'uid', 'userId', 'userID', 'external_id', 'externalId'];

export default createMintRule({
  name: 'require-user-id-claim',
  meta: {
    type: 'problem',
    docs: {
      description: 'require an Intercom user JWT to have the claim `user_id`',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missing:
        'This Intercom user JWT names no user: it has no claim `user_id`. Add the id of the user.',
      misnamed:
        'This Intercom user JWT names no user: Intercom reads `user_id`, not `{{name}}`. Put the id of the user there.',
      rename: 'Rename `{{name}}` to `user_id`.',
    },
  },
  check(context, file) {
    const reported = new Set<object>();
    const source = sourceText(context.sourceCode, file);
    for (const mint of file.mints()) {
      const { node, payload, isIntercom } = mint;
      if (!isIntercom || !payload.isWhole || payload.entries.has('user_id')) continue;
      if (reported.has(node)) continue;
      reported.add(node);
      const name = OTHER_NAMES.find((other) => payload.entries.has(other));
      const property = payload.literal?.properties.find(
        (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === name,
      );
      const told = {
        node,
        messageId: name === undefined ? 'missing' : 'misnamed',
        ...(name !== undefined && { data: { name } }),
        suggest:
          name === undefined || property?.type !== 'Property' || property.computed
            ? []
            : [
                {
                  messageId: 'rename',
                  data: { name },
                  fix: (fixer) =>
                    property.shorthand
                      ? fixer.insertTextBefore(property, 'user_id: ')
                      : fixer.replaceText(property.key, 'user_id'),
                },
              ],
      } satisfies Rule.ReportDescriptor;
      const text = 'the token is minted with no `user_id`';
      reportWay(context, told, () =>
        mintWay(mint, { node, text, value: payload.literal }, source, placingIn(context, file)),
      );
    }
  },
});
