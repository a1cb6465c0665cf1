/** Settings with defaults beside the libraries: each program is really run, with and without them. */

import * as nest from '@nestjs/config';
import convict from 'convict';
import joi from 'joi';
import ts from 'typescript';
import * as valibot from 'valibot';
import * as zod from 'zod';
import { describe, expect, test } from 'vitest';

import { toNumber } from '../../src/values/operators.ts';
import { constantOf } from '../../src/values/linear.ts';
import { evaluated } from '../helpers/minted.ts';

const PACKAGES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['@nestjs/config', nest],
  ['convict', convict],
  ['joi', joi],
  ['valibot', valibot],
  ['zod', zod],
]);

/** Runs a program in an environment, and gives its constant `result`. */
function run(source: string, env: Readonly<Record<string, string>>): unknown {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function(
    'require',
    'exports',
    'process',
    `${outputText}; return result;`,
  ) as (require: (specifier: string) => unknown, exports: object, process: object) => unknown;
  return program((specifier) => PACKAGES.get(specifier), {}, { env });
}

/** The numbers that the model has for the constant `result`, each after its role; else `unknown`. */
function modelled(source: string): readonly string[] {
  return evaluated(source).values.map(({ value, role }) => {
    const { linear } = toNumber(value);
    const known = linear === null ? null : constantOf(linear);
    return known === null ? 'unknown' : `${role} ${String(known)}`;
  });
}

const ENVIRONMENT = { TTL: '77' };

describe('a setting is its default where nothing is given', () => {
  test.each([
    [
      'zod',
      "import { z } from 'zod'; const env = z.object({ TTL: z.coerce.number().default(300) }).parse(process.env); const result = env.TTL;",
    ],
    [
      'zod, of a text',
      "import { z } from 'zod'; const env = z.object({ TTL: z.string().default('300').transform(Number) }).parse(process.env); const result = env.TTL;",
    ],
    [
      'Joi',
      "import Joi from 'joi'; const { value } = Joi.object({ TTL: Joi.number().integer().default(300) }).unknown().validate(process.env); const result = value.TTL;",
    ],
    [
      'Joi, with its error',
      "import * as Joi from 'joi'; const schema = Joi.object({ TTL: Joi.number().default(300) }); const checked = schema.validate(process.env); const result = checked.value.TTL;",
    ],
    [
      'valibot',
      "import * as v from 'valibot'; const Env = v.object({ TTL: v.optional(v.pipe(v.string(), v.transform(Number)), '300') }); const result = Number(v.parse(Env, process.env).TTL);",
    ],
    [
      'valibot, by names',
      "import { object, optional, parse, string } from 'valibot'; const Env = object({ TTL: optional(string(), '300') }); const result = Number(parse(Env, process.env).TTL);",
    ],
  ])('%s', (_name, source) => {
    expect(modelled(source)).toEqual(['unknown', 'fallback 300']);
    expect(run(source, {})).toBe(300);
    expect(run(source, ENVIRONMENT)).toBe(77);
  });
});

describe('a setting of convict is its default where nothing is given', () => {
  const SCHEMA =
    "{ ttl: { format: 'nat', default: 300, env: 'TTL' }, jwt: { ttl: { doc: 'x', default: '300' } } }";

  test.each([
    ['by its name', "config.get('ttl')"],
    ['within others', "Number(config.get('jwt.ttl'))"],
    ['of a part', "Number(config.get('jwt').ttl)"],
    ['of all', 'config.getProperties().ttl'],
    ['when it is valid', "config.validate({ allowed: 'strict' }).get('ttl')"],
  ])('%s', (_name, read) => {
    const source = `import convict from 'convict'; const config = convict(${SCHEMA}); const result = ${read};`;
    expect(modelled(source)).toEqual(['unknown', 'fallback 300']);
    expect(run(source, {})).toBe(300);
  });

  test('and else is what is given', () => {
    const source = `import convict from 'convict'; const config = convict(${SCHEMA}); config.set('ttl', 77); const result = config.get('ttl');`;
    expect(modelled(source)).toEqual(['unknown']);
    expect(run(source, {})).toBe(77);
  });
});

describe('what Nest registers', () => {
  test.each([
    ['is what its factory gives', "registerAs('jwt', () => ({ ttl: 300 }))"],
    [
      'is what a constant gives',
      "registerAs('jwt', () => { const ttl = 60 * 5; return { ttl }; })",
    ],
  ])('%s', (_name, registered) => {
    const source = `import { registerAs } from '@nestjs/config'; const config = ${registered}; const result = config().ttl;`;
    expect(modelled(source)).toEqual(['written 300']);
    expect(run(source, {})).toBe(300);
  });
});
