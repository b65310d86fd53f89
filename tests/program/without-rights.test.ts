import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";

// An account with no name and no right, which only root can become.
const SOMEBODY = 65_533;
const MAIN = path.resolve("dist/bindcheck.cjs");
const isPossible = process.platform === "linux" && process.geteuid?.() === 0 && canRead();

/** Whether that account reaches this folder. */
function canRead(): boolean {
  const as = { uid: SOMEBODY, gid: SOMEBODY };
  return spawnSync("test", ["-r", path.resolve("package.json")], { ...as, cwd: "/" }).status === 0;
}

test.runIf(isPossible)(
  "An account without any right sees what is documented of Linux held, or known, or skipped.",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    chmodSync(folder, 0o777);
    const command = [MAIN, "run", path.resolve("cases/linux")];
    const { stdout, exitCode } = await execa(process.execPath, command, {
      uid: SOMEBODY,
      gid: SOMEBODY,
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder },
      reject: false,
    });
    expect({ stdout, exitCode }).toEqual({
      stdout: expect.stringMatching(
        /\n✓ \d+ held, \d+ known deviations, \d+ skipped; [^\n]+$/,
      ) as string,
      exitCode: 0,
    });
  },
);
