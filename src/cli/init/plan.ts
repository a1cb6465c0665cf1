/** What it takes to set the plugin up in a project. Nothing is written here. */

import manifest from '../../../package.json' with { type: 'json' };
import { addressOf } from '../../about.ts';
import { CONFIGS, type ConfigName } from '../../configs.ts';
import { parseJson } from '../../project/json.ts';
import { withPlugin } from './edit-config.ts';
import { factsOf, type Facts, type Manager } from './facts.ts';
import type { Tree } from './tree.ts';

export interface Edit {
  /** Relative to the folder of the run. */
  readonly path: string;
  /** Null where there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
}

export interface Plan {
  readonly manager: Manager;
  readonly config: 'recommended' | 'session';
  /** Why it is this configuration. */
  readonly why: string;
  /** The command that installs what is missing: program and arguments; null where nothing is. */
  readonly install: readonly string[] | null;
  readonly edits: readonly Edit[];
  /** What lints then. */
  readonly lint: string;
  /** What is left to do by hand, and what is worth knowing. */
  readonly notes: readonly string[];
}

export interface Wishes {
  /** The configuration; null for the one that suits. */
  readonly config: 'recommended' | 'session' | null;
  /** Whether a workflow of GitHub Actions is wanted, that lints. */
  readonly ci: boolean;
  /** Whether a hook is wanted, that lints what is committed. */
  readonly hook: boolean;
}

export function planOf(tree: Tree, wishes: Wishes): Plan {
  const facts = factsOf(tree);
  const { config, why, notes: told } = proposal(facts, wishes);
  const { manager } = facts;
  const linter = linterOf(tree, facts, config);
  const steps = [
    linter,
    scriptOf(facts, linter),
    ...(wishes.ci ? [workflowOf(tree, facts, linter)] : []),
    ...(wishes.hook ? [hookOf(tree, facts)] : []),
  ];
  const missing = [manifest.name, ...linter.packages].filter(
    (name) => facts.manifest?.dependencies.has(name) !== true,
  );
  return {
    manager,
    config,
    why,
    install:
      missing.length === 0 || facts.manifest === null
        ? null
        : [...INSTALL[manager](facts), ...missing],
    edits: steps.flatMap(({ edits }) => edits),
    lint: `${EXECUTE[manager]} ${linter.command}`,
    notes: [...told, ...steps.flatMap(({ notes }) => notes)],
  };
}

/** Part of what there is to do. */
interface Step {
  readonly edits: readonly Edit[];
  readonly notes: readonly string[];
}

interface LinterStep extends Step {
  readonly packages: readonly string[];
  /** What lints, as a script has it. */
  readonly command: string;
}

const INSTALL: Readonly<Record<Manager, (facts: Facts) => readonly string[]>> = {
  npm: () => ['npm', 'install', '--save-dev'],
  pnpm: ({ isWorkspaceRoot }) => ['pnpm', 'add', '--save-dev', ...(isWorkspaceRoot ? ['-w'] : [])],
  yarn: ({ isWorkspaceRoot, isYarnClassic }) => [
    ...['yarn', 'add', '--dev'],
    ...(isWorkspaceRoot && isYarnClassic ? ['-W'] : []),
  ],
  bun: () => ['bun', 'add', '--dev'],
};

const EXECUTE: Readonly<Record<Manager, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  bun: 'bunx',
};

const SECURITY = addressOf('docs/getting-started.md#is-messenger-security-on');

function proposal(
  { usage }: Facts,
  wishes: Wishes,
): Pick<Plan, 'config' | 'why'> & Pick<Step, 'notes'> {
  const { client, web, sets, provides, hashes, mints } = usage;
  const [provider] = provides;
  const [set] = sets;
  const [hash] = hashes;
  const [use] = client;
  const asked = wishes.config;
  if (asked !== null) return { config: asked, why: 'it was asked for', notes: [] };
  if (provider !== undefined) {
    return {
      config: 'session',
      why: `${provider} registers a \`setUserJwtProvider\`, which keeps a session supplied`,
      notes: [],
    };
  }
  if (set !== undefined) {
    return { config: 'recommended', why: `${set} calls \`setUserJwt\``, notes: [] };
  }
  const [page] = web;
  if (use === undefined && page !== undefined) {
    return { config: 'recommended', why: `${page} uses the web Messenger`, notes: [] };
  }
  if (use === undefined) {
    const [mint] = mints;
    return mint === undefined
      ? {
          config: 'recommended',
          why: 'nothing tells otherwise',
          notes: ['No script here uses the Intercom SDK, or mints an Intercom JWT.'],
        }
      : { config: 'recommended', why: `${mint} may mint user JWTs`, notes: [] };
  }
  const question =
    hash === undefined
      ? 'Is Messenger Security on?'
      : `${hash} calls \`setUserHash\`. Is identity verified by that alone?`;
  return {
    config: 'session',
    why: `${use} uses the SDK, and no script calls \`setUserJwt\`: of the two this reports less`,
    notes: [
      `No script calls \`setUserJwt\`. ${question} ${SECURITY} tells how to find out, and what to do.`,
    ],
  };
}

function linterOf(tree: Tree, facts: Facts, config: ConfigName): LinterStep {
  const { flatConfig, legacyConfig, oxlintConfig, manifest: own } = facts;
  const hasEslint = own?.dependencies.has('eslint') === true;
  if (flatConfig !== null) return existing(tree, flatConfig, config);
  if (oxlintConfig !== null && !hasEslint) return forOxlint(tree, oxlintConfig, config);
  if (legacyConfig !== null) {
    return {
      packages: [],
      command: `intercom-jwt${config === 'recommended' ? '' : ` --config ${config}`}`,
      edits: [],
      notes: [
        `${legacyConfig} is of ESLint 8: the plugin is for flat configurations. Its own command reads none, and lints beside it.`,
      ],
    };
  }
  return created(tree, facts, config);
}

function existing(tree: Tree, path: string, config: ConfigName): LinterStep {
  const before = tree.read(path);
  const edited =
    before === null ? { problem: 'it cannot be read' } : withPlugin(path, before, config);
  const base = { packages: [], command: 'eslint .' };
  if ('text' in edited)
    return { ...base, edits: [{ path, before, after: edited.text }], notes: [] };
  const note = edited.problem.includes('already')
    ? `${path} has the plugin already.`
    : `${path} is left as it is: ${edited.problem}. Put \`...intercomJwt.configs.${config}\` into what it exports, with \`intercomJwt\` from '${manifest.name}'.`;
  return { ...base, edits: [], notes: [note] };
}

function forOxlint(tree: Tree, path: string, config: ConfigName): LinterStep {
  const before = tree.read(path);
  const base = { packages: [], command: 'oxlint' };
  const json = before === null ? undefined : strictJson(before);
  if (before === null || json === undefined) {
    const note = `${path} is left as it is, since it has comments or cannot be read: ${addressOf('docs/hosts.md')} tells what goes into it.`;
    return { ...base, edits: [], notes: [note] };
  }
  const { jsPlugins, rules, ...others } = json;
  const plugins: readonly unknown[] = Array.isArray(jsPlugins) ? jsPlugins : [];
  if (plugins.includes(manifest.name)) {
    return { ...base, edits: [], notes: [`${path} has the plugin already.`] };
  }
  const changed = {
    ...others,
    jsPlugins: [...plugins, manifest.name],
    rules: { ...(typeof rules === 'object' ? rules : {}), ...CONFIGS[config] },
  };
  return { ...base, edits: [{ path, before, after: written(changed, before) }], notes: [] };
}

/** A configuration where there is none yet. */
function created(tree: Tree, { manifest: own }: Facts, config: ConfigName): LinterStep {
  const range = own?.dependencies.get('typescript');
  const isExpo = own?.dependencies.has('eslint-config-expo') === true;
  const isSeven = range !== undefined && /^[~^>=v ]*[7-9]/u.test(range);
  const hasParser = own?.dependencies.has('typescript-eslint') === true;
  const hasTypes = range !== undefined || hasParser;
  const notes =
    isSeven && !isExpo
      ? [
          'The parser of typescript-eslint does not run with TypeScript 7 yet, so ESLint is set up for JavaScript alone. The command `intercom-jwt` reads TypeScript all the same, and so does oxlint.',
        ]
      : [];
  if (isExpo) {
    const after = `const { defineConfig } = require('eslint/config');
const expoConfig = require('eslint-config-expo/flat');
const intercomJwt = require('${manifest.name}');

module.exports = defineConfig([expoConfig, ...intercomJwt.configs.${config}]);
`;
    const path = own.type === 'module' ? 'eslint.config.cjs' : 'eslint.config.js';
    return {
      packages: ['eslint'],
      command: 'eslint .',
      edits: [{ path, before: null, after }],
      notes,
    };
  }
  const parsed = hasTypes && !isSeven;
  // Yarn writes its loaders beside the code, with comments that are for others.
  const ignored = tree.exists('.pnp.cjs') ? "  { ignores: ['.pnp.*'] },\n" : '';
  const after = parsed
    ? `import intercomJwt from '${manifest.name}';
import tseslint from 'typescript-eslint';

export default [
${ignored}  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser: tseslint.parser },
  },
  ...intercomJwt.configs.${config},
];
`
    : `import intercomJwt from '${manifest.name}';

export default [
${ignored}  {
    files: ['**/*.{js,mjs,cjs,jsx}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  ...intercomJwt.configs.${config},
];
`;
  return {
    packages: ['eslint', ...(parsed ? ['typescript-eslint'] : [])],
    command: 'eslint .',
    edits: [{ path: 'eslint.config.mjs', before: null, after }],
    notes,
  };
}

/** A script that lints, where there is none. */
function scriptOf({ manifest: own }: Facts, { command }: LinterStep): Step {
  if (own === null) {
    return { edits: [], notes: ['There is no package.json here: nothing is installed.'] };
  }
  const [program = ''] = command.split(' ', 1);
  const runs = Object.values(own.scripts).some((script) =>
    new RegExp(String.raw`\b(?:${program}|expo lint|next lint|turbo|nx)\b`, 'u').test(script),
  );
  const name = own.scripts['lint'] === undefined ? 'lint' : 'lint:intercom';
  const json = strictJson(own.text);
  if (runs || own.scripts[name] !== undefined || json === undefined) return NOTHING;
  const after = written({ ...json, scripts: { ...own.scripts, [name]: command } }, own.text);
  return { edits: [{ path: 'package.json', before: own.text, after }], notes: [] };
}

const NOTHING: Step = { edits: [], notes: [] };

function workflowOf(tree: Tree, { manager, manifest: own }: Facts, linter: LinterStep): Step {
  const path = '.github/workflows/intercom-jwt.yml';
  if (manager !== 'npm' || own === null) {
    const note = `No workflow is written for ${manager}: ${addressOf('docs/ci.md')} has the steps.`;
    return { edits: [], notes: [note] };
  }
  if (tree.exists(path)) return { edits: [], notes: [`${path} is there already.`] };
  const after = `name: intercom-jwt
on: [push, pull_request]
permissions:
  contents: read
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: actions/setup-node@v7
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - run: npx ${linter.command} --max-warnings 0
`;
  return { edits: [{ path, before: null, after }], notes: [] };
}

const HOOK = '.husky/pre-commit';

/** A hook lints all of the project: a change in one file can make a call in another faulty. */
function hookOf(tree: Tree, { manager }: Facts): Step {
  const recipes = `${addressOf('docs/ci.md#hooks')} has recipes for others.`;
  if (!tree.exists('.husky')) {
    return { edits: [], notes: [`No hook is written, as husky is not set up. ${recipes}`] };
  }
  const before = tree.read(HOOK);
  if (before?.includes('intercom-jwt') === true) return NOTHING;
  const start = before === null ? '' : `${before.trimEnd()}\n`;
  return {
    edits: [{ path: HOOK, before, after: `${start}${EXECUTE[manager]} intercom-jwt\n` }],
    notes: [],
  };
}

/** JSON that can be written again with nothing lost: an object, and no comments. */
function strictJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  try {
    JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    return undefined;
  }
  return Object.fromEntries(Object.entries(json));
}

/** JSON as a text has it that was there before: with its indents and the end of its lines. */
function written(value: unknown, before: string): string {
  const [, indent = '  '] = /\n([ \t]+)/u.exec(before) ?? [];
  const text = JSON.stringify(value, null, indent) + (before.endsWith('\n') ? '\n' : '');
  return before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
