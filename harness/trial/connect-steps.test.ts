import { expect, test } from "vitest";
import { connectSteps, peerAddressKind, readConnected } from "./connect-steps.ts";

const PLACE = { protocol: "tcp", family: "dual", address: "::1", port: 20_001 } as const;

test("The peer is open before the socket connects to it, and listens where the protocol is TCP.", () => {
  const [open, connect, ...more] = connectSteps(7, 8, PLACE, "linux");
  expect(open).toMatchObject({ do: "open", socket: 8, v6Only: 0, state: "listening", options: [] });
  expect(connect).toEqual({
    do: "connect",
    socket: 7,
    family: "ipv6",
    address: "::1",
    port: 20_001,
  });
  expect(more).toEqual([]);
  expect(connectSteps(7, 8, { ...PLACE, protocol: "udp" }, "linux")[0]).toMatchObject({
    state: "bound",
  });
});

test("A wildcard has its peer at a specific address, any other at its own.", () => {
  expect(peerAddressKind("wildcard")).toBe("specific");
  expect(peerAddressKind("mapped-wildcard")).toBe("mapped-specific");
  expect(peerAddressKind("specific2")).toBe("specific2");
});

test("Only what connect says is an outcome; a peer that does not stand is the harness's matter.", () => {
  expect(readConnected([{}, {}])).toEqual({ kind: "success" });
  expect(readConnected([{}, { errno: 99, code: "EADDRNOTAVAIL" }])).toMatchObject({
    kind: "error",
    step: "connect",
    code: "EADDRNOTAVAIL",
  });
  expect(readConnected([{ errno: 98, code: "EADDRINUSE", call: "bind" }])).toEqual({
    kind: "broken",
    reason: "setup-failed",
    detail: "there is no peer to connect to: bind EADDRINUSE",
  });
  expect(readConnected([{}])).toMatchObject({ kind: "broken", reason: "binder-babbled" });
});
