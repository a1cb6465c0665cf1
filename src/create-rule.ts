/** How a rule of this plugin is made: its address, its settings, and the session it asks. */

import type { Rule } from 'eslint';

import { sessionOf, type SessionFile } from './session/analysis.ts';
import { readSettings } from './settings.ts';
import { surroundingsOf } from './surroundings.ts';

const DOCS =
  'https://github.com/eslint-plugin-intercom-jwt/eslint-plugin-intercom-jwt/blob/main/docs/rules';

/** The message id under which settings that are not understood are reported. */
const INVALID_SETTINGS = 'invalidSettings';

interface SessionRule {
  readonly name: string;
  readonly meta: Rule.RuleMetaData & { readonly messages: Record<string, string> };
  /** Asks the session of a file that concerns a client, and reports. Called once a file. */
  readonly check: (context: Rule.RuleContext, session: SessionFile) => void;
}

/** Files whose settings have been complained of. */
const complained = new WeakSet<object>();

/** Makes a call-order rule: one that has nothing to do in a file without a client. */
export function createSessionRule({ name, meta, check }: SessionRule): Rule.RuleModule {
  return {
    meta: {
      ...meta,
      docs: { ...meta.docs, url: `${DOCS}/${name}.md` },
      messages: {
        ...meta.messages,
        [INVALID_SETTINGS]: 'Invalid configuration: {{path}}: {{problem}}.',
      },
    },
    create(context) {
      const { sourceCode } = context;
      const settings = readSettings(context.settings, context.cwd);
      if ('problem' in settings) {
        if (complained.has(sourceCode.ast)) return {};
        complained.add(sourceCode.ast);
        return {
          Program(program) {
            const node = program.body[0] ?? program;
            context.report({ node, messageId: INVALID_SETTINGS, data: { ...settings } });
          },
        };
      }
      const session = sessionOf(sourceCode, () => surroundingsOf(context, settings));
      if (session === null) return {};
      return {
        'Program:exit'() {
          unlessTooDeep(() => {
            check(context, session);
          });
        },
      };
    },
  };
}

/** Code that is nested more deeply than the stack allows is left alone: no report, and no crash. */
function unlessTooDeep(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
