import { constants as osConstants } from "node:os";
import type { NodeSocket } from "./node-sockets.ts";
import type { Step, StepResult } from "./protocol.ts";
import { encodeSocketAddress, writePort, type SocketName } from "./socket-address.ts";
import type { Sockets } from "./sockets.ts";

/** A system's socket calls, and the sockets that are open by the names that the harness gave them. */
export interface Workbench {
  readonly sockets: Sockets;
  /** Options of the system that it does not tell the value of. */
  readonly unreadable: ReadonlySet<string>;
  readonly open: Map<number, number | bigint>;
  readonly nodeSockets: Map<number, NodeSocket>;
  /** Sockets that send nothing when they are connected. */
  readonly datagramSockets: Set<number>;
  /** Sockets that have been connected to a multicast group. */
  readonly toGroups: Set<number>;
  /** Sockets that must not send, by the option that could lead what they send off the machine. */
  readonly steered: Map<number, string>;
  /** Addresses in the bytes that calls take: a binder meets the same few thousands of times. */
  readonly encoded: Map<string, Buffer>;
}

/** How steps are carried out, by their names. */
export type Performers<Name extends Step["do"], Result = StepResult> = {
  readonly [Each in Name]: (step: Extract<Step, { do: Each }>, bench: Workbench) => Result;
};

/** The system's name for a socket. Throws when there is none of that name. */
export function handleOf({ open }: Workbench, name: number): number | bigint {
  const found = open.get(name);
  if (found === undefined) throw new Error(`there is no socket ${name}`);
  return found;
}

/** The bytes of an address and port, good until the next call. Throws when it is not an address of the family. */
export function encodedName(
  { sockets, encoded }: Workbench,
  { family, address, port }: SocketName & { readonly family: "ipv4" | "ipv6" },
): Buffer {
  const key = `${family} ${address}`;
  const bytes =
    encoded.get(key) ??
    encodeSocketAddress({ address, port }, family, sockets.constants, sockets.address);
  encoded.set(key, bytes);
  writePort(bytes, port);
  return bytes;
}

/** The result of a call that gives 0 when it went well. The error is read at once: it belongs to the call just made. */
export function done(returned: number, { sockets }: Workbench): StepResult {
  return returned === 0 ? {} : failure(sockets);
}

/** The error of the call just made. */
export function failure(sockets: Sockets): StepResult {
  return failureOf(sockets.lastError());
}

/** The result of a call that failed with a system's number. */
export function failureOf(errno: number): StepResult {
  return { errno, code: ERROR_NAMES.get(errno) ?? `error ${errno}` };
}

// Node's own table of the system that it runs on; on Windows it holds the WSA names too, whose numbers begin at
// 10000. Where two names share a number, as EAGAIN and EWOULDBLOCK do on POSIX, the first stays.
const ERROR_NAMES = new Map<number, string>();
for (const [name, number] of Object.entries(osConstants.errno))
  if (!ERROR_NAMES.has(number)) ERROR_NAMES.set(number, name);
