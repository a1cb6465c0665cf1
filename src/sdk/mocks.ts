/** The modules that a file replaces by mocks. */

import { keyName, memberName, unwrap, type Node, type Program } from '../syntax/ast.ts';
import { beginOf } from '../syntax/forms.ts';

const MOCKS = new Set(['jest', 'vi']);
const MOCKING_METHODS = new Set(['mock', 'doMock', 'setMock', 'unstable_mockModule']);

/** The modules that a file replaces by mocks: `jest.mock(…)` and `vi.mock(…)` at its top level. */
export function mockedModules(program: Program): ReadonlySet<string> {
  const mocked = new Set<string>();
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement') continue;
    let call: Node = unwrap(statement.expression);
    // Calls can be chained: `jest.mock('a').mock('b')`.
    while (call.type === 'CallExpression') {
      const callee: Node = unwrap(call.callee);
      if (callee.type !== 'MemberExpression') break;
      const [first] = call.arguments;
      const specifier = first === undefined ? null : mockedSpecifier(first);
      const root = beginOf(callee);
      const isMock = root.type === 'Identifier' && MOCKS.has(root.name);
      if (specifier !== null && isMock && MOCKING_METHODS.has(memberName(callee) ?? '')) {
        mocked.add(specifier);
      }
      call = unwrap(callee.object);
    }
  }
  return mocked;
}

/** Whether a file replaces modules by mocks. */
export function isMocking(program: Program): boolean {
  return mockedModules(program).size > 0;
}

function mockedSpecifier(node: Node): string | null {
  const inner = unwrap(node);
  return inner.type === 'ImportExpression' ? keyName(inner.source, true) : keyName(inner, true);
}
