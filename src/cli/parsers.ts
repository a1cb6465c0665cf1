/** Which parser reads a file, where no configuration says so. */

import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

import type { Linter } from 'eslint';

import type { MIXED } from '../configs.ts';
import { ownComments } from './comments.ts';
import type { parse as parseWithOxc, Syntax } from './oxc.ts';

type Options = Readonly<Record<string, unknown>>;

/** A parser for ESLint, as packages export them. */
interface Parser {
  readonly parseForESLint: (text: string, options: Options) => Linter.ESLintParseResult;
}

/** Is told of the text of each file that is read. */
export type OnFile = (text: string) => void;

/** A way to parse a text; null where its package is not installed, or does not run. */
type Attempt = ((text: string, options: Options) => Linter.ESLintParseResult) | null;

const TYPESCRIPT = '@typescript-eslint/parser';

const BABEL = '@babel/eslint-parser';

/** Parsers of Flow, and of all that JavaScript is to become. */
const FLOW = ['hermes-eslint', BABEL];

/** Babel as it reads the sources of React Native, whatever it is configured for. */
const BABEL_OPTIONS = {
  requireConfigFile: false,
  babelOptions: { configFile: false, babelrc: false, parserOpts: { plugins: ['jsx', 'flow'] } },
};

/** The parsers of files that have scripts among other things. */
export const MIXED_PARSERS: Readonly<Record<(typeof MIXED)[number], string>> = {
  vue: 'vue-eslint-parser',
  svelte: 'svelte-eslint-parser',
  astro: 'astro-eslint-parser',
};

/** The parsers of a project. */
export class Parsers {
  readonly #require: NodeJS.Require;
  readonly #oxc: typeof parseWithOxc | null;
  readonly #loaded = new Map<string, Parser | null>();
  readonly #passedOver = new Set<string>();

  /**
   * @param cwd the folder from which packages are looked for
   * @param oxc the parser that comes with this package; null where it does not run
   */
  constructor(cwd: string, oxc: typeof parseWithOxc | null) {
    this.#require = createRequire(join(cwd, 'package.json'));
    this.#oxc = oxc;
  }

  /** Files that could not be parsed, and of which nothing is told, since they speak of no Intercom. */
  get passedOver(): ReadonlySet<string> {
    return this.#passedOver;
  }

  /** A parser that the project has installed. One that cannot be loaded is none. */
  installed(name: string): Parser | null {
    let parser = this.#loaded.get(name);
    if (parser === undefined) {
      parser = this.#load(name);
      this.#loaded.set(name, parser);
    }
    return parser;
  }

  #load(name: string): Parser | null {
    try {
      const loaded: unknown = this.#require(name);
      const isParser = typeof loaded === 'object' && loaded !== null && 'parseForESLint' in loaded;
      return isParser ? (loaded as Parser) : null;
    } catch {
      return null;
    }
  }

  /** A parser of scripts: the first that understands a file reads it. */
  script(onFile: OnFile): Linter.Parser {
    return {
      meta: { name: 'intercom-jwt/parser' },
      parseForESLint: (text, options: Options = {}) => {
        onFile(text);
        return withOwnComments(this.#parse(text, options));
      },
    };
  }

  /** One of the parsers of files that have scripts among other things. */
  mixed(parser: Parser, onFile: OnFile): Linter.Parser {
    return {
      meta: { name: 'intercom-jwt/parser' },
      parseForESLint: (text, options: Options = {}) => {
        onFile(text);
        const typescript = this.installed(TYPESCRIPT);
        const inner = typescript === null ? {} : { parser: typescript };
        try {
          return withOwnComments(parser.parseForESLint(text, { ...options, ...inner }));
        } catch (error) {
          return this.#unlessOurs(text, options) ?? raise(error);
        }
      },
    };
  }

  #parse(text: string, options: Options): Linter.ESLintParseResult {
    const path = String(options['filePath']);
    let problem: Error | null = null;
    for (const attempt of this.#attempts(path)) {
      try {
        if (attempt !== null) return attempt(text, options);
      } catch (error) {
        problem ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    const nothing = this.#unlessOurs(text, options);
    if (nothing !== null) return nothing;
    if (problem === null) {
      throw new Error(`Nothing here reads this file. Install ${TYPESCRIPT} beside ESLint`);
    }
    if (!this.#readsFlow() && isJavaScript(path)) {
      problem.message += ' (If this is Flow, install hermes-eslint beside ESLint)';
    }
    throw problem;
  }

  /** What cannot be read, and speaks of no Intercom, has nothing to tell either. */
  #unlessOurs(text: string, options: Options): Linter.ESLintParseResult | null {
    if (/intercom/iu.test(text) || this.#oxc === null) return null;
    this.#passedOver.add(String(options['filePath']));
    return this.#oxc('', 'js', 'module');
  }

  #readsFlow(): boolean {
    return FLOW.some((name) => this.installed(name) !== null);
  }

  /** What may read a file, in the order in which it is tried. */
  *#attempts(path: string): Generator<Attempt> {
    if (!isJavaScript(path)) {
      yield this.#by(TYPESCRIPT);
      yield this.#byOxc(path.endsWith('x') ? 'tsx' : 'ts');
      return;
    }
    yield this.#byOxc('jsx');
    for (const name of FLOW) yield this.#by(name, name === BABEL ? BABEL_OPTIONS : {});
    // Much of Flow is TypeScript too.
    yield this.#byOxc('tsx');
  }

  #byOxc(syntax: Syntax): Attempt {
    const parse = this.#oxc;
    if (parse === null) return null;
    return (text, { sourceType }) =>
      parse(text, syntax, sourceType === 'commonjs' ? 'commonjs' : 'module');
  }

  #by(name: string, more: Options = {}): Attempt {
    const parser = this.installed(name);
    if (parser === null) return null;
    return (text, options) => parser.parseForESLint(text, { ...options, ...more });
  }
}

function withOwnComments(result: Linter.ESLintParseResult): Linter.ESLintParseResult {
  // Not assigned: a parser may give its nodes' properties getters alone.
  Object.defineProperty(result.ast, 'comments', { value: ownComments(result.ast.comments) });
  return result;
}

function raise(error: unknown): never {
  throw error;
}

function isJavaScript(path: string): boolean {
  return /^\.[cm]?jsx?$/u.test(extname(path));
}
