import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { makeFolder } from "../program/bindcheck.ts";
import { measureClaims, readEnds, writePrograms } from "./programs.ts";

const TABLE = "cases/windows/so-exclusiveaddruse.yaml";

// A minute or two: PowerShell compiles its socket calls in every program.
test.skipIf(process.platform !== "win32")(
  "On Windows, programs in PowerShell come to what was measured.",
  { timeout: 600_000 },
  async () => {
    const folder = await makeFolder();
    const wanted = await writePrograms(folder, "powershell", await measureClaims("local", [TABLE]));
    for (const index of wanted.keys()) {
      const file = path.join(folder, `${index + 1}.ps1`);
      const words = ["-NoProfile", "-ExecutionPolicy", "Bypass", "-File", file];
      const { all, exitCode } = await execa("powershell", words, { all: true, reject: false });
      writeFileSync(path.join(folder, `${index + 1}.out`), all);
      writeFileSync(path.join(folder, `${index + 1}.code`), String(exitCode));
    }
    expect(readEnds(folder, wanted)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
  },
);
