import { expect, test } from 'vitest';

import { compare } from './compare.ts';
import { defaultFlags } from './flags.ts';
import { generatePrograms } from './program.ts';
import { reportedCalls } from './verdict.ts';

test('the rule reports exactly the calls that are a violation in some run', async () => {
  const failures: string[] = [];
  for (const { program } of generatePrograms({ count: 300, seed: 1, flags: defaultFlags })) {
    const { disagreements } = await compare(program, reportedCalls, 5000);
    for (const disagreement of disagreements) {
      failures.push(`${JSON.stringify(disagreement)}\n${program.source}`);
    }
  }
  expect(failures).toEqual([]);
});
