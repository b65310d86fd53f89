import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Line } from "../../harness/results/line.ts";
import { TEAM_CONFIG_SCHEMA, teamConfigJsonSchema } from "../../harness/session/team-config.ts";
import { bindcheck, makeFolder, type Ended } from "./bindcheck.ts";

const TEAM = `
targets:
  here: local
  lab: ssh:127.0.0.1:1
fleets:
  fleet: { on: [here, lab], document: [bind-wildcard/second-bind], family: ipv4, protocol: [tcp] }
  own: { on: here, files: tables }
  here-and-local: { on: [here, local], document: ip-7/time-wait }
reporters: [pretty, ndjson=all/results.ndjson]
out: all
known: none
`;

let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
  writeFileSync(path.join(folder, "bindcheck.config.yaml"), TEAM);
});

function run(...parameters: readonly string[]): Promise<Ended> {
  return bindcheck(["run", ...parameters, "--reporter=ndjson=-"], { cwd: folder });
}

function linesOf({ stdout }: Ended): Line[] {
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

describe("a team's bindcheck.config.yaml", () => {
  test("names targets, under which they are in the results, and what a fleet selects", async () => {
    const ended = await run("--on=fleet");
    const lines = linesOf(ended);
    expect(ended.stderr).toMatch(/^! All \d+ claims held; lab could not be measured; .*$/);
    expect(ended.exitCode).toBe(3);
    expect(lines[0]).toMatchObject({
      type: "run",
      selection: { document: ["bind-wildcard/second-bind"], family: ["ipv4"], protocol: ["tcp"] },
    });
    expect(lines.find(({ type }) => type === "target")).toMatchObject({ target: "here" });
    expect(lines.find(({ type }) => type === "target-problem")).toMatchObject({ target: "lab" });
    const observed = lines.filter((line) => line.type === "observation");
    expect(observed.length).toBeGreaterThan(0);
    expect(new Set(observed.map(({ target }) => target))).toEqual(new Set(["here"]));
    const verdicts = lines.filter((line) => line.type === "verdict");
    expect(new Set(verdicts.map(({ target }) => target))).toEqual(new Set(["here"]));
  });

  test("gives way to the command line", async () => {
    const [first] = linesOf(await run("--on=fleet", "--family=ipv6"));
    expect(first).toMatchObject({ selection: { protocol: ["tcp"], family: ["ipv6"] } });
  });

  test("measures nothing twice at the same time", async () => {
    const targets = linesOf(await run("--on=here-and-local")).filter(
      ({ type }) => type === "target",
    );
    expect(targets).toMatchObject([{ target: "here" }]);
  });

  test("says where its files are from its own folder", async () => {
    const config = path.join(folder, "bindcheck.config.yaml");
    const { stderr } = await bindcheck(["run", "--on=own", `--config=${config}`]);
    expect(stderr).toContain(`${path.join(folder, "tables")}:1:1: there is no such file`);
  });

  test("says which reports a run writes, where, and what is known", async () => {
    const cwd = await makeFolder();
    mkdirSync(path.join(cwd, "team"));
    writeFileSync(
      path.join(cwd, "team/bindcheck.config.yaml"),
      "out: results\nreporters: [ndjson, tap=own/results.tap]\nknown: [none]\n",
    );
    const config = "--config=team/bindcheck.config.yaml";
    const document = "--document=node-dgram/reuse-addr";
    const ended = await bindcheck(["run", config, document], { cwd });
    // Node's page is contradicted; `known: none` leaves out what is known of that.
    expect(ended).toMatchObject({ exitCode: 1, stderr: "" });
    expect(ended.stdout).toMatch(/ team\/results\/results\.ndjson, team\/own\/results\.tap$/);
    expect(readdirSync(path.join(cwd, "team/results"))).toEqual(["results.ndjson"]);

    const given = ["--known=known.yaml", "--reporter=tap", "--out=elsewhere"];
    writeFileSync(path.join(cwd, "known.yaml"), "platform: linux\ndeviations: []\n");
    const known = await bindcheck(["run", config, document, ...given], { cwd });
    expect(known.exitCode).toBe(0);
    expect(readdirSync(path.join(cwd, "elsewhere"))).toEqual(["results.tap"]);
  });

  test("tells its names where one is unknown", async () => {
    const { exitCode, stderr } = await run("--on=flet");
    expect(stderr).toMatch(
      /^--on: unknown target "flet" \(allowed: local, .*, available, here, lab, fleet, own, /,
    );
    expect(exitCode).toBe(2);
  });

  test("cannot select two things in one run", async () => {
    const { exitCode, stderr } = await run("--on=fleet", "--on=own");
    expect(stderr).toBe("--on: these fleets select different claims (run one after the other)");
    expect(exitCode).toBe(2);
  });
});

describe("a wrong bindcheck.config.yaml", () => {
  test.each([
    ["", "1:1: the file is empty (it has 'targets', 'fleets', 'reporters', 'out', 'known')"],
    ["targets: [a]", "1:10: 'targets' is a list (allowed: a mapping)"],
    ["targets: { a b: local }", "1:17: 'a b' is not a name (allowed: letters, digits and . _ -)"],
    [
      "targets: { wine: local }",
      "1:18: the name 'wine' is taken (allowed: a name that no target has)",
    ],
    [
      "targets: { x: ssh:-o }",
      '1:15: target "ssh:-o" is not ssh:[USER@]HOST[:PORT] (allowed: local, ',
    ],
    ["fleets: { f: {} }", "1:14: 'on' is missing (allowed: text)"],
    ["fleets: { f: { on: [] } }", "1:20: 'on' is empty (at least 1)"],
    [
      "fleets: { f: { on: local, family: ipv5 } }",
      "1:35: 'family' is 'ipv5' (allowed: ipv4, ipv6, dual)",
    ],
    [
      "fleets: { f: { on: local, docs: d } }",
      "1:33: unknown key 'docs' (allowed: on, files, document, protocol, family, filter)",
    ],
    [
      "targets: { a: wine }\nfleets: { f: { on: [a, b] } }",
      '2:24: unknown target "b" (allowed: local, ',
    ],
    ["fleets: { f: { on: b } }", '1:20: unknown target "b" (allowed: local, '],
    [
      "targets: { a: wine }\nfleets: { a: { on: local } }",
      "2:14: the name 'a' is among the targets (allowed: a name of its own)",
    ],
    [
      "reporters: [junt]",
      "1:13: unknown reporter 'junt' (allowed: pretty, ndjson, tap, junit, html, markdown, github, ctrf, each with =PATH if wanted) (did you mean 'junit'?)",
    ],
    ["out: []", "1:6: 'out' is a list (allowed: text)"],
    ["targets: {}\n---\ntargets: {}", "3:1: a second document (there is one in the file)"],
  ])("%j", async (text, problem) => {
    const file = path.join(await makeFolder(), "team.yaml");
    writeFileSync(file, text);
    const { exitCode, stderr } = await run(`--config=${file}`);
    expect(stderr).toMatch(/^[^\n]+$/);
    expect(stderr).toContain(`${file}:${problem}`);
    expect(exitCode).toBe(2);
  });

  test("that is not there", async () => {
    const { exitCode, stderr } = await run("--config=none.yaml");
    expect(stderr).toBe("--config: none.yaml: there is no such file");
    expect(exitCode).toBe(2);
  });
});

test("bindcheck.config.schema.json is what `npm run schema` makes, and takes what the program takes.", () => {
  const text = readFileSync(TEAM_CONFIG_SCHEMA, "utf8");
  expect(JSON.parse(text)).toEqual(teamConfigJsonSchema());
  const isRight = new Ajv2020({ allowUnionTypes: true }).compile(teamConfigJsonSchema());
  expect(isRight(parse(TEAM)), JSON.stringify(isRight.errors)).toBe(true);
  expect(isRight({ fleets: { f: {} } })).toBe(false);
});
