import { expect, test } from "vitest";
import { EVERY_LISTENER, findListeners } from "./find-listeners.ts";
import type { HeldSocket } from "./held-socket.ts";

function socketOf(uid: number, pid: number): HeldSocket {
  return {
    protocol: "udp",
    family: "ipv4",
    address: "0.0.0.0",
    port: 53,
    account: { id: String(uid), name: `uid ${uid}` },
    owners: [{ pid, executable: null, commandLine: null }],
  };
}

test("Sockets of one name are one listener for each account.", () => {
  const sockets = [socketOf(0, 1), socketOf(33, 2), socketOf(33, 3)];
  const told = findListeners(sockets, EVERY_LISTENER).map(({ account, owners }) => [
    account?.name,
    owners.map(({ pid }) => pid),
  ]);
  expect(told).toEqual([
    ["uid 0", [1]],
    ["uid 33", [2, 3]],
  ]);
});
