// Writes a line for everything that comes: a connection over TCP, a datagram over UDP.
import { appendFileSync } from "node:fs";
import dgram from "node:dgram";
import net from "node:net";
const [port, log] = [Number(process.argv[2]), process.argv[3]];
const note = (what) => appendFileSync(log, `${what}\n`);
net
  .createServer((connection) => (note("connection"), connection.on("error", () => {})))
  .listen(port);
const socket = dgram.createSocket({ type: "udp4", reuseAddr: true });
socket.on("message", () => note("datagram"));
socket.bind(port);
