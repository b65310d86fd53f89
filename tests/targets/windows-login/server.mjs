// Plays an SSH server of Windows, by Node for Windows: runs each command line in cmd.exe, its stdio in pipes.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

const [home, ready] = process.argv.slice(2);
const PATH = `${path.dirname(process.execPath)};${process.env.PATH}`;

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let child;
  socket.once("data", (first) => {
    const line = first.indexOf("\n");
    const command = first.toString("utf8", 0, line);
    child = spawn("cmd.exe", ["/c", command], {
      cwd: home,
      env: { ...process.env, PATH, TEMP: home, TMP: home },
      windowsVerbatimArguments: true,
    });
    const send = (message) => socket.writable && socket.write(`${JSON.stringify(message)}\n`);
    for (const name of ["stdout", "stderr"])
      child[name].on("data", (data) => send({ [name]: data.toString("base64") }));
    child.stdin.on("error", () => {});
    child.stdin.write(first.subarray(line + 1));
    socket.on("data", (data) => child.stdin.write(data));
    child.once("close", (code) => {
      send({ code });
      socket.end();
    });
  });
  socket.on("end", () => child?.stdin.end());
  socket.on("error", () => child?.stdin.end());
});
server.listen(0, "127.0.0.1", () => appendFileSync(ready, `${server.address().port}\n`));
