// Node's http, as a program has it by default.
import http from "node:http";
http
  .createServer((_, response) => response.end("hello"))
  .listen(Number(process.argv[2]), process.argv[3]);
