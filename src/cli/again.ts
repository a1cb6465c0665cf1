/**
 * The ways into findings that were made before: by another process, by a worker, or out of a cache.
 * The files with findings of ours are linted again, with our rules alone, and what is reported there
 * is matched by rule and place.
 */

import { ESLint } from 'eslint';

import plugin from '../index.ts';
import { NAMESPACE } from '../configs.ts';
import { explainedResults, type ExplainedRun } from '../explain/explained.ts';
import { languagesOf, loadOxc } from './languages.ts';
import { isOurs } from './own-rules.ts';
import { Parsers } from './parsers.ts';

/** Results with the ways into them. What cannot be linted again is told without. */
export function explainedAgain(
  results: readonly ESLint.LintResult[],
  cwd: string,
): Promise<ExplainedRun> {
  // The options and settings of the project say what is found; it may have been another configuration.
  const attempts = [
    () => new ESLint({ cwd, ruleFilter: ({ ruleId }) => isOurs(ruleId) }),
    ...(['recommended', 'strict', 'session'] as const).map((name) => () => byOurselves(name, cwd)),
  ];
  return explainedResults(
    results,
    attempts.map((create) => async (paths: readonly string[]) => {
      try {
        await (await create()).lintFiles([...paths]);
      } catch {
        // What is not found this way may be in another.
      }
    }),
    isOurs,
  );
}

async function byOurselves(
  name: 'recommended' | 'strict' | 'session',
  cwd: string,
): Promise<ESLint> {
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [
      ...plugin.configs[name],
      { settings: { [NAMESPACE]: { suggestions: false } } },
      ...languagesOf(new Parsers(cwd, await loadOxc()), () => undefined),
    ],
  });
}
