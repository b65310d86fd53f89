import { execFileSync } from "node:child_process";
import { openSync, closeSync, ftruncateSync, readdirSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { recordedLines } from "../../reports/golden/replay.ts";
import { reporterNames } from "../../reports/reporters.ts";
import { bindcheck, makeFolder } from "./bindcheck.ts";

/** What would leave the folder, steer a terminal, run in a page, be a command to GitHub, or turn the direction of writing. */
const HOSTILE = [
  "../../../escaped",
  "<script>alert(1)</script>",
  "\n::set-output name=a::b\n::add-mask::x",
  "##[add-mask]x",
  "\u001b]0;title\u0007\u001b[2J\u0000",
  "\u202egnirts\u2066",
].join(" ");

const STEERING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;

/** Every file and folder below one, written with `/` on every system. */
function namesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.map((name) => name.replaceAll(path.sep, "/")).toSorted();
}

describe.each(["true", "false"])("Where GITHUB_ACTIONS is %s, hostile text", (isGithub) => {
  const env = { GITHUB_ACTIONS: isGithub };
  let folder = "";
  let results = "";
  beforeAll(async () => {
    folder = await makeFolder();
    results = path.join(folder, "results.ndjson");
    const hostile = JSON.stringify(HOSTILE).slice(1, -1);
    const text = recordedLines()
      .map((line) => JSON.stringify(line))
      .join("\n")
      .replaceAll('"target":"wine"', `"target":"wine${hostile}"`)
      .replaceAll("SO_EXCLUSIVEADDRUSE socket option", `${hostile} option`)
      .replaceAll("so-exclusiveaddruse/table-1", `${hostile}/table-1`)
      .replaceAll("cases/windows/", `${hostile}/`)
      .replaceAll(/"detail":"/g, `"detail":"${hostile}`)
      .replaceAll('"Wine 8.0"', `"${hostile}"`);
    writeFileSync(results, text);
  });

  test.each(reporterNames)(
    "in results is text to the %s report, and nothing is written but that.",
    async (name) => {
      const inside = path.join(folder, name, "work");
      await mkdir(inside, { recursive: true });
      const { stdout, stderr, exitCode } = await bindcheck(
        ["merge", results, "--reporter", `${name}=-`],
        {
          cwd: inside,
          env,
        },
      );
      expect([1, 3]).toContain(exitCode);
      expect(namesBelow(path.join(folder, name))).toEqual(["work"]);
      const text = name === "ndjson" || name === "ctrf" ? "" : stdout;
      expect(text).not.toMatch(STEERING);
      const commands = stdout.split("\n").filter((line) => /^\s*::(?!error )/.test(line));
      expect(isGithub === "true" ? commands : []).toEqual([]);
      expect(name === "html" ? stdout : "").not.toContain("<script>alert");
      expect(stderr).not.toMatch(STEERING);
    },
  );

  test("in results reaches the files under --out and no other.", async () => {
    const inside = path.join(folder, "out", "work");
    await mkdir(inside, { recursive: true });
    await bindcheck(["merge", results, "--out", "reports"], { cwd: inside, env });
    expect(namesBelow(path.join(folder, "out"))).toEqual([
      "work",
      "work/reports",
      ...["junit.xml", "report.html", "results.ndjson"].map((name) => `work/reports/${name}`),
    ]);
  });

  test("in a case file and its name is text in what is reported of its mistakes.", async () => {
    const file = "::set-output name=a::.yaml";
    writeFileSync(path.join(folder, file), `document: ${JSON.stringify(HOSTILE)}\n`);
    const { exitCode, stdout, stderr } = await bindcheck(["check", file], { cwd: folder, env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).not.toMatch(STEERING);
    expect(stderr).not.toContain("    at ");
    expect(isGithub === "true" ? stderr : "").not.toMatch(/^\s*::/m);
    expect(stderr).toContain("'document' is '../../../escaped");
  });
});

const MATRIX = `document: { id: many, title: Many, section: All, url: https://example.org/, kind: measured }
applies-to: { platform: any }
`;

describe.skipIf(process.platform !== "linux")(
  "What is too much is reported in one line, at once:",
  () => {
    test("a file of a gigabyte, and one without an end.", async () => {
      const file = path.join(await makeFolder(), "large.yaml");
      const descriptor = openSync(file, "w");
      ftruncateSync(descriptor, 1024 ** 3);
      closeSync(descriptor);
      for (const named of [file, "/dev/zero"]) {
        const { exitCode, stderr } = await bindcheck(["check", named]);
        expect({ exitCode, stderr }).toEqual({
          exitCode: 2,
          stderr: `${named}:1:1: the file is too large (at most 8388608 bytes)`,
        });
      }
      expect(
        (await bindcheck(["list", "--document", "socket-7/bound", "--filter", "/(/"])).exitCode,
      ).toBe(2);
      const known = await bindcheck(["run", "--known", file]);
      expect(known).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: `--known: ${file}: the file is too large (at most 8388608 bytes)`,
      });
      const team = await bindcheck(["run", "--config", file]);
      expect(team).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: `--config: ${file}: the file is too large (at most 8388608 bytes)`,
      });
    });

    test.each([
      ["protocols", `matrix: { protocol: [${"tcp, ".repeat(10_000)}udp], family: ipv4 }\n`],
      ["combinations", `matrix: { protocol: [tcp, udp], family: [ipv4, ipv6] }\n`],
    ])("more %s than half a million claims.", async (_name, matrix) => {
      const file = path.join(await makeFolder(), "many.yaml");
      const sets = Array.from({ length: 400 }, (_, number) =>
        Array(number + 1)
          .fill("SO_REUSEADDR")
          .join("+"),
      );
      const side = `{ options: [${sets.join(", ")}], address: wildcard`;
      writeFileSync(
        file,
        `${MATRIX}${matrix}table: { first: [${side} }], second: [${side}, expect: [success] }] }\n`,
      );
      const { exitCode, stderr } = await bindcheck(["check", file]);
      expect(exitCode).toBe(2);
      expect(stderr).toBe(
        `${file}:1:17: with this document there are more than 500000 claims (name fewer files, or shorten its lists)`,
      );
    });

    test("a results file that is one endless line.", async () => {
      const pipe = path.join(await makeFolder(), "endless");
      const script = `mkfifo "$1"; yes x | tr -d '\\n' > "$1" & "$2" "$3" merge "$1"`;
      const ended = execFileSync(
        "sh",
        [
          "-c",
          `{ ${script}; } 2>&1 || echo "exit $?"`,
          "sh",
          pipe,
          process.execPath,
          "dist/bindcheck.cjs",
        ],
        { encoding: "utf8" },
      );
      expect(ended).toBe(`${pipe}:1: a line of more than 16777216 characters\nexit 2\n`);
    });
  },
);
