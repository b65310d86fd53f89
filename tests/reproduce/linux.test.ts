import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { findMissingProgram } from "../../runners/find-program.ts";
import { makeNamespaces } from "../../runners/namespaces.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { ADD_OWN_ADDRESSES } from "../../runners/own-addresses.ts";
import type { Availability } from "../../runners/runner.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { compilePrograms } from "./compile-programs.ts";
import {
  measureClaims,
  readEnds,
  writePrograms,
  type MeasuredClaims,
  type Wanted,
} from "./programs.ts";

const FILES = [
  "socket-7",
  "other-account-scenarios",
  "time-wait",
  "who-receives",
  "measured-steps",
];
const PROSE = "cases/windows/so-exclusiveaddruse-prose.yaml";

const RUN_EACH = fileURLToPath(new URL("run-each.py", import.meta.url));

// Each type of value, and what programs ask: the first that a row says is what its program expects.
const OPTIONS = `document: { id: own, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: linux }
matrix: { protocol: tcp, family: ipv4 }
options:
  - { option: SO_LINGER, inherited: yes }
  - { option: SO_RCVTIMEO, read-back: value 2000 size 16 }
  - { option: SO_BINDTODEVICE, set-wrong: EADDRINUSE | ENODEV }
  - { option: SO_COOKIE, get: yes }
  - { option: SO_DETACH_FILTER, known: yes }
  - { option: TCP_CONGESTION, type: 4 }
  - { option: TCP_FASTOPEN, inherited: no }
---
document: { id: own/udp, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: linux }
matrix: { protocol: udp, family: ipv6 }
options:
  - { option: SO_RCVBUF, read-bound: "value >= 2304" }
  - { option: IP_MULTICAST_IF, default: "0.0.0.0" }
  - { option: IPV6_RTHDR, set: no }
`;

// A few seconds of work for each language, and a machine that may have other work.
const RUN_MS = 300_000;

async function availability(program: string, name: string): Promise<Availability> {
  const lack = await findMissingProgram({ [program]: name });
  return lack ? { here: false, ...lack } : netnsRunner().availability();
}

/** Runs a script that runs every program, in a network like the one that was measured. */
async function runPrograms(
  folder: string,
  wanted: readonly Wanted[],
  script: string,
): Promise<Wanted[]> {
  const setUp = (): string => ADD_OWN_ADDRESSES;
  const { enter, end } = await makeNamespaces({ flags: ["--net"], setUp });
  const [file = "", ...before] = enter;
  await execa(file, [...before, "sh", "-c", script], { cwd: folder });
  await end();
  return readEnds(folder, wanted);
}

let measured: MeasuredClaims;
beforeAll(async () => {
  // Steps that no document of Linux has: those of Windows, whatever they result in here.
  const folder = await makeFolder();
  const [prose, options] = [path.join(folder, "prose.yaml"), path.join(folder, "options.yaml")];
  writeFileSync(options, OPTIONS);
  writeFileSync(
    prose,
    readFileSync(PROSE, "utf8").replaceAll(/platform: windows.*? }/g, "platform: any }"),
  );
  const { here } = await netnsRunner().availability();
  if (here)
    measured = await measureClaims("netns", [
      ...FILES.map((name) => `cases/linux/${name}.yaml`),
      prose,
      options,
    ]);
});

describeTarget("gcc", await availability("gcc", "gcc libc6-dev"), () => {
  test("Programs in C come to what was measured.", { timeout: RUN_MS }, async () => {
    const folder = await makeFolder();
    const wanted = await writePrograms(folder, "c", measured);
    const names = await compilePrograms(folder, wanted.length, "gcc", "");
    const lines = names.map((name, index) => {
      const n = index + 1;
      return `./${name} >${n}.out 2>&1; echo $? >${n}.code`;
    });
    expect(await runPrograms(folder, wanted, lines.join("\n"))).toEqual(wanted);
    expect(new Set(wanted.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 1]));
  });
});

describeTarget("python3", await availability("python3", "python3"), () => {
  test("Programs in Python come to what was measured.", { timeout: RUN_MS }, async () => {
    const folder = await makeFolder();
    const wanted = await writePrograms(folder, "python", measured);
    // Some machines have a script of that name in front, which is slow.
    const { stdout } = await execa("python3", ["-c", "import sys; print(sys.executable)"]);
    const script = `${stdout} -I -S ${RUN_EACH} ${wanted.length}`;
    expect(await runPrograms(folder, wanted, script)).toEqual(wanted);
  });
});
