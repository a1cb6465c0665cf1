/** The shared configurations: which rules are on, with which options. */

import type { Linter } from 'eslint';

type Rules = Record<string, Linter.RuleEntry>;

const NAMESPACE = 'intercom-jwt';

const RECOMMENDED: Rules = {
  'intercom-jwt/no-empty-user-jwt': 'error',
  'intercom-jwt/no-exposed-jwt-secret': 'error',
  'intercom-jwt/no-floating-set-user-jwt': 'error',
  'intercom-jwt/no-jwt-ttl-unit-mismatch': 'error',
  'intercom-jwt/no-short-jwt-ttl': 'error',
  'intercom-jwt/no-stale-relogin': 'error',
  'intercom-jwt/no-stale-user-jwt': 'error',
  'intercom-jwt/no-stored-user-jwt': 'error',
  'intercom-jwt/no-swallowed-set-user-jwt': ['error', { when: 'relied-on' }],
  'intercom-jwt/no-user-jwt-as-user-hash': 'error',
  'intercom-jwt/require-set-user-jwt': 'error',
  'intercom-jwt/require-user-id-claim': 'error',
  'intercom-jwt/require-web-user-jwt': 'error',
  'intercom-jwt/valid-web-messenger': 'error',
};

const STRICT: Rules = {
  ...RECOMMENDED,
  'intercom-jwt/no-floating-set-user-jwt': ['error', { allowVoid: false, allowCatch: false }],
  'intercom-jwt/no-interval-only-refresh': 'error',
  'intercom-jwt/no-long-jwt-ttl': 'error',
  'intercom-jwt/no-stored-user-jwt': ['error', { devices: true }],
  'intercom-jwt/no-swallowed-set-user-jwt': ['error', { when: 'always' }],
  'intercom-jwt/require-jwt-expiry': 'error',
  'intercom-jwt/require-set-user-jwt': [
    'error',
    { protect: ['login', 'update', 'present', 'request'], helpers: 'every-path' },
  ],
  'intercom-jwt/require-web-user-jwt': ['error', { boots: true }],
};

const SESSION: Rules = {
  ...RECOMMENDED,
  'intercom-jwt/require-set-user-jwt': ['error', { entry: 'session' }],
};

/** The names of the configurations, with their rules. */
export const CONFIGS = {
  recommended: RECOMMENDED,
  strict: STRICT,
  session: SESSION,
  all: STRICT,
} as const satisfies Record<string, Rules>;

export type ConfigName = keyof typeof CONFIGS;

/** Scripts only: a rule that met CSS or JSON would stop the run. */
/** Extensions of scripts, */
export const SCRIPTS = ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'] as const;

/** and of what has scripts among other things. */
export const MIXED = ['vue', 'svelte', 'astro'] as const;

export const FILES = [`**/*.{${[...SCRIPTS, ...MIXED].join(',')}}`];

export function configName(name: ConfigName): string {
  return `${NAMESPACE}/${name}`;
}

export { NAMESPACE };
