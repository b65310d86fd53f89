import { readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { AuditReport } from "../../harness/audit/audit-report.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { findPort } from "../find-port.ts";
import { makeFolder, PROGRAM } from "../program/bindcheck.ts";
import { auditServer, ownServer } from "./audit.ts";

const hasNamespaces = process.geteuid?.() === 0 && (await netnsRunner().availability()).here;

test.runIf(hasNamespaces)(
  "Without arguments all that listens here is audited, the most dangerous first.",
  async () => {
    const folder = await makeFolder();
    const script = `ip link set lo up
"$0" "$2" 7001 127.0.0.1 >/dev/null & "$0" "$3" 7002 reuseAddr >/dev/null & "$0" "$3" 7003 >/dev/null &
until [ "$(cat /proc/net/tcp /proc/net/udp | grep -c ':1B5[9AB] ')" = 3 ]; do sleep 0.05; done
"$0" "$1" audit --reporter pretty --reporter json="$4/report.json"; echo "ended $?"
kill %1 %2 %3`;
    const [http = "", datagram = ""] = ["http", "datagram"].map((name) => ownServer(name)[1]);
    const words = [process.execPath, PROGRAM, http, datagram, folder];
    const { stdout } = await execa("unshare", ["--net", "bash", "-c", script, ...words]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("1 hijackable, 2 exclusive");
    expect(lines[1]).toMatch(
      /^hijackable {7}udp 0\.0\.0\.0:7002 {2}held by .*datagram\.mjs.*nobody.*to close it: leave reuseAddr out$/,
    );
    expect(lines[2]).toMatch(/^exclusive {8}udp 0\.0\.0\.0:7003 {2}held by .*datagram\.mjs 7003/);
    expect(lines[3]).toMatch(/^exclusive {8}tcp 127\.0\.0\.1:7001 {2}held by .*http\.mjs 7001/);
    expect(lines[4]).toMatch(/^not seen: what listens in \d+ other network namespace/);
    expect(lines.at(-1)).toBe("ended 1");
    const report = JSON.parse(
      readFileSync(path.join(folder, "report.json"), "utf8"),
    ) as AuditReport;
    expect(report).toMatchObject({ command: null, port: null, census: null });
    expect(report.listeners).toHaveLength(3);
  },
);

test("A number alone is a port.", async () => {
  const port = String(await findPort());
  await expect(auditServer(port)).rejects.toThrow(`no process on this machine holds port ${port}:`);
});
