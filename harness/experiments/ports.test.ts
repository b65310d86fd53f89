import { expect, test } from "vitest";
import { createPortSource, usablePorts } from "./ports.ts";

test("Usable ports are those outside every range to avoid, both ends of a range included.", () => {
  const ports = usablePorts([
    [32_768, 60_999],
    [10_000, 10_002],
    [20_000, 20_000],
  ]);
  expect(ports[0]).toBe(10_003);
  expect(ports.at(-1)).toBe(65_535);
  expect(ports).toContain(19_999);
  expect(ports).not.toContain(20_000);
  expect(ports).toContain(20_001);
  expect(ports).toContain(32_767);
  expect(ports).not.toContain(32_768);
  expect(ports).not.toContain(60_999);
  expect(ports).toContain(61_000);
  expect(ports).toHaveLength(55_536 - 28_232 - 3 - 1);
});

test("Ports below 10000 are used only where few others are left, and well-known ones never.", () => {
  expect(Math.min(...usablePorts([]))).toBe(10_000);
  const few = usablePorts([[10_999, 65_535]]);
  expect(few).toHaveLength(10_999 - 1024);
  expect(few[0]).toBe(1024);
  expect(usablePorts([[11_000, 65_535]])).toHaveLength(1000);
});

test.each([1, 2, 3, 12, 1000, 4096, 26_769])(
  "Of %i ports none comes twice before every other has been used.",
  (count) => {
    const ports = Array.from({ length: count }, (_, index) => 10_000 + index);
    const next = createPortSource(ports);
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
