import { expect, test } from "vitest";
import { bindSteps } from "./bind-steps.ts";
import { SOCKET_CONSTANTS } from "./constants.ts";
import type { Workbench } from "./workbench.ts";

/** What a socket of a family is bound to, in the bytes that bind gets. */
function boundTo(family: "ipv4" | "ipv6", address: string): string {
  let bound = "";
  const sockets = {
    constants: SOCKET_CONSTANTS["linux"],
    address: {
      pton: (_family: number, _text: string, bytes: Buffer) => Number(bytes.fill(7) !== null),
    },
    bind(_socket: number, bytes: Buffer) {
      bound = bytes.toString("hex");
      return 0;
    },
  };
  const bench = { open: new Map([[1, 9]]), encoded: new Map(), sockets } as unknown as Workbench;
  bindSteps.bind({ do: "bind", socket: 1, family, address, port: 5150 }, bench);
  return bound;
}

test("A socket is bound to an address as it is written, also to one of the other family.", () => {
  const ipv4 = "0200141e07070707";
  expect(boundTo("ipv4", "192.0.2.1").slice(0, 16)).toBe(ipv4);
  expect(boundTo("ipv6", "192.0.2.1").slice(0, 16)).toBe(ipv4);
  const ipv6 = `0a00141e00000000${"07".repeat(16)}00000000`;
  expect(boundTo("ipv6", "::1")).toBe(ipv6);
  expect(boundTo("ipv4", "::1")).toBe(ipv6);
});
