import net from "node:net";
import type { Readable, Writable } from "node:stream";

/** Where requests come from and replies go. */
export interface HarnessLink {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * stdin and stdout; or, for a binder under another account that no pipe reaches, a loopback connection that opens with
 * the token of `BINDCHECK_CHANNEL` (`PORT:TOKEN`).
 */
export function openHarnessLink(): HarnessLink {
  const key = process.env["BINDCHECK_CHANNEL"];
  if (key === undefined) return { input: process.stdin, output: process.stdout };
  delete process.env["BINDCHECK_CHANNEL"];
  const [port, token] = key.split(":");
  const socket = net.connect({ host: "127.0.0.1", port: Number(port) });
  socket.setNoDelay(true);
  socket.write(`${token}\n`);
  socket.on("error", () => process.exit(1)); // the harness is gone
  return { input: socket, output: socket };
}
