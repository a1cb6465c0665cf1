declare module '*.css';

declare module 'virtual:examples' {
  /** The first faulty example of the page of each rule. */
  const examples: readonly {
    readonly rule: string;
    readonly language: 'js' | 'jsx' | 'ts' | 'tsx';
    readonly code: string;
  }[];
  export default examples;
}
