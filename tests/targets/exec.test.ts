import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { TargetProblem } from "../../runners/runner.ts";
import { execRunner } from "../../runners/exec.ts";
import { bindcheck, makeFolder, observationsOf, readStream } from "../program/bindcheck.ts";
import { childrenOf, until } from "../program/processes.ts";
import { measureOn } from "./measure-on.ts";
import { runningProcesses } from "./running-processes.ts";

const TABLE = "cases/linux/socket-7.yaml";
const SCENARIOS = "cases/linux/three-sockets.yaml";

test("The binder and koffi can be written for another system.", async () => {
  const folder = await makeFolder();
  const written = await bindcheck(["binder", "--to", folder, "--platform", "linux-x64"]);
  expect(written).toMatchObject({ exitCode: 0, stdout: path.join(folder, "binder.cjs") });
  expect(readdirSync(path.join(folder, "node_modules/@koromix"))).toEqual(["koffi-linux-x64"]);
});

test.each([
  ["linux", "--platform: 'linux' is not NAME-PROCESSOR as Node calls them"],
  ["linux-s390x", "koffi has no build for linux on s390x"],
])("A system %s that there is no binder for is named.", async (platform, words) => {
  const written = await bindcheck(["binder", "--to", await makeFolder(), "--platform", platform]);
  expect(written.exitCode).not.toBe(0);
  expect(written.stderr).toContain(words);
  expect(written.stderr.trimEnd()).not.toContain("\n");
});

describe.skipIf(process.platform !== "linux")("A command", () => {
  let folder = "";
  let binder = "";
  beforeAll(async () => {
    folder = await makeFolder();
    chmodSync(folder, 0o755); // another account reads it too
    await bindcheck(["binder", "--to", folder]);
    binder = `${process.execPath} ${path.join(folder, "binder.cjs")}`;
  });

  /** What this machine does, and what a target observes. */
  async function measureBoth(target: string): Promise<[here: object, there: object]> {
    const observed: Map<string, object>[] = [];
    for (const each of ["local", target]) {
      const stream = path.join(folder, "results.ndjson");
      const files = [TABLE, SCENARIOS, "cases/linux/other-account.yaml"];
      await bindcheck(["run", ...files, "--on", each, `--reporter=ndjson=${stream}`]);
      const found = observationsOf(readStream(stream));
      observed.push(new Map([...found].map(([id, line]) => [id, { ...line, target: "" }])));
    }
    const [here, there] = observed;
    if (!here || !there || here.size < 250) throw new Error("too little was observed");
    return [here, there];
  }

  test("that reaches a binder is measured as this machine is.", { timeout: 180_000 }, async () => {
    const [here, there] = await measureBoth(`exec:${binder}`);
    expect(there).toEqual(here);
  });

  test.each([
    ["echo welcome; exit 7", /^The command ended \(exit code 7\): echo welcome; exit 7$/],
    [
      "echo no such box >&2; exit 1",
      /^The command ended \(exit code 1; it last said: no such box\)/,
    ],
    ["echo '{\"hello\":1}'", /speaks protocol 1, not 2/],
    ["no-such-program-at-all", /^The command ended \(exit code 127; .*not found\)/],
  ])("%s that reaches none is reported in one sentence.", async (command, sentence) => {
    const { error } = await measureOn(execRunner(command), { files: [TABLE] });
    expect(error).toBeInstanceOf(TargetProblem);
    expect(error?.message).toMatch(sentence);
  });

  test("may greet before the binder does.", { timeout: 180_000 }, async () => {
    const runner = execRunner(`echo Welcome to this host; exec ${binder}`);
    const { error, outcomes } = await measureOn(runner, { files: [SCENARIOS] });
    expect(error).toBeUndefined();
    expect(outcomes).toEqual(new Set(["success", "error"]));
  });

  test("leads to each binder where the first one starts no others.", async () => {
    const starts = path.join(folder, "starts");
    const alone = `${binder} | sed -u 's/"relay":true/"relay":false/'`;
    const runner = execRunner(`echo once >>'${starts}'; ${alone}`);
    const { error, outcomes } = await measureOn(runner, { files: [SCENARIOS] });
    expect(error).toBeUndefined();
    expect(outcomes).toEqual(new Set(["success", "error"]));
    expect(readFileSync(starts, "utf8").split("\n").length).toBeGreaterThan(3);
  });

  test("is lost when its binder is killed, and keeps what was measured.", async () => {
    let isKilled = false;
    const { observations, error } = await measureOn(execRunner(binder), {
      files: [TABLE],
      each(line) {
        if (line.type !== "observation" || isKilled) return;
        isKilled = true;
        // The first starts the others.
        const all = runningProcesses(folder).map(Number);
        const started = new Set(all.flatMap(childrenOf));
        process.kill(all.find((pid) => !started.has(pid)) ?? 0, "SIGKILL");
      },
    });
    expect(observations.length).toBeGreaterThan(0);
    expect(error?.message).toMatch(/^The command ended \(/);
    await until(() => runningProcesses(folder).length === 0);
  });

  describe.skipIf(process.getuid?.() !== 0)("into a chroot without this package", () => {
    let root = "";
    beforeAll(async () => {
      root = await makeFolder();
      chmodSync(root, 0o755);
      mkdirSync(path.join(root, "opt"));
      await bindcheck(["binder", "--to", path.join(root, "opt")]);
      for (const file of [process.execPath, ...librariesOf(process.execPath), ...NEEDED])
        copyInto(root, file);
      mkdirSync(path.join(root, "proc"));
    });

    test("measures what the kernel does.", { timeout: 180_000 }, async () => {
      const script = `mount -t proc proc ${root}/proc && exec chroot ${root} ${process.execPath} /opt/binder.cjs`;
      const [here, there] = await measureBoth(`exec:unshare --mount sh -c '${script}'`);
      expect(there).toEqual(here);
    });
  });
});

// Who is there: the binder looks for another account.
const NEEDED = ["/etc/passwd"];

/** The shared libraries of a program, as ldd(1) lists them. */
function librariesOf(program: string): string[] {
  const listed = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...listed.matchAll(/(?:^\s*|=> )(\/\S+)/gm)].map(([, file = ""]) => file);
}

function copyInto(root: string, file: string): void {
  const to = path.join(root, file);
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(file, to);
  expect(readFileSync(to).length).toBeGreaterThan(0);
}
