import { createHash } from "node:crypto";

/** Choices that a seed decides: the same seed makes the same choices, on every machine. */
export interface Random {
  /** From 0 up to 1, which it never is. */
  fraction(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function createRandom(seed: string): Random {
  let drawn = 0;
  const fraction = (): number =>
    createHash("sha256").update(`${seed} ${drawn++}`).digest().readUInt32BE() / 2 ** 32;
  const integer = (from: number, to: number): number =>
    from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
  };
}
