import { expect, test } from "vitest";
import { groupBy } from "../model/group-by.ts";
import { countPorts, createPortSource, usablePorts } from "./ports.ts";

test("Usable ports are those outside every range to avoid, both ends of a range included.", () => {
  expect(
    usablePorts([
      [32_768, 60_999],
      [10_000, 10_002],
      [20_000, 20_000],
      [20_000, 20_001],
    ]),
  ).toEqual([
    [10_003, 19_999],
    [20_002, 32_767],
    [61_000, 65_535],
  ]);
  expect(usablePorts([[60_000, 65_535]])).toEqual([[10_000, 59_999]]);
  expect(usablePorts([[60_000, 70_000]])).toEqual([[10_000, 59_999]]);
  expect(usablePorts([[1, 80]])).toEqual([[10_000, 65_535]]);
});

test("Ports below 10000 are used only where few others are left, and well-known ones never.", () => {
  expect(usablePorts([])).toEqual([[10_000, 65_535]]);
  const few = usablePorts([[10_999, 65_535]]);
  expect(few).toEqual([
    [1024, 9999],
    [10_000, 10_998],
  ]);
  expect(countPorts(few)).toBe(10_999 - 1024);
  expect(countPorts(usablePorts([[11_000, 65_535]]))).toBe(1000);
});

test("A range to avoid that leaves one port at the end leaves it.", () => {
  expect(usablePorts([[10_000, 65_534]])).toEqual([
    [1024, 9999],
    [65_535, 65_535],
  ]);
});

test("Where no port is left, none can be handed out.", () => {
  expect(() => createPortSource([])).toThrow("there are no ports to use");
});

test.each([1, 2, 3, 12, 1000, 4096, 26_769])(
  "Of %i ports none comes twice before every other has been used.",
  (count) => {
    const ports = Array.from({ length: count }, (_, index) => 10_000 + index + Number(index > 10));
    const last = ports.at(-1) ?? 0;
    const ranges = [[10_000, Math.min(last, 10_010)] as const, [10_012, last] as const];
    const next = createPortSource(ranges.filter(([from, to]) => from <= to));
    const taken = ports.map(() => next());
    expect(taken.toSorted((a, b) => a - b)).toEqual(ports);
    expect(ports.map(() => next())).toEqual(taken);
  },
);

test("Two sources of the same ports begin at different places and part again.", () => {
  const ports = usablePorts([]);
  const sources = Array.from({ length: 20 }, () => createPortSource(ports));
  const begins = sources.map((next) => next());
  expect(new Set(begins).size).toBeGreaterThan(1);
  const strides = sources.map((next, index) => next() - (begins[index] ?? 0));
  expect(new Set(strides).size).toBeGreaterThan(2);
});

test("Of 400 ports in a row at most five share their last eight bits.", () => {
  for (let source = 0; source < 50; source++) {
    const next = createPortSource(usablePorts([[32_768, 60_999]]));
    const ports = Array.from({ length: 8000 }, () => next());
    for (let from = 0; from + 400 <= ports.length; from += 100) {
      const shared = groupBy(ports.slice(from, from + 400), (port) => port % 256);
      const most = Math.max(...[...shared.values()].map(({ length }) => length));
      expect(most).toBeLessThanOrEqual(5);
    }
  }
});
