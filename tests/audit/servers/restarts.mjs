// Closes its port and takes it again, over and over.
import net from "node:net";
const port = Number(process.argv[2]);
function listen() {
  const server = net.createServer();
  server.on("error", () => setTimeout(listen, 1));
  server.listen(port, "127.0.0.1", () => setTimeout(() => server.close(listen), 10));
}
listen();
