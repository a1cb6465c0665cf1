/** How often each rule reports in an app, and what has changed since. */

/** By rule and message; `files` is how many files were read. */
export type Counts = Readonly<Record<string, number>>;

interface Result {
  readonly messages: readonly { readonly ruleId: string | null; readonly messageId?: string }[];
}

/** Counts what the format `json` has told. */
export function countsIn(json: string): Counts {
  const results = JSON.parse(json) as readonly Result[];
  const counts = new Map<string, number>([['files', results.length]]);
  for (const { ruleId, messageId } of results.flatMap(({ messages }) => messages)) {
    const key = ruleId === null ? 'not parsed' : `${ruleId} ${messageId ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The numbers that differ, of the apps that were there before. */
export function compared(
  before: Readonly<Record<string, Counts>>,
  now: Readonly<Record<string, Counts>>,
): readonly string[] {
  return Object.entries(now).flatMap(([app, counts]) => {
    const old = before[app];
    if (old === undefined) return [];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(counts)])].sort();
    return keys
      .filter((key) => (old[key] ?? 0) !== (counts[key] ?? 0))
      .map((key) => `${app}: ${key}: ${String(old[key] ?? 0)} → ${String(counts[key] ?? 0)}`);
  });
}
