import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests of the hosts take longest, and come first: else one of them is run alone at the end. */
class HostsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isOfHosts = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/hosts/');
    return [...sorted.filter(isOfHosts), ...sorted.filter((file) => !isOfHosts(file))];
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
    sequence: { sequencer: HostsFirst },
    // Tests of the hosts spawn ESLint and oxlint.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
