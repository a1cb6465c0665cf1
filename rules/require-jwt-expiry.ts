import { createMintRule } from '../src/eslint/create-rule.ts';
import { sourceText } from '../src/eslint/source-text.ts';
import { placingIn, reportWay } from '../src/eslint/ways.ts';
import { mintWay } from '../src/mint/way.ts';

export default createMintRule({
  name: 'require-jwt-expiry',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require an Intercom user JWT to be minted with an expiry',
      recommended: false,
    },
    schema: [],
    messages: {
      missing:
        'This Intercom user JWT never expires, so whoever gets hold of it is that user for good. Give it an expiry.',
      ignored:
        'This Intercom user JWT never expires: `{{name}}` among its claims is a claim like any other. Give it an expiry where {{library}} takes one.',
    },
  },
  check(context, file) {
    const reported = new Set<object>();
    const source = sourceText(context.sourceCode, file);
    for (const mint of file.mints()) {
      const { node, library, payload, expiry, isIntercom } = mint;
      if (!isIntercom || !expiry.isMissing || reported.has(node)) continue;
      reported.add(node);
      const name = 'expiresIn';
      const isMisplaced = payload.entries.has(name);
      const told = {
        node,
        messageId: isMisplaced ? 'ignored' : 'missing',
        ...(isMisplaced && { data: { name, library: library.name } }),
      };
      const text = 'the token is minted with no expiry';
      reportWay(context, told, () =>
        mintWay(mint, { node, text, value: payload.literal }, source, placingIn(context, file)),
      );
    }
  },
});
