import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parentDeathWords } from "./parent-death.ts";

test.runIf(process.platform === "linux")(
  "A setpriv is used where it has the option, not where it is older, another one or missing.",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const setpriv = path.join(folder, "setpriv");
    expect(parentDeathWords(setpriv)).toEqual([]);
    writeFileSync(setpriv, "\x7fELF --no-new-privs --reuid");
    expect(parentDeathWords(setpriv)).toEqual([]);
    writeFileSync(setpriv, "\x7fELF --no-new-privs --pdeathsig keep|clear|<signame>");
    expect(parentDeathWords(setpriv)).toEqual([setpriv, "--pdeathsig", "KILL"]);
  },
);
