import dgram from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { execa } from "execa";
import { afterAll, afterEach, expect, test } from "vitest";
import { openBinders } from "../../harness/audit/attempts/binders.ts";
import { localAddresses } from "../../harness/audit/attempts/local-addresses.ts";
import type { HeldSocket } from "../../harness/audit/holdings/held-socket.ts";
import { linuxHoldings } from "../../harness/audit/holdings/linux.ts";
import { probingHoldings } from "../../harness/audit/holdings/probing.ts";
import type { AuditReport } from "../../harness/audit/audit-report.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { findPort } from "../find-port.ts";
import { PROGRAM } from "../program/bindcheck.ts";
import { until } from "../program/processes.ts";

const isLinux = process.platform === "linux";
const canMount = process.geteuid?.() === 0 && (await netnsRunner().availability()).here;
const local = localAddresses(networkInterfaces(), process.platform);
const binders = openBinders(new AbortController().signal);
afterAll(() => binders.end());

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function listen(address: string, ipv6Only = false): Promise<number> {
  const port = await findPort();
  const server = net.createServer().listen({ port, host: address, ipv6Only });
  open.push(server);
  await once(server, "listening");
  return port;
}

async function receive(options: dgram.SocketOptions, address: string): Promise<number> {
  const port = await findPort();
  const socket = dgram.createSocket(options).bind(port, address);
  open.push(socket);
  await once(socket, "listening");
  return port;
}

function probe(port: number, address: string | null = null): Promise<HeldSocket[]> {
  return probingHoldings({ port, address, protocol: null }, local, binders).read(null);
}

function namesOf(sockets: readonly HeldSocket[], port: number): string[] {
  const own = sockets.filter((each) => each.port === port);
  return own.map(({ protocol, family, address }) => `${protocol} ${family} ${address}`);
}

/** Whether the system has IPv6, and besides its loopback address another that tells that from the wildcard. */
const [hasIpv6, hasTwo] = [local.ipv6.length > 0, local.ipv6.length > 1];

test.runIf(isLinux).for<[told: string, isPossible: boolean, start: () => Promise<number>]>([
  ["tcp ipv4 0.0.0.0", true, () => listen("0.0.0.0")],
  ["tcp ipv4 127.0.0.1", true, () => listen("127.0.0.1")],
  ["udp ipv4 0.0.0.0", true, () => receive({ type: "udp4" }, "0.0.0.0")],
  ["udp ipv4 127.0.0.1", true, () => receive({ type: "udp4", reuseAddr: true }, "127.0.0.1")],
  ["tcp ipv6 ::1", hasTwo, () => listen("::1", true)],
  ["tcp ipv6 ::", hasIpv6, () => listen("::", true)],
  ["tcp ipv6 ::", hasIpv6, () => listen("::")],
  ["udp ipv6 ::", hasIpv6, () => receive({ type: "udp6" }, "::")],
])(
  "Probing finds what the kernel's own tables tell: %s.",
  async ([told, isPossible, start], { skip }) => {
    skip(!isPossible);
    const port = await start();
    expect(namesOf(await linuxHoldings().read([process.pid]), port)).toEqual([told]);
    const probed = await probe(port);
    expect(namesOf(probed, port)).toEqual([told]);
    expect(probed).toMatchObject([
      { account: null, owners: [], probed: expect.stringContaining(" or ") },
    ]);
  },
);

test.runIf(isLinux)("The port of a connection that has ended is free.", async () => {
  const port = await listen("127.0.0.1");
  const server = open.pop() as net.Server;
  const taken = once(server, "connection") as Promise<[net.Socket]>;
  const client = net.connect(port, "127.0.0.1").resume();
  const [socket] = await taken;
  // The server's end is closed first, and lingers.
  socket.end();
  await once(client, "close");
  server.close();
  await once(server, "close");
  // include/net/tcp_states.h: TCP_TIME_WAIT is 6.
  const lingers = new RegExp(`:${port.toString(16).padStart(4, "0")} \\S+ 06 `, "i");
  await until(() => lingers.test(readFileSync("/proc/net/tcp", "utf8")));
  expect(await probe(port)).toEqual([]);
});

test.runIf(isLinux)("An address that was not probed has to be given.", async () => {
  const port = await listen("127.0.0.77");
  await expect(probe(port)).rejects.toThrow(/tcp port \d+ at an address that was not probed: give/);
  expect(namesOf(await probe(port, "127.0.0.77"), port)).toEqual(["tcp ipv4 127.0.0.77"]);
});

/** Runs the program where /proc is empty. */
function auditWithoutProc(...words: readonly string[]) {
  const script = 'mount -t tmpfs none /proc; exec "$0" "$@"';
  const program = [process.execPath, PROGRAM, "audit", ...words];
  return execa("unshare", ["--mount", "sh", "-ec", script, ...program], { reject: false });
}

test.runIf(canMount)("Where no table can be read a port is audited by probing.", async () => {
  const port = await receive({ type: "udp4", reuseAddr: true }, "127.0.0.1");
  const { stdout, exitCode } = await auditWithoutProc(`--port=${port}`, "--reporter=json");
  const { listeners } = JSON.parse(stdout) as AuditReport;
  expect(listeners).toMatchObject([
    { address: "127.0.0.1", account: null, probed: expect.any(String), verdict: "hijackable" },
  ]);
  expect(exitCode).toBe(1);
  const shown = await auditWithoutProc(`--port=${port}`);
  expect(shown.stdout).toMatch(/a process that is not known, found by probing \(/);
});

test.runIf(canMount)(
  "A command is not audited there: its port cannot be probed without harm.",
  async () => {
    for (const words of [
      ["--", "true"],
      ["--port=4711", "--", "true"],
    ]) {
      const { stderr, exitCode } = await auditWithoutProc(...words);
      expect(stderr).toMatch(/^audit: \/proc\/net.* cannot be read: .*give --port PORT alone/);
      expect(stderr.split("\n")).toHaveLength(1);
      expect(exitCode).toBe(2);
    }
  },
);
