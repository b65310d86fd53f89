import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { startBinder } from "../binder-client/binder-process.ts";
import { localBinders } from "../binder-client/local-binders.ts";
import type { Program } from "./protocol.ts";

const BINDER = fileURLToPath(new URL("../../dist/binder.cjs", import.meta.url));
const TIMEOUT_MS = 20_000;
const open = { protocol: "tcp", family: "ipv4", v6Only: 0 } as const;

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** The port of a listener whose queue is full and that accepts nothing, so that a connect goes on; and what ends it. */
async function fullListener(): Promise<{ readonly port: number; readonly end: () => void }> {
  const script =
    "const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => " +
    "console.log(server.address().port))";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGSTOP");
  ends.push(() => void child.kill("SIGKILL"));
  const port = Number(text.toString());
  for (let index = 0; index < 2; index++) {
    const socket = net.connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.on("error", () => undefined);
    ends.push(() => socket.destroy());
  }
  return { port, end: () => void child.kill("SIGKILL") };
}

function connecting(socket: number, port: number): Program {
  return [
    { do: "socket", socket, ...open },
    { do: "connect", socket, family: "ipv4", address: "127.0.0.1", port },
  ];
}

test.skipIf(process.platform !== "linux")(
  "A connect that is refused late holds up nothing else that the binder is asked.",
  async () => {
    const { port, end } = await fullListener();
    const binder = startBinder(
      localBinders({ file: process.execPath, arguments: [BINDER] }),
      "first",
    );
    ends.push(binder.end);
    await binder.hello;
    const answered: string[] = [];
    const late = binder.ask([connecting(1, port)], TIMEOUT_MS).then((results) => {
      answered.push("late");
      return results;
    });
    await binder.ask([[{ do: "socket", socket: 2, ...open }]], TIMEOUT_MS);
    answered.push("at once");
    end();
    const [[, refused] = []] = await late;
    expect(refused).toMatchObject({ errno: 111, code: "ECONNREFUSED" });
    expect(answered).toEqual(["at once", "late"]);
  },
);
