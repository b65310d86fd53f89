import { chmodSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { StartBinder } from "../../harness/binder-client/binder-process.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { HAPPENED, bindcheck, makeFolder, readStream } from "../program/bindcheck.ts";
import { childrenOf } from "../program/processes.ts";
import { describeTarget } from "../require-target.ts";
import { testElsewhere } from "./measured-elsewhere.ts";
import { measureOn, measureTable } from "./measure-on.ts";
import { descendantsNamed } from "./traces.ts";

// nobody's, on every system.
const NOBODY = 65_534;

describeTarget("netns", await netnsRunner().availability(), () => {
  testElsewhere({
    runner: netnsRunner(),
    file: "cases/linux/socket-7.yaml",
    process: "unshare",
    binders: ["binder.cjs"],
    killed: /^The namespaces were lost \(killed by SIGKILL/,
  });

  test("is what was lost when no binder starts in it any more", { timeout: 180_000 }, async () => {
    const { error } = await measureOn(
      {
        ...netnsRunner(),
        async open(preparation) {
          const target = await netnsRunner().open(preparation);
          const [unshare] = descendantsNamed("unshare");
          if (unshare === undefined) throw new Error("there is no unshare to stop");
          // The namespaces have ended, but what tells so has not until a binder could not be started.
          process.kill(unshare, "SIGSTOP");
          for (const first of childrenOf(unshare)) process.kill(first, "SIGKILL");
          let isStopped = true;
          const start: StartBinder = (events) => {
            const onEnd = (how: string): void => {
              if (isStopped) process.kill(unshare, "SIGCONT");
              isStopped = false;
              events.onEnd(how);
            };
            return target.start({ ...events, onEnd });
          };
          return { ...target, start };
        },
      },
      { files: ["cases/linux/socket-7.yaml"] },
    );
    expect(error?.message).toMatch(/^The namespaces were lost \(/);
  });

  test("has every address, and as root every account", { timeout: 180_000 }, async () => {
    const { target, outcomes, error } = await measureTable(netnsRunner());
    expect(error).toBeUndefined();
    expect(target).toMatchObject({
      target: "netns",
      platform: { name: "linux", implements: "linux" },
      runtime: { isolation: expect.stringMatching(/namespaces$/) },
      addresses: {
        ipv4: { specific2: "127.0.0.2" },
        ipv6: { specific: "::1", specific2: "fd00:b1d::2" },
      },
    });
    const allowed =
      process.getuid?.() === 0 ? ["success", "error"] : ["success", "error", "skipped"];
    expect(allowed).toEqual(expect.arrayContaining([...outcomes]));
  });

  let folder = "";
  beforeAll(async () => {
    folder = await makeFolder();
    chmodSync(folder, 0o777);
  });

  test.skipIf(process.getuid?.() !== 0)(
    "needs no root, but then has no second account",
    { timeout: 180_000 },
    async ({ skip }) => {
      const stream = join(folder, "results.ndjson");
      const files = ["cases/linux/socket-7.yaml", "cases/linux/other-account.yaml"];
      const run = ["run", ...files, "--protocol", "udp", "--on", "netns"];
      const ended = await bindcheck([...run, "--reporter", `ndjson=${stream}`], {
        uid: NOBODY,
        gid: NOBODY,
        env: { TMPDIR: folder, HOME: folder },
      });
      const lines = readStream(stream);
      const problem = lines.find((line) => line.type === "target-problem")?.problem;
      skip(problem?.includes("this system does not allow it") === true, problem);
      expect(ended).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(HAPPENED),
        stderr: "",
      });
      const skips = lines.flatMap((line) =>
        line.type === "observation" && line.outcome.kind === "skipped" ? [line.outcome] : [],
      );
      expect(skips).not.toEqual([]);
      expect(new Set(skips.map(({ reason, detail }) => `${reason}: ${detail}`))).toEqual(
        new Set([
          "needs-privilege: this user namespace does not know the user 'nobody': run with sudo",
        ]),
      );
    },
  );
});
