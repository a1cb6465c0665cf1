/** What the guards are told of the project around the files that are read. */

import type { Node } from '../../syntax/ast.ts';
import type { Outside } from '../../values/externals.ts';
import type { IsHook } from './hooks.ts';

export interface Surroundings {
  readonly isHook: IsHook;
  readonly outside: Outside;
  /** Whether one of some packages is installed. */
  readonly isNamed: (packages: readonly string[]) => boolean;
  /** Whether an import leads to a file of the project, which may not be read. */
  readonly isOwn: (from: Node, specifier: string) => boolean;
}
