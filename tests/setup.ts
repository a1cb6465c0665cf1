/** A fault of the plugin fails the test that meets it. */

import { faults } from '../src/eslint/faults.ts';

faults.areThrown = true;
