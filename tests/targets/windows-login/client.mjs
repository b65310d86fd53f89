// Plays ssh: has its last argument run by the server, whose port is in the environment.
import { connect } from "node:net";
import { createInterface } from "node:readline";

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
