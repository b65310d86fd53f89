import { expect, test } from "vitest";
import { startBindcheck } from "./bindcheck.ts";

test.each([["list"], ["list", "--json"]])(
  "A reader that stops reading early, as `head` does, ends '%s' without a word.",
  async (...parameters) => {
    const started = startBindcheck(parameters);
    started.stdout?.once("data", () => started.stdout?.destroy());
    const { exitCode, stderr } = await started;
    expect(exitCode).toBe(130);
    expect(stderr).toBe("");
  },
);
