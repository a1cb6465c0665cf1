/** Settings, by their schemas and the defaults in these, and by what an environment gives. */

import { keyName, unwrap, type CallExpression, type Node } from '../syntax/ast.ts';
import { called } from './time/calls.ts';
import { chosen, computed, distinct } from './possibilities.ts';
import type { Schemas } from './schemas.ts';
import { endsOf, injectedConfig } from './schemas.ts';
import {
  string,
  UNKNOWN,
  type External,
  type Possibilities,
  type SettingsValue,
  type Value,
} from './value.ts';

import { Properties } from './properties.ts';
import { deeper, onlyArgument, MAX_CALLS, type Frame } from './frames.ts';

const NUMBER: External = { module: null, specifier: null, path: ['Number'] };

export abstract class Settings extends Properties {
  protected abstract readonly schemas: Schemas;

  protected abstract membersAt(
    values: Possibilities,
    members: readonly string[],
    node: Node,
  ): Possibilities;

  /** What a parameter is that Nest injects by its type; null where that is not known. */
  protected injected(parameter: Node, frame: Frame): Possibilities | null {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const factory = this.trust.objects === 'all' ? injectedConfig(pattern, this.bindings) : null;
    if (factory === null || frame.reach.depth >= MAX_CALLS) return null;
    const [{ value: code }, ...others] = this.ask(factory, frame);
    if (code.kind !== 'function' || others.length > 0) return null;
    const results = code.node.generator
      ? null
      : code.file.run(code.node, null, deeper(frame.reach));
    return results === null ? null : distinct(results, parameter, this.file);
  }

  /** A setting: what the environment says, or the default that its schema has. */
  protected setting(settings: SettingsValue, name: string, node: Node): Possibilities {
    const schema = this.schemas.setting(settings.shapes, name);
    // What `safeParse` gives holds the settings as its `data`, what Joi's `validate` does as its `value`.
    const isWhole = name === 'data' || name === 'value';
    if (schema === null) return this.told(isWhole ? settings : UNKNOWN, node);
    return this.#orDefault(schema, node, this.frame);
  }

  /** convict's `config.get('jwt.ttl')`; with no name, all settings. */
  protected settingAt(settings: Possibilities, node: CallExpression, frame: Frame): Possibilities {
    const [name] = node.arguments;
    if (name === undefined) return settings;
    const path = this.keyText(name, frame);
    return path === null
      ? this.told(UNKNOWN, node)
      : this.membersAt(settings, path.split('.'), node);
  }

  /** What is not known, or the default in a schema. */
  #orDefault(schema: Node, node: Node, frame: Frame): Possibilities {
    const found = this.schemas.defaultIn(schema);
    if (found === null) return this.#nested(schema, node, frame);
    const values = found.conversions.reduce(
      (before, conversion) => this.#converted(before, conversion, frame),
      this.ask(found.value, frame),
    );
    return this.#unlessGiven(values, found.value, node);
  }

  /** Settings within settings; unknown for others. */
  #nested(schema: Node, node: Node, frame: Frame): Possibilities {
    const literal = this.schemas.within(schema);
    if (literal !== null) {
      return this.told({ kind: 'settings', shapes: [literal], file: this.viewOf(frame) }, node);
    }
    const values = this.ask(schema, frame);
    return values.every(({ value }) => value.kind === 'settings')
      ? values
      : this.told(UNKNOWN, node);
  }

  /** What is not known, or a fallback for it; `key` stands for whether it is given. */
  #unlessGiven(fallback: Possibilities, key: Node, node: Node): Possibilities {
    return distinct(
      [...chosen(this.told(UNKNOWN, node), key, 0), ...chosen(fallback, key, 1, 'fallback')],
      node,
      this.file,
    );
  }

  /** What a function makes of values. */
  #converted(values: Possibilities, conversion: Node | 'number', frame: Frame): Possibilities {
    const [{ node }] = values;
    const external = conversion === 'number' ? NUMBER : this.external(unwrap(conversion));
    const returns = external === null ? null : called(external);
    if (returns !== null) return computed(node, this.file, [values], returns);
    const [{ value: code }] = conversion === 'number' ? values : this.ask(conversion, frame);
    const results =
      code.kind === 'function'
        ? code.file.run(
            code.node,
            onlyArgument(() => values, node, this.file),
            deeper(frame.reach),
          )
        : null;
    return results === null ? this.told(UNKNOWN, node) : distinct(results, node, this.file);
  }

  /** `config.get('ttl', 300)`, and what env-var reads; unknown for other methods. */
  protected read(node: CallExpression, name: string, frame: Frame): Possibilities {
    const [key, fallback] = node.arguments;
    if (name === 'get' && key !== undefined && fallback !== undefined) {
      const isNamed = keyName(unwrap(key), true) !== null && fallback.type !== 'SpreadElement';
      return isNamed
        ? this.#unlessGiven(this.ask(fallback, frame), node.callee, node)
        : this.told(UNKNOWN, node);
    }
    const { root, last } = endsOf(node);
    const isVariable = last.startsWith('as') && this.external(root)?.module === 'env-var';
    return isVariable ? this.#orDefault(node, node, frame) : this.told(UNKNOWN, node);
  }

  /** `Deno.env.get('X')`. */
  protected environmentCall({ module, path }: External, node: CallExpression): Value | null {
    const [first] = node.arguments;
    if (module !== null || path.join('.') !== 'Deno.env.get' || first === undefined) return null;
    const name = keyName(first, true);
    return name === null ? null : string({ environment: name });
  }
}
