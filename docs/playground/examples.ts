/** The examples of the pages of the rules: blocks of code, in the order of their page. */

import { isOneOf, LANGUAGES, type Language } from './src/state.ts';

export interface Example {
  readonly language: Language;
  readonly code: string;
  readonly isFaulty: boolean;
}

/** The blocks of a page that can be linted; those below a heading with ❌ are faulty. */
export function examplesOf(page: string): readonly Example[] {
  let isFaulty = false;
  const found: Example[] = [];
  for (const [, heading, language, code = ''] of page.matchAll(
    /^#+ (.*)$|^```(\w+)\n([^]*?)^```$/gmu,
  )) {
    if (heading !== undefined) isFaulty = heading.includes('❌');
    else if (isOneOf(LANGUAGES, language)) found.push({ language, code, isFaulty });
  }
  return found;
}
