import { expect, test } from "vitest";
import { sampleDocument } from "../../tests/samples/claim.ts";
import { appliesTo, speaksOfPlatform } from "./applies-to.ts";

const WINDOWS_10 = { name: "windows", implements: "windows", version: "10.0.19045" };
const WINE = { name: "wine", implements: "windows", version: "10.0.19043" };
const LINUX = { name: "linux", implements: "linux", version: "6.1.0-18-amd64" };

test.each([
  ["windows", ">=5.0", WINDOWS_10, true],
  ["windows", ">=5.0", WINE, true],
  ["wine", "*", WINE, true],
  ["wine", "*", WINDOWS_10, false],
  ["windows", ">=5.0", LINUX, false],
  ["any", "*", LINUX, true],
  ["linux", ">=3.9", LINUX, true],
  ["linux", ">=6.2", LINUX, false],
  ["linux", ">=3.9 <6.1", LINUX, false],
  ["linux", "<4 || >=6", LINUX, true],
  ["windows", "<6.1", WINDOWS_10, false],
  ["windows", "<6.1", { ...WINDOWS_10, version: "5.2" }, true],
  ["any", ">=1", { ...LINUX, version: "unknown" }, false],
  ["any", "*", { ...LINUX, version: "unknown" }, true],
] as const)("A document of %s %s and %o: %s", (platform, versions, target, expected) => {
  expect(appliesTo(sampleDocument({ appliesTo: { platform, versions } }), target)).toBe(expected);
});

test("A document speaks of its platform in versions that it does not apply to, too.", () => {
  const document = sampleDocument({ appliesTo: { platform: "linux", versions: ">=99" } });
  expect(speaksOfPlatform(document, LINUX)).toBe(true);
  expect(speaksOfPlatform(document, WINE)).toBe(false);
});
