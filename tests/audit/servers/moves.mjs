// Holds one port until a client comes, and another one from then on.
import net from "node:net";
const [first, second] = process.argv.slice(2).map(Number);
const server = net.createServer((connection) => {
  connection.destroy();
  server.close(() => net.createServer().listen(second, "127.0.0.1"));
});
server.listen(first, "127.0.0.1");
