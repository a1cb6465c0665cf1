import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest comes first: else one of them is run alone at the end. */
const LONGEST =
  /\/tests\/(?:hosts\/|(?:corpus|programs|programs\.rules|fuzz\/fuzz|new-rule|inject)\.test\.ts)/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const takesLong = ({ moduleId }: TestSpecification): boolean => LONGEST.test(moduleId);
    return [...sorted.filter(takesLong), ...sorted.filter((file) => !takesLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/fixtures/**'],
    setupFiles: ['tests/setup.ts'],
    // What a file loads serves those behind it: no test changes a module for another.
    isolate: false,
    // By itself, vitest leaves one core idle, also where there are two.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // Tests of the hosts spawn ESLint and oxlint.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
