/** Tests of the oracle itself: the executor on programs with known answers, and the generator. */
import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';

import { enumerate, fromSource } from './execute.ts';
import { defaultFlags, functionFlags } from './flags.ts';
import { generatePrograms } from './program.ts';

/** Each protected call stands on a line of its own; those that can be a violation say `// bad`. */
const programs: Readonly<Record<string, string>> = {
  'no set at all': `
    await Intercom.present(); // bad`,

  'an awaited set': `
    await Intercom.setUserJwt(t);
    await Intercom.present();`,

  'a floating set': `
    Intercom.setUserJwt(t);
    await g();
    await Intercom.present(); // bad`,

  'a swallowed rejection': `
    try { await Intercom.setUserJwt(t) } catch {}
    await Intercom.present(); // bad`,

  'a rejection that is thrown on': `
    try { await Intercom.setUserJwt(t) } catch (e) { throw e }
    await Intercom.present();`,

  'a logout inside try': `
    await Intercom.setUserJwt(t);
    try {
      f();
      await Intercom.logout();
      await Intercom.setUserJwt(t);
      await Intercom.present();
    } catch {
      await Intercom.present(); // bad
    }`,

  'a logout that throws at once': `
    await Intercom.setUserJwt(t);
    try { Intercom.logout() } catch {
      await Intercom.present(); // bad
    }`,

  'a call before the logout in the same try': `
    await Intercom.setUserJwt(t);
    try { f() } finally {
      await Intercom.present();
    }
    await Intercom.present();`,

  'a set in finally': `
    try { await g() } finally { await Intercom.setUserJwt(t) }
    await Intercom.present();`,

  'finally after a set that may fail': `
    try { await Intercom.setUserJwt(t) } finally {
      await Intercom.present(); // bad
    }
    await Intercom.present();`,

  'a return that finally overrides': `
    for (const x of xs()) {
      try { return } finally { continue }
    }
    await Intercom.setUserJwt(t);
    await Intercom.present();`,

  'a loop that may not run': `
    for (const x of xs()) await Intercom.setUserJwt(t);
    await Intercom.present(); // bad`,

  'a loop that logs out behind a call': `
    await Intercom.setUserJwt(t);
    for (const x of xs()) {
      await Intercom.present(); // bad
      await Intercom.logout();
    }`,

  'a kept promise, awaited too late': `
    const p = Intercom.setUserJwt(t);
    await g();
    await Intercom.loginUserWithUserAttributes(u); // bad
    await p;
    await Intercom.updateUser(u);`,

  'a chain': `
    await Intercom.setUserJwt(t).then(() =>
      Intercom.present());
    await Intercom.present();`,

  'a chain whose handler goes on': `
    await Intercom.setUserJwt(t).catch(() => {});
    await Intercom.present(); // bad`,

  'a chain that is dropped': `
    await Intercom.setUserJwt(t);
    void g().then(() => {
      Intercom.present(); // bad
    });
    await Intercom.logout();`,

  'a chain that is awaited before the logout': `
    await Intercom.setUserJwt(t);
    const p = g().then(() => {
      Intercom.present();
    });
    await p;
    await Intercom.logout();`,

  'all of a list': `
    await Promise.all([g(), Intercom.setUserJwt(t)]);
    await Intercom.present();`,

  'one of a list': `
    await Promise.race([g(), Intercom.setUserJwt(t)]);
    await Intercom.present(); // bad`,

  'all settled': `
    await Promise.allSettled([Intercom.setUserJwt(t)]);
    await Intercom.present(); // bad`,

  'an async function that is not awaited': `
    (async () => { await Intercom.setUserJwt(t) })();
    await g();
    await Intercom.present(); // bad`,

  'an async function that is awaited': `
    await (async () => { await Intercom.setUserJwt(t) })();
    await Intercom.present();`,

  'a promise returned out of a try': `
    await (async () => {
      try { return Intercom.setUserJwt(t) } catch { return }
    })();
    await Intercom.present(); // bad`,

  'a promise returned where nothing else can throw': `
    const k = (() => true)();
    await (async () => {
      if (k) return Intercom.setUserJwt(t);
    })();
    await Intercom.present();`,

  'tests that agree': `
    const k = v();
    if (k) await Intercom.setUserJwt(t);
    if (k) await Intercom.loginUserWithUserAttributes(u);
    if (!k) {
      await Intercom.loginUserWithUserAttributes(u); // bad
    }`,

  'tests that do not agree': `
    if (c()) await Intercom.setUserJwt(t);
    if (c()) {
      await Intercom.present(); // bad
    }`,

  'a guest': `
    await Intercom.loginUnidentifiedUser();
    await Intercom.updateUser(u);
    await Intercom.present();
    await Intercom.loginUserWithUserAttributes(u); // bad`,

  'a guest whose login is not awaited': `
    Intercom.loginUnidentifiedUser();
    await g();
    await Intercom.present(); // bad`,

  'a set that a logout overtakes': `
    const p = Intercom.setUserJwt(t);
    await Intercom.logout();
    await p;
    await Intercom.present(); // bad`,

  'a generator that is left early': `
    await Intercom.setUserJwt(t);
    for (const x of (function* () {
      try { yield 1 } finally { Intercom.logout() }
    })()) {
      await Intercom.present();
      break;
    }
    await Intercom.present(); // bad`,

  'a function that is called twice': `
    const h = async () => {
      await Intercom.present(); // bad
    };
    await Intercom.setUserJwt(t);
    await h();
    await Intercom.logout();
    await h();`,

  'a function that is dropped': `
    const h = async () => { await Intercom.setUserJwt(t) };
    h();
    await Intercom.present(); // bad
    await h();
    await Intercom.present();`,

  'a handler that runs before the set': `
    const calls = activate();
    calls.on(() => {
      Intercom.present(); // bad
    });
    await Intercom.setUserJwt(t);
    calls.end();`,

  'a handler that runs before a logout at the end': `
    await Intercom.setUserJwt(t);
    const calls = activate();
    calls.on(() => {
      Intercom.present();
    });
    calls.end();
    await Intercom.logout();`,

  'a handler that runs after the logout': `
    await Intercom.setUserJwt(t);
    const calls = activate();
    calls.on(() => {
      Intercom.present(); // bad
    });
    Intercom.logout();
    calls.end();`,

  recursion: `
    const h = async () => {
      if (c()) { rec(); await h(); return }
      await Intercom.setUserJwt(t);
    };
    await h();
    await Intercom.present();`,

  'a call that is never made': `
    return;
    await Intercom.present();`,

  'code behind a loop without an end': `
    await Intercom.setUserJwt(t);
    for (;;) {
      f();
      await Intercom.present();
    }
    await Intercom.logout();
    await Intercom.present();`,
};

describe('the executor', () => {
  test('runs a module no further whose top level throws', async () => {
    const { executions, isComplete, violations } = await enumerate({
      executable: 'return () => {\nif (c()) void Intercom.present(0);\n};',
      calls: [{ method: 'present', protected: true, line: 2, column: 15 }],
      domains: [],
    });
    expect({ executions, isComplete }).toEqual({ executions: 4, isComplete: true });
    expect([...violations.keys()]).toEqual([0]);
  });

  test.each(Object.entries(programs))('%s', async (_name, body) => {
    const program = fromSource(body);
    const { violations } = await enumerate(program);
    const lines = [...violations.keys()].map((id) => program.calls[id]?.line);
    expect([...new Set(lines)].sort()).toEqual(linesSayingBad(body));
  });

  test('counts the ways of a program', async () => {
    // c() is true, false or throws; f() returns or throws.
    const { executions, isComplete } = await enumerate(
      fromSource(`if (c()) { f(); Intercom.present() } else { await Intercom.present() }`),
    );
    expect({ executions, isComplete }).toEqual({ executions: 3 + 1 + 3, isComplete: true });
  });
});

/** All that generated programs must contain: ESTree's types, but for modules, JSX and `with`. */
const nodeTypes = [
  'ArrayExpression ArrayPattern ArrowFunctionExpression AssignmentExpression AssignmentPattern',
  'AwaitExpression BinaryExpression BlockStatement BreakStatement CallExpression CatchClause',
  'ChainExpression ClassBody ClassDeclaration ClassExpression ConditionalExpression',
  'ContinueStatement DoWhileStatement EmptyStatement ExpressionStatement ForInStatement',
  'ForOfStatement ForStatement FunctionDeclaration FunctionExpression Identifier IfStatement',
  'ImportExpression LabeledStatement Literal LogicalExpression MemberExpression MethodDefinition',
  'NewExpression ObjectExpression ObjectPattern PrivateIdentifier Property PropertyDefinition',
  'RestElement ReturnStatement SequenceExpression SpreadElement StaticBlock SwitchCase',
  'SwitchStatement TaggedTemplateExpression TemplateElement TemplateLiteral ThrowStatement',
  'TryStatement UnaryExpression UpdateExpression VariableDeclaration VariableDeclarator',
  'WhileStatement YieldExpression',
].flatMap((line) => line.split(' '));

/** Forms that one node type has several of. */
const forms = [
  'for await',
  'yield*',
  'async generator',
  'sync generator',
  'labelled break',
  'labelled continue',
  'labelled block',
  'default in the middle',
  'catch without a parameter',
  'finally without catch',
  'catch and finally',
  '&&',
  '||',
  '??',
  '&&=',
  '||=',
  '??=',
  '.then',
  '.catch',
  '.finally',
  '.all',
  '.allSettled',
  '.race',
  '.any',
  'optional call',
  'optional member',
  'void',
  'typeof',
  '!',
  'delete',
];

test('generated programs contain every form of syntax', () => {
  const seen = new Set<string>();
  for (const { program } of generatePrograms({ count: 1000, seed: 1, flags: defaultFlags })) {
    for (const node of nodesOf(
      parse(program.source, { ecmaVersion: 'latest', sourceType: 'module' }),
    )) {
      for (const form of [node.type, ...specialFormsOf(node)]) seen.add(form);
    }
  }
  expect([...nodeTypes, ...forms].filter((form) => !seen.has(form))).toEqual([]);
});

/** Shapes of real code that generated programs must contain, with functions or without. */
const shapes = {
  'both handlers of one then': /\.then\((?:async )?\([^]*?\},? (?:async )?(?:\(|function)/,
  'a result of catch that is tested': /await [^\n]*\.catch\(\(\) => false\)/,
  'a result of catch that is compared': /\.catch\(\(\) => null\)\)? [!=]== null/,
  'a result of then that is tested': /\.then\(\(\) => true, \(\) => false\)/,
  'a string that a chain gives': /\.then\(\(\) => 'ok', \(\) => 'failed'\)/,
  'a result of a chain with a name': /const k\d+ = await [^\n]*\.(?:catch|then)\(/,
  'a race with a timeout': /Promise\.race\([^]*setTimeout\(reject, 1\)/,
  'an executor that resolves behind a promise': /\.then\(\(\) => resolve\(\)/,
  'an executor that resolves before': /resolve\(\);\n/,
  'an executor that never resolves': /new Promise\(\(\) => \{\}\)/,
  'a timer that resolves': /setTimeout\(resolve, 1\)/,
  'functions that a loop calls': /for \(const x\d+ of \[[^]*await x\d+\(\)/,
  'a list of functions with a name': /const (x\d+) = \[[^]*for \(const x\d+ of \1\)/,
  'functions that reduce chains': /\.reduce\(\(p, f\) => p\.then\(f\)/,
  'functions that reduce awaits': /\.reduce\(async \(p, f\)/,
  'a promise that branches keep': /let (p\d+);\n *if [^\n]*\1 = [^]*else \1 =/,
  'a promise that is put behind itself': /(p\d+) = \1(?:\.catch|\.then)/,
  'await using': /await using r\d+ = \{ async \[Symbol\.asyncDispose\]/,
  using: /\busing r\d+ = \{ \[Symbol\.dispose\]/,
  'the end of the process': /process\.exit\(1\)/,
  'the end of the process, destructured': /const \{ exit \} = process;/,
  'a method by a constant': /Intercom\[\w+Name\]\(/,
  'a retry': /while [^]*try \{\n *await [^]*(?:break|return);\n *\} catch \{\n *continue;/,
};

test('generated programs contain shapes of real code', () => {
  const programs = generatePrograms({ count: 1500, seed: 1, flags: defaultFlags });
  const sources = [...programs].map(({ program }) => program.source);
  const missing = Object.entries(shapes).filter(
    ([, shape]) => !sources.some((source) => shape.test(source)),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});

/** Forms of functions that generated programs with functions must contain. */
const functionForms = {
  'a call before the declaration': /await (h\d+)\([^]*async function \1\(/,
  'a sync function': /^ *function h\d+\(/m,
  'a function expression': /const h\d+ = (?:async )?function/,
  'an arrow function': /const h\d+ = (?:async )?\(/,
  'a call that is dropped': /^ *(?:void )?h\d+\(/m,
  'a call that is awaited': /await h\d+\(/,
  'a function given to then': /\.then\(h\d+\)/,
  'a test of a result': /if \(\(?!?\(?await h\d+\(/,
  'a bound result': /const k\d+ = await h\d+\(/,
  'a tested parameter': /h\d+(?: = (?:async )?)?\((k\d+)\)[^]*\bif \(\(?!*\1\b/,
  'a function that calls its parameter': /h\d+\((f\d+)\)[^]*await \1\(\)/,
  'an arrow as an argument': /h\d+\((?:async )?\(\) =>/,
  'a callback in an object': /h\d+\(\{ task: /,
  'a callback in a list': /h\d+\(\[(?:0, )?\S/,
  'a name as an argument': /h\d+\(h\d+\)/,
  'a method as an argument': /h\d+\(Intercom\.present\)/,
  recursion: /function (h\d+)\([^]*\(c\(\) && \1\(/,
  'a call through this': /this\.m\d+\(/,
  'a call through an instance': /s\d+\.m\d+\(/,
  'a call of a static method': /S\d+\.m\d+\(/,
  'a private method': /this\.#m\d+\(/,
  'a getter': /get m\d+\(\)/,
  'a function in a field': /m\d+ = async \(/,
  'a base class': /class S\d+ extends B\d+/,
  'an object literal with methods': /const S\d+ = \{/,
  'a function that is returned': /return (?:async )?\(\) => \{/,
  'a call of such a function': /await c\d+\(/,
  'a stored promise': /\(p\d+ \?\?= /,
  'a stored promise that is awaited': /^let (p\d+);[^]*await \1\b/m,
  'a handler': /\b(?:on|subscribe)\(/,
  'a timer': /setTimeout\(/,
  'a result that a test tells': /return !!\(k\d+\)/,
  'a callee that is one of two': /const c\d+ = c\(\) \? h\d+ : h\d+/,
  'a promise that stands ready': /^const p\d+ = h\d+\(\);/m,
  'a field that holds a promise': /p\d+ = this\.init\(\);/,
  'a serial queue': /function enqueue\(job\)[^]*enqueue\(/,
  'a serial queue that gives its results': /function chain\(job\)[^]*chain\(/,
};

test('generated programs with functions contain every form of them', () => {
  const sources = [...generatePrograms({ count: 1000, seed: 1, flags: functionFlags })].map(
    ({ program }) => program.source,
  );
  const missing = Object.entries(functionForms).filter(
    ([, form]) => !sources.some((source) => form.test(source)),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});

test('the same seed gives the same programs', () => {
  const sources = (seed: number): string[] =>
    [...generatePrograms({ count: 20, seed, flags: defaultFlags })].map(
      ({ program }) => program.source,
    );
  expect(sources(7)).toEqual(sources(7));
  expect(sources(7)).not.toEqual(sources(8));
});

interface AnyNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

function specialFormsOf(node: AnyNode): string[] {
  switch (node.type) {
    case 'ForOfStatement':
      return node['await'] === true ? ['for await'] : [];
    case 'YieldExpression':
      return node['delegate'] === true ? ['yield*'] : [];
    case 'FunctionExpression':
      if (node['generator'] !== true) return [];
      return [node['async'] === true ? 'async generator' : 'sync generator'];
    case 'BreakStatement':
      return node['label'] == null ? [] : ['labelled break'];
    case 'ContinueStatement':
      return node['label'] == null ? [] : ['labelled continue'];
    case 'LabeledStatement':
      return childrenOf(node).some(({ type }) => type === 'BlockStatement')
        ? ['labelled block']
        : [];
    case 'SwitchStatement': {
      const cases = childrenOf(node).filter(({ type }) => type === 'SwitchCase');
      const position = cases.findIndex((one) => one['test'] === null);
      return position >= 0 && position < cases.length - 1 ? ['default in the middle'] : [];
    }
    case 'CatchClause':
      return node['param'] === null ? ['catch without a parameter'] : [];
    case 'TryStatement':
      if (node['finalizer'] === null) return [];
      return [node['handler'] === null ? 'finally without catch' : 'catch and finally'];
    case 'CallExpression':
      return node['optional'] === true ? ['optional call'] : [];
    case 'MemberExpression': {
      const [, property] = childrenOf(node);
      const name = property?.type === 'Identifier' ? [`.${String(property['name'])}`] : [];
      return node['optional'] === true ? [...name, 'optional member'] : name;
    }
    default:
      return typeof node['operator'] === 'string' ? [node['operator']] : [];
  }
}

function* nodesOf(tree: object): Generator<AnyNode> {
  for (const child of childrenOf(tree)) {
    yield child;
    yield* nodesOf(child);
  }
}

function childrenOf(tree: object): AnyNode[] {
  return Object.values(tree)
    .flat()
    .filter((child: unknown): child is AnyNode => {
      return typeof child === 'object' && child !== null && 'type' in child;
    });
}

function linesSayingBad(body: string): number[] {
  return body.split('\n').flatMap((line, index) => (line.includes('// bad') ? [index + 1] : []));
}
