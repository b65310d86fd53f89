import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { Outcome } from "../../harness/model/observation.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { findMissingProgram } from "../../runners/find-program.ts";
import { bindcheck, makeFolder, readStream } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { agrees, everyAsked, parseReadings, readerProgram } from "./option-reader.ts";

const ASKED = everyAsked("linux");
const NAMES = new Set(ASKED.map(({ option }) => option.name));

const missing = await findMissingProgram({ cc: "gcc" });
const availability = missing
  ? { here: false as const, ...missing }
  : await netnsRunner().availability();

describeTarget("gcc", availability, () => {
  test("Every option reads on a new socket as an independent program reads it.", async () => {
    const folder = await makeFolder();
    const [source, program] = [path.join(folder, "read.c"), path.join(folder, "read")];
    writeFileSync(source, readerProgram(ASKED));
    await execa("cc", ["-o", program, source]);
    const { stdout } = await execa(program);
    const file = path.join(folder, "all.yaml");
    writeFileSync(
      file,
      `document: { id: all, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: linux }
matrix: { protocol: [tcp, udp], family: [ipv4, ipv6] }
options:
${[...NAMES].map((name) => `  - { option: ${name}, get: yes }`).join("\n")}
`,
    );
    const results = path.join(folder, "results.ndjson");
    const known = ["--known", "none", "--on", "netns"];
    const ended = await bindcheck(["run", ...known, "--reporter", `ndjson=${results}`, file]);
    expect(ended.stderr).not.toContain("broken");
    const seen = new Map<string, string>();
    for (const line of readStream(results))
      if (line.type === "observation" && line.steps)
        seen.set(line.experiment.id, readingOf(line.steps[1]?.outcome));
    const read = parseReadings(stdout);
    expect([...read.keys()]).toEqual(ASKED.map(({ id }) => id));
    expect([...read].filter(([id, text]) => !agrees(seen.get(id), text))).toEqual([]);
    const readable = ASKED.filter(({ id }) => !read.get(id)?.startsWith("errno"));
    expect(new Set(readable.map(({ option }) => option.name)).size).toBeGreaterThanOrEqual(150);
  }, 180_000);
});

function readingOf(outcome: Outcome | undefined): string {
  if (outcome?.kind === "error") return `errno ${outcome.errno}`;
  return outcome?.kind === "value" ? `${outcome.value} in ${outcome.size}` : "nothing";
}
