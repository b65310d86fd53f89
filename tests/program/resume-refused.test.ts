import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder, type Ended } from "./bindcheck.ts";

const CASES = "cases/linux/socket-7.yaml";

const REFUSED: readonly (readonly [string, (text: string) => string, readonly string[], RegExp])[] =
  [
    [
      "other options",
      (t) => t,
      ["--protocol", "tcp"],
      /: it was begun with no --protocol, this run has --protocol tcp \(say the same\)$/,
    ],
    [
      "another shard",
      (t) => t,
      ["--shard", "1/2"],
      /: it was begun with no --shard, this run has --shard 1\/2/,
    ],
    [
      "another version",
      (t) => t.replace(/"harness":"[^"]*"/, '"harness":"0.0.9"'),
      [],
      /: it was written by bindcheck 0\.0\.9, this is .* \(run anew\)$/,
    ],
    [
      "another kernel",
      (t) => t.replace(/"kernel":"[^"]*"/, '"kernel":"Linux 2.2"'),
      [],
      /: 'local' is no longer what it was: os kernel was Linux 2\.2, now it is Linux .* \(run anew\)$/,
    ],
    [
      "another Node",
      (t) => t.replace(/"node":"[^"]*"/, '"node":"v1.0.0"'),
      [],
      /: runtime node was v1\.0\.0, now it is v/,
    ],
    [
      "other addresses",
      (t) => t.replace('"specific2":"127.0.0.2"', '"specific2":null'),
      [],
      /other kinds of addresses are there/,
    ],
    [
      "another target",
      (t) => t.replaceAll('"target":"local"', '"target":"wine"'),
      [],
      /: it has results of 'wine', which this run does not measure \(add --on\)$/,
    ],
    [
      "an exploration",
      (t) => t.replace('"selection":{', '"selection":{"explores":true,'),
      [],
      /: it was written by 'bindcheck explore', this is 'bindcheck run'$/,
    ],
    [
      "a time of resumption that is not a list",
      (t) => t.replace('{"type":"run",', '{"type":"run","resumedAt":7,'),
      [],
      /: the 'run' line is wrong at resumedAt: /,
    ],
    [
      "a selection that explores maybe",
      (t) => t.replace('"selection":{', '"selection":{"explores":"maybe",'),
      [],
      /: the 'run' line is wrong at selection\/explores: /,
    ],
    [
      "a broken outcome without its detail",
      (t) =>
        t.replace(
          /"outcome":\{"kind":"success"\}/,
          '"outcome":{"kind":"broken","reason":"unstable"}',
        ),
      [],
      /: the 'observation' line is wrong at outcome/,
    ],
    [
      "two runs",
      (t) => `${t.replace(/\n[^\n]*$/, "\n")}${t}`,
      [],
      /: it holds several runs \(only one can go on\)$/,
    ],
    [
      "a target twice",
      (t) => t.replace(/\{"type":"target".*\n/, "$&$&"),
      [],
      /:3: 'local' has a 'target' line already$/,
    ],
    [
      "an experiment twice",
      (t) => t.replace(/\{"type":"observation".*\n/, "$&$&"),
      [],
      /: '.*' on 'local' is there twice$/,
    ],
    [
      "no target",
      (t) => t.replace(/\{"type":"target".*\n/, ""),
      [],
      /:2: 'local' has an observation before its 'target' line$/,
    ],
    [
      "no platform",
      (t) => t.replace(/"platform":\{[^}]*\}/, '"platform":7'),
      [],
      /:2: the 'target' line is wrong at platform: /,
    ],
    [
      "no id",
      (t) => t.replace(/"experiment":\{"id":/, '"experiment":{"name":'),
      [],
      /:3: the 'observation' line is wrong at experiment\/id: /,
    ],
    [
      "no JSON",
      (t) => t.replace(/\{"type":"observation"/, "observation"),
      [],
      /:\d+: not a line of JSON/,
    ],
    ["nothing of ours", () => "hello\n", [], /:1: not a line of a result stream/],
  ];

describe.skipIf(process.platform !== "linux")("On Linux, a run that was cut off", () => {
  let folder = "";
  let whole = "";
  beforeAll(async () => {
    folder = await makeFolder();
    await run("whole.ndjson");
    whole = readFileSync(at("whole.ndjson"), "utf8");
  });

  const at = (name: string): string => path.join(folder, name);

  async function run(name: string, ...more: string[]): Promise<Ended> {
    return bindcheck(["run", CASES, "--reporter", `ndjson=${at(name)}`, ...more]);
  }

  const resume = (name: string, ...more: string[]): Promise<Ended> =>
    run(name, "--resume", at(name), ...more);

  /** The beginning of the whole run, cut in the middle of a line, or changed. */
  function writePart(name: string, change: (text: string) => string = (text) => text): string {
    const text = whole.split("\n").slice(0, 101).join("\n");
    writeFileSync(at(name), change(`${text}\n{"type":"observation","target":"loc`));
    return at(name);
  }

  test.each(REFUSED)(
    "with %s does not go on, and its results stay.",
    async (_, change, more, message) => {
      const file = writePart("refused.ndjson", change);
      const before = readFileSync(file, "utf8");
      const ended = await resume("refused.ndjson", ...more);
      expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
      expect(ended.stderr).toMatch(message);
      expect(ended.stderr.split("\n")).toHaveLength(1);
      expect(readFileSync(file, "utf8")).toBe(before);
      expect(existsSync(`${file}.resumed`)).toBe(false);
    },
  );

  test("is not overwritten by another report, and has to be there.", async () => {
    const file = writePart("kept.ndjson");
    const before = readFileSync(file, "utf8");
    const over = await bindcheck(["run", CASES, "--resume", file, "--reporter", `html=${file}`]);
    expect(over).toMatchObject({
      exitCode: 2,
      stderr: `${file} is to go on and would be overwritten by 'html'`,
    });
    expect(readFileSync(file, "utf8")).toBe(before);
    const none = await bindcheck(["run", CASES, "--resume", at("none.ndjson")]);
    expect(none).toMatchObject({
      exitCode: 2,
      stderr: `${at("none.ndjson")}: there is no such file`,
    });
  });
  test("into a pipe does not go on.", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    expect(await bindcheck(["run", CASES, "--resume", at("pipe")])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `--resume: ${at("pipe")}: it is not a regular file`,
    });
  });

  test("leaves no results aside when another output cannot be written.", async () => {
    const file = writePart("alone.ndjson");
    const ended = await resume("alone.ndjson", "--reporter", "junit=/proc/nope/x.xml");
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/^\/proc\/nope\/x\.xml cannot be written: ENOENT[^\n]*$/);
    expect(existsSync(`${file}.resumed`)).toBe(false);
  });
});
