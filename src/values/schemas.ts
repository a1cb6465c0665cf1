/**
 * Settings that are read from the environment by a schema: zod's `z.object(…).parse(process.env)`,
 * Joi's `Joi.object(…).validate(process.env)`, valibot's `v.parse(v.object(…), process.env)`,
 * t3's `createEnv`, envalid's `cleanEnv`, convict, and env-var. Of each setting, its default is known.
 */

import {
  calledName,
  keyName,
  memberName,
  memberNameOf,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import { beginOf } from '../syntax/forms.ts';
import { importOf, initializerOf, isNeverReassigned, type Bindings } from '../syntax/bindings.ts';
import { packageOf } from './externals.ts';
import type { External } from './value.ts';

/** The default of a setting, and what is made of it, in this order. */
export interface SettingDefault {
  readonly value: Node;
  /** Functions that are called with it; `number` stands for `Number`. */
  readonly conversions: readonly (Node | 'number')[];
}

/** A longer chain is read from its end. */
const MAX_STEPS = 50;

/** A step of a chain such as `z.string().default('5m')`. */
interface Step {
  readonly name: string;
  readonly args: readonly Node[];
}

/** Methods of a schema that give what is in it for what may be missing. */
const DEFAULTS = /^(?:default|catch|prefault)$/;

/** Methods of a schema of settings that give the settings, or a schema of the same. */
const SAME =
  /^(?:parse|parseAsync|safeParse|strict|loose|passthrough|strip|refine|superRefine|validate|unknown|prefs|loadFile|getProperties)$/;

/** Methods of convict that put something else in the place of defaults. */
const OVERWRITING = /^(?:load|set)$/;

/** Functions around a schema that take a default behind it: valibot's `v.optional(schema, '5m')`. */
const WITH_DEFAULT = /^(?:optional|nullish|exactOptional|undefinedable|fallback)$/;

/** Methods of a library that make a schema of settings. */
const OBJECT = /^(?:object|strictObject|looseObject)$/;

/** The arguments of calls that take schemas of settings, by the function. */
const READERS: ReadonlyMap<string, (args: readonly Node[]) => Node | undefined> = new Map([
  ['zod:object', ([shape]: readonly Node[]) => shape],
  ['zod:strictObject', ([shape]: readonly Node[]) => shape],
  ['zod:looseObject', ([shape]: readonly Node[]) => shape],
  ['joi:object', ([shape]: readonly Node[]) => shape],
  ['valibot:parse', ([schema]: readonly Node[]) => schema],
  ['convict:', ([schema]: readonly Node[]) => schema],
  ['envalid:cleanEnv', ([, shape]: readonly Node[]) => shape],
  ['znv:parseEnv', ([, shape]: readonly Node[]) => shape],
]);

/** The parts of the options of t3's `createEnv`. */
const SECTIONS = ['server', 'shared', 'client'];

/** Reads the schemas of one file. */
export class Schemas {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** The literals that say what the settings are that a call gives; null where it gives none. */
  given({ module, path }: External, call: CallExpression): readonly ObjectExpression[] | null {
    if (module === null) return null;
    const { arguments: args } = call;
    const [library = ''] = module.split('/');
    if (library === 'convict' && this.#isOverwritten(call)) return null;
    if (library === '@t3-oss' && path.join('.') === 'createEnv') {
      const options = this.#literals(args.slice(0, 1));
      return this.#literals(SECTIONS.flatMap((name) => this.setting(options, name) ?? []));
    }
    // `import { z } from 'zod'`
    const names = library === 'zod' && path[0] === 'z' ? path.slice(1) : path;
    const shape = READERS.get(`${library}:${names.join('.')}`)?.(args);
    return shape === undefined ? null : this.#literals([shape]);
  }

  /** The literals of what a method of a schema gives; null where that is not known. */
  after(
    shapes: readonly ObjectExpression[],
    method: string,
    args: readonly Node[],
  ): readonly ObjectExpression[] | null {
    if (SAME.test(method)) return shapes;
    return method === 'extend' ? [...this.#literals(args.slice(0, 1)), ...shapes] : null;
  }

  /** The schema of a setting. */
  setting(shapes: readonly ObjectExpression[], name: string): Node | null {
    for (const { properties } of shapes) {
      for (const property of properties) {
        if (property.type !== 'Property') continue;
        if (keyName(property.key, property.computed) === name) return property.value;
      }
    }
    return null;
  }

  /** The literal of settings within settings that a schema of convict has. */
  within(schema: Node): ObjectExpression | null {
    const literal = this.#initial(schema);
    return literal.type === 'ObjectExpression' ? literal : null;
  }

  /** Whether the settings that a call gives are written in this file: `config.set('ttl', 3600)`. */
  #isOverwritten({ parent }: CallExpression): boolean {
    const variable =
      parent?.type === 'VariableDeclarator' ? this.#bindings.variable(parent.id) : null;
    return (variable?.references ?? []).some(
      ({ identifier: { parent: member } }) =>
        member?.type === 'MemberExpression' && OVERWRITING.test(memberName(member) ?? ''),
    );
  }

  /** The default in a schema; null where it has none. */
  defaultIn(schema: Node): SettingDefault | null {
    const literal = this.within(schema);
    if (literal !== null) {
      // `{ format: 'nat', default: 300, env: 'TTL' }`
      const written = this.setting([literal], 'default');
      return written === null ? null : { value: written, conversions: [] };
    }
    const steps = this.#steps(schema);
    const values = steps.flatMap(({ name, args: [first, second] }, index): readonly Node[] => {
      if (first === undefined) return [];
      if (second !== undefined && WITH_DEFAULT.test(name)) return [second];
      if (DEFAULTS.test(name)) return [first];
      // `num({ default: 300 })`
      const option = index === 0 ? this.setting(this.#literals([first]), 'default') : null;
      return option === null ? [] : [option];
    });
    const value = values.at(-1);
    if (value === undefined) return null;
    const conversions = steps.flatMap((step, index) => this.#conversions(step, steps[index - 1]));
    return { value, conversions };
  }

  #conversions({ name, args }: Step, before: Step | undefined): readonly (Node | 'number')[] {
    if (name === 'transform') return args.slice(0, 1);
    const isNumeric =
      (name === 'number' && before?.name === 'coerce') ||
      (name === 'pipe' && args.some((schema) => this.#isNumeric(schema))) ||
      /^as(?:Int|Float|PortNumber)/.test(name);
    return isNumeric ? ['number'] : [];
  }

  #isNumeric(schema: Node): boolean {
    return this.#steps(schema).some(({ name }) => name === 'number' || name === 'int');
  }

  /** The names in a chain of members and calls, the first first. */
  #steps(node: Node, depth = 0): readonly Step[] {
    if (depth > MAX_STEPS) return [];
    const inner = this.#initial(node);
    const isCall = inner.type === 'CallExpression';
    const callee = isCall ? unwrap(inner.callee) : inner;
    const args = isCall ? inner.arguments : [];
    if (callee.type === 'Identifier') return isCall ? [{ name: callee.name, args }] : [];
    if (callee.type !== 'MemberExpression') return [];
    return [...this.#steps(callee.object, depth + 1), { name: memberName(callee) ?? '?', args }];
  }

  #literals(nodes: readonly Node[]): readonly ObjectExpression[] {
    return nodes.flatMap((node) => {
      const inner = this.#initial(node);
      if (inner.type === 'ObjectExpression') return [inner];
      // `v.object({ … })`, or `object({ … })`
      const [shape] = inner.type === 'CallExpression' ? inner.arguments : [];
      if (inner.type !== 'CallExpression' || shape?.type !== 'ObjectExpression') return [];
      return OBJECT.test(calledName(inner) ?? '') ? [shape] : [];
    });
  }

  /** What a constant is given; another expression as it is. */
  #initial(node: Node): Node {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.#bindings.variable(inner) : null;
    if (variable === null || !isNeverReassigned(variable)) return inner;
    const initial = unwrap(initializerOf(variable) ?? inner);
    return initial;
  }
}

/**
 * The factory whose result Nest injects as a parameter, by its type: `ConfigType<typeof jwtConfig>`;
 * null for other parameters.
 */
export function injectedConfig(parameter: Node, bindings: Bindings): Node | null {
  const annotation = 'typeAnnotation' in parameter ? parameter.typeAnnotation : null;
  const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : null;
  if (type?.type !== 'TSTypeReference') return null;
  const [definition] = bindings.variable(type.typeName)?.defs ?? [];
  const imported = definition?.type === 'ImportBinding' ? importOf(definition) : null;
  if (imported?.name !== 'ConfigType') return null;
  if (packageOf(imported.specifier) !== '@nestjs/config') return null;
  const [argument] = type.typeArguments?.params ?? [];
  return argument?.type === 'TSTypeQuery' ? argument.exprName : null;
}

/** What a chain such as `env.get('TTL').default('300').asInt()` begins and ends with. */
export function endsOf(call: CallExpression): { readonly root: Node; readonly last: string } {
  return { root: beginOf(call), last: memberNameOf(call.callee) ?? '' };
}
