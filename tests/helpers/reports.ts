/** Runs with findings, for what is made of them. */

import { ESLint } from 'eslint';

import { explainedRun, type ExplainedRun } from '../../src/explain/explained.ts';
import { pageOf } from '../../src/explain/page/page.ts';
import plugin from '../../src/index.ts';

/** A program with a helper in another module, and a finding of another plugin. */
export const TWO_FILES = {
  'src/open.js': `import Intercom from '@intercom/intercom-react-native';
import { ensureJwt } from './ensure';

export async function open(jwt) {
  const unused = 1;
  await ensureJwt(jwt);
  await Intercom.present();
}
`,
  'src/ensure.js': `import Intercom from '@intercom/intercom-react-native';

export async function ensureJwt(jwt) {
  if (!jwt) return;
  await Intercom.setUserJwt(jwt);
}
`,
};

/** A session that is set, cleared and gone, and a way that leads back up. */
export const ONE_FILE = {
  'src/account.js': `import Intercom from '@intercom/intercom-react-native';

export async function leave(jwt) {
  const ask = async () => {


    await Intercom.presentMessageComposer('why');
  };
  await Intercom.setUserJwt(jwt);
  await Intercom.updateUser({});
  await Intercom.logout();
  await ask();
}
`,
};

/** A token whose life comes from a constant. */
export const TOKEN = {
  'src/token.js': `import jwt from 'jsonwebtoken';

const LIFE = '5m';

export const intercomJwt = (user) =>
  jwt.sign({ user_id: user.id }, process.env.INTERCOM_SECRET, { expiresIn: LIFE });
`,
};

/** Lints a folder, and takes down the ways. */
export function explainedIn(cwd: string): Promise<ExplainedRun> {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [...plugin.configs.strict, { rules: { 'no-unused-vars': 'warn' } }],
  });
  return explainedRun(() => eslint.lintFiles(['.']));
}

/** Whether a rule is one of the plugin. */
export function isOurs(ruleId: string): boolean {
  return ruleId.startsWith('intercom-jwt/');
}

/** A run as a page. */
export function htmlOf(run: ExplainedRun, cwd: string): string {
  const rules = Object.fromEntries(
    Object.entries(plugin.rules ?? {}).map(([name, { meta }]) => [`intercom-jwt/${name}`, meta]),
  );
  const tool = { name: 'the plugin', version: '1.2.3', url: 'https://example.com' };
  return pageOf(run, { cwd, isOurs, rules, tool });
}
