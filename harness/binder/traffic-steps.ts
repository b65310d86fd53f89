import { setTimeout } from "node:timers/promises";
import { bindSteps } from "./bind-steps.ts";
import { connectSocket } from "./connecting.ts";
import { joinGroup, setGroup } from "./groups.ts";
import { checkWithin, keepWithin } from "./keep-within.ts";
import type { StepResult } from "./protocol.ts";
import {
  done,
  encodedName,
  failure,
  handleOf,
  type Performers,
  type Workbench,
} from "./workbench.ts";

// POSIX <sys/socket.h> and winsock2.h: SHUT_RD and SD_RECEIVE are both 0, SHUT_WR and SD_SEND both 1.
const SHUT_RD = 0;
const SHUT_WR = 1;
const CHUNK = Buffer.alloc(16 * 1024, "b");
// Past any system's buffers: datagrams that are not read are dropped and would be sent for ever.
const MOST_FILLED = 1024 * 1024 * 1024;
// A caller asks again until nothing more comes; an ended connection has an end to read for ever.
const MOST_TAKEN = 10_000;
const incoming = Buffer.alloc(64 * 1024);

type TrafficStepName =
  | "set-linger"
  | "join-group"
  | "set-group"
  | "connect"
  | "accept"
  | "send"
  | "fill"
  | "receive"
  | "shutdown-send"
  | "shutdown-receive"
  | "send-many"
  | "take-all";

/** The steps that move connections and datagrams. */
export const trafficSteps: Performers<TrafficStepName, StepResult | Promise<StepResult>> = {
  "set-linger": (step, bench) =>
    done(setLinger(bench, handleOf(bench, step.socket), step.seconds), bench),
  "join-group": (step, bench) =>
    done(joinGroup(bench.sockets, handleOf(bench, step.socket), step), bench),
  "set-group": (step, bench) =>
    done(setGroup(bench.sockets, handleOf(bench, step.socket), step, step), bench),
  connect(step, bench) {
    const name = encodedName(bench, step);
    keepWithin(bench, step, name);
    return connectSocket(bench, handleOf(bench, step.socket), name);
  },
  async accept(step, bench) {
    if (!(await hasCome(step, bench))) return { pending: true };
    const accepted = bench.sockets.accept(handleOf(bench, step.socket));
    if (accepted === bench.sockets.invalidSocket) return failure(bench.sockets);
    bench.open.set(step.as, accepted);
    const by = bench.steered.get(step.socket);
    if (by !== undefined) bench.steered.set(step.as, by);
    return {};
  },
  send: (step, bench) => countOrFail(sendBytes(bench, step.socket, step.bytes), bench),
  fill(step, bench) {
    const failed = bench.sockets.setBlocking(handleOf(bench, step.socket), false);
    if (failed !== 0) return failure(bench.sockets);
    let value = 0;
    while (value < MOST_FILLED) {
      const sent = sendBytes(bench, step.socket, CHUNK.length);
      if (sent < 0) break;
      value += sent;
    }
    return { value };
  },
  async receive(step, bench) {
    if (!(await hasCome(step, bench))) return { pending: true };
    const socket = handleOf(bench, step.socket);
    return countOrFail(bench.sockets.recv(socket, incoming, incoming.length), bench);
  },
  "shutdown-send": (step, bench) =>
    done(bench.sockets.shutdown(handleOf(bench, step.socket), SHUT_WR), bench),
  "shutdown-receive": (step, bench) =>
    done(bench.sockets.shutdown(handleOf(bench, step.socket), SHUT_RD), bench),
  async "send-many"(step, bench) {
    for (let index = 0; index < step.count; index++) {
      const socket = step.socket + index;
      const opened = bindSteps.socket({ ...step, do: "socket", socket }, bench);
      if (opened.errno !== undefined) return { call: "socket", ...opened };
      const connected = await trafficSteps.connect({ ...step, do: "connect", socket }, bench);
      if (connected.errno !== undefined) return { ...connected, call: "connect" };
      if (step.protocol === "udp") sendBytes(bench, socket, 1);
    }
    return {};
  },
  "take-all"(step, bench) {
    const socket = handleOf(bench, step.socket);
    const { sockets } = bench;
    let value = 0;
    for (; value < MOST_TAKEN && sockets.isReadable(socket); value++) {
      if (step.protocol === "udp") {
        if (sockets.recv(socket, incoming, incoming.length) < 0) return failure(sockets);
        continue;
      }
      const accepted = sockets.accept(socket);
      if (accepted === sockets.invalidSocket) return failure(sockets);
      // Ended by a reset, so that no hundred connections in TIME_WAIT keep the port for a minute.
      setLinger(bench, accepted, 0);
      sockets.close(accepted);
    }
    return { value };
  },
};

/**
 * Whether there is something to take on a socket before its time is over. Waits without holding up what else the binder is
 * asked.
 */
async function hasCome(
  { socket, waitMs }: { readonly socket: number; readonly waitMs: number },
  bench: Workbench,
): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (bench.sockets.isReadable(handleOf(bench, socket))) return true;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return false;
    await setTimeout(Math.min(pauseMs, leftMs));
  }
}

const LONGEST_PAUSE_MS = 20;

/** struct linger: two ints on POSIX, two unsigned shorts on Windows (winsock2.h, LINGER). */
function setLinger({ sockets }: Workbench, socket: number | bigint, seconds: number): number {
  const { SOL_SOCKET, SO_LINGER, lingerIsShort } = sockets.constants;
  const linger = Buffer.alloc(lingerIsShort ? 4 : 8);
  for (const [index, number] of [1, seconds].entries())
    if (lingerIsShort) linger.writeUInt16LE(number, index * 2);
    else linger.writeInt32LE(number, index * 4);
  return sockets.setsockopt(socket, SOL_SOCKET, SO_LINGER, linger, linger.length);
}

function sendBytes(bench: Workbench, socket: number, bytes: number): number {
  checkWithin(bench, socket);
  return bench.sockets.send(handleOf(bench, socket), CHUNK, Math.min(bytes, CHUNK.length));
}

function countOrFail(
  returned: number,
  { sockets }: Workbench,
): { value: number } | ReturnType<typeof failure> {
  return returned < 0 ? failure(sockets) : { value: returned };
}
