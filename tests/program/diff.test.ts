import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const CASES = "cases/linux/socket-7.yaml";
const SELECTION = ["--protocol", "udp", "--family", "ipv4"];

let folder = "";
const at = (name: string): string => path.join(folder, name);

async function run(file: string): Promise<void> {
  await bindcheck(["run", CASES, ...SELECTION, "--reporter", `ndjson=${at(file)}`]);
}

/** A copy of the first result in which something else was seen. */
function write(name: string, change: (text: string) => string): string {
  writeFileSync(at(name), change(readFileSync(at("old.ndjson"), "utf8")));
  return at(name);
}

const linesWithout = (text: string, part: string): string =>
  text
    .split("\n")
    .filter((line) => !line.includes(part))
    .join("\n");

const GONE = "udp/ipv4 none@specific > none@specific2";

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  let other = "";
  beforeAll(async () => {
    folder = await makeFolder();
    await run("old.ndjson");
    await run("new.ndjson");
    other = write("other.ndjson", (text) =>
      linesWithout(text, GONE).replaceAll('"code":"EADDRINUSE"', '"code":"EACCES"'),
    );
  });

  test("two runs of one system differ in nothing.", async () => {
    expect(await bindcheck(["diff", at("old.ndjson"), at("new.ndjson")])).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^nothing changed, \d+ the same$/),
      stderr: "",
    });
  });

  test("what changed is reported line by line, and ends with 1.", async () => {
    const { exitCode, stdout } = await bindcheck(["diff", at("old.ndjson"), other]);
    expect(exitCode).toBe(1);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^\d+ changed, 1 gone, \d+ the same$/);
    expect(lines).toContain(`gone: local ${GONE}: was success`);
    expect(lines).toContain(
      "changed: local udp/ipv4 none@wildcard > none@wildcard: EACCES (98) at bind, was EADDRINUSE (98) at bind",
    );
  });

  test("it is reported as JSON and as Markdown too.", async () => {
    const json = await bindcheck(["diff", at("old.ndjson"), other, "--json"]);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: 1,
      files: { old: at("old.ndjson"), new: other },
      gone: [{ target: "local", experiment: GONE, old: "success", new: null }],
      new: [],
      unstable: [],
    });
    const markdown = await bindcheck(["diff", at("old.ndjson"), other, "--markdown"]);
    expect(markdown.exitCode).toBe(1);
    expect(markdown.stdout).toMatch(/^## bindcheck diff: \d+ changed, 1 gone, \d+ the same$/m);
    expect(markdown.stdout).toContain(`| gone | local | \`${GONE}\` | success | – |`);
  });

  test("another system by the same name is reported and is not a change by itself.", async () => {
    const newer = write("newer.ndjson", (text) =>
      text.replace(
        /("platform":\{"name":"linux","implements":"linux","version":)"[^"]*"/,
        '$1"99"',
      ),
    );
    const { exitCode, stdout } = await bindcheck(["diff", at("old.ndjson"), newer]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^local: .*, linux 99, was .*, linux \d/m);
  });

  test("RESULTS#TARGET compares two targets of one file.", async () => {
    const now = readFileSync(other, "utf8").replaceAll('"target":"local"', '"target":"other"');
    const both = write("both.ndjson", (text) => text + now);
    const { exitCode, stdout } = await bindcheck(["diff", `${both}#local`, `${both}#other`]);
    expect(exitCode).toBe(1);
    const { stdout: alone } = await bindcheck(["diff", at("old.ndjson"), other]);
    const changes = alone.replaceAll("local", "other").split("\n").slice(1);
    expect(stdout.split("\n").slice(2)).toEqual(changes);
    expect(stdout).toMatch(/^other, was local: /m);
    const wrong = await bindcheck(["diff", `${both}#local`, `${both}#third`]);
    expect(wrong).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "'third' is not a target of these results (local, other)",
    });
  });

  test("results that were cut off are reported.", async () => {
    const cut = write("cut.ndjson", (text) => linesWithout(text, '"type":"summary"'));
    const ended = await bindcheck(["diff", at("old.ndjson"), cut]);
    expect(ended.stderr).toBe(`${cut}: this run was cut off: what it did not reach is missing`);
  });

  test("wrong input ends with 2 and one line.", async () => {
    const version = write("two.ndjson", (text) => text.replace('"version":1', '"version":2'));
    for (const [parameters, message] of [
      [[at("old.ndjson"), version], /:1: version 2 of the result stream/],
      [[at("nowhere"), other], /nowhere: there is no such file$/],
      [[other], /missing required argument 'new'/],
      [[other, other, "--json", "--markdown"], /^--json and --markdown: choose one$/],
    ] as const) {
      const ended = await bindcheck(["diff", ...parameters]);
      expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
      expect(ended.stderr).toMatch(message);
      expect(ended.stderr.split("\n")).toHaveLength(1);
    }
  });
});
