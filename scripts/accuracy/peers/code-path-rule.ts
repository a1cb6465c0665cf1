/**
 * What can be had of ESLint's code path analysis: a rule of a hundred lines that knows the client by
 * its import, and of each function on which paths a `setUserJwt` was awaited before a request. It is
 * a peer in `docs/accuracy.md`, and no part of the plugin.
 */

import type { Rule, Scope } from 'eslint';
import type { CallExpression, Identifier, Node } from 'estree';

import { CLIENT_MODULE, PROTECTABLE_ROLES, roleOf } from '../../../src/sdk/roles.ts';

interface CodePath {
  readonly segments: Set<Rule.CodePathSegment>;
  readonly upper: CodePath | null;
}

const PROTECTED: ReadonlySet<string> = new Set(PROTECTABLE_ROLES);

export const codePathRule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { unset: 'No user JWT is set on some path.' } },
  create(context) {
    /** Whether there is a user JWT at the end of what was gone through of a segment. */
    const ends = new Map<string, boolean>();
    let path: CodePath | null = null;

    const isSet = (): boolean =>
      [...(path?.segments ?? [])].every(({ id }) => ends.get(id) === true);
    const put = (value: boolean): void => {
      for (const { id } of path?.segments ?? []) ends.set(id, value);
    };
    const enter = (segment: Rule.CodePathSegment): void => {
      const { prevSegments, id } = segment;
      // Of a loop, what comes back is what went in, or better.
      const before = prevSegments.filter((one) => ends.has(one.id));
      ends.set(id, before.length > 0 && before.every((one) => ends.get(one.id) === true));
      path?.segments.add(segment);
    };
    const leave = (segment: Rule.CodePathSegment): void => {
      path?.segments.delete(segment);
    };

    return {
      onCodePathStart() {
        path = { segments: new Set(), upper: path };
      },
      onCodePathEnd() {
        path = path?.upper ?? null;
      },
      onCodePathSegmentStart: enter,
      onCodePathSegmentEnd: leave,
      onUnreachableCodePathSegmentStart: enter,
      onUnreachableCodePathSegmentEnd: leave,
      'AwaitExpression:exit'({ argument }: { readonly argument: Node }) {
        if (argument.type === 'CallExpression' && methodRole(argument) === 'establish') put(true);
      },
      'CallExpression:exit'(node: CallExpression) {
        const role = methodRole(node);
        if (role === 'clear') put(false);
        else if (role === 'guest') put(true);
        else if (role !== null && PROTECTED.has(role) && !isSet()) {
          context.report({ node, messageId: 'unset' });
        }
      },
    };

    /** The role of a method of the client that is called. */
    function methodRole({ callee }: CallExpression): string | null {
      if (callee.type !== 'MemberExpression' || callee.computed) return null;
      const { object, property } = callee;
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return null;
      return isClient(object) ? roleOf(property.name) : null;
    }

    function isClient(node: Identifier): boolean {
      let scope: Scope.Scope | null = context.sourceCode.getScope(node);
      for (; scope !== null; scope = scope.upper) {
        const found = scope.set.get(node.name);
        if (found === undefined) continue;
        return found.defs.some(
          ({ type, parent }) =>
            // TypeScript's `import x = require('…')` is one with no source.
            type === 'ImportBinding' && 'source' in parent && parent.source.value === CLIENT_MODULE,
        );
      }
      return false;
    }
  },
};
