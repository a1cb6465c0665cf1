/** The time of the processor that the plugin's rules take in a run of the linter. */

import type { Linter, Rule } from 'eslint';

import plugin from '../../src/index.ts';

type Listener = (...args: unknown[]) => unknown;

/** The processor time of this process, in milliseconds: other processes do not count. */
export function processorTime(): number {
  return process.cpuUsage().user / 1000;
}

/** A configuration of the plugin, with rules whose time is taken. */
export class Clocked {
  /** The time that the rules have taken so far, in milliseconds. */
  taken = 0;
  /** The time that each has taken. */
  readonly byRule = new Map<string, number>();
  readonly configs: readonly Linter.Config[];

  constructor(name: 'recommended' | 'all' = 'recommended') {
    const rules = Object.fromEntries(
      Object.entries(plugin.rules ?? {}).map(([name, rule]) => [name, this.#clocked(name, rule)]),
    );
    this.configs = plugin.configs[name].map((config) =>
      config.plugins === undefined
        ? config
        : { ...config, plugins: { 'intercom-jwt': { ...plugin, rules } } },
    );
  }

  /** Begins anew. */
  reset(): void {
    this.taken = 0;
    this.byRule.clear();
  }

  #timed<T>(name: string, action: () => T): T {
    const start = processorTime();
    try {
      return action();
    } finally {
      const time = processorTime() - start;
      this.taken += time;
      this.byRule.set(name, (this.byRule.get(name) ?? 0) + time);
    }
  }

  #clocked(name: string, rule: Rule.RuleModule): Rule.RuleModule {
    return {
      ...rule,
      create: (context) => {
        const listeners = Object.entries(this.#timed(name, () => rule.create(context)));
        return Object.fromEntries(
          listeners.map(([event, listener]) => [
            event,
            (...args: unknown[]) =>
              this.#timed(name, () => (listener as Listener | undefined)?.(...args)),
          ]),
        );
      },
    };
  }
}
