import { afterEach, expect, test } from "vitest";
import { listenForInterrupt } from "./interrupt.ts";

const before = process.listenerCount("SIGHUP");
afterEach(() => expect(process.listenerCount("SIGHUP")).toBe(before));

test("A signal that comes twice at once, as npx passes it on, is one interrupt.", () => {
  const { signal, release } = listenForInterrupt();
  process.emit("SIGHUP");
  expect(signal.aborted).toBe(true);
  expect(process.listenerCount("SIGHUP")).toBe(before + 1);
  release();
});
