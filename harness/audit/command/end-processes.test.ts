import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { endProcesses } from "./end-processes.ts";

test.skipIf(process.platform === "win32")(
  "What does not end when it is asked to is killed, as soon as its grace is made short.",
  async () => {
    const script =
      "process.on('SIGTERM', () => process.stdout.write('asked')); setInterval(() => {}, 1000);";
    const child = spawn(process.execPath, ["-e", `${script} process.stdout.write('up')`]);
    await once(child.stdout, "data");
    const find = (): number[] => (child.signalCode === null ? [child.pid ?? 0] : []);
    let graceMs = 3_600_000;
    const ended = endProcesses(find, () => graceMs);
    await once(child.stdout, "data");
    graceMs = 0;
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
  },
);
