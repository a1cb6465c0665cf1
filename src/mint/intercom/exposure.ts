/** Where the secret that signs Intercom's user JWTs gets into the app, or into its code. */

import { keyName, memberName, rootOf, unwrap, type Node } from '../../syntax/ast.ts';
import { bundledBy, bundledRead } from './bundled.ts';
import { isPublic, namesIntercomKey, namesIntercomSecret } from './names.ts';
import type { Mint, MintFile } from '../model.ts';
import { pathOf, usedIn } from '../../syntax/forms.ts';

export type Exposure =
  | { readonly kind: 'publicName'; readonly node: Node; readonly name: string }
  | { readonly kind: 'bundled'; readonly node: Node; readonly name: string; readonly by: string }
  | { readonly kind: 'literal'; readonly node: Node }
  | { readonly kind: 'clientCode'; readonly node: Node; readonly reason: string };

/** Packages of React Native and Expo, that of Expo's push service left out: it is for servers. */
const CLIENT_PACKAGE =
  /^(?:react-native(?:$|[-/])|@react-native(?:-|\/)|expo(?:$|[-/])|@expo(?:-|\/))/;
const SERVER_PACKAGE = /^expo-server-sdk(?:$|\/)/;

/** The exposures of a file, each secret told once. */
export function exposuresOf(file: MintFile): readonly Exposure[] {
  const exposures: Exposure[] = [];
  const names = new Set<string>();
  for (const node of file.reads) {
    for (const { name, at, read } of namesReadBy(node)) {
      if (!namesIntercomSecret(name)) continue;
      const bundled = isPublic(name) ? null : bundledRead(read, name, file.expressions);
      if (!isPublic(name) && bundled === null) continue;
      names.add(name);
      exposures.push(
        bundled === null
          ? { kind: 'publicName', node: at, name }
          : { ...bundled, kind: 'bundled', node: at },
      );
    }
  }
  const reason = clientReason(file);
  const told = new Set<Node>();
  for (const bundled of bundledBy(file.program, file.filename, (value) => file.namesOf(value))) {
    if (!names.has(bundled.name)) exposures.push({ kind: 'bundled', ...bundled });
  }
  // A hash of the user's id is made with the same secret.
  for (const key of reason === null ? [] : file.hmacKeys()) {
    const made = file.namesOf(key);
    if (!made.some(namesIntercomKey) || made.some((name) => names.has(name))) continue;
    told.add(key);
    exposures.push({ kind: 'clientCode', node: key, reason: reason ?? '' });
  }
  for (const mint of file.mints()) {
    if (!mint.isIntercom) continue;
    const exposure = exposureOf(mint, file, reason, names);
    if (exposure === null || told.has(exposure.node)) continue;
    told.add(exposure.node);
    exposures.push(exposure);
  }
  return exposures;
}

/** What exposes the key of a mint, unless it has been told where the key is read. */
function exposureOf(
  mint: Mint,
  file: MintFile,
  reason: string | null,
  told: ReadonlySet<string>,
): Exposure | null {
  const { node, keys } = mint;
  const isHere = (one: Node): boolean => rootOf(one) === file.program;
  for (const key of keys) {
    const { names, literals } = file.originOf(key, mint);
    if (names.some(({ name }) => told.has(name))) return null;
    const shown = names.find(({ name, isEnvironment }) => isEnvironment && isPublic(name));
    if (isHere(key)) {
      if (shown !== undefined) return { kind: 'publicName', node: key, name: shown.name };
      if (literals.length > 0) return { kind: 'literal', node: key };
    } else {
      // Of what a helper in another file is given, what this file gives is told here.
      const literal = literals.find(isHere);
      if (literal !== undefined) return { kind: 'literal', node: literal };
    }
  }
  if (reason === null || !isHere(mint.site)) return null;
  return { kind: 'clientCode', node: keys.find(isHere) ?? node, reason };
}

/** What shows that a file is a part of the app. */
function clientReason({ program, specifiers }: MintFile): string | null {
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement') break;
    const expression = unwrap(statement.expression);
    if (expression.type !== 'Literal') break;
    if (expression.value === 'use client') return "it says 'use client'";
  }
  const specifier = specifiers.find((one) => CLIENT_PACKAGE.test(one) && !SERVER_PACKAGE.test(one));
  return specifier === undefined ? null : `it imports ${specifier}`;
}

interface NameRead {
  readonly name: string;
  readonly at: Node;
  /** The expression, or what binds it. */
  readonly read: Node;
}

/** The names of environment variables that a node reads. */
function namesReadBy(node: Node): readonly NameRead[] {
  switch (node.type) {
    case 'MemberExpression': {
      const name = memberName(node);
      const use = usedIn(node);
      const { parent } = use;
      const isWritten =
        (parent?.type === 'AssignmentExpression' &&
          parent.left === use &&
          parent.operator === '=') ||
        (parent?.type === 'UnaryExpression' && parent.operator === 'delete');
      return name === null || isWritten ? [] : [{ name, at: node, read: node }];
    }
    case 'CallExpression': {
      const [first] = node.arguments;
      const name = first === undefined ? null : keyName(unwrap(first), true);
      return first === undefined || name === null ? [] : [{ name, at: first, read: first }];
    }
    case 'VariableDeclarator': {
      if (node.id.type !== 'ObjectPattern' || node.init === null) return [];
      const { init } = node;
      const isEnvironment = /(?:^|\.)env$/.test(pathOf(init));
      return node.id.properties.flatMap((property): readonly NameRead[] => {
        if (property.type !== 'Property') return [];
        const name = keyName(property.key, property.computed);
        if (name === null || (!isEnvironment && isPublic(name))) return [];
        return [{ name, at: property.key, read: init }];
      });
    }
    case 'ImportDeclaration':
      return node.specifiers.flatMap((specifier): readonly NameRead[] => {
        if (specifier.type !== 'ImportSpecifier') return [];
        const name = keyName(specifier.imported, false);
        return name === null ? [] : [{ name, at: specifier.imported, read: specifier }];
      });
    default:
      return [];
  }
}
