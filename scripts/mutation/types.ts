/** Whether a changed file still has the right types: a process that is asked by messages. */

import { dirname, join } from 'node:path';

import ts from 'typescript';

export interface ChangedFile {
  readonly id: number;
  readonly file: string;
  readonly text: string;
}

/** The first fault of a changed file. */
export interface TypeFault {
  readonly id: number;
  readonly fault: string | null;
}

/** What is not used any more is no fault, nor is what is never reached. */
const UNUSED: ReadonlySet<number> = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205, 7027]);

const root = process.argv[2] ?? '';
const path = join(root, 'tsconfig.json');
const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as {
  readonly config: unknown;
};
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
const sources = fileNames.filter((name) => /\/(?:src|rules)\//u.test(name));
let changed: ChangedFile = { id: 0, file: '', text: '' };
const versions = new Map<string, number>();

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => sources,
  getScriptVersion: (name) => String(versions.get(name) ?? 0),
  getScriptSnapshot: (name) => {
    const text = name === join(root, changed.file) ? changed.text : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  fileExists: (name) => ts.sys.fileExists(name),
  readFile: (name) => ts.sys.readFile(name),
});

process.on('message', (asked: ChangedFile) => {
  const before = join(root, changed.file);
  changed = asked;
  const name = join(root, asked.file);
  // What was changed before is as it was again.
  for (const one of new Set([before, name])) versions.set(one, (versions.get(one) ?? 0) + 1);
  const faults = [
    ...service.getSyntacticDiagnostics(name),
    ...service.getSemanticDiagnostics(name),
  ];
  const fault = faults.find(({ code }) => !UNUSED.has(code));
  process.send?.({
    id: asked.id,
    fault: fault === undefined ? null : ts.flattenDiagnosticMessageText(fault.messageText, ' '),
  } satisfies TypeFault);
});
