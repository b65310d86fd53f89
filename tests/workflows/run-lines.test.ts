import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { addressMend } from "../../harness/experiments/requirements.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { checkOut } from "../program/packed.ts";
import { action, jobs, linuxCommands, type Step } from "./files.ts";

const CASES = `document:
  id: mine
  title: Mine
  section: All
  url: https://example.org/
  kind: measured
applies-to: { platform: any }
matrix: { protocol: [tcp, udp], family: ipv4 }
table:
  first: [{ options: none, address: specific }]
  second: [{ options: none, address: specific, expect: [EADDRINUSE | 10048] }]
`;

// util-linux: a network namespace of its own, so that nothing of this machine changes.
const UNSHARE = "unshare";

const executed = new Set<string>();
let folder = "";

/** Runs the command of a step as GitHub's runner does. */
async function runStep(
  steps: readonly Step[] | undefined,
  name: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const run = steps?.find((step) => step.name === name)?.run ?? "";
  if (run === "") throw new Error(`there is no step '${name}'`);
  executed.add(run);
  const env = {
    RUNNER_TEMP: path.join(folder, "temp"),
    GITHUB_OUTPUT: path.join(folder, "output"),
    GITHUB_STEP_SUMMARY: path.join(folder, "summary.md"),
    GITHUB_WORKSPACE: folder,
    ...variables,
  };
  const strict = ["--noprofile", "--norc", "-eo", "pipefail", "-c", run];
  return execa("bash", strict, { cwd: folder, env, reject: false });
}

function stepsOf(job: string): readonly Step[] | undefined {
  return new Map(jobs).get(`.github/workflows/${job}`)?.steps;
}

describe.skipIf(process.platform !== "linux")("What the workflows run on Linux works:", () => {
  beforeAll(async () => {
    folder = await makeFolder();
    checkOut(folder);
    writeFileSync(path.join(folder, "mine.yaml"), CASES);
    mkdirSync(path.join(folder, "temp"));
    const packed = await runStep(stepsOf("compat.yml package"), "Build and pack");
    if (packed.exitCode !== 0) throw new Error(packed.stderr);
    const installed = await runStep(action.content.runs.steps, "Install bindcheck", {
      PACKAGE: "package/bindcheck.tgz",
      npm_config_prefer_offline: "true",
    });
    if (installed.exitCode !== 0) throw new Error(installed.stderr);
  }, 240_000);

  test("the second address is added as bindcheck itself advises.", async () => {
    const [step] = (stepsOf("compat.yml measure") ?? []).filter((each) =>
      each.if?.includes("Linux"),
    );
    const run = step?.run ?? "";
    executed.add(run);
    expect(`add one: ${run}`).toBe(addressMend("ipv6", "linux"));
    const bare = run.replace(/^sudo /, "");
    const isolated = await execa(UNSHARE, ["-rn", "true"], { reject: false });
    if (isolated.exitCode !== 0) return;
    const added = await execa(UNSHARE, ["-rn", "bash", "-ec", `${bare}; ip -6 addr`]);
    expect(added.stdout).toContain("fd00:b1d::2/128");
  });

  test("the action measures shards, and the merge makes one result of them.", async () => {
    for (const shard of [1, 2]) {
      const out = `results/linux_ipv4_${shard}`;
      const measured = await runStep(action.content.runs.steps, "Measure", {
        FILES: "mine.yaml",
        KNOWN: "",
        ARGUMENTS: `--family=ipv4\n\n--shard=${shard}/2\n`,
        OUT: out,
      });
      expect(measured).toMatchObject({ exitCode: 0, stderr: "", stdout: "" });
      for (const name of ["results.ndjson", "junit.xml", "report.html", "summary.md"])
        expect(existsSync(path.join(folder, out, name)), name).toBe(true);
    }
    const summary = path.join(folder, "summary.md");
    expect(readFileSync(path.join(folder, "output"), "utf8")).toBe("exit-code=0\nexit-code=0\n");
    expect(readFileSync(summary, "utf8").match(/^## bindcheck/gm)).toHaveLength(2);

    const steps = stepsOf("compat.yml merge");
    const offline = { npm_config_prefer_offline: "true" };
    expect(await runStep(steps, "Install bindcheck", offline)).toMatchObject({ exitCode: 0 });
    const merged = await runStep(steps, "Make one result of all", { EXPECTED: "2" });
    expect(merged).toMatchObject({ exitCode: 0, stderr: "" });
    expect(readFileSync(summary, "utf8")).toContain("linux");
    expect(existsSync(path.join(folder, "merged", "report.html"))).toBe(true);
    expect(await runStep(steps, "Make one result of all", { EXPECTED: "3" })).toMatchObject({
      exitCode: 2,
      stdout: "::error::2 results of 3 are there",
    });
  });

  test("the action fails where the run does, with annotations and summary.", async () => {
    const expectation = "expect: [EADDRINUSE | 10048]";
    writeFileSync(path.join(folder, "wrong.yaml"), CASES.replace(expectation, "expect: [success]"));
    writeFileSync(path.join(folder, "summary.md"), "");
    const variables = { FILES: "wrong.yaml", KNOWN: "", ARGUMENTS: "--confirm=0", OUT: "wrong" };
    const measured = await runStep(action.content.runs.steps, "Measure", variables);
    expect(measured.exitCode).toBe(1);
    expect(measured.stdout).toMatch(/^::error file=wrong\.yaml,line=11,col=\d+,title=local%3A /m);
    expect(readFileSync(path.join(folder, "summary.md"), "utf8")).toContain("contradicted");
  });

  test("a release publishes the package that was measured, under its own version.", async () => {
    const steps = stepsOf("release.yml publish");
    const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    const tagged = (tag: string) =>
      runStep(steps, "The tag is the package's version", { GITHUB_REF_NAME: tag });
    expect(await tagged(`v${version}`)).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await tagged("v9.9.9")).toMatchObject({ exitCode: 1 });
    const published = await runStep(steps, "Publish", { npm_config_dry_run: "true" });
    expect(published).toMatchObject({ exitCode: 0, stdout: `+ bindcheck@${version}` });
  });

  test("nothing else is run there but what .ci/run runs too.", () => {
    const script = readFileSync(fileURLToPath(new URL("../../.ci/run", import.meta.url)), "utf8");
    expect(script).toMatch(/^npm cit \|\| /m);
    expect(script).toMatch(/npm run check/);
    const known = [...executed, "npm ci", "npm cit", "npm run check"];
    expect(linuxCommands().filter((command) => !known.includes(command))).toEqual([]);
  });
});
