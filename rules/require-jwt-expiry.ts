import { createMintRule } from '../src/eslint/create-rule.ts';

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
    for (const { node, library, payload, expiry, isIntercom } of file.mints()) {
      if (!isIntercom || !expiry.isMissing || reported.has(node)) continue;
      reported.add(node);
      const name = 'expiresIn';
      const isMisplaced = payload.entries.has(name);
      context.report({
        node: node,
        messageId: isMisplaced ? 'ignored' : 'missing',
        ...(isMisplaced && { data: { name, library: library.name } }),
      });
    }
  },
});
