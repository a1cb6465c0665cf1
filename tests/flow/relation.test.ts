/** The laws of the relation algebra, against relations as plain boolean matrices. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  MAX_STATES,
  RelationAlgebra,
  type Atom,
  type Relation,
} from '../../src/flow/algebra/relation.ts';

fc.configureGlobal({ seed: 20_260_117, numRuns: 400 });

const SIZE = 3;
const ATOMS: readonly Atom[] = [0, 1, 2, 3];
const STATES = Array.from({ length: SIZE }, (_, state) => state);
const VALUATIONS = Array.from({ length: 2 ** ATOMS.length }, (_, valuation) => valuation);

/** How to build a relation. Decisions may come in any order, and on the same atom again. */
type Recipe =
  | { readonly rows: readonly number[] }
  | { readonly atom: Atom; readonly whenTrue: Recipe; readonly whenFalse: Recipe };

/** For each valuation of the atoms and each state before, the states after. */
type Model = readonly (readonly number[])[];

const algebra = new RelationAlgebra(SIZE);

const { recipe } = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.record({ rows: fc.array(fc.nat(2 ** SIZE - 1), { minLength: SIZE, maxLength: SIZE }) }),
    fc.record({
      atom: fc.constantFrom(...ATOMS),
      whenTrue: tie('recipe'),
      whenFalse: tie('recipe'),
    }),
  ),
}));

function build(from: Recipe): Relation {
  return 'rows' in from
    ? algebra.leaf(from.rows)
    : algebra.decide(from.atom, build(from.whenTrue), build(from.whenFalse));
}

function holds(valuation: number, atom: Atom): boolean {
  return ((valuation >> atom) & 1) === 1;
}

function modelOf(from: Recipe): Model {
  const rowsUnder = (part: Recipe, valuation: number): readonly number[] =>
    'rows' in part
      ? part.rows
      : rowsUnder(holds(valuation, part.atom) ? part.whenTrue : part.whenFalse, valuation);
  return VALUATIONS.map((valuation) => rowsUnder(from, valuation));
}

/** What a relation of the algebra says, read off its diagram. */
function meaning(relation: Relation): Model {
  return VALUATIONS.map((valuation) => {
    let node = relation;
    while (node.kind === 'decision') {
      node = holds(valuation, node.atom) ? node.whenTrue : node.whenFalse;
    }
    const { rows } = node;
    return STATES.map((state) => rows[state] ?? 0);
  });
}

const IDENTITY: Model = VALUATIONS.map(() => STATES.map((state) => 1 << state));

function composed(first: Model, second: Model): Model {
  return first.map((rows, valuation) =>
    rows.map((row) =>
      STATES.reduce(
        (after, middle) =>
          ((row >> middle) & 1) === 1 ? after | (second[valuation]?.[middle] ?? 0) : after,
        0,
      ),
    ),
  );
}

function joined(left: Model, right: Model): Model {
  return left.map((rows, valuation) =>
    rows.map((row, state) => row | (right[valuation]?.[state] ?? 0)),
  );
}

/** Adds one step at a time until nothing is new. */
function starred(step: Model): Model {
  let closure = IDENTITY;
  for (;;) {
    const next = joined(IDENTITY, composed(step, closure));
    if (JSON.stringify(next) === JSON.stringify(closure)) return closure;
    closure = next;
  }
}

function forgotten(model: Model, atoms: readonly Atom[]): Model {
  const mask = atoms.reduce((bits, atom) => bits | (1 << atom), 0);
  return VALUATIONS.map((valuation) =>
    STATES.map((state) =>
      VALUATIONS.filter((other) => (other & ~mask) === (valuation & ~mask)).reduce(
        (rows, other) => rows | (model[other]?.[state] ?? 0),
        0,
      ),
    ),
  );
}

/** Builds a relation from its meaning, deciding the atoms in this order. */
function rebuilt(model: Model, order: readonly Atom[], valuation = 0): Relation {
  const [atom, ...rest] = order;
  if (atom === undefined) return algebra.leaf(model[valuation] ?? []);
  return algebra.decide(
    atom,
    rebuilt(model, rest, valuation | (1 << atom)),
    rebuilt(model, rest, valuation),
  );
}

function isWithin(part: Relation, whole: Relation): boolean {
  return algebra.join(part, whole) === whole;
}

/** A property of one relation, of two, or of three. */
function holdsForAll(
  property: (...relations: readonly [Relation, Relation, Relation]) => void,
): void {
  fc.assert(
    fc.property(recipe, recipe, recipe, (one, two, three) => {
      property(build(one), build(two), build(three));
    }),
  );
}

describe('operations agree with those on matrices', () => {
  test('decide', () => {
    fc.assert(
      fc.property(recipe, (from) => {
        expect(meaning(build(from))).toEqual(modelOf(from));
      }),
    );
  });

  test('compose', () => {
    fc.assert(
      fc.property(recipe, recipe, (first, second) => {
        const result = meaning(algebra.compose(build(first), build(second)));
        expect(result).toEqual(composed(modelOf(first), modelOf(second)));
      }),
    );
  });

  test('join', () => {
    fc.assert(
      fc.property(recipe, recipe, (left, right) => {
        const result = meaning(algebra.join(build(left), build(right)));
        expect(result).toEqual(joined(modelOf(left), modelOf(right)));
      }),
    );
  });

  test('star', () => {
    fc.assert(
      fc.property(recipe, (step) => {
        expect(meaning(algebra.star(build(step)))).toEqual(starred(modelOf(step)));
      }),
    );
  });

  test('forget', () => {
    fc.assert(
      fc.property(recipe, fc.subarray([...ATOMS]), (from, atoms) => {
        const result = algebra.forget(build(from), (atom) => atoms.includes(atom));
        expect(meaning(result)).toEqual(forgotten(modelOf(from), atoms));
      }),
    );
  });

  test('rows and image forget every atom', () => {
    fc.assert(
      fc.property(recipe, (from) => {
        const relation = build(from);
        const [rows = []] = forgotten(modelOf(from), ATOMS);
        expect(STATES.map((state) => algebra.rows(relation)[state] ?? 0)).toEqual(rows);
        expect(algebra.image(relation)).toBe(rows.reduce((all, row) => all | row, 0));
      }),
    );
  });

  test('map and states', () => {
    const step = algebra.map((state) => (state === 0 ? 0b110 : 1 << state));
    expect(meaning(step)).toEqual(VALUATIONS.map(() => [0b110, 0b010, 0b100]));
    expect(algebra.compose(algebra.states(0b011), step)).toBe(algebra.states(0b110));
  });
});

describe('equality is identity', () => {
  test('in whatever order the atoms are decided', () => {
    fc.assert(
      fc.property(
        recipe,
        fc.shuffledSubarray([...ATOMS], { minLength: ATOMS.length }),
        (from, order) => {
          expect(rebuilt(modelOf(from), order)).toBe(build(from));
        },
      ),
    );
  });

  test('two relations are one object only if they mean the same', () => {
    fc.assert(
      fc.property(recipe, recipe, (one, two) => {
        const isSame = JSON.stringify(modelOf(one)) === JSON.stringify(modelOf(two));
        expect(build(one) === build(two)).toBe(isSame);
      }),
    );
  });

  test('a decision whose outcome does not matter is none', () => {
    holdsForAll((relation) => {
      expect(algebra.decide(0, relation, relation)).toBe(relation);
      expect(algebra.decisions(relation)).toBeLessThanOrEqual(2 ** ATOMS.length - 1);
    });
    expect(algebra.decisions(algebra.identity)).toBe(0);
    expect(algebra.decisions(algebra.test(2, true))).toBe(1);
  });
});

describe('composition', () => {
  test('is associative', () => {
    holdsForAll((a, b, c) => {
      const left = algebra.compose(algebra.compose(a, b), c);
      expect(left).toBe(algebra.compose(a, algebra.compose(b, c)));
    });
  });

  test('has the identity as its neutral element', () => {
    holdsForAll((a) => {
      expect(algebra.compose(a, algebra.identity)).toBe(a);
      expect(algebra.compose(algebra.identity, a)).toBe(a);
    });
  });

  test('is absorbed by the empty relation', () => {
    holdsForAll((a) => {
      expect(algebra.compose(a, algebra.empty)).toBe(algebra.empty);
      expect(algebra.compose(algebra.empty, a)).toBe(algebra.empty);
    });
  });

  test('distributes over join, from both sides', () => {
    holdsForAll((a, b, c) => {
      expect(algebra.compose(a, algebra.join(b, c))).toBe(
        algebra.join(algebra.compose(a, b), algebra.compose(a, c)),
      );
      expect(algebra.compose(algebra.join(a, b), c)).toBe(
        algebra.join(algebra.compose(a, c), algebra.compose(b, c)),
      );
    });
  });
});

describe('join', () => {
  test('is associative, commutative and idempotent, with the empty relation neutral', () => {
    holdsForAll((a, b, c) => {
      const left = algebra.join(algebra.join(a, b), c);
      expect(left).toBe(algebra.join(a, algebra.join(b, c)));
      expect(algebra.join(a, b)).toBe(algebra.join(b, a));
      expect(algebra.join(a, a)).toBe(a);
      expect(algebra.join(a, algebra.empty)).toBe(a);
    });
  });
});

describe('star', () => {
  test('unrolls: it is nothing, or one step and the rest', () => {
    holdsForAll((a) => {
      const closure = algebra.star(a);
      expect(algebra.join(algebra.identity, algebra.compose(a, closure))).toBe(closure);
      expect(algebra.join(algebra.identity, algebra.compose(closure, a))).toBe(closure);
    });
  });

  test('is idempotent, and no more than needed', () => {
    holdsForAll((a, b) => {
      const closure = algebra.star(a);
      expect(algebra.star(closure)).toBe(closure);
      // Whatever one step leads nowhere new from, any number of steps does.
      let closed = b;
      for (;;) {
        const next = algebra.join(closed, algebra.compose(a, closed));
        if (next === closed) break;
        closed = next;
      }
      expect(algebra.compose(closure, closed)).toBe(closed);
    });
  });

  test('grows with its step', () => {
    holdsForAll((a, b) => {
      expect(isWithin(algebra.star(a), algebra.star(algebra.join(a, b)))).toBe(true);
    });
  });

  test('of nothing and of the identity is the identity', () => {
    expect(algebra.star(algebra.empty)).toBe(algebra.identity);
    expect(algebra.star(algebra.identity)).toBe(algebra.identity);
  });
});

describe('tests', () => {
  const atom = fc.constantFrom(...ATOMS);

  test('two outcomes of one test exclude each other, and one of them is', () => {
    fc.assert(
      fc.property(atom, (asked) => {
        const [yes, no] = [algebra.test(asked, true), algebra.test(asked, false)];
        expect(algebra.compose(yes, no)).toBe(algebra.empty);
        expect(algebra.join(yes, no)).toBe(algebra.identity);
        expect(algebra.compose(yes, yes)).toBe(yes);
      }),
    );
  });

  test('commute with each other, and with what does not depend on them', () => {
    fc.assert(
      fc.property(atom, atom, recipe, (one, two, from) => {
        const [yes, other] = [algebra.test(one, true), algebra.test(two, false)];
        expect(algebra.compose(yes, other)).toBe(algebra.compose(other, yes));
        const relation = build(from);
        expect(algebra.compose(yes, relation)).toBe(algebra.compose(relation, yes));
      }),
    );
  });

  test('a forgotten test is the identity', () => {
    fc.assert(
      fc.property(atom, fc.boolean(), (asked, outcome) => {
        const tested = algebra.test(asked, outcome);
        expect(algebra.forget(tested, (other) => other === asked)).toBe(algebra.identity);
        expect(algebra.forget(tested, (other) => other !== asked)).toBe(tested);
      }),
    );
  });
});

describe('the number of states', () => {
  test('is from 1 to as many as a row has bits', () => {
    expect(() => new RelationAlgebra(0)).toThrow(RangeError);
    expect(() => new RelationAlgebra(MAX_STATES + 1)).toThrow(RangeError);
  });

  test('may be the largest', () => {
    const largest = new RelationAlgebra(MAX_STATES);
    const next = largest.map((state) => 1 << ((state + 1) % MAX_STATES));
    const everything = -1;
    expect(largest.rows(largest.star(next))).toEqual(
      Array.from({ length: MAX_STATES }, () => everything),
    );
    const last = largest.states(1 << (MAX_STATES - 1));
    expect(largest.compose(last, next)).toBe(largest.states(1));
  });
});
