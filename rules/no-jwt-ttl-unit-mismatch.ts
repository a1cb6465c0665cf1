import type { Rule } from 'eslint';

import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { lifeWay, mintWay } from '../src/mint/way.ts';
import { mistakesOf } from '../src/mint/life/limits.ts';
import { inItsUnit, offeredChange } from '../src/mint/life/rewrite.ts';
import { mistakenText } from '../src/mint/life/words.ts';
import { quote } from '../src/session/findings/words.ts';

/** The messages for times in a wrong unit, */
const DATED = { iat: 'issuedAt', nbf: 'notBefore' } as const;

/** and for what is no length of time until a token begins. */
const SPANNED = { timeAsSpan: 'startAsTime', millisecondSpan: 'startInMilliseconds' } as const;

export default createMintRule({
  name: 'no-jwt-ttl-unit-mismatch',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow giving the life of a token in the wrong unit',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      bareText:
        '{{value}} is a number of milliseconds in {{library}}: the token {{lasts}}. Write the unit, or a number.',
      epoch:
        '{{value}} is a time in 1970 in {{library}}, and no length of time: the token {{lasts}}. Write how far from now it is.',
      millisecondTime:
        '{{value}} is in milliseconds, and {{library}} takes a time in seconds: the token {{lasts}}. Divide it by 1000.',
      secondTime:
        '{{value}} is in seconds, and {{library}} takes a time in milliseconds: the token {{lasts}}. Multiply it by 1000.',
      millisecondSpan:
        '{{value}} is in milliseconds, and {{library}} takes seconds: the token {{lasts}}. Write it in seconds.',
      millisecondsAdded:
        '{{value}} adds milliseconds to a time in seconds: the token {{lasts}}. Add seconds.',
      secondSpan:
        '{{value}} is a number of milliseconds in {{library}}: the token {{lasts}}. Multiply seconds by 1000, or write the unit.',
      timeAsSpan:
        '{{value}} is a time, and {{library}} takes how long the token lasts: it {{lasts}}. Leave the clock out.',
      issuedAt:
        '{{value}} is in milliseconds, and `iat` is a time in seconds, which the expiry may be counted from. Divide it by 1000.',
      notBefore:
        '{{value}} is in milliseconds, and `nbf` is a time in seconds: the token never becomes valid. Divide it by 1000.',
      startAsTime:
        '{{value}} is a time, and {{library}} takes how long it is until the token begins: it never becomes valid. Leave the clock out.',
      startInMilliseconds:
        '{{value}} is in milliseconds, and {{library}} takes seconds: the token becomes valid a thousand times as late. Write it in seconds.',
      mendUnit: 'Use `{{text}}`.',
    },
  },
  check(context, file) {
    const { sourceCode } = context;
    const source = (node: object): string => sourceCode.getText(node as Rule.Node);
    const texts = sourceText(sourceCode, file);
    const reported = new Set<object>();
    for (const mint of file.mints()) {
      const { library, expiry } = mint;
      for (const { life, mistake } of mistakesOf(expiry)) {
        if (reported.has(life.place)) continue;
        reported.add(life.place);
        const change = inItsUnit(life, source);
        const lasts = mistakenText(life, mistake);
        const told = {
          node: life.place,
          messageId: mistake,
          data: { value: quote(source(life.place)), library: library.name, lasts },
          suggest: offeredChange(change, 'mendUnit'),
        };
        reportWay(context, told, () =>
          lifeWay(mint, life, `the token ${lasts}`, texts, placingIn(context, file)),
        );
      }
      for (const { place, claim, mistake } of expiry.misdated) {
        if (reported.has(place)) continue;
        reported.add(place);
        const told = {
          node: place,
          messageId: mistake === 'millisecondTime' ? DATED[claim] : SPANNED[mistake],
          data: { value: quote(source(place)), library: library.name },
        };
        const text =
          mistake === 'timeAsSpan'
            ? `\`${claim}\` is counted from a time`
            : `\`${claim}\` is in milliseconds`;
        reportWay(context, told, () =>
          mintWay(mint, { node: place, text, value: place }, texts, placingIn(context, file)),
        );
      }
    }
  },
});
