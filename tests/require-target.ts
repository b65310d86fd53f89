import { accessSync, constants } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Availability } from "../runners/runner.ts";

/**
 * `describe` for tests that need a target. Where this machine lacks it, they are skipped under a name
 * that says why; if BINDCHECK_REQUIRE (comma-separated target names) holds it, one failure stands for them.
 */
export function describeTarget(name: string, availability: Availability, body: () => void): void {
  const reason = availability.here
    ? ""
    : ` (${availability.why}; mend it with: ${availability.mend})`;
  const refuse = (): void => {
    test("is required by BINDCHECK_REQUIRE", () => {
      expect.fail(`This machine lacks ${name}${reason}`);
    });
  };
  const tests = !availability.here && isRequired(name) ? refuse : body;
  describe.skipIf(!availability.here && tests === body)(`${name}${reason}`, () => {
    tests();
  });
}

function isRequired(name: string): boolean {
  const required = process.env["BINDCHECK_REQUIRE"] ?? "";
  return required.split(",").some((word) => word.trim() === name);
}

/** Whether a program is there and can be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
