/** The calls of a file that can run without a user JWT, and how. */

import { codeAround, isNode, isWithin, type Node } from '../flow/ast.ts';
import { offsetOf } from '../flow/atoms.ts';
import type { Explanation, Further } from '../flow/functions.ts';
import type { States } from '../flow/relation.ts';
import type { Call, FunctionTerm, Refer } from '../flow/term.ts';
import type { Step } from '../flow/witness.ts';
import type { ProtectableRole, Role } from '../sdk/roles.ts';
import type { SessionFile, SessionOptions, Site, Solved } from './analysis.ts';
import { states, WITH_JWT, WITHOUT_JWT, WITHOUT_JWT_FOR_LOGIN } from './protocol.ts';
import { describeDecision, type SourceText } from './text.ts';

/** Why a call can run without a user JWT; the first that is true is told. */
export type Cause =
  | 'cleared'
  | 'notAwaited'
  | 'rejected'
  | 'skippedOnPath'
  | 'helperMaySkip'
  | 'calledUnset'
  | 'setTooLate'
  | 'neverSet';

export interface Violation {
  readonly site: Site;
  readonly cause: Cause;
  /** The placeholders of the message. */
  readonly data: Readonly<Record<string, string>>;
  /** What the message names: the call, handler or condition at which it can be mended. */
  readonly culprits: readonly Node[];
  /** The way that is told, from the outermost function that it is followed up to. */
  readonly way: readonly Leg[];
}

/** The part of a way that lies in one function. */
export interface Leg {
  readonly function: FunctionTerm;
  /** What happens from its entry on, in order; where, is told by the AST nodes that these name. */
  readonly steps: readonly Step[];
  /** The call or reference that leads on to the next leg; null where the protected call is reached. */
  readonly to: Call | Refer | null;
}

export interface ViolationOptions extends SessionOptions {
  /** The roles of the calls to look at. */
  readonly protect: readonly ProtectableRole[];
}

/** The violations in a file, in the order of the source. */
export function violationsOf(
  session: SessionFile,
  options: ViolationOptions,
  text: SourceText,
): readonly Violation[] {
  const guarded: ReadonlySet<string> = new Set(options.protect);
  const solved = session.solve(options);
  const teller = new Teller(solved, text);
  return solved.sites.flatMap((site) => {
    const faults = site.role === 'login' ? WITHOUT_JWT_FOR_LOGIN : WITHOUT_JWT;
    const bad = site.states & faults;
    return guarded.has(site.role) && bad !== 0 ? [teller.tell(site, bad)] : [];
  });
}

/** A way to a site, from as far up as its state goes back. */
interface Origin {
  readonly legs: readonly Leg[];
  /** The function that holds the site, be it a call or a reference that is handed to somebody. */
  readonly last: Explanation;
  /** The steps of all legs. */
  readonly steps: readonly Step[];
  /** The step that brought about the state; -1 where nothing did. */
  readonly at: number;
}

class Teller {
  readonly #solved: Solved;
  readonly #text: SourceText;
  readonly #sets: readonly Site[];
  /** The sets in each function, and in the module. */
  readonly #setsIn = new Map<Node | null, Site[]>();

  constructor(solved: Solved, text: SourceText) {
    this.#solved = solved;
    this.#text = text;
    this.#sets = solved.sites.filter(({ role }) => role === 'establish');
    for (const set of this.#sets) {
      const owner = codeAround(set.node);
      const known = this.#setsIn.get(owner);
      if (known === undefined) this.#setsIn.set(owner, [set]);
      else known.push(set);
    }
  }

  tell(site: Site, bad: States): Violation {
    const told =
      this.#cleared(site, bad) ??
      this.#notAwaited(site, bad) ??
      this.#rejected(site, bad) ??
      this.#unset(site, bad);
    const data = { method: site.method, establish: this.#establish(), ...told.data };
    return { site, culprits: [], ...told, data };
  }

  #cleared(site: Site, bad: States): Told | null {
    const wanted = bad & states('cleared');
    if (wanted === 0) return null;
    const origin = this.#origin(site.node, wanted);
    const way = origin?.legs ?? [];
    const step = origin?.steps[origin.at];
    if (origin === null || step === undefined) {
      // It was left to run later, and cleared behind it.
      const clear = this.#solved.sites.find(
        ({ role, node }) => role === 'clear' && offsetOf(node) > offsetOf(site.node),
      );
      if (clear === undefined) return null;
      const data = { clear: clear.method, line: this.#text.lineOf(clear.node), when: '' };
      return { cause: 'cleared', data, way };
    }
    const { name, line } = this.#actor(step, 'clear');
    return { cause: 'cleared', data: { clear: name, line, when: this.#when(site, origin) }, way };
  }

  #notAwaited(site: Site, bad: States): Told | null {
    const origin = this.#origin(site.node, bad & states('pending', 'live pending'));
    const step = origin?.steps[origin.at];
    if (origin === null || step === undefined) return null;
    const { name, line, nodes } = this.#dropped(step) ?? this.#actor(step, 'establish');
    const data = { establish: name, line, when: this.#when(site, origin) };
    return { cause: 'notAwaited', data, culprits: nodes, way: origin.legs };
  }

  #rejected(site: Site, bad: States): Told | null {
    const origin = this.#origin(site.node, bad & states('rejected', 'live rejected'));
    const step = origin?.steps[origin.at];
    if (origin === null || step === undefined) return null;
    const caught = origin.steps.slice(origin.at).find((other) => other.kind === 'caught');
    const handler = caught && this.#handler(caught.site);
    const { name, line } = this.#actor(step, 'establish');
    const place =
      handler ??
      (step.kind === 'called'
        ? `\`${name}\` on line ${line}`
        : `the handler of the rejection on line ${line}`);
    const culprits = caught && isNode(caught.site) ? [caught.site] : [];
    return { cause: 'rejected', data: { catch: place }, culprits, way: origin.legs };
  }

  #unset(site: Site, bad: States): Told {
    const origin = this.#origin(site.node, bad & states('unset', 'guest', 'live'));
    if (origin === null) return { cause: 'neverSet', data: {}, way: [] };
    const { legs, last } = origin;
    const good = this.#good(site);
    const reason = (good && this.#skipped(site, last, good)) ??
      this.#calledUnset(last, good !== null) ??
      this.#tooLate(site, good) ?? { cause: 'neverSet', data: {} };
    return { ...reason, way: legs };
  }

  /** A way on which the user JWT is set, in the function in which the call, or the reference, is. */
  #good({ node, states: reached }: Site): Explanation | null {
    const { solution } = this.#solved;
    const way = solution.explain(node, reached & WITH_JWT);
    if (way === null || !isHandedOver(way, node)) return way;
    const state = 1 << way.state;
    for (const { from, in: caller, states: at } of way.entries) {
      if (from === null || (at & state) === 0) continue;
      const above = solution.explain(from.site, state, { in: caller, known: way.known });
      if (above !== null) return above;
    }
    return null;
  }

  /** Where a way without a set parts from one with it. */
  #skipped(site: Site, way: Explanation, good: Explanation): Reason | null {
    if (way.function !== good.function) return null;
    const turns = decisive(way, good);
    if (turns.length > 0) {
      const condition = this.#conditions(turns);
      const culprits = turns
        .map((turn) => (turn.kind === 'decided' ? turn.decision.node : turn.site))
        .filter(isNode);
      return { cause: 'skippedOnPath', data: { condition }, culprits };
    }
    const set = good.steps.find(isSet);
    // What is set behind the call, in an earlier round of a loop, is not skipped.
    if (set === undefined || this.#isBehind(set, site)) return null;
    const { name, line } = this.#actor(set, 'establish');
    if (set.kind === 'called') return { cause: 'helperMaySkip', data: { helper: name, line } };
    // A list of promises can be empty: nothing in the source decides that.
    return {
      cause: 'skippedOnPath',
      data: { condition: `\`${name}\` on line ${line} is not run` },
    };
  }

  /** On which condition a way is taken on which the user JWT is lost; nothing if on every way. */
  #when(site: Site, { legs, last }: Origin): string {
    const isHere = legs[0]?.function === last.function;
    const good = isHere ? this.#good(site) : null;
    if (good?.function !== last.function) return '';
    const turns = decisive(last, good);
    return turns.length === 0 ? '' : ` when ${this.#conditions(turns)}`;
  }

  #conditions(turns: readonly Turn[]): string {
    const told = turns.map((turn) => {
      if (turn.kind === 'decided') {
        return describeDecision(turn.decision, turn.outcome, this.#text);
      }
      return `something throws and ${this.#handler(turn.site) ?? 'its handler'} goes on`;
    });
    const last = told.pop() ?? '';
    return told.length === 0 ? last : `${told.join(', ')} and ${last}`;
  }

  #calledUnset(way: Explanation, isSetOnOtherWays: boolean): Reason | null {
    const { node } = way.function;
    const here = isNode(node) ? (this.#setsIn.get(node) ?? []) : [];
    const isSetElsewhere = this.#sets.length > here.length;
    const { name } = way.function;
    // A function that is handed over where it is written is told by its own place.
    const entry = way.entries.find(
      ({ from, states: at }) =>
        from !== null &&
        (isSetOnOtherWays || from.site !== way.function.node) &&
        (at & (1 << way.state)) !== 0,
    );
    if (!isSetElsewhere || entry?.from == null || (name === '' && !isSetOnOtherWays)) return null;
    return {
      cause: 'calledUnset',
      data: {
        function: name === '' ? 'This function' : `\`${name}\``,
        line: this.#text.lineOf(entry.from.site),
      },
    };
  }

  #tooLate(site: Site, good: Explanation | null): Reason | null {
    const owner = codeAround(site.node);
    const later = this.#setsIn.get(owner)?.find(({ node }) => offsetOf(node) > offsetOf(site.node));
    if (later === undefined) {
      const set = good?.steps.find(isSet);
      if (set === undefined || !this.#isBehind(set, site)) return null;
      const { name, line } = this.#actor(set, 'establish');
      return { cause: 'setTooLate', data: { establish: name, line } };
    }
    const data = { establish: later.method, line: this.#text.lineOf(later.node) };
    return { cause: 'setTooLate', data, culprits: [later.node] };
  }

  /** Whether what a step does stands behind a call, in the function of that. */
  #isBehind(step: Step, { node }: Site): boolean {
    return this.#actor(step, 'establish').nodes.some(
      (other) => codeAround(other) === codeAround(node) && offsetOf(other) > offsetOf(node),
    );
  }

  /** A way to a site, followed up through the functions until something brings about its state. */
  #origin(
    site: object,
    wanted: States,
    to: Leg['to'] = null,
    further?: Further,
    seen = new Map<object, Set<Further['in']>>(),
  ): Origin | null {
    const instance = further?.in ?? null;
    const before = seen.get(site) ?? new Set();
    if (wanted === 0 || before.has(instance)) return null;
    seen.set(site, before.add(instance));
    const way = this.#solved.solution.explain(site, wanted, further);
    if (way === null) return null;
    const { known } = way;
    const state = 1 << way.state;
    const { steps } = way;
    const legs = [{ function: way.function, steps, to }];
    const at = steps.findLastIndex(
      (step) => (step.kind === 'event' || step.kind === 'called') && 1 << step.to === state,
    );
    const ends = { legs, last: way, steps, at };
    if (at >= 0) return ends;
    const entries = way.entries.filter((entry) => (entry.states & state) !== 0);
    for (const { from, in: caller } of entries) {
      const above = from && this.#origin(from.site, state, from, { in: caller, known }, seen);
      if (above === null) continue;
      return {
        legs: [...above.legs, ...legs],
        last: isHandedOver(way, site) ? above.last : way,
        steps: [...above.steps, ...steps],
        at: above.at,
      };
    }
    return ends;
  }

  #establish(): string {
    return this.#sets[0]?.method ?? 'setUserJwt';
  }

  /** What brings a step about: the helper that is called, or the client's method. */
  #actor(step: Step, role: Role): Actor {
    if (step.kind === 'called') {
      const { term } = step.callee;
      const { site } = step.call;
      const inner = this.#solved.sites.filter(
        (other) => other.role === role && isNode(term.node) && isWithin(other.node, term.node),
      );
      const nodes = [site, ...inner.map(({ node }) => node)].filter(isNode);
      if (term.name !== '') return { name: term.name, line: this.#text.lineOf(site), nodes };
      // A function without a name is told by what it does.
      const [first] = inner;
      const line = this.#text.lineOf(first?.node ?? site);
      return { name: first?.method ?? this.#establish(), line, nodes };
    }
    const site = step.kind === 'event' ? (step.event.site ?? step.event.origin ?? null) : null;
    if (site === null) return { name: this.#establish(), line: '?', nodes: [] };
    const name = this.#solved.at(site)?.method ?? this.#establish();
    return { name, line: this.#text.lineOf(site), nodes: isNode(site) ? [site] : [] };
  }

  /** The set that a helper drops which is awaited itself. */
  #dropped(step: Step): Actor | null {
    if (step.kind !== 'called' || step.call.mode !== 'awaited') return null;
    const { node } = step.callee.term;
    const { sites, foreign } = this.#solved;
    const sets = [...sites, ...foreign].filter(
      (set) => set.role === 'establish' && isNode(node) && isWithin(set.node, node),
    );
    const [first] = sets;
    if (first === undefined) return null;
    const line = this.#text.lineOf(first.node);
    return { name: first.method, line, nodes: sets.map((set) => set.node) };
  }

  #handler(site: object): string | null {
    if (!isNode(site)) return null;
    const line = this.#text.lineOf(site);
    switch (site.type) {
      case 'CatchClause':
        return `the \`catch\` on line ${line}`;
      case 'BlockStatement':
        return `the \`finally\` on line ${line}`;
      default:
        return `the handler on line ${line}`;
    }
  }
}

/** Whether a way is through a method that is handed over: that is a function of its own. */
function isHandedOver(way: Explanation, site: object): boolean {
  return way.function.node === site;
}

type Reason = Pick<Violation, 'cause' | 'data'> & Partial<Pick<Violation, 'culprits'>>;
type Told = Reason & Pick<Violation, 'way'>;

/** What a message names, and the calls that can be meant by it. */
interface Actor {
  readonly name: string;
  readonly line: string;
  readonly nodes: readonly Node[];
}

/** Whether a step sets the user JWT. */
function isSet(step: Step): boolean {
  return (step.kind === 'called' || step.kind === 'event') && (WITH_JWT & (1 << step.to)) !== 0;
}

/** A message tells no more conditions than this. */
const MAX_TOLD = 3;

type Turn = Step & { readonly kind: 'decided' | 'caught' };

function isTurn(step: Step): step is Turn {
  return step.kind === 'decided' || step.kind === 'caught';
}

/** The decisions of a way that one on which the JWT is set does not share. */
function decisive(way: Explanation, good: Explanation): readonly Turn[] {
  const turns = way.steps.filter(isTurn);
  const others = good.steps.filter(isTurn);
  const parting = turns.findIndex((turn, index) => !isSameTurn(turn, others[index]));
  if (parting < 0) return [];
  const told: Turn[] = [];
  const known = new Turns(others);
  for (let index = parting; index < turns.length && told.length < MAX_TOLD; index++) {
    const turn = turns[index];
    if (turn === undefined) break;
    const isNew = known.add(turn);
    if (index === parting || isNew) told.push(turn);
  }
  return told;
}

/** Turns that are told apart by their places and outcomes. */
class Turns {
  readonly #decided = { true: new Set<unknown>(), false: new Set<unknown>() };
  readonly #caught = new Set<unknown>();

  constructor(turns: readonly Turn[]) {
    for (const turn of turns) this.add(turn);
  }

  /** Adds a turn; whether it was not among them. */
  add(turn: Turn): boolean {
    const [turns, place] =
      turn.kind === 'decided'
        ? [this.#decided[`${turn.outcome}`], turn.decision.node]
        : [this.#caught, turn.site];
    const isNew = !turns.has(place);
    turns.add(place);
    return isNew;
  }
}

function isSameTurn(one: Turn, other: Turn | undefined): boolean {
  if (one.kind === 'decided') {
    return (
      other?.kind === 'decided' &&
      one.decision.node === other.decision.node &&
      one.outcome === other.outcome
    );
  }
  return other?.kind === 'caught' && one.site === other.site;
}
