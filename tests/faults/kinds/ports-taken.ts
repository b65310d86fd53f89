import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import type { Program } from "../program.ts";
import type { Random } from "../random.ts";

// Outside what the system gives out by itself.
const PORTS = [20_000, 20_599] as const;
const AT_ONCE = 8;

/** Another process takes and leaves ports of the run all the time: before, between and within experiments. */
export const portsTaken: Fault = {
  name: "ports-taken",
  what: "another process takes a port of the run, and leaves it",
  runs: 3,
  mayEnd: ["0", "3"],
  async carryOut({ random, start, count }) {
    const program = start({ arguments: ["--ports", PORTS.join("-")] });
    const thieves = Array.from({ length: AT_ONCE }, () => steal(program, random, count));
    await Promise.all(thieves);
  },
};

async function steal(program: Program, random: Random, count: () => void): Promise<void> {
  while (!program.isOver()) {
    const release = await take(random);
    if (release) count();
    await sleep(random.integer(0, 25));
    await release?.();
  }
}

/** Takes a port; resolves to what gives it back, or to null when the run has it. */
async function take(random: Random): Promise<(() => Promise<unknown>) | null> {
  const port = random.integer(...PORTS);
  const host = random.pick(["0.0.0.0", "127.0.0.1", "::", "::1"]);
  try {
    if (random.fraction() < 0.5) {
      // What a run connects to a port that it takes for its own.
      const server = createServer((guest) => guest.on("error", () => undefined).destroy());
      server.listen({ port, host });
      await once(server, "listening");
      return () => once(server.close(), "close");
    }
    const isIpv6 = host.includes(":");
    const socket = createSocket(isIpv6 ? "udp6" : "udp4").bind(port, host);
    await once(socket, "listening");
    return () => once(socket.close(), "close");
  } catch {
    return null;
  }
}
