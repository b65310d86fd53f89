import { once } from "node:events";
import { readdirSync } from "node:fs";
import net from "node:net";
import { expect, test } from "vitest";
import { findPort } from "../find-port.ts";
import { bindcheck, makeFolder, startBindcheck } from "../program/bindcheck.ts";
import { childrenOf, isRunning, until } from "../program/processes.ts";
import { auditServer, ownServer, verdictsOf } from "./audit.ts";

const isLinux = process.platform === "linux";

test("A command that never binds is given up, with what to do.", async () => {
  const { exitCode, stderr } = await bindcheck([
    "audit",
    "--ready-timeout=300",
    "--",
    ...ownServer("never-binds"),
  ]);
  expect(stderr).toBe(
    "audit: the command did not hold a port within 300 ms: it holds none (give it longer with --ready-timeout MS)",
  );
  expect(exitCode).toBe(2);
});

test("One that ends at once is reported with its last words, and without waiting.", async () => {
  const { exitCode, stderr } = await bindcheck([
    "audit",
    "--ready-timeout=600000",
    "--",
    ...ownServer("ends"),
  ]);
  expect(stderr).toBe(
    "audit: the command ended before it held a port (exit code 7; it last said: the configuration file is missing)",
  );
  expect(exitCode).toBe(2);
});

test("One that holds another port than the one asked for: which.", async () => {
  const [port, other] = [await findPort(), await findPort()];
  const audit = (readyMs: number) =>
    bindcheck([
      "audit",
      `--port=${other}`,
      `--ready-timeout=${readyMs}`,
      "--",
      ...ownServer("http", port, "127.0.0.1"),
    ]);
  // On a busy machine the server itself may need longer.
  let readyMs = 1000;
  let ended = await audit(readyMs);
  while (ended.stderr.includes("it holds none")) ended = await audit((readyMs *= 2));
  expect(ended.stderr).toMatch(
    `did not hold port ${other} within ${readyMs} ms: it holds tcp 127.0.0.1:${port} instead`,
  );
  expect(ended.exitCode).toBe(2);
});

test("One that moves to another port while it is audited: undecided, and the new port is audited.", async () => {
  const words = ownServer("moves", await findPort(), await findPort());
  const audited = await auditServer("--census", "--", ...words);
  expect(verdictsOf(audited)).toEqual(["tcp 127.0.0.1: undecided", "tcp 127.0.0.1: exclusive"]);
  expect(audited.report.listeners[0]?.open).toContain(
    "it was no longer held when all had been tried",
  );
  expect(audited.exitCode).toBe(3);
});

test("Several ports and protocols are audited, each by itself.", async () => {
  const port = await findPort();
  const words = ownServer("logs-traffic", port, "/dev/null");
  const { report } = await auditServer("--", ...words);
  expect(report.listeners.map(({ protocol }) => protocol).toSorted()).toEqual(["tcp", "udp"]);
  const tcp = await auditServer("--protocol=tcp", "--", ...words);
  expect(tcp.report.listeners.map(({ protocol }) => protocol)).toEqual(["tcp"]);
});

/** Whether a process holds a TCP port of 127.0.0.1. */
async function isHeld(port: number): Promise<boolean> {
  const { exitCode } = await bindcheck(["audit", `--port=${port}`, "--reporter=json"]);
  return exitCode !== 2;
}

test.runIf(isLinux)(
  "A daemon that leaves its process group is found, and ended in the end.",
  async () => {
    const port = await findPort();
    const audited = await auditServer("--", ...ownServer("leaves-a-daemon", port));
    expect(verdictsOf(audited)).toEqual(["tcp 127.0.0.1: exclusive"]);
    const [owner] = audited.report.listeners[0]?.owners ?? [];
    expect(isRunning(owner?.pid ?? 0)).toBe(false);
    expect(await isHeld(port)).toBe(false);
  },
);

test.runIf(isLinux)("A command that ignores signals is ended too.", async () => {
  const port = await findPort();
  await auditServer("--", ...ownServer("ignores-signals", port));
  expect(await isHeld(port)).toBe(false);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const)
  test.runIf(isLinux)(`Nothing is left when bindcheck gets ${signal}.`, async () => {
    const env = { TMPDIR: await makeFolder() };
    const server = [...ownServer("leaves-a-daemon", await findPort()), "ignored"];
    // It is not to be over before it gets the signal.
    const words = ["audit", "--ready-timeout=600000", "--settle=600000", "--", ...server];
    const running = startBindcheck(words, { env });
    let family: number[] = [];
    await until(() => {
      family = descendantsOf(running.pid ?? 0);
      return family.length >= 3; // supervisor, binder or command, daemon
    });
    running.kill(signal);
    const { exitCode } = await running;
    expect(exitCode).toBe(signal === "SIGKILL" ? undefined : 130);
    await until(() => !family.some(isRunning));
    expect(family.filter((pid) => isRunning(pid))).toEqual([]);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

test("A port that is held already is not taken for the command's.", async () => {
  const port = await findPort();
  const holder = net.createServer().listen(port, "127.0.0.1");
  await once(holder, "listening");
  const words = ["audit", `--port=${port}`, "--", ...ownServer("never-binds")];
  const { exitCode, stderr } = await bindcheck(words);
  holder.close();
  expect(stderr).toMatch(`tcp 127.0.0.1:${port} is held already, by process ${process.pid} (`);
  expect(exitCode).toBe(2);
});
