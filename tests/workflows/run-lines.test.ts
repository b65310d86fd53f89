import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { addressMend } from "../../harness/experiments/requirements.ts";
import { HAPPENED, makeFolder } from "../program/bindcheck.ts";
import { checkOut } from "../program/packed.ts";
import { action, jobs, linuxCommands, preparation, type Step } from "./files.ts";

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

const REPORTS = ["results.ndjson", "junit.xml", "report.html", "summary.md"];

// util-linux: a network namespace of its own, so that nothing of this machine changes.
const UNSHARE = "unshare";

const REPOSITORY = {
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "somebody/port-checks",
};

const executed = new Set<string>();
let folder = "";

/** Runs the command of a step as GitHub's runner does. */
async function runStep(
  steps: readonly Step[] | undefined,
  name: string,
  variables: Readonly<Record<string, string>> = {},
  more = "",
) {
  const run = steps?.find((step) => step.name === name)?.run ?? "";
  if (run === "") throw new Error(`there is no step '${name}'`);
  executed.add(run);
  const env = {
    RUNNER_TEMP: path.join(folder, "temp"),
    GITHUB_OUTPUT: path.join(folder, "output"),
    GITHUB_STEP_SUMMARY: path.join(folder, "summary.md"),
    GITHUB_WORKSPACE: folder,
    // Progress would come or not, by how long a run takes.
    CI: "",
    ...variables,
  };
  const strict = ["--noprofile", "--norc", "-eo", "pipefail", "-c", `${run.trimEnd()}${more}`];
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
    const packed = await runStep(stepsOf("compat.yml package"), "Build and pack", REPOSITORY);
    if (packed.exitCode !== 0) throw new Error(packed.stderr);
    const installed = await runStep(action.content.runs.steps, "Install bindcheck", {
      PACKAGE: "package/bindcheck.tgz",
      npm_config_prefer_offline: "true",
    });
    if (installed.exitCode !== 0) throw new Error(installed.stderr);
  }, 240_000);

  test("the second address is added as bindcheck itself advises.", async () => {
    const step = preparation.content.runs.steps.find((each) => each.if?.includes("Linux"));
    const run = (step?.run ?? "").trim();
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
        PLATFORM: "linux",
      });
      expect(measured).toMatchObject({ exitCode: 0, stdout: "" });
      expect(measured.stderr.split("\n")).toEqual([
        expect.stringMatching(HAPPENED),
        expect.stringMatching(
          /^next: give every entry of results\/\S+ a reason, then: bindcheck run /,
        ),
      ]);
      for (const name of [...REPORTS, "known-deviations.yaml"])
        expect(existsSync(path.join(folder, out, name)), name).toBe(true);
    }
    const summary = path.join(folder, "summary.md");
    expect(readFileSync(path.join(folder, "output"), "utf8")).toBe("exit-code=0\nexit-code=0\n");
    expect(readFileSync(summary, "utf8").match(/^## bindcheck/gm)).toHaveLength(2);

    const steps = stepsOf("compat.yml merge");
    const offline = { npm_config_prefer_offline: "true" };
    expect(await runStep(steps, "Install bindcheck", offline)).toMatchObject({ exitCode: 0 });
    const all = { SYSTEMS: "linux", FAMILIES: "ipv4", SHARDS: "1 2" };
    const merged = await runStep(steps, "Make one result of all", all);
    // A result of the one system, then one of all.
    expect(merged).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(HAPPENED) as string,
    });
    expect(merged.stderr.split("\n")).toEqual([
      expect.stringMatching(
        /^next: give every entry of merged\/drafts\/linux\.yaml a reason, then: /,
      ),
      expect.stringMatching(HAPPENED),
    ]);
    expect(readFileSync(summary, "utf8")).toContain("linux");
    expect(existsSync(path.join(folder, "merged", "report.html"))).toBe(true);
    expect(readFileSync(path.join(folder, "merged/drafts/linux.yaml"), "utf8")).toContain(
      "document: node-dgram/reuse-addr",
    );
  });

  test("the summary says what changed since the last run of the main branch, where there is one.", async () => {
    const now = path.join(folder, "merged/results.ndjson");
    const before = readFileSync(now, "utf8").replaceAll('"code":"EADDRINUSE"', '"code":"EACCES"');
    writeFileSync(path.join(folder, "before.ndjson"), before);
    const summary = path.join(folder, "summary.md");
    writeFileSync(summary, "");
    const compare = async (list: string) => {
      // GitHub's program, as far as this step uses it: a list of runs, and a download of one.
      const gh = path.join(folder, "bin/gh");
      mkdirSync(path.dirname(gh), { recursive: true });
      const download = "mkdir before && cp before.ndjson before/results.ndjson";
      writeFileSync(gh, `#!/bin/sh\ncase $2 in list) ${list} ;; *) ${download} ;; esac\n`);
      chmodSync(gh, 0o755);
      const name = "Compare versions, and with the last run of the main branch";
      return runStep(stepsOf("compat.yml merge"), name, {
        ...REPOSITORY,
        BRANCH: "main",
        PATH: `${path.dirname(gh)}:${process.env["PATH"]}`,
      });
    };
    const first = await compare("true");
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toBe("::notice::there is no earlier run of main to compare with");
    expect(readFileSync(summary, "utf8")).toBe("");
    expect(await compare("echo 41")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(readFileSync(summary, "utf8")).toMatch(
      /^Since the last run of main \(41\):\n## bindcheck diff: \d+ changed/,
    );
    expect(existsSync(path.join(folder, "merged/versions.html"))).toBe(false);
  });

  test("the merge makes one result of what is there, and fails with the names of what is missing.", async () => {
    rmSync(path.join(folder, "merged"), { recursive: true });
    const more = { SYSTEMS: "linux windows-2025", FAMILIES: "ipv4", SHARDS: "1 2" };
    const merged = await runStep(stepsOf("compat.yml merge"), "Make one result of all", more);
    expect(merged.exitCode).toBe(3);
    expect(merged.stdout).toContain(
      "::error::no results of windows-2025_ipv4_1 windows-2025_ipv4_2",
    );
    const stream = readFileSync(path.join(folder, "merged/results.ndjson"), "utf8");
    expect(stream.match(/"type":"observation"/g)).toHaveLength(2);
    expect(readdirSync(path.join(folder, "merged/drafts"))).toEqual(["linux.yaml"]);
  });

  test("each run gets a page of its own, and an index that links them by date.", async () => {
    const remote = path.join(folder, "remote.git");
    await execa("git", ["init", "--quiet", "--bare", remote]);
    for (const RUN of ["101", "102"]) {
      const variables = { RUN, TOKEN: "secret", REMOTE: remote };
      const published = await runStep(stepsOf("pages.yml publish"), "Publish the page", variables);
      expect(published).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
      rmSync(path.join(folder, "site"), { recursive: true });
    }
    const site = path.join(folder, "checked-out");
    await execa("git", ["clone", "--quiet", "--branch", "gh-pages", remote, site]);
    const runs = readdirSync(path.join(site, "runs"));
    expect(runs.map((name) => name.replace(/^\d{4}-\d\d-\d\d_\d\d-\d\d/, "TIME"))).toEqual([
      "TIME_101",
      "TIME_102",
    ]);
    const index = readFileSync(path.join(site, "index.html"), "utf8");
    for (const run of runs) {
      expect(index).toContain(`<a href="runs/${run}/">${run.slice(0, 10)}, `);
      expect(readFileSync(path.join(site, "runs", run, "index.html"), "utf8")).toMatch(
        /^<!doctype html>/i,
      );
    }
    expect((await execa("git", ["-C", site, "log", "--oneline"])).stdout.split("\n")).toHaveLength(
      2,
    );
    expect(await execa("grep", ["-r", "secret", site], { reject: false })).toMatchObject({
      exitCode: 1,
    });
  });

  test("combinations are explored and frozen.", async () => {
    const few = " --protocol udp --family ipv4 --filter SO_REUSEPORT@specific2";
    const explored = await runStep(stepsOf("compat.yml explore"), "Explore", {}, few);
    expect(explored).toMatchObject({ exitCode: 0 });
    expect(existsSync(path.join(folder, "explored", "local.yaml"))).toBe(true);
  });

  test("the draft begins with what is known, and is left out where there may be several platforms.", async () => {
    const text =
      'platform: linux\ndeviations: # mine\n  - { document: mine, observed: success, experiments: ["x*"], reason: seen }\n';
    writeFileSync(path.join(folder, "own.yaml"), text);
    const given = { FILES: "mine.yaml", KNOWN: "own.yaml", OUT: "drafted", PLATFORM: "linux" };
    const steps = action.content.runs.steps;
    expect(await runStep(steps, "Measure", { ...given, ARGUMENTS: "" })).toMatchObject({
      exitCode: 0,
    });
    expect(readFileSync(path.join(folder, "drafted/known-deviations.yaml"), "utf8")).toContain(
      "# mine",
    );
    const several = { ...given, KNOWN: "", OUT: "several", ARGUMENTS: "--on=local" };
    expect(await runStep(steps, "Measure", several)).toMatchObject({ exitCode: 0 });
    expect(existsSync(path.join(folder, "several/known-deviations.yaml"))).toBe(false);
  });

  test("the action fails where the run does, with annotations and summary.", async () => {
    const expectation = "expect: [EADDRINUSE | 10048]";
    writeFileSync(path.join(folder, "wrong.yaml"), CASES.replace(expectation, "expect: [success]"));
    writeFileSync(path.join(folder, "summary.md"), "");
    const variables = {
      FILES: "wrong.yaml",
      KNOWN: "",
      ARGUMENTS: "--confirm=0",
      OUT: "wrong",
      PLATFORM: "linux",
    };
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
    const tarball = path.join(folder, "package/bindcheck.tgz");
    const manifest = await execa("tar", ["-xzOf", tarball, "package/package.json"]);
    expect(JSON.parse(manifest.stdout)).toMatchObject({
      repository: { type: "git", url: "git+https://github.com/somebody/port-checks.git" },
    });
  });

  test("nothing else is run there but what .ci/run runs too.", () => {
    const script = readFileSync(fileURLToPath(new URL("../../.ci/run", import.meta.url)), "utf8");
    expect(script).toMatch(/^npm cit \|\| /m);
    expect(script).toMatch(/npm run check/);
    const known = [...executed, "npm ci", "npm cit", "npm run check"];
    expect(linuxCommands().filter((command) => !known.includes(command))).toEqual([]);
  });
});
