import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { netnsRunner } from "../../runners/netns.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import type { FaultResult } from "./fault-result.ts";
import { FAULTS } from "./kinds/all.ts";

// The campaign measures in namespaces of its own, as this target does.
describeTarget("netns", await netnsRunner().availability(), () => {
  const results = new Map<string, FaultResult>();
  beforeAll(async () => {
    const file = path.join(await makeFolder(), "results.json");
    execFileSync("npm", ["run", "--silent", "build:faults"]);
    try {
      execFileSync("node", ["dist/faults/main.js", "--short", "--seed", "1", "--json", file]);
    } catch {
      // Its exit code is 1 where anything went wrong: the results say what.
    }
    for (const result of JSON.parse(readFileSync(file, "utf8")) as FaultResult[])
      results.set(result.name, result);
  }, 600_000);

  for (const { name, what } of FAULTS.filter(({ isSlow }) => !isSlow))
    test(`${name}: no wrong verdict and nothing left behind when ${what}`, ({ skip }) => {
      const result = results.get(name);
      skip(typeof result?.lack === "string", String(result?.lack));
      expect(result).toMatchObject({ wrong: [], left: [], problems: [] });
      expect(result?.injected).toBeGreaterThan(0);
    });
});
