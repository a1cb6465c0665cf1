/** Names that say that something is Intercom's. */

import { wordsOf } from '../../sdk/words.ts';

/** What stands behind `intercom` where a name is written without a seam: `intercomjwt`. */
const JOINED = /^intercom(jwt|token|hash|secret|identity|user|auth)s?$/;

/** What a signing key of Intercom's is called, besides `intercom`. */
const KEY_WORDS = /^(?:secrets?|keys?|jwt|identity|messenger|verification|hmac)$/;

/** Names of Intercom's that are no signing key. */
const NO_KEY = /(?:^| )(?:api key|access token|app id|webhook)(?: |$)/;

const MINTING_VERBS = /^(?:sign|mint|create|generate|issue|build|encode|make)(?:s|ing|d|ed)?$/;
const MINTED = /^(?:jwt|token|identity|user|messenger|auth)s?$/;

/** Words of functions that mint the tokens of the application itself. */
const OTHER_PURPOSES = /^(?:access|refresh|verify|reset|invite|magic|session)$/;

/** Words of what is about an intercom at a door, or about Intercom's API, though `intercom` stands beside. */
const OTHER_INTERCOM = /^(?:states?|oauth2?|calls?|calling|doors?|panels?|devices?|connectors?)$/;

/** Claims of the tokens of such things. */
const OTHER_CLAIM = /^(?:door|call|device|panel)(?: id)?$|^nonce$/;

/** The words of a name, `intercomjwt` taken apart too. */
function nameWords(name: string): readonly string[] {
  return wordsOf(name).flatMap((word) => {
    const [, rest] = JOINED.exec(word) ?? [];
    return rest === undefined ? [word] : ['intercom', rest];
  });
}

/** Whether a name has the word `intercom`. */
export function namesIntercom(name: string): boolean {
  return nameWords(name).includes('intercom');
}

/** Whether a name is that of the key which signs Intercom's user JWTs. */
export function namesIntercomKey(name: string): boolean {
  const words = nameWords(name);
  if (!words.includes('intercom') || NO_KEY.test(words.join(' '))) return false;
  return words.some((word) => KEY_WORDS.test(word));
}

/** Whether a name is that of a secret of Intercom's. */
export function namesIntercomSecret(name: string): boolean {
  const words = nameWords(name);
  return words.includes('intercom') && words.some((word) => /^secrets?$/.test(word));
}

/** Whether a name, in any case style, is the one that the Messenger takes a user JWT by. */
export function namesUserJwt(name: string): boolean {
  return /^intercom (?:user )?jwt$/.test(nameWords(name).join(' '));
}

/** Whether a function's name says that it mints a token of Intercom's. */
export function namesIntercomMint(name: string): boolean {
  const words = nameWords(name);
  return (
    words.includes('intercom') &&
    words.some((word) => MINTING_VERBS.test(word)) &&
    words.some((word) => MINTED.test(word))
  );
}

/** Whether a function's name says that it mints a token of another kind. */
export function namesOtherToken(name: string): boolean {
  const words = nameWords(name);
  return !words.includes('intercom') && words.some((word) => OTHER_PURPOSES.test(word));
}

/** Whether a function or class is, by its name, about a door's intercom or about Intercom's API. */
export function namesOtherIntercom(name: string): boolean {
  const words = nameWords(name);
  return words.some((word) => OTHER_INTERCOM.test(word)) || /(?:^| )o auth/.test(words.join(' '));
}

/** Whether a claim is one of the tokens of such things. */
export function namesOtherClaim(name: string): boolean {
  return OTHER_CLAIM.test(nameWords(name).join(' '));
}

/** What bundlers put into the app, by the start of an environment variable's name. */
const PUBLIC_PREFIX =
  /^(?:EXPO_PUBLIC|NEXT_PUBLIC|NUXT_PUBLIC|NUXT_ENV|VITE|REACT_APP|PUBLIC|GATSBY|VUE_APP|PARCEL|STORYBOOK|SNOWPACK_PUBLIC|RAZZLE)_/;

/** Whether bundlers put an environment variable into the app. */
export function isPublic(name: string): boolean {
  return PUBLIC_PREFIX.test(name);
}
