import type { Rule } from 'eslint';

import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { lifeWay } from '../src/mint/way.ts';
import { seconds } from '../src/values/duration.ts';
import type { Expiry } from '../src/mint/life/life.ts';
import { onlyOf, WHOSE, wrongLives, type Limit, type Whose } from '../src/mint/life/limits.ts';
import { offeredChange, withLength } from '../src/mint/life/rewrite.ts';
import { inWords, lifeText, subjectOf } from '../src/mint/life/words.ts';

interface Options {
  readonly maxSeconds: number;
  readonly tokens: Whose;
}

const DEFAULTS: Options = { maxSeconds: 86_400, tokens: 'intercom' };

export default createMintRule({
  name: 'no-long-jwt-ttl',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow minting an Intercom user JWT with a life that is too long',
      recommended: false,
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          maxSeconds: {
            description: 'The longest life that is allowed, in seconds.',
            type: 'integer',
            minimum: 1,
          },
          tokens: WHOSE,
        },
      },
    ],
    defaultOptions: [DEFAULTS],
    messages: {
      long: '{{subject}} {{lasts}}, and whoever gets hold of it is that user for as long. Let it last {{maximum}} at most.',
      useMaximum: 'Use `{{text}}`.',
    },
  },
  check(context, file) {
    const { sourceCode } = context;
    const source = sourceText(sourceCode, file);
    const options = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
    const limitOf = (expiry: Expiry): Limit | null => {
      const limit = onlyOf(expiry);
      return limit !== null && limit.seconds > options.maxSeconds ? limit : null;
    };
    for (const { life, seconds: length, mint } of wrongLives(
      file.mints(),
      options.tokens,
      limitOf,
    )) {
      const change = withLength(life, options.maxSeconds, (node) =>
        sourceCode.getText(node as Rule.Node),
      );
      const lasts = lifeText(length, life.possibility);
      const told = {
        node: life.place,
        messageId: 'long',
        data: {
          subject: subjectOf(mint.isIntercom),
          lasts,
          maximum: inWords(seconds(options.maxSeconds)),
        },
        suggest: offeredChange(change, 'useMaximum'),
      };
      reportWay(context, told, () =>
        lifeWay(mint, life, `the token ${lasts}`, source, placingIn(context, file)),
      );
    }
  },
});
