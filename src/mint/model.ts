/** The tokens that a file mints: found once, and shared by all minting rules. */

import { childrenOf, isNode, keyName, unwrap, type Node, type Program } from '../syntax/ast.ts';
import { Bindings, isScopeManager, type ScopeManager } from '../syntax/bindings.ts';
import type { Project } from '../project/project.ts';
import { Evidence, type KeyOrigin } from './intercom/evidence.ts';
import { FOREIGN_PACKAGES, type Library } from './libraries/table.ts';
import { readSpecifier } from './libraries/specifiers.ts';
import { dialectsOf } from './libraries/versions.ts';
import { expiryOf, type Expiry } from './life/life.ts';
import { Apis, type Creation } from './mints/apis.ts';
import { Drafts, type Draft } from './mints/drafts.ts';
import type { Expressions } from '../values/evaluate.ts';
import { Modules } from '../values/host.ts';
import type { View } from './mints/objects.ts';
import type { Run } from './mints/runs.ts';

/** What the host knows of a file. */
export interface MintSource {
  readonly ast: object;
  readonly text: string;
  readonly scopeManager: object | null;
}

/** A token that is minted. */
export interface Mint {
  /** The call that takes the payload. */
  readonly node: Node;
  readonly library: Library;
  readonly payload: View;
  readonly keys: readonly Node[];
  readonly expiry: Expiry;
  /** Whether the token is Intercom's user JWT. */
  readonly isIntercom: boolean;
  /** How it comes to run, and the expressions of the file in that run. */
  readonly run: Run;
  readonly file: Expressions;
}

/**
 * What the text of a file has that mints a token, or that reads a secret which bundlers put into
 * the app. A file without it is not looked into.
 */
export const MINTING =
  /jsonwebtoken|\bjose\b|nestjs\/jwt|fast-jwt|fastify|[jJ]wtSign\b|hono\b|jwt-simple|\bnjwt\b|jsrsasign|\bKJUR\b|['"/:]jws\b|worker-jwt|elysia|hapi\/jwt|oslo\/jwt|jwt-encode|djwt|expo-jwt|pure-jwt|createHmac|\bsubtle\b|HmacSHA256|CryptoHasher|\bhmac\s*\(|\b(?:[A-Z]+_)+INTERCOM\w*SECRET/;

interface Source {
  readonly program: Program;
  readonly text: string;
}

/** A file that may mint tokens. */
export class MintFile {
  readonly program: Program;
  /** The modules that the file imports for more than their types. */
  readonly specifiers: readonly string[];
  readonly #survey: Survey;
  readonly #filename: string;
  readonly #evidence: Evidence;
  readonly #drafts: Drafts;
  #mints: readonly Mint[] | null = null;

  constructor(source: Source, manager: ScopeManager, filename: string, project: Project | null) {
    const { program, text } = source;
    this.program = program;
    this.#filename = filename;
    this.#survey = survey(program);
    const { calls, assignments, specifiers } = this.#survey;
    this.specifiers = specifiers;
    const bindings = new Bindings(manager);
    project?.setLinted({ program, text, bindings });
    const expressions = new Modules(project).expressionsOf({ program, bindings });
    const apis = new Apis(program, bindings, specifiers);
    const isForeign = specifiers.some((specifier) => {
      const read = readSpecifier(specifier);
      return read !== null && FOREIGN_PACKAGES.test(read.name);
    });
    this.#evidence = new Evidence(bindings, apis.values, isForeign);
    this.#drafts = new Drafts(expressions, apis, calls, assignments);
  }

  /** All mints of the file. */
  mints(): readonly Mint[] {
    this.#mints ??= this.#drafts.all().map((draft) => this.#judged(draft));
    return this.#mints;
  }

  /** The nodes by which a program can read something by its name. */
  get reads(): readonly Node[] {
    return this.#survey.reads;
  }

  /** What a signing key of a mint is made of. */
  originOf(key: Node, mint: Mint): KeyOrigin {
    return this.#evidence.originOf(key, mint);
  }

  #judged(draft: Draft): Mint {
    const { node, run, file, isGiven, library, version, payload, header, keys, token } = draft;
    const statements = {
      claims: payload.entries.get('exp') ?? [],
      options: draft.options,
      starts: draft.starts,
      issued: payload.entries.get('iat') ?? [],
      notBefore: payload.entries.get('nbf') ?? [],
      isWhole: draft.isWhole && payload.isWhole,
    };
    const expiry = agreed(
      dialectsOf(library, this.#filename, version).map((dialect) => expiryOf(statements, dialect)),
    );
    const isIntercom = this.#evidence.isIntercom({
      nodes: [node, ...(isGiven ? run.calls.map(({ call }) => call).toReversed() : [])],
      run,
      file,
      payload,
      header,
      keys,
      token,
      lives: expiry.lives.map(({ place }) => place),
    });
    return { node, library, payload, keys, expiry, isIntercom, run, file };
  }
}

/**
 * The mint model of a file; null where its text shows that it mints nothing.
 *
 * @param filename its absolute path
 * @param projectOf the project around it, whose constants are read; asked for once, if at all
 */
export function mintsOf(
  source: MintSource,
  filename: string,
  projectOf: () => Project | null = () => null,
): MintFile | null {
  let file = files.get(source.ast);
  if (file === undefined) {
    file = read(source, filename, projectOf);
    files.set(source.ast, file);
  }
  return file;
}

const files = new WeakMap<object, MintFile | null>();

/** Drops the mint model of a file, which is then made anew. */
export function forgetMints(ast: object): void {
  files.delete(ast);
}

function read(
  { ast, text, scopeManager }: MintSource,
  filename: string,
  projectOf: () => Project | null,
): MintFile | null {
  if (!MINTING.test(text) || !isScopeManager(scopeManager)) return null;
  return isNode(ast) && ast.type === 'Program'
    ? new MintFile({ program: ast, text }, scopeManager, filename, projectOf())
    : null;
}

/** What all versions of a library that may be installed agree on. */
function agreed(expiries: readonly Expiry[]): Expiry {
  const [first, ...others] = expiries;
  if (first === undefined) return { lives: [], isMissing: false, misdated: [] };
  return {
    lives: first.lives.filter((life) =>
      others.every((other) =>
        other.lives.some(
          ({ place, told, possibility }) =>
            place === life.place &&
            possibility.node === life.possibility.node &&
            told.life === life.told.life &&
            told.mistake === life.told.mistake,
        ),
      ),
    ),
    isMissing: expiries.every(({ isMissing }) => isMissing),
    misdated: first.misdated.filter(({ place }) =>
      others.every(({ misdated }) => misdated.some((other) => other.place === place)),
    ),
  };
}

interface Survey {
  readonly calls: readonly Creation[];
  readonly assignments: readonly (Node & { readonly type: 'AssignmentExpression' })[];
  readonly specifiers: readonly string[];
  readonly reads: readonly Node[];
}

function isTypeOnly({ importKind, specifiers }: Node & { type: 'ImportDeclaration' }): boolean {
  return (
    importKind === 'type' ||
    (specifiers.length > 0 &&
      specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type'))
  );
}

/** What a file has of each kind, in the order of the source. */
function survey(program: Program): Survey {
  const calls: Creation[] = [];
  const assignments: (Node & { readonly type: 'AssignmentExpression' })[] = [];
  const specifiers: string[] = [];
  const reads: Node[] = [];
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression': {
        calls.push(node);
        const [first] = node.arguments;
        const callee = unwrap(node.callee);
        const isRequire = callee.type === 'Identifier' && callee.name === 'require';
        const specifier = isRequire && first !== undefined ? keyName(first, true) : null;
        if (specifier !== null) specifiers.push(specifier);
        reads.push(node);
        break;
      }
      case 'ImportDeclaration':
        if (!isTypeOnly(node)) specifiers.push(node.source.value);
        reads.push(node);
        break;
      case 'ImportExpression': {
        const specifier = keyName(node.source, true);
        if (specifier !== null) specifiers.push(specifier);
        break;
      }
      case 'AssignmentExpression':
        assignments.push(node);
        break;
      case 'MemberExpression':
      case 'VariableDeclarator':
        reads.push(node);
        break;
      default:
        break;
    }
    open.push(...childrenOf(node).toReversed());
  }
  return { calls, assignments, specifiers, reads };
}
