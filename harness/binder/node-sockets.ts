import { once } from "node:events";
import net from "node:net";
import type { OpenNodeStep, StepResult } from "./protocol.ts";

/** A socket of Node's own API; `fd` is null where Node shows none (Windows). */
export interface NodeSocket {
  readonly fd: number | null;
  address(): { readonly address: string; readonly port: number };
  close(): Promise<void>;
}

/**
 * Opens a server as a Node program would: `net.Server.listen` or `dgram.Socket.bind`. Rejects what is not an address: Node
 * would ask the network for it.
 */
export async function openNodeSocket(
  step: OpenNodeStep,
): Promise<{ readonly socket: NodeSocket } | { readonly failed: StepResult }> {
  const unknown = step.options.find((option) => !OPTIONS.has(option));
  if (unknown !== undefined) throw new Error(`${unknown} is not an option of Node`);
  if (net.isIP(step.address) === 0) throw new Error(`'${step.address}' is not an address`);
  try {
    return { socket: await (step.protocol === "tcp" ? openServer(step) : openDatagram(step)) };
  } catch (error) {
    return { failed: failureOf(error as NodeJS.ErrnoException) };
  }
}

const OPTIONS: ReadonlySet<string> = new Set(["exclusive", "reuseAddr", "reusePort"]);

/** Options of Node's own API that this Node has: net.Server.listen and dgram.createSocket, `reusePort` from 22.12. */
export function nodeOptions(version: string): string[] {
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  const hasReusePort = major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12);
  return ["exclusive", "reuseAddr", ...(hasReusePort ? ["reusePort"] : [])];
}

async function openServer({ family, address, port, options }: OpenNodeStep): Promise<NodeSocket> {
  const server = net.createServer();
  server.listen({ host: address, port, ipv6Only: family === "ipv6", ...flags(options) });
  await once(server, "listening");
  return {
    fd: descriptorOf(server),
    address: () => server.address() as net.AddressInfo,
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}

async function openDatagram({ family, address, port, options }: OpenNodeStep): Promise<NodeSocket> {
  const { exclusive, ...others } = flags(options);
  // Few binders need it, and all of them start often.
  const { createSocket } = await import("node:dgram");
  const socket = createSocket({
    type: family === "ipv4" ? "udp4" : "udp6",
    ipv6Only: family === "ipv6",
    ...others,
  });
  socket.bind({ address, port, ...(exclusive === undefined ? {} : { exclusive }) });
  try {
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    fd: descriptorOf(socket),
    address: () => socket.address(),
    async close() {
      socket.close();
      await once(socket, "close");
    },
  };
}

function flags(options: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(options.map((option) => [option, true]));
}

// Node has no public way to the descriptor of a server; it is only read from, as evidence.
function descriptorOf(socket: object): number | null {
  const handle = Reflect.get(socket, "_handle") as { fd?: number } | null | undefined;
  const state = Object.getOwnPropertySymbols(socket).map(
    (symbol) => Reflect.get(socket, symbol) as { handle?: { fd?: number } } | undefined,
  );
  const fd = handle?.fd ?? state.find((value) => value?.handle)?.handle?.fd ?? -1;
  return fd >= 0 ? fd : null;
}

// libuv gives -errno on POSIX and numbers of its own on Windows, where the system's are not to be had.
function failureOf({ errno = 0, code = "", syscall = "" }: NodeJS.ErrnoException): StepResult {
  return { errno: process.platform === "win32" ? errno : Math.abs(errno), code, call: syscall };
}
