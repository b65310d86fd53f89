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
])("%s is an experiment without a document too.", async (id, content) => {
  const explored = await exploredExperiment(id);
  expect(explored?.experiment).toMatchObject({ id, ...content });
});

test.each([
  [
    "udp/ipv4 IP_TTL=9@specific > SO_REUSEADDR+IP_FREEBIND@wildcard",
    ["--with IP_FREEBIND", "--with IP_TTL=9"],
  ],
  ["udp/ipv4 none@specific > SO_REUSEADDR@wildcard", []],
  ["udp/ipv4 option IP_TTL", ["--options"]],
])("What an exploration needs to have %s is said.", async (id, needs) => {
  expect((await exploredExperiment(id))?.needs).toEqual(needs);
});

test.each([
  "tcp/ipv4 IP_FREEBIND+IP_TRANSPARENT+SO_KEEPALIVE+TCP_NODELAY@specific > none@wildcard",
  "tcp/ipv4 SO_NONE@specific > none@wildcard",
  "tcp/ipv4 SO_RCVBUF=x@specific > none@wildcard",
  "tcp/ipv4 SO_RCVBUF@specific > none@wildcard",
  "tcp/ipv4 SO_RCVBUF=1@specific > SO_RCVBUF=2@wildcard",
  "tcp/ipv6 IPV6_V6ONLY@specific > none@wildcard",
  "tcp/ipv4 SO_BINDTODEVICE=eth0@specific > none@wildcard",
  "tcp/ipv4 option SO_NONE",
])("What explore does not combine is not an experiment: %s", async (id) => {
  expect(await exploredExperiment(id)).toBeNull();
});
