import { expect, test } from "vitest";
import type { OwnAddress } from "../binder/protocol.ts";
import { findAddresses } from "./addresses.ts";

const ipv4 = (address: string): OwnAddress => ({
  interface: "lo",
  family: "ipv4",
  address,
  zone: 0,
});

const ipv6 = (address: string, zone = 0): OwnAddress => ({
  interface: "lo",
  family: "ipv6",
  address,
  zone,
});

const LOOPBACK_ONLY = [ipv4("127.0.0.1"), ipv6("::1")];

test("The IPv4 words stand for the same addresses on every Linux and Windows.", () => {
  for (const platform of ["linux", "windows"] as const)
    expect(findAddresses(LOOPBACK_ONLY, platform).ipv4).toMatchObject({
      wildcard: "0.0.0.0",
      specific: "127.0.0.1",
      specific2: "127.0.0.2",
    });
});

test.each(["macos", "freebsd", "openbsd"] as const)(
  "On %s a second IPv4 address has to be configured.",
  (platform) => {
    expect(findAddresses(LOOPBACK_ONLY, platform).ipv4.specific2).toBeNull();
    const withCard = [...LOOPBACK_ONLY, ipv4("192.0.2.7")];
    expect(findAddresses(withCard, platform).ipv4.specific2).toBe("192.0.2.7");
  },
);

test("A second IPv6 address may be on any interface.", () => {
  expect(findAddresses(LOOPBACK_ONLY, "linux").ipv6).toMatchObject({
    wildcard: "::",
    specific: "::1",
    specific2: null,
  });
  const withCard = [...LOOPBACK_ONLY, ipv6("2001:db8::7")];
  expect(findAddresses(withCard, "linux").ipv6.specific2).toBe("2001:db8::7");
});

test("A link-local address comes last, and with its zone.", () => {
  const linkLocal = ipv6("fe80::7", 2);
  expect(findAddresses([...LOOPBACK_ONLY, linkLocal], "linux").ipv6.specific2).toBe("fe80::7%2");
  const both = [ipv6("fe80::7%eth0", 2), ipv6("2001:db8::7")];
  expect(findAddresses([...LOOPBACK_ONLY, ...both], "linux").ipv6.specific2).toBe("2001:db8::7");
});

test("A machine without IPv6 has no specific IPv6 address.", () => {
  const { ipv6: found } = findAddresses([ipv4("127.0.0.1")], "linux");
  expect(found).toMatchObject({ specific: null, specific2: null });
});

test("Only sockets for both families have mapped addresses.", () => {
  const found = findAddresses(LOOPBACK_ONLY, "linux");
  expect(found.dual).toMatchObject({
    wildcard: "::",
    specific: "::1",
    "mapped-wildcard": "::ffff:0.0.0.0",
    "mapped-specific": "::ffff:127.0.0.1",
  });
  for (const family of ["ipv4", "ipv6"] as const)
    expect(found[family]).toMatchObject({ "mapped-wildcard": null, "mapped-specific": null });
});
