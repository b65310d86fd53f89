import { spawn, type ChildProcess } from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, expect, test } from "vitest";
import { linuxHoldings } from "../../harness/audit/holdings/linux.ts";
import { lsofHoldings } from "../../harness/audit/holdings/lsof.ts";
import { findProgram } from "../../runners/find-program.ts";
import { findPort } from "../find-port.ts";
import { bindcheck } from "../program/bindcheck.ts";
import { auditServer, ownServer, takenBy, verdictsOf } from "./audit.ts";

const isLinux = process.platform === "linux";
const isRoot = process.geteuid?.() === 0;
const hasLsof = (await findProgram("lsof")) !== null;
const NOBODY = { uid: 65_534, gid: 65_534, cwd: "/" };

const servers: ChildProcess[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.kill("SIGKILL");
});

/** Starts one of the servers beside this file as another user, and waits until it listens. */
async function startAsNobody(name: string, port: number): Promise<void> {
  const [file = "", ...words] = ownServer(name, port, "127.0.0.1");
  servers.push(spawn(file, words, { ...NOBODY, stdio: "ignore" }));
  for (;;) {
    const client = net.connect(port, "127.0.0.1");
    const isUp = await once(client, "connect").then(
      () => true,
      () => false,
    );
    client.destroy();
    if (isUp) return;
  }
}

test("What runs already is audited by its port, and runs on.", async () => {
  const port = await findPort();
  const server = net.createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const audited = await auditServer(`--port=${port}`);
  expect(verdictsOf(audited)).toEqual(["tcp 127.0.0.1: exclusive"]);
  expect(audited.report.listeners[0]?.owners.map(({ pid }) => pid)).toContain(process.pid);
  expect(audited.report.command).toBeNull();
  expect(server.listening).toBe(true);
  const elsewhere = await bindcheck(["audit", `--port=${port}`, "--address=0.0.0.0"]);
  expect(elsewhere.stderr).toMatch(`no process on this machine holds port ${port} of 0.0.0.0`);
  server.close();
});

test.runIf(isLinux && isRoot)(
  "Root is the second binder as the server's user, and as itself.",
  async () => {
    const port = await findPort();
    await startAsNobody("http", port);
    const { report } = await auditServer("--census", `--port=${port}`);
    const [listener] = report.listeners;
    expect(listener?.account?.name).toBe("nobody");
    expect(listener?.accounts).toEqual({ same: { name: "nobody" }, other: { name: "root" } });
    expect(listener?.verdict).toBe("exclusive");
  },
);

test.runIf(isLinux && isRoot)(
  "Who is not root says what he cannot try, and does not guess.",
  async () => {
    const port = await findPort();
    const server = net.createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    const foreign = await bindcheck(["audit", `--port=${port}`], NOBODY);
    server.close();
    expect(foreign.stdout).toContain("a process of root that the system does not show");
    expect(foreign.stdout.replace(/\s+/g, " ")).toContain(
      "nothing was tried as the server's own account: only the administrator can start programs as root: run with sudo",
    );
    expect(foreign.exitCode).toBe(3);

    const words = ["--", ...ownServer("http", await findPort())];
    const own = await bindcheck(["audit", ...words], NOBODY);
    expect(own.stdout).toMatch(/^exclusive: [^]*\sof\s+nobody\s/);
    expect(own.stdout.replace(/\s+/g, " ")).toContain(
      "no other account was tried: only root may start a program as another user: run with sudo",
    );
    expect(own.exitCode).toBe(0);
  },
);

test.runIf(isLinux)("A mapped and a link-local address are the server's own.", async () => {
  const infos = Object.entries(networkInterfaces()).flatMap(([name, each = []]) =>
    each.map((info) => ({ ...info, name })),
  );
  const linkLocal = infos.find(({ address }) => address.startsWith("fe80:"));
  const addresses = [
    "::ffff:127.0.0.1",
    ...(linkLocal ? [`${linkLocal.address}%${linkLocal.name}`] : []),
  ];
  for (const address of addresses) {
    const port = await findPort();
    const socket = dgram.createSocket({ type: "udp6", reuseAddr: true }).bind(port, address);
    await once(socket, "listening");
    const { report } = await auditServer("--census", `--port=${port}`, `--address=${address}`);
    socket.close();
    const [listener] = report.listeners;
    expect(listener?.verdict).toBe("hijackable");
    expect(takenBy(listener!, "same", listener!.address)).toEqual({ SO_REUSEADDR: 1 });
  }
});

test.runIf(isLinux && hasLsof)("lsof tells the same as the kernel's own tables.", async () => {
  // This process may hold others, of other test files.
  const ports = [await findPort(), await findPort(), await findPort(), await findPort()] as const;
  const tcp = net.createServer().listen(ports[0], "127.0.0.1");
  const dual = net.createServer().listen(ports[1]);
  const udp = dgram.createSocket("udp4").bind(ports[2]);
  const six = dgram.createSocket("udp6").bind(ports[3], "::1");
  await Promise.all([tcp, dual, udp, six].map((each) => once(each, "listening")));
  const connected = net.connect(ports[0], "127.0.0.1");
  await once(connected, "connect");
  const told = await Promise.all(
    [linuxHoldings(), lsofHoldings()].map(async (holdings) => {
      const sockets = await holdings.read([process.pid]);
      return sockets
        .filter(({ port }) => ports.includes(port))
        .map(({ protocol, family, address, port, account, owners }) =>
          [protocol, family, address, port, account?.id, owners[0]?.pid].join(" "),
        )
        .toSorted();
    }),
  );
  connected.destroy();
  for (const each of [tcp, dual, udp, six]) each.close();
  expect(told[0]).toHaveLength(4);
  expect(told[1]).toEqual(told[0]);
});
