import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { validateWorkflow } from "@action-validator/core";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readKnownDeviations } from "../../harness/verdicts/read-known.ts";
import { bindcheck, makeFolder } from "../program/bindcheck.ts";
import { action } from "./files.ts";

function blocksOf(name: string, language: string): string[] {
  const file = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const blocks = readFileSync(file, "utf8").matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, found, text = ""]) => (found === language ? [text] : []));
}

const CI = blocksOf("ci.md", "yaml");

test("The pages show pipelines of three systems in YAML that can be read.", () => {
  expect(CI).toHaveLength(3);
  for (const block of CI) expect(parse(block)).toBeTypeOf("object");
});

test("The five lines for GitHub keep to its schema and name inputs that the action has.", () => {
  const [block = ""] = CI;
  expect(validateWorkflow(block).errors).toEqual([]);
  const { jobs } = parse(block) as {
    jobs: { ports: { steps: { with?: Record<string, string> }[] } };
  };
  const given = jobs.ports.steps.flatMap((step) => Object.keys(step.with ?? {}));
  const { inputs } = parse(action.text) as { inputs: Record<string, unknown> };
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
});

test("Every option that the pages name is one of its command.", async () => {
  const text = [...CI, ...blocksOf("ci.md", "groovy")].join("\n");
  for (const command of ["run", "merge"]) {
    const { stdout: help } = await bindcheck([command, "--help"]);
    const uses = text.matchAll(new RegExp(`bindcheck@\\S+ ${command} ([^\\n]*)`, "g"));
    const options = [...uses].flatMap(([, rest = ""]) => rest.match(/--[a-z-]+/g) ?? []);
    expect(options.length).toBeGreaterThan(0);
    for (const option of new Set(options)) expect(help).toContain(option);
  }
});

test("The file of known deviations that is shown is right.", async () => {
  const [block = ""] = blocksOf("known-deviations.md", "yaml");
  const file = path.join(await makeFolder(), "shown.yaml");
  writeFileSync(file, block);
  expect(readKnownDeviations(file)).toHaveLength(1);
});
