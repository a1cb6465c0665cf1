/** What the names of files tell. */

/** The extension of a script. */
export const EXTENSION = /\.[cm]?[jt]sx?$/;

/** Whether a file is that of a component, with a script that runs once for each that is made. */
export function isComponent(path: string): boolean {
  return /\.(?:vue|svelte|astro)$/.test(path);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
