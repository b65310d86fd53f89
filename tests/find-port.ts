import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";

/** A port that was free a moment ago, over TCP and UDP. */
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
  return isFree ? port : findPort();
}
