import { expect, test } from "vitest";
import { SOCKET_CONSTANTS } from "../binder/constants.ts";
import { everyPair, everySeat } from "./every-pair.ts";

test.each([
  ["windows", "win32"],
  ["linux", "linux"],
  ["macos", "darwin"],
  ["freebsd", "freebsd"],
  ["openbsd", "openbsd"],
])("On %s every set of the options that the binder knows is there.", (platform, key) => {
  const seats = everySeat("ipv4", platform, []).filter(({ address }) => address === "specific2");
  const sets = seats.map(({ options }) => options.join("+")).toSorted();
  const [one = "", other = "", ...more] = Object.keys(SOCKET_CONSTANTS[key]?.options ?? {});
  expect(more).toEqual([]);
  expect(sets).toEqual(["", one, other, `${one}+${other}`].toSorted());
});

test("Every experiment comes once, and nothing of what makes one is missing.", () => {
  const ids = new Set<string>();
  const met = { tcp: new Set<string>(), udp: new Set<string>() };
  for (const { id, protocol, first, second } of everyPair("linux")) {
    ids.add(id);
    const { account } = second;
    const [one, other] = [first, second].map(({ family, state }) => `${family} ${state}`);
    met[protocol].add(`${account} ${one} > ${other}`);
  }
  // Families with their states and addresses: 3 + 3 + 5 addresses, 4 sets of options, 3 states or 2, 2 accounts.
  expect(ids.size).toBe(2 * (11 * 4 * 3) ** 2 + 2 * (11 * 4 * 2) ** 2);
  expect(met.tcp.size).toBe(2 * (3 * 3) ** 2);
  expect(met.udp.size).toBe(2 * (3 * 2) ** 2);
  expect([...met.udp].filter((sort) => sort.includes("listening"))).toEqual([]);
});

test("A further option is in every set once, on a system that has it.", () => {
  const setsOn = (platform: string): string[] =>
    everySeat("ipv4", platform, ["IP_FREEBIND", "SO_RCVBUF=4096"])
      .filter(({ address }) => address === "specific")
      .map(({ options }) => options.join("+"));
  expect(setsOn("windows")).toEqual([
    "",
    "SO_EXCLUSIVEADDRUSE",
    "SO_REUSEADDR",
    "SO_EXCLUSIVEADDRUSE+SO_REUSEADDR",
    "SO_RCVBUF=4096",
    "SO_EXCLUSIVEADDRUSE+SO_RCVBUF=4096",
    "SO_REUSEADDR+SO_RCVBUF=4096",
    "SO_EXCLUSIVEADDRUSE+SO_REUSEADDR+SO_RCVBUF=4096",
  ]);
  expect(setsOn("linux")).toHaveLength(16);
  expect(setsOn("linux")).toContain("SO_REUSEPORT+IP_FREEBIND+SO_RCVBUF=4096");
});
