import { describe } from 'vitest';

import rule from '../../rules/no-user-jwt-as-user-hash.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const NAME = 'no-user-jwt-as-user-hash';

/** Twins in the body of an async function. */
function inAsync(twins: Twins): Twins {
  const wrap = (body: string): string => `async function identify(user, value) {\n${body}\n}`;
  return { ...twins, faulty: wrap(twins.faulty), correct: wrap(twins.correct) };
}

describe('what is handed to `setUserHash`', () => {
  const hash = (twins: Omit<Twins, 'messageId'>): Twins =>
    inAsync({ messageId: 'setUserHash', ...twins });
  testTwins(NAME, rule, [
    hash({
      name: 'a property that is named for a JWT',
      faulty: 'await ⟦Intercom.setUserHash(user.intercomJwt)⟧;',
      data: { jwt: '`user.intercomJwt`' },
      correct: 'await Intercom.setUserHash(user.intercomHash);',
    }),
    ...['jwt', 'userJWT', 'intercom_user_jwt', 'JWT_TOKEN', 'jwtToken'].map((name) =>
      hash({
        name: `a variable \`${name}\``,
        faulty: `const { ${name} } = await fetchIdentity(user); await ⟦Intercom.setUserHash(${name})⟧;`,
        correct: `const { ${name}Hash } = await fetchIdentity(user); await Intercom.setUserHash(${name}Hash);`,
      }),
    ),
    ...['token', 'intercomToken', 'user_token', 'TOKEN'].map((name) =>
      hash({
        name: `a variable \`${name}\`: no token belongs there`,
        faulty: `const { ${name} } = await fetchIdentity(user); await ⟦Intercom.setUserHash(${name})⟧;`,
        correct: `const { ${name}Hmac } = await fetchIdentity(user); await Intercom.setUserHash(${name}Hmac);`,
      }),
    ),
    hash({
      name: 'the word token, not its letters',
      faulty: 'await ⟦Intercom.setUserHash(await getToken(user))⟧;',
      correct: 'await Intercom.setUserHash(await tokenize(user));',
    }),
    hash({
      name: 'the result of a call that is named for a JWT',
      faulty: 'await ⟦Intercom.setUserHash(await fetchIntercomJwt(user))⟧;',
      correct: 'await Intercom.setUserHash(await fetchIntercomHash(user));',
    }),
    hash({
      name: 'such a result in a variable, whatever its name',
      faulty: `const userHash = await api.getJwt(user);
await ⟦Intercom.setUserHash(userHash)⟧;`,
      correct: `const userHash = await api.getHash(user);
await Intercom.setUserHash(userHash);`,
    }),
    hash({
      name: 'a hash in a variable that is named for a JWT',
      faulty: `const jwt = await api.getToken(user);
await ⟦Intercom.setUserHash(jwt)⟧;`,
      correct: `const jwt = createHmac('sha256', key).update(user.id).digest('hex');
await Intercom.setUserHash(jwt);`,
    }),
    hash({
      name: 'a property under another name',
      faulty: `const { jwt: hash } = await fetchIdentity(user);
await ⟦Intercom.setUserHash(hash)⟧;`,
      correct: `const { hash: jwt } = await fetchIdentity(user);
await Intercom.setUserHash(jwt);`,
    }),
    hash({
      name: 'a variable that is assigned later',
      faulty: `let hash;
if (user) hash = await fetchJwt(user);
await ⟦Intercom.setUserHash(hash)⟧;`,
      correct: `let hash;
if (user) hash = await fetchHash(user);
await Intercom.setUserHash(hash);`,
    }),
    hash({
      name: 'what is stored under the name of a JWT',
      faulty: "await ⟦Intercom.setUserHash(await SecureStore.getItemAsync('intercom-jwt'))⟧;",
      correct: "await Intercom.setUserHash(await SecureStore.getItemAsync('intercom-hash'));",
    }),
    hash({
      name: 'a token that is signed on the spot',
      faulty: 'await ⟦Intercom.setUserHash(jwt.sign({ user_id: user.id }, value))⟧;',
      correct: "await Intercom.setUserHash(jwt.decode(user.token)['hash']);",
    }),
    hash({
      name: 'a token that is written out',
      faulty: "await ⟦Intercom.setUserHash('eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoiMSJ9.c2ln')⟧;",
      correct: "await Intercom.setUserHash('9f86d081884c7d659a2feaa0c55ad015');",
    }),
    hash({
      name: 'one side of a fallback',
      faulty: "await ⟦Intercom.setUserHash(user.jwt ?? '')⟧;",
      correct: "await Intercom.setUserHash(user.hash ?? '');",
    }),
    hash({
      name: 'what is given to `setUserJwt` as well',
      faulty: `await Intercom.setUserJwt(value);
await ⟦Intercom.setUserHash(value)⟧;`,
      data: { jwt: '`value`' },
      correct: `await Intercom.setUserJwt(value);
await Intercom.setUserHash(user);`,
    }),
    hash({
      name: 'the same under another name, and not in place of it',
      faulty: `const token = value;
await ⟦Intercom.setUserHash(token)⟧;
await Intercom.setUserJwt(value);`,
      correct: `if (user.isVerified) await Intercom.setUserJwt(value);
else await Intercom.setUserHash(value);`,
    }),
    hash({
      name: 'the word, not its letters',
      faulty: 'await ⟦Intercom.setUserHash(user.jwt_v2)⟧;',
      correct: 'await Intercom.setUserHash(user.njwtBuilder);',
    }),
    hash({
      name: 'by a client of the web, which is none',
      faulty: 'await ⟦Intercom?.setUserHash(user.jwt)⟧;',
      correct: 'await messenger.setUserHash(user.jwt);',
    }),
    hash({
      name: 'by the method alone',
      faulty: 'const { setUserHash } = Intercom; await ⟦setUserHash(user.jwt)⟧;',
      correct: 'const { setUserHash } = user; await setUserHash(user.jwt);',
    }),
    hash({
      name: 'by a client that was loaded later',
      faulty: `const { default: sdk } = await import('@intercom/intercom-react-native');
await ⟦sdk.setUserHash(user.jwt)⟧;`,
      correct: `const { default: sdk } = await import('./shim.js');
await sdk.setUserHash(user.jwt);`,
    }),
    hash({
      name: 'behind a cast',
      typescript: true,
      faulty: 'await ⟦Intercom.setUserHash(user.jwt as string)⟧;',
      correct: 'await Intercom.setUserHash(user.hash as string);',
    }),
  ]);
});

describe('what is handed to `setAuthTokens`', () => {
  const tokens = (twins: Omit<Twins, 'messageId'>): Twins =>
    inAsync({ messageId: 'setAuthTokens', ...twins });
  testTwins(NAME, rule, [
    tokens({
      name: 'a JWT of Intercom, and not one of another service',
      faulty: 'await ⟦Intercom.setAuthTokens({ security_token: user.intercomJwt })⟧;',
      data: { jwt: '`user.intercomJwt`' },
      correct: 'await Intercom.setAuthTokens({ security_token: user.jwt });',
    }),
    tokens({
      name: 'a user JWT, and not an access token',
      faulty: 'await ⟦Intercom.setAuthTokens({ token: await fetchUserJwt() })⟧;',
      correct: 'await Intercom.setAuthTokens({ token: await fetchAccessJwt() });',
    }),
    tokens({
      name: 'what is given to `setUserJwt` as well',
      faulty: `await Intercom.setUserJwt(value);
await ⟦Intercom.setAuthTokens({ token: value })⟧;`,
      correct: `await Intercom.setUserJwt(value);
await Intercom.setAuthTokens({ token: user });`,
    }),
    tokens({
      name: 'one token of several, in an object with a name',
      faulty: `const tokens = { first: user.token, second: user.intercom_user_jwt };
await ⟦Intercom.setAuthTokens(tokens)⟧;`,
      data: { jwt: '`user.intercom_user_jwt`' },
      correct: `const tokens = { first: user.token, second: user.second };
await Intercom.setAuthTokens(tokens);`,
    }),
    tokens({
      name: 'a token with no object around it',
      faulty: 'await ⟦Intercom.setAuthTokens(user.intercomJwt)⟧;',
      correct: 'await Intercom.setAuthTokens(user.tokens);',
    }),
  ]);
});
