/**
 * How right the rules are, as `docs/accuracy.md` tells.
 *
 *     npm run accuracy -- record --mode default --seed 4001 --programs 20000
 *
 * runs programs of the execution oracle, and keeps what came of them in `docs/accuracy/runs/`: one
 * file a mode (default, functions, mint, witnesses, function-witnesses) and seed. A run that is told
 * to end keeps what it has got to.
 *
 *     npm run accuracy -- peers
 *
 * asks other linters about the programs of `tests/programs`, and keeps what they found.
 *
 *     npm run accuracy -- page [--check]
 *
 * writes the page from these files, or tells whether it agrees with them.
 */

import { parseArgs } from 'node:util';

import { checkPage, writePage } from './accuracy/page.ts';
import { record } from './accuracy/record.ts';
import { MODES } from './accuracy/shards.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mode: { type: 'string', default: 'default' },
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '1000' },
    /** Tells whether the page is what the runs tell, in place of writing it. */
    check: { type: 'boolean', default: false },
    /** Ways that are gone of each program. */
    cap: { type: 'string', default: '2000' },
  },
});

const [command = ''] = positionals;
if (command === 'record') {
  await recordShard();
} else if (command === 'peers') {
  const { comparePeers } = await import('./accuracy/peers.ts');
  console.log(JSON.stringify(await comparePeers(), null, 2));
} else if (command === 'page') {
  await (options.check ? checkPage() : writePage());
} else {
  throw new Error(`There is no command ${command}: record, peers, page`);
}

async function recordShard(): Promise<void> {
  const mode = MODES.find((name) => name === options.mode);
  if (mode === undefined) throw new Error(`--mode is one of ${MODES.join(', ')}`);
  const shard = await record({
    mode,
    seed: wholeNumber('seed'),
    programs: wholeNumber('programs'),
    cap: wholeNumber('cap'),
  });
  const { findings, figures, programs, asked, seconds } = shard;
  for (const { kind, program, text } of findings) {
    console.log(`--- ${kind}, program ${String(program)}\n${text}\n`);
  }
  console.log({ programs, asked, ...figures, seconds });
}

function wholeNumber(name: 'seed' | 'programs' | 'cap'): number {
  const value = Number(options[name]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`);
  return value;
}
