import { execFile } from 'node:child_process';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
const DEMO = fileURLToPath(new URL('../scripts/demo.mjs', import.meta.url));

/** What is wrong in the example app, by the definition of the session model, and of how tokens are minted. */
const FINDINGS = `
server/intercomHmac.ts:27 no-short-jwt-ttl short
server/intercomHmac.ts:32 no-jwt-ttl-unit-mismatch millisecondTime
server/intercomToken.ts:23 no-short-jwt-ttl short
server/intercomToken.ts:32 no-jwt-ttl-unit-mismatch bareText
server/intercomToken.ts:37 require-user-id-claim misnamed
server/intercomToken.ts:42 no-exposed-jwt-secret literal
src/screens/AccountScreen.tsx:17 require-set-user-jwt cleared
src/screens/AccountScreen.tsx:26 require-set-user-jwt cleared
src/screens/ArticlesScreen.tsx:15 require-set-user-jwt notAwaited
src/screens/BillingScreen.tsx:49 require-set-user-jwt calledUnset
src/screens/ChatScreen.tsx:12 require-set-user-jwt calledUnset
src/screens/ChatScreen.tsx:44 require-set-user-jwt calledUnset
src/screens/FeedbackScreen.tsx:103 require-set-user-jwt notAwaited
src/screens/FeedbackScreen.tsx:30 require-set-user-jwt calledUnset
src/screens/FeedbackScreen.tsx:57 require-set-user-jwt notAwaited
src/screens/FeedbackScreen.tsx:94 require-set-user-jwt notAwaited
src/screens/HelpScreen.tsx:13 require-set-user-jwt neverSet
src/screens/HelpScreen.tsx:20 require-set-user-jwt calledUnset
src/screens/HelpScreen.tsx:22 require-set-user-jwt neverSet
src/screens/HomeScreen.tsx:16 no-floating-set-user-jwt floating
src/screens/HomeScreen.tsx:18 require-set-user-jwt notAwaited
src/screens/HomeScreen.tsx:26 require-set-user-jwt calledUnset
src/screens/InboxScreen.tsx:48 require-set-user-jwt calledUnset
src/screens/OffersScreen.tsx:27 require-set-user-jwt calledUnset
src/screens/ParcelScreen.tsx:20 require-set-user-jwt skippedOnPath
src/screens/ProfileScreen.tsx:51 require-set-user-jwt calledUnset
src/screens/QuestionsScreen.tsx:14 require-set-user-jwt calledUnset
src/screens/ReadyScreen.tsx:20 require-set-user-jwt calledUnset
src/screens/SessionScreen.tsx:11 require-set-user-jwt neverSet
src/screens/TrackingScreen.tsx:15 require-set-user-jwt calledUnset
src/support/SupportService.ts:10 require-set-user-jwt notAwaited
src/support/SupportService.ts:28 require-set-user-jwt calledUnset
src/support/background.ts:13 require-set-user-jwt neverSet
src/support/background.ts:36 require-set-user-jwt neverSet
src/support/config.ts:6 no-exposed-jwt-secret publicName
src/support/effects.ts:12 require-set-user-jwt neverSet
src/support/failures.ts:14 require-set-user-jwt rejected
src/support/failures.ts:24 require-set-user-jwt rejected
src/support/flows.ts:19 require-set-user-jwt notAwaited
src/support/guest.ts:12 require-set-user-jwt neverSet
src/support/guest.ts:21 require-set-user-jwt skippedOnPath
src/support/interceptors.ts:15 require-set-user-jwt neverSet
src/support/language.ts:12 require-set-user-jwt notAwaited
src/support/language.ts:23 require-set-user-jwt skippedOnPath
src/support/language.ts:38 require-set-user-jwt cleared
src/support/linkAccount.ts:15 require-set-user-jwt rejected
src/support/linkAccount.ts:23 no-floating-set-user-jwt floating
src/support/linkAccount.ts:27 require-set-user-jwt notAwaited
src/support/lock.ts:12 require-set-user-jwt notAwaited
src/support/lock.ts:25 require-set-user-jwt rejected
src/support/machine.ts:20 require-set-user-jwt calledUnset
src/support/models.ts:19 require-set-user-jwt notAwaited
src/support/models.ts:37 require-set-user-jwt neverSet
src/support/openMessenger.ts:30 require-set-user-jwt notAwaited
src/support/openMessenger.ts:38 require-set-user-jwt skippedOnPath
src/support/queues.ts:107 require-set-user-jwt notAwaited
src/support/queues.ts:24 require-set-user-jwt notAwaited
src/support/queues.ts:33 no-floating-set-user-jwt floating
src/support/queues.ts:46 require-set-user-jwt rejected
src/support/queues.ts:57 require-set-user-jwt notAwaited
src/support/queues.ts:72 require-set-user-jwt cleared
src/support/queues.ts:84 require-set-user-jwt neverSet
src/support/queues.ts:97 require-set-user-jwt notAwaited
src/support/ready.ts:16 require-set-user-jwt neverSet
src/support/refresh.ts:15 no-floating-set-user-jwt floating
src/support/refresh.ts:23 no-floating-set-user-jwt floating
src/support/safely.ts:25 require-set-user-jwt notAwaited
src/support/sagas.ts:36 require-set-user-jwt notAwaited
src/support/signIn.ts:10 require-set-user-jwt setTooLate
src/support/signIn.ts:17 no-floating-set-user-jwt floating
src/support/signIn.ts:19 require-set-user-jwt notAwaited
src/support/signIn.ts:27 require-set-user-jwt notAwaited
src/support/slices.ts:47 require-set-user-jwt neverSet
src/support/streams.ts:11 require-set-user-jwt notAwaited
src/support/streams.ts:24 require-set-user-jwt rejected
src/support/streams.ts:39 require-set-user-jwt notAwaited
src/support/thunks.ts:15 require-set-user-jwt rejected
src/support/tokenPromise.ts:16 require-set-user-jwt notAwaited
`;

/** The same of the example for the web, by what its packages do. */
const WEB_FINDINGS = `
src/landing.js:17 no-user-jwt-as-user-hash attribute
src/landing.js:22 no-empty-user-jwt attributeMaybeEmpty
src/landing.js:28 no-stored-user-jwt webStorage
src/landing.js:40 valid-web-messenger notObject
src/useProfile.ts:15 require-web-user-jwt unproven
src/useSignIn.ts:15 valid-web-messenger alreadyBooted
src/useSignIn.ts:20 valid-web-messenger wrongName
`;

test.each([
  ['expo-app', FINDINGS],
  ['web', WEB_FINDINGS],
])('finds what is wrong in the example %s, and nothing else', async (app, expected) => {
  const cwd = join(EXAMPLES, app);
  const results = await new ESLint({ cwd }).lintFiles(['.']);

  const findings = results.flatMap(({ filePath, messages }) => {
    const file = relative(cwd, filePath).replaceAll(sep, '/');
    return messages.map(({ line, ruleId, messageId }) =>
      [`${file}:${line}`, ruleId?.replace('intercom-jwt/', ''), messageId].join(' '),
    );
  });
  expect(findings.sort().join('\n')).toBe(expected.trim());
});

test('the demo shows each finding in its source, and sums up', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO]);

  expect(stdout).toMatch(
    /src\/support\/signIn\.ts:19:9\nerror .+\n(?:.+\n)?intercom-jwt\/require-set-user-jwt\n(?:.+\n)* {2}17 \| {3}Intercom\.setUserJwt\(jwt\);\n {5}\| {3}-+\n {5}\| {3}2\. .+\n(?:.+\n)* {2}19 \| .*await Intercom\.loginUserWithUserAttributes\(.+\n {5}\| +\^+/u,
  );
  expect(stdout).toMatch(/\n\n65 calls can run without a user JWT, in 37 files.*\.\n$/u);
});
