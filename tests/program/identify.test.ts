import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

interface Ranking {
  readonly target: string;
  readonly protocol: string;
  readonly documents: readonly { document: string; share: number; applies: boolean }[];
}

test.skipIf(process.platform !== "linux")(
  "This machine is what socket(7) describes, over TCP and UDP.",
  async () => {
    const folder = await makeFolder();
    const results = path.join(folder, "bindcheck-results", "results.ndjson");
    const parameters = ["run", "--document", "socket-7/bound", "--reporter", `ndjson=${results}`];
    await bindcheck(parameters, { cwd: folder });
    const { exitCode, stdout } = await bindcheck(["identify", "--json"], { cwd: folder });
    expect(exitCode).toBe(0);
    const rankings = JSON.parse(stdout) as Ranking[];
    expect(rankings.map(({ target, protocol }) => `${target} ${protocol}`)).toEqual([
      "local tcp",
      "local udp",
    ]);
    for (const { documents } of rankings)
      expect(documents[0]).toMatchObject({ document: "socket-7/bound", share: 1, applies: true });
    const text = await bindcheck(["identify"], { cwd: folder });
    expect(text.stdout).toMatch(/^ {2}100\.0 % {2}78 of 78 +socket-7\/bound$/m);
  },
);

test.skipIf(process.platform !== "linux")(
  "A document of the caller's own file is ranked; scenarios are not.",
  async () => {
    const folder = await makeFolder();
    const own = readFileSync("cases/linux/socket-7.yaml", "utf8").replaceAll("socket-7/", "mine/");
    writeFileSync(path.join(folder, "mine.yaml"), own);
    const results = path.join(folder, "bindcheck-results", "results.ndjson");
    const scenarios = path.resolve("cases/linux/bind-wildcard-sequences.yaml");
    const run = ["run", "mine.yaml", scenarios, "--reporter", `ndjson=${results}`];
    await bindcheck(run, { cwd: folder });
    const { stdout } = await bindcheck(["identify", "--json"], { cwd: folder });
    const ranked = (JSON.parse(stdout) as Ranking[]).flatMap(({ documents }) => documents);
    expect(ranked.map(({ document }) => document)).toContain("mine/bound");
    expect(ranked.map(({ document }) => document)).not.toContain("bind-wildcard/sequences");
  },
);
