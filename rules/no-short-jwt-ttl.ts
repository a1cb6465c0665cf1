import type { Rule } from 'eslint';

import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { lifeWay } from '../src/mint/way.ts';
import { seconds } from '../src/values/duration.ts';
import type { Expiry } from '../src/mint/life/life.ts';
import { shortestOf, WHOSE, wrongLives, type Limit, type Whose } from '../src/mint/life/limits.ts';
import { offeredChange, withLength } from '../src/mint/life/rewrite.ts';
import { inWords, lifeText, subjectOf } from '../src/mint/life/words.ts';

interface Options {
  readonly minSeconds: number;
  readonly tokens: Whose;
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
          tokens: WHOSE,
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
    const source = sourceText(sourceCode, file);
    const options = { ...DEFAULTS, ...(context.options as readonly Partial<Options>[])[0] };
    const limitOf = (expiry: Expiry): Limit | null => {
      const limit = shortestOf(expiry);
      return limit !== null && limit.seconds < options.minSeconds ? limit : null;
    };
    for (const { life, seconds: length, mint } of wrongLives(
      file.mints(),
      options.tokens,
      limitOf,
    )) {
      const change = withLength(life, options.minSeconds, (node) =>
        sourceCode.getText(node as Rule.Node),
      );
      const lasts = lifeText(length, life.possibility);
      const told = {
        node: life.place,
        messageId: length > 0 ? 'short' : 'expired',
        data: {
          subject: subjectOf(mint.isIntercom),
          lasts,
          minimum: inWords(seconds(options.minSeconds)),
        },
        suggest: offeredChange(change, 'useMinimum'),
      };
      reportWay(context, told, () =>
        lifeWay(mint, life, `the token ${lasts}`, source, placingIn(context, file)),
      );
    }
  },
});
