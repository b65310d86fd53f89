import http from "node:http";
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
http.createServer().listen(Number(process.argv[2]), "127.0.0.1");
