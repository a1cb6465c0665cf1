/** How a rule of this plugin is made: its address, its settings, and the model that it asks. */

import { resolve } from 'node:path';

import type { Rule } from 'eslint';

import { mintsOf, type MintFile } from './mint/mints.ts';
import { sessionOf, type SessionFile } from './session/analysis.ts';
import { readSettings, type Settings } from './settings.ts';
import { projectOf, surroundingsOf } from './surroundings.ts';

const DOCS =
  'https://github.com/eslint-plugin-intercom-jwt/eslint-plugin-intercom-jwt/blob/main/docs/rules';

/** The message id under which settings that are not understood are reported. */
const INVALID_SETTINGS = 'invalidSettings';

interface RuleOf<Model> {
  readonly name: string;
  readonly meta: Rule.RuleMetaData & { readonly messages: Record<string, string> };
  /** Asks the model of a file that concerns the rule, and reports. Called once a file. */
  readonly check: (context: Rule.RuleContext, model: Model) => void;
}

/** Files whose settings have been complained of. */
const complained = new WeakSet<object>();

/** Makes a call-order rule: one that has nothing to do in a file without a client. */
export function createSessionRule(rule: RuleOf<SessionFile>): Rule.RuleModule {
  return createRule(rule, (context, settings) =>
    sessionOf(context.sourceCode, () => surroundingsOf(context, settings)),
  );
}

/** Makes a minting rule: one that has nothing to do in a file that mints no tokens. */
export function createMintRule(rule: RuleOf<MintFile>): Rule.RuleModule {
  return createRule(rule, (context, settings) => {
    const { sourceCode, cwd, physicalFilename } = context;
    const filename = resolve(cwd, physicalFilename);
    return mintsOf(sourceCode, filename, () => projectOf(context, settings));
  });
}

function createRule<Model>(
  { name, meta, check }: RuleOf<Model>,
  modelOf: (context: Rule.RuleContext, settings: Settings) => Model | null,
): Rule.RuleModule {
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
      const model = modelOf(context, settings);
      if (model === null) return {};
      return {
        'Program:exit'() {
          unlessTooDeep(() => {
            check(context, model);
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
