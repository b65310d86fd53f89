import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { findMissingProgram } from "../../runners/find-program.ts";
import type { Availability } from "../../runners/runner.ts";
import { openWine } from "../../runners/wine-place.ts";
import { wineRunner } from "../../runners/wine.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { compilePrograms } from "./compile-programs.ts";
import { measureClaims, readEnds, writePrograms, type Wanted } from "./programs.ts";

const FILES = ["so-exclusiveaddruse", "so-exclusiveaddruse-prose"].map(
  (name) => `cases/windows/${name}.yaml`,
);
const OPTIONS = `document: { id: own, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: windows }
matrix: { protocol: tcp, family: ipv4 }
options:
  - { option: SO_KEEPALIVE, inherited: yes }
  - { option: SO_LINGER, type: 4 }
  - { option: SO_OPENTYPE, read-back: value 32 size 4 }
  - { option: SO_RCVTIMEO, get-short: 10014 }
  - { option: SO_TYPE, default: 2 }
`;
const COMPILER = "x86_64-w64-mingw32-gcc";

async function availability(): Promise<Availability> {
  const lack = await findMissingProgram({ [COMPILER]: "gcc-mingw-w64-x86-64" });
  return lack ? { here: false, ...lack } : wineRunner().availability();
}

/** Windows' headers take ten times as long to compile as a program: once, then, for all files of the folder. */
async function precompileHeaders(folder: string): Promise<void> {
  const header = "#include_next <winsock2.h>\n#include <ws2tcpip.h>\n";
  writeFileSync(path.join(folder, "winsock2.h"), header);
  const to = ["-x", "c-header", "winsock2.h", "-o", "winsock2.h.gch"];
  await execa(COMPILER, ["-DWIN32_LEAN_AND_MEAN", ...to], { cwd: folder });
}

/** Runs every program in one go: Wine starts slowly. */
async function runPrograms(
  folder: string,
  wanted: readonly Wanted[],
  commands: readonly string[],
): Promise<Wanted[]> {
  const { signal } = new AbortController();
  const { wine, environment, pathThere, close } = await openWine({ signal, say: () => undefined });
  const lines = commands.flatMap((command, index) => {
    const n = index + 1;
    // On a busy machine Wine's cmd now and then does not find a program that is there: 9009, which none ends with.
    return [
      `${command} >${n}.out 2>&1`,
      `if errorlevel 9009 ${command} >${n}.out 2>&1`,
      `call echo %%errorlevel%%>${n}.code`,
    ];
  });
  writeFileSync(
    path.join(folder, "run.cmd"),
    ["@echo off", ...lines, "exit /b 0", ""].join("\r\n"),
  );
  // What enters a mount namespace begins in its root folder.
  const [file, ...words] = [...wine, "cmd", "/c", `cd /d ${pathThere(folder)} && run.cmd`];
  const stdio = { stdin: "ignore", stdout: "ignore", stderr: "ignore" } as const;
  await execa(file, words, { env: environment, ...stdio });
  await close();
  return readEnds(folder, wanted);
}

describeTarget("mingw", await availability(), () => {
  test("Programs in C come to what was measured.", { timeout: 600_000 }, async () => {
    const folder = await makeFolder();
    const options = path.join(await makeFolder(), "options.yaml");
    writeFileSync(options, OPTIONS);
    const measured = await measureClaims("wine", [...FILES, options]);
    const wanted = await writePrograms(folder, "c", measured);
    await precompileHeaders(folder);
    const compiler = `${COMPILER} -DWIN32_LEAN_AND_MEAN -I.`;
    const commands = await compilePrograms(folder, wanted.length, compiler, ".exe", "-lws2_32");
    expect(await runPrograms(folder, wanted, commands)).toEqual(wanted);
    // Table 1 of the page, and its prose.
    expect(wanted.length).toBeGreaterThan(180);
    expect(new Set(wanted.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 1]));
  });
});
