/** The peers that `docs/accuracy.md` holds the rules against: what each reports of all the cases. */

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';

import { CLIENT_MODULE } from '../../../src/sdk/roles.ts';
import { configOf, TYPESCRIPT } from '../../../tests/helpers/program-verdicts.ts';
import { codePathRule } from './code-path-rule.ts';
import { nameOf, placeOf, type Case } from './cases.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where those are that the project does not need for anything else. */
const TOOLS = join(ROOT, 'node_modules/.cache/accuracy-peers');

const BIOME = '2.6.8';
const AST_GREP = '0.51.1';
const JWT_SECURITY = '3.3.0';

const FILES = ['**/*.{js,jsx,cjs,mjs,ts,tsx}'];

const JSX: Linter.LanguageOptions = {
  ...TYPESCRIPT,
  parserOptions: { ecmaFeatures: { jsx: true } },
};

export interface Peer {
  readonly name: string;
  /** How it is set up, in a sentence. */
  readonly setUp: string;
  /** The places that are reported; see {@link placeOf}. */
  readonly reports: (cases: readonly Case[], root: string) => Promise<ReadonlySet<string>>;
}

/** Puts the peers where they are run from. */
export function installPeers(): void {
  mkdirSync(TOOLS, { recursive: true });
  writeFileSync(join(TOOLS, 'package.json'), '{ "private": true }\n');
  const packages = [
    `@biomejs/biome@${BIOME}`,
    `@ast-grep/cli@${AST_GREP}`,
    `eslint-plugin-jwt-security@${JWT_SECURITY}`,
  ];
  // ESLint is the one of the project.
  const args = [
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--legacy-peer-deps',
    ...packages,
  ];
  execFileSync('npm', args, { cwd: TOOLS, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** A rule of this plugin, with the options that each case is written for. */
export function ownRule(rule: string): Peer {
  return {
    name: `\`intercom-jwt/${rule}\``,
    setUp: 'with the options for which the program is written',
    reports: (cases, root) =>
      Promise.resolve(
        placesOf(cases, root, (one) => {
          const isProject = one.program.files.some(({ name }) => name !== null);
          const { rules = {}, ...config } = configOf(one.program, TYPESCRIPT, isProject);
          const id = `intercom-jwt/${rule}`;
          return { ...config, rules: { [id]: rules[id] ?? 'error' } };
        }),
      ),
  };
}

export const codePaths: Peer = {
  name: 'a rule on ESLint’s code path analysis',
  setUp: '`scripts/accuracy/peers/code-path-rule.ts`, some hundred lines',
  reports: (cases, root) =>
    Promise.resolve(
      placesOf(cases, root, () => ({
        files: FILES,
        languageOptions: JSX,
        plugins: { peer: { rules: { paths: codePathRule } } },
        rules: { 'peer/paths': 'error' },
      })),
    ),
};

export const jwtSecurity: Peer = {
  name: '`jwt-security/require-expiration`',
  setUp: `eslint-plugin-jwt-security ${JWT_SECURITY}`,
  async reports(cases, root) {
    const path = createRequire(join(TOOLS, 'package.json')).resolve('eslint-plugin-jwt-security');
    const { default: plugin } = (await import(pathToFileURL(path).href)) as {
      readonly default: ESLint.Plugin;
    };
    return placesOf(cases, root, () => ({
      files: FILES,
      languageOptions: JSX,
      plugins: { 'jwt-security': plugin },
      rules: { 'jwt-security/require-expiration': 'error' },
    }));
  },
};

/** With the types of the SDK, which is installed beside the cases. */
export const typedPromises: Peer = {
  name: '`@typescript-eslint/no-floating-promises`',
  setUp: `typescript-eslint ${versionOf('typescript-eslint')}, with the types of the SDK`,
  async reports(cases, root) {
    typed(root);
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      allowInlineConfig: false,
      overrideConfig: {
        files: FILES,
        languageOptions: {
          parser: tseslint.parser,
          parserOptions: { project: './tsconfig.json', tsconfigRootDir: root },
        },
        plugins: { '@typescript-eslint': tseslint.plugin },
        rules: { '@typescript-eslint/no-floating-promises': 'error' },
      },
    });
    const results = await eslint.lintFiles(cases.map(({ folder }) => folder));
    return new Set(
      results.flatMap(({ filePath, messages }) =>
        messages
          .filter(({ ruleId }) => ruleId !== null)
          .map(({ line }) => placeOf(root, filePath, line)),
      ),
    );
  },
};

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: {
      readonly path: string | { readonly file: string };
      readonly start?: { readonly line: number };
      readonly span?: readonly [number, number] | null;
      readonly sourceCode?: string | null;
    };
  }[];
}

export const biomePromises: Peer = {
  name: '`noFloatingPromises` of Biome',
  setUp: `Biome ${BIOME}, the types of the SDK beside the code`,
  reports(_, root) {
    typed(root);
    const rules = { recommended: false, nursery: { noFloatingPromises: 'error' } };
    writeFileSync(
      join(root, 'biome.json'),
      JSON.stringify({ linter: { enabled: true, rules }, formatter: { enabled: false } }),
    );
    const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
    const { stdout, stderr } = run('biome', args, root);
    if (!stdout.startsWith('{')) throw new Error(`Biome says nothing of the cases: ${stderr}`);
    const { diagnostics } = JSON.parse(stdout) as BiomeReport;
    return Promise.resolve(
      new Set(
        diagnostics
          .filter(({ category }) => category.endsWith('noFloatingPromises'))
          .map(({ location: { path, start } }) =>
            placeOf(
              root,
              join(root, typeof path === 'string' ? path : path.file),
              start?.line ?? 0,
            ),
          ),
      ),
    );
  },
};

/** A method of the client that is called, with no awaited `setUserJwt` among what stands before. */
const CALLS = `id: unset
language: Tsx
rule:
  pattern: $CLIENT.$METHOD($$$)
  not:
    inside:
      stopBy: end
      follows:
        stopBy: end
        has:
          stopBy: end
          pattern: await $SETTER.setUserJwt($$$)
constraints:
  METHOD:
    regex: ^(?:login|register|present|update|send|fetch|search|handlePush|logEvent)
  CLIENT:
    regex: ^Intercom$
`;

/** A life of less than half an hour, as it is usually written. */
const LIVES = `id: short
language: Tsx
rule:
  any:
    - pattern:
        context: "({ expiresIn: $LIFE })"
        selector: pair
    - pattern: $TOKEN.setExpirationTime($LIFE)
constraints:
  LIFE:
    regex: ^(?:['"](?:\\d+ ?s(?:ec.*)?|[12]?\\d ?m(?:in.*)?)['"]|\\d{1,3}|1[0-7]\\d\\d|[12]?\\d \\* 60)$
`;

/** Patterns of ast-grep, which reads all languages as TypeScript with JSX. */
function patterns(setUp: string, rule: string): Peer {
  return {
    name: 'patterns of ast-grep',
    setUp: `ast-grep ${AST_GREP}, ${setUp}`,
    reports(cases, root) {
      const copies = join(root, 'patterns');
      for (const { program, folder } of cases) {
        for (const file of program.files) {
          const path = join(folder, nameOf(file));
          const copy = join(copies, `${path.slice(root.length)}.tsx`);
          mkdirSync(dirname(copy), { recursive: true });
          copyFileSync(path, copy);
        }
      }
      const rules = join(root, 'rule.yml');
      writeFileSync(rules, rule);
      const { stdout } = run('ast-grep', ['scan', '--rule', rules, '--json=stream', copies], root);
      const found = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map(
          (line) =>
            JSON.parse(line) as {
              readonly file: string;
              readonly range: { readonly start: { readonly line: number } };
            },
        );
      return Promise.resolve(
        new Set(
          found.map(({ file, range }) =>
            placeOf(copies, file.slice(0, -extname(file).length), range.start.line + 1),
          ),
        ),
      );
    },
  };
}

export const callPatterns = patterns('a call with no awaited `setUserJwt` before it', CALLS);
export const lifePatterns = patterns('short lives as they are usually written', LIVES);

/** What a configuration of each case reports, by ESLint. */
function placesOf(
  cases: readonly Case[],
  root: string,
  configFor: (one: Case) => Linter.Config,
): ReadonlySet<string> {
  const places = new Set<string>();
  for (const one of cases) {
    const linter = new Linter({ cwd: one.folder });
    for (const file of one.program.files) {
      const filename = join(one.folder, nameOf(file));
      for (const { line, ruleId } of linter.verify(file.code, configFor(one), { filename })) {
        if (ruleId !== null) places.add(placeOf(root, filename, line));
      }
    }
  }
  return places;
}

/** Makes a project of TypeScript of the cases, with the packages of this one. */
function typed(root: string): void {
  if (readdirSync(root).includes('tsconfig.json')) return;
  const compilerOptions = {
    ...{ allowJs: true, checkJs: true, noEmit: true, jsx: 'preserve', skipLibCheck: true },
    ...{ module: 'esnext', moduleResolution: 'bundler', target: 'esnext', strict: true, types: [] },
  };
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*/**/*'], exclude: ['patterns', 'node_modules'] }),
  );
  const [from, to] = [join(ROOT, 'node_modules'), join(root, 'node_modules')];
  mkdirSync(join(to, '@intercom'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@intercom' && !name.startsWith('.')) {
      symlinkSync(join(from, name), join(to, name), 'junction');
    }
  }
  // Biome follows no link to it.
  cpSync(join(from, CLIENT_MODULE), join(to, CLIENT_MODULE), { recursive: true });
}

function run(program: string, args: readonly string[], cwd: string) {
  return spawnSync(join(TOOLS, 'node_modules/.bin', program), args, {
    ...{ cwd, encoding: 'utf8', maxBuffer: 1e9 },
    shell: process.platform === 'win32',
  });
}

function versionOf(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as {
    readonly version: string;
  };
  return version;
}
