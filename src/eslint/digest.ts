/** `projectDigest`, for ESLint's `--cache`, which knows nothing of other files. */

import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { warnOfFault } from './faults.ts';
import { CALLING, MINTING } from '../mint/model.ts';
import { MARKS } from '../mint/mints/units.ts';
import { digestOf } from '../project/digest.ts';
import { marksOf } from '../sdk/client-module.ts';
import { mayBorrowWeb, namesWeb, WEB_MARKS } from '../sdk/web/apis.ts';
import { parseSettings } from './settings.ts';

export interface ProjectDigestOptions {
  /** The folder that is linted; the current one by default. */
  readonly cwd?: string;
  /** The clients that `settings` name, if they name any. */
  readonly clients?: readonly (object | string)[];
}

/**
 * A digest of what the modules of a project tell about the functions and constants that they
 * export. Put it into `settings['intercom-jwt'].digest`: ESLint then lints cached files again when
 * it changes, that is, when a module that files depend on changes in more than its comments,
 * layout, texts of elements and declared types.
 *
 * Where the plugin itself fails, it is another one each time, so that nothing cached is believed.
 *
 * @throws TypeError where `clients` are not as `settings` want them
 */
export function projectDigest({ cwd = '.', clients = [] }: ProjectDigestOptions = {}): string {
  const folder = resolve(cwd);
  const settings = parseSettings({ clients }, folder);
  if ('problem' in settings) {
    throw new TypeError(`projectDigest: ${settings.path}: ${settings.problem}`);
  }
  try {
    return digestOf({
      cwd: folder,
      marks: marksOf(settings.clients),
      called: [...new Set(settings.clients.map(({ called }) => called))],
      minting: MINTING,
      lending: CALLING,
      lent: MARKS,
      web: { marks: WEB_MARKS, isNamed: namesWeb, mayBorrow: mayBorrowWeb },
      packages: settings.clients.flatMap(({ module, path }) => (path === null ? [module] : [])),
    });
  } catch (error) {
    warnOfFault('projectDigest', error);
    return randomUUID();
  }
}
