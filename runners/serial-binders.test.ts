import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import { serialBinders } from "./serial-binders.ts";

test("A binder that waits for a line ends with the kernel.", async () => {
  let ending: string | null = null;
  let endKernel = (): void => undefined;
  const over = new Promise<void>((resolve) => (endKernel = resolve));
  const start = serialBinders(new PassThrough(), [], {
    folder: "",
    ending: () => ending,
    onLackOfIpv6: () => undefined,
    over,
  });
  const ended = new Promise<string>((onEnd) => {
    start({ onText: () => undefined, onWords: () => undefined, onEnd });
  });
  ending = "The kernel ended (exit code 1)";
  endKernel();
  expect(await ended).toBe("cannot be started: The kernel ended (exit code 1)");
});

test.each([
  ["ready\n", 0],
  ["ready without IPv6\n", 1],
])("What the kernel says when it is up tells whether it has IPv6: %j", (said, times) => {
  const control = new PassThrough();
  const onLackOfIpv6 = vi.fn<() => void>();
  serialBinders(control, [], {
    folder: "",
    ending: () => null,
    onLackOfIpv6,
    over: new Promise(() => undefined),
  });
  // In pieces, as a serial line gives them.
  for (const piece of said.match(/.{1,3}|\n/g) ?? []) control.emit("data", piece);
  expect(onLackOfIpv6).toHaveBeenCalledTimes(times);
});
