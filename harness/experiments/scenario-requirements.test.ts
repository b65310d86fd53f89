import { expect, test } from "vitest";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { findAddresses } from "./addresses.ts";
import { findUnmet, type Offer } from "./requirements.ts";

const OFFER: Offer = {
  implements: "linux",
  options: ["SO_REUSEADDR"],
  addresses: findAddresses([], "linux"),
  nodeOptions: [],
  ownAddresses: [
    { interface: "eth0", family: "ipv4", address: "10.0.0.1", zone: 0 },
    { interface: "eth0", family: "ipv6", address: "fe80::7", zone: 2 },
  ],
  otherAccountProblem: null,
};

function unmetOf(step: string, offer: Partial<Offer> = {}) {
  const file = scenarioFile(`scenarios:
  - name: one
    says: Something.
    steps:
      - { by: first, do: open, socket: holder, address: wildcard, expect: success }
      - ${step}`);
  const experiment = claimsOf(file)[0]!.experiment;
  return findUnmet(experiment, { ...OFFER, ...offer });
}

test.each([
  "{ by: second, do: open, socket: next, address: 10.0.0.1 }",
  "{ by: other, do: open, socket: next, address: specific }",
  '{ by: second, do: open, socket: next, address: "fe80::9%eth0" }',
  '{ by: second, do: open, socket: next, address: "fe80::9%1" }',
  // A group is not an address of the machine.
  "{ do: census, address: 239.255.77.1, among: [holder] }",
  "{ by: first, do: set-option, socket: holder, option: IPV6_V6ONLY }",
])("%s can be done.", (step) => {
  expect(unmetOf(step)).toBeNull();
});

test.each([
  ["{ by: second, do: open, socket: next, address: 10.99.99.99 }", "needs-address", "10.99.99.99"],
  [
    "{ by: peer, do: connect, socket: next, address: 240.0.0.1, family: ipv4 }",
    "needs-address",
    "240.0.0.1",
  ],
  [
    '{ by: second, do: open, socket: next, address: "fe80::1%eth7" }',
    "needs-address",
    "no interface eth7",
  ],
  [
    "{ by: second, do: open, socket: next, options: SO_REUSEPORT, address: 10.0.0.1 }",
    "option-not-on-platform",
    "SO_REUSEPORT",
  ],
  [
    "{ by: first, do: set-option, socket: holder, option: SO_EXCLUSIVEADDRUSE }",
    "option-not-on-platform",
    "SO_EXCLUSIVEADDRUSE",
  ],
  ["{ by: first, do: open, socket: next, address: specific, family: ipv6 }", "no-ipv6", "::1"],
])("%s is skipped: %s.", (step, reason, detail) => {
  const unmet = unmetOf(step);
  expect(unmet).toMatchObject({ kind: "skipped", reason });
  expect(unmet?.detail).toContain(detail);
});

test.each([
  ["eth0", []],
  ["2", []],
  ["3", ["needs-address"]],
])("A connection to an own link-local address needs its zone: %s.", (zone, reasons) => {
  const step = `{ by: peer, do: connect, socket: next, address: "fe80::7%${zone}", family: ipv6 }`;
  const ipv6 = { ...OFFER.addresses.ipv6, wildcard: "::", specific: "::1" };
  const unmet = unmetOf(step, { addresses: { ...OFFER.addresses, ipv6 } });
  expect(unmet === null ? [] : [unmet.reason]).toEqual(reasons);
});

test("Without another account a scenario that has one is skipped with the reason.", () => {
  const step = "{ by: other, do: open, socket: next, address: specific }";
  expect(unmetOf(step, { otherAccountProblem: "not root" })).toEqual({
    kind: "skipped",
    reason: "needs-privilege",
    detail: "not root",
  });
});
