import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { makeFolder } from "../program/bindcheck.ts";
import { installedFolder, packOnce, quickFolder } from "../program/packed.ts";
import { action, preparation, type Step } from "./files.ts";

const PAGE = readFileSync(fileURLToPath(new URL("../../docs/ci.md", import.meta.url)), "utf8");

/** The recipe under a heading, as it is written. */
function recipe(heading: string): string {
  const section = PAGE.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  return /^```\w+\n(.*?)^```$/ms.exec(section)?.[1] ?? "";
}

async function shell(command: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const ended = await execa("bash", ["-ec", command], { cwd, env, reject: false, all: true });
  return { exitCode: ended.exitCode, said: ended.all };
}

const OBSERVED = /^✓ .*; \d+ experiments? in /m;

describe.skipIf(process.platform !== "linux")("In an empty folder, as written,", () => {
  beforeAll(packOnce, 240_000);

  test("a run without any argument ends well.", { timeout: 180_000 }, async () => {
    const ended = await shell("npx bindcheck run", await installedFolder());
    expect(ended.exitCode, ended.said).toBe(0);
  });

  test("the recipes name the version that the package has.", () => {
    const versions = [...PAGE.matchAll(/bindcheck@v?([\d.]+)/g)].map(([, version]) => version);
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(new Set(versions)).toEqual(new Set([manifest.version]));
  });

  test("GitHub: what the actions do on Linux.", { timeout: 240_000 }, async ({ skip }) => {
    const isolated = await execa("unshare", ["-rn", "true"], { reject: false });
    skip(isolated.exitCode !== 0, "it prepares addresses, in a namespace of its own");
    const { jobs } = parse(recipe("GitHub Actions")) as { jobs: { ports: { steps: Step[] } } };
    const [, measure] = jobs.ports.steps;
    const folder = await makeFolder();
    writeFileSync(path.join(folder, "out"), "");
    const env = { RUNNER_TEMP: folder, GITHUB_OUTPUT: "out", GITHUB_STEP_SUMMARY: "summary.md" };
    // What "Install bindcheck" leaves; run-lines.test.ts runs that.
    renameSync(await quickFolder(), path.join(folder, "bindcheck"));
    const run = action.content.runs.steps.find(({ name }) => name === "Measure");
    const { outputs } = parse(preparation.text) as { outputs: { require: { value: string } } };
    const require = / \|\| '(.*)'/.exec(outputs.require.value)?.[1] ?? "";
    const given = String(measure?.with?.["arguments"]).replace(
      "${{ steps.prepare.outputs.require }}",
      require,
    );
    expect(given).toBe("--require=ipv4-specific2,ipv6-specific2");
    const [prepare] = preparation.content.runs.steps;
    const inside = `ip link set lo up; ${prepare?.run?.replace("sudo ", "")}\n${run?.run}`;
    const variables = { FILES: "", KNOWN: "", ARGUMENTS: given, OUT: "results", PLATFORM: "linux" };
    const ended = await execa("unshare", ["-rn", "bash", "-ec", inside], {
      cwd: folder,
      env: { ...env, ...variables },
      reject: false,
    });
    expect(ended.exitCode).toBe(0);
    expect(existsSync(path.join(folder, "results", "report.html"))).toBe(true);
  });

  test("GitLab: two shards, and the gate.", { timeout: 240_000 }, async () => {
    const { linux, gate } = parse(recipe("GitLab")) as Record<
      string,
      { parallel: number; script: string[] }
    >;
    const folder = await quickFolder();
    const total = String(linux?.parallel);
    for (const index of ["1", "2"]) {
      const env = { CI_NODE_INDEX: index, CI_NODE_TOTAL: total };
      const measured = await shell(linux?.script[0] ?? "", folder, env);
      expect(measured).toMatchObject({
        exitCode: 0,
        said: expect.stringMatching(OBSERVED) as string,
      });
    }
    const merging = gate?.script[0] ?? "";
    const lacking = await shell(merging, folder);
    expect(lacking.exitCode).toBe(3);
    // No Windows is here to measure: the same files stand for its shards.
    for (const index of ["1", "2"])
      cpSync(
        path.join(folder, `results/linux_${index}`),
        path.join(folder, `results/windows_${index}`),
        { recursive: true },
      );
    expect(await shell(merging, folder)).toMatchObject({
      exitCode: 0,
      said: expect.stringMatching(OBSERVED) as string,
    });
    expect(existsSync(path.join(folder, "merged/report.html"))).toBe(true);
  });

  test("Azure Pipelines: a machine, and the gate.", { timeout: 240_000 }, async () => {
    type AzureJob = { job: string; steps: { script?: string; publish?: string }[] };
    const { jobs } = parse(recipe("Azure Pipelines")) as { jobs: AzureJob[] };
    const scripts = jobs.map(({ steps }) => steps.find(({ script }) => script)?.script ?? "");
    const folder = await quickFolder();
    const measured = await shell(scripts[0] ?? "", folder);
    expect(measured).toMatchObject({
      exitCode: 0,
      said: expect.stringMatching(OBSERVED) as string,
    });
    // As artifacts are laid out there; no Windows is here to measure.
    for (const machine of ["windows-2022", "windows-2025", "linux"])
      cpSync(path.join(folder, "results"), path.join(folder, machine), { recursive: true });
    const merged = await shell(scripts[1]?.replace("$(Pipeline.Workspace)", folder) ?? "", folder);
    expect(merged).toMatchObject({ exitCode: 0, said: expect.stringMatching(OBSERVED) as string });
  });

  test("Jenkins: a machine, and the gate.", { timeout: 240_000 }, async () => {
    const text = recipe("Jenkins");
    const [, run = ""] = /def run = '(.*)' \+ MACHINE/.exec(text) ?? [];
    const [, gate = ""] = /sh '''(.*?)'''/s.exec(text) ?? [];
    const folder = await quickFolder();
    const measured = await shell(`${run}linux`, folder);
    expect(measured).toMatchObject({
      exitCode: 0,
      said: expect.stringMatching(OBSERVED) as string,
    });
    const lacking = await shell(gate, folder);
    expect(lacking.exitCode).toBe(3);
    for (const machine of ["windows-2016", "windows-2022"]) {
      mkdirSync(path.join(folder, machine));
      cpSync(
        path.join(folder, "linux/results.ndjson"),
        path.join(folder, machine, "results.ndjson"),
      );
    }
    expect(await shell(gate, folder)).toMatchObject({
      exitCode: 0,
      said: expect.stringMatching(OBSERVED) as string,
    });
  });

  test("a draft of known deviations makes the same run good.", { timeout: 180_000 }, async () => {
    const folder = await quickFolder();
    await shell(
      "npx bindcheck run --known none --write-known mine.yaml --document node-dgram/reuse-addr",
      folder,
    );
    const draft = path.join(folder, "mine.yaml");
    writeFileSync(draft, readFileSync(draft, "utf8").replaceAll('reason: ""', "reason: seen"));
    const own = "npx bindcheck run --known none --known mine.yaml --document node-dgram/reuse-addr";
    expect(await shell(own, folder)).toMatchObject({ exitCode: 0 });
  });
});
