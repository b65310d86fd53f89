import { setTimeout } from "node:timers/promises";
import type { StepResult } from "./protocol.ts";
import { done, failure, failureOf, type Workbench } from "./workbench.ts";

/**
 * Connects a socket. Windows repeats a refused connection for about two seconds, on loopback too (libuv issue 2896): there
 * the outcome is waited for without holding up what else the binder is asked. Elsewhere connect() itself says at once what
 * came of it, also of a connection that the other side ends in the same moment. `name` is only read before the wait.
 */
export async function connectSocket(
  bench: Workbench,
  socket: number | bigint,
  name: Buffer,
): Promise<StepResult> {
  const { sockets } = bench;
  const { connectionState } = sockets;
  if (connectionState === undefined) return done(sockets.connect(socket, name, name.length), bench);
  let result = beginConnecting(bench, socket, name);
  if (result.errno === undefined) {
    let state = connectionState(socket);
    for (; state === "under way"; state = connectionState(socket)) await setTimeout(LOOK_MS);
    if (state === "failed") result = pendingError(bench, socket);
  }
  // The steps that follow block, as on a socket that connect() itself made wait.
  const blocks = done(sockets.setBlocking(socket, true), bench);
  return result.errno === undefined ? blocks : result;
}

/** Makes a socket non-blocking and starts to connect it; a connection that is under way is not a failure. */
export function beginConnecting(
  bench: Workbench,
  socket: number | bigint,
  name: Buffer,
): StepResult {
  const { sockets } = bench;
  if (sockets.setBlocking(socket, false) !== 0) return failure(sockets);
  const result = done(sockets.connect(socket, name, name.length), bench);
  return UNDER_WAY.has(result.code ?? "") ? {} : result;
}

/** What connect() gives while a connection is under way: POSIX connect(), Microsoft's connect(). */
const UNDER_WAY: ReadonlySet<string> = new Set(["EINPROGRESS", "WSAEWOULDBLOCK"]);
const LOOK_MS = 5;
const value = Buffer.alloc(4);
const size = Buffer.alloc(4);

/** How a connection failed, as SO_ERROR gives it; 0 where the system gives no error. */
function pendingError({ sockets }: Workbench, socket: number | bigint): StepResult {
  const { SOL_SOCKET, SO_ERROR } = sockets.constants;
  size.writeInt32LE(value.length);
  if (sockets.getsockopt(socket, SOL_SOCKET, SO_ERROR, value, size) !== 0) return failure(sockets);
  return failureOf(value.readInt32LE());
}
