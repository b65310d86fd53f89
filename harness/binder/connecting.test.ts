import { expect, test } from "vitest";
import { connectSocket } from "./connecting.ts";
import { SOCKET_CONSTANTS } from "./constants.ts";
import type { Sockets } from "./sockets.ts";
import type { Workbench } from "./workbench.ts";

/** A socket of a system that connects in its own time: how that ends, and the number that SO_ERROR then has. */
function socketThat(ends: "made" | "failed", errno: number) {
  const states = ["under way", ends] as const;
  const blocking: boolean[] = [];
  let looks = 0;
  const sockets: Pick<Sockets, "connect" | "getsockopt" | "lastError" | "setBlocking"> = {
    connect: () => -1,
    lastError: () => 115, // EINPROGRESS of Linux
    getsockopt(_socket, _level, _option, value) {
      value.writeInt32LE(errno);
      return 0;
    },
    setBlocking: (_socket, isBlocking) => blocking.push(isBlocking) * 0,
  };
  const bench = {
    sockets: {
      ...sockets,
      constants: SOCKET_CONSTANTS["linux"],
      connectionState: () => states[looks++],
    },
  } as unknown as Workbench;
  return { blocking, connect: () => connectSocket(bench, 1, Buffer.alloc(16)) };
}

test.runIf(process.platform === "linux").each([
  ["made", 0, {}],
  ["failed", 111, { errno: 111, code: "ECONNREFUSED" }],
  ["failed", 0, { errno: 0, code: "error 0" }],
] as const)(
  "A connection that is %s with error %i: %j, and the socket blocks.",
  async (...parts) => {
    const [ends, errno, result] = parts;
    const socket = socketThat(ends, errno);
    expect(await socket.connect()).toEqual(result);
    expect(socket.blocking).toEqual([false, true]);
  },
);
