import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { findDebianSource } from "../../runners/versions/debian-source.ts";
import type { Availability } from "../../runners/runner.ts";
import { umlRunner } from "../../runners/uml.ts";
import {
  bindcheck,
  makeFolder,
  readStream,
  startBindcheck,
  type Ended,
} from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";

const OLD = "gvisor@20221219";
const NEW = "gvisor@20240729";
const NOBODY = 65_534;
const MINUTES = { timeout: 300_000 };

async function versionsAvailability(): Promise<Availability> {
  try {
    await findDebianSource();
    return { here: true, what: "Debian's packages" };
  } catch (error) {
    return { here: false, why: (error as Error).message, mend: "use a Debian machine" };
  }
}

/** Command lines of running processes that name a folder. */
function commandsWith(folder: string): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(commandOf).filter((command) => command.includes(folder));
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has ended
  }
}

describeTarget("versions", await versionsAvailability(), () => {
  let cache = "";
  const run = (words: readonly string[]): Promise<Ended> =>
    bindcheck(words, { env: { XDG_CACHE_HOME: cache } });
  beforeAll(async () => {
    cache = await makeFolder();
  });

  test("a killed installation leaves nothing that is used", MINUTES, async () => {
    const installing = startBindcheck(["versions", "--install", NEW], {
      env: { XDG_CACHE_HOME: cache },
    });
    installing.stderr?.once("data", () => installing.kill("SIGKILL"));
    expect((await installing).signal).toBe("SIGKILL");
    await vi.waitFor(() => expect(commandsWith(cache)).toEqual([]), { timeout: 60_000 });
    const { stdout } = await run(["versions"]);
    expect(stdout).toMatch(new RegExp(`^${NEW} +(can be installed: |this machine's own)`, "m"));
    expect(stdout).not.toContain("installed in");
  });

  test("two versions are installed, measured in one run and compared", MINUTES, async () => {
    const installed = await run(["versions", "--install", OLD, NEW]);
    expect(installed.stdout.match(/^gvisor@\d+ is in .+$/gm)).toHaveLength(2);
    const results = path.join(cache, "results.ndjson");
    const asked = ["--on", OLD, "--on", NEW, "--filter", "connection-twice"];
    const reporter = ["--reporter", `ndjson=${results}`];
    const file = "cases/gvisor/socket-test-steps.yaml";
    const { exitCode } = await run(["run", file, ...asked, ...reporter]);
    expect([0, 1]).toContain(exitCode);
    const targets = readStream(results).filter((line) => line.type === "target");
    expect(targets.map(({ target }) => target).toSorted()).toEqual([OLD, NEW]);
    const { stdout } = await run(["matrix", results]);
    expect(stdout).toContain("connect EADDRINUSE | 0.0~20240729.0 connect EADDRNOTAVAIL");
    expect(stdout).toContain("first change with 0.0~20240729.0");
  });

  test("an installed version can be removed", MINUTES, async () => {
    expect((await run(["versions", "--remove", NEW])).stdout).toBe(`${NEW} is removed`);
    const again = await run(["versions", "--remove", NEW]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toBe(`'${NEW}' is unknown (allowed: ${OLD}) (did you mean '${OLD}'?)`);
  });

  test("a version that is not here is that target's trouble, with the command that gets it", async () => {
    const { exitCode, stdout } = await run(["run", "--on", "wine@1.0", "--reporter", "pretty"]);
    expect(exitCode).toBe(3);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "wine@1.0 is not here; get it with: bindcheck versions --install wine@1.0",
    );
  });
});

describeTarget("uml", await umlRunner().availability(), () => {
  test.skipIf(process.getuid?.() !== 0)(
    "an installed version needs no root",
    { timeout: 180_000 },
    async ({ skip }) => {
      const folder = await makeFolder();
      chmodSync(folder, 0o777);
      // This machine's own kernel in the place of another release's.
      const root = path.join(folder, "bindcheck/versions/uml-0.1");
      mkdirSync(root, { recursive: true });
      symlinkSync("/usr", path.join(root, "usr"));
      const asked = ["--on", "uml@0.1", "--protocol", "udp", "--family", "ipv6"];
      const filter = ["--filter", "SO_REUSEADDR@specific > none@specific"];
      const { exitCode, stdout } = await bindcheck(
        [
          "run",
          "cases/linux/socket-7.yaml",
          ...asked,
          ...filter,
          "--out",
          path.join(folder, "out"),
        ],
        { uid: NOBODY, gid: NOBODY, env: { XDG_CACHE_HOME: folder, TMPDIR: folder, HOME: folder } },
      );
      skip(stdout.includes("Operation not permitted"), "this system does not allow it");
      expect(stdout.split("\n").at(-1)).toMatch(/^✓ All \d+ claims held; /);
      expect(exitCode).toBe(0);
    },
  );
});
