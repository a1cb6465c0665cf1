/** Holds the rules against what else there is, on the programs of `tests/programs`. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { casesOf, type Case } from './peers/cases.ts';
import { keepComparison, type Comparison, type Question, type Row } from './peers/kept.ts';
import {
  biomePromises,
  callPatterns,
  codePaths,
  installPeers,
  jwtSecurity,
  lifePatterns,
  ownRule,
  typedPromises,
  type Peer,
} from './peers/linters.ts';

/** What is looked for, by the rule of ours whose programs are taken, and who else looks for it. */
const QUESTIONS: readonly (readonly [title: string, rule: string, peers: readonly Peer[]])[] = [
  [
    'Calls that run without a user JWT',
    'require-set-user-jwt',
    [codePaths, callPatterns, typedPromises, biomePromises],
  ],
  [
    'A promise of `setUserJwt` that is dropped',
    'no-floating-set-user-jwt',
    [typedPromises, biomePromises],
  ],
  ['A token with no expiry', 'require-jwt-expiry', [jwtSecurity]],
  ['A life that is too short', 'no-short-jwt-ttl', [lifePatterns]],
];

/** Runs all peers, and keeps what they found. */
export async function comparePeers(): Promise<Comparison> {
  installPeers();
  const questions: Question[] = [];
  for (const [title, rule, peers] of QUESTIONS) {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'peers-')));
    try {
      const cases = casesOf(rule, root);
      const rows: Row[] = [];
      for (const peer of [ownRule(rule), ...peers]) {
        rows.push(rowOf(peer, cases, await peer.reports(cases, root), root));
      }
      const faulty = cases.filter(({ places }) => places.size > 0).length;
      questions.push({ title, faulty, correct: cases.length - faulty, rows });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const comparison = { date: new Date().toISOString(), commit: stdout.trim(), questions };
  keepComparison(comparison);
  return comparison;
}

function rowOf(
  { name, setUp }: Peer,
  cases: readonly Case[],
  reports: ReadonlySet<string>,
  root: string,
): Row {
  const folders = new Set([...reports].map((place) => place.slice(0, place.indexOf('/'))));
  let [found, silent] = [0, 0];
  for (const { folder, places } of cases) {
    if (places.size === 0) silent += Number(!folders.has(folder.slice(root.length + 1)));
    else found += Number([...places].some((place) => reports.has(place)));
  }
  return { name, setUp, found, silent };
}
