/** Files that the documentation tells to write, taken from there. */

import { readFileSync } from 'node:fs';

import type { Project } from './hosts.ts';

const ROOT = new URL('../../', import.meta.url);

/** The block of a page whose first line is a comment with the name of a file. */
export function recipe(page: string, file: string): string {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  for (const [, code = ''] of text.matchAll(/^```\w+\n([^]*?)^```$/gmu)) {
    const [first = ''] = code.split('\n', 1);
    if (first.replace(/^(?:#|\/\/) /u, '') === file) return code;
  }
  throw new Error(`${page} has no block for ${file}`);
}

/** The first block of a page under a heading. */
export function blockUnder(page: string, heading: string): string {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const [, section = ''] = text.split(`\n### ${heading}\n`);
  const [, code] = /^```\w+\n([^]*?)^```$/mu.exec(section) ?? [];
  if (code === undefined) throw new Error(`${page} has no block under ${heading}`);
  return code;
}

/** A step of a recipe: a file that is to be written, or commands that are to be run. */
type Step =
  { readonly file: string; readonly text: string } | { readonly commands: readonly string[] };

/** The steps under a heading of a page, or of a whole page, in their order. */
export function stepsOf(page: string, heading: string | null = null): readonly Step[] {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const section = heading === null ? text : text.split(`\n### ${heading}\n`)[1]?.split(/^##/mu)[0];
  if (section === undefined) throw new Error(`${page} has no heading ${heading ?? ''}`);
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gmu)].flatMap(
    ([, language, code = '']): Step[] => {
      const [, file] = /^(?:#|\/\/) (\S+)\n/u.exec(code) ?? [];
      if (file !== undefined) return [{ file, text: code }];
      return language === 'sh' ? [{ commands: code.trim().split('\n') }] : [];
    },
  );
}

/** Follows steps in a project, as somebody does who has the page in front of them. */
export async function follow(
  project: Project,
  steps: readonly Step[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  for (const step of steps) {
    if ('file' in step) project.write({ [step.file]: step.text });
    else for (const command of step.commands) await obey(project, command, env);
  }
}

async function obey(project: Project, command: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [, packages] = /^npm install --save-dev (.+)$/u.exec(command) ?? [];
  if (packages === undefined) {
    const { code, stdout, stderr } = await project.run('sh', ['-c', command], env);
    if (code !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
    return;
  }
  // They have been installed for all tests together.
  for (const name of packages.split(' ').map((one) => one.replace(/^(@?[^@]+)@.*$/u, '$1'))) {
    project.read(`node_modules/${name}/package.json`);
  }
}

/** The commands of a recipe that run a linter: the program, and its arguments. */
export function commandsOf(code: string): readonly (readonly [string, readonly string[]])[] {
  return [...code.matchAll(/\bnpx ((?:eslint|intercom-jwt)\b.*)$/gmu)].map(([, line = '']) => {
    const [program = '', ...args] = line.trim().split(/\s+/u);
    return [program, args] as const;
  });
}
