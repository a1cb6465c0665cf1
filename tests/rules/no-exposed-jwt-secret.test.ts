import { describe } from 'vitest';

import rule from '../../rules/no-exposed-jwt-secret.ts';
import { testMintTwins, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'no-exposed-jwt-secret';

function testPairs(messageId: string, prologue: string, table: readonly MintPair[]): void {
  testMintTwins(
    NAME,
    rule,
    messageId,
    table.map(([name, faulty, correct, more]) => [name, faulty, correct, { prologue, ...more }]),
  );
}

const JWT = "import jwt from 'jsonwebtoken';\n";

describe('a name that bundlers put into the app', () => {
  testPairs('publicName', '', [
    [
      'of Expo',
      'const key = ⟦process.env.EXPO_PUBLIC_INTERCOM_SECRET⟧;',
      'const key = process.env.INTERCOM_SECRET;',
      { data: { name: 'EXPO_PUBLIC_INTERCOM_SECRET' } },
    ],
    [
      'of Next',
      "const key = ⟦process.env['NEXT_PUBLIC_INTERCOM_SECRET_KEY']⟧;",
      "const key = process.env['NEXT_PUBLIC_INTERCOM_APP_ID'];",
    ],
    [
      'of Vite',
      'const key = ⟦import.meta.env.VITE_INTERCOM_JWT_SECRET⟧;',
      'const key = import.meta.env.VITE_JWT_SECRET;',
    ],
    [
      'of React, destructured',
      'const { ⟦REACT_APP_INTERCOM_SECRET⟧: key } = process.env;',
      'const { REACT_APP_INTERCOM_SECRET: key } = options;',
    ],
    [
      'of SvelteKit',
      "import { ⟦PUBLIC_INTERCOM_SECRET⟧ } from '$env/static/public';",
      "import { INTERCOM_SECRET } from '$env/static/private';",
    ],
    [
      'as a text',
      "const key = config.get(⟦'GATSBY_INTERCOM_SECRET'⟧);",
      "const key = config.get('INTERCOM_SECRET');",
    ],
    [
      'an API key is public by design',
      'const key = ⟦process.env.EXPO_PUBLIC_INTERCOM_SECRET⟧;',
      'const key = process.env.EXPO_PUBLIC_INTERCOM_IOS_API_KEY;',
    ],
    [
      'what is written is not read',
      'f(⟦process.env.VITE_INTERCOM_SECRET⟧);',
      "process.env.VITE_INTERCOM_SECRET = 'x'; delete process.env.VITE_INTERCOM_SECRET;",
    ],
  ]);

  testPairs('publicName', JWT, [
    [
      'it is told once, where it is read',
      'const key = ⟦process.env.VITE_INTERCOM_SECRET⟧;\njwt.sign({}, key);',
      'const key = process.env.INTERCOM_SECRET;\njwt.sign({}, key);',
    ],
    [
      'at the mint where it is no `secret` by its name',
      'const key = process.env.VITE_INTERCOM_JWT_KEY;\njwt.sign({}, ⟦key⟧);',
      'const key = process.env.VITE_INTERCOM_JWT_KEY;\nf({}, key);',
    ],
  ]);
});

describe('a secret in the code', () => {
  testPairs('literal', JWT, [
    [
      'a text',
      "const intercomUserJwt = jwt.sign({}, ⟦'a-secret'⟧);",
      "const userJwt = jwt.sign({}, 'a-secret');",
    ],
    [
      'a fallback',
      "jwt.sign({}, ⟦process.env.INTERCOM_SECRET || 'a-secret'⟧);",
      "jwt.sign({}, process.env.INTERCOM_SECRET ?? '');",
    ],
    [
      'a constant',
      "const INTERCOM_SECRET = 'a-secret';\njwt.sign({}, ⟦INTERCOM_SECRET⟧);",
      "const SECRET = 'a-secret';\njwt.sign({}, SECRET);",
    ],
    [
      'the default of a setting',
      "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { INTERCOM_SECRET: str({ default: 'a-secret' }) });\njwt.sign({}, ⟦env.INTERCOM_SECRET⟧);",
      "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { INTERCOM_SECRET: str() });\njwt.sign({}, env.INTERCOM_SECRET);",
    ],
    [
      'encoded',
      "const intercomJwt = jwt.sign({}, ⟦Buffer.from('a-secret', 'utf8')⟧);",
      "const intercomJwt = jwt.sign({}, Buffer.from(secret, 'utf8'));",
    ],
    [
      'a fallback, and no version',
      "jwt.sign({}, ⟦config.get('INTERCOM_SECRET', 'a-secret')⟧);",
      "jwt.sign({}, await accessSecret('INTERCOM_SECRET', 'latest'));",
    ],
    [
      'the name of a variable is no secret',
      "jwt.sign({}, ⟦get('INTERCOM_SECRET') || 'x'⟧);",
      "jwt.sign({}, get('INTERCOM_SECRET'));",
    ],
  ]);
});

describe('a mint in the app', () => {
  const mint = 'jwt.sign({}, ⟦process.env.INTERCOM_SECRET⟧);';
  const plain = 'jwt.sign({}, process.env.INTERCOM_SECRET);';
  const pair = (name: string, faulty: string, correct: string, reason: string): MintPair => [
    name,
    `${faulty}\n${JWT}${mint}`,
    `${correct}\n${JWT}${plain}`,
    { data: { reason } },
  ];
  testPairs('clientCode', '', [
    pair(
      'React Native',
      "import { View } from 'react-native';",
      "import { View } from 'react-nativeish';",
      'it imports react-native',
    ),
    pair(
      'a package of React Native',
      "import x from '@react-native-async-storage/async-storage';",
      "import x from '@react/native';",
      'it imports @react-native-async-storage/async-storage',
    ),
    pair(
      'Expo',
      "import * as SecureStore from 'expo-secure-store';",
      "import { Expo } from 'expo-server-sdk';",
      'it imports expo-secure-store',
    ),
    pair('require', "require('expo');", "require('express');", 'it imports expo'),
    pair("'use client'", "'use client';", "'use server';", "it says 'use client'"),
    pair('not without the directive', "'use client';\nf();", 'f();', "it says 'use client'"),
  ]);
  testPairs('clientCode', '', [
    [
      'an import for its types is none',
      `import { View } from 'react-native';\n${JWT}${mint}`,
      `import type { View } from 'react-native';\n${JWT}${plain}`,
      { typescript: true },
    ],
    [
      'an import of types alone is none',
      `import { type ViewProps, View } from 'react-native';\n${JWT}${mint}`,
      `import { type ViewProps } from 'react-native';\n${JWT}${plain}`,
      { typescript: true },
    ],
    [
      'a library that is made for apps',
      "import 'react-native';\nimport JWT from 'expo-jwt';\nJWT.encode({}, ⟦intercomSecret⟧);",
      "import 'react-native';\nimport JWT from 'expo-jwt';\nJWT.decode(token, intercomSecret);",
    ],
  ]);
});
