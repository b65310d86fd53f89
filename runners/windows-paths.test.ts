import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { windowsPaths } from "./windows-paths.ts";

describe.skipIf(process.platform === "win32")("paths in a Wine prefix", () => {
  let prefix = "";
  beforeEach(() => {
    prefix = mkdtempSync(join(tmpdir(), "prefix-"));
  });
  afterEach(() => rmSync(prefix, { recursive: true }));

  function addDrive(letter: string, to: string): void {
    mkdirSync(join(prefix, "dosdevices"), { recursive: true });
    symlinkSync(to, join(prefix, "dosdevices", letter));
  }

  test("go through the drive that shows this machine's files", async () => {
    addDrive("c:", "../drive_c");
    addDrive("com1", "/dev/ttyS0");
    addDrive("r:", "/");
    const pathThere = await windowsPaths(prefix);
    expect(pathThere("/home/josé/a b.yaml")).toBe("R:/home/josé/a b.yaml");
  });

  test("need such a drive", async () => {
    addDrive("c:", "../drive_c");
    await expect(windowsPaths(prefix)).rejects.toThrow(`ln -s / '${prefix}/dosdevices/z:'`);
  });

  test("need a prefix", async () => {
    await expect(windowsPaths(prefix)).rejects.toThrow(`${prefix} is not a Wine prefix`);
  });
});
