import { expect, test } from "vitest";
import { gvisorRunner } from "../../runners/gvisor.ts";
import { describeTarget } from "../require-target.ts";
import { testElsewhere } from "./measured-elsewhere.ts";
import { measureTable } from "./measure-on.ts";

describeTarget("gvisor", await gvisorRunner().availability(), () => {
  testElsewhere({
    runner: gvisorRunner(),
    file: "cases/linux/socket-7.yaml",
    process: "runsc-sandbox",
    binders: ["binder.cjs"],
    killed: /^(The sandbox was lost|no binder can be started)/,
  });

  test("two sandboxes run at the same time", { timeout: 180_000 }, async () => {
    const { signal } = new AbortController();
    const open = () => gvisorRunner().open({ signal, say: () => undefined });
    const opened = await Promise.allSettled([open(), open()]);
    for (const each of opened) if (each.status === "fulfilled") await each.value.close();
    const reasons = opened.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(reasons).toEqual([]);
  });

  test("names gVisor and has every address and account", { timeout: 180_000 }, async () => {
    const { target, outcomes, error } = await measureTable(gvisorRunner());
    expect(error).toBeUndefined();
    expect(target).toMatchObject({
      platform: { name: "gvisor", implements: "linux" },
      os: { name: expect.stringMatching(/^gVisor \d/) },
      runtime: {
        gvisor: expect.stringMatching(/^\d/),
        "kernel below": expect.stringMatching(/^Linux \d/),
      },
      addresses: {
        ipv4: { specific2: "127.0.0.2" },
        ipv6: { specific: "::1", specific2: expect.stringMatching(/^fd00:b1d::[12]$/) },
      },
    });
    expect(outcomes).toEqual(new Set(["success", "error"]));
  });
});
