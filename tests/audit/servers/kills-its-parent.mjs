// Listens, and sends its parent a signal a little later.
import net from "node:net";
const [port, signal] = process.argv.slice(2);
net.createServer().listen(Number(port), "127.0.0.1", () => {
  setTimeout(() => process.kill(process.ppid, signal), 400);
});
