import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import type { Availability } from "../../runners/runner.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { describeTarget } from "../require-target.ts";
import { makeFolder, readStream } from "./bindcheck.ts";

/** Runs a script of the shell in a network namespace of its own; it ends at the first command that fails. */
function inNamespace(script: string, ...words: readonly string[]): SpawnSyncReturns<string> {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  // Debian leaves the folders of ip and nft out of a user's PATH.
  const whole = `PATH=$PATH:/usr/sbin:/sbin\n${script}`;
  const shell = ["--net", "sh", "-ec", whole, "sh", ...words];
  return spawnSync("unshare", [...user, ...shell], { encoding: "utf8" });
}

/** What a run says of each claim, in a network namespace that a script has changed. */
async function wordsAfter(script: string): Promise<Record<string, number>> {
  const stream = path.join(await makeFolder(), "results.ndjson");
  const run = `"$1" dist/bindcheck.cjs run cases/linux/who-receives.yaml \\
    --protocol tcp --family ipv4 --timeout 1000 --quiet --reporter ndjson="$2"`;
  const { status, stderr } = inNamespace(`${script}\n${run}`, process.execPath, stream);
  expect({ status, stderr }).toEqual({ status: 3, stderr: "" });
  const counts: Record<string, number> = {};
  for (const line of readStream(stream)) {
    if (line.type !== "verdict") continue;
    const word = line.reason === "control-failed" ? line.reason : line.verdict;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

describeTarget("netns", await netnsRunner().availability(), () => {
  test("Without a loopback interface, who receives is broken and never contradicted.", async () => {
    const words = await wordsAfter("true");
    expect(words).not.toHaveProperty("contradicted");
    expect(words["control-failed"]).toBeGreaterThan(0);
  });
});

const REJECT_ALL = `ip link set lo up
nft add table inet t
nft add chain inet t c '{ type filter hook input priority 0; }'
nft add rule inet t c iif lo reject`;

/** A kernel may lack what the program asks for, so the rules are tried. */
function firewall(): Availability {
  const { status, stderr, error } = inNamespace(REJECT_ALL);
  if (status === 0) return { here: true, what: "a firewall in a network namespace" };
  const why = error?.message ?? stderr.split("\n", 1)[0] ?? "";
  return { here: false, why, mend: "apt-get install nftables iproute2" };
}

describeTarget("nft", firewall(), () => {
  test("Behind a firewall on loopback, who receives is broken and never contradicted.", async () => {
    const words = await wordsAfter(REJECT_ALL);
    expect(words).not.toHaveProperty("contradicted");
    expect(words["control-failed"]).toBeGreaterThan(0);
  });
});
