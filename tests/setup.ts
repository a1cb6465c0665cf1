/**
 * A fault of the plugin fails the test that meets it. For every program that a rule is tested with,
 * what is suggested there is tested, too.
 */

import { RuleTester, type Linter } from 'eslint';
import { it } from 'vitest';

import { faults } from '../src/eslint/faults.ts';
import { applySuggestions } from './helpers/suggestions.ts';

faults.areThrown = true;

/** What a tester keeps of the configuration that it was made with. */
interface Configured {
  readonly testerConfig: readonly [unknown, Linter.Config, ...unknown[]];
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with a tester below
const { run } = RuleTester.prototype;

RuleTester.prototype.run = function (this: RuleTester & Configured, name, rule, cases) {
  run.call(this, name, rule, cases);
  const [, shared] = this.testerConfig;
  const ruleId = `intercom-jwt/${name.split(',')[0] ?? ''}`;
  it(`${name}: what is suggested mends the program`, () => {
    for (const one of [...cases.valid, ...cases.invalid]) {
      const { code, options, settings, languageOptions, filename } =
        typeof one === 'string' ? { code: one } : one;
      const { flaws } = applySuggestions(
        code,
        {
          ...(settings && { settings }),
          languageOptions: { ...shared.languageOptions, ...languageOptions },
          ...(options && { rules: { [ruleId]: ['error', ...(options as unknown[])] } }),
        },
        filename,
      );
      if (flaws.length > 0) throw new Error(flaws.join('\n\n'));
    }
  });
};
