/**
 * How a rule of this plugin is made: its address, its settings, and the model that it asks. This is
 * the one place that catches what a model or a rule throws (`faults`), and where suggestions are
 * tried before they are offered (`trials`, `proof`).
 */

import type { Rule } from 'eslint';

import { addressOf } from '../about.ts';
import { INTERNAL_FAULT, INTERNAL_FAULT_MESSAGE, isTooDeep, tellFault } from './faults.ts';
import { isNode, type Node } from '../syntax/ast.ts';
import { isDeeperThan } from '../syntax/depth.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import { TooMuchWork } from '../flow/solve/work.ts';
import { forgetMints, mintsOf, type MintFile } from '../mint/model.ts';
import { machine } from '../project/machine.ts';
import type { SessionFile } from '../session/model.ts';
import { forgetSession, sessionOf } from '../session/sessions.ts';
import { readSettings, type Settings } from './settings.ts';
import { projectOf, surroundingsOf, webSurroundingsOf } from './surroundings.ts';
import { telling } from './ways.ts';
import { TOO_LARGE, TOO_LARGE_MESSAGE, tellTooLarge } from './too-large.ts';
import type { RuleOf, SessionRule, Trials, WebRule } from './rule-of.ts';
import { addTried, altered, NO_TRIALS, trialsIn } from './trials.ts';
import { addTriedOfWeb, webTrialsIn } from './web-trials.ts';
import { forgetWeb, webOf, type WebFile } from '../web/model.ts';

/** The message id under which settings that are not understood are reported. */
const INVALID_SETTINGS = 'invalidSettings';

/** Files whose settings have been complained of. */
const complained = new WeakSet<object>();

/** Makes a call-order rule: one that has nothing to do in a file without a client. */
export function createSessionRule(rule: SessionRule): Rule.RuleModule {
  addTried(rule);
  const { name, meta, checkWeb, checkMints } = rule;
  const parts = [part(rule, SESSIONS, (context, model) => trialsIn(context, model, rule))];
  if (checkWeb !== undefined) parts.push(webPart({ name, meta, check: checkWeb }));
  if (checkMints !== undefined) {
    parts.push(part({ name, meta, check: checkMints }, MINTS, () => NO_TRIALS));
  }
  return createRule(rule, parts);
}

/** Makes a rule of the web Messenger: one that has nothing to do in a file that does not name it. */
export function createWebRule(rule: WebRule): Rule.RuleModule {
  return createRule(rule, [webPart(rule)]);
}

function webPart(rule: WebRule): Part {
  addTriedOfWeb(rule);
  return part(rule, WEB, (context, model) => webTrialsIn(context, model, rule));
}

/** Makes a minting rule: one that has nothing to do in a file that mints no tokens. */
export function createMintRule(rule: RuleOf<MintFile>): Rule.RuleModule {
  return createRule(rule, [part(rule, MINTS, () => NO_TRIALS)]);
}

/** How the models of files are come by. */
interface Models<Model> {
  /** The model of a file; null where the rules that ask it have nothing to do. */
  readonly of: (context: Rule.RuleContext, settings: Settings) => Model | null;
  /** Drops the model of a file: a fault may have left it half done. */
  readonly forget: (ast: object) => void;
  /** The messages that any rule may give which asks the models. */
  readonly messages: Readonly<Record<string, string>>;
  /** What the model leaves out, being too large. */
  readonly leftOut: (model: Model) => Iterable<Node>;
  /** Whether its nodes are not those of the host's tree. */
  readonly isReadAnew: (model: Model) => boolean;
  /** How many rules have failed on the model of a file. */
  readonly failures: WeakMap<object, number>;
}

const SESSIONS: Models<SessionFile> = {
  of: (context, settings) => sessionOf(context.sourceCode, () => surroundingsOf(context, settings)),
  forget: forgetSession,
  messages: { [TOO_LARGE]: TOO_LARGE_MESSAGE },
  leftOut: (session) => session.leftOut(),
  isReadAnew: (session) => session.isReadAnew,
  failures: new WeakMap(),
};

const MINTS: Models<MintFile> = {
  of(context, settings) {
    const { sourceCode, cwd, physicalFilename } = context;
    const filename = machine().resolve(cwd, physicalFilename);
    return mintsOf(sourceCode, filename, () => projectOf(context, settings));
  },
  forget: forgetMints,
  messages: { [TOO_LARGE]: TOO_LARGE_MESSAGE },
  leftOut: () => [],
  isReadAnew: () => false,
  failures: new WeakMap(),
};

/** Where the stack overflows, code that is nested more deeply than this is what it overflows on. */
const DEEP = 200;

/** Where a second rule fails on the model of a file, it is the model that is at fault. */
const MAX_FAILURES = 2;

const WEB: Models<WebFile> = {
  of: (context, settings) =>
    webOf(context.sourceCode, () => webSurroundingsOf(context, settings, context.sourceCode)),
  forget: forgetWeb,
  messages: { [TOO_LARGE]: TOO_LARGE_MESSAGE },
  leftOut: () => [],
  isReadAnew: () => false,
  failures: new WeakMap(),
};

/** What a rule does with one model of a file. */
interface Part {
  readonly messages: Readonly<Record<string, string>>;
  readonly run: (context: Rule.RuleContext) => void;
}

function createRule(
  { name, meta }: Pick<RuleOf<never>, 'name' | 'meta'>,
  parts: readonly Part[],
): Rule.RuleModule {
  return {
    meta: {
      ...meta,
      docs: { ...meta.docs, url: addressOf(`docs/rules/${name}.md`) },
      messages: {
        ...meta.messages,
        [INVALID_SETTINGS]: 'Invalid configuration: {{path}}: {{problem}}.',
        [INTERNAL_FAULT]: INTERNAL_FAULT_MESSAGE,
        ...parts.reduce((all, { messages }) => ({ ...all, ...messages }), {}),
      },
    },
    create: (context) => ({
      // All that a rule does is done here, where a fault of it ends nothing else.
      'Program:exit'() {
        for (const { run } of parts) run(context);
      },
    }),
  };
}

function part<Model>(
  { name, check }: RuleOf<Model>,
  models: Models<Model>,
  trialsOf: (context: Rule.RuleContext, model: Model) => Trials,
): Part {
  return {
    messages: models.messages,
    run(context) {
      const { ast, text } = context.sourceCode;
      const failures = models.failures.get(ast) ?? 0;
      if (failures >= MAX_FAILURES) return;
      let model: Model | null = null;
      try {
        const settings = settingsOf(context);
        model = settings === null ? null : models.of(context, settings);
        if (settings === null || model === null) return;
        const placed = models.isReadAnew(model) ? placing(context) : context;
        if (settings.suggestions) check(telling(placed), model, trialsOf(placed, model));
        else check(telling(unsuggesting(placed)), model, NO_TRIALS);
        tellTooLarge(placed, models.leftOut(model));
      } catch (error) {
        if (error instanceof TooMuchWork && isNode(ast)) {
          tellTooLarge(context, [ast]);
          return;
        }
        models.failures.set(ast, failures + 1);
        models.forget(ast);
        if (isTooDeep(error)) {
          if (model === null && !/intercom/i.test(text)) return;
          if (isNode(ast) && isDeeperThan(ast, DEEP)) {
            tellTooLarge(context, [ast]);
            return;
          }
        }
        tellFault(context, name, error);
      }
    },
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

/** Reports as another context does, where nodes have offsets alone. */
function placing(context: Rule.RuleContext): Rule.RuleContext {
  const { sourceCode } = context;
  const report = (descriptor: Rule.ReportDescriptor): void => {
    const node: unknown = 'node' in descriptor ? descriptor.node : null;
    if (!isNode(node)) {
      context.report(descriptor);
      return;
    }
    const [start, end] = [offsetOf(node), endOf(node)].map((at) => sourceCode.getLocFromIndex(at));
    context.report({ ...descriptor, ...(start && end && { loc: { start, end } }) });
  };
  return altered(context, { report });
}

/** Reports as another context does, with nothing suggested. */
function unsuggesting(context: Rule.RuleContext): Rule.RuleContext {
  const report = (descriptor: Rule.ReportDescriptor): void => {
    context.report({ ...descriptor, suggest: [] });
  };
  return altered(context, { report });
}
