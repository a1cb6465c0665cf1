/**
 * The tokens that a file mints: found once, and shared by all minting rules. In this order: calls of
 * the libraries of `libraries/table` are found (`mints/apis`), what they are told is put together
 * (`mints/drafts`, by the values of `src/values`), a length is made of it (`life`), and names tell
 * whose token it is (`intercom`).
 */

import { isNode, isWithin, rootOf, type Node, type Program } from '../syntax/ast.ts';
import { Bindings, isScopeManager, type ScopeManager } from '../syntax/bindings.ts';
import type { Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { Evidence } from './intercom/evidence.ts';
import type { KeyOrigin } from './intercom/keys.ts';
import { FOREIGN_PACKAGES, type Library } from './libraries/table.ts';
import { readSpecifier } from './libraries/specifiers.ts';
import { dialectOf } from './libraries/versions.ts';
import { expiryOf, type Expiry, type Life, type Statements } from './life/life.ts';
import { Apis } from './mints/apis.ts';
import { Drafts, type Draft } from './mints/drafts.ts';
import type { SetupPlace } from './mints/setups.ts';
import { hmacKeyOf } from './mints/handrolled.ts';
import type { Expressions } from '../values/evaluate.ts';
import { Modules } from '../values/host.ts';
import type { Values } from '../values/resolve.ts';
import type { Entry, View } from './mints/views.ts';
import type { Run } from './mints/runs.ts';
import { Frames, MARKS, Units, type Unit } from './mints/units.ts';

/** What the host knows of a file. */
export interface MintSource {
  readonly ast: object;
  readonly text: string;
  readonly scopeManager: object | null;
}

/** A token that is minted, or a set-up of which no mint is seen. */
export interface Mint {
  /** The call that takes the payload, or that leads to it; of a set-up, what sets up. */
  readonly node: Node;
  /** The same where it is, in this file or in another. */
  readonly site: Node;
  /** The expression that is the token, or gives it, in this file; of a set-up, what sets up. */
  readonly token: Node;
  readonly library: Library;
  readonly payload: View;
  readonly keys: readonly Node[];
  readonly expiry: Expiry;
  /** Whether the token is Intercom's user JWT. */
  readonly isIntercom: boolean;
  /** How it comes to run, and the expressions of the files in that run. */
  readonly run: Run;
  readonly frames: Frames;
  /** Whether it is a set-up by itself, of which no mint is seen. */
  readonly isSetup: boolean;
}

/**
 * What the text of a file has that mints a token. A file without it is not looked into, but for
 * {@link SECRET} and {@link CALLING}.
 */
export const MINTING =
  /jsonwebtoken|\bjose\b|nestjs\/jwt|createJwtOptions|fast-jwt|fastify|[jJ]wtSign\b|hono\b|jwt-simple|\bnjwt\b|jsrsasign|\bKJUR\b|['"/:]jws\b|worker-jwt|elysia|hapi\/jwt|oslo\/jwt|jwt-encode|djwt|expo-jwt|pure-jwt|createHmac|\bsubtle\b|HmacSHA256|CryptoHasher|\bhmac\s*\(/;

/** What the text of a file has that names the secret. It is looked into, for how it gets there. */
const SECRET = /intercom\w*secret/i;

/**
 * What the text of a file has that may have another mint a token. It is looked into where what it
 * imports leads to a file that can.
 */
export const CALLING = /intercom|user_id|(?:jwt|token|\bsign|\bmint|\bissue)\w*\s*\(/i;

interface Source {
  readonly program: Program;
  readonly text: string;
}

/** A file that may mint tokens. */
export class MintFile {
  readonly program: Program;
  readonly filename: string;
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #units: Units;
  readonly #evidence: Evidence;
  readonly #drafts: Drafts;
  /** The mints of each file, as they are told where it is linted; null while they are being told. */
  readonly #judged = new Map<Unit, readonly Mint[] | null>();

  constructor(source: Source, manager: ScopeManager, filename: string, project: Project | null) {
    const { program, text } = source;
    this.program = program;
    this.filename = filename;
    const bindings = new Bindings(manager);
    project?.setLinted({ program, text, bindings });
    this.#bindings = bindings;
    this.#units = new Units(program, bindings, project, new Modules(project));
    const apis = new Apis(this.#units, bindings);
    this.#values = apis.values;
    this.#evidence = new Evidence(bindings, apis.values, (node) => this.#isForeign(node));
    this.#drafts = new Drafts(this.#units, bindings, apis);
  }

  /** All mints of the file. */
  mints(): readonly Mint[] {
    return this.#mintsOf(this.#units.linted);
  }

  /** The modules that the file imports for more than their types. */
  get specifiers(): readonly string[] {
    return this.#units.linted.specifiers;
  }

  /** The nodes by which a program can read something by its name. */
  get reads(): readonly Node[] {
    return this.#units.linted.reads;
  }

  /** The module of the project that a node is in; null where it is in the file itself. */
  moduleOf(node: Node): Module | null {
    return this.#units.moduleOf(node);
  }

  /** What a signing key of a mint is made of. */
  originOf(key: Node, mint: Mint): KeyOrigin {
    return this.#evidence.originOf(key, mint);
  }

  get bindings(): Bindings {
    return this.#bindings;
  }

  /** What the expressions of the file can be, as far as functions are concerned. */
  get values(): Values {
    return this.#values;
  }

  /** The expressions of the file. */
  get expressions(): Expressions {
    return this.#units.linted.expressions;
  }

  /** The names that a value of the file is made of. */
  namesOf(value: Node): readonly string[] {
    const run: Run = { calls: [], entered: new Set() };
    const frames = new Frames(this.#units, []);
    return this.#evidence.originOf(value, { run, frames }).names.map(({ name }) => name);
  }

  /** The keys of the HMACs that the file makes, of whatever. */
  hmacKeys(): readonly Node[] {
    return this.#units.linted.calls.flatMap((call) => hmacKeyOf(call) ?? []);
  }

  #isForeign(node: Node): boolean {
    return this.#units.of(node).specifiers.some((specifier) => {
      const read = readSpecifier(specifier);
      return read !== null && FOREIGN_PACKAGES.test(read.name);
    });
  }

  #mintsOf(unit: Unit): readonly Mint[] {
    const known = this.#judged.get(unit);
    if (known !== undefined) return known ?? [];
    this.#judged.set(unit, null);
    const mints = [
      ...this.#drafts.own(unit).map((draft) => this.#judge(draft)),
      ...this.#drafts.called(unit).map((draft) => this.#judge(draft)),
      ...this.#drafts.setups(unit).flatMap((draft) => this.#setup(draft, unit)),
    ].map((mint) => this.#placed(mint, unit));
    this.#judged.set(unit, mints);
    return mints;
  }

  /** A set-up by itself; none where the mints that use it say themselves how long they last. */
  #setup(draft: Draft & { readonly by: SetupPlace }, unit: Unit): readonly Mint[] {
    const judged = this.#judge(draft);
    if (!draft.by.isShared) return [judged];
    const users = this.#units
      .around(unit)
      .flatMap((other) => this.#drafts.own(other))
      .filter(({ library, isSetElsewhere }) => library === draft.library && isSetElsewhere);
    if (users.length === 0) return [judged];
    const silent = users.filter(
      ({ options, payload }) => !says(options) && !says(payload.entries.get('exp') ?? []),
    );
    if (silent.length === 0) return [];
    const isIntercom = judged.isIntercom || silent.some((user) => this.#judge(user).isIntercom);
    return [{ ...judged, isIntercom }];
  }

  #judge(draft: Draft): Mint {
    const { node, run, frames, isGiven, library, version, payload, header, keys, token } = draft;
    const { isSetup } = draft;
    const statements = statementsOf(draft);
    const expiry = expiryOf(statements, dialectOf(library, this.filename, version));
    const isIntercom = this.#evidence.isIntercom({
      nodes: [node, ...(isGiven ? run.calls.map(({ call }) => call).toReversed() : [])],
      run,
      frames,
      payload,
      header,
      keys,
      token,
      lives: expiry.lives.map(({ place }) => place),
      isSetup,
    });
    const told = { library, payload, keys, expiry, isIntercom, run, frames, isSetup };
    return { node, site: node, token, ...told };
  }

  /**
   * A mint as it is reported in a file: what is said of it in others is told where these are linted,
   * or at the call that leads there.
   */
  #placed(mint: Mint, unit: Unit): Mint {
    const { site, run, expiry, payload } = mint;
    const isHere = (node: Node): boolean => rootOf(node) === unit.program;
    const places = expiry.lives.map(({ place }) => place);
    const others = [site, ...places, ...run.calls.map(({ target }) => target)]
      .filter((node) => !isHere(node))
      .map((node) => this.#units.of(node));
    if (others.length === 0) return mint;
    const chain = new Set(others);
    const told = [...chain].flatMap((other) => this.#mintsOf(other));
    const entering = run.calls.find(({ call, target }) => isHere(call) && !isHere(target))?.call;
    const node = isHere(site) ? site : entering;
    if (node === undefined) return mint;
    // It is told by the file that it is written in, if that is on the way.
    const isTold = (life: Life): boolean => {
      const written = this.#units.of(life.possibility.node);
      const isWrittenHere = isHere(life.possibility.node);
      const home = isWrittenHere || chain.has(written) ? written : this.#units.of(life.origin);
      return (
        home.program !== unit.program &&
        this.#mintsOf(home).some(
          (other) =>
            (other.isIntercom || life.told.mistake !== null) &&
            other.expiry.lives.some((one) => isSameLife(one, life)),
        )
      );
    };
    const lives = expiry.lives.map((life): Life => {
      const { possibility } = life;
      if (isTold(life)) return { ...life, place: node, isTold: true };
      if (isHere(life.place)) return life;
      const isArgument = node === entering && isWithin(possibility.node, node);
      return { ...life, place: isArgument ? possibility.node : node };
    });
    const twins = told.filter((other) => other.site === site && other.isIntercom);
    const isMissing = expiry.isMissing && !twins.some((twin) => twin.expiry.isMissing);
    const isPayloadTold = twins.some(
      (twin) => twin.payload.isWhole && !twin.payload.entries.has('user_id'),
    );
    const misdated = expiry.misdated.filter(({ place }) => isHere(place));
    const literal = payload.literal !== null && isHere(payload.literal) ? payload.literal : null;
    return {
      ...mint,
      node,
      token: isHere(mint.token) ? mint.token : node,
      expiry: { lives, isMissing, misdated },
      payload: { ...payload, literal, isWhole: payload.isWhole && !isPayloadTold },
    };
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
  const mints = MINTING.test(text) || SECRET.test(text);
  if (!mints && !CALLING.test(text)) return null;
  if (!isScopeManager(scopeManager) || !isNode(ast) || ast.type !== 'Program') return null;
  const project = projectOf();
  if (!mints && project?.reaches(text, MARKS) !== true) return null;
  return new MintFile({ program: ast, text }, scopeManager, filename, project);
}

function statementsOf({ payload, options, starts, isWhole }: Draft): Statements {
  return {
    claims: payload.entries.get('exp') ?? [],
    options,
    starts,
    issued: payload.entries.get('iat') ?? [],
    notBefore: payload.entries.get('nbf') ?? [],
    isWhole: isWhole && payload.isWhole,
  };
}

function says(entries: readonly Entry[]): boolean {
  return entries.some(({ isCertain }) => isCertain);
}

/** Whether a life is another, wherever it is reported. */
function isSameLife(one: Life, { origin, told }: Life): boolean {
  return one.origin === origin && one.told.life === told.life && one.told.mistake === told.mistake;
}
