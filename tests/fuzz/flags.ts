/** Categories of syntax that can be switched off one by one, to find what a disagreement needs. */
export const defaultFlags = {
  /** `for`, `while`, `do`, `for…in`, `for…of`. */
  loops: true,
  /** Labels, and jumps to them. */
  labels: true,
  /** `switch`. */
  switches: true,
  /** `switch` over a binding that other tests test too. */
  correlatedSwitches: true,
  /** `try` with a handler. */
  catches: true,
  /** `try` with a finalizer. */
  finalizers: true,
  /** `throw` statements. */
  throws: true,
  /** Tests of bindings that are never reassigned. */
  correlated: true,
  /** Literals and constants as conditions. */
  constants: true,
  /** Variables that are assigned again, as conditions. */
  changed: true,
  /** Functions that ask something of what they are given: `assert(x)`, `if (isSet(x))`. */
  asked: true,
  /** Functions called on the spot that return literals which are then tested. */
  results: true,
  /** `.then`, `.catch` and `.finally`. */
  chains: true,
  /** Promises kept in a variable and awaited later. */
  kept: true,
  /** Promises that are kept by a pattern, or in an object, a list or a map: `const [p] = [set()];`. */
  takenApart: true,
  /** Kept promises in a `let` that is assigned again. */
  reassigned: true,
  /** Kept promises with callbacks that are awaited in several places, or in a loop. */
  awaitedAgain: false,
  /** Chains and async functions that run on while `main` does something else. */
  detached: true,
  /** `Promise.all` and its kin. */
  combinators: true,
  /** Functions called on the spot. */
  iifes: true,
  /** Promises that are one of two things, or none: `a ? p : q`, `a && p`. */
  choices: true,
  generators: true,
  asyncGenerators: true,
  /** `yield` inside a `try` that has a handler: only a consumer that throws into it gets there. */
  yieldInTry: false,
  forAwait: true,
  classes: true,
  destructuring: true,
  optionalChains: true,
  logicalAssignments: true,
  templates: true,
  imports: true,
  /** `Intercom['present']()`, `Intercom?.present()`, `Intercom.present.call(Intercom)`. */
  spellings: true,
  /** `Intercom[name]()`, where `name` is a constant. */
  constantMembers: true,
  /** Kept promises that branches assign: `let p; if (c()) p = set(); else p = g();`. */
  branches: true,
  /** `using` and `await using`. */
  using: true,
  /** `for (const step of [f, g]) await step();` and `reduce`. */
  steps: true,
  /** Calls that never return. */
  exits: true,
  /** What `.catch(() => false)` and its like give, tested. */
  chainResults: true,
  /** `new Promise((resolve, reject) => …)`. */
  executors: true,
  /** Promises that are never fulfilled, in a race with others. */
  neverFulfilled: true,
  /** Loops that try again. */
  retries: true,
  /** Kept promises that are put behind themselves: `q = q.then(f)`. */
  queues: true,
  /** Callbacks given to an awaited function that is not seen, and does with them what it likes. */
  handed: true,
  logout: true,
  guest: true,
  /** Functions beside `main` and inside it, and their calls. */
  functions: false,
  /** Functions that call a parameter. */
  higherOrder: false,
  /** Those that get it as a part of an object or a list. */
  carried: false,
  /** Functions that call themselves and each other. */
  recursion: false,
  /** Methods, getters and function fields of classes. */
  methods: false,
  /** Those of object literals. */
  objects: false,
  /** Those of base classes. */
  inheritance: false,
  /** Functions that return functions. */
  closures: false,
  /** Promises in a `let` that several functions use. */
  storedPromises: false,
  /** Functions that return what a test tells, not a literal. */
  testResults: false,
  /** Functions given to functions that are not seen, and to timers. */
  handlers: false,
  /** Promises given to functions that are seen. */
  passed: false,
  /** Functions that a wrapper makes: `logged(f)`, `once(f)`. */
  wrappers: false,
  /** Callees that are one of two functions. */
  chosenCallees: false,
  /** One of which is not seen. */
  unseenCallees: false,
  /** Promises that the module's top level keeps, and fields. */
  ready: false,
  /** Queues of the module: `q = q.then(job)`. */
  serialQueues: false,
} satisfies Record<string, boolean>;

export type Flag = keyof typeof defaultFlags;
export type Flags = Readonly<Record<Flag, boolean>>;

/** The mode of programs with functions. */
export const functionFlags: Flags = {
  ...defaultFlags,
  functions: true,
  higherOrder: true,
  carried: true,
  recursion: true,
  methods: true,
  objects: true,
  inheritance: true,
  closures: true,
  storedPromises: true,
  testResults: true,
  handlers: true,
  passed: true,
  chosenCallees: true,
  unseenCallees: true,
  ready: true,
  serialQueues: true,
};

/** Shapes of which the ways that are told are not replayed: see README.md. */
export const notReplayed: readonly Flag[] = [
  'carried',
  'chainResults',
  'chosenCallees',
  'executors',
  'exits',
  'neverFulfilled',
  'passed',
  'ready',
  'serialQueues',
  'steps',
  'using',
];

export function isFlag(name: string): name is Flag {
  return Object.hasOwn(defaultFlags, name);
}

/** Every optional category off, except those named. */
export function onlyFlags(names: readonly Flag[]): Flags {
  return mapFlags((name) => names.includes(name));
}

/** Some flags, without those named. */
export function withoutFlags(names: readonly Flag[], flags: Flags = defaultFlags): Flags {
  return mapFlags((name) => flags[name] && !names.includes(name));
}

/** Some flags, and those named. */
export function withFlags(names: readonly Flag[], flags: Flags = defaultFlags): Flags {
  return mapFlags((name) => flags[name] || names.includes(name));
}

function mapFlags(isOn: (name: Flag) => boolean): Flags {
  const flags: Record<Flag, boolean> = { ...defaultFlags };
  for (const name of Object.keys(defaultFlags).filter(isFlag)) flags[name] = isOn(name);
  return flags;
}
