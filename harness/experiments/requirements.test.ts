import { expect, test } from "vitest";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { findAddresses } from "./addresses.ts";
import { findUnmet, type Offer } from "./requirements.ts";

const lo6 = { interface: "lo", family: "ipv6", address: "::1", zone: 0 } as const;

const LINUX: Offer = {
  implements: "linux",
  options: ["SO_REUSEADDR", "SO_REUSEPORT"],
  addresses: findAddresses([lo6], "linux"),
  nodeOptions: ["exclusive", "reuseAddr"],
  ownAddresses: [lo6],
  otherAccountProblem: null,
};

const onSpecific2 = (family: "ipv4" | "ipv6") =>
  sampleExperiment({
    family,
    first: sampleEndpoint({ family, address: "specific" }),
    second: sampleEndpoint({ family, address: "specific2" }),
  });

test("An experiment whose needs are met is not skipped.", () => {
  expect(findUnmet(sampleExperiment(), LINUX)).toBeNull();
  expect(findUnmet(sampleExperiment({ family: "ipv6" }), LINUX)).toBeNull();
  expect(findUnmet(onSpecific2("ipv4"), LINUX)).toBeNull();
});

test.each(["first", "second"] as const)(
  "An option of the %s endpoint that the platform does not have is named.",
  (side) => {
    const experiment = sampleExperiment({
      [side]: sampleEndpoint({ options: ["SO_REUSEADDR", "SO_EXCLUSIVEADDRUSE"] }),
    });
    expect(findUnmet(experiment, LINUX)).toEqual({
      kind: "skipped",
      reason: "option-not-on-platform",
      detail: "linux has no SO_EXCLUSIVEADDRUSE",
    });
  },
);

test("Without ::1 there is no IPv6, and IPv4 goes on.", () => {
  const offer = { ...LINUX, addresses: findAddresses([], "linux") };
  for (const family of ["ipv6", "dual"] as const)
    expect(findUnmet(sampleExperiment({ family }), offer)?.reason).toBe("no-ipv6");
  expect(findUnmet(sampleExperiment(), offer)).toBeNull();
});

test.each([
  {
    family: "ipv6",
    implements: "linux",
    reason: "needs-second-ipv6-address",
    detail: "add one: sudo ip -6 addr add fd00:b1d::2/128 dev lo",
  },
  {
    family: "ipv4",
    implements: "macos",
    reason: "needs-second-ipv4-address",
    detail: "add one: sudo ifconfig lo0 alias 127.0.0.2",
  },
] as const)(
  "Without a second $family address the command that adds one on $implements is named.",
  ({ family, reason, detail, ...own }) => {
    const offer = {
      ...LINUX,
      implements: own.implements,
      addresses: findAddresses([lo6], own.implements),
    };
    expect(findUnmet(onSpecific2(family), offer)).toEqual({ kind: "skipped", reason, detail });
  },
);

test("Another account is needed only where the second endpoint asks for it.", () => {
  const offer = { ...LINUX, otherAccountProblem: "run with sudo" };
  const experiment = sampleExperiment({ second: sampleEndpoint({ account: "other" }) });
  expect(findUnmet(experiment, offer)).toEqual({
    kind: "skipped",
    reason: "needs-privilege",
    detail: "run with sudo",
  });
  expect(findUnmet(experiment, LINUX)).toBeNull();
  expect(findUnmet(sampleExperiment(), offer)).toBeNull();
});
