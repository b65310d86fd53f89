import { spawn } from "node:child_process";
import { once } from "node:events";
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
  expect(JSON.parse(hello)).toMatchObject({ hello: 1, pid: child.pid });
  guest.write('{"id":1,"programs":[[]]}\n');
  expect(await once(guest, "data")).toEqual(['{"id":1,"results":[[]]}\n']);
  guest.end();
  expect((await once(child, "exit"))[0]).toBe(0);
});

test("Strangers with a wrong token are turned away, and nobody comes in after the guest.", async () => {
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

test("The door is on the loopback interface alone, and no two tokens are alike.", async () => {
  const [one, other] = [openTokenServer(), openTokenServer()];
  const [, first = ""] = (await one.key).split(":");
  const [, second] = (await other.key).split(":");
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).not.toBe(first);
  one.close();
  other.close();
});
