import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { wineRunner } from "../../runners/wine.ts";
import { findPort } from "../find-port.ts";
import { bindcheck, makeFolder, startBindcheck, type Ended } from "../program/bindcheck.ts";
import { until } from "../program/processes.ts";
import { describeTarget } from "../require-target.ts";
import { descendantsNamed, takeTraces, untilGone } from "../targets/traces.ts";
import { auditServer, takenBy, verdictsOf } from "./audit.ts";

// The first run on a machine downloads Node for Windows and makes a Wine prefix.
const PREPARATION_MS = 300_000;
const RUN_MS = 240_000;

/** The words of an audit of one of the servers beside this file, in the Windows build of Node. */
function onWine(name: string, ...words: readonly string[]): string[] {
  const file = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url));
  return ["--on=wine", "--census", "--", "node", file, ...words];
}

describeTarget("wine", await wineRunner().availability(), () => {
  let early: Ended;
  beforeAll(async () => {
    early = await bindcheck(["audit", ...onWine("ends")]);
  }, PREPARATION_MS);

  test(
    "Node's http and dgram are exclusive: Linux below shares with no listener, and with no plain socket",
    { timeout: RUN_MS },
    async () => {
      const ports = [await findPort(), await findPort(), await findPort()].map(String);
      const audited = await auditServer("--settle=1000", ...onWine("several", ...ports));
      expect(new Set(verdictsOf(audited))).toEqual(
        new Set(["tcp ::: exclusive", "tcp 127.0.0.1: exclusive", "udp 0.0.0.0: exclusive"]),
      );
      expect(audited.report.platform).toMatchObject({ name: "wine", implements: "windows" });
      expect(audited.report.options).toEqual(["SO_EXCLUSIVEADDRUSE", "SO_REUSEADDR"]);
      for (const { runtime } of audited.report.listeners) expect(runtime).toBe("node");
      expect(audited.exitCode).toBe(0);
    },
  );

  test("Node's dgram with reuseAddr loses every datagram", { timeout: RUN_MS }, async () => {
    const audited = await auditServer(...onWine("datagram", String(await findPort()), "reuseAddr"));
    expect(verdictsOf(audited)).toEqual(["udp 0.0.0.0: hijackable"]);
    const [listener] = audited.report.listeners;
    expect(takenBy(listener!, "same", "0.0.0.0")).toEqual({ SO_REUSEADDR: 1 });
    expect(listener?.advice[0]?.text).toContain("with which any account may bind the port too");
    expect(audited.exitCode).toBe(1);
  });

  test("the command starts in the caller's folder", { timeout: RUN_MS }, async () => {
    const cwd = await makeFolder();
    const script = "process.stderr.write(process.cwd()); process.exit(7)";
    const ended = await bindcheck(["audit", "--on=wine", "--", "node", "-e", script], { cwd });
    expect(ended.stderr).toContain(`it last said: Z:${cwd.replaceAll("/", "\\")}`);
  });

  test("what is wrong there is reported here in one line", { timeout: RUN_MS }, async () => {
    expect(early.stderr).toBe(
      "audit: the command ended before it held a port (exit code 7; it last said: the configuration file is missing)",
    );
    expect(early.exitCode).toBe(2);
    const unknown = await bindcheck(["audit", "--on=wine", "--", "no-such-program"]);
    expect(unknown.stderr).toBe(
      "audit: 'no-such-program' cannot be started: there is no such program (is it on PATH? a .cmd file, such as npm's, is started by: cmd /c FILE)",
    );
    expect(unknown.exitCode).toBe(2);
    // Node throws at once for one, which is to end no supervisor.
    const script = await bindcheck(["audit", "--on=wine", "--", "npm.cmd", "start"]);
    expect(script.stderr).toBe(
      "audit: 'npm.cmd' cannot be started: a .bat or .cmd file is started by: cmd /c FILE",
    );
    expect(script.exitCode).toBe(2);
  });

  test("nothing is left when it is interrupted", { timeout: RUN_MS }, async () => {
    const words = ["--on=wine", "--ready-timeout=600000", "--", ...onWine("never-binds").slice(3)];
    const running = startBindcheck(["audit", ...words]);
    const pid = running.pid ?? 0;
    await until(() => descendantsNamed("supervisor.js", pid).length > 0);
    const traces = takeTraces(pid);
    running.kill("SIGINT");
    expect((await running).exitCode).toBe(130);
    await untilGone(traces);
    expect(traces.processes.length).toBeGreaterThan(3);
  });
});
