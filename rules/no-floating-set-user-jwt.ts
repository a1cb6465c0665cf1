import { createSessionRule } from '../src/create-rule.ts';

export default createSessionRule({
  name: 'no-floating-set-user-jwt',
  meta: {
    type: 'problem',
    docs: { description: 'disallow dropping the promise of `setUserJwt`', recommended: true },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allowVoid: { description: 'Allow `void` before the call.', type: 'boolean' },
          allowCatch: { description: 'Allow a `.catch(…)` behind the call.', type: 'boolean' },
        },
      },
    ],
    defaultOptions: [{ allowVoid: true, allowCatch: true }],
    messages: {
      floating: 'x',
    },
  },
  check() {
    // in work
  },
});
