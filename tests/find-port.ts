import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";

// Below the ports that systems give out by themselves and that runs take, above those of tests that name theirs.
const [FROM, TO] = [8000, 9999];
// Test files run side by side, each worker with a number of its own: their ports differ by what is left of a division.
const WORKERS = 13;
// The next port is left to who asked: some programs take two.
const STEP = 2 * WORKERS;
const COUNT = Math.floor((TO - FROM + 1) / STEP);
const first = FROM + 2 * (Number(process.env["VITEST_POOL_ID"] ?? 0) % WORKERS);
// Where another run of the tests is going on, too, it is elsewhere.
let next = Math.floor(Math.random() * COUNT);

/**
 * A port that was free a moment ago, over TCP and UDP, and that no system gives to a program which asks for any. None is
 * given twice before all others of the worker have been. Throws when none is free.
 */
export async function findPort(): Promise<number> {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = first + STEP * (next++ % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${FROM} to ${TO} is free for this worker`);
}

async function isFree(port: number): Promise<boolean> {
  const server = net.createServer();
  const socket = dgram.createSocket("udp4");
  try {
    await once(server.listen(port), "listening");
    await once(socket.bind(port), "listening");
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
    if (server.listening) await once(server.close(), "close");
  }
}
