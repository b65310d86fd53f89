import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const ID = "tcp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@specific";
const IS_SUCCESS = /"outcome":\{"kind":"success"\}/;
const IN_USE = '"outcome":{"kind":"error","step":"bind","code":"EADDRINUSE","errno":98}';

let folder = "";
const at = (name: string): string => path.join(folder, name);

/** A made-up stream: the real one of this machine, as if another kernel had refused one experiment. */
function pretend(version: string, refuses: boolean): string {
  const lines = readFileSync(at("real.ndjson"), "utf8").split("\n");
  const changed = lines.map((line) => {
    const other = line.replace(/("implements":"linux","version":)"[^"]*"/, `$1"${version}"`);
    return refuses && line.includes(`"${ID}"`) ? other.replace(IS_SUCCESS, IN_USE) : other;
  });
  writeFileSync(at(`${version}.ndjson`), changed.join("\n"));
  return `linux-${version}=${at(`${version}.ndjson`)}`;
}

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  let versions: string[] = [];
  beforeAll(async () => {
    folder = await makeFolder();
    const only = ["--protocol", "tcp", "--family", "ipv4"];
    const files = ["cases/linux/socket-7.yaml", "cases/linux/bind-wildcard.yaml"];
    await bindcheck(["run", ...files, ...only, "--reporter", `ndjson=${at("real.ndjson")}`]);
    versions = [pretend("6.12.1", false), pretend("5.10.46", false), pretend("6.1.176", true)];
  });

  test("the version that changed is named, in the order of versions.", async () => {
    const { exitCode, stdout } = await bindcheck(["matrix", ...versions]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^linux 5\.10\.46, 6\.1\.176 and 6\.12\.1: 1 of \d+ experiments differ/);
    expect(stdout).toContain("5.10.46 success | 6.1.176 EADDRINUSE | 6.12.1 success");
    expect(stdout).toContain("1 experiment, first change with 6.1.176");
    expect(stdout).toContain(`    ${ID}\n`);
    expect(stdout).toContain("bind-wildcard/second-bind (>=6.9): claims also hold on 5.10.46");
  });

  test("JSON has all of it, Markdown a row for each finding, HTML a page without a script.", async () => {
    const json = await bindcheck(["matrix", ...versions, "--json"]);
    const [system] = (JSON.parse(json.stdout) as { systems: { findings: object[] }[] }).systems;
    expect(system?.findings).toMatchObject([{ experiments: [{ id: ID }] }]);
    const markdown = await bindcheck(["matrix", ...versions, "--markdown"]);
    expect(markdown.stdout).toContain(
      "| 1 | 5.10.46 success \\| 6.1.176 EADDRINUSE \\| 6.12.1 success | 6.1.176 |",
    );
    const html = await bindcheck(["matrix", ...versions, "--html"]);
    expect(html.stdout).toContain('<td colspan="1"><strong>EADDRINUSE</strong></td>');
    expect(html.stdout).not.toContain("<script");
  });

  test("one version alone, or two formats, is an error of the user.", async () => {
    const alone = await bindcheck(["matrix", versions[0] ?? ""]);
    expect(alone.exitCode).toBe(2);
    expect(alone.stderr).toBe(
      "no system was measured in two versions (add results of another version, or --on NAME@VERSION to the run)",
    );
    const both = await bindcheck(["matrix", ...versions, "--json", "--html"]);
    expect(both).toMatchObject({
      exitCode: 2,
      stderr: "--json, --markdown and --html: choose one",
    });
  });
});
