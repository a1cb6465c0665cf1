/** The plugin: its rules and configurations. */

import type { ESLint, Linter } from 'eslint';

import manifest from '../package.json' with { type: 'json' };
import noEmptyUserJwt from '../rules/no-empty-user-jwt.ts';
import noFloatingSetUserJwt from '../rules/no-floating-set-user-jwt.ts';
import noIntervalOnlyRefresh from '../rules/no-interval-only-refresh.ts';
import noStaleRelogin from '../rules/no-stale-relogin.ts';
import noStaleUserJwt from '../rules/no-stale-user-jwt.ts';
import noSwallowedSetUserJwt from '../rules/no-swallowed-set-user-jwt.ts';
import noUserJwtAsUserHash from '../rules/no-user-jwt-as-user-hash.ts';
import requireSetUserJwt from '../rules/require-set-user-jwt.ts';
import { projectDigest } from './digest.ts';
import { configName, CONFIGS, FILES, NAMESPACE, type ConfigName } from './configs.ts';

const plugin: ESLint.Plugin & {
  configs: Record<ConfigName, Linter.Config[]>;
  projectDigest: typeof projectDigest;
} = {
  meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
  rules: {
    'no-empty-user-jwt': noEmptyUserJwt,
    'no-floating-set-user-jwt': noFloatingSetUserJwt,
    'no-interval-only-refresh': noIntervalOnlyRefresh,
    'no-stale-relogin': noStaleRelogin,
    'no-stale-user-jwt': noStaleUserJwt,
    'no-swallowed-set-user-jwt': noSwallowedSetUserJwt,
    'no-user-jwt-as-user-hash': noUserJwtAsUserHash,
    'require-set-user-jwt': requireSetUserJwt,
  },
  configs: { recommended: [], strict: [], session: [], all: [] },
  projectDigest,
};

for (const name of Object.keys(CONFIGS) as ConfigName[]) {
  plugin.configs[name].push({
    name: configName(name),
    files: FILES,
    plugins: { [NAMESPACE]: plugin },
    rules: CONFIGS[name],
  });
}

export default plugin;
export { projectDigest, plugin as 'module.exports' };
export type { ProjectDigestOptions } from './digest.ts';
