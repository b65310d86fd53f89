import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";

// Test files run side by side, each worker with a number of its own: their ports differ by what is left of a division.
const WORKERS = 13;
const own = Number(process.env["VITEST_POOL_ID"] ?? 0) % WORKERS;
const given = new Set<number>();

/** A port that was free a moment ago, over TCP and UDP. None is given twice, although the system may offer one again. */
export async function findPort(): Promise<number> {
  const server = net.createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  const socket = dgram.createSocket("udp4");
  const isFree = await new Promise<boolean>((resolve) => {
    socket.on("error", () => resolve(false)).bind(port, () => resolve(true));
  });
  socket.close();
  server.close();
  await once(server, "close");
  if (!isFree || port % WORKERS !== own || given.has(port)) return findPort();
  given.add(port);
  return port;
}
