import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import type { AuditReport } from "../../harness/audit/audit-report.ts";
import { linuxHoldings } from "../../harness/audit/holdings/linux.ts";
import { findProgram } from "../../runners/find-program.ts";
import { bindcheck } from "../program/bindcheck.ts";
import { ownServer } from "./audit.ts";

const PORT = 99;
// A user with no name and no privilege.
const SOMEBODY = { uid: 65_533, gid: 65_533, cwd: "/" };

/** Whether the port takes a privilege here, and this process can give that to another user's server. */
async function canGivePrivilege(): Promise<boolean> {
  if (process.platform !== "linux" || process.geteuid?.() !== 0) return false;
  const first = Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
  return first > PORT && (await findProgram("setpriv")) !== null;
}
const isPossible = await canGivePrivilege();

const servers: ChildProcess[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    const isGone = once(server, "exit");
    // The next one may have the port when this one has left it.
    if (server.kill("SIGKILL")) await isGone;
  }
});

/** Starts another user's server with nothing but the privilege to bind such ports: capabilities(7). */
async function startPrivileged(...words: readonly string[]): Promise<void> {
  const privilege = ["--inh-caps", "+net_bind_service", "--ambient-caps", "+net_bind_service"];
  const user = ["--reuid", String(SOMEBODY.uid), "--clear-groups"];
  const server = spawn("setpriv", [...user, ...privilege, ...words], { stdio: "ignore" });
  servers.push(server);
  const isHeld = async (): Promise<boolean> =>
    (await linuxHoldings().read([server.pid ?? 0])).some(({ port }) => port === PORT);
  while (server.exitCode === null && !(await isHeld()));
}

test.runIf(isPossible)("Root gets into a privileged port that its user cannot bind.", async () => {
  await startPrivileged(...ownServer("datagram", PORT, "reuseAddr"));
  const { stdout, exitCode } = await bindcheck(["audit", `--port=${PORT}`, "--reporter=json"]);
  const { listeners } = JSON.parse(stdout) as AuditReport;
  expect(listeners).toMatchObject([
    { verdict: "hijackable", accounts: { other: { name: "root" } } },
  ]);
  expect(exitCode).toBe(1);
});

test.runIf(isPossible)(
  "What no account had the privilege to try on a privileged port is undecided.",
  async () => {
    await startPrivileged(...ownServer("six-only", PORT));
    for (const who of [{}, SOMEBODY]) {
      const words = ["audit", `--port=${PORT}`, "--reporter=json"];
      const { stdout, exitCode } = await bindcheck(words, who);
      const { listeners } = JSON.parse(stdout) as AuditReport;
      expect(listeners).toMatchObject([
        {
          verdict: "undecided",
          open: [expect.stringMatching(/^port 99 needs a privilege that the binder of uid 65533/)],
        },
      ]);
      expect(exitCode).toBe(3);
    }
  },
);
