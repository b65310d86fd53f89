import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeSync,
} from "node:fs";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { HAPPENED, bindcheck, makeFolder, startBindcheck } from "./bindcheck.ts";
import { until } from "./processes.ts";

const SOME = ["--document", "socket-7/bound", "--protocol", "tcp", "--family", "ipv4"];

describe.skipIf(process.platform === "win32")("A pipe without another end", () => {
  test.concurrent.each([
    [["check", "PIPE"], "PIPE:1:1: the file cannot be read: nothing writes to this pipe"],
    [
      ["run", ...SOME, "--except", "PIPE"],
      "--except: PIPE cannot be read: nothing writes to this pipe",
    ],
    [
      ["run", ...SOME, "--known", "PIPE"],
      "--known: PIPE: the file cannot be read: nothing writes to this pipe",
    ],
    [
      ["run", ...SOME, "--config", "PIPE"],
      "--config: PIPE: the file cannot be read: nothing writes to this pipe",
    ],
    [["run", ...SOME, "--resume", "PIPE"], "--resume: PIPE: it is not a regular file"],
    [["merge", "PIPE"], "PIPE: it cannot be read: nothing writes to this pipe"],
    [
      ["run", ...SOME, "--reporter", "ndjson=PIPE"],
      "PIPE cannot be written: nothing reads from it",
    ],
    [
      ["errata", "reports/golden/stream.ndjson", "--out", "PIPE"],
      "PIPE cannot be written: nothing reads from it",
    ],
  ])("ends %j with one line.", async (words, line) => {
    const pipe = path.join(await makeFolder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    const named = (text: string): string => text.replace("PIPE", pipe);
    expect(await bindcheck(words.map(named))).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: named(line),
    });
  });
});

describe.skipIf(process.platform === "win32")("A pipe whose other end is slow", () => {
  test("is read when it is there, and written to.", async () => {
    const folder = await makeFolder();
    const [cases, report] = [path.join(folder, "cases"), path.join(folder, "report")];
    execFileSync("mkfifo", [cases, report]);
    const running = startBindcheck(["run", cases, "--reporter", `tap=${report}`]);
    // Its other ends come when it is seen to wait; they do not have long.
    await until(() => isOpenIn(running.pid ?? 0, cases));
    const writer = openSync(cases, "w");
    await sleep(200);
    writeSync(writer, readFileSync("cases/linux/socket-7.yaml"));
    closeSync(writer);
    const [written, { exitCode, stdout, stderr }] = await Promise.all([
      readFile(report, "utf8"),
      running,
    ]);
    const ended = { exitCode, stdout, stderr };
    expect(ended).toEqual({ exitCode: 0, stdout: expect.stringMatching(HAPPENED), stderr: "" });
    expect(written).toMatch(/^1\.\.\d+$/m);
  });

  test("is given up at SIGINT.", async () => {
    const pipe = path.join(await makeFolder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    const both = await open(pipe, "r+");
    const child = spawn(process.execPath, ["dist/bindcheck.cjs", "merge", pipe]);
    const over = once(child, "close");
    // More than a pipe holds, so that all is written when the program reads; then nothing comes any more.
    await both.write(" ".repeat(2 ** 20));
    child.kill("SIGINT");
    const [code, signal] = (await over) as [number | null, string | null];
    await both.close();
    expect(code ?? signal).toBe("SIGINT");
  });
});

/** Whether a process has opened a file: proc_pid_fd(5). Other systems do not tell, and are not waited for. */
function isOpenIn(pid: number, file: string): boolean {
  if (!existsSync("/proc/self/fd")) return true;
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((name) => readlinkSync(path.join(folder, name)) === file);
  } catch {
    return false; // one was closed meanwhile
  }
}

test.skipIf(process.platform !== "linux")(
  "Ids without an end are refused in one line.",
  async () => {
    expect(await bindcheck(["run", ...SOME, "--except", "/dev/zero"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "--except: /dev/zero cannot be read: it is larger than 67108864 bytes",
    });
  },
);
