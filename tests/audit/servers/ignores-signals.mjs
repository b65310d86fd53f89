// Goes on when it is asked to end; writes "asked" into a file then, where the second word names one.
import { writeFileSync } from "node:fs";
import http from "node:http";
const [port, file] = process.argv.slice(2);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
  process.on(signal, () => file && writeFileSync(file, "asked"));
http.createServer().listen(Number(port), "127.0.0.1");
