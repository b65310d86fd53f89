import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findProgram } from "../../runners/find-program.ts";
import { usableProcessors } from "../../runners/own-processor.ts";
import { umlRunner } from "../../runners/uml.ts";
import { describeTarget } from "../require-target.ts";
import { testElsewhere } from "./measured-elsewhere.ts";
import { measureOn, measureTable } from "./measure-on.ts";
import { descendantsNamed } from "./traces.ts";

describeTarget("uml", await umlRunner().availability(), () => {
  testElsewhere({
    runner: umlRunner(),
    file: "cases/linux/socket-7.yaml",
    process: "linux.uml",
    binders: [],
    killed: /^The kernel ended \(/,
  });

  test("is another kernel, with every address and account", { timeout: 180_000 }, async () => {
    const { target, outcomes, error } = await measureTable(umlRunner());
    expect(error).toBeUndefined();
    expect(target).toMatchObject({
      platform: { name: "linux", implements: "linux", version: expect.stringMatching(/^\d+\.\d+/) },
      os: { name: expect.stringMatching(/^User-mode Linux, /) },
      runtime: { "kernel below": expect.stringMatching(/^Linux \d/) },
      addresses: {
        ipv4: { specific2: "127.0.0.2" },
        ipv6: { specific: "::1", specific2: "fd00:b1d::2" },
      },
    });
    expect(target?.runtime["kernel below"]).not.toBe(target?.os.kernel);
    expect(outcomes).toEqual(new Set(["success", "error"]));
  });

  test("stays on one processor, as it has one", { timeout: 180_000 }, async ({ skip }) => {
    skip((await findProgram("taskset")) === null, "needs taskset");
    const processors: number[][] = [];
    const online = readFileSync("/sys/devices/system/cpu/online", "utf8");
    await measureOn(umlRunner(), {
      files: ["cases/linux/socket-7.yaml"],
      filter: "tcp/ipv4 none@wildcard > none@wildcard",
      each: () => {
        const status = readFileSync(`/proc/${descendantsNamed("linux.uml").at(-1)}/status`, "utf8");
        processors.push(usableProcessors(status, online));
      },
    });
    expect(processors.length).toBeGreaterThan(0);
    for (const each of processors) expect(each).toHaveLength(1);
  });
});
