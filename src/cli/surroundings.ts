/** What the surroundings of a run ask for. */

/** Whether the surroundings ask for colours, or have them. */
export function wantsColors(): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (refused !== undefined && refused !== '') return false;
  return process.stdout.isTTY && process.stdout.hasColors();
}
