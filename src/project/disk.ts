/** What is on disk, as far as it has been asked in this epoch. Only regular files are opened. */

import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { debugOnce } from './debug.ts';
import { currentEpoch } from './epoch.ts';
import { namesIn, readText, stampOf } from './files.ts';
import { parseJson } from './json.ts';

/** A larger file is no configuration. */
const MAX_JSON = 1_000_000;

let epoch = 0;
const names = new Map<string, ReadonlySet<string>>();
const kinds = new Map<string, 'file' | 'folder' | null>();
const objects = new Map<string, JsonObject | null>();

export type JsonObject = Readonly<Record<string, unknown>>;

/** Forgets what was seen in an earlier epoch. */
function enterEpoch(): void {
  const now = currentEpoch();
  if (now === epoch) return;
  epoch = now;
  names.clear();
  kinds.clear();
  objects.clear();
}

/** The names in a folder, in no order. */
export function namesAt(folder: string): ReadonlySet<string> {
  enterEpoch();
  let found = names.get(folder);
  if (found === undefined) {
    found = new Set(namesIn(folder));
    names.set(folder, found);
  }
  return found;
}

/** Whether a path leads, through links, to a regular file, or to a folder. */
export function kindOf(path: string): 'file' | 'folder' | null {
  enterEpoch();
  let kind = kinds.get(path);
  if (kind === undefined) {
    kind = lookAt(path);
    kinds.set(path, kind);
  }
  return kind;
}

function lookAt(path: string): 'file' | 'folder' | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === true) return 'file';
    return stats?.isDirectory() === true ? 'folder' : null;
  } catch {
    return null;
  }
}

/** The object in a file of JSON, with comments or without; null where there is none. */
export function jsonAt(folder: string, name: string): JsonObject | null {
  const path = join(folder, name);
  enterEpoch();
  let object = objects.get(path);
  if (object === undefined) {
    object = kindOf(path) === 'file' ? readJson(path) : null;
    objects.set(path, object);
  }
  return object;
}

/** The object in a file of JSON; see {@link jsonAt}. */
export function jsonIn(path: string): JsonObject | null {
  return jsonAt(dirname(path), basename(path));
}

function readJson(path: string): JsonObject | null {
  const text = stampOf(path, MAX_JSON) === null ? null : readText(path);
  const value = text === null ? null : parseJson(text);
  if (isObject(value)) return value;
  debugOnce('%s cannot be read, and is left out', path);
  return null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property that an object has itself. */
export function own(object: JsonObject | null, key: string): unknown {
  return object !== null && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The texts among the elements of an array. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A folder, and those that hold it, up to another; the nearest first. */
export function foldersUpTo(folder: string, root: string): readonly string[] {
  const found = [folder];
  for (let inner = folder; inner !== root && dirname(inner) !== inner;) {
    inner = dirname(inner);
    found.push(inner);
  }
  return found;
}
