import { expect, test } from "vitest";
import type { Listener } from "../listener.ts";
import { planWays } from "./plan-ways.ts";

const held: Listener = {
  protocol: "tcp",
  family: "ipv4",
  address: "192.0.2.1",
  port: 80,
  account: null,
  owners: [],
};

test.each([
  ["linux", ["IP_FREEBIND"]],
  ["windows", []],
  ["freebsd", []],
])("Beside an address that is not this machine's, on %s a way sets %j.", (system, options) => {
  const ways = planWays([held], { ipv4: ["127.0.0.1"], ipv6: [] }, { options: [], system }, [
    "same",
  ]);
  const own = ways.find(({ address }) => address === held.address);
  expect(own?.options).toEqual(options);
  expect(ways.find(({ address }) => address === "127.0.0.1")?.options).toEqual([]);
});
