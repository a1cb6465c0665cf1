/** Calls of the web Messenger of which a package drops what matters, or does nothing at all. */

import type { CallExpression, Node } from '../../syntax/ast.ts';
import { isBefore } from '../../mint/libraries/versions.ts';
import { machine } from '../../project/machine.ts';
import { NAMES, REACT_PACKAGE, REACT_WITH_JWT, type Api } from '../../sdk/web/apis.ts';
import type { Attributes, Given, Told } from '../attributes.ts';
import { solvedBy } from '../flow.ts';
import type { Provider, WebTelling, WebFile } from '../model.ts';
import { BOOTED, BOOTING, bootingOf } from './booting.ts';

export type Misuse =
  /** A text is given to the SDK's default export. */
  | { readonly kind: 'notObject'; readonly node: CallExpression; readonly method: string }
  /** The user JWT has a name that the API does not know. */
  | {
      readonly kind: 'wrongName';
      readonly node: Node;
      readonly api: Api;
      readonly name: string;
      readonly right: string;
      /** The property that has it, where that is in the file. */
      readonly property: Node | null;
    }
  /** The installed version of `react-use-intercom` does not know the user JWT. */
  | { readonly kind: 'tooOld'; readonly node: Node; readonly version: string }
  /** A hash and a user JWT are given together. */
  | { readonly kind: 'hashAndJwt'; readonly node: Node; readonly telling: WebTelling }
  /** A boot behind that of a provider, which does nothing. */
  | {
      readonly kind: 'alreadyBooted';
      readonly node: CallExpression;
      readonly provider: Provider;
      readonly file: WebFile;
    };

/** The misuses in a file, in the order of what tells the Messenger. */
export function misusesIn(file: WebFile): readonly Misuse[] {
  return [
    ...notObjects(file),
    ...file.tellings().flatMap((telling) => attributesMisused(telling, file)),
    ...bootedAlready(file),
  ];
}

function notObjects(file: WebFile): readonly Misuse[] {
  return file.calls().flatMap(({ node, method, args: [first] }): readonly Misuse[] => {
    if (method !== null || first === undefined) return [];
    const text = file.clients.constants.textOf(first);
    return text === null ? [] : [{ kind: 'notObject', node, method: text }];
  });
}

function attributesMisused(telling: WebTelling, file: WebFile): readonly Misuse[] {
  const attributes = file.attributesOf(telling);
  const { api } = telling;
  const right = NAMES[api].jwt;
  const at = (place: Node): Node => (file.isOwn(place) ? place : telling.node);
  const isTold = attributes.of.jwt.presence === 'always';
  const misnamed = isTold
    ? []
    : attributes.misnamed.map(({ property, name }): Misuse => {
        const own = file.isOwn(property) ? property : null;
        return { kind: 'wrongName', node: at(property), api, name, right, property: own };
      });
  return [...misnamed, ...tooOld(telling, attributes, file), ...doubled(telling, attributes, file)];
}

function tooOld(
  telling: WebTelling,
  { of: { jwt } }: Attributes,
  file: WebFile,
): readonly Misuse[] {
  if (telling.api !== 'react') return [];
  const given = jwt.given.find(({ place }) => isNamed(place, NAMES.react.jwt));
  if (given === undefined) return [];
  const version = machine().versionAt([REACT_PACKAGE], file.filename);
  if (version === null || !isBefore(version, REACT_WITH_JWT)) return [];
  const node = file.isOwn(given.place) ? given.place : telling.node;
  return [{ kind: 'tooOld', node, version: version.join('.') }];
}

/** Whether a property has a name, as it is written. */
function isNamed(place: Node, name: string): boolean {
  if (place.type !== 'Property') return false;
  return place.key.type === 'Identifier' ? place.key.name === name : true;
}

function doubled(
  telling: WebTelling,
  { of: { hash, jwt } }: Attributes,
  file: WebFile,
): readonly Misuse[] {
  if (!isGiven(hash) || !isGiven(jwt)) return [];
  const place = hash.given[0]?.place ?? telling.node;
  return [{ kind: 'hashAndJwt', node: file.isOwn(place) ? place : telling.node, telling }];
}

/** Whether an attribute is always there, and not written out as nothing. */
function isGiven({ presence, given }: Told): boolean {
  return presence === 'always' && given.some((one) => !isNothing(one));
}

/** Whether a value is always null or undefined. */
function isNothing({ value, file }: Given): boolean {
  return file.of(value).every(({ value: { kind } }) => kind === 'null' || kind === 'undefined');
}

function bootedAlready(file: WebFile): readonly Misuse[] {
  const boots = file.calls().filter(({ node, api, method }) => {
    if (api !== 'react' || method !== 'boot') return false;
    const telling = file.tellings().find((one) => one.node === node);
    return telling !== undefined && file.attributesOf(telling).of.jwt.given.length > 0;
  });
  if (boots.length === 0) return [];
  const booting = bootingProvider(file);
  if (booting === null) return [];
  const isBoot = new Set<object>(boots.map(({ node }) => node));
  const solution = solvedBy(BOOTING, file, bootingOf(file, 'react'), (place) =>
    isBoot.has(place) ? 1 << BOOTED : 0,
  );
  return boots.flatMap(({ node }): readonly Misuse[] =>
    ((solution?.statesAt(node) ?? 0) & (1 << BOOTED)) === 0
      ? []
      : [{ kind: 'alreadyBooted', node, ...booting }],
  );
}

/** The provider of a program that boots by itself, where all that it has do. */
function bootingProvider(
  file: WebFile,
): { readonly provider: Provider; readonly file: WebFile } | null {
  const all = file.inProgram().flatMap((one) => {
    return one.providers().map((provider) => ({ provider, file: one }));
  });
  const [first] = all;
  return first !== undefined && all.every(({ provider }) => provider.isBooting === true)
    ? first
    : null;
}
