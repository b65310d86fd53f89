import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import type { Availability } from "../../runners/runner.ts";
import { findProgram } from "../../runners/find-program.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { describeTarget } from "../require-target.ts";
import { makeFolder, readStream } from "./bindcheck.ts";

/** What a run says of each claim, in a network namespace that a script has changed. */
async function wordsAfter(script: string): Promise<Record<string, number>> {
  const stream = path.join(await makeFolder(), "results.ndjson");
  const run = `"$1" dist/bindcheck.cjs run cases/linux/who-receives.yaml \\
    --protocol tcp --family ipv4 --timeout 1000 --reporter ndjson="$2"`;
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const words = [...user, "--net", "sh", "-c", `${script}\n${run}`, "sh", process.execPath, stream];
  const { status } = spawnSync("unshare", words, { stdio: "ignore" });
  expect(status).toBe(3);
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

const nft = await findProgram("nft");
const firewall: Availability =
  nft === null
    ? { here: false, why: "there is no nft", mend: "apt-get install nftables" }
    : { here: true, what: nft };

describeTarget("nft", firewall, () => {
  test("Behind a firewall on loopback, who receives is broken and never contradicted.", async () => {
    const rules = `ip link set lo up
nft add table inet t
nft add chain inet t c '{ type filter hook input priority 0; }'
nft add rule inet t c iif lo reject`;
    const words = await wordsAfter(rules);
    expect(words).not.toHaveProperty("contradicted");
    expect(words["control-failed"]).toBeGreaterThan(0);
  });
});
