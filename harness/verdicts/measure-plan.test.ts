import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import type { Outcome } from "../model/observation.ts";
import { observeWithoutTrying } from "../measure/task.ts";
import { createMeasurePlanner } from "./measure-plan.ts";

const LINUX = { name: "linux", implements: "linux", version: "6.1.0" };
const control = (protocol: "tcp" | "udp", family: "ipv4" | "ipv6") =>
  sampleClaim("EADDRINUSE", {
    document: sampleDocument({ kind: "control" }),
    experiment: sampleExperiment({ protocol, family }),
  });
const controls = [control("tcp", "ipv4"), control("tcp", "ipv6"), control("udp", "ipv4")];
const inUse: Outcome = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };

test("The controls of every part that is measured are taken, and no others.", () => {
  const second = sampleEndpoint({ family: "ipv6" });
  const claim = sampleClaim("success", { experiment: sampleExperiment({ second }) });
  const plan = createMeasurePlanner([claim], controls, false)(LINUX);
  expect([...plan.experiments]).toEqual([claim.experiment]);
  expect([...plan.controls].map(({ id }) => id)).toEqual([
    "tcp/ipv4 none@wildcard > none@wildcard",
    "tcp/ipv6 none@wildcard > none@wildcard",
  ]);
  expect(plan.needsOtherAccount).toBe(false);
});

test("Another account is asked for when an experiment needs it.", () => {
  const second = sampleEndpoint({ account: "other" });
  const claim = sampleClaim("success", { experiment: sampleExperiment({ second }) });
  expect(createMeasurePlanner([claim], controls, false)(LINUX).needsOtherAccount).toBe(true);
});

test("A control fails unless it comes out as it must; a skipped one vouches for what is skipped.", () => {
  const plan = createMeasurePlanner([controls[0]!], controls, false)(LINUX);
  const problemOf = (outcome: Outcome): string | null =>
    plan.controlProblem(observeWithoutTrying(controls[0]!.experiment, outcome));
  expect(problemOf(inUse)).toBeNull();
  expect(problemOf({ kind: "skipped", reason: "no-ipv6", detail: "none" })).toBeNull();
  expect(problemOf({ kind: "success" })).toBe("came out as success");
  expect(problemOf({ ...inUse, code: "EACCES", errno: 13 })).toBe("came out as EACCES");
  expect(problemOf({ kind: "broken", reason: "binder-died", detail: "gone" })).toBe("gone");
});

test("An observation that contradicts a claim is doubtful.", () => {
  const claim = sampleClaim("success");
  const plan = createMeasurePlanner([claim], controls, false)(LINUX);
  expect(plan.isDoubtful(observeWithoutTrying(claim.experiment, inUse))).toBe(true);
  expect(plan.isDoubtful(observeWithoutTrying(claim.experiment, { kind: "success" }))).toBe(false);
});
