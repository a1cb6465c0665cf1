/** Secrets that a configuration, or a module made of the environment, puts into the app. */

import { baseName } from '../../project/names.ts';
import { childrenOf, keyName, unwrap, type Node, type Program } from '../../syntax/ast.ts';
import type { Expressions } from '../../values/evaluate.ts';
import { pathOf } from '../../syntax/forms.ts';
import { namesIntercomSecret } from './names.ts';

/** A secret, by its name, with what puts it into the app. */
export interface Bundled {
  readonly node: Node;
  readonly name: string;
  readonly by: string;
}

/** Modules whose exports are variables of the environment, written into the app when it is built. */
const MODULES: ReadonlySet<string> = new Set([
  '@env',
  'react-native-config',
  'react-native-dotenv',
]);

interface Config {
  readonly file: RegExp;
  /** What it is the configuration of, for messages. */
  readonly of: string;
  /** The paths of the objects that are written into the app. */
  readonly paths: readonly (readonly string[])[];
}

/**
 * Sources: the documentation of Expo (`extra`, read by `expo-constants`), of Next.js (`env` is
 * inlined, `publicRuntimeConfig` is sent to the browser), of Nuxt (`runtimeConfig.public`) and of
 * Vite (`define`).
 */
const CONFIGS: readonly Config[] = [
  { file: /^app\.config\.[cm]?[jt]sx?$/, of: 'the Expo config', paths: [['extra']] },
  {
    file: /^next\.config\.[cm]?[jt]s$/,
    of: 'the Next.js config',
    paths: [['env'], ['publicRuntimeConfig']],
  },
  {
    file: /^nuxt\.config\.[cm]?[jt]s$/,
    of: 'the Nuxt config',
    paths: [['runtimeConfig', 'public']],
  },
  {
    file: /^(?:vite|vitest|electron\.vite)\.config\.[cm]?[jt]s$/,
    of: 'the Vite config',
    paths: [['define']],
  },
];

/** The secret that an expression reads from a module of the environment; null for any other. */
export function bundledRead(node: Node, name: string, file: Expressions): Bundled | null {
  if (!namesIntercomSecret(name)) return null;
  const source = node.type === 'ImportSpecifier' ? importedFrom(node) : file.external(node)?.module;
  return source && MODULES.has(source) ? { node, name, by: `\`${source}\`` } : null;
}

function importedFrom({ parent }: Node): string | null {
  return parent?.type === 'ImportDeclaration' ? parent.source.value : null;
}

/**
 * The secrets that a configuration puts into the app.
 *
 * @param namesOf the names that a value is made of
 */
export function bundledBy(
  program: Program,
  filename: string,
  namesOf: (value: Node) => readonly string[],
): readonly Bundled[] {
  const config = CONFIGS.find(({ file }) => file.test(baseName(filename)));
  if (config === undefined) return [];
  const found: Bundled[] = [];
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const path = node.type === 'Property' ? pathTo(node, config) : null;
    if (path !== null && node.type === 'Property') {
      for (const { value, name } of leavesOf(node.value)) {
        const secret = [name, ...namesOf(stringified(value))].find(namesIntercomSecret);
        if (secret === undefined) continue;
        found.push({ node: value, name: secret, by: `\`${path.join('.')}\` of ${config.of}` });
      }
      continue;
    }
    open.push(...childrenOf(node).toReversed());
  }
  return found;
}

/** The path at whose end a property is; null where it is at the end of none. */
function pathTo(property: Node, { paths }: Config): readonly string[] | null {
  return (
    paths.find((path) => {
      let node: Node | null = property;
      for (const name of path.toReversed()) {
        if (node?.type !== 'Property' || keyName(node.key, node.computed) !== name) return false;
        node = node.parent?.parent ?? null;
      }
      return true;
    }) ?? null
  );
}

/** The values in an object, however deep, with their names; without empty texts. */
function leavesOf(object: Node): readonly { readonly value: Node; readonly name: string }[] {
  const inner = unwrap(object);
  if (inner.type !== 'ObjectExpression') return [];
  return inner.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    const value = unwrap(property.value);
    if (value.type === 'ObjectExpression') return leavesOf(value);
    if (value.type === 'Literal' && value.value === '') return [];
    return [{ value: property.value, name: keyName(property.key, property.computed) ?? '' }];
  });
}

/** What `JSON.stringify(value)` makes a text of; another expression as it is. */
function stringified(node: Node): Node {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression' || pathOf(inner.callee) !== 'JSON.stringify') return node;
  return inner.arguments[0] ?? node;
}
