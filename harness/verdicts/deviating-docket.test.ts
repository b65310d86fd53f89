import { expect, test, vi } from "vitest";
import { sampleClaim } from "../../tests/samples/claim.ts";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { withDeviations } from "./deviating-docket.ts";
import { createDocket } from "./docket.ts";
import type { KnownDeviation } from "./known-deviation.ts";

const WINE = {
  platform: { name: "wine", implements: "windows", version: "10.0.18362" },
  runtime: { wine: "8.0.1", node: "v22.1.0" },
};
const IN_USE = { kind: "error", step: "bind", code: "WSAEADDRINUSE", errno: 10048 } as const;
const claim = sampleClaim("success");

const known: KnownDeviation = {
  platform: "wine",
  versions: null,
  document: "sample",
  experiments: ["*"],
  step: null,
  observed: "WSAEADDRINUSE",
  reason: "looked at",
  expires: null,
};

function wordOn(target: typeof WINE, told: Partial<KnownDeviation>): string | undefined {
  const docket = createDocket([claim], target.platform, false);
  const deviating = withDeviations(docket, target, [{ ...known, ...told }]);
  return deviating.judge(claim.experiment.id, IN_USE)[0]?.verdict.word;
}

test.each([
  [">=8 <9", "known-deviation"],
  ["8.0.1", "known-deviation"],
  [">=9", "contradicted"],
  ["<8", "contradicted"],
  // The version of Windows that Wine claims to be.
  [">=10", "contradicted"],
])("On Wine 8 a deviation of versions %s leaves a contradiction %s.", (versions, word) => {
  expect(wordOn(WINE, { versions })).toBe(word);
});

test.each([
  ["0.0~20221219.0", "known-deviation"],
  ["0.0~20240729.0", "contradicted"],
])("gVisor %s is distinguished from others by the date of its release: %s.", (gvisor, word) => {
  const platform = { name: "gvisor", implements: "windows", version: "4.4.0" };
  const target = { platform, runtime: { ...WINE.runtime, gvisor } };
  expect(wordOn(target, { platform: "gvisor", versions: "<0.0.20240729" })).toBe(word);
});

test("Elsewhere the version is that of the platform.", () => {
  const platform = { name: "windows", implements: "windows", version: "10.0.20348" };
  const windows = { platform, runtime: { ...WINE.runtime, wine: "" } };
  expect(wordOn(windows, { platform: "windows", versions: ">=10" })).toBe("known-deviation");
  expect(wordOn(windows, { platform: "windows", versions: "<10" })).toBe("contradicted");
});

test("A deviation is known on its last day, and not the day after.", () => {
  vi.useFakeTimers({ now: new Date("2030-05-06T23:59:59Z") });
  expect(wordOn(WINE, { expires: "2030-05-06" })).toBe("known-deviation");
  expect(wordOn(WINE, { expires: "2030-05-05" })).toBe("contradicted");
  vi.useRealTimers();
});

test("What is known of Windows is not known of Wine.", () => {
  expect(wordOn(WINE, { platform: "windows" })).toBe("contradicted");
});

test("For a scenario the step's own outcome counts.", () => {
  const claims = claimsOf(
    scenarioFile(`scenarios:
  - name: two-steps
    says: both open
    steps:
      - { by: first, do: open, socket: a, address: wildcard, expect: success }
      - { by: second, do: open, socket: b, address: wildcard, expect: success }`),
  );
  const [first] = claims;
  if (!first) throw new Error("there are two");
  const deviations = [{ ...known, document: "told", step: "2 second open" }];
  const docket = withDeviations(createDocket(claims, WINE.platform, true), WINE, deviations);
  const steps = [
    { step: 0, label: "1 first open", outcome: { kind: "success" } },
    { step: 1, label: "2 second open", outcome: IN_USE },
  ] as const;
  const judged = docket.judge(first.experiment.id, IN_USE, steps);
  expect(judged.map(({ verdict }) => verdict.word)).toEqual(["held", "known-deviation"]);
  const turned = [{ ...steps[0], outcome: IN_USE }, steps[1]];
  const again = docket.judge(first.experiment.id, IN_USE, turned);
  expect(again.map(({ verdict }) => verdict.word)).toEqual(["contradicted", "known-deviation"]);
});

test("What contradicts is repeated although it is known.", () => {
  const docket = withDeviations(createDocket([claim], WINE.platform, false), WINE, [known]);
  expect(docket.isContradicting(claim.experiment.id, IN_USE)).toBe(true);
});
