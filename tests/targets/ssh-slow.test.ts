import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bindcheck, makeFolder, observationsOf, readStream } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { openSlowWay, type SlowWay } from "./slow-way.ts";
import { sshServerAvailability } from "./ssh-server-availability.ts";
import { startSshServer, type SshServer } from "./ssh-server.ts";

// A host across the world, by a line of the past.
const SLOW = { roundTripMs: 100, bitsPerSecond: 1_000_000 };

describeTarget("ssh", await sshServerAvailability(), () => {
  let folder = "";
  let server: SshServer;
  let way: SlowWay;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "ssh-slow-"));
    const there = path.join(folder, "there");
    mkdirSync(there);
    for (const each of [folder, there]) chmodSync(each, 0o755);
    const PATH = `${path.dirname(process.execPath)}:/usr/bin:/bin`;
    server = await startSshServer(folder, { PATH, TMPDIR: there });
    way = await openSlowWay(server.port, SLOW);
    server.isAlsoAt(way.port);
  });
  afterAll(async () => {
    way.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => vi.stubEnv("PATH", `${server.programs}:${process.env["PATH"]}`));
  afterEach(() => vi.unstubAllEnvs());

  test.each([["cases/linux/socket-7.yaml"], ["everything"]])(
    "%s is observed over a slow line as on this machine",
    { timeout: 300_000 },
    async (what) => {
      const stream = path.join(await makeFolder(), "results.ndjson");
      const observed = [];
      for (const target of ["local", `ssh:127.0.0.1:${way.port}`]) {
        const files = what === "everything" ? [] : [what];
        await bindcheck(["run", ...files, "--on", target, `--reporter=ndjson=${stream}`]);
        const lines = readStream(stream);
        expect(lines.filter(({ type }) => type === "target-problem")).toEqual([]);
        const found = [...observationsOf(lines)].filter(([id]) => !CHOOSES_PORT.test(id));
        observed.push(
          new Map(found.map(([id, line]) => [id, withoutShares({ ...line, target: "" })])),
        );
      }
      expect(observed[0]?.size).toBeGreaterThan(200);
      expect(observed[1]).toEqual(observed[0]);
    },
  );
});

// Its port is one that the system chooses for a connection, which a connection of another program may have too.
const CHOOSES_PORT = /scenario listener-on-the-port-of-a-/;

/** Who got something counts; how much is the kernel's choice. */
function withoutShares(observation: object): string {
  return JSON.stringify(observation, (name, value: unknown) =>
    name === "shares" && typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([socket, count]) => (count > 0 ? [socket] : []))
      : value,
  );
}
