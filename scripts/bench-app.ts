/** A project for the benchmarks: files that import each other, some of which concern the SDK. */

import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PER_FOLDER = 50;

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

export interface App {
  readonly root: string;
  readonly files: number;
  /** How many of them concern the SDK. */
  readonly concerned: number;
}

export function isConcerned(index: number, { files, concerned }: Omit<App, 'root'>): boolean {
  return index % Math.floor(files / concerned) === 3;
}

/** Where a module is, below the root. */
export function pathOf(index: number): string {
  return `src/f${String(Math.floor(index / PER_FOLDER))}/m${String(index)}.tsx`;
}

/**
 * A module of a usual size. It imports modules with lower numbers, the lowest of which are imported
 * by very many, as in an application; one of these is a module that concerns the SDK.
 */
export function moduleText(index: number, app: Omit<App, 'root'>): string {
  const others = [2, 3, 5, 7, 11]
    .map((part) => Math.floor(index / part))
    .filter((other, place, all) => other !== index && all.indexOf(other) === place);
  const imports = others.map(
    (other) =>
      `import { load${String(other)} } from '../f${String(Math.floor(other / PER_FOLDER))}/m${String(other)}';`,
  );
  const body = others.map(
    (other) => `  if (user.flags > ${String(other)}) await load${String(other)}(user);`,
  );
  const session = isConcerned(index, app)
    ? `export async function open${String(index)}(user: User) {\n  await load${String(index)}(user);\n  await Intercom.setUserJwt(user.jwt);\n  await Intercom.present();\n}`
    : '';
  return `${isConcerned(index, app) ? SDK : ''}import { useState } from 'react';
${imports.join('\n')}

interface User { flags: number; jwt: string; name: string }

export async function load${String(index)}(user: User): Promise<void> {
${body.join('\n')}
}

export function View${String(index)}({ user, onLogin }: { user: User; onLogin: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const lines = user.name.split(' ').map((part, place) => <Line key={place} text={part} />);
  const login = () => { setOpen(!isOpen); onLogin(); };
  return <View style={{ display: 'flex' }} onPress={login}>{isOpen ? lines : null}</View>;
}
${session}
`;
}

/** Writes a project into a folder of its own, which is to be removed. */
export function writeApp(files: number, concerned: number): App {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bench-app-')));
  const app = { root, files, concerned };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (let index = 0; index < files; index++) write(pathOf(index), moduleText(index, app));
  write('package.json', '{ "name": "bench", "type": "module" }');
  write(
    'package-lock.json',
    '{ "packages": { "node_modules/@intercom/intercom-react-native": {} } }',
  );
  write(
    'tsconfig.json',
    '{ "compilerOptions": { "jsx": "preserve", "strict": true }, "include": ["src"] }',
  );
  return app;
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** Adds figures to a file, a line a run. */
export function keep(path: string, rows: readonly object[]): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), rows })}\n`);
}
