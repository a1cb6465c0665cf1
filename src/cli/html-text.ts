/** A run as the text of a page, with what is known of the rules. */

import manifest from '../../package.json' with { type: 'json' };
import { REPOSITORY } from '../about.ts';
import type { ExplainedRun } from '../explain/explained.ts';
import { pageOf } from '../explain/page/page.ts';
import type { RulesMeta } from '../explain/sarif.ts';
import { isOurs, ownMeta } from './own-rules.ts';

/** A run as the text of a page. */
export function htmlText(run: ExplainedRun, cwd: string, rulesMeta: RulesMeta = {}): string {
  const { name, version } = manifest;
  return pageOf(run, {
    cwd,
    isOurs,
    rules: { ...ownMeta(), ...rulesMeta },
    tool: { name, version, url: REPOSITORY },
  });
}
