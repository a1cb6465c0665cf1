/** What the playground is set to, and how that is written into a link. */

export const LANGUAGES = ['js', 'jsx', 'ts', 'tsx'] as const;
export const PRESETS = ['recommended', 'strict', 'session'] as const;

export type Language = (typeof LANGUAGES)[number];
export type Preset = (typeof PRESETS)[number];

export interface State {
  readonly code: string;
  readonly language: Language;
  readonly preset: Preset;
  /** What is set beside the preset: JSON with `rules` and `settings`, as it was typed. */
  readonly options: string;
}

/** Longer texts are not put into links, in characters. */
export const MAX_TEXT = 60_000;

/** Longer links are neither made nor read, in characters. */
export const MAX_LINK = 20_000;

/** The text that a link is made of. */
export function written({ code, language, preset, options }: State): string {
  return JSON.stringify([language, preset, code, options]);
}

/** What a text from a link says, which can be anything; null where that is no state. */
export function read(text: string): State | null {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [language, preset, code, options] = parts as readonly unknown[];
  if (!isOneOf(LANGUAGES, language) || !isOneOf(PRESETS, preset)) return null;
  if (typeof code !== 'string' || typeof options !== 'string') return null;
  if (code.length > MAX_TEXT || options.length > MAX_TEXT) return null;
  return { code, language, preset, options };
}

export function isOneOf<T extends string>(all: readonly T[], one: unknown): one is T {
  return all.some((known) => known === one);
}
