import { readFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

const { homepage } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('eslint-doc-generator').GenerateOptions} */
const config = {
  configEmoji: [
    ['recommended', '✅'],
    ['strict', '🔒'],
  ],
  ignoreConfig: ['all', 'session'],
  postprocess: async (content, path) =>
    format(content, { ...(await resolveConfig(path)), parser: 'markdown' }),
  ruleDocSectionInclude: ['Rule Details', 'When Not To Use It'],
  ruleDocTitleFormat: 'desc-parens-prefix-name',
  // The README is shown by registries too, where a relative link leads nowhere.
  urlRuleDoc: (name, path) =>
    path.endsWith('README.md') ? `${homepage}/blob/main/docs/rules/${name}.md` : `${name}.md`,
};

export default config;
