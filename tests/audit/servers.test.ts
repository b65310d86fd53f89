import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findOtherAccount } from "../../harness/binder/other-account.ts";
import { findProgram } from "../../runners/find-program.ts";
import type { Availability } from "../../runners/runner.ts";
import { findPort } from "../find-port.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { auditServer, ownServer, takenBy, verdictsOf } from "./audit.ts";

/** A server that is not of this project; its Debian package has the name given. */
async function availabilityOf(program: string, debian: string): Promise<Availability> {
  if (process.platform !== "linux")
    return { here: false, why: "its behaviour is written down for Linux", mend: "use Linux" };
  return (await findProgram(program)) === null
    ? { here: false, why: `${program} is not installed`, mend: `apt-get install ${debian}` }
    : { here: true, what: program };
}

// Everything as another account as well, which takes root.
const hasOther = !("problem" in findOtherAccount());
const isLinux = process.platform === "linux";

describeTarget("python3", await availabilityOf("python3", "python3"), () => {
  test("Python's http.server is exclusive: SO_REUSEADDR stops at a listener.", async () => {
    const port = await findPort();
    const words = ["python3", "-m", "http.server", String(port), "--bind", "0.0.0.0"];
    const audited = await auditServer("--census", "--", ...words);
    expect(verdictsOf(audited)).toEqual(["tcp 0.0.0.0: exclusive"]);
    expect(audited.exitCode).toBe(0);
    expect(audited.report.listeners[0]?.runtime).toBe("python");
  });

  test("A UDP socket of Python's with SO_REUSEADDR loses everything.", async () => {
    const port = await findPort();
    const program = `import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", ${port}))
time.sleep(600)`;
    const { report, exitCode } = await auditServer("--census", "--", "python3", "-c", program);
    expect(exitCode).toBe(1);
    const [listener] = report.listeners;
    expect(listener?.advice[0]?.source.url).toBe("https://github.com/python/cpython/issues/81409");
    expect(takenBy(listener!, "same", "127.0.0.1")).toEqual({ SO_REUSEADDR: 1 });
  });
});

describeTarget("nginx", await availabilityOf("nginx", "nginx-light"), () => {
  test("nginx is exclusive; with reuseport it shares with its own account alone.", async () => {
    const folder = await makeFolder();
    const [plain, shared] = [await findPort(), await findPort()];
    const file = path.join(folder, "nginx.conf");
    writeFileSync(
      file,
      `pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { access_log off; server {
  listen 127.0.0.1:${plain}; listen 127.0.0.1:${shared} reuseport; return 200 "hello"; } }`,
    );
    // Without --port: everything that the command holds, found though nginx becomes a daemon.
    const audited = await auditServer("--census", "--", "nginx", "-c", file, "-p", folder);
    const byPort = new Map(audited.report.listeners.map((each) => [each.port, each]));
    expect(byPort.get(plain)).toMatchObject({ verdict: "exclusive", runtime: "nginx" });
    expect(byPort.get(shared)).toMatchObject({ verdict: "shared-by-design" });
    expect(audited.exitCode).toBe(0);
    const share = takenBy(byPort.get(shared)!, "same", "127.0.0.1")["SO_REUSEPORT"];
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(byPort.get(shared)?.findings.filter(({ account }) => account === "other")).toEqual([]);
    expect(byPort.get(shared)?.advice[0]?.text).toContain("leave reuseport out of the listen");
  });
});

describeTarget("redis-server", await availabilityOf("redis-server", "redis-server"), () => {
  test("redis-server is exclusive.", async () => {
    const port = await findPort();
    const words = [
      "redis-server",
      "--port",
      String(port),
      "--save",
      "",
      "--dir",
      await makeFolder(),
    ];
    const audited = await auditServer("--census", "--", ...words);
    expect(new Set(audited.report.listeners.map(({ verdict }) => verdict))).toEqual(
      new Set(["exclusive"]),
    );
    expect(audited.report.listeners[0]?.runtime).toBe("redis");
    expect(audited.exitCode).toBe(0);
  });
});

describeTarget("socat", await availabilityOf("socat", "socat"), () => {
  test("A listener with SO_REUSEPORT invites its own account.", async () => {
    const port = await findPort();
    const audited = await auditServer("--", "socat", `TCP4-LISTEN:${port},reuseport,fork`, "PIPE");
    expect(verdictsOf(audited)).toEqual(["tcp 0.0.0.0: shared-by-design"]);
    // Nothing was sent, so nothing is said of shares.
    expect(takenBy(audited.report.listeners[0]!, "same", "0.0.0.0")).toEqual({
      SO_REUSEPORT: null,
    });
  });

  test("UDP with SO_REUSEADDR is hijackable, without a census too.", async () => {
    const port = await findPort();
    const audited = await auditServer(
      "--",
      "socat",
      "-u",
      `UDP4-RECV:${port},reuseaddr`,
      "OPEN:/dev/null",
    );
    expect(verdictsOf(audited)).toEqual(["udp 0.0.0.0: hijackable"]);
    expect(audited.exitCode).toBe(1);
  });
});

test("Node's http is exclusive, no matter which address it holds.", async () => {
  const [everywhere, loopback] = [await findPort(), await findPort()];
  const wildcard = await auditServer("--census", "--", ...ownServer("http", everywhere));
  expect(verdictsOf(wildcard)).toEqual(["tcp ::: exclusive"]);
  expect(wildcard.report.listeners[0]).toMatchObject({ runtime: "node", takesIpv4: true });
  const specific = await auditServer("--census", "--", ...ownServer("http", loopback, "127.0.0.1"));
  expect(verdictsOf(specific)).toEqual(["tcp 127.0.0.1: exclusive"]);
  // Other addresses are free, which takes nothing away from the server.
  const elsewhere = specific.report.attempts.filter(
    ({ address, family, outcome }) =>
      address === "127.0.0.2" && family === "ipv4" && outcome.kind === "success",
  );
  expect(elsewhere.length).toBe(isLinux ? (hasOther ? 8 : 4) : elsewhere.length);
});

test("Node's dgram is exclusive unless it was made with reuseAddr.", async () => {
  const words = ownServer("datagram", await findPort());
  expect(verdictsOf(await auditServer("--census", "--", ...words))).toEqual([
    "udp 0.0.0.0: exclusive",
  ]);
});

test.runIf(isLinux)(
  "Node's dgram with reuseAddr loses every datagram to the socket that binds last.",
  async () => {
    const words = ownServer("datagram", await findPort(), "reuseAddr");
    const { report, exitCode } = await auditServer("--census", "--", ...words);
    expect(exitCode).toBe(1);
    const [listener] = report.listeners;
    expect(listener?.verdict).toBe("hijackable");
    expect(takenBy(listener!, "same", "0.0.0.0")).toEqual({ SO_REUSEADDR: 1 });
    expect(listener?.advice.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^leave reuseAddr: true out of dgram.createSocket/),
      expect.stringMatching(
        /^by what is documented, a UDP socket with no option at all is exclusive/,
      ),
    ]);
  },
);

test.runIf(isLinux && hasOther)(
  "To another account as well: the kernel does not ask whose it is.",
  async () => {
    const words = ownServer("datagram", await findPort(), "reuseAddr");
    const { report } = await auditServer("--census", "--", ...words);
    const [listener] = report.listeners;
    expect(listener?.accounts).toEqual({ same: { name: "root" }, other: { name: "nobody" } });
    expect(takenBy(listener!, "other", "0.0.0.0")).toEqual({ SO_REUSEADDR: 1 });
    expect(takenBy(listener!, "other", "127.0.0.1")).toEqual({ SO_REUSEADDR: 1 });
  },
);
