/** Which mutant is active, and which could have made a difference. */

export class Switch {
  /** The mutant that is active. */
  active: number | null = null;
  /** The mutants that were met, where this is asked for. */
  notes: Set<number> | null = null;

  /** Whether a mutant is active that makes a difference wherever it is met. */
  is(id: number): boolean {
    this.notes?.add(id);
    return this.active === id;
  }

  /** Whether a mutant is active that makes a difference in some cases, which are told by themselves. */
  has(id: number): boolean {
    return this.active === id;
  }

  note(id: number): void {
    this.notes?.add(id);
  }

  /** Hands a value on that a mutant replaces by another. */
  saw<T>(value: T, id: number, other: boolean): T {
    if (this.notes !== null && value !== other) this.notes.add(id);
    return value;
  }
}
