import { expect, test } from "vitest";
import { exploredExperiment } from "./explored-experiment.ts";

test.each([
  ["tcp/ipv4 option TCP_IS_MPTCP", { option: "TCP_IS_MPTCP", protocol: "tcp", family: "ipv4" }],
  ["udp/ipv6 option SO_BSP_STATE", { option: "SO_BSP_STATE", protocol: "udp", family: "ipv6" }],
  ["tcp/ipv4 none@specific > SO_REUSEPORT@wildcard", { first: { address: "specific" } }],
])("%s is an experiment without a document too.", (id, content) => {
  expect(exploredExperiment(id)).toMatchObject({ id, ...content });
});

test("An option that no system has is not one.", () => {
  expect(exploredExperiment("tcp/ipv4 option SO_NONE")).toBeNull();
});
