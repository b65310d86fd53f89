import { expect, test } from "vitest";
import { listenForInterrupt } from "./interrupt.ts";

test("A signal that comes twice at once, as npx passes it on, is one interrupt.", () => {
  const before = process.listenerCount("SIGHUP");
  const { signal, release } = listenForInterrupt();
  process.emit("SIGHUP");
  expect(signal.aborted).toBe(true);
  expect(process.listenerCount("SIGHUP")).toBe(before + 1);
  release();
  expect(process.listenerCount("SIGHUP")).toBe(before);
});
