/** The lint stage of CI: the commands of the recipes, and what their formatters write. */

import { join } from 'node:path';

import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  createProject,
  expectedIn,
  install,
  INSTALL_TIMEOUT,
  type Outcome,
  type Project,
} from '../helpers/hosts.ts';
import { commandsOf, recipe } from '../helpers/recipes.ts';
import { TEN } from './projects.ts';

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly helpUri: string }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
          },
        ];
      }[];
    },
  ];
}

let project: Project;

beforeAll(async () => {
  project = await createProject(await install(TEN));
  project.copy('js');
  project.write({
    'eslint.config.js': `
import intercomJwt from 'eslint-plugin-intercom-jwt';
export default [
  { files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  ...intercomJwt.configs.recommended,
];`,
  });
}, INSTALL_TIMEOUT);

afterAll(() => {
  project.remove();
});

/** `file:line rule`, as far as a report of CI tells. */
const EXPECTED = expectedIn('js').map((finding) => finding.replace(/ \w+$/u, ''));

/** Runs the one command of a recipe that lints. */
async function runRecipe(file: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const [command, ...others] = commandsOf(recipe('docs/ci.md', file));
  if (command === undefined || others.length > 0) throw new Error(`not one command: ${file}`);
  return project.run(...command, env);
}

function isSarif(value: unknown): value is Sarif {
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  if (!validate(value)) throw new Error(ajv.errorsText(validate.errors));
  return true;
}

describe('the recipe for', () => {
  test('code scanning writes valid SARIF, with the findings and the pages of the rules', async () => {
    const outcome = await runRecipe('.github/workflows/code-scanning.yml');
    expect(outcome.code).toBe(1);

    const sarif: unknown = JSON.parse(project.read('eslint.sarif'));
    if (!isSarif(sarif)) throw new Error('unreachable');
    const [{ results, tool }] = sarif.runs;
    const findings = results.map(({ ruleId, locations: [{ physicalLocation: place }] }) =>
      [
        `${place.artifactLocation.uri.replace(/^.*\/js\//u, 'js/')}:${place.region.startLine}`,
        ruleId.replace('intercom-jwt/', ''),
      ].join(' '),
    );
    expect(findings.sort()).toEqual(EXPECTED);
    expect(results.map(({ level }) => level)).toEqual(EXPECTED.map(() => 'error'));
    for (const { id, helpUri } of tool.driver.rules) {
      expect(helpUri).toMatch(
        new RegExp(`/docs/rules/${id.replace('intercom-jwt/', '')}\\.md$`, 'u'),
      );
    }
  });

  test('SARIF that is not valid would be seen', () => {
    const sarif = JSON.parse(project.read('eslint.sarif')) as { runs: { results: unknown[] }[] };
    sarif.runs[0]?.results.push({ ruleId: 'intercom-jwt/require-set-user-jwt' });
    expect(() => isSarif(sarif)).toThrow(/must have required property 'message'/u);
  });

  test('GitHub writes annotations', async () => {
    const { code, stdout } = await runRecipe('.github/workflows/lint.yml', {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(project.folder, 'summary.md'),
    });
    expect(code).toBe(1);
    const annotations = stdout.split('\n').filter((line) => line.startsWith('::error'));
    const places = annotations.map((line) => {
      const file = /file=.*?(js\/[^,]+)/u.exec(line)?.[1] ?? '';
      return `${file}:${/line=(\d+)/u.exec(line)?.[1] ?? ''}`;
    });
    expect(places.sort()).toEqual(EXPECTED.map((finding) => finding.split(' ')[0]));
  });

  test('a report writes a page of its own, with each finding', async () => {
    const outcome = await runRecipe('.github/workflows/report.yml');
    expect(outcome.code).toBe(1);
    const page = project.read('report.html').replaceAll('<wbr>', '');
    const places = [...page.matchAll(/<a class="at"[^>]*>([^<]+)<span class="lc">:(\d+):/gu)];
    expect(places.map(([, file, line]) => `${file ?? ''}:${line ?? ''}`).sort()).toEqual(
      EXPECTED.map((finding) => finding.split(' ')[0]).sort(),
    );
  });

  test('GitLab writes a report on code quality', async () => {
    const outcome = await runRecipe('.gitlab-ci.yml', {
      ESLINT_CODE_QUALITY_REPORT: 'gl-code-quality-report.json',
    });
    expect(outcome.code).toBe(1);
    const report = JSON.parse(project.read('gl-code-quality-report.json')) as readonly {
      readonly check_name: string;
      readonly location: {
        readonly path: string;
        readonly positions: { readonly begin: { readonly line: number } };
      };
    }[];
    const findings = report.map(
      ({ check_name: rule, location: { path, positions } }) =>
        `${path}:${positions.begin.line} ${rule.replace('intercom-jwt/', '')}`,
    );
    expect(findings.sort()).toEqual(EXPECTED);
  });
});

test('the command of the package writes the same SARIF as ESLint', async () => {
  const { stdout } = await project.run('intercom-jwt', [
    '--format',
    '@microsoft/eslint-formatter-sarif',
    'js',
  ]);
  const sarif: unknown = JSON.parse(stdout);
  if (!isSarif(sarif)) throw new Error('unreachable');
  expect(sarif.runs[0].results).toHaveLength(EXPECTED.length);
});
