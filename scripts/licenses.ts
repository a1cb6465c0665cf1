/**
 * Checks what the package brings along where it is installed: that each dependency, and each of
 * theirs, has a licence that asks for no more than to be named, and no install script.
 *
 *     npm run licenses
 */

import { problemsOf, runtimePackages } from './runtime-packages.ts';

const packages = runtimePackages();
const problems = problemsOf(packages);
for (const { name, version, license } of packages) console.log(`${name}@${version}  ${license}`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
