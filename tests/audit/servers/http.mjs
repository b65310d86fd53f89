// Node's http, as a program has it by default. Writes a character when it listens, and one for each connection.
import http from "node:http";
http
  .createServer((_, response) => response.end("hello"))
  .on("connection", () => process.stdout.write("."))
  .listen(Number(process.argv[2]), process.argv[3], () => process.stdout.write("+"));
