import { expect, test } from "vitest";
import { claimsOfThisSystem } from "./of-this-system.ts";
import { readClaims } from "./read-claims.ts";

test.each([
  ["linux", "socket-7/reuseaddr-bound", "so-exclusiveaddruse/table-1"],
  ["win32", "so-exclusiveaddruse/table-1", "socket-7/reuseaddr-bound"],
])("On %s the package's own claims are those of the system.", async (platform, own, foreign) => {
  const { claims } = await readClaims([]);
  const ids = new Set(claimsOfThisSystem(claims, platform).map(({ document }) => document.id));
  expect(ids.has(own)).toBe(true);
  expect(ids.has(foreign)).toBe(false);
});
