import { expect, test } from "vitest";
import { createTally } from "./tally.ts";

test("A tally counts by target, document and word, and in total.", () => {
  const tally = createTally();
  tally.add("local", "one", "held");
  tally.add("local", "one", "held");
  tally.add("local", "one", "contradicted");
  tally.add("local", "two", "broken", "binder-died");
  tally.add("wine", "one", "skipped", "no-ipv6");
  tally.add("wine", "one", "skipped", "not-applicable");
  expect(tally.perDocument).toMatchObject([
    {
      target: "local",
      document: "one",
      counts: { held: 2, contradicted: 1, skipped: 0, broken: 0 },
    },
    {
      target: "local",
      document: "two",
      counts: { held: 0, contradicted: 0, skipped: 0, broken: 1 },
    },
    {
      target: "wine",
      document: "one",
      counts: { held: 0, contradicted: 0, skipped: 2, broken: 0 },
    },
  ]);
  expect(tally.total).toMatchObject({ held: 2, contradicted: 1, skipped: 2, broken: 1 });
  expect(tally.notApplicable).toBe(1);
});

test("Nothing counted is zero of everything.", () => {
  const tally = createTally();
  expect(new Set(Object.values(tally.total))).toEqual(new Set([0]));
  expect(tally.perDocument).toEqual([]);
  expect(tally.notApplicable).toBe(0);
});
