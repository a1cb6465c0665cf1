/** The programs of `tests/programs/rules`, in a file of their own to be run beside the others. */

import { testPages } from './helpers/pages.ts';

testPages((name) => name.startsWith('rules/'));
