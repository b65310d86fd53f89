import { expect, test } from "vitest";
import { SOCKET_CONSTANTS } from "./constants.ts";
import {
  MAX_SOCKADDR_SIZE,
  decodeSocketAddress,
  encodeSocketAddress,
  type AddressCalls,
} from "./socket-address.ts";

/** inet_pton and inet_ntop for the addresses of these tests. */
const KNOWN: Readonly<Record<string, string>> = {
  "127.0.0.2": "7f000002",
  "::1": "00000000000000000000000000000001",
  "fe80::7": "fe800000000000000000000000000007",
};
const calls: AddressCalls = {
  pton(_family, text, bytes) {
    const hex = KNOWN[text];
    if (hex?.length !== bytes.length * 2) return 0;
    bytes.write(hex, "hex");
    return 1;
  },
  ntop: (_family, bytes) =>
    Object.keys(KNOWN).find((text) => KNOWN[text] === bytes.toString("hex")) ?? "unknown",
  interfaceIndex: (name) => (name === "lo" ? 1 : 0),
  loopbackIndex: () => 1,
};

/** What a C program's sockaddr holds for port 5150 (0x141e). */
const EXPECTED = [
  ["linux", "127.0.0.2", "ipv4", "0200 141e 7f000002 0000000000000000"],
  ["win32", "127.0.0.2", "ipv4", "0200 141e 7f000002 0000000000000000"],
  ["darwin", "127.0.0.2", "ipv4", "1002 141e 7f000002 0000000000000000"],
  ["freebsd", "127.0.0.2", "ipv4", "1002 141e 7f000002 0000000000000000"],
  ["openbsd", "127.0.0.2", "ipv4", "1002 141e 7f000002 0000000000000000"],
  ["linux", "::1", "ipv6", "0a00 141e 00000000 00000000000000000000000000000001 00000000"],
  ["win32", "::1", "ipv6", "1700 141e 00000000 00000000000000000000000000000001 00000000"],
  ["darwin", "::1", "ipv6", "1c1e 141e 00000000 00000000000000000000000000000001 00000000"],
  ["freebsd", "::1", "ipv6", "1c1c 141e 00000000 00000000000000000000000000000001 00000000"],
  ["openbsd", "::1", "ipv6", "1c18 141e 00000000 00000000000000000000000000000001 00000000"],
  ["linux", "fe80::7%2", "ipv6", "0a00 141e 00000000 fe800000000000000000000000000007 02000000"],
] as const;

test.each(EXPECTED)("On %s %s has the system's own layout, both ways.", (platform, ...own) => {
  const [address, family, hex] = own;
  const constants = SOCKET_CONSTANTS[platform]!;
  const bytes = encodeSocketAddress({ address, port: 5150 }, family, constants, calls);
  expect(bytes.toString("hex")).toBe(hex.replaceAll(" ", ""));
  const filled = Buffer.concat([bytes, Buffer.alloc(MAX_SOCKADDR_SIZE - bytes.length)]);
  expect(decodeSocketAddress(filled, constants, calls)).toEqual({ address, port: 5150 });
});

test("A text that is not an address of the family is refused.", () => {
  const linux = SOCKET_CONSTANTS["linux"]!;
  expect(() => encodeSocketAddress({ address: "::1", port: 5150 }, "ipv4", linux, calls)).toThrow(
    "'::1' is not an ipv4 address",
  );
});

test("SO_EXCLUSIVEADDRUSE is the complement of SO_REUSEADDR, and only on Windows.", () => {
  expect(SOCKET_CONSTANTS["win32"]?.options).toEqual({ SO_EXCLUSIVEADDRUSE: -5, SO_REUSEADDR: 4 });
  for (const [platform, { options }] of Object.entries(SOCKET_CONSTANTS))
    expect("SO_EXCLUSIVEADDRUSE" in options, platform).toBe(platform === "win32");
});
