import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { PROGRAM, makeFolder, readStream } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";

// A network where an address stays tentative for seconds (ip-sysctl.rst: dad_transmits, one each second).
const setUp = (seconds: number): string[] => [
  "set -e",
  "ip link set lo up",
  "ip link add v0 type veth peer name v1",
  `echo ${seconds} >/proc/sys/net/ipv6/conf/v0/dad_transmits`,
  "ip link set v0 up; ip link set v1 up",
  "ip -6 addr add fd00:b1d::7/64 dev v0",
];
const inNamespace = (script: readonly string[]) =>
  execa("unshare", ["--map-root-user", "--net", "sh", "-c", script.join("\n")], { reject: false });

const { stdout } = await inNamespace([...setUp(60), "ip -6 addr show dev v0 tentative"]);

describeTarget(
  "netns",
  stdout.includes("fd00:b1d::7")
    ? { here: true, what: "a network of its own" }
    : { here: false, why: "no address is tentative", mend: "apt-get install iproute2" },
  () => {
    test(
      "A fresh IPv6 address is measured as soon as it can be bound.",
      { timeout: 180_000 },
      async () => {
        const results = path.join(await makeFolder(), "results.ndjson");
        const run = [process.execPath, PROGRAM, "run", "--protocol", "udp", "--family", "ipv6"];
        const more = ["--require", "ipv6-specific2", "--reporter", `ndjson=${results}`];
        const { exitCode } = await inNamespace([
          ...setUp(4),
          `exec ${[...run, ...more, "--filter", "specific2"].join(" ")}`,
        ]);
        const outcomes = readStream(results).flatMap((line) =>
          line.type === "observation" ? [line.outcome.kind] : [],
        );
        expect(outcomes).not.toContain("broken");
        expect(outcomes).toContain("success");
        expect(exitCode).toBe(0);
      },
    );
  },
);
