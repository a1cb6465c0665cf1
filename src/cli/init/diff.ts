/** What a change of a text looks like, line by line. */

/** Lines around a change that are shown. */
const CONTEXT = 2;

/** A text longer than this is shown whole, as new. */
const MAX_LINES = 2000;

/**
 * The lines that are taken away, with `-`, and those that come, with `+`, among some that stay.
 *
 * @param before null for a file that is not there yet
 */
export function diffOf(before: string | null, after: string): readonly string[] {
  const added = lines(after);
  if (before === null) return added.map((line) => `+ ${line}`);
  const removed = lines(before);
  if (removed.length > MAX_LINES || added.length > MAX_LINES) return [`+ (${added.length} lines)`];
  const all = compared(removed, added);
  const shown = all.map((_, index) =>
    all.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(([mark]) => mark !== ' '),
  );
  return all.flatMap(([mark, line], index) => {
    if (shown[index] === true) return [`${mark} ${line}`.trimEnd()];
    return shown[index - 1] === true ? ['  …'] : [];
  });
}

type Line = readonly [mark: ' ' | '+' | '-', line: string];

/** By the longest sequence of lines that both texts have. */
function compared(removed: readonly string[], added: readonly string[]): readonly Line[] {
  const width = added.length + 1;
  const common = new Uint16Array((removed.length + 1) * width);
  for (let row = removed.length - 1; row >= 0; row--) {
    for (let column = added.length - 1; column >= 0; column--) {
      const skip = Math.max(
        common[(row + 1) * width + column] ?? 0,
        common[row * width + column + 1] ?? 0,
      );
      const isSame = removed[row] === added[column];
      common[row * width + column] = isSame
        ? (common[(row + 1) * width + column + 1] ?? 0) + 1
        : skip;
    }
  }
  const all: Line[] = [];
  let row = 0;
  let column = 0;
  while (row < removed.length || column < added.length) {
    const line = removed[row] ?? '';
    const other = added[column] ?? '';
    if (row < removed.length && column < added.length && line === other) {
      all.push([' ', line]);
      row++;
      column++;
    } else if (
      column >= added.length ||
      (row < removed.length &&
        (common[(row + 1) * width + column] ?? 0) >= (common[row * width + column + 1] ?? 0))
    ) {
      all.push(['-', line]);
      row++;
    } else {
      all.push(['+', other]);
      column++;
    }
  }
  return all;
}

function lines(text: string): readonly string[] {
  return text.replace(/\r?\n$/u, '').split(/\r?\n/u);
}
