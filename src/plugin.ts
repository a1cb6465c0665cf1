/** The rules, and the plugin that they make together with its configurations. */

import type { ESLint, Linter, Rule } from 'eslint';

import manifest from '../package.json' with { type: 'json' };
import noEmptyUserJwt from '../rules/no-empty-user-jwt.ts';
import noExposedJwtSecret from '../rules/no-exposed-jwt-secret.ts';
import noFloatingSetUserJwt from '../rules/no-floating-set-user-jwt.ts';
import noIntervalOnlyRefresh from '../rules/no-interval-only-refresh.ts';
import noJwtTtlUnitMismatch from '../rules/no-jwt-ttl-unit-mismatch.ts';
import noLongJwtTtl from '../rules/no-long-jwt-ttl.ts';
import noShortJwtTtl from '../rules/no-short-jwt-ttl.ts';
import noStaleRelogin from '../rules/no-stale-relogin.ts';
import noStaleUserJwt from '../rules/no-stale-user-jwt.ts';
import noStoredUserJwt from '../rules/no-stored-user-jwt.ts';
import noSwallowedSetUserJwt from '../rules/no-swallowed-set-user-jwt.ts';
import noUserJwtAsUserHash from '../rules/no-user-jwt-as-user-hash.ts';
import requireJwtExpiry from '../rules/require-jwt-expiry.ts';
import requireSetUserJwt from '../rules/require-set-user-jwt.ts';
import requireUserIdClaim from '../rules/require-user-id-claim.ts';
import requireWebUserJwt from '../rules/require-web-user-jwt.ts';
import validWebMessenger from '../rules/valid-web-messenger.ts';
import { addressOf } from './about.ts';
import { configName, CONFIGS, FILES, NAMESPACE, type ConfigName } from './configs.ts';

export const RULES: Readonly<Record<string, Rule.RuleModule>> = {
  'no-empty-user-jwt': noEmptyUserJwt,
  'no-exposed-jwt-secret': noExposedJwtSecret,
  'no-floating-set-user-jwt': noFloatingSetUserJwt,
  'no-interval-only-refresh': noIntervalOnlyRefresh,
  'no-jwt-ttl-unit-mismatch': noJwtTtlUnitMismatch,
  'no-long-jwt-ttl': noLongJwtTtl,
  'no-short-jwt-ttl': noShortJwtTtl,
  'no-stale-relogin': noStaleRelogin,
  'no-stale-user-jwt': noStaleUserJwt,
  'no-stored-user-jwt': noStoredUserJwt,
  'no-swallowed-set-user-jwt': noSwallowedSetUserJwt,
  'no-user-jwt-as-user-hash': noUserJwtAsUserHash,
  'require-jwt-expiry': requireJwtExpiry,
  'require-set-user-jwt': requireSetUserJwt,
  'require-user-id-claim': requireUserIdClaim,
  'require-web-user-jwt': requireWebUserJwt,
  'valid-web-messenger': validWebMessenger,
};

export interface Plugin extends ESLint.Plugin {
  configs: Record<ConfigName, Linter.Config[]>;
}

/**
 * ESLint's old format, `.eslintrc`, shows what it does not understand as JSON. The plugin is in its
 * own configurations, so it is of a kind that has no JSON, and this is what is shown instead.
 */
const REFUSAL = `a flat configuration: ${manifest.name} needs an eslint.config.mjs, see ${addressOf('docs/troubleshooting.md')}`;

/** The plugin with these rules, and its configurations with them. */
export function pluginOf(rules: Readonly<Record<string, Rule.RuleModule>>): Plugin {
  const plugin: Plugin = {
    meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
    rules: { ...rules },
    configs: { recommended: [], strict: [], session: [], all: [] },
  };
  for (const name of Object.keys(CONFIGS) as ConfigName[]) {
    plugin.configs[name].push({
      name: configName(name),
      files: FILES,
      plugins: { [NAMESPACE]: plugin },
      rules: CONFIGS[name],
    });
    Object.defineProperty(plugin.configs[name], 'toJSON', { value: () => REFUSAL });
  }
  return plugin;
}
