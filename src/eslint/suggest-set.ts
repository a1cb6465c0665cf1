/** Changes that set the user JWT before a call, or keep the call from running without it. */

import type { SourceCode } from 'eslint';

import {
  childrenOf,
  codeAround,
  isFunction,
  isNode,
  unwrap,
  type FunctionNode,
  type Node,
} from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import type { Bindings, Variable } from '../syntax/bindings.ts';
import { isPromiseType } from '../syntax/promises.ts';
import type { Change } from './proof.ts';
import type { SessionFile } from '../session/model.ts';
import type { Site } from '../session/sites.ts';
import { dropOf } from '../session/findings/floating.ts';
import type { Violation } from '../session/findings/unset-calls.ts';
import { suggestAwait, type Suggestion } from './suggest.ts';

/** The message ids of the suggestions of {@link suggestSet}. */
export const SET_MESSAGES = {
  addAwait: 'Await `{{called}}` on line {{line}}.',
  addAwaitAndAsync: 'Await `{{called}}` on line {{line}}, and make its function `async`.',
  awaitBefore: 'Await `{{called}}` before this call.',
  moveBehindSet: 'Move this call behind `{{called}}` on line {{line}}.',
  returnFromCatch: 'Return at the end of the `catch` on line {{line}}.',
  returnWithoutJwt: 'Return where there is no token, on line {{line}}.',
} as const;

const EVERY_DROP = { allowVoid: false, allowCatch: false };

/** What leaves a list of statements, so that it does not run to its end. */
const JUMPS: ReadonlySet<string> = new Set([
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'YieldExpression',
]);

/** A line that begins with one of these goes on with the one before, if that has no semicolon. */
const CONTINUES = /^[([`+\-*/.,]/;

/** Changes that may mend a violation, each by itself. Whether they do is not looked at. */
export function suggestSet(
  { site, cause, culprits }: Violation,
  session: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  // What is in another module is mended where that is linted.
  const own = culprits.filter((culprit) => session.moduleOf(culprit) === null);
  const suggestions = own.flatMap((culprit) => {
    switch (cause) {
      case 'notAwaited':
        return awaiting(culprit, session, sourceCode);
      case 'setTooLate':
        return culprit.type === 'CallExpression'
          ? moving(site.node, culprit, session, sourceCode)
          : awaitingBefore(site.node, culprit, session, sourceCode);
      case 'rejected':
      case 'skippedOnPath':
        if (culprit.type !== 'CatchClause') return leaving(culprit, session, sourceCode);
        return (
          awaitingGuest(site, culprit, session, sourceCode) ??
          returning('returnFromCatch', culprit, culprit.body, session, sourceCode)
        );
      case 'cleared':
      case 'helperMaySkip':
      case 'callbackMayNotRun':
      case 'calledUnset':
      case 'neverSet':
      case 'onSomeWay':
        return [];
    }
  });
  const known = new Set<string>();
  return suggestions.filter(({ changes }) => {
    const key = changes.map(({ from, to, text }) => `${String(from)}-${String(to)} ${text}`).join();
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

/** Awaits the promise of a call that drops it. */
function awaiting(call: Node, session: SessionFile, sourceCode: SourceCode): readonly Suggestion[] {
  if (call.type !== 'CallExpression') return [];
  const drop = dropOf(call, session, EVERY_DROP);
  if (drop?.promise == null) return [];
  const { promise, operator } = drop;
  return told(suggestAwait(promise, operator, session.bindings, sourceCode), call, sourceCode);
}

/** Awaits the guest login that a `catch` falls back on; null where there is none that would do. */
function awaitingGuest(
  site: Site,
  clause: Node,
  session: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] | null {
  if (site.role === 'login') return null;
  const guest = session.calls().find(({ role, node }) => role === 'guest' && isIn(node, [clause]));
  const suggestions = guest === undefined ? [] : awaiting(guest.node, session, sourceCode);
  return suggestions.length === 0 ? null : suggestions;
}

/** Awaits a promise before a call that it is awaited behind. */
function awaitingBefore(
  call: Node,
  promise: Node,
  { bindings }: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  const code = codeAround(promise);
  const isAsync = isFunction(code) ? code.async && !code.generator : isModule(code);
  let statement: Node | null = call;
  while (statement && !(hasStatements(statement.parent) && codeAround(statement) === code)) {
    statement = statement.parent ?? null;
  }
  const isDeclared = ({ defs }: Variable): boolean =>
    defs.every(({ name }) => endOf(name) <= offsetOf(statement ?? call));
  const isKnown = namesIn(promise).every((name) => {
    const variable = bindings.variable(name);
    return variable === null || isDeclared(variable);
  });
  if (!isAsync || statement === null || !isKnown) return [];
  const { text } = sourceCode;
  const at = offsetOf(statement);
  const named = text.slice(offsetOf(promise), endOf(promise));
  const isFirst = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
  const whole = text.slice(at, endOf(statement));
  const end = isFirst && !whole.endsWith(';') && !CONTINUES.test(whole) ? '' : ';';
  const gap = isFirst ? `\n${indentOf(statement, text)}` : ' ';
  const change = { from: at, to: at, text: `await ${named}${end}${gap}` };
  return [{ messageId: 'awaitBefore', data: { called: named }, changes: [change] }];
}

/** Moves a call that is a statement behind a set that is one, further down in the same block. */
function moving(
  call: Node,
  set: Node,
  session: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  const moved = statementOf(call);
  const later = statementOf(set);
  const { parent } = moved ?? {};
  if (moved === null || later === null || !hasStatements(parent) || later.parent !== parent) {
    return [];
  }
  const statements: readonly Node[] = parent.body;
  const from = statements.indexOf(moved);
  const to = statements.indexOf(later);
  const passed = statements.slice(from + 1, to + 1);
  const isMovable =
    from < to &&
    !isAssigned(moved, later, session) &&
    passed.every((one) => !hasJump(one)) &&
    !passed.some((one) => one !== later && usesClient(one, call, session));
  if (!isMovable) return [];
  const { text } = sourceCode;
  const before = statements[from - 1];
  const after = statements[to + 1];
  const next = statements[from + 1] ?? later;
  const textOf = (node: Node): string => text.slice(offsetOf(node), endOf(node));
  const runsOn = (one: Node | undefined, other: Node | undefined): boolean =>
    one !== undefined &&
    other !== undefined &&
    !textOf(one).endsWith(';') &&
    CONTINUES.test(textOf(other));
  if (runsOn(before, next) || runsOn(later, moved) || runsOn(moved, after)) return [];
  // The white space behind the statement goes with it.
  const gap = text.slice(endOf(moved), offsetOf(next));
  if (gap.trim() !== '') return [];
  const changes: readonly Change[] = [
    { from: offsetOf(moved), to: offsetOf(next), text: '' },
    { from: endOf(later), to: endOf(later), text: gap + textOf(moved) },
  ];
  return told([{ messageId: 'moveBehindSet', changes }], set, sourceCode);
}

/** Returns on the side of a condition that leads past the set. */
function leaving(
  condition: Node,
  session: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  const { parent } = condition;
  if (parent?.type !== 'IfStatement' || parent.test !== condition) return [];
  const { consequent, alternate } = parent;
  const sets = session.calls().filter(({ role }) => role === 'establish');
  if (!sets.some(({ node }) => isToldBy(node.arguments[0], condition, session))) return [];
  const isSet = (branch: Node): boolean => sets.some(({ node }) => isIn(node, [branch]));
  if (!isSet(consequent)) {
    return returning('returnWithoutJwt', condition, consequent, session, sourceCode);
  }
  if (alternate !== null)
    return returning('returnWithoutJwt', condition, alternate, session, sourceCode);
  if (!canReturn(condition, session.bindings)) return [];
  const { text } = sourceCode;
  const outer = indentOf(parent, text);
  const [first] = consequent.type === 'BlockStatement' ? consequent.body : [];
  const isOnLines =
    first !== undefined && text.slice(offsetOf(parent), offsetOf(first)).includes('\n');
  const otherwise = isOnLines
    ? ` else {\n${indentOf(first, text)}return;\n${outer}}`
    : ' else return;';
  const at = endOf(consequent);
  const change = { from: at, to: at, text: otherwise };
  return told([{ messageId: 'returnWithoutJwt', changes: [change] }], condition, sourceCode);
}

/** Returns at the end of a block. */
function returning(
  messageId: 'returnFromCatch' | 'returnWithoutJwt',
  place: Node,
  block: Node,
  session: SessionFile,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  if (block.type !== 'BlockStatement' || !canReturn(block, session.bindings)) return [];
  const { text } = sourceCode;
  const last = block.body.at(-1);
  const at = last === undefined ? offsetOf(block) + 1 : endOf(last);
  const isOnLine =
    last !== undefined && !text.slice(offsetOf(block), offsetOf(last)).includes('\n');
  const separator =
    last === undefined || isOnLine
      ? last === undefined || /[;}]$/.test(text.slice(0, at))
        ? ' '
        : '; '
      : `\n${indentOf(last, text)}`;
  const change = { from: at, to: at, text: `${separator}return;${last === undefined ? ' ' : ''}` };
  return told([{ messageId, changes: [change] }], place, sourceCode);
}

/** Whether the function around a place can end there with no result, as it does at its end. */
function canReturn(place: Node, bindings: Bindings): boolean {
  const owner = functionAround(place);
  if (owner?.body?.type !== 'BlockStatement' || owner.generator) return false;
  const { parent } = owner;
  if (parent?.type === 'MethodDefinition' && parent.kind !== 'method') return false;
  if (parent?.type === 'Property' && parent.kind !== 'init') return false;
  return isVoid(owner, bindings) && !hasResult(owner.body);
}

/** Whether a function's declared result, if there is one, is nothing, or a promise of it. */
function isVoid({ returnType }: FunctionNode, bindings: Bindings): boolean {
  let type: Node | null | undefined = returnType?.typeAnnotation;
  if (type?.type === 'TSTypeReference') {
    const [argument, ...others] = type.typeArguments?.params ?? [];
    if (!isPromiseType(type, bindings) || others.length > 0) return false;
    type = argument;
  }
  return (
    returnType == null || type?.type === 'TSVoidKeyword' || type?.type === 'TSUndefinedKeyword'
  );
}

/** Whether a function returns a value somewhere. */
function hasResult(node: Node): boolean {
  if (node.type === 'ReturnStatement') return node.argument !== null;
  return childrenOf(node).some((child) => !isFunction(child) && hasResult(child));
}

function hasJump(node: Node): boolean {
  return (
    JUMPS.has(node.type) || childrenOf(node).some((child) => !isFunction(child) && hasJump(child))
  );
}

/** Whether something that a statement reads is written before another one ends. */
function isAssigned(reader: Node, until: Node, { bindings }: SessionFile): boolean {
  return namesIn(reader).some((name) =>
    bindings.variable(name)?.references.some((reference) => {
      const at = offsetOf(reference.identifier);
      return reference.isWrite() && endOf(reader) <= at && at < endOf(until);
    }),
  );
}

/** Whether a statement calls a client, or mentions the one that a call is made of. */
function usesClient(statement: Node, call: Node, session: SessionFile): boolean {
  if (session.calls().some(({ node }) => isIn(node, [statement]))) return true;
  const { bindings } = session;
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : call;
  const client = new Set(namesIn(callee).map((name) => bindings.variable(name)));
  return namesIn(statement).some((name) => {
    const variable = bindings.variable(name);
    return variable !== null && client.has(variable);
  });
}

/** Whether a condition asks for what is given to a set. */
function isToldBy(argument: Node | undefined, condition: Node, { bindings }: SessionFile): boolean {
  if (argument === undefined) return false;
  const given = new Set(namesIn(argument).map((name) => bindings.variable(name)));
  return namesIn(condition).some((name) => {
    const variable = bindings.variable(name);
    return variable !== null && given.has(variable);
  });
}

function namesIn(node: Node): readonly Node[] {
  if (node.type === 'Identifier') return [node];
  return childrenOf(node).flatMap(namesIn);
}

/** The statement that an expression is, awaited or not. */
function statementOf(node: Node): Node | null {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'ExpressionStatement') return outer;
    const isSame = outer.type === 'AwaitExpression' || unwrap(outer) === unwrap(inner);
    if (!isSame) return null;
    inner = outer;
  }
  return null;
}

function isModule(node: Node): boolean {
  return node.type === 'Program' && node.sourceType === 'module';
}

function hasStatements(
  node: Node | null | undefined,
): node is Node & { type: 'BlockStatement' | 'Program' } {
  return node?.type === 'BlockStatement' || node?.type === 'Program';
}

function functionAround(node: Node): FunctionNode | null {
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer;
    if (outer.type === 'StaticBlock' || outer.type === 'PropertyDefinition') return null;
  }
  return null;
}

function isIn(node: Node, outer: readonly Node[]): boolean {
  return outer.some((one) => offsetOf(one) <= offsetOf(node) && endOf(node) <= endOf(one));
}

function indentOf(node: Node, text: string): string {
  const start = text.lastIndexOf('\n', offsetOf(node) - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** The suggestions, with what their messages say of a place. */
function told(
  suggestions: readonly Suggestion[],
  place: Node,
  sourceCode: SourceCode,
): readonly Suggestion[] {
  const callee = place.type === 'CallExpression' ? unwrap(place.callee) : null;
  const name = callee?.type === 'MemberExpression' ? callee.property : callee;
  const code = isNode(name) ? sourceCode.text.slice(offsetOf(name), endOf(name)) : '';
  const called = isNode(name) && isFunction(name) ? withoutBody(code) : code;
  const { line } = sourceCode.getLocFromIndex(offsetOf(place));
  return suggestions.map((suggestion) => ({
    ...suggestion,
    data: { called, line: String(line) },
  }));
}

/** The text of a function, with nothing in its braces. */
function withoutBody(code: string): string {
  const begin = code.indexOf('{');
  const end = code.lastIndexOf('}');
  return begin < 0 || end < begin ? code : `${code.slice(0, begin)}{…}${code.slice(end + 1)}`;
}
