import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { experimentId } from "./experiment-id.ts";

test.each([
  {
    id: "tcp/ipv4 SO_EXCLUSIVEADDRUSE@wildcard > SO_REUSEADDR@specific",
    experiment: {
      first: sampleEndpoint({ options: ["SO_EXCLUSIVEADDRUSE"] }),
      second: sampleEndpoint({ options: ["SO_REUSEADDR"], address: "specific" }),
    },
  },
  {
    id: "udp/ipv4 none@wildcard > none@specific2",
    experiment: { protocol: "udp", second: sampleEndpoint({ address: "specific2" }) },
  },
  {
    id: "tcp/ipv6 none@wildcard > none@wildcard",
    experiment: { family: "ipv6" },
  },
  {
    id: "tcp/ipv4 other-account none@wildcard > none@wildcard",
    experiment: { second: sampleEndpoint({ account: "other" }) },
  },
  {
    id: "tcp/ipv4 SO_REUSEADDR@wildcard listening > none@wildcard",
    experiment: { first: sampleEndpoint({ options: ["SO_REUSEADDR"], state: "listening" }) },
  },
  {
    id: "tcp/ipv4 none@wildcard > none@specific api=node",
    experiment: { second: sampleEndpoint({ address: "specific", api: "node" }) },
  },
  {
    id: "tcp/ipv4 none@specific > none@specific port=other",
    experiment: {
      first: sampleEndpoint({ address: "specific" }),
      second: sampleEndpoint({ address: "specific", port: "other" }),
    },
  },
  {
    id: "tcp/dual none@wildcard > none@mapped-specific",
    experiment: {
      family: "dual",
      second: sampleEndpoint({ family: "dual", address: "mapped-specific" }),
    },
  },
  {
    id: "tcp/dual none@wildcard > none@wildcard family=ipv4",
    experiment: { family: "dual", second: sampleEndpoint({ family: "ipv4" }) },
  },
] as const)("The id is $id", ({ id, experiment }) => {
  expect(experimentId(sampleExperiment(experiment))).toBe(id);
});

test("Options stand in the order in which they are set.", () => {
  const first = sampleEndpoint({ options: ["SO_REUSEPORT", "SO_REUSEADDR"] });
  expect(experimentId(sampleExperiment({ first }))).toBe(
    "tcp/ipv4 SO_REUSEPORT+SO_REUSEADDR@wildcard > none@wildcard",
  );
});

test("Any difference in content makes another id.", () => {
  const changes = [
    {},
    { family: "ipv6" },
    { options: ["SO_REUSEADDR"] },
    { options: ["SO_REUSEADDR", "SO_REUSEPORT"] },
    { address: "specific" },
    { account: "other" },
    { api: "node" },
    { state: "listening" },
    { port: "other" },
  ] as const;
  const ids = changes.map((change) => sampleExperiment({ second: sampleEndpoint(change) }).id);
  expect(new Set(ids).size).toBe(changes.length);
});

const FAMILIES = ["ipv4", "ipv6", "dual"] as const;
const endpointParts = {
  options: fc.array(
    fc.constantFrom(
      "SO_EXCLUSIVEADDRUSE",
      "SO_REUSEADDR",
      "SO_REUSEPORT",
      "exclusive",
      "reuseAddr",
    ),
    { maxLength: 3 },
  ),
  address: fc.constantFrom(
    "wildcard",
    "specific",
    "specific2",
    "mapped-wildcard",
    "mapped-specific",
  ),
  api: fc.constantFrom("socket", "node"),
  state: fc.constantFrom("bound", "listening"),
};
const portPart = fc.constantFrom({}, { port: "other" } as const);
const content = fc
  .record({
    protocol: fc.constantFrom("tcp", "udp"),
    family: fc.constantFrom(...FAMILIES),
    first: fc.tuple(fc.record(endpointParts), portPart),
    second: fc.tuple(
      fc.record({
        ...endpointParts,
        family: fc.constantFrom(...FAMILIES),
        account: fc.constantFrom("same", "other"),
      }),
      portPart,
    ),
  })
  .map(({ protocol, family, first, second }) => ({
    protocol,
    family,
    first: { ...first[0], ...first[1], family, account: "same" as const },
    second: { ...second[0], ...second[1] },
  }));

test("Different experiments have different ids, and an experiment always the same.", () => {
  fc.assert(
    fc.property(content, content, (one, other) => {
      expect(experimentId(one)).toBe(experimentId(structuredClone(one)));
      expect(experimentId(one) === experimentId(other)).toBe(isDeepStrictEqual(one, other));
    }),
    { numRuns: 5000 },
  );
});

test("Changing one thing about an experiment changes its id.", () => {
  fc.assert(
    fc.property(content, content, fc.nat(7), (one, other, at) => {
      const key = (["options", "address", "api", "state"] as const)[at % 4] ?? "api";
      const side = at < 4 ? "first" : "second";
      const changed = { ...one, [side]: { ...one[side], [key]: other[side][key] } };
      expect(experimentId(one) === experimentId(changed)).toBe(isDeepStrictEqual(one, changed));
    }),
    { numRuns: 2000 },
  );
});
