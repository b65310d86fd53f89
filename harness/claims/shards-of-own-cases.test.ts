import { expect, test } from "vitest";
import { sampleSelection } from "../../tests/samples/selection.ts";
import { readClaims } from "./read-claims.ts";
import { selectClaims } from "./select.ts";

const claimSet = await readClaims([]);
const claims = selectClaims(claimSet, sampleSelection());

const experimentsOf = (some: typeof claims): string[] => [
  ...new Set(some.map(({ experiment }) => experiment.id)),
];

test.each([1, 2, 3, 4, 8, 13, 50])(
  "The %i shards of everything that is shipped are all of it, each experiment once, evenly cut.",
  { timeout: 60_000 },
  (count) => {
    const shards = Array.from({ length: count }, (_, index) =>
      selectClaims(claimSet, sampleSelection({ shard: `${index + 1}/${count}` })),
    );
    expect(shards.reduce((sum, { length }) => sum + length, 0)).toBe(claims.length);
    expect(new Set(shards.flat())).toEqual(new Set(claims));
    const parts = shards.map(experimentsOf);
    expect(parts.flat().toSorted()).toEqual(experimentsOf(claims).toSorted());
    const sizes = parts.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  },
);
