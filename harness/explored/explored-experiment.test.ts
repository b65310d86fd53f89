import { expect, test } from "vitest";
import { exploredExperiment } from "./explored-experiment.ts";

test.each([
  ["tcp/ipv4 option TCP_IS_MPTCP", { option: "TCP_IS_MPTCP", protocol: "tcp", family: "ipv4" }],
  ["udp/ipv6 option SO_BSP_STATE", { option: "SO_BSP_STATE", protocol: "udp", family: "ipv6" }],
  ["tcp/ipv4 none@specific > SO_REUSEPORT@wildcard", { first: { address: "specific" } }],
  [
    "udp/ipv4 SO_REUSEADDR+IP_FREEBIND@specific > SO_RCVBUF=4096@wildcard",
    {
      first: { options: ["SO_REUSEADDR", "IP_FREEBIND"] },
      second: { options: ["SO_RCVBUF=4096"] },
    },
  ],
])("%s is an experiment without a document too.", (id, content) => {
  expect(exploredExperiment(id)).toMatchObject({ id, ...content });
});

test("An option that no system has is not one, and no more are combined than explore takes.", () => {
  const many = "IP_FREEBIND+IP_TRANSPARENT+SO_KEEPALIVE+TCP_NODELAY";
  expect(exploredExperiment(`tcp/ipv4 ${many}@specific > none@wildcard`)).toBeNull();
  expect(exploredExperiment("tcp/ipv4 SO_NONE@specific > none@wildcard")).toBeNull();
  expect(exploredExperiment("tcp/ipv4 option SO_NONE")).toBeNull();
});
