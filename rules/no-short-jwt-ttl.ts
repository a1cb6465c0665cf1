import type { Rule } from 'eslint';

import { createMintRule } from '../src/eslint/create-rule.ts';
import { seconds } from '../src/values/duration.ts';
import { shortestOf } from '../src/mint/life/limits.ts';
import { offeredChange, withLength } from '../src/mint/life/rewrite.ts';
import { inWords, lifeText, subjectOf } from '../src/mint/life/words.ts';

interface Options {
  readonly minSeconds: number;
  readonly tokens: 'intercom' | 'all';
}

const DEFAULTS: Options = { minSeconds: 1800, tokens: 'intercom' };

export default createMintRule({
  name: 'no-short-jwt-ttl',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow minting an Intercom user JWT with a life that is too short',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          minSeconds: {
            description: 'The shortest life that is allowed, in seconds.',
            type: 'integer',
            minimum: 1,
          },
          tokens: {
            description: "Whether Intercom's user JWTs are meant, or all tokens.",
            enum: ['intercom', 'all'],
          },
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      short:
        '{{subject}} {{lasts}}, so it can expire while the app is away or offline. Let it last at least {{minimum}}.',
      expired:
        '{{subject}} {{lasts}}, so every request with it is rejected. Let it last at least {{minimum}}.',
      useMinimum: 'Use `{{text}}`.',
    },
  },
  check(context, file) {
    const { sourceCode } = context;
    const options = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
    const reported = new Set<object>();
    for (const mint of file.mints()) {
      if (!mint.isIntercom && options.tokens === 'intercom') continue;
      const shortest = shortestOf(mint.expiry);
      if (shortest === null || shortest.seconds >= options.minSeconds) continue;
      const { life } = shortest;
      if (reported.has(life.place)) continue;
      reported.add(life.place);
      const change = withLength(life, options.minSeconds, (node) =>
        sourceCode.getText(node as Rule.Node),
      );
      context.report({
        node: life.place,
        messageId: shortest.seconds > 0 ? 'short' : 'expired',
        data: {
          subject: subjectOf(mint.isIntercom),
          lasts: lifeText(shortest.seconds, life.possibility),
          minimum: inWords(seconds(options.minSeconds)),
        },
        suggest: offeredChange(change, 'useMinimum'),
      });
    }
  },
});
