import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import { createDocket } from "./docket.ts";

const LINUX = { name: "linux", implements: "linux", version: "6.1.0" };
const tcp = sampleExperiment();
const udp = sampleExperiment({ protocol: "udp" });

const documentFor = (id: string, platform: string, versions: string) =>
  sampleDocument({ id, appliesTo: { platform, versions } });
const anywhere = documentFor("anywhere", "any", "*");
const here = documentFor("here", "linux", ">=3.9");
const older = documentFor("older", "linux", "<3.9");
const elsewhere = documentFor("elsewhere", "windows", "*");

const claims = [
  sampleClaim("success", { experiment: tcp, document: anywhere }),
  sampleClaim("EADDRINUSE", { experiment: tcp, document: here }),
  sampleClaim("EADDRINUSE", { experiment: udp, document: older }),
  sampleClaim("success", { experiment: udp, document: elsewhere }),
];
const success = { kind: "success" } as const;

test("Only documents that apply are measured, an experiment of several once.", () => {
  const docket = createDocket(claims, LINUX, false);
  expect(docket.experiments).toEqual([tcp]);
});

test("Every claim on an experiment gets a verdict of its own.", () => {
  const docket = createDocket(claims, LINUX, false);
  expect(docket.judge(tcp.id, success)).toEqual([
    { claim: claims[0], verdict: { word: "held" } },
    { claim: claims[1], verdict: { word: "contradicted" } },
  ]);
});

test("A named document of another version is measured and not judged.", () => {
  const docket = createDocket(claims, LINUX, true);
  expect(docket.experiments).toEqual([tcp, udp]);
  expect(docket.judge(udp.id, success)).toEqual([
    {
      claim: claims[2],
      verdict: {
        word: "skipped",
        reason: "not-applicable",
        detail: "older speaks of versions <3.9, this is 6.1.0",
      },
    },
  ]);
  expect(docket.isContradicting(udp.id, success)).toBe(false);
});

test("A named document of another platform is not measured.", () => {
  const docket = createDocket([claims[3]!], LINUX, true);
  expect(docket.experiments).toEqual([]);
  expect(docket.judge(udp.id, success)).toEqual([]);
});

test("An outcome is worth repeating when it contradicts any claim.", () => {
  const docket = createDocket(claims.slice(0, 2), LINUX, false);
  const inUse = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 } as const;
  expect(docket.isContradicting(tcp.id, success)).toBe(true);
  expect(docket.isContradicting(tcp.id, inUse)).toBe(true);
  expect(createDocket([claims[0]!], LINUX, false).isContradicting(tcp.id, success)).toBe(false);
  expect(
    docket.isContradicting(tcp.id, { kind: "broken", reason: "binder-died", detail: "" }),
  ).toBe(false);
});
