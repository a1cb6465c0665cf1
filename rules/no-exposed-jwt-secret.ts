import { createMintRule } from '../src/eslint/create-rule.ts';
import { exposuresOf } from '../src/mint/intercom/exposure.ts';

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
    for (const exposure of exposuresOf(file)) {
      const { kind, node } = exposure;
      context.report({
        node: node,
        messageId: kind,
        ...(kind === 'bundled' && { data: { name: exposure.name, by: exposure.by } }),
        ...(kind === 'publicName' && { data: { name: exposure.name } }),
        ...(kind === 'clientCode' && { data: { reason: exposure.reason } }),
      });
    }
  },
});
