import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { serialBinders } from "./serial-binders.ts";

test("A binder that waits for a line ends with the kernel.", async () => {
  let ending: string | null = null;
  let endKernel = (): void => undefined;
  const over = new Promise<void>((resolve) => (endKernel = resolve));
  const start = serialBinders(new PassThrough(), [], { folder: "", ending: () => ending, over });
  const ended = new Promise<string>((onEnd) => {
    start({ onText: () => undefined, onWords: () => undefined, onEnd });
  });
  ending = "The kernel ended (exit code 1)";
  endKernel();
  expect(await ended).toBe("cannot be started: The kernel ended (exit code 1)");
});
