/** What a linted file is looked at with: the clients, and the project around it. */

import type { Linter, Rule } from 'eslint';

import { machine } from '../project/machine.ts';
import { isComponent } from '../project/names.ts';
import type { HostParser } from '../project/parse.ts';
import type { Project } from '../project/project.ts';
import { marksOf } from '../sdk/client-module.ts';
import { CLIENT_MODULE } from '../sdk/roles.ts';
import { WEB_MARKS, WEB_PACKAGES } from '../sdk/web/apis.ts';
import { mintsOf } from '../mint/model.ts';
import { sessionOf } from '../session/sessions.ts';
import type { SourceFile, Surroundings } from '../session/source.ts';
import type { WebSurroundings } from '../web/model.ts';
import type { Settings } from './settings.ts';

/** What a file is looked at with. A text that is no file is looked at by itself. */
export function surroundingsOf(context: Rule.RuleContext, settings: Settings): Surroundings {
  const { clients, wrappers } = settings;
  let project: Project | null | undefined;
  return {
    clients,
    wrappers,
    isComponent: isComponent(context.physicalFilename),
    project() {
      project ??= projectAround(context, settings, marksOf(clients), packagesOf(clients));
      return project;
    },
  };
}

/** Every text has it, so that no module of the project is left out. */
const ANY_MODULE = '';

/** What a file is looked at with for what it tells the web Messenger. */
export function webSurroundingsOf(
  context: Rule.RuleContext,
  settings: Settings,
  source: SourceFile,
): WebSurroundings {
  const filename = machine().resolve(context.cwd, context.physicalFilename);
  let project: Project | null | undefined;
  return {
    filename,
    project() {
      project ??= projectAround(context, settings, WEB_MARKS, WEB_PACKAGES, []);
      return project;
    },
    session: () => sessionOf(source, () => surroundingsOf(context, settings)),
    mints: () => mintsOf(source, filename, () => projectOf(context, settings)),
  };
}

/** The project whose constants a file can have; null for a text that is no file. */
export function projectOf(context: Rule.RuleContext, settings: Settings): Project | null {
  return projectAround(context, settings, [ANY_MODULE], packagesOf(settings.clients));
}

/** What a file that runs on mobile platforms alone contains. */
const MOBILE = [CLIENT_MODULE, "'react-native'", '"react-native"'];

function projectAround(
  { physicalFilename, cwd, languageOptions }: Rule.RuleContext,
  { crossFile }: Settings,
  marks: readonly string[],
  packages: readonly string[],
  mobile: readonly string[] = MOBILE,
): Project | null {
  return machine().project({
    filename: physicalFilename,
    cwd,
    marks,
    mobile,
    packages,
    host: hostParser(languageOptions),
    crossFile,
  });
}

function packagesOf(clients: Settings['clients']): readonly string[] {
  return clients.flatMap(({ module, path }) => (path === null ? [module] : []));
}

/** The parser that the file was read with, for modules that ours cannot read. */
function hostParser({ parser, parserOptions }: Linter.LanguageOptions): HostParser | null {
  if (parser === undefined) return null;
  return (path, text) => {
    const options = {
      ...parserOptions,
      project: undefined,
      projectService: undefined,
      filePath: path,
      range: true,
      loc: true,
    };
    if ('parseForESLint' in parser) {
      const { ast, scopeManager } = parser.parseForESLint(text, options);
      return { ast: ast as object, scopeManager: scopeManager ?? null };
    }
    return { ast: parser.parse(text, options) as object, scopeManager: null };
  };
}
