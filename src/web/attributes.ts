/**
 * What the web Messenger is told of a user: the attributes in an object, as far as they can be seen.
 * Literals, spreads, what is chosen between, constants of other modules, results of functions of the
 * project, and what is assigned later are followed.
 */

import { keyName, rootOf, unwrap, type Node, type ObjectExpression } from '../syntax/ast.ts';
import { ATTRIBUTES, CUSTOM_ATTRIBUTES, NAMES, type Api, type Attribute } from '../sdk/web/apis.ts';
import type { Expressions } from '../values/evaluate.ts';
import { isAbsent } from '../values/literals.ts';
import { isHeld } from '../values/writes.ts';

/** An expression that gives an attribute its value. */
export interface Given {
  readonly value: Node;
  readonly file: Expressions;
  /** What names the attribute: a property, or what assigns it. */
  readonly place: Node;
}

/** Whether an attribute is there: `unknown` where it may be in a part that is not seen. */
export type Presence = 'always' | 'sometimes' | 'never' | 'unknown';

export interface Told {
  readonly presence: Presence;
  readonly given: readonly Given[];
}

/** Something that is written in an object, under a name that the API does not know. */
export interface Misnamed {
  readonly property: Node;
  readonly name: string;
  readonly value: Node;
}

/** An object as an API reads it. */
export interface Attributes {
  readonly of: Readonly<Record<Attribute, Told>>;
  /** The user JWT under a name that is dropped, as it is written. */
  readonly misnamed: readonly Misnamed[];
}

/** Who knows the writes to objects of the file. */
export interface Changes {
  /** What a property is assigned after its object was made; null values are not known. */
  readonly writes: (
    owner: ObjectExpression,
    name: string,
  ) => readonly { readonly node: Node; readonly value: Node | null }[];
  /** Whether an object gets to a function that may change it. */
  readonly isHandedOut: (owner: ObjectExpression) => boolean;
}

/** Objects that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 12;

const NEVER: Told = { presence: 'never', given: [] };
const UNSEEN: Told = { presence: 'unknown', given: [] };

function all(told: Told): Attributes {
  return { of: { jwt: told, hash: told, userId: told, email: told }, misnamed: [] };
}

/** What is told by nothing, */
export const NOTHING_TOLD: Attributes = all(NEVER);

/** and by what is not seen. */
export const UNSEEN_ATTRIBUTES: Attributes = all(UNSEEN);

/** The words of the user JWT's name, whatever their case. */
const JWT_WORDS = /^intercom_?user_?jwt$/i;

/** Reads objects as one API does. */
export class AttributeReader {
  readonly #api: Api;
  readonly #changes: Changes;

  constructor(api: Api, changes: Changes) {
    this.#api = api;
    this.#changes = changes;
  }

  read(node: Node, file: Expressions, depth = 0): Attributes {
    if (depth > MAX_DEPTH) return UNSEEN_ATTRIBUTES;
    const inner = unwrap(node);
    const next = (other: Node): Attributes => this.read(other, file, depth + 1);
    switch (inner.type) {
      case 'ObjectExpression':
        return this.#literal(inner, file, depth);
      case 'ConditionalExpression':
        return either(next(inner.consequent), next(inner.alternate));
      case 'LogicalExpression':
        if (inner.operator === '&&') return either(NOTHING_TOLD, next(inner.right));
        return either(next(inner.left), next(inner.right));
      default:
        return this.#computed(inner, file, depth);
    }
  }

  #computed(node: Node, file: Expressions, depth: number): Attributes {
    return file
      .of(node)
      .map(({ value }): Attributes => {
        switch (value.kind) {
          case 'undefined':
          case 'null':
          case 'boolean':
            return NOTHING_TOLD;
          case 'object':
            return value.node === node
              ? UNSEEN_ATTRIBUTES
              : this.#literal(value.node, value.file, depth + 1);
          default:
            return UNSEEN_ATTRIBUTES;
        }
      })
      .reduce(either);
  }

  #literal(literal: ObjectExpression, file: Expressions, depth: number): Attributes {
    let told = NOTHING_TOLD;
    for (const part of literal.properties) {
      if (part.type === 'SpreadElement') {
        told = overlay(told, this.read(part.argument, file, depth + 1));
        continue;
      }
      const name = keyName(part.key, part.computed) ?? textIn(part.key, file);
      if (name === null) {
        told = overlay(told, UNSEEN_ATTRIBUTES);
      } else if (isAbsent(part)) {
        told = withAttribute(told, this.#attribute(name), NEVER);
      } else if (this.#api === 'react' && name === CUSTOM_ATTRIBUTES) {
        const raw = new AttributeReader('global', this.#changes);
        // What goes by other names there is custom indeed.
        told = overlay(told, { ...raw.read(part.value, file, depth + 1), misnamed: [] });
      } else {
        const given = { value: part.value, file, place: part };
        told = withAttribute(told, this.#attribute(name), { presence: 'always', given: [given] });
        if (this.#isMisnamed(name)) {
          const misnamed = { property: part, name, value: part.value };
          told = { ...told, misnamed: [...told.misnamed, misnamed] };
        }
      }
    }
    return isHeld(literal) ? this.#changed(told, literal, file) : told;
  }

  /** With what is done to an object after it was made. */
  #changed(told: Attributes, literal: ObjectExpression, file: Expressions): Attributes {
    let changed = told;
    if (this.#changes.isHandedOut(literal)) changed = overlay(changed, UNSEEN_ATTRIBUTES);
    for (const attribute of ATTRIBUTES) {
      const name = NAMES[this.#api][attribute];
      for (const { node, value } of this.#changes.writes(literal, name)) {
        const isHere = rootOf(node) === rootOf(literal);
        const given = value === null || !isHere ? [] : [{ value, file, place: node }];
        const presence = given.length === 0 ? 'unknown' : 'sometimes';
        changed = overlayOne(changed, attribute, { presence, given });
      }
    }
    return changed;
  }

  #attribute(name: string): Attribute | null {
    return ATTRIBUTES.find((attribute) => NAMES[this.#api][attribute] === name) ?? null;
  }

  #isMisnamed(name: string): boolean {
    return JWT_WORDS.test(name) && name !== NAMES[this.#api].jwt;
  }
}

function textIn(key: Node, file: Expressions): string | null {
  const [{ value }, ...others] = file.of(key);
  return others.length === 0 && value.kind === 'string' ? value.text : null;
}

function each(
  one: Attributes,
  other: Attributes,
  merge: (one: Told, other: Told) => Told,
): Attributes {
  return {
    of: {
      jwt: merge(one.of.jwt, other.of.jwt),
      hash: merge(one.of.hash, other.of.hash),
      userId: merge(one.of.userId, other.of.userId),
      email: merge(one.of.email, other.of.email),
    },
    misnamed: [...one.misnamed, ...other.misnamed],
  };
}

/** One of two objects. */
function either(one: Attributes, other: Attributes): Attributes {
  return each(one, other, (told, otherwise) => ({
    presence: eitherPresence(told.presence, otherwise.presence),
    given: [...told.given, ...otherwise.given],
  }));
}

function eitherPresence(one: Presence, other: Presence): Presence {
  if (one === other) return one;
  if (one === 'unknown' || other === 'unknown') return 'unknown';
  return 'sometimes';
}

/** One object with another spread over it. */
function overlay(base: Attributes, over: Attributes): Attributes {
  return each(base, over, overlaid);
}

function overlaid(base: Told, over: Told): Told {
  switch (over.presence) {
    case 'always':
      return over;
    case 'never':
      return base;
    case 'sometimes':
    case 'unknown': {
      const given = [...base.given, ...over.given];
      const presence =
        base.presence === 'always'
          ? 'always'
          : eitherPresence(
              base.presence === 'never' ? over.presence : base.presence,
              over.presence,
            );
      return { presence, given };
    }
  }
}

function overlayOne(told: Attributes, attribute: Attribute, over: Told): Attributes {
  return withAttribute(told, attribute, overlaid(told.of[attribute], over));
}

function withAttribute(told: Attributes, attribute: Attribute | null, one: Told): Attributes {
  return attribute === null ? told : { ...told, of: { ...told.of, [attribute]: one } };
}
