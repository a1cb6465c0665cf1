/** A fault of the plugin fails the test that meets it; models that are asked by themselves have a disk. */

import { faults } from '../src/eslint/faults.ts';
import { ON_DISK } from '../src/on-disk.ts';
import { runOn } from '../src/project/machine.ts';

faults.areThrown = true;
runOn(ON_DISK);
