/** The plugin, for Node.js. */

import { projectDigest } from './eslint/digest.ts';
import { ON_DISK } from './on-disk.ts';
import { pluginOf, RULES, type Plugin } from './plugin.ts';
import { runOn } from './project/machine.ts';

runOn(ON_DISK);

const plugin: Plugin & { projectDigest: typeof projectDigest } = Object.assign(pluginOf(RULES), {
  projectDigest,
});

export default plugin;
export { projectDigest, plugin as 'module.exports' };
export type { ProjectDigestOptions } from './eslint/digest.ts';
