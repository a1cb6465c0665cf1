/** What each mint of a file is told: payload, key, life and start, wherever they are given. */

import { isWithin, keyName, memberName, type CallExpression, type Node } from '../../syntax/ast.ts';
import { endOf } from '../../syntax/places.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { handRolled, isHmac } from './handrolled.ts';
import { HAND_ROLLED, type Library } from '../libraries/table.ts';
import type { Apis } from './apis.ts';
import type { Part } from './library-parts.ts';
import { blockOf } from '../../syntax/forms.ts';
import { Objects } from './objects.ts';
import { Runs, type Run } from './runs.ts';
import { HIDDEN, Setups, type SetupPlace } from './setups.ts';
import { Frames, type Creation, type Unit, type Units } from './units.ts';
import { either, NOTHING_IN_IT, overlay, UNSEEN, without, type Entry, type View } from './views.ts';

/** A mint before it is judged. */
export interface Draft {
  /** The call that takes the payload; of a set-up by itself, what sets up. */
  readonly node: Node;
  /** How it comes to run, and the expressions of the files in that run. */
  readonly run: Run;
  readonly frames: Frames;
  /** Whether what it mints is given by the calls of that run. */
  readonly isGiven: boolean;
  readonly library: Library;
  readonly version: string | null;
  readonly payload: View;
  readonly header: View | null;
  readonly keys: readonly Node[];
  /** The expression that is the token. */
  readonly token: Node;
  /** What is given as the option that sets the expiry. */
  readonly options: readonly Entry[];
  readonly starts: readonly Entry[];
  /** Whether all options are seen. */
  readonly isWhole: boolean;
  /** What has set up before what is not said in the mint; null where there is none. */
  readonly setup: Node | null;
  /** Whether it is a set-up by itself, of which no mint is seen. */
  readonly isSetup: boolean;
  /** Whether what it does not say is set up in a file that is not seen from here. */
  readonly isSetElsewhere: boolean;
}

type DraftParts = Omit<Draft, 'run' | 'frames' | 'isGiven' | 'isSetup'>;
type Built = Part & { readonly kind: 'built' };
type Signer = Part & { readonly kind: 'signer' };

/** What is done with a token in the making. */
interface Uses {
  /** The calls of its methods, in the order in which they run. */
  readonly steps: { readonly call: CallExpression; readonly name: string }[];
  /** What its claims are assigned; a name that is not known is null. */
  readonly claims: { readonly name: string | null; readonly value: Node }[];
}

const NO_USES: Uses = { steps: [], claims: [] };

/** Reads the mints of the files that are looked at. */
export class Drafts {
  readonly #units: Units;
  readonly #bindings: Bindings;
  readonly #apis: Apis;
  readonly #runs: Runs;
  readonly #usesIn = new Map<Unit, ReadonlyMap<Creation, Uses>>();
  readonly #setups: Setups;
  readonly #own = new Map<Unit, readonly Draft[]>();

  /** @param bindings those of all files */
  constructor(units: Units, bindings: Bindings, apis: Apis) {
    this.#units = units;
    this.#bindings = bindings;
    this.#apis = apis;
    this.#setups = new Setups(units, apis);
    this.#runs = new Runs(apis.values, bindings, units, (call) => this.#isSite(call));
  }

  /** The mints of a file. One in a function that is called in several places is many. */
  own(unit: Unit): readonly Draft[] {
    let drafts = this.#own.get(unit);
    if (drafts === undefined) {
      drafts = unit.calls.flatMap((call) =>
        this.#isSite(call)
          ? this.#runs.of(call).flatMap((run) => this.#draft(call, run) ?? [])
          : [],
      );
      this.#own.set(unit, drafts);
    }
    return drafts;
  }

  /** The mints of other files that the calls in a file lead to. */
  called(unit: Unit): readonly Draft[] {
    return unit.calls.flatMap((call) =>
      this.#isSite(call)
        ? []
        : this.#runs.from(call).flatMap((run) => this.#draft(run.site, run) ?? []),
    );
  }

  /** The set-ups in a file that no mint in it uses, each as if it were a mint. */
  setups(unit: Unit): readonly (Draft & { readonly by: SetupPlace })[] {
    const used = new Set(this.own(unit).map(({ setup }) => setup));
    return this.#setups
      .of(unit)
      .filter(({ node }) => !used.has(node))
      .flatMap((by) => {
        const { node, library, version } = by;
        return this.#runs.of(node).map((run) => {
          const objects = this.#objectsIn(run, null);
          const { lives, starts, keys } = this.#setups.givenBy(by, objects);
          return {
            ...{ node, library, version, keys, by, run, frames: objects.frames },
            ...{ payload: UNSEEN, header: null, token: node, options: lives, starts },
            ...{
              isWhole: false,
              setup: null,
              isSetElsewhere: false,
              isSetup: true,
              isGiven: objects.hasUsedArgument,
            },
          };
        });
      });
  }

  /** Whether a call takes the payload of a token, or may. */
  #isSite(call: Creation): boolean {
    return (
      this.#apis.built(call) !== null ||
      this.#apis.signer(call) !== null ||
      isHmac(call, this.#bindings)
    );
  }

  #draft(call: Creation, run: Run): Draft | null {
    const built = this.#apis.built(call);
    // A token in the making can get more until it is signed.
    const objects = this.#objectsIn(run, built === null ? call : null);
    const signer = built === null ? this.#apis.signer(call) : null;
    const parts =
      built !== null
        ? this.#builtBy(built, objects)
        : signer !== null
          ? this.#signedBy(signer, call, objects)
          : this.#ownAt(call, objects);
    if (parts === null) return null;
    const { frames, hasUsedArgument: isGiven } = objects;
    return { ...parts, run, frames, isGiven, isSetup: false };
  }

  /** @param signing the call that reads what it is given, once and for all */
  #objectsIn(run: Run, signing: Node | null): Objects {
    const frames = new Frames(this.#units, run.calls);
    return new Objects((call) => this.#apis.signer(call) !== null, frames, run, signing);
  }

  #ownAt(call: Creation, objects: Objects): DraftParts | null {
    const own = handRolled(call, this.#bindings, objects);
    if (own === null) return null;
    return {
      node: call,
      library: HAND_ROLLED,
      version: null,
      payload: this.#setups.view(own.payload, objects),
      header: own.header,
      keys: [own.key],
      token: call,
      options: [],
      starts: [],
      isWhole: true,
      setup: null,
      isSetElsewhere: false,
    };
  }

  #signedBy(
    { library, signing, setup, version }: Signer,
    call: Creation,
    objects: Objects,
  ): DraftParts {
    const key = signing.key === null ? null : this.#setups.nodeAt(call, signing.key, objects);
    const own = this.#setups.optionsOf(call, signing.options, objects);
    const before = this.#setups.setUp(setup, library, call, objects);
    const keys = [...(key === null ? [] : [key]), ...own.keys];
    return {
      node: call,
      library,
      version,
      payload: this.#setups.viewAt(call, signing.payload, objects) ?? UNSEEN,
      header: signing.header === null ? null : this.#setups.viewAt(call, signing.header, objects),
      keys: keys.length > 0 ? keys : before.keys,
      token: call,
      options: shadowed(own.lives, before.lives),
      starts: shadowed(own.starts, before.starts),
      isWhole: own.isWhole && before.isWhole,
      setup: before.setup,
      isSetElsewhere: setup.kind === 'elsewhere' && before === HIDDEN,
    };
  }

  #builtBy(built: Built, objects: Objects): DraftParts {
    const { builder, creation, version } = built;
    const file = objects.frames.of(creation);
    const initial = this.#setups.viewAt(creation, builder.payload, objects) ?? NOTHING_IN_IT;
    let payload = without(initial, builder.overwritten);
    let header: View | null = null;
    let [lives, starts] = [NOTHING_IN_IT, NOTHING_IN_IT];
    let token: Node = creation;
    const key = builder.key === null ? null : this.#setups.nodeAt(creation, builder.key, objects);
    const keys = key === null ? [] : [key];
    const { steps, claims } = this.#uses(this.#units.of(creation)).get(creation) ?? NO_USES;
    for (const { call, name } of steps) {
      const [first, second] = call.arguments;
      const end = Object.hasOwn(builder.ends, name) ? builder.ends[name] : undefined;
      if (end !== undefined) {
        token = call;
        const last = end === null ? null : this.#setups.nodeAt(call, end, objects);
        if (last !== null) keys.push(last);
        continue;
      }
      const step = builder.steps[name];
      if (step === undefined || first === undefined) continue;
      const isCertain = isWithin(creation, call) || blockOf(call) === blockOf(creation);
      const put = (under: View, claim: string, value: Node): View => {
        const added = objects.single(claim, value, file);
        return overlay(under, isCertain ? added : either(NOTHING_IN_IT, added));
      };
      switch (step.sets) {
        case 'life':
          lives = put(lives, 'it', first);
          break;
        case 'start':
          starts = put(starts, 'it', first);
          break;
        case 'claim':
          payload = put(payload, step.claim, first);
          break;
        case 'named': {
          const claim = keyName(first, true);
          const isSeen = claim !== null && second !== undefined;
          payload = isSeen ? put(payload, claim, second) : { ...payload, isWhole: false };
          break;
        }
        case 'key':
          keys.push(first);
          break;
        case 'header':
          header = objects.view(first, file);
          break;
      }
    }
    for (const { name, value } of claims) {
      payload =
        name === null
          ? { ...payload, isWhole: false }
          : overlay(payload, objects.single(name, value, file));
    }
    return {
      node: creation,
      library: builder.library,
      version,
      payload,
      header,
      keys,
      token,
      options: lives.entries.get('it') ?? [],
      starts: starts.entries.get('it') ?? [],
      isWhole: true,
      setup: null,
      isSetElsewhere: false,
    };
  }

  /** What is done with each token in the making, by the call that begins it. */
  #uses(unit: Unit): ReadonlyMap<Creation, Uses> {
    const known = this.#usesIn.get(unit);
    if (known !== undefined) return known;
    const uses = new Map<Creation, Uses>();
    const at = (creation: Creation): Uses => {
      let known = uses.get(creation);
      if (known === undefined) {
        known = { steps: [], claims: [] };
        uses.set(creation, known);
      }
      return known;
    };
    for (const call of unit.calls) {
      if (call.type !== 'CallExpression') continue;
      for (const part of this.#apis.of(call.callee)) {
        if (part.kind === 'method') at(part.of.creation).steps.push({ call, name: part.name });
      }
    }
    for (const { left, right } of unit.assignments) {
      if (left.type !== 'MemberExpression') continue;
      for (const part of this.#apis.of(left.object)) {
        if (part.kind !== 'body') continue;
        at(part.of.creation).claims.push({ name: memberName(left), value: right });
      }
    }
    // In a chain, the inner call runs first, and ends first.
    for (const { steps } of uses.values()) {
      steps.sort((one, other) => endOf(one.call) - endOf(other.call));
    }
    this.#usesIn.set(unit, uses);
    return uses;
  }
}

/** What is given in the call itself, and what was given before where that is silent. */
function shadowed(own: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  return own.some(({ isCertain }) => isCertain) ? own : [...own, ...before];
}
