/** Changes of what the web Messenger is told, which rules suggest. */

import { keyName, memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import { SDK_EXPORTS, SDK_PACKAGE } from '../sdk/web/apis.ts';
import type { WebFile } from '../web/model.ts';
import type { Change } from './proof.ts';
import type { Suggestion } from './suggest.ts';

/** The message id of what {@link suggestName} suggests, */
export const NAME_MESSAGES = { rename: 'Call it `{{name}}`.' } as const;

/** and of what {@link suggestExport} does. */
export const EXPORT_MESSAGES = { callExport: 'Call `{{name}}` of the package instead.' } as const;

/** Gives a property another name; nothing where it has none that is written out. */
export function suggestName(property: Node | null, name: string): readonly Suggestion[] {
  if (property?.type !== 'Property' || property.computed) return [];
  const { key, value, shorthand } = property;
  const from = offsetOf(key);
  const change: Change = shorthand
    ? { from, to: from, text: `${name}: ` }
    : { from, to: endOf(key), text: key.type === 'Literal' ? `'${name}'` : name };
  const isPlain =
    property.kind === 'init' && !property.method && value.type !== 'AssignmentPattern';
  return isPlain ? [{ messageId: 'rename', data: { name }, changes: [change] }] : [];
}

/** Calls the export of the SDK that a text names, in place of its default export. */
export function suggestExport(
  call: CallExpression,
  name: string,
  file: WebFile,
  text: string,
): readonly Suggestion[] {
  if (!SDK_EXPORTS.has(name)) return [];
  const [first, second] = call.arguments;
  if (first === undefined) return [];
  const callee = unwrap(call.callee);
  const target = targetOf(callee, name, file, text);
  if (target === null) return [];
  const until = second === undefined ? endOf(first) : offsetOf(second);
  const changes: readonly Change[] = [
    { from: offsetOf(call.callee), to: endOf(call.callee), text: target.text },
    { from: offsetOf(first), to: until, text: '' },
    ...(target.imported === null ? [] : [target.imported]),
  ];
  // A comma may stand behind the only argument.
  const rest = text.slice(until, endOf(call));
  if (second === undefined && rest.includes(',')) return [];
  return [{ messageId: 'callExport', data: { name }, changes }];
}

interface Target {
  readonly text: string;
  /** What has to be imported for it. */
  readonly imported: Change | null;
}

/** How an export of the SDK is called where its default export is. */
function targetOf(callee: Node, name: string, file: WebFile, text: string): Target | null {
  if (callee.type === 'MemberExpression') {
    const object = unwrap(callee.object);
    const isPackage = file.clients.partOf(object)?.kind === 'package';
    const isPlain = object.type === 'Identifier' && memberName(callee) === 'default';
    return isPackage && isPlain ? { text: `${object.name}.${name}`, imported: null } : null;
  }
  for (const statement of file.program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== SDK_PACKAGE) continue;
    if (statement.importKind === 'type') continue;
    const { specifiers } = statement;
    const named = specifiers.filter((one) => one.type === 'ImportSpecifier');
    const known = named.find((one) => keyName(one.imported, false) === name);
    if (known !== undefined) return { text: known.local.name, imported: null };
    if (specifiers.some((one) => one.type === 'ImportNamespaceSpecifier')) return null;
    if (isTaken(name, text)) return null;
    const last = named.at(-1);
    const imported: Change | null =
      last !== undefined
        ? insertion(endOf(last), `, ${name}`)
        : specifiers[0] === undefined
          ? null
          : insertion(endOf(specifiers[0]), `, { ${name} }`);
    return imported === null ? null : { text: name, imported };
  }
  return null;
}

/** Whether a text has a name anywhere, but as a member or in quotes. */
function isTaken(name: string, text: string): boolean {
  return new RegExp(`(?<!['"\`.\\w$])${name}(?!['"\`\\w$])`).test(text);
}

function insertion(at: number, text: string): Change {
  return { from: at, to: at, text };
}
