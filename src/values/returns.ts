/** What a function can return in a run in which the outcomes of some of its tests are known. */

import type { FunctionNode, Node } from '../syntax/ast.ts';
import { neverThrows } from '../syntax/forms.ts';

/** What is known of tests in a run; null where a test can turn out both ways. */
export interface Outcomes {
  test(node: Node): boolean | null;
  /** Whether the value of a `switch` is that of a `case`. */
  match(discriminant: Node, test: Node): boolean | null;
}

/** How a statement can end, beside by a `return` or an exception. */
interface Ends {
  /** Whether control can come to what stands behind it. */
  readonly goesOn: boolean;
  /** Whether there may be a `break` or `continue` in it, of whatever statement. */
  readonly jumps: boolean;
}

const GOES_ON: Ends = { goesOn: true, jumps: false };
const LEAVES: Ends = { goesOn: false, jumps: false };

type Returned = readonly (Node | null)[];

/**
 * The expressions that a function returns, null for one that ends without; null for a function that
 * has no body. A `return` that no run comes to is left out, as far as the outcomes tell; each
 * statement is looked at once.
 */
export function returnsOf({ body }: FunctionNode, outcomes: Outcomes): Returned | null {
  if (body === null) return null;
  if (body.type !== 'BlockStatement') return [body];
  const walk = new Walk(outcomes);
  const { goesOn } = walk.statement(body);
  return goesOn ? [...walk.returned, null] : walk.returned;
}

class Walk {
  returned: (Node | null)[] = [];
  readonly #outcomes: Outcomes;

  constructor(outcomes: Outcomes) {
    this.#outcomes = outcomes;
  }

  statement(node: Node): Ends {
    switch (node.type) {
      case 'ReturnStatement':
        this.returned.push(node.argument);
        return LEAVES;
      case 'ThrowStatement':
        return LEAVES;
      case 'BreakStatement':
      case 'ContinueStatement':
        return { goesOn: false, jumps: true };
      case 'BlockStatement':
        return this.#list(node.body);
      case 'IfStatement':
        return this.#if(node);
      case 'SwitchStatement':
        return this.#switch(node);
      case 'TryStatement':
        return this.#try(node);
      case 'ForStatement':
      case 'WhileStatement':
        if (node.test !== null && this.#outcomes.test(node.test) === false) return GOES_ON;
        return this.#loop(node.body, node.test === null || isTrue(node.test));
      case 'DoWhileStatement':
        return this.#loop(node.body, isTrue(node.test));
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WithStatement':
      case 'LabeledStatement':
        return this.#loop(node.body, false);
      default:
        return GOES_ON;
    }
  }

  #list(statements: readonly Node[]): Ends {
    let jumps = false;
    for (const statement of statements) {
      const ends = this.statement(statement);
      jumps ||= ends.jumps;
      if (!ends.goesOn) return { goesOn: false, jumps };
    }
    return { goesOn: true, jumps };
  }

  #if(first: Node): Ends {
    let ends: Ends = LEAVES;
    for (let node = first; ;) {
      if (node.type !== 'IfStatement') return either(ends, this.statement(node));
      const outcome = this.#outcomes.test(node.test);
      if (outcome !== false) ends = either(ends, this.statement(node.consequent));
      if (outcome === true) return ends;
      if (node.alternate === null) return either(ends, GOES_ON);
      node = node.alternate;
    }
  }

  #switch(node: Node & { readonly type: 'SwitchStatement' }): Ends {
    const matches = node.cases.map(({ test }) =>
      test === null ? false : this.#outcomes.match(node.discriminant, test),
    );
    const sure = matches.indexOf(true);
    let ends: Ends = LEAVES;
    for (const [index, { test, consequent }] of node.cases.entries()) {
      const isTaken = matches[index] !== false && (sure < 0 || index <= sure);
      const isEntered = test === null ? sure < 0 : isTaken;
      if (!isEntered && !ends.goesOn) continue;
      const { goesOn, jumps } = this.#list(consequent);
      ends = { goesOn, jumps: ends.jumps || jumps };
    }
    const isPassed = sure < 0 && node.cases.every(({ test }) => test !== null);
    return { ...ends, goesOn: ends.goesOn || ends.jumps || isPassed };
  }

  #try({ block, handler, finalizer }: Node & { readonly type: 'TryStatement' }): Ends {
    const before = this.returned;
    this.returned = [];
    const ends = either(
      this.statement(block),
      handler === null || neverThrows(block) ? LEAVES : this.statement(handler.body),
    );
    const returned = this.returned;
    this.returned = [];
    const last = finalizer === null ? GOES_ON : this.statement(finalizer);
    // A finalizer that leaves does so in place of what was under way.
    this.returned = before.concat(last.goesOn ? returned : [], this.returned);
    return last.goesOn ? { goesOn: ends.goesOn, jumps: ends.jumps || last.jumps } : last;
  }

  /** @param body run as often as it may be, or not at all */
  #loop(body: Node, isEndless: boolean): Ends {
    const { jumps } = this.statement(body);
    return { goesOn: !isEndless || jumps, jumps };
  }
}

function either(one: Ends, other: Ends): Ends {
  return { goesOn: one.goesOn || other.goesOn, jumps: one.jumps || other.jumps };
}

function isTrue(test: Node): boolean {
  return test.type === 'Literal' && test.value === true;
}
