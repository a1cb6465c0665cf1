/** What functions and values of the language, of hosts and of packages are, as far as that is told by their names. */

import { memberName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { called, constructed } from './time/calls.ts';
import { string, type External, type Value } from './value.ts';

/** Whether a function leaves a date as it is: those of packages do, and methods of globals. */
export function isHarmless(external: External | null): boolean {
  if (external === null) return false;
  if (external.specifier !== null) return !external.specifier.startsWith('.');
  return external.path.length > 1 || called(external) !== null || constructed(external) !== null;
}

/** Whether calling something gives back its argument: `Object.freeze(…)`. */
export function isHandedOn({ module, path }: External): boolean {
  const [owner, name] = path;
  return module === null && owner === 'Object' && (name === 'freeze' || name === 'seal');
}

/** What Nest's `registerAs('jwt', () => …)` gives back. */
export function factoryOf(
  { module, path }: External,
  { arguments: [, factory] }: CallExpression,
): Node | undefined {
  return module === '@nestjs/config' && path.join('.') === 'registerAs' ? factory : undefined;
}

/** `Object.assign`. */
export function isAssign({ module, path }: External): boolean {
  return module === null && path.join('.') === 'Object.assign';
}

/** `Object.freeze`. */
export function isFreeze(external: External | null): boolean {
  return external?.module === null && external.path.join('.') === 'Object.freeze';
}

/** Functions of the language that change the object which is their first argument, with their owners. */
export const CHANGERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['assign', ['Object']],
  ['defineProperties', ['Object']],
  ['defineProperty', ['Object', 'Reflect']],
  ['deleteProperty', ['Reflect']],
  ['set', ['Reflect']],
]);

/** Methods that change an array. */
export const REORDERING: ReadonlySet<string> = new Set([
  'copyWithin',
  'fill',
  'pop',
  'push',
  'reverse',
  'shift',
  'sort',
  'splice',
  'unshift',
]);

/** Whether calling something changes the object that it is given first. */
export function isChanger(external: External | null): boolean {
  const [owner, name, ...others] = external?.module === null ? external.path : [];
  if (owner === undefined || name === undefined || others.length > 0) return false;
  return CHANGERS.get(name)?.includes(owner) === true;
}

/** `process.env.X`, and what other hosts have instead. */
export function environmentOf({ module, path }: External): Value | null {
  const whole = module === null ? path.join('.') : `${module}.${path.join('.')}`;
  const [, name] = /^(?:process|Bun)\.env\.([^.]+)$/.exec(whole) ?? [];
  return name === undefined ? null : string({ environment: name });
}

/** `import.meta.env`. */
export function isMetaEnv(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'MemberExpression' &&
    inner.object.type === 'MetaProperty' &&
    memberName(inner) === 'env'
  );
}
