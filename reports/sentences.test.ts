import { expect, test } from "vitest";
import type { Document } from "../harness/model/claim.ts";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import {
  countsText,
  speaksOfOthersText,
  evidenceTexts,
  expectedText,
  observedText,
  outcomeText,
  reasonText,
  targetText,
} from "./sentences.ts";

const inUse = { kind: "error", step: "bind", code: "WSAEADDRINUSE", errno: 10048 } as const;

test.each([
  [{ kind: "success" }, "success"],
  [inUse, "WSAEADDRINUSE (10048) at bind"],
  [{ ...inUse, step: "listen" }, "WSAEADDRINUSE (10048) at listen"],
  [{ kind: "skipped", reason: "no-ipv6", detail: "none" }, "skipped: no-ipv6"],
  [{ kind: "broken", reason: "binder-died", detail: "gone" }, "broken: binder-died"],
  [
    { kind: "unstable", outcomes: [{ kind: "success" }, inUse] },
    "unstable: success, WSAEADDRINUSE (10048) at bind",
  ],
] as const)("outcome %j reads %s", (outcome, text) => {
  expect(outcomeText(outcome)).toBe(text);
});

test("what was not observed is not called an outcome", () => {
  expect(observedText(undefined)).toBe("no observation");
});

test("a footnote is reported with the expectation that carries its mark, and with no other", () => {
  const document = {
    notes: { "*": "which socket receives is undetermined" },
  } as unknown as Document;
  expect(expectedText("success*", document)).toBe(
    "success* (which socket receives is undetermined)",
  );
  expect(expectedText("success", document)).toBe("success");
});

test("evidence names what was in force, not what was asked", () => {
  const observation = {
    attempts: 1,
    durationMs: 2.5,
    port: 20000,
    evidence: {
      first: { options: { SO_REUSEADDR: 1, IPV6_V6ONLY: 1 }, name: "[::]:20000" },
      second: { options: {} },
      afterFirstClosed: "success",
      discarded: ["the port was taken"],
    },
  } as unknown as ObservationLine;
  expect(evidenceTexts(observation)).toEqual([
    "first: [::]:20000, SO_REUSEADDR=1, IPV6_V6ONLY=1",
    "second: not bound",
    "second again, after the first was closed: success",
    "an earlier try did not count: the port was taken",
    "port 20000, 1 attempt, 2.5 ms",
  ]);
});

test("a reason without a detail ends after its code", () => {
  expect(reasonText({ reason: "no-ipv6" })).toBe("no-ipv6");
  expect(reasonText({ reason: "no-ipv6", detail: "switch it on" })).toBe("no-ipv6: switch it on");
});

const of = (platform: string, versions: string) => ({ appliesTo: { platform, versions } });
const wine = { name: "wine", implements: "windows", version: "10.0.18362" };
const linux = { name: "linux", implements: "linux", version: "6.18.0" };

test.each([
  [
    [of("windows", ">=5.0 <5.1")],
    wine,
    "speak of windows >=5.0 <5.1, and this run measured wine 10.0.18362",
  ],
  [
    [of("windows", "*"), of("windows", ">=6.0")],
    linux,
    "speak of windows (add --on wine), and this run measured linux 6.18.0",
  ],
  [[of("macos", "*")], linux, "speak of macos (add --on ssh:HOST), and"],
])("documents that speak of others: %j on %j", (documents, platform, text) => {
  expect(speaksOfOthersText(documents, [platform])).toContain(text);
});

test.each([
  [
    "Wine, which is never presented as Windows",
    { name: "wine", implements: "windows" },
    {
      name: "Wine 8.0",
      version: "10.0.18362",
      build: "Microsoft Windows 10",
      kernel: "Windows_NT 10.0.18362",
    },
    "Wine 8.0, Windows_NT 10.0.18362, windows sockets by wine, node 22.20.0",
  ],
  [
    "a Linux",
    { name: "linux", implements: "linux" },
    { name: "Debian GNU/Linux 12", version: "6.1.0", build: "#1 SMP", kernel: "Linux 6.1.0" },
    "Debian GNU/Linux 12, Linux 6.1.0, node 22.20.0",
  ],
  [
    "a Windows",
    { name: "windows", implements: "windows" },
    { name: "Windows Server 2022", version: "21H2", build: "20348", kernel: "" },
    "Windows Server 2022, 21H2, build 20348, node 22.20.0",
  ],
])("a target is reported as %s", (_what, platform, os, text) => {
  const target = { platform, os, runtime: { node: "v22.20.0" } } as unknown as TargetLine;
  expect(targetText(target)).toBe(text);
});

test("counts leave zeros out", () => {
  expect(countsText({ held: 2, contradicted: 0, skipped: 1, broken: 0 })).toBe("2 held, 1 skipped");
});
