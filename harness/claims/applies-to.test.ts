import { expect, test } from "vitest";
import { sampleDocument } from "../../tests/samples/claim.ts";
import { appliesTo, canSpeakOfOne, speaksOfPlatform } from "./applies-to.ts";

const WINDOWS_10 = { name: "windows", implements: "windows", version: "10.0.19045" };
const WINE = { name: "wine", implements: "windows", version: "10.0.19043" };
const GVISOR = { name: "gvisor", implements: "linux", version: "4.4.0" };
const LINUX = { name: "linux", implements: "linux", version: "6.1.0-18-amd64" };

test.each([
  ["windows", ">=5.0", WINDOWS_10, true],
  ["windows", ">=5.0", WINE, true],
  ["wine", "*", WINE, true],
  ["wine", ">=8.0 <8.1", { ...WINE, own: "8.0" }, true],
  ["wine", ">=10.0 <10.1", { ...WINE, own: "8.0" }, false],
  ["wine", ">=10.0 <10.1", WINE, false],
  ["windows", ">=10.0", { ...WINE, own: "8.0" }, true],
  ["gvisor", "<0.0.20240729", { ...GVISOR, own: "0.0~20221219.0" }, true],
  ["gvisor", "<0.0.20240729", { ...GVISOR, own: "0.0~20240729.0" }, false],
  ["linux", "<5", { ...GVISOR, own: "0.0~20240729.0" }, true],
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

test.each([
  ["wine", ">=8.0 <8.1", "windows", ">=5.2", false],
  ["wine", ">=8.0 <8.1", "wine", ">=8", true],
  ["wine", ">=8.0 <8.1", "wine", ">=10", false],
  ["wine", "*", "windows", ">=5.2", true],
  ["gvisor", ">=0.0.20240729", "linux", ">=5.10", false],
  ["linux", ">=6", "any", "<7", true],
] as const)(
  "%s %s and %s %s can be of one system: %s",
  (one, versions, other, others, expected) => {
    const a = sampleDocument({ appliesTo: { platform: one, versions } });
    const b = sampleDocument({ appliesTo: { platform: other, versions: others } });
    expect(canSpeakOfOne(a, b)).toBe(expected);
    expect(canSpeakOfOne(b, a)).toBe(expected);
  },
);
