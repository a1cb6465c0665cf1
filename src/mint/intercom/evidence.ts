/**
 * Whether a mint is of Intercom's user JWT: told by names alone, since no text in a program says it.
 */

import { childrenOf, isClass, isFunction, keyName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Values } from '../../values/resolve.ts';
import { Destinations } from './destinations.ts';
import { KeyOrigins, type KeyOrigin } from './keys.ts';
import {
  namesIntercom,
  namesIntercomKey,
  namesIntercomMint,
  namesOtherClaim,
  namesOtherIntercom,
  namesOtherToken,
} from './names.ts';
import { pathOf } from '../../syntax/forms.ts';
import type { View } from '../mints/views.ts';
import type { Run } from '../mints/runs.ts';
import type { Frames } from '../mints/units.ts';

/** What is known of a mint before it is judged. */
export interface Suspect {
  /** The call that takes the payload, and those that give it what it mints, from the inside out. */
  readonly nodes: readonly Node[];
  readonly run: Run;
  readonly frames: Frames;
  readonly payload: View;
  readonly header: View | null;
  readonly keys: readonly Node[];
  /** The expression that is the token. */
  readonly token: Node;
  /** The expressions that give the life. */
  readonly lives: readonly Node[];
  /** Whether it is a set-up by itself, which is told by its key alone. */
  readonly isSetup: boolean;
}

/** Claims of the tokens of video services and of Atlassian's apps. */
const FOREIGN_CLAIMS = ['grants', 'voice', 'video', 'room', 'roomJoin', 'qsh'];

/** Claims that the application's own tokens have. */
const OWN_CLAIMS: readonly (readonly string[])[] = [
  ['scope'],
  ['scopes'],
  ['roles'],
  ['role', 'sid'],
  ['sessionId'],
  ['purpose'],
  ['jti', 'tokenType'],
  // Of the tokens of Twilio.
  ['identity', 'nbf'],
];

/** Values of `type` in the application's own tokens. */
const OWN_TYPE = /^(?:access|refresh|reset|verify|verification|session)/i;

/** Judges the mints of the files that are looked at. */
export class Evidence {
  readonly #keys: KeyOrigins;
  readonly #destinations: Destinations;
  readonly #hasForeignImport: (node: Node) => boolean;

  /** @param hasForeignImport whether the file of a node imports a package that mints for another service */
  constructor(bindings: Bindings, values: Values, hasForeignImport: (node: Node) => boolean) {
    this.#keys = new KeyOrigins(bindings, values);
    this.#destinations = new Destinations(bindings);
    this.#hasForeignImport = hasForeignImport;
  }

  isIntercom(suspect: Suspect): boolean {
    if (this.#isForeign(suspect)) return false;
    if (suspect.keys.some((key) => this.#isIntercomKey(key, suspect))) return true;
    if (suspect.isSetup) return false;
    if (this.#destinations.areIntercom(suspect.token, suspect.run)) return true;
    if (this.#isOwn(suspect)) return false;
    const names = suspect.nodes.flatMap((node) => enclosingNames(node));
    if (names.some(({ name, isFunction: is }) => is && namesIntercomMint(name))) return true;
    if (!suspect.payload.entries.has('user_id')) return false;
    return (
      names.some(({ name }) => namesIntercom(name)) ||
      suspect.lives.some((life) => namesIn(life).some((name) => namesIntercom(name)))
    );
  }

  /** What a key is made of: the names on its way, and the texts in it. */
  originOf(key: Node, { run, frames }: Pick<Suspect, 'run' | 'frames'>): KeyOrigin {
    return this.#keys.of(key, run, frames);
  }

  #isIntercomKey(key: Node, suspect: Suspect): boolean {
    return this.originOf(key, suspect).names.some(({ name }) => namesIntercomKey(name));
  }

  /** Marks of another service, which nothing outweighs. */
  #isForeign({ payload, header, nodes, run }: Suspect): boolean {
    const through = [...nodes, ...run.calls.map(({ call }) => call)];
    if (through.some((node) => this.#hasForeignImport(node))) return true;
    if (FOREIGN_CLAIMS.some((claim) => payload.entries.has(claim))) return true;
    if (this.#texts(payload, 'iss').some((text) => /^SK[\da-f]{8}/i.test(text))) return true;
    return header !== null && this.#texts(header, 'cty').some((text) => text.startsWith('twilio'));
  }

  /** Marks of the application's own tokens, which a key or a destination outweighs. */
  #isOwn({ payload, nodes }: Suspect): boolean {
    if (OWN_CLAIMS.some((claims) => claims.every((claim) => payload.entries.has(claim))))
      return true;
    if ([...payload.entries.keys()].some(namesOtherClaim)) return true;
    const types = ['type', 'typ', 'token_type'].flatMap((name) => this.#texts(payload, name));
    if (types.some((text) => OWN_TYPE.test(text))) return true;
    return nodes.some((node) => {
      const names = enclosingNames(node);
      const nearest = [names[0], names.find(({ isFunction: is }) => is)];
      const owner = names.find(({ isClass: is }) => is);
      return (
        nearest.some((one) => one !== undefined && namesOtherToken(one.name)) ||
        [...nearest, owner].some((one) => one !== undefined && namesOtherIntercom(one.name))
      );
    });
  }

  #texts(view: View, name: string): readonly string[] {
    return (view.entries.get(name) ?? []).flatMap(({ value, file }) =>
      file
        .of(value)
        .flatMap(({ value: one }) =>
          one.kind === 'string' && one.text !== null ? [one.text] : [],
        ),
    );
  }
}

/** The names in an expression. */
function namesIn(node: Node): readonly string[] {
  const names: string[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isFunction(next) || isClass(next)) continue;
    if (next.type === 'Identifier') names.push(next.name);
    open.push(...childrenOf(next));
  }
  return names;
}

interface EnclosingName {
  readonly name: string;
  readonly isFunction: boolean;
  readonly isClass: boolean;
}

/** The names of what a node stands in: functions, classes, properties, variables; inmost first. */
function enclosingNames(node: Node): readonly EnclosingName[] {
  const names: EnclosingName[] = [];
  const add = (name: string | null, is: boolean, ofClass = false): void => {
    if (name !== null) names.push({ name, isFunction: is, isClass: ofClass });
  };
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    const isOfFunction = isFunction(unwrap(inner));
    switch (outer.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        add(outer.id?.name ?? null, true);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        add(outer.id?.name ?? null, false, true);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'Property':
        if (outer.value === inner) add(keyName(outer.key, outer.computed), isOfFunction);
        break;
      case 'VariableDeclarator':
        add(outer.id.type === 'Identifier' ? outer.id.name : null, isOfFunction);
        break;
      case 'AssignmentExpression':
        add(pathOf(outer.left), isOfFunction);
        break;
      default:
        break;
    }
    inner = outer;
  }
  return names;
}
