import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { secretWay } from '../src/mint/way.ts';
import { exposuresOf } from '../src/mint/intercom/exposure.ts';

/** What is told of the place. */
const WHERE = {
  publicName: 'its prefix puts the secret into the app',
  bundled: 'the secret is put into the app here',
  literal: 'the secret is written into the code',
  clientCode: 'the secret is in a part of the app',
} as const;

export default createMintRule({
  name: 'no-exposed-jwt-secret',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow an Intercom signing secret where the app, or its code, holds it',
      recommended: true,
    },
    schema: [],
    messages: {
      publicName:
        '`{{name}}` is put into the app by its prefix, and whoever has this secret can be any user. Rename it, replace the secret, and mint on your server.',
      bundled:
        '`{{name}}` is put into the app by {{by}}, and whoever has this secret can be any user. Take it out, replace the secret, and mint on your server.',
      literal:
        'The secret that signs Intercom user JWTs is written into the code, and whoever has it can be any user. Read it from the environment of your server.',
      clientCode:
        'This file is part of the app ({{reason}}), so the secret that signs Intercom user JWTs is in it. Mint them on your server.',
    },
  },
  check(context, file) {
    const source = sourceText(context.sourceCode, file);
    for (const exposure of exposuresOf(file)) {
      const { kind, node } = exposure;
      const told = {
        node,
        messageId: kind,
        ...(kind === 'bundled' && { data: { name: exposure.name, by: exposure.by } }),
        ...(kind === 'publicName' && { data: { name: exposure.name } }),
        ...(kind === 'clientCode' && { data: { reason: exposure.reason } }),
      };
      reportWay(context, told, () =>
        secretWay(file, node, WHERE[kind], source, placingIn(context, file)),
      );
    }
  },
});
