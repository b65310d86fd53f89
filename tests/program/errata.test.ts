import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const CASES = "cases/linux/socket-7.yaml";
const ID = "tcp/ipv4 SO_REUSEPORT@specific > SO_REUSEPORT@specific";
const IS_SUCCESS = /"outcome":\{"kind":"success"\}/;
const IN_USE = '"outcome":{"kind":"error","step":"bind","code":"EADDRINUSE","errno":98}';

let folder = "";
const at = (name: string): string => path.join(folder, name);

/** A made-up stream: the real one of this machine, as if another kernel had refused one experiment. */
function pretend(name: string, version: string, refuses: boolean): string {
  const lines = readFileSync(at("real.ndjson"), "utf8").split("\n");
  const changed = lines.map((line) => {
    const other = line.replace(/("implements":"linux","version":)"[^"]*"/, `$1"${version}"`);
    if (!refuses || !line.includes(`"${ID}"`)) return other;
    return other
      .replace(IS_SUCCESS, IN_USE)
      .replace('"verdict":"held"', '"verdict":"contradicted"');
  });
  writeFileSync(at(name), changed.join("\n"));
  return at(name);
}

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  beforeAll(async () => {
    folder = await makeFolder();
    await bindcheck([
      "run",
      CASES,
      "--protocol",
      "tcp",
      "--family",
      "ipv4",
      "--reporter",
      `ndjson=${at("real.ndjson")}`,
    ]);
  });

  test("a document that holds has nothing to report.", async () => {
    const { exitCode, stdout } = await bindcheck(["errata", at("real.ndjson")]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("# Nothing to report");
    expect(stdout).toContain("socket-7/bound, socket-7/listening");
  });

  test("a cell that every build contradicts is said and observed, with how to see it.", async () => {
    const { exitCode, stdout } = await bindcheck(["errata", pretend("a.ndjson", "6.1.0", true)]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("man-pages/man7/socket.7.html");
    expect(stdout).toContain("| **success → EADDRINUSE** |");
    expect(stdout).toContain(`bindcheck reproduce "${ID}" --language c --expect "success"`);
    expect(stdout.match(/→ EADDRINUSE/g)).toHaveLength(1);
  });

  test("a cell that some builds contradict has their versions, in order.", async () => {
    const files = [
      pretend("new.ndjson", "6.12.0", true),
      pretend("old.ndjson", "5.4.0", false),
      pretend("middle.ndjson", "6.8.0", true),
    ];
    const { exitCode, stdout } = await bindcheck(["errata", ...files]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("**success → EADDRINUSE (6.8.0 to 6.12.0)**");
  });

  test("a cell of somebody's own case file is seen with that file.", async () => {
    const text = readFileSync(pretend("own.ndjson", "6.1.0", true), "utf8");
    writeFileSync(
      at("own.ndjson"),
      text.replaceAll(`"file":"${CASES}"`, '"file":"it\'s mine.yaml"'),
    );
    const { stdout } = await bindcheck(["errata", at("own.ndjson")]);
    expect(stdout.split("\n")).toContain(`bindcheck run "it's mine.yaml" --filter "${ID}"`);
  });

  test("columns and rows come as in the document.", async () => {
    const { stdout } = await bindcheck(["errata", pretend("order.ndjson", "6.1.0", true)]);
    const [header, , ...rows] = stdout.split("\n").filter((line) => line.startsWith("|"));
    expect(header).toBe(
      "| | `none @ wildcard` | `none @ specific` | `SO_REUSEADDR @ wildcard` | `SO_REUSEADDR @ specific` | `SO_REUSEPORT @ wildcard` | `SO_REUSEPORT @ specific` |",
    );
    expect(rows[2]).toBe("| `none @ specific2` |  | success |  | success |  | success |");
    expect(rows[7]).toBe(
      "| `SO_REUSEPORT @ specific` | EADDRINUSE | EADDRINUSE | EADDRINUSE | EADDRINUSE |  | **success → EADDRINUSE** |",
    );
  });

  test("what only offers a system's calls proves nothing about its documents.", async () => {
    const text = readFileSync(pretend("g.ndjson", "4.4.0", true), "utf8");
    writeFileSync(
      at("gvisor.ndjson"),
      text.replace('"name":"linux","implements"', '"name":"gvisor","implements"'),
    );
    const { exitCode, stdout, stderr } = await bindcheck(["errata", at("gvisor.ndjson")]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      "nothing to report: 2 documents of linux: measured only on gvisor, which is not linux (measure there: bindcheck run)",
    );
  });
});
