import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { netnsRunner } from "../../runners/netns.ts";
import { findPort } from "../find-port.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { auditServer, ownServer } from "./audit.ts";

const hasNamespaces = (await netnsRunner().availability()).here;
const isRoot = process.geteuid?.() === 0;

function readLog(file: string): Set<string> {
  return new Set(readFileSync(file, "utf8").split("\n").filter(Boolean));
}

test("A server sees nothing of an audit, and everything of a census.", async () => {
  const log = path.join(await makeFolder(), "log");
  const words = ownServer("logs-traffic", await findPort(), log);
  writeFileSync(log, "");
  await auditServer("--", ...words);
  expect(readLog(log)).toEqual(new Set());
  await auditServer("--census", "--", ...words);
  expect(readLog(log)).toEqual(new Set(["connection", "datagram"]));
});

// In a network of its own nothing else sends, so that the interface's counters tell of the audit alone.
test.runIf(hasNamespaces && isRoot)(
  "Without a census no packet passes the loopback interface.",
  async () => {
    const folder = await makeFolder();
    const program = new URL("../../dist/bindcheck.cjs", import.meta.url).pathname;
    const script = `ip link set lo up; cat /proc/net/dev >"$1/before"
"$2" "$3" audit $4 --reporter json="$1/report" -- "$2" "$5" 4711 "$1/log"
cat /proc/net/dev >"$1/after"`;
    const measure = async (census: string): Promise<number> => {
      const server = ownServer("logs-traffic")[1] ?? "";
      const words = [folder, process.execPath, program, census, server];
      await execa("unshare", ["--net", "sh", "-c", script, "sh", ...words], { reject: false });
      expect(JSON.parse(readFileSync(path.join(folder, "report"), "utf8"))).toMatchObject({
        listeners: [{ port: 4711 }, { port: 4711 }],
      });
      const [before = 0, after = 0] = ["before", "after"].map((name) =>
        packetsOf(readFileSync(path.join(folder, name), "utf8")),
      );
      return after - before;
    };
    expect(await measure("--ready-timeout=10000")).toBe(0);
    expect(await measure("--census")).toBeGreaterThan(100);
  },
);

/** Packets that lo has received: proc_pid_net(5), dev. */
function packetsOf(dev: string): number {
  const row = dev.split("\n").find((line) => line.trim().startsWith("lo:"));
  return Number(row?.trim().split(/\s+/)[2]);
}
