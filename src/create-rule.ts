/** How a rule of this plugin is made: its address, its settings, and the model that it asks. */

import { resolve } from 'node:path';

import type { Rule } from 'eslint';

import { addressOf } from './about.ts';
import { CONFIGS } from './configs.ts';
import { INTERNAL_FAULT, INTERNAL_FAULT_MESSAGE, isTooDeep, tellFault } from './faults.ts';
import { isNode } from './flow/ast.ts';
import { offsetOf } from './flow/atoms.ts';
import { forgetMints, mintsOf, type MintFile } from './mint/mints.ts';
import { changed, offsetAfter, reread, type Change } from './proof.ts';
import { forgetSession, sessionOf, type SessionFile } from './session/analysis.ts';
import { readSettings, type Settings } from './settings.ts';
import { projectOf, surroundingsOf } from './surroundings.ts';

/** The message id under which settings that are not understood are reported. */
const INVALID_SETTINGS = 'invalidSettings';

interface RuleOf<Model> {
  readonly name: string;
  readonly meta: Rule.RuleMetaData & { readonly messages: Record<string, string> };
  /** Asks the model of a file that concerns the rule, and reports. Called once a file. */
  readonly check: (context: Rule.RuleContext, model: Model, mends: Mends) => void;
}

type SessionRule = RuleOf<SessionFile>;

/**
 * Whether changes mend what is reported at a node: the report is gone, and no rule of the plugin
 * reports anything new.
 */
export type Mends = (reported: object, changes: readonly Change[]) => boolean;

const NEVER_MENDS: Mends = () => false;

/** In one file, one rule tries this many changes, */
const MAX_TRIED = 16;

/** and has no more text analysed for it than this, in characters. */
const MAX_TEXT = 400_000;

/** Every rule that asks the session, to see what a change brings about. */
const made: SessionRule[] = [];

/** Files whose settings have been complained of. */
const complained = new WeakSet<object>();

/** Makes a call-order rule: one that has nothing to do in a file without a client. */
export function createSessionRule(rule: SessionRule): Rule.RuleModule {
  made.push(rule);
  return createRule(rule, SESSIONS, (context, session) => mendsIn(context, session, rule));
}

/** Makes a minting rule: one that has nothing to do in a file that mints no tokens. */
export function createMintRule(rule: RuleOf<MintFile>): Rule.RuleModule {
  return createRule(rule, MINTS, () => NEVER_MENDS);
}

/** How the models of files are come by. */
interface Models<Model> {
  /** The model of a file; null where the rules that ask it have nothing to do. */
  readonly of: (context: Rule.RuleContext, settings: Settings) => Model | null;
  /** Drops the model of a file: a fault may have left it half done. */
  readonly forget: (ast: object) => void;
  /** How many rules have failed on the model of a file. */
  readonly failures: WeakMap<object, number>;
}

const SESSIONS: Models<SessionFile> = {
  of: (context, settings) => sessionOf(context.sourceCode, () => surroundingsOf(context, settings)),
  forget: forgetSession,
  failures: new WeakMap(),
};

const MINTS: Models<MintFile> = {
  of(context, settings) {
    const { sourceCode, cwd, physicalFilename } = context;
    const filename = resolve(cwd, physicalFilename);
    return mintsOf(sourceCode, filename, () => projectOf(context, settings));
  },
  forget: forgetMints,
  failures: new WeakMap(),
};

/** Where a second rule fails on the model of a file, it is the model that is at fault. */
const MAX_FAILURES = 2;

function createRule<Model>(
  { name, meta, check }: RuleOf<Model>,
  models: Models<Model>,
  mendsOf: (context: Rule.RuleContext, model: Model) => Mends,
): Rule.RuleModule {
  return {
    meta: {
      ...meta,
      docs: { ...meta.docs, url: addressOf(`docs/rules/${name}.md`) },
      messages: {
        ...meta.messages,
        [INVALID_SETTINGS]: 'Invalid configuration: {{path}}: {{problem}}.',
        [INTERNAL_FAULT]: INTERNAL_FAULT_MESSAGE,
      },
    },
    create: (context) => ({
      // All that a rule does is done here, where a fault of it ends nothing else.
      'Program:exit'() {
        const { ast, text } = context.sourceCode;
        const failures = models.failures.get(ast) ?? 0;
        if (failures >= MAX_FAILURES) return;
        let model: Model | null = null;
        try {
          const settings = settingsOf(context);
          model = settings === null ? null : models.of(context, settings);
          if (settings === null || model === null) return;
          if (settings.suggestions) check(context, model, mendsOf(context, model));
          else check(unsuggesting(context), model, NEVER_MENDS);
        } catch (error) {
          models.failures.set(ast, failures + 1);
          models.forget(ast);
          if (model === null && isTooDeep(error) && !/intercom/i.test(text)) return;
          tellFault(context, name, error);
        }
      },
    }),
  };
}

/** The settings of a file; null where they are not understood, which is told once. */
function settingsOf(context: Rule.RuleContext): Settings | null {
  const { ast } = context.sourceCode;
  const settings = readSettings(context.settings, context.cwd);
  if (!('problem' in settings)) return settings;
  if (!complained.has(ast)) {
    complained.add(ast);
    const node = ast.body[0] ?? ast;
    context.report({ node, messageId: INVALID_SETTINGS, data: { ...settings } });
  }
  return null;
}

/** Reports as another context does, with nothing suggested. */
function unsuggesting(context: Rule.RuleContext): Rule.RuleContext {
  const report = (descriptor: Rule.ReportDescriptor): void => {
    context.report({ ...descriptor, suggest: [] });
  };
  return altered(context, { report });
}

/** Tries changes of a file. */
function mendsIn(context: Rule.RuleContext, session: SessionFile, rule: SessionRule): Mends {
  const { sourceCode } = context;
  let tried = 0;
  let before: ReadonlySet<string> | null = null;
  return (reported, changes) => {
    if (++tried > Math.min(MAX_TRIED, MAX_TEXT / sourceCode.text.length)) return false;
    if (!isNode(reported)) return false;
    before ??= reportsIn(context, session, rule);
    const file = reread(context, changed(sourceCode.text, changes));
    const settings = readSettings(context.settings, context.cwd);
    if (file === null || 'problem' in settings) return false;
    const copy = altered(sourceCode, { text: file.text });
    const inCopy = altered(context, { sourceCode: copy });
    const after = sessionOf(file, () => surroundingsOf(context, settings));
    const left = after === null ? new Set<string>() : reportsIn(inCopy, after, rule);
    const moved = new Set<string>();
    for (const key of before) {
      const [name = '', offset] = key.split('@');
      moved.add(`${name}@${String(offsetAfter(Number(offset), changes))}`);
    }
    const mended = `${OWN}@${String(offsetAfter(offsetOf(reported), changes))}`;
    return !left.has(mended) && [...left].every((key) => moved.has(key));
  };
}

/** Stands for the rule that suggests, with the options that it has. */
const OWN = 'own';

/** What the rules of the plugin report in a file, in the strictest configurations too. */
function reportsIn(
  context: Rule.RuleContext,
  session: SessionFile,
  own: SessionRule,
): ReadonlySet<string> {
  const reports = new Set<string>();
  const ask = (key: string, { check }: SessionRule, options: readonly unknown[]): void => {
    const report = (descriptor: object): void => {
      const node: unknown = Reflect.get(descriptor, 'node');
      if (isNode(node)) reports.add(`${key}@${String(offsetOf(node))}`);
    };
    check(altered(context, { options: [...options], report }), session, NEVER_MENDS);
  };
  ask(OWN, own, context.options);
  for (const rule of made) {
    for (const [config, rules] of Object.entries(CONFIGS)) {
      const entry: unknown = rules[`intercom-jwt/${rule.name}`] ?? 'off';
      if (entry === 'off') continue;
      const options: readonly unknown[] = Array.isArray(entry) ? entry.slice(1) : [];
      ask(`${rule.name} ${config}`, rule, options);
    }
  }
  return reports;
}

/** An object as another, but for some of its properties. */
function altered<T extends object>(object: T, properties: Partial<T>): T {
  const descriptors = Object.entries(properties).map(
    ([key, value]): [string, PropertyDescriptor] => [key, { value }],
  );
  return Object.create(object, Object.fromEntries(descriptors)) as T;
}
