// Node's http at one address, Node's dgram, and Node's http at every address, each on a port of its own.
import dgram from "node:dgram";
import http from "node:http";
const [one, datagrams, every] = process.argv.slice(2).map(Number);
http.createServer().listen(one, "127.0.0.1");
dgram.createSocket("udp4").bind(datagrams);
http.createServer().listen(every);
