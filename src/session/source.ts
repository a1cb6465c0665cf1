/** What the analysis of a file is given. */

import type { Project } from '../project/project.ts';
import type { ClientModule } from '../sdk/client-module.ts';
import type { Wrapper } from '../values/libraries/shapes.ts';
import { CLIENTS } from '../sdk/packages.ts';

/** What the host knows of a file. */
export interface SourceFile {
  readonly ast: object;
  readonly text: string;
  readonly scopeManager: object | null;
}

/** What a file is looked at with. */
export interface Surroundings {
  readonly clients: readonly ClientModule[];
  /** The functions that the user has told of. */
  readonly wrappers?: readonly Wrapper[];
  /** Whether the file is the script of a component, with a template that is not seen. */
  readonly isComponent: boolean;
  /** The modules that imports lead to; null where the file is looked at by itself. */
  readonly project: () => Project | null;
  /** The steps that the analysis may take, where they are fewer than others go by. */
  readonly steps?: number;
}

export const ALONE: Surroundings = {
  clients: CLIENTS,
  isComponent: false,
  project: () => null,
};
