import { describe, expect, test } from "vitest";
import { findMissingProgram, findProgram } from "./find-program.ts";

describe.skipIf(process.platform === "win32")("a program", () => {
  test("is found by its name", async () => {
    expect(await findProgram("sh")).toMatch(/^\/.*\/sh$/);
  });

  test("that is not installed is not", async () => {
    expect(await findProgram("no-such-program")).toBeNull();
  });

  test("that is missing is reported with what installs it", async () => {
    const missing = await findMissingProgram({ sh: "dash", "no-such-program": "its-package" });
    expect(missing).toEqual({
      why: "no-such-program is not installed",
      mend: "apt-get install --no-install-recommends its-package",
    });
    expect(await findMissingProgram({ sh: "dash" })).toBeNull();
  });
});
