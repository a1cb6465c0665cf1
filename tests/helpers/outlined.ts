/** What the stages of the analysis make of the programs of a page, in short. */

import { createHash } from 'node:crypto';

import type { Rule } from 'eslint';

import { outlineOf, type Outlined } from '../../scripts/outline.ts';
import { readSettings } from '../../src/eslint/settings.ts';
import { surroundingsOf } from '../../src/eslint/surroundings.ts';
import { mintsOf } from '../../src/mint/model.ts';
import { sessionOf } from '../../src/session/sessions.ts';
import { childrenOf, isNode, type Node } from '../../src/syntax/ast.ts';
import { endOf, offsetOf } from '../../src/syntax/places.ts';
import type { Expressions, Possibility } from '../../src/values/evaluate.ts';
import { configOf, TYPESCRIPT, withFiles } from './program-verdicts.ts';
import type { Program } from './programs.ts';

/** What is told of a stage, as text; nothing where nothing in the file concerns it. */
interface Stages {
  readonly values: string;
  readonly terms: string;
  readonly expressions: string;
}

const NOTHING: Stages = { values: '', terms: '', expressions: '' };

/** Those of the file that was linted last. */
let told: Stages[] = [];

const create = (context: Rule.RuleContext): Rule.RuleListener => ({
  'Program:exit'() {
    const { ast, text, scopeManager } = context.sourceCode;
    const settings = readSettings(context.settings, context.cwd);
    if (!isNode(ast) || 'problem' in settings) return;
    const surroundings = surroundingsOf(context, settings);
    const session = sessionOf(context.sourceCode, () => surroundings);
    const outline = session === null ? null : outlineOf(ast, session, text);
    const mints = mintsOf({ ast, text, scopeManager }, context.filename, surroundings.project);
    told.push({
      values: textOf([...(outline?.calls ?? []), ...(outline?.values ?? [])]),
      terms: textOf(outline?.terms ?? []),
      expressions: mints === null ? '' : textOf(possibilitiesIn(ast, mints.expressions)),
    });
  },
});

const PLUGIN = { rules: { outline: { create } } };

/**
 * What is made of each file of a program: a digest of what names and callees can be, one of the terms,
 * and one of what the expressions around mints can be, each `-` where there is none.
 */
export function outlinesOf(program: Program): readonly string[] {
  return withFiles(program, (linter, nameOf) =>
    program.files.map((file) => {
      const config = configOf(program, TYPESCRIPT, file.name !== null);
      told = [];
      linter.verify(
        file.code,
        { ...config, plugins: { outline: PLUGIN }, rules: { 'outline/outline': 'error' } },
        { filename: nameOf(file), allowInlineConfig: false },
      );
      const [{ values, terms, expressions } = NOTHING] = told;
      return [values, terms, expressions].map(digestOf).join('.');
    }),
  );
}

function digestOf(text: string): string {
  return text === '' ? '-' : createHash('sha256').update(text).digest('hex').slice(0, 4);
}

function textOf(outlined: readonly Outlined[]): string {
  return outlined.map(({ node, what }) => `${String(offsetOf(node))} ${what}`).join('\n');
}

/** What is kept in names and properties, and given to calls. */
function* askedIn(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    if (child.type === 'VariableDeclarator' && child.init !== null) yield child.init;
    if (child.type === 'Property' && node.type === 'ObjectExpression') yield child.value;
    if (child.type === 'CallExpression') yield* child.arguments;
    yield* askedIn(child);
  }
}

function possibilitiesIn(program: Node, expressions: Expressions): readonly Outlined[] {
  return [...askedIn(program)].flatMap((node) =>
    node.type === 'SpreadElement'
      ? []
      : [{ node, what: expressions.of(node).map(possible).join(', ') }],
  );
}

/** A possibility with all that is known of its value; of code, where that is. */
function possible({ role, value }: Possibility): string {
  return `${role} ${JSON.stringify(value, (key, part: unknown) => {
    if (key === 'file' || key === 'choices') return undefined;
    return isNode(part) ? `${String(offsetOf(part))}–${String(endOf(part))}` : part;
  })}`;
}
