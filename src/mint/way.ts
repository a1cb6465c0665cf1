/** How a token comes to be minted as a finding says: where what it is given comes from. */

import { isWithin, unwrap, memberName, type Node } from '../syntax/ast.ts';
import { chainOf } from '../values/chain.ts';
import type { Possibility } from '../values/evaluate.ts';
import { stepsOf, type Placing, type Step, type Told } from '../way/step.ts';
import type { Life } from './life/life.ts';
import type { Mint, MintFile } from './model.ts';

/** Knows the text of a node, in this file or in another. */
interface Source {
  textOf(node: Node): string;
}

/** What is said of a mint, and where. */
export interface Saying {
  /** The place that is reported. */
  readonly node: Node;
  /** What is told there. */
  readonly text: string;
  /** The expression whose value is told of; null where there is none. */
  readonly value: Node | null;
  /** What it is, of all that it can be; left out where that is not told. */
  readonly chosen?: Possibility;
}

/** The way to a life that is told of. */
export function lifeWay(
  mint: Mint,
  life: Life,
  text: string,
  source: Source,
  placing: Placing,
): readonly Step[] {
  const { place, origin, possibility } = life;
  return mintWay(
    mint,
    { node: place, text: `${mint.library.name}: ${text}`, value: origin, chosen: possibility },
    source,
    placing,
  );
}

/** The way to what is told of a mint. */
export function mintWay(
  mint: Mint,
  { node, text, value, chosen }: Saying,
  source: Source,
  placing: Placing,
): readonly Step[] {
  const told: Told[] = [];
  const { calls } = mint.run;
  const depth = calls.length;
  calls.forEach(({ call }, index) => {
    if (isWithin(node, call)) return;
    const name = short(source.textOf(call.callee));
    told.push({
      kind: 'called',
      node: call,
      text: `\`${name}\` is called`,
      depth: index,
      essential: false,
    });
  });
  const links = value === null ? [] : chainOf(value, mint.frames.of(value), chosen ?? null);
  for (const { read, value: from } of links) {
    if (unwrap(from) === unwrap(node)) continue;
    told.push({
      kind: 'value',
      node: from,
      text: `the value of \`${short(source.textOf(read))}\``,
      depth,
      essential: true,
    });
  }
  if (value?.type === 'ObjectExpression' && !isWithin(value, node)) {
    told.push({ kind: 'value', node: value, text: 'its claims', depth, essential: true });
  }
  told.push({ kind: 'reported', node, text, depth, essential: true });
  if (!isWithin(node, mint.site) && node !== mint.node) {
    const name = calleeName(mint.site) ?? 'this';
    told.push({
      kind: 'called',
      node: mint.site,
      text: `\`${name}\` mints the token`,
      depth,
      essential: false,
    });
  }
  return stepsOf(told, placing);
}

/** The way of a secret to where it is in the app. */
export function secretWay(
  { expressions }: Pick<MintFile, 'expressions'>,
  node: Node,
  text: string,
  source: Source,
  placing: Placing,
): readonly Step[] {
  const chosen =
    expressions.of(node).find(({ value }) => value.kind === 'string' && value.text !== null) ??
    null;
  const links = chainOf(node, expressions, chosen).map(({ read, value }): Told => ({
    ...{ kind: 'value', node: value, depth: 0, essential: true },
    text: `the value of \`${short(source.textOf(read))}\``,
  }));
  return stepsOf([...links, { kind: 'reported', node, text, depth: 0, essential: true }], placing);
}

const MAX_NAME = 40;

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length <= MAX_NAME ? line : `${line.slice(0, MAX_NAME - 1)}…`;
}

function calleeName(node: Node): string | null {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return null;
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : null;
}
