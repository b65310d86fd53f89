import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

const { signal } = new AbortController();

/** Work that notes how many are at it at the same time. */
function counter(): { readonly work: () => Promise<void>; most: number; done: number } {
  let now = 0;
  const counted = {
    most: 0,
    done: 0,
    async work() {
      now += 1;
      counted.most = Math.max(counted.most, now);
      await setImmediate();
      now -= 1;
      counted.done += 1;
    },
  };
  return counted;
}

const here = (count: number): object[] => Array.from({ length: count }, () => ({}));
const elsewhere = (count: number): { isElsewhere: true }[] =>
  Array.from({ length: count }, () => ({ isElsewhere: true }));

test("of those on this machine, no more are at work than there are places", async () => {
  const counted = counter();
  await inTurns(here(7), counted.work, signal, 2);
  expect(counted).toMatchObject({ most: 2, done: 7 });
});

test("those elsewhere wait for nobody", async () => {
  const counted = counter();
  await inTurns([...here(3), ...elsewhere(5)], counted.work, signal, 2);
  expect(counted).toMatchObject({ most: 7, done: 8 });
});

test("none begins after an abort", async () => {
  const left = new AbortController();
  const begun: number[] = [];
  const work = async ({ number }: { readonly number: number }): Promise<void> => {
    begun.push(number);
    if (number === 2) left.abort();
    await setImmediate();
  };
  const all = [1, 2, 3, 4].map((number) => ({ number, isElsewhere: undefined }));
  await inTurns(all, work, left.signal, 2);
  expect(begun).toEqual([1, 2]);
});

test("what one throws ends the whole", async () => {
  const fails = async (): Promise<void> => Promise.reject(new Error("no space left"));
  await expect(inTurns(here(3), fails, signal, 2)).rejects.toThrow("no space left");
});
