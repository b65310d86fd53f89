import { expect, test } from "vitest";
import { optionSteps } from "./option-steps.ts";
import type { Workbench } from "./workbench.ts";

/** A system whose getsockopt writes these bytes and says that it wrote so many. */
function systemThat(writes: string, says: number): Workbench {
  const sockets = {
    clearError: () => undefined,
    getsockopt(_socket: number, _level: number, _option: number, value: Buffer, size: Buffer) {
      value.write(writes, "hex");
      size.writeInt32LE(says);
      return 0;
    },
  };
  return { open: new Map([[1, 9]]), sockets } as unknown as Workbench;
}

test.each([
  ["01000000", 4, "01000000"],
  ["01", 4, "01"],
  ["01000000", 8, "01000000"],
  ["0a0909a5", 4, "0a0909a5"],
  ["0a09095a", 4, "0a09095a"],
  ["a5", 4, "a5"],
  ["", 4, ""],
  ["0100000002", 4, "0100000002"],
])("Of the bytes '%s', said to be %i, exactly those are read.", (writes, says, bytes) => {
  const step = { do: "get-option", socket: 1, level: 1, number: 2, size: 8 } as const;
  expect(optionSteps["get-option"](step, systemThat(writes, says))).toEqual({
    bytes,
    length: says,
  });
});
