import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { descendantsNamed } from "../../targets/traces.ts";
import { SSHD, startSshServer } from "../../targets/ssh-server.ts";
import type { Fault, Scene, Server } from "../fault.ts";
import { isDone } from "../is-done.ts";

/** A target other than this machine, and the parts of it that can be harmed, by words of their command lines. */
interface Elsewhere {
  readonly name: string;
  readonly on: string;
  readonly isSlow?: Fault["isSlow"];
  readonly needs?: Fault["needs"];
  readonly parts: readonly [string, ...string[]];
}

const FILES = [
  "cases/linux/socket-7.yaml",
  "cases/linux/three-sockets.yaml",
  "cases/windows/so-exclusiveaddruse.yaml",
];
const BINDER = path.resolve("dist/binder.cjs");
// The client, the server's process for a login, and the binders there.
const SSH_PARTS: Elsewhere["parts"] = ["ssh -F", "@notty", "binder.cjs"];
const TARGETS: readonly Elsewhere[] = [
  { name: "exec", on: `exec:exec node ${BINDER}`, parts: ["binder.cjs", "exec node"] },
  { name: "netns", on: "netns", parts: ["binder.cjs", "unshare", "cat"] },
  {
    name: "gvisor",
    on: "gvisor",
    isSlow: true,
    needs: ["runsc", "--version"],
    parts: ["binder.cjs", "runsc-sandbox", "runsc-gofer", "unshare"],
  },
  {
    name: "uml",
    on: "uml",
    isSlow: true,
    needs: ["linux.uml", "--version"],
    parts: ["linux.uml"],
  },
  {
    name: "wine",
    on: "wine",
    isSlow: true,
    needs: ["wine", "--version"],
    parts: ["binder.cjs", "wineserver", "unshare"],
  },
];

/** A host's parts are killed alone: what is stopped there stays until it goes on. */
const sshHarmed: Fault = {
  name: "ssh-harmed",
  what: `on ssh, a part of the way or of the host is killed: ${SSH_PARTS.join(", ")}`,
  runs: 4,
  on: "ssh:good",
  files: FILES,
  isSlow: true,
  needs: ["test", "-x", SSHD],
  mayEnd: ["0", "1", "3"],
  serve: serveSsh,
  // Beside the program runs the host.
  carryOut: (scene) => harm(scene, SSH_PARTS, process.pid, ["SIGKILL"]),
};

async function serveSsh(folder: string): Promise<Server> {
  const temporary = path.join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const { PATH = "" } = process.env;
  const { programs, stop } = await startSshServer(folder, { PATH, TMPDIR: temporary });
  return { environment: { PATH: `${programs}:${PATH}` }, stop };
}

/** A target's parts are killed or stopped at random moments; or the harness is, and nothing of the target may stay. */
const othersHarmed: readonly Fault[] = TARGETS.flatMap(({ name, on, isSlow, needs, parts }) => [
  {
    name: `${name}-harmed`,
    what: `on ${name}, a part of the target is killed or stopped: ${parts.join(", ")}`,
    runs: 4,
    on,
    files: FILES,
    ...(isSlow && { isSlow }),
    ...(needs && { needs }),
    mayEnd: ["0", "1", "3"],
    carryOut: (scene) => harm(scene, parts),
  },
  {
    name: `${name}-harness-killed`,
    what: `on ${name}, the harness is killed; then a run that cleans up`,
    runs: 3,
    on,
    files: FILES,
    ...(isSlow && { isSlow }),
    ...(needs && { needs }),
    mayEnd: ["SIGKILL", "0", "1"],
    async carryOut({ random, round, start, count }) {
      const program = start();
      if (round % 3 === 0) await sleep(random.integer(0, 1500));
      else await program.reaches(random.fraction() * 0.9);
      if (!program.isOver()) {
        process.kill(program.pid, "SIGKILL");
        count();
      }
      await program.ended;
      await start().ended;
    },
  },
]);

export const targetsHarmed: readonly Fault[] = [...othersHarmed, sshHarmed];

/** Harms parts that descend from the program, or from another process, twice. */
async function harm(
  { random, start, count }: Scene,
  parts: Elsewhere["parts"],
  root?: number,
  signals: readonly [NodeJS.Signals, ...NodeJS.Signals[]] = ["SIGKILL", "SIGSTOP"],
): Promise<void> {
  const program = start({ arguments: ["--timeout", "1000"] });
  for (const moment of [random.fraction() * 0.5, 0.5 + random.fraction() * 0.4]) {
    if (!(await program.reaches(moment))) return;
    const part = random.pick(parts);
    const [first, ...others] = descendantsNamed(part, root ?? program.pid);
    if (first === undefined) continue; // it is starting a new one
    const [chosen, signal] = [random.pick([first, ...others]), random.pick(signals)];
    if (isDone(chosen, () => process.kill(chosen, signal))) count();
  }
}
