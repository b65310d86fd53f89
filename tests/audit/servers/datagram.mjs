// Node's dgram; reuseAddr when the third word says so.
import dgram from "node:dgram";
const socket = dgram.createSocket({ type: "udp4", reuseAddr: process.argv[3] === "reuseAddr" });
socket.bind(Number(process.argv[2]));
