// Plays ssh: has its last argument run by the server, whose port is in the environment. It shares no connections: -O finds
// none, and one that is to be shared only stays.
import { connect } from "node:net";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

if (process.argv.includes("-O")) process.exit(255);
if (process.argv.includes("-N")) {
  writeFileSync(process.argv[process.argv.indexOf("-S") + 1], "");
  await new Promise((resolve) => process.stdin.once("end", resolve).resume());
  process.exit(0);
}
const socket = connect(Number(process.env.WINDOWS_LOGIN_PORT), "127.0.0.1");
socket.write(`${process.argv.at(-1)}\n`);
process.stdin.pipe(socket);
process.exitCode = 255;
for await (const line of createInterface({ input: socket })) {
  const { stdout, stderr, code } = JSON.parse(line);
  if (stdout) process.stdout.write(Buffer.from(stdout, "base64"));
  if (stderr) process.stderr.write(Buffer.from(stderr, "base64"));
  if (code !== undefined) {
    process.exitCode = code;
    process.stdin.unref?.();
    process.stdin.destroy();
  }
}
