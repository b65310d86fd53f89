import { on } from "node:events";
import { expect, test } from "vitest";
import { findPort } from "../find-port.ts";
import { bindcheck, startBindcheck } from "./bindcheck.ts";

async function untilHeld(output: NodeJS.ReadableStream | null): Promise<void> {
  let said = "";
  for await (const [chunk] of on(output as NodeJS.ReadableStream, "data")) {
    said += String(chunk);
    if (said.includes("held until")) return;
  }
}

test("A port is bound, and the exit code says so.", async () => {
  const port = String(await findPort());
  const { exitCode, stdout } = await bindcheck(["probe", "2", "1", "6", port]);
  expect(stdout).toMatch(`succeeded: 0.0.0.0 port ${port}`);
  expect(exitCode).toBe(0);
});

test("An IPv6 socket is bound to an IPv6 address.", async () => {
  const port = String(await findPort());
  const { exitCode, stdout } = await bindcheck(["probe", "23", "2", "17", port]);
  expect(stdout).toMatch(`succeeded: :: port ${port}`);
  expect(exitCode).toBe(0);
});

test("Who holds a port keeps another out until Enter.", async () => {
  const parameters = ["probe", "AF_INET", "SOCK_STREAM", "IPPROTO_TCP", String(await findPort())];
  const holder = startBindcheck([...parameters, "--hold"], { stdin: "pipe" });
  await untilHeld(holder.stdout);

  const refused = await bindcheck(parameters);
  expect(refused.stdout).toMatch(/^bind failed with (WSA)?E(ADDRINUSE|ACCES) \(\d+\)/);
  expect(refused.exitCode).toBe(1);

  holder.stdin?.write("\n");
  expect((await holder).exitCode).toBe(0);
  expect((await bindcheck(parameters)).exitCode).toBe(0);
});

test.skipIf(process.platform === "win32")("A signal ends the holding too.", async () => {
  const holder = startBindcheck(["probe", "2", "2", "17", String(await findPort()), "--hold"]);
  await untilHeld(holder.stdout);
  holder.kill("SIGTERM");
  expect((await holder).exitCode).toBe(0);
});

test("Wrong arguments give the usage and exit code 2, and nothing is bound.", async () => {
  const { exitCode, stdout, stderr } = await bindcheck(["probe", "2", "1", "6"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch("usage: bindcheck probe FAMILY TYPE PROTOCOL PORT");
  expect(stdout).toBe("");
});

test("An option that the system does not have is named, with those that it has.", async () => {
  const parameters = ["probe", "2", "1", "6", String(await findPort()), "--option", "SO_NOTHING"];
  const { exitCode, stderr } = await bindcheck(parameters);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/'SO_NOTHING' \(there are: none, .*SO_REUSEADDR/);
});
