/** Comments that speak to ESLint: of what they say, the part that is about the rules of this plugin. */

import { ConfigCommentParser } from '@eslint/plugin-kit';
import type { SourceCode } from 'eslint';

import { NAMESPACE } from '../configs.ts';

type Comment = SourceCode['ast']['comments'][number];

const PARSER = new ConfigCommentParser();

/** Comments that are about something else than rules: the command takes no notice of them. */
const UNHEARD = /^(?:eslint-env|exported|globals?)$/u;

const DISABLES = /^eslint-(?:disable|enable)(?:-next-line|-line)?$/u;

/**
 * The comments of a file, with nothing in them about rules that are not this plugin's: ESLint would
 * complain of each that it does not know, and run each that it does.
 */
export function ownComments(comments: readonly Comment[]): Comment[] {
  return comments.flatMap((comment) => {
    const value = ownValue(comment);
    if (value === null) return [];
    if (value === comment.value) return [comment];
    const { type, loc, range } = comment;
    return [{ type, value, ...(loc && { loc }), ...(range && { range }) }];
  });
}

/** What is left of a comment; null for nothing. */
function ownValue({ type, value }: Comment): string | null {
  const directive = PARSER.parseDirective(value);
  if (directive === undefined) return value;
  const { label, value: said, justification } = directive;
  if (UNHEARD.test(label)) return type === 'Line' ? value : null;
  const why = justification === '' ? '' : ` -- ${justification}`;
  if (DISABLES.test(label)) {
    const names = Object.keys(PARSER.parseListConfig(said));
    if (names.length === 0) return value;
    const own = names.filter(isOwn);
    if (own.length === names.length) return value;
    return own.length === 0 ? null : ` ${label} ${own.join(', ')}${why}`;
  }
  if (label !== 'eslint' || type === 'Line') return value;
  const parsed = PARSER.parseJSONLikeConfig(said);
  // What cannot be understood is told by ESLint, if it is about this plugin.
  if (!parsed.ok) return said.includes(`${NAMESPACE}/`) ? value : null;
  const entries = Object.entries(parsed.config);
  const own = entries.filter(([name]) => isOwn(name));
  if (own.length === entries.length) return value;
  if (own.length === 0) return null;
  const list = JSON.stringify(Object.fromEntries(own)).slice(1, -1);
  return ` ${label} ${list}${why}`;
}

function isOwn(rule: string): boolean {
  return rule.startsWith(`${NAMESPACE}/`);
}
