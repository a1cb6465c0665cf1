/** The packages that are installed with this one, as the lock file knows them. */

import { readFileSync } from 'node:fs';

export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly hasInstallScript: boolean;
}

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Licences that ask for no more than to be named. */
const ALLOWED =
  /^(?:MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense)$/u;

/** What is installed for those who use the package, but for what they have already: ESLint. */
export function runtimePackages(): readonly RuntimePackage[] {
  const { packages } = JSON.parse(
    readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
  ) as { readonly packages: Readonly<Record<string, Locked>> };
  const wanted = closure(packages);
  return [...wanted].sort().map((path) => {
    const { version = '', license = 'none', hasInstallScript = false } = packages[path] ?? {};
    return { name: path.replace(/^.*node_modules\//u, ''), version, license, hasInstallScript };
  });
}

/** The paths of all that the dependencies of the package lead to. */
function closure(packages: Readonly<Record<string, Locked>>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: (readonly [from: string, name: string])[] = namesAt(packages, '').map(
    (name) => ['', name] as const,
  );
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const path = located(packages, ...next);
    if (path === null || found.has(path)) continue;
    found.add(path);
    pending.push(...namesAt(packages, path).map((name) => [path, name] as const));
  }
  return found;
}

function namesAt(packages: Readonly<Record<string, Locked>>, path: string): readonly string[] {
  const entry = packages[path] ?? {};
  return ['dependencies', 'optionalDependencies'].flatMap((kind) => {
    const listed: unknown = Reflect.get(entry, kind);
    return typeof listed === 'object' && listed !== null ? Object.keys(listed) : [];
  });
}

/** Where a package is found from another: beside it, or further up. */
function located(
  packages: Readonly<Record<string, Locked>>,
  from: string,
  name: string,
): string | null {
  for (let folder = from; ;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return null;
    const up = folder.lastIndexOf('/node_modules/');
    folder = up === -1 ? '' : folder.slice(0, up);
  }
}

/** What is wrong with them. */
export function problemsOf(packages: readonly RuntimePackage[]): readonly string[] {
  return packages.flatMap(({ name, license, hasInstallScript }) => [
    ...(ALLOWED.test(license) ? [] : [`${name}: the licence ${license} has to be looked at`]),
    ...(hasInstallScript ? [`${name}: it runs a script when it is installed`] : []),
  ]);
}
