import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { findProgram } from "../find-program.ts";
import { shellWord, shellWords } from "../shell-word.ts";
import { umlInit } from "./uml-init.ts";

const odd = ["a b", "it's", '"$HOME" `id`', "é漢", "", "back\\slash", "two\nlines"];

const as = (environment: Record<string, string>) => ({ environment, isUserNamespace: true });
const PLACES = { folder: "/a b", modules: "/c d" };

describe.skipIf(process.platform === "win32")("the first program of a user-mode Linux", () => {
  test("is one that a shell can read", () => {
    const script = umlInit(["node", ...odd], as({ BINDCHECK_OTHER_USER: "it's me" }), PLACES);
    expect(execFileSync("sh", ["-n"], { input: script, encoding: "utf8" })).toBe("");
    expect(script.split("\n")[1]).toContain("setpriv --no-new-privs");
  });

  test("says in Perl that there are random numbers, where there is Perl", async ({ skip }) => {
    const perl = await findProgram("perl");
    if (perl === null) return skip("needs perl");
    const [, program = ""] = /perl -e '([^']+)'/.exec(umlInit([], as({}), PLACES)) ?? [];
    expect(program).toContain("0x40085203");
    expect(program).toContain('pack "iia64", 512, 64');
    // What is read-only, or misspelt, ends it; /dev/null refuses the call, which does not.
    const harmless = `use strict; use warnings FATAL => "all"; no strict "subs"; ${program.replace("/dev/random", "/dev/null")}`;
    execFileSync(perl, ["-e", harmless]);
  });

  test("gives the command its words and its environment as they are", () => {
    const script = umlInit(odd, as({ BINDCHECK_OTHER_USER: odd.join() }), PLACES);
    expect(script).toContain(shellWords(odd));
    expect(script).toContain(`export BINDCHECK_OTHER_USER=${shellWord(odd.join())}\n`);
    const tell = "console.log(JSON.stringify(process.argv.slice(1)))";
    const command = shellWords([process.execPath, "-e", tell, "--", ...odd]);
    expect(JSON.parse(execFileSync("sh", ["-c", command], { encoding: "utf8" }))).toEqual(odd);
  });
});
