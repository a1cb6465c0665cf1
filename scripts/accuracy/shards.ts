/** What is kept of a part of the programs that the execution oracle has run: a shard. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';

/** The modes of the oracle: see `tests/fuzz/README.md`. */
export const MODES = ['default', 'functions', 'mint', 'witnesses', 'function-witnesses'] as const;

export type Mode = (typeof MODES)[number];

/** A program that shows a fault, the smallest that was found. */
export interface Finding {
  readonly kind: string;
  /** Which program of the shard it was, counted from 1. */
  readonly program: number;
  /** The program, and what is wrong with it. */
  readonly text: string;
}

export interface Shard {
  readonly mode: Mode;
  readonly seed: number;
  /** How many programs were asked for, and how many of them have been run. */
  readonly asked: number;
  readonly programs: number;
  /** Ways that are gone of each program; null if the mode has its own. */
  readonly cap: number | null;
  /** What was counted, by its name; `programs` is not among it. */
  readonly figures: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** When it was begun, and how long it took. */
  readonly date: string;
  readonly seconds: number;
  /** The commit, and whether the code was changed since; null where there is no repository. */
  readonly commit: string | null;
  readonly isChanged: boolean;
}

const FOLDER = new URL('../../docs/accuracy/runs/', import.meta.url);

function urlOf({ mode, seed }: Pick<Shard, 'mode' | 'seed'>): URL {
  return new URL(`${mode}-${String(seed)}.json`, FOLDER);
}

export function isRecorded(shard: Pick<Shard, 'mode' | 'seed'>): boolean {
  return existsSync(urlOf(shard));
}

/** Keeps a shard in place of what was kept of it before; who reads meanwhile reads one of the two. */
export function keep(shard: Shard): void {
  mkdirSync(FOLDER, { recursive: true });
  const url = urlOf(shard);
  const unfinished = new URL(`${url.href}.unfinished`);
  writeFileSync(unfinished, `${JSON.stringify(shard, null, 2)}\n`);
  renameSync(unfinished, url);
}

/** The shards that are kept, by mode and seed. */
export function readShards(): readonly Shard[] {
  if (!existsSync(FOLDER)) return [];
  const shards = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Shard);
  return shards.sort(
    (one, other) => MODES.indexOf(one.mode) - MODES.indexOf(other.mode) || one.seed - other.seed,
  );
}
