import { expect, test } from "vitest";
import { umlRunner } from "../../runners/uml.ts";
import { describeTarget } from "../require-target.ts";
import { testElsewhere } from "./measured-elsewhere.ts";
import { measureTable } from "./measure-on.ts";

describeTarget("uml", await umlRunner().availability(), () => {
  testElsewhere({
    runner: umlRunner(),
    file: "cases/linux/socket-7.yaml",
    process: "linux.uml",
    binders: [],
    killed: /^The kernel ended \(/,
  });

  test("is another kernel, with every address and account", { timeout: 120_000 }, async () => {
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
});
