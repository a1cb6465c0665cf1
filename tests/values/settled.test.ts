/** Promises that functions hand on, each on several ways: they are no more than what they stand for. */

import { expect, test } from 'vitest';

import { sessionOf } from '../../src/session/sessions.ts';
import { childrenOf, isNode, type Node } from '../../src/syntax/ast.ts';
import { parsed } from '../helpers/parsed.ts';

const LEVELS = 40;

test('what a promise is fulfilled with is known once, on however many ways it comes', () => {
  const functions = Array.from(
    { length: LEVELS },
    (_, level) =>
      `const f${String(level + 1)} = async (x) => (x ? f${String(level)}(x, 1) : f${String(level)}(x, 2));`,
  );
  const source = parsed(
    `import Intercom from '@intercom/intercom-react-native';
const open = () => Intercom.present();
const f0 = async (x) => open;
${functions.join('\n')}
(await f${String(LEVELS)}(c))();`,
  );
  if (!isNode(source.ast)) throw new Error();
  const open: Node[] = [source.ast];
  const awaited: Node[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'AwaitExpression') awaited.push(node);
    open.push(...childrenOf(node));
  }
  const values = awaited.flatMap((node) => sessionOf(source)?.values.of(node) ?? []);
  expect(values).toMatchObject([{ kind: 'function' }]);
});
