/** What a rule is, to those who make it one of ESLint's, and who try its changes. */

import type { Rule } from 'eslint';

import type { SessionFile } from '../session/model.ts';
import type { MintFile } from '../mint/model.ts';
import type { WebFile } from '../web/model.ts';
import type { Change } from './proof.ts';

export interface Trials {
  /** Whether no more changes are tried in the file. */
  readonly areOver: boolean;
  /**
   * Whether changes mend what is reported at a node: the report is gone, and no rule of the plugin
   * reports anything new.
   */
  mend(reported: object, changes: readonly Change[]): boolean;
}

export interface RuleOf<Model> {
  readonly name: string;
  readonly meta: Rule.RuleMetaData & { readonly messages: Record<string, string> };
  /** Asks the model of a file that concerns the rule, and reports. Called once a file. */
  readonly check: (context: Rule.RuleContext, model: Model, trials: Trials) => void;
}

/** A rule of the web Messenger. */
export type WebRule = RuleOf<WebFile>;

/** A call-order rule. */
export interface SessionRule extends RuleOf<SessionFile> {
  /** The same for what a file tells the web Messenger, where the rule asks for that, too. */
  readonly checkWeb?: WebRule['check'];
  /** And for the tokens that it mints. */
  readonly checkMints?: RuleOf<MintFile>['check'];
  /** Where it reports, for those who need no message: what takes long can be left out. */
  readonly places?: (options: readonly unknown[], session: SessionFile) => readonly object[];
}
