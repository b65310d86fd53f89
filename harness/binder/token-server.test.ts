import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openTokenServer } from "./token-server.ts";

const BINDER = fileURLToPath(new URL("../../dist/binder.cjs", import.meta.url));

async function knock(port: number, words: string): Promise<void> {
  const stranger = net.connect({ host: "127.0.0.1", port });
  stranger.on("error", () => undefined);
  stranger.write(words);
  await once(stranger, "close");
}

test("A binder that brings the token is let in and answers over its connection.", async () => {
  const server = openTokenServer();
  const key = await server.key;
  const child = spawn(process.execPath, [BINDER], {
    env: { ...process.env, BINDCHECK_CHANNEL: key },
    stdio: "ignore",
  });
  const guest = await server.guest;
  guest.setEncoding("utf8").resume();
  const [hello] = (await once(guest, "data")) as [string];
  expect(JSON.parse(hello)).toMatchObject({ hello: 2, pid: child.pid });
  guest.write('{"id":1,"programs":[[]]}\n');
  expect(await once(guest, "data")).toEqual(['{"id":1,"results":[[]]}\n']);
  guest.end();
  expect((await once(child, "exit"))[0]).toBe(0);
});

test("Strangers with a wrong token are turned away, and no connection is accepted after the guest's.", async () => {
  const server = openTokenServer();
  const [port = "", token = ""] = (await server.key).split(":");
  await knock(Number(port), `${"0".repeat(token.length)}\n`);
  await knock(Number(port), `${token}x and more`);
  const guest = net.connect({ host: "127.0.0.1", port: Number(port) });
  guest.write(`${token}\nfirst words`);
  const socket = await server.guest;
  socket.setEncoding("utf8").resume();
  expect(await once(socket, "data")).toEqual(["first words"]);
  const late = net.connect({ host: "127.0.0.1", port: Number(port) });
  expect((await once(late, "error"))[0]).toMatchObject({ code: "ECONNREFUSED" });
  guest.destroy();
});

test("A connection that has not sent the token is closed when the guest is in, or when the time is up.", async () => {
  const server = openTokenServer();
  const [port = "", token = ""] = (await server.key).split(":");
  const waiting = net.connect({ host: "127.0.0.1", port: Number(port) });
  waiting.on("error", () => undefined);
  waiting.write(token.slice(0, 10));
  await once(waiting, "connect");
  const gone = goes(waiting);
  const guest = net.connect({ host: "127.0.0.1", port: Number(port) });
  guest.write(`${token}\n`);
  await server.guest;
  await gone;
  expect(waiting.destroyed).toBe(true);
  guest.destroy();

  const impatient = openTokenServer(50);
  await knock(Number((await impatient.key).split(":")[0]), "half a tok");
  impatient.close();
});

test("Of very many who say nothing only a few are kept, and closing turns these away.", async () => {
  const server = openTokenServer();
  const [port = ""] = (await server.key).split(":");
  const crowd = Array.from({ length: 40 }, () =>
    net.connect({ host: "127.0.0.1", port: Number(port) }),
  );
  const isGone = crowd.map(goes);
  await Promise.race(isGone);
  server.close();
  await Promise.all(isGone);
  expect(crowd.every(({ destroyed }) => destroyed)).toBe(true);
});

test.skipIf(process.platform !== "linux")(
  "The door is on the loopback interface alone, and no two tokens are alike.",
  async () => {
    const [one, other] = [openTokenServer(), openTokenServer()];
    const [port = "", first = ""] = (await one.key).split(":");
    const [, second] = (await other.key).split(":");
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
    // proc_pid_net(5): addresses as the machine's own numbers in hexadecimal; 0A is a listener.
    const hex = Number(port).toString(16).toUpperCase().padStart(4, "0");
    const listeners = ["tcp", "tcp6"]
      .flatMap((table) => readFileSync(`/proc/net/${table}`, "utf8").split("\n"))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = "", , state]) => local.endsWith(`:${hex}`) && state === "0A");
    expect(listeners.map(([, local]) => local)).toEqual([`0100007F:${hex}`]);
    one.close();
    other.close();
  },
);

test.skipIf(process.platform !== "linux")(
  "A binder shows its token in no command line, and no other process in its environment.",
  async () => {
    const server = openTokenServer();
    const key = await server.key;
    const child = spawn(process.execPath, [BINDER], {
      env: { ...process.env, BINDCHECK_CHANNEL: key },
      stdio: "ignore",
    });
    const guest = await server.guest;
    const holders = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) =>
        ["cmdline", "environ"].some((file) => read(`/proc/${pid}/${file}`).includes(key)),
      );
    expect(holders).toEqual([String(child.pid)]);
    expect(read(`/proc/${child.pid}/cmdline`)).not.toContain(key);
    guest.destroy();
    await once(child, "exit");
  },
);

/** Resolves when a connection is closed, in whatever way. */
function goes(socket: net.Socket): Promise<void> {
  socket.on("error", () => undefined);
  return new Promise((resolve) => void socket.once("close", () => resolve()));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // ended meanwhile, or somebody else's
  }
}
