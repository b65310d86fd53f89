// Node's dgram; reuseAddr when the second word says so; a third is its address. Writes a character when it is bound, and
// one for each datagram.
import dgram from "node:dgram";
const socket = dgram.createSocket({ type: "udp4", reuseAddr: process.argv[3] === "reuseAddr" });
socket.on("message", () => process.stdout.write("."));
socket.bind(Number(process.argv[2]), process.argv[4], () => process.stdout.write("+"));
