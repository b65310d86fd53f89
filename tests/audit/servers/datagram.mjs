// Node's dgram; reuseAddr when the second word says so; a third is its address.
import dgram from "node:dgram";
const socket = dgram.createSocket({ type: "udp4", reuseAddr: process.argv[3] === "reuseAddr" });
socket.bind(Number(process.argv[2]), process.argv[4]);
