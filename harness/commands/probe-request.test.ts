import { describe, expect, test } from "vitest";
import { InputError } from "../model/problem.ts";
import { parseProbe, PROBE_USAGE, type ProbeOptions } from "./probe-request.ts";

const NO_OPTIONS: ProbeOptions = { option: [] };

function linesOf(given: readonly string[], options = NO_OPTIONS, platform = "linux"): string[] {
  try {
    parseProbe(given, options, platform);
  } catch (error) {
    if (error instanceof InputError) return [...error.lines];
    throw error;
  }
  return [];
}

describe("What the sample program takes", () => {
  test.each([
    [["2", "1", "6", "5150"], { family: "ipv4", protocol: "tcp", address: "0.0.0.0" }],
    [["2", "2", "17", "5150"], { family: "ipv4", protocol: "udp", address: "0.0.0.0" }],
    [["23", "1", "6", "5150"], { family: "ipv6", protocol: "tcp", address: "::" }],
    [["23", "2", "0", "5150"], { family: "ipv6", protocol: "udp", address: "::" }],
    [
      ["AF_INET", "SOCK_DGRAM", "IPPROTO_UDP", "5150"],
      { family: "ipv4", protocol: "udp", address: "0.0.0.0" },
    ],
    [
      ["af_inet6", "sock_stream", "tcp", "5150"],
      { family: "ipv6", protocol: "tcp", address: "::" },
    ],
  ])("%j", (given, wanted) => {
    expect(parseProbe(given, NO_OPTIONS, "win32")).toEqual({
      ...wanted,
      port: 5150,
      options: null,
      hold: false,
    });
  });
});

// Each system's <sys/socket.h>.
test.each([
  ["linux", "10"],
  ["darwin", "30"],
  ["freebsd", "28"],
  ["openbsd", "24"],
])("On %s its own AF_INET6, %s, is taken beside that of Windows.", (platform, number) => {
  for (const family of [number, "23"])
    expect(parseProbe([family, "1", "6", "1"], NO_OPTIONS, platform).family).toBe("ipv6");
  expect(linesOf([number, "1", "6", "1"], NO_OPTIONS, "win32")[0]).toContain(`'${number}'`);
});

test.each([
  [["2", "1", "6"], "four arguments"],
  [["2", "1", "6", "5150", "1"], "four arguments"],
  [["0", "2", "17", "5150"], "Address family '0'"],
  [["2", "3", "6", "5150"], "Type '3'"],
  [["2", "1", "132", "5150"], "Protocol '132'"],
  [["2", "1", "17", "5150"], "do not go together"],
  [["2", "1", "6", "0"], "Port '0'"],
  [["2", "1", "6", "65535"], "Port '65535'"],
  [["2", "1", "6", "-1"], "Port '-1'"],
  [["2", "1", "6", "80x"], "Port '80x'"],
])("%j is refused with the reason and the usage.", (given, reason) => {
  const [first, ...usage] = linesOf(given);
  expect(first).toContain(reason);
  expect(usage).toEqual(PROBE_USAGE);
});

test.each(["1", "65534"])("Port %s is within the sample's bounds.", (port) => {
  expect(parseProbe(["2", "1", "6", port], NO_OPTIONS, "linux").port).toBe(Number(port));
});

test("An address has to be of the family.", () => {
  const own = parseProbe(["23", "1", "6", "1"], { option: [], address: "::1" }, "win32");
  expect(own.address).toBe("::1");
  expect(linesOf(["2", "1", "6", "1"], { option: [], address: "::1" })[0]).toContain("'::1'");
  expect(linesOf(["23", "1", "6", "1"], { option: [], address: "127.0.0.1" })[0]).toContain("IPv6");
});

test("'none' asks for no option, and nothing for the default.", () => {
  const options = (option: readonly string[]) =>
    parseProbe(["2", "1", "6", "1"], { option }, "win32").options;
  expect(options(["none"])).toEqual([]);
  expect(options([])).toBeNull();
  expect(options(["SO_REUSEADDR"])).toEqual(["SO_REUSEADDR"]);
});
